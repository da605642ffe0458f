"""``pairing draw`` and ``pairing survey``: lots drawn into the archive, questionnaires counted into it."""
