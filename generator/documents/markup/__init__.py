"""Read Markdown as teachers write it into one value, from which pages, data files, feeds and bulletins take their text.

What a text may hold beside its words is in the guide 怎样写记录 (content/guides/write-a-record.md#markup); whatever
is no mark-up there is shown as it was typed, line by line.
"""

from __future__ import annotations

from generator.documents.markup.invisible import remove_invisible, remove_unprinted
from generator.documents.markup.parsed_text import Text, join_words, parse_own_text, parse_text

__all__ = ["Text", "join_words", "parse_own_text", "parse_text", "remove_invisible", "remove_unprinted"]
