"""Import a school's Word or Excel table as its plan.yml: read, merged, and described before it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Corpus
from generator.documents.tables.grid import split_lines
from generator.documents.tables.plan_merging import MergedPlan, RowChange, merge_plans
from generator.documents.tables.plan_reading import PlanReading, read_heading, read_plan
from generator.documents.tables.school_ids import find_schools
from generator.documents.tables.table_files import read_sheets
from generator.documents.tables.untrusted_office import TableError
from generator.plumbing import atomic
from generator.records import parse_yaml
from generator.records.models import PlanRow
from generator.records.yaml_writing import format_yaml

SCHEMA = "# yaml-language-server: $schema=../../schema/plan.schema.json\n"
_ID = re.compile(r"(?m)^(  - id: )'([0-9-]+)'$")
_SIGNS = {"added": "新增", "changed": "改动", "removed": "删去", "held": "保留"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import will do. ``text`` is the new plan.yml, None when it stays as it is; ``old`` what it replaces."""

    school: str
    year: int
    path: Path
    old: str | None
    text: str | None
    merged: MergedPlan
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing is imported, each reason a Chinese message."""

    reasons: tuple[str, ...]


def prepare_import(
    corpus: Corpus, file: Path, *, today: dt.date, school: str | None, year: int | None, drop: bool = False
) -> Import | Refusal:
    """Read a file and say what importing it will do; nothing is written.

    A table that says no year is of the running one.
    """
    try:
        sheets = read_sheets(file)
    except TableError as error:
        return Refusal(reasons=(str(error),))
    named, said = read_heading(sheets)
    notes: list[str] = []
    if year is None:
        year = said if said is not None else corpus.find_running_year(today) or 0
    elif said is not None and said != year:
        notes.append(f"标题写的是 {said} 年，照 --year 当作 {year} 年的计划")
    programme = corpus.find_programme(year)
    if programme is None:
        known = "、".join(map(str, corpus.years))
        return Refusal(reasons=(f"档案里没有 {year} 年的方案（有 {known} 年的）；用 --year 指定年度",))
    meant = find_schools(corpus, programme.school_ids, named)
    whose = meant or find_schools(corpus, programme.school_ids, file.stem)
    if school is None:
        if len(whose) != 1:
            return Refusal(reasons=(_unclear(corpus, named, whose),))
        school = whose[0]
    elif school not in programme.school_ids:
        return Refusal(reasons=(f"{year} 年的方案里没有代号是“{school}”的校（园）",))
    elif meant and school not in meant:
        notes.append(f"标题写的是“{named}”，照 --school 当作{corpus.name_school(school)}的计划")
    reading = read_plan(sheets, programme)
    return _planned(corpus, school, year, reading, notes, drop)


def _unclear(corpus: Corpus, named: str, whose: tuple[str, ...]) -> str:
    if whose:
        listed = "、".join(f"{school}（{corpus.name_school(school)}）" for school in whose)
        return f"标题“{named}”说不清是哪一所：{listed}；用 --school 指定"
    if named:
        return f"方案里没有“{named}”；标题写校（园）全称，或用 --school 指定"
    return "看不出是哪所校（园）的计划；在表的标题里写上园名（如 光彩幼儿园2020年结对帮扶工作计划表），或用 --school 指定"


def _planned(
    corpus: Corpus, school: str, year: int, reading: PlanReading, notes: list[str], drop: bool
) -> Import | Refusal:
    if reading.faults:
        return Refusal(reasons=(*reading.faults, *reading.lost))
    programme = corpus.find_programme(year)
    assert programme is not None  # noqa: S101  # the caller has looked
    place = f"records/{school}/{year}/plan.yml"
    path = corpus.root / place
    records = corpus.schools.get(school)
    record = records.plans.get(year) if records else None
    if any(part.is_symlink() for part in (path, path.parent, path.parent.parent, path.parent.parent.parent)):
        return Refusal(reasons=(f"{place} 在链接（快捷方式）后面，没有写；换成真正的文件夹",))
    if (record is None and path.exists()) or (record is not None and not record.complete):
        return Refusal(
            reasons=(f"现有的 {place} 有错误，先改正再导入；看哪里有错：pairing check --only {place}",)
        )
    rows: tuple[PlanRow, ...] = tuple(record.data.rows) if record else ()
    referred: dict[str, list[str]] = {}
    for activity in records.activities if records else ():
        if activity.year == year and activity.data.plan:
            referred.setdefault(activity.data.plan, []).append(activity.key)
    merged = merge_plans(rows, reading.entries, measures=programme.measures, referred=referred, drop=drop)
    if merged.faults:
        return Refusal(reasons=merged.faults)
    sample = bool(record and record.data.sample)
    text = format_plan(merged.rows, sample=sample) if any(c.kind != "held" for c in merged.changes) else None
    if text is not None:
        read, problems = parse_yaml("plan", place, text.encode())
        if read is None or problems or tuple(read.data.rows) != merged.rows:
            return Refusal(
                reasons=tuple(f"写出的计划表读不回来：{p.message}" for p in problems)
                or ("写出的计划表读不回来",)
            )
        if record and has_comments(record.file.text):
            notes.append("plan.yml 里用 # 写的注释不会保留")
        if sample:
            notes.append(
                "原来的计划表是示例数据，导入后仍标为示例；正式使用请先运行 pairing start，再导入一次"
            )
    return Import(
        school=school,
        year=year,
        path=path,
        old=record.file.text if record else None,
        text=text,
        merged=merged,
        notes=(*notes, *reading.notes),
    )


def format_plan(rows: Sequence[PlanRow], *, sample: bool = False) -> str:
    """Return plan.yml with these rows."""
    data: dict[str, object] = {"sample": True} if sample else {}
    data["rows"] = [
        {name: value for name in PlanRow.model_fields if (value := getattr(row, name)) is not None}
        for row in rows
    ]
    return SCHEMA + _ID.sub(
        r"\1\2", format_yaml(data)
    )  # YAML 1.1 would take 2020-03-10 for a day; here it is text


def has_comments(text: str) -> bool:
    """Say whether a plan.yml holds comments beside the line for editors."""
    return any(line.lstrip().startswith("#") and "$schema" not in line for line in text.splitlines())


def write_plan(planned: Import) -> None:
    """Put the new plan in the place of the old one, whole or not at all. Raises OSError."""
    if planned.text is not None:
        atomic.write_file(planned.path, planned.text)


def describe_import(corpus: Corpus, planned: Import, *, dry_run: bool) -> Iterator[str]:
    """Yield what is imported, line by line: rows added, changed, removed, held, and all that needs a look."""
    merged = planned.merged
    counts = "、".join(
        f"{word} {count} 项"
        for kind, word in _SIGNS.items()
        if (count := sum(1 for change in merged.changes if change.kind == kind))
    )
    same = len(merged.rows) - sum(1 for c in merged.changes if c.kind in ("added", "changed", "held"))
    head = f"{corpus.name_school(planned.school)} {planned.year} 年工作计划表：{len(merged.rows)} 项任务"
    yield f"{head}（{counts + '、' if counts else ''}不变 {same} 项）"
    for change in merged.changes:
        yield from _change(change)
    if any(change.kind == "held" for change in merged.changes):
        yield "  保留的任务表里没有了，但有活动记录写着它；确实不要的，加 --drop"
    if merged.guessed:
        listed = "、".join(f"{row.id} {name}" for row, name in merged.guessed)
        yield f"  从任务的文字认出帮扶内容：{listed}。不对的，在 plan.yml 里改 measure"
    if merged.unguessed:
        listed = "、".join(row.id for row in merged.unguessed)
        yield f"  没有写帮扶内容（measure），可以以后补：{listed}"
    for note in planned.notes:
        yield f"  注意：{note}"
    place = f"records/{planned.school}/{planned.year}/plan.yml"
    if planned.text is None:
        yield f"  与 {place} 一致，没有改动"
    else:
        yield f"  {'将写入' if dry_run else '已写入'} {place}"


def _change(change: RowChange) -> Iterator[str]:
    row = change.row
    day = f"{row.date.month}月{row.date.day}日 " if row.date else ""
    yield f"  {_SIGNS[change.kind]} {row.id} {day}{row.task}"
    for name, old, new in change.fields:
        yield f"      {name}：{old or '（空）'} → {new or '（空）'}"
    if change.activities:
        what = "写着它的活动" if change.kind == "held" else "这些活动记录的 plan 要改"
        yield f"      {what}：{'、'.join(change.activities)}"


def format_file_name(file: Path) -> str:
    """Return a file's name, safe for a terminal."""
    return " ".join(split_lines(file.name)) or "文件"
