"""What was received: each record of a submission and what became of it, and what its months come to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.accounts.ledger import Cell, Status, cell, month_name
from generator.archive import IGNORED_NAMES, Corpus
from generator.archive.privacy import mask
from generator.plumbing.chinese_days import chinese_day
from generator.records import ActivityRecord, parse_activity
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.rules.submission.changed_paths import BaseReader, Submission
from generator.rules.submission.moved_records import earlier_records
from generator.rules.submission.placement import Misplaced, Placement, has_place

_RECORD = re.compile(r"records/(?P<school>[^/]+)/(?P<month>[0-9]{4}/(?:0[1-9]|1[0-2]))/[^/]+/")
_SCHOOL = {
    "school": "校（园）档案",
    "plan": "工作计划表",
    "roster": "师徒结对花名册",
    "agreement": "帮扶协议",
}
_BUREAU = {
    "programme.yml": "实施方案",
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
_GUARDED = {"filings.yml", "closings", "amendments", "draws", "assessments"}
"""What the gate itself lets nobody delete."""


class Change(enum.StrEnum):
    """What a submission does to a record."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        """The Chinese name, as reports show it."""
        return {"new": "新交", "changed": "修改", "moved": "移动", "deleted": "删去"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One record: an activity, or another document with the year in ``month``.

    ``school`` is an id, "" for the bureau and where it is unknown; ``was`` the path of a moved record
    before; ``read`` says whether it lies where it is read.
    """

    path: str
    school: str
    month: str
    title: str
    change: Change
    kind: str = "活动"
    was: str = ""
    read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything that a submission holds: records, the months that they belong to, and other files.

    ``names`` are the schools' Chinese names by id. ``behind`` counts the commits of the base branch that
    the submission lacks; the months include them. ``unread`` are files below ``records/`` that belong to no
    record: a Word file alone, a name that is refused.
    """

    records: tuple[Received, ...]
    months: tuple[Cell, ...]
    others: tuple[str, ...]
    names: dict[str, str]
    unread: tuple[str, ...] = ()
    behind: int = 0

    @property
    def empty(self) -> bool:
        """Say whether nothing at all was submitted."""
        return not self.records and not self.others and not self.unread

    @property
    def schools(self) -> tuple[str, ...]:
        """Ids of the schools that records are of, in order."""
        return tuple(dict.fromkeys(r.school for r in self.records if r.school))

    def warnings(self) -> Iterator[Diagnostic]:
        """Yield a warning for each merged record that is taken away."""
        for record in self.records:
            if record.change is Change.DELETED and _GUARDED.isdisjoint(record.path.split("/")):
                whose = f"{self.names.get(record.school, '')}{_month(record.month)}"
                what = f"《{record.title}》" if record.kind == "活动" else record.kind
                owed = next(
                    (c for c in self.months if (c.school, c.month) == (record.school, record.month)), None
                )
                then = f"；合并以后{month_words(owed)}" if owed else ""
                yield _diagnostic(
                    record.path,
                    f"这个请求删去了已经合并的材料：{whose}{what}",
                    f"不是有意删的，就恢复它；确要删去，请教育局合并以前看一眼{then}",
                    Severity.WARNING,
                )


def refuse_empty(receipt: Receipt) -> Iterator[Diagnostic]:
    """Yield an error where something was handed in that holds nothing: a green check would tell its author
    that it had come.
    """
    if receipt.empty:
        yield _diagnostic(
            "records",
            "这个请求里没有任何改动，什么也没有收到",
            "材料可能存进了别的分支，或者已经在主分支里：到本园的页面上看一看，没有就再交一次",
            Severity.ERROR,
        )


def _diagnostic(path: str, message: str, fix: str, severity: Severity) -> Diagnostic:
    span = SourceFile(path=path).span()
    return Diagnostic(
        rule="unexpected-file", span=span, message=message, fix=fix, severity=severity, excerpt=""
    )


def month_words(account: Cell, *, with_year: bool = False) -> str:
    """Say what a month counts and what is owed: ``五月 3/3 完成``, ``五月 2/3，还欠 1 项（5月30日截止）``."""
    year = f"{account.month[:4]}年" if with_year else ""
    name = f"{year}{month_name(account.month)}"
    if account.status is Status.OFF:
        return f"{name}不是帮扶月，不计数"
    late = f"，另有 {account.late} 项逾期不计" if account.late else ""
    closed = "（已结账）" if account.closed else ""
    if not account.owed:
        return f"{name} {account.on_time}/{account.quota} 完成{late}{closed}"
    end = chinese_day(account.deadline)
    until = closed or (f"（{end}截止）" if account.status is Status.OPEN else f"（{end}已截止）")
    verb = "欠" if account.closed else "还欠"
    return f"{name} {account.on_time}/{account.quota}，{verb} {account.owed} 项{late}{until}"


def _month(month: str) -> str:
    if len(month) == 7:
        return f"{month[:4]}年{month_name(month)}"
    return f"{month}年" if month else ""


def list_removed(corpus: Corpus, touched: Submission, before: BaseReader) -> tuple[ActivityRecord, ...]:
    """Return the activities that a submission takes away from where they lay."""
    gone = (path for path in touched.paths if path.endswith("/activity.md") and not _exists(corpus, path))
    found = ((path, before(path)) for path in gone if has_place(path))
    records = (parse_activity(path, data)[0] for path, data in found if data is not None)
    return tuple(record for record in records if record)


def _exists(corpus: Corpus, path: str) -> bool:
    return os.path.lexists(corpus.root / path)


def receive(
    corpus: Corpus,
    today: dt.date,
    touched: Submission,
    before: BaseReader,
    *,
    removed: Iterable[ActivityRecord] = (),
    placement: Placement | None = None,
    merged: Corpus | None = None,
) -> Receipt:
    """Return what a submission holds.

    ``removed`` are its records that no longer lie where they lay, ``placement`` those that lie wrongly.
    ``merged`` is the archive with what the base branch has besides; it counts the months.
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
    told = misplaced | placement.along
    rest = tuple(path for path in touched.paths if path not in told)
    stray = {path for path in rest if not _is_other(path) and not _belongs(path, records)}
    return Receipt(
        records=tuple(sorted(records, key=lambda r: (r.school, r.month, r.path))),
        months=tuple(_accounts(merged or corpus, cells, today)),
        others=tuple(p for p in rest if _is_other(p) or (p in stray and not _exists(corpus, p))),
        unread=tuple(p for p in rest if p in stray and _exists(corpus, p)),
        names={s: corpus.name(s) for s in {*(r.school for r in records), *(s for s, _ in cells)} if s},
        behind=touched.behind,
    )


