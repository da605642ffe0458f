"""Make the receipt of a submission: find what it adds, changes, moves and deletes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.accounts.ledger import Cell, make_cell
from generator.archive import IGNORED_NAMES, Corpus
from generator.archive.privacy import mask_private_words
from generator.records import ActivityRecord, parse_activity
from generator.rules.submission.archive_paths import ACTIVITY_FOLDER, has_place, list_activity_records
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import FileReader
from generator.rules.submission.moved_records import find_earlier_records
from generator.rules.submission.placement import Misplaced, Placement
from generator.rules.submission.receipt import Change, Receipt, Received

_SCHOOL_FILES = {
    "school": "校（园）档案",
    "plan": "工作计划表",
    "roster": "师徒结对花名册",
    "agreement": "帮扶协议",
}
_BUREAU_FILES = {
    "programme.yml": "实施方案",
    "accounts.yml": "账号名单",
    "filings.yml": "备案登记簿",
    "sent.yml": "发送登记",
    "closings": "月度结账",
    "amendments": "更正",
    "bulletins": "简报按语",
    "inspections": "督导核查",
    "events": "名园活动",
    "surveys": "问卷结果",
    "draws": "抽签",
    "assessments": "考核结果",
}


def list_removed(corpus: Corpus, touched: Submission, before: FileReader) -> tuple[ActivityRecord, ...]:
    """Return the activities, as they were, that a submission removes from their places."""
    gone = (path for path in touched.paths if path.endswith("/activity.md") and not _exists(corpus, path))
    found = ((path, before(path)) for path in gone if has_place(path))
    records = (parse_activity(path, data)[0] for path, data in found if data is not None)
    return tuple(record for record in records if record)


def _exists(corpus: Corpus, path: str) -> bool:
    return os.path.lexists(corpus.root / path)


def make_receipt(
    corpus: Corpus,
    today: dt.date,
    touched: Submission,
    before: FileReader,
    *,
    removed: Iterable[ActivityRecord] = (),
    placement: Placement | None = None,
    merged: Corpus | None = None,
) -> Receipt:
    """Return the receipt of a submission.

    ``removed`` are the records that it removes from their places, ``placement`` its misplaced ones. The months
    are counted in ``merged``, the archive with what the base branch has besides, if it is given.
    """
    placement = placement or Placement()
    gone = {record.file.path: record for record in removed}
    misplaced = {each.path for each in placement.misplaced if each.record}
    records = [
        # One of a school that no programme knows is read where it lies, and misplaced all the same.
        *(r for r in _in_place(corpus, touched, before, gone) if r.path not in misplaced),
        *(_out_of_place(each, each.record, gone) for each in placement.misplaced if each.record),
    ]
    cells = {(r.school, r.month) for r in records} | {
        (old.school, old.month) for r in records if (old := gone.get(r.was))
    }
    moved = {record.was for record in records}
    for path, old in gone.items():
        if path not in moved:
            cells.add((old.school, old.month))
            records.append(_received(path, old, Change.DELETED))
    records += _documents(corpus, touched, before)
    moving = misplaced | placement.along
    rest = tuple(path for path in touched.paths if path not in moving)
    places = {place for r in records for place in (r.path, r.was) if place}
    stray = {path for path in rest if not _is_other(path) and not _belongs(path, places)}
    return Receipt(
        records=tuple(sorted(records, key=lambda r: (r.school, r.month, r.path))),
        months=tuple(_accounts(merged or corpus, cells, today)),
        others=tuple(p for p in rest if _is_other(p) or (p in stray and not _exists(corpus, p))),
        unread=tuple(p for p in rest if p in stray and _exists(corpus, p)),
        names={s: corpus.name_school(s) for s in {*(r.school for r in records), *(s for s, _ in cells)} if s},
        behind=touched.behind,
    )


def _in_place(
    corpus: Corpus, touched: Submission, before: FileReader, gone: Mapping[str, ActivityRecord]
) -> Iterator[Received]:
    """Yield the touched records that the archive reads."""
    paths = tuple(list_activity_records(touched.paths))
    earlier = find_earlier_records(corpus, touched.paths, before)
    for path in paths:
        record = corpus.by_key.get(path.removeprefix("records/").removesuffix("/activity.md"))
        if record is None:
            continue
        old = earlier.get(path)
        if old is not None and old.file.path in gone:
            yield _received(path, record, Change.MOVED, was=old.file.path)
        else:
            yield _received(path, record, Change.NEW if before(path) is None else Change.CHANGED)


def _out_of_place(
    misplaced: Misplaced, record: ActivityRecord, gone: Mapping[str, ActivityRecord]
) -> Received:
    found = _received(misplaced.path, record, Change.MOVED if misplaced.was in gone else Change.NEW)
    school = misplaced.targets[0].split("/")[1] if len(misplaced.targets) == 1 else ""
    month = f"{record.data.date:%Y-%m}" if record.knows("date") else ""
    return dataclasses.replace(found, school=school, month=month, was=misplaced.was, read=False)


def _received(path: str, record: ActivityRecord, change: Change, was: str = "") -> Received:
    title = mask_private_words(record.data.title, record.data.private)
    return Received(path=path, school=record.school, month=record.month, title=title, change=change, was=was)


def _accounts(corpus: Corpus, cells: Iterable[tuple[str, str]], today: dt.date) -> Iterator[Cell]:
    for school, month in sorted(cells):
        if school and month and corpus.find_pairing(int(month[:4]), school):
            yield make_cell(corpus, int(month[:4]), school, month, today)


def _documents(corpus: Corpus, touched: Submission, before: FileReader) -> Iterator[Received]:
    """Yield the other documents: a school's, and the bureau's."""
    seen = set()
    for path in touched.paths:
        found = _document(path)
        if found is None or found[:2] in seen:
            continue
        seen.add(found[:2])
        file, kind, school, year = found
        change = Change.CHANGED if before(file) is not None else Change.NEW
        if not _exists(corpus, file):
            change = Change.DELETED
        title = file.rpartition("/")[2].rpartition(".")[0]
        yield Received(path=file, school=school, month=year, title=title, change=change, kind=kind)


def _document(path: str) -> tuple[str, str, str, str] | None:
    """Return a document's file, kind, school ("" for the bureau's) and year; ``None`` for any other path."""
    parts = path.split("/")
    if not has_place(path) or parts[1] == "schema" or ACTIVITY_FOLDER.match(path):
        return None
    if parts[1] == "bureau":
        # A photo is its note's.
        file = "/".join(parts[:5]) + ("" if len(parts) < 6 else ".md")
        return file, _BUREAU_FILES[parts[3]], "", parts[2]
    name = parts[-1].partition(".")[0].partition("-")[0]
    return path, _SCHOOL_FILES[name], parts[1], parts[2] if len(parts) > 3 else ""


def _belongs(path: str, places: Collection[str]) -> bool:
    """Say whether a file below ``records/`` is one of the records at these places or lies in an activity's folder."""
    if _document(path):
        return True
    match = ACTIVITY_FOLDER.match(path)
    return path in places or bool(match and f"{match[0]}activity.md" in places)


def _is_other(path: str) -> bool:
    """Say whether a file is none of the archive's: outside of it, or of no account in it."""
    parts = path.split("/")
    return parts[0] != "records" or parts[1:2] == ["schema"] or parts[-1] in IGNORED_NAMES
