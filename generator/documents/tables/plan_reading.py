"""Read the planned tasks from 附件3 as a grid; every cell that is part of none is reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.archive.privacy import looks_like_a_name
from generator.documents.tables.column_headings import COLUMNS, find_columns, find_header, is_header
from generator.documents.tables.grid import Grid, GridCell, Sheets, abbreviate_text, list_places, pack_text
from generator.documents.tables.plan_days import DayReading, read_day, read_month, spell_month
from generator.records.models import Measure, Programme

_NOTE = re.compile(r"(?:备注|注|说明|填表说明)[:：]|备注$")
_NO_NAME = re.compile(r"(?:[*×xX_]*(?:学?校)?(?:\((?:幼儿)?园\))?)\Z")
_TITLE = re.compile(r"工作计划")
_NUMBERED = re.compile(r"[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）.．、]|[①-⑳]")
_MOST_LINES = 20
_MOST_FAULTS = 50
_ENDED = re.compile(r"[，。；：、,.;:!?！？…]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """A task as a table plans it. ``says`` names the columns that the table has, whether filled or not."""

    where: str
    month: str
    task: str
    date: dt.date | None = None
    lead: str | None = None
    measure: str | None = None
    says: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """What a file plans. ``faults`` must be mended before anything is written; ``notes`` are to be read.

    school: the name in the heading, "" where there is none.   year: likewise.
    lost: those of the notes that name what the file holds and was not read.
    """

    school: str
    year: int | None
    entries: tuple[PlanEntry, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    entries: list[PlanEntry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: dict[tuple[str, str, str], list[GridCell]] = field(default_factory=dict)

    def leave(self, cell: GridCell, reason: str) -> None:
        """Report a cell that was not read."""
        if cell:
            self.left.setdefault((reason, cell.place, cell.label), []).append(cell)


def read_heading(sheets: Sheets) -> tuple[str, int | None]:
    """Return the school's name and the year in a plan's heading, "" and None where they are not said."""
    above = (cell.text for grid in sheets.grids for cell in _above(grid))
    for text in map(pack_text, (*sheets.lines, *above)):
        if not (found := _TITLE.search(text)) or len(text) > 80:
            continue
        year = re.search(r"20[0-9]{2}", text)
        name = re.split(r"20[0-9]{2}|结对|帮扶", text[: found.start()])[0]
        name = re.sub(r"^附件[0-9一二三]*[:.]?", "", name).strip("《“\"'*_")
        return "" if _NO_NAME.match(name) else name, int(year[0]) if year else None
    return "", None


def _above(grid: Grid) -> Iterator[GridCell]:
    """Yield the cells above a table's header, where titles are sometimes written."""
    at = find_header(grid)
    for row in grid.rows[: at if at is not None else 3]:
        yield from row


def read_plan(sheets: Sheets, programme: Programme) -> PlanReading:
    """Return what a file's tables plan in a programme's year."""
    found = _Found()
    school, year = read_heading(sheets)
    header: tuple[GridCell, ...] = ()
    month: int | None = None
    tables = 0
    for grid in sheets.grids:
        at = find_header(grid)
        if at is None and not (header and _continues(grid, header)):
            _unread(found, grid)
            continue
        if at is not None:
            header, month, tables = grid.rows[at], None, tables + 1
            for row in grid.rows[:at]:
                _title_row(found, row)
        month = _rows(found, grid.rows[at + 1 if at is not None else 0 :], header, programme, month)
    if not tables:
        found.faults.append(
            "没有找到计划表：要有一行表头写着“月份、帮扶时间、帮扶任务、负责人、完成情况”，其中“帮扶任务”不能少"
        )
    elif not found.entries and not found.faults:
        found.faults.append("表里一项任务也没有填")
    outside = [line for line in sheets.lines if not _is_title_or_note(line)]
    found.notes += [
        f"表格之外的文字没有导入：“{abbreviate_text(line, 40)}”" for line in outside[:_MOST_LINES]
    ]
    if len(outside) > _MOST_LINES:
        found.notes.append(f"表格之外还有 {len(outside) - _MOST_LINES} 行文字没有导入")
    if len(found.faults) > _MOST_FAULTS:
        found.faults[_MOST_FAULTS:] = [f"还有 {len(found.faults) - _MOST_FAULTS} 处要改，先改好以上的再试"]
    notes = [f"{reason}：{list_places(cells)}" for (reason, *_), cells in found.left.items()]
    return PlanReading(
        school=school,
        year=year,
        entries=tuple(sorted(found.entries, key=lambda e: e.month)),
        faults=tuple(found.faults),
        notes=(*found.notes, *notes, *sheets.lost),
        lost=sheets.lost,
    )


