"""Read ``content/`` and ``records/`` into one :class:`Corpus`; nothing else reads them.

Everything below the root is hostile until checked: links are never followed, names are checked before a
file is opened, and every read is bounded. What cannot be read becomes a diagnostic.
"""

from __future__ import annotations

from generator.archive.corpus import NO_PROGRAMME, BureauRecords, Corpus, Photographed, SchoolRecords
from generator.archive.folder import (
    IGNORED_NAMES,
    MOST_PHOTO_BYTES,
    PHOTO_SUFFIXES,
    find_name_problem,
    make_photo_reader,
)
from generator.archive.reading import read_corpus

__all__ = [
    "IGNORED_NAMES",
    "MOST_PHOTO_BYTES",
    "NO_PROGRAMME",
    "PHOTO_SUFFIXES",
    "BureauRecords",
    "Corpus",
    "Photographed",
    "SchoolRecords",
    "find_name_problem",
    "make_photo_reader",
    "read_corpus",
]
