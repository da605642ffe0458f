"""Read misplaced records as if they lay where they belong, so that all their faults are reported at once."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.archive import PHOTO_SUFFIXES, Corpus, SchoolRecords, make_photo_reader
from generator.records import ActivityRecord, PhotoFile, parse_activity
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.rules.submission.archive_paths import find_parent_folder
from generator.rules.submission.placement import Misplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocation:
    """``corpus`` has the records in their right places, ``real`` their files' paths by those places."""

    corpus: Corpus
    real: dict[str, str]

    def translate_diagnostic(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic of a relocated file as one of the file where it lies."""
        span = diagnostic.span
        path = self.real.get(span.file.path)
        if path is None:
            return diagnostic
        file = SourceFile(path=path, text=span.file.text)
        return dataclasses.replace(diagnostic, span=dataclasses.replace(span, file=file))


def relocate_records(corpus: Corpus, misplaced: Iterable[Misplaced]) -> Relocation:
    """Put each misplaced record whose place is known there, with the photos beside it.

    Of several places that it may have the first is taken: only its author knows its school. Of several
    records in one folder none is put anywhere, as nobody knows whose the photos are.
    """
    misplaced = tuple(misplaced)
    beside = Counter(find_parent_folder(each.path) for each in misplaced if each.record)
    real: dict[str, str] = {}
    schools = dict(corpus.schools)
    problems = list(corpus.problems)
    for each in misplaced:
        target = each.targets[0] if each.targets else ""
        school = schools.get(target.split("/")[1]) if target else None
        if each.record is None or school is None or beside[find_parent_folder(each.path)] > 1:
            continue
        photos = tuple(_photos(corpus, each.path, target))
        for name, records in schools.items():  # of a school that no programme knows: read where it lies
            if any(a.file.path == each.path for a in records.activities):
                kept = tuple(a for a in records.activities if a.file.path != each.path)
                schools[name] = dataclasses.replace(records, activities=kept)
                break
        data = each.record.file.text.encode("utf-8")
        record, found = parse_activity(target, data, photo_files=tuple(photo for photo, _ in photos))
        real[target] = each.path
        real |= {photo.file.path: path for photo, path in photos}
        problems += found
        if record is not None:
            schools[school.id] = _with(school, record)
    moved = dataclasses.replace(corpus, schools=schools, problems=tuple(problems))
    return Relocation(corpus=moved, real=real)


def _photos(corpus: Corpus, path: str, target: str) -> Iterator[tuple[PhotoFile, str]]:
    """Yield the photos beside a misplaced record, as if in its place, each with where it lies."""
    read = make_photo_reader(corpus.root)
    place, beside = target.removesuffix("activity.md"), find_parent_folder(path)
    with os.scandir(corpus.root / beside) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.lower().endswith(PHOTO_SUFFIXES) and entry.is_file(follow_symlinks=False):
                photo = read(entry)
                file = SourceFile(path=f"{place}{entry.name}")
                yield dataclasses.replace(photo, file=file), f"{beside}/{entry.name}".lstrip("/")


def _with(school: SchoolRecords, record: ActivityRecord) -> SchoolRecords:
    others = (a for a in school.activities if a.key != record.key)
    return dataclasses.replace(school, activities=(*others, record))