def _is_title_or_note(line: str) -> bool:
    """Say whether a line outside the tables belongs to the form."""
    return bool(_NOTE.match(line) or _TITLE.search(pack_text(line)) or re.match(r"附件\s*\d?", line))


def _continues(grid: Grid, header: Sequence[GridCell]) -> bool:
    """Say whether a table without a header goes on with the one before it, as after a page break."""
    widths = {max((c.column + c.span for c in row), default=0) for row in grid.rows}
    return bool(widths) and max(widths) == max(c.column + c.span for c in header)


def _unread(found: _Found, grid: Grid) -> None:
    for row in grid.rows:
        for cell in row:
            found.leave(cell, f"{grid.place}没有“帮扶任务”一栏，没有导入")


def _title_row(found: _Found, row: Sequence[GridCell]) -> None:
    for cell in row:
        if (
            not _TITLE.search(cell.packed)
            and not cell.packed.startswith("附件")
            and not _NOTE.match(cell.packed)
        ):
            found.leave(cell, "表头以上的内容没有导入")


def _rows(
    found: _Found,
    rows: Sequence[Sequence[GridCell]],
    header: Sequence[GridCell],
    programme: Programme,
    month: int | None,
) -> int | None:
    for row in rows:
        written = [cell for cell in row if cell]
        if not written or is_header(row) or (len(written) == 1 and _NOTE.match(written[0].text)):
            continue
        cells, extra = find_columns(row, header)
        for name, cell in extra:
            found.leave(cell, f"“{name}”一栏没有导入" if name else "表头没有这一栏，没有导入")
        month = _row(found, cells, programme, month, frozenset(c for c, _ in COLUMNS.values() if c in cells))
    return month


def _row(
    found: _Found, cells: dict[str, GridCell], programme: Programme, before: int | None, says: frozenset[str]
) -> int | None:
    """Add a row's task; return the month that holds for the next row."""
    blank = GridCell(column=0)
    label, time, task = (cells.get(name, blank) for name in ("month", "time", "task"))
    year, month = read_month(label)
    carried = not label and not label.continued
    if not label:
        month = before
    said = read_day(time, month)
    if said.month is not None and (month is None or (carried and said.month != month)):
        month = said.month
    found.leave(cells.get("state", blank), "“完成情况”由活动记录算出，不从表里导入")
    text = _joined(task)
    if not text:
        for name in ("lead", "measure"):
            found.leave(cells.get(name, blank), "这一行没有帮扶任务，没有导入")
        if said.day is not None or said.text:
            found.leave(time, "这一行没有帮扶任务，没有导入")
        return month if month is not None or not label else before
    number = _month(found, label, task, programme, year, month)
    if number is None:
        return month
    date, remark = _date(found, time, said, programme, number)
    if remark and remark not in text:
        text = f"{text}（{remark}）"
        found.notes.append(
            f"{time.where}“{abbreviate_text(time.text)}”不是某一天，写进了任务：{abbreviate_text(text, 30)}"
        )
    lead = "、".join(cells["lead"].lines) if cells.get("lead") else None
    if lead and looks_like_a_name(lead):
        found.notes.append(
            f"{cells['lead'].where}“{abbreviate_text(lead)}”像是姓名；负责人只写职务，如 业务园长"
        )
    for what, value in (("任务", text), ("负责人", lead or "")):
        if len(value) > 200:
            found.faults.append(
                f"{task.where}：{what}有 {len(value)} 个字，最多 200 个；写短一些，或分成几行"
            )
    found.entries.append(
        PlanEntry(
            where=task.where,
            month=number,
            task=text,
            date=date,
            lead=lead,
            measure=_measure(found, cells.get("measure", blank), programme.measures),
            says=says,
        )
    )
    return month


