"""Digest what a closing freezes: a record's text, its photos, the programme's counting, a link's file.

Texts are digested as they are read: UTF-8 with LF, without a byte order mark. So a clone on Windows with
``core.autocrlf``, or an editor that adds a mark, changes no digest, and ``sha256sum`` gives the same for a
record in the repository. A photo's withdrawal adds its tombstone to the text: that is left out, since
withdrawing must neither need the bureau's consent nor hide another change.

What else is taken down changes this digest, and there is no telling from it alone what was changed. So the
register of filings keeps the digest of the text's core, too, by the digest of the text; where it keeps none,
because an older version closed the month, ``public: false`` is undone on trial.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.records import ActivityRecord
from generator.records.models import Programme
from generator.records.photo_lines import strip_withdrawals
from generator.records.takedowns import extract_core_text, guess_texts_before_hiding, list_hidden

_SHORT = 12


def digest_string(text: str) -> str:
    """Return the digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shorten_digest(digest: str | None) -> str:
    """Return as much of a digest as a person compares."""
    return digest[:_SHORT] if digest else "没有"


def digest_text(record: ActivityRecord) -> str:
    """Return the digest of a record's text as it was before any of its photos was withdrawn."""
    text = record.file.text
    return digest_string(strip_withdrawals(text) if "withdrawn" in text else text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What a take-down leaves of a text: the digest of its core, and what was not public before."""

    digest: str
    hidden: frozenset[str] = frozenset()


def compute_core(record: ActivityRecord) -> Core | None:
    """Return a record's core, ``None`` where its text leaves in doubt what it says."""
    text = extract_core_text(record)
    return Core(digest=digest_string(text), hidden=list_hidden(record)) if text is not None else None


def matches_digest(record: ActivityRecord, text: str, cores: Mapping[str, Core]) -> bool:
    """Say whether a record's text is that of a digest, but for what was taken down since.

    cores: by the digest of the text.
    """
    if digest_text(record) == text:
        return True
    if frozen := cores.get(text):
        now = compute_core(record)
        return now is not None and now.digest == frozen.digest and now.hidden >= frozen.hidden
    return was_only_hidden(record, text)


def was_only_hidden(record: ActivityRecord, text: str) -> bool:
    """Say whether a record's text is that of a digest, but for `public: false` written since."""
    return any(digest_string(before) == text for before in guess_texts_before_hiding(record.file.text))


def digest_photos(record: ActivityRecord) -> dict[str, str]:
    """Return the digests of the photos that a record names; a withdrawn one's is in its tombstone.

    A photo whose file is missing, or too large to be read, has no digest here.
    """
    files = {photo.name: photo.digest for photo in record.photo_files}
    found = {
        photo.file: photo.withdrawn.digest if photo.withdrawn else files.get(photo.file, "")
        for photo in record.data.photos
    }
    return {name: digest for name, digest in found.items() if digest}


def digest_programme(programme: Programme) -> str:
    """Return the digest of what counting depends on: months, deadline day, quotas and the first pairings.

    Everything else may change in the course of a year without touching what is closed. Who joins or leaves in
    mid-year, a moved deadline and an excused month belong to single months: a closing says those itself.
    """
    begun = programme.terms[0].starts
    value = {
        "year": programme.year,
        "months": list(programme.months),
        "deadline_day": programme.deadline_day,
        "quotas": {"helper": programme.quotas.helper, "helped": programme.quotas.helped},
        "pairings": [
            [p.helper, *(h.school for h in p.helped_schools if h.since is None or h.since <= begun)]
            for p in programme.pairings
            if p.since is None or p.since <= begun
        ],
    }
    return digest_string(json.dumps(value, sort_keys=True, separators=(",", ":")))