def _in_place(
    corpus: Corpus, touched: Submission, before: BaseReader, gone: Mapping[str, ActivityRecord]
) -> Iterator[Received]:
    """Yield the touched records that lie where they are read."""
    paths = tuple(_touched_records(touched))
    earlier = earlier_records(corpus, touched.paths, before)
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
    title = mask(record.data.title, record.data.private)
    return Received(path=path, school=record.school, month=record.month, title=title, change=change, was=was)


def _touched_records(touched: Submission) -> Iterator[str]:
    """Yield the path of each activity's record that a submission touches, be it a photo alone."""
    folders = dict.fromkeys(match[0] for path in touched.paths if (match := _RECORD.match(path)))
    return (f"{folder}activity.md" for folder in folders)


def _accounts(corpus: Corpus, cells: Iterable[tuple[str, str]], today: dt.date) -> Iterator[Cell]:
    for school, month in sorted(cells):
        if school and month and corpus.pairing(int(month[:4]), school):
            yield cell(corpus, int(month[:4]), school, month, today)


def _documents(corpus: Corpus, touched: Submission, before: BaseReader) -> Iterator[Received]:
    """Yield what else is submitted: a school's other files, and the bureau's records."""
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
    if not has_place(path) or parts[1] == "schema" or _RECORD.match(path):
        return None
    if parts[1] == "bureau":
        # A photo is its note's.
        file = "/".join(parts[:5]) + ("" if len(parts) < 6 else ".md")
        return file, _BUREAU[parts[3]], "", parts[2]
    name = parts[-1].partition(".")[0].partition("-")[0]
    return path, _SCHOOL[name], parts[1], parts[2] if len(parts) > 3 else ""


def _belongs(path: str, records: Iterable[Received]) -> bool:
    """Say whether a file below ``records/`` is one of these records or lies in an activity's folder."""
    if _document(path):
        return True
    places = {place for r in records for place in (r.path, r.was) if place}
    match = _RECORD.match(path)
    return path in places or bool(match and f"{match[0]}activity.md" in places)


def _is_other(path: str) -> bool:
    """Say whether a file is none of the archive's: outside of it, or of no account in it."""
    parts = path.split("/")
    return parts[0] != "records" or parts[1:2] == ["schema"] or parts[-1] in IGNORED_NAMES


def merge_base_branch(corpus: Corpus, touched: Submission, there: Iterable[str], read: BaseReader) -> Corpus:
    """Return the archive as a merge would leave the months that a submission touches.

    ``there`` are the files of the base branch's tip, which ``read`` reads: its records that the submission
    does not touch count as they are there.
    """
    months = {_RECORD.match(path) for path in _touched_records(touched)}
    folders = {f"records/{m['school']}/{m['month']}/" for m in months if m}
    own = set(_touched_records(touched))
    schools = dict(corpus.schools)
    files = [path for path in there if path.endswith("/activity.md") and has_place(path)]
    for folder in folders:
        school = folder.split("/")[1]
        theirs = [
            record
            for path in files
            if path.startswith(folder) and path not in own
            if (data := read(path)) is not None and (record := parse_activity(path, data)[0])
        ]
        if records := schools.get(school):
            kept = [a for a in records.activities if a.file.path in own or not a.file.path.startswith(folder)]
            schools[school] = dataclasses.replace(records, activities=(*kept, *theirs))
    return dataclasses.replace(corpus, schools=schools)