def _month(
    found: _Found, label: GridCell, task: GridCell, programme: Programme, year: int | None, month: int | None
) -> str | None:
    if month is None:
        what = f"月份“{label.text}”看不懂" if label else "不知道是几月的任务"
        found.faults.append(
            f"{label.where if label else task.where}：{what}（{abbreviate_text(task.text)}）；月份写成 三 或 3月"
        )
        return None
    if year is not None and year != programme.year:
        found.faults.append(f"{label.where}：写的是 {year} 年，这份计划是 {programme.year} 年的")
        return None
    allowed = {int(m[5:]): m for m in programme.months}
    if month not in allowed:
        names = "、".join(spell_month(m) for m in allowed)
        found.faults.append(
            f"{task.where}：{spell_month(month)}月不是方案规定的帮扶月（{abbreviate_text(task.text)}）；帮扶月是 {names}"
        )
        return None
    return allowed[month]


def _date(
    found: _Found, time: GridCell, said: DayReading, programme: Programme, month: str
) -> tuple[dt.date | None, str]:
    """Return a row's day, or what its time cell says instead."""
    year, number = int(month[:4]), int(month[5:])
    if said.doubt:
        found.notes.append(f"{time.where}：{said.doubt}")
    if said.day is None:
        if said.month is not None and said.month != number:
            return None, time.text
        return None, said.text
    if said.month is not None and said.month != number:
        found.notes.append(f"{time.where}“{abbreviate_text(time.text)}”不在{spell_month(number)}月里，请核对")
        return None, time.text
    if said.year is not None and said.year != year and time.date is None:
        found.notes.append(f"{time.where}“{abbreviate_text(time.text)}”不是 {year} 年，请核对")
        return None, time.text
    if said.year is not None and said.year != year:
        found.notes.append(f"{time.where}：Excel 里的日期是 {time.date}，只取月和日，年份按 {year} 年")
    try:
        day = dt.date(year, number, said.day)
    except ValueError:
        found.notes.append(f"{time.where}“{abbreviate_text(time.text)}”：日历上没有这一天，请核对")
        return None, time.text
    if said.weekday is not None and said.weekday != day.weekday():
        found.notes.append(
            f"{time.where}“{abbreviate_text(time.text)}”：这一天是星期{'一二三四五六日'[day.weekday()]}，请核对"
        )
        return None, time.text
    return day, ""


def _joined(cell: GridCell) -> str:
    """Return a cell's lines as one: the points of a list by semicolons, anything else by a space."""
    text = ""
    for index, line in enumerate(cell.lines):
        if not text:
            text = line
        elif _ENDED.search(text):
            text += line
        else:
            text += ("；" if index in cell.points or _NUMBERED.match(line) else " ") + line
    return text


def _measure(found: _Found, cell: GridCell, measures: Sequence[Measure]) -> str | None:
    if not cell:
        return None
    for measure in measures:
        if cell.packed in (pack_text(measure.name), measure.id):
            return measure.id
    found.leave(cell, "“帮扶内容”不是方案里的名称，没有导入")
    return None


def guess_measure(task: str, measures: Sequence[Measure]) -> str | None:
    """Return the measure whose name a task's text holds, where it is one; a name in front decides."""
    text = pack_text(task)
    for measure in measures:
        if text.startswith((f"{pack_text(measure.name)}:", f"{pack_text(measure.name)}——")):
            return measure.id
    named = [m for m in measures if pack_text(m.name) in text]
    # 区域活动观摩 is not also 区域活动, should a county have both.
    named = [m for m in named if not any(m.name != o.name and m.name in o.name for o in named)]
    return named[0].id if len(named) == 1 else None
