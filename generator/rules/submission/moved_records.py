"""Match a submission's records with those before it, also under another path, day or title.

A school that mends a record renames its folder, moves it to another month or gives it another title, and it
stays the record that it was. Its text or its photos show that; a title alone does not, since many are the same. One old
record stands for one new record at most, so nothing is gained by taking one away and adding others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.archive import PHOTO_SUFFIXES, Corpus
from generator.records import ActivityRecord, parse_activity
from generator.reuse.text_pairs import MOSTLY_SAME, make_shingles
from generator.rules.submission.file_readers import FileReader

_MOST_COMPARED = 200
"""Most records of a school that are compared with one another; a request that moves more mends none."""
_SAME_PHOTOS = 0.5
"""Share of the photos of both that are the same, byte for byte."""
_SAME_PLACE = 0.5
"""What the same path adds to a likeness: it tells apart two records that changed places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A record with what it is recognised by: its text, and the SHA-256 of its photos."""

    record: ActivityRecord
    text: frozenset[str]
    photos: frozenset[str]


def find_earlier_records(
    corpus: Corpus, paths: Iterable[str], base: FileReader
) -> Mapping[str, ActivityRecord]:
    """Return the earlier version of each touched record by its present path; new records are left out.

    paths: what the submission touches, removed files too.   base: reads the archive before it.
    """
    touched = [path for path in paths if path.startswith("records/")]
    here = {activity.file.path: activity for activity in corpus.activities}
    now: dict[str, list[_Side]] = {}
    before: dict[str, list[_Side]] = {}
    for path in filter(_is_record, touched):
        school = path.split("/")[1]
        if (record := here.get(path)) and len(now.setdefault(school, [])) < _MOST_COMPARED:
            now[school].append(_now(record))
        if len(before.setdefault(school, [])) < _MOST_COMPARED and (old := _before(path, touched, base)):
            before[school].append(old)
    found: dict[str, ActivityRecord] = {}
    for school, sides in now.items():
        found |= _pair(sides, before[school])
    return found


def _is_record(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) == 6 and parts[5] == "activity.md" and parts[2].isdigit() and parts[3].isdigit()


def _now(record: ActivityRecord) -> _Side:
    photos = frozenset(photo.digest for photo in record.photo_files if photo.digest)
    return _Side(record=record, text=make_shingles(record.markdown.body), photos=photos)


def _before(path: str, touched: Iterable[str], base: FileReader) -> _Side | None:
    data = base(path)
    record = parse_activity(path, data)[0] if data is not None else None
    if record is None:
        return None
    folder = path.removesuffix("activity.md")
    files = (p for p in touched if p.startswith(folder) and p.lower().endswith(PHOTO_SUFFIXES))
    contents = (base(file) for file in files)
    photos = frozenset(hashlib.sha256(content).hexdigest() for content in contents if content)
    return _Side(record=record, text=make_shingles(record.markdown.body), photos=photos)


def _pair(now: Iterable[_Side], before: Iterable[_Side]) -> dict[str, ActivityRecord]:
    """Pair the most alike first; each side is in one pair at most."""
    pairs = [
        (likeness, one.record.file.path, other.record.file.path, other.record)
        for one in now
        for other in before
        if (likeness := _likeness(one, other))
    ]
    found: dict[str, ActivityRecord] = {}
    taken: set[str] = set()
    for _, path, old_path, record in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:3])):
        if path not in found and old_path not in taken:
            found[path] = record
            taken.add(old_path)
    return found


def _likeness(one: _Side, other: _Side) -> float:
    """Return how much two records are alike, 0 where nothing shows that they are one."""
    text, photos = _share(one.text, other.text), _share(one.photos, other.photos)
    a, b = one.record, other.record
    in_place = a.file.path == b.file.path
    if in_place or text >= MOSTLY_SAME or photos >= _SAME_PHOTOS or _same_heading(a, b):
        return 1 + text + photos + (_SAME_PLACE if in_place else 0)
    return 0.0


def _same_heading(one: ActivityRecord, other: ActivityRecord) -> bool:
    known = one.knows("title", "date") and other.knows("title", "date")
    return known and (one.data.title, one.data.date) == (other.data.title, other.data.date)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
