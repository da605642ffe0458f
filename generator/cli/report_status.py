"""Render month statuses as a table for the terminal, as JSON, or as Markdown for a job's summary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from generator.accounts.ledger import Cell, Ledger, Status, format_fraction
from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus

_COLOUR = {
    Status.MET: "green",
    Status.SHORT: "yellow",
    Status.MISSING: "red",
    Status.LATE: "magenta",
    Status.OPEN: "cyan",
    Status.EXCUSED: "white",
    Status.OFF: "white",
}


def describe_debt(corpus: Corpus, cell: Cell) -> str:
    """Say in one line what a school owes for a month: name, month, number."""
    name = corpus.name_school(cell.school)
    late = f"，另有 {cell.late} 项逾期" if cell.late else ""
    return (
        f"{name}（{cell.school}）{cell.month} {cell.status.label}：{'欠' if cell.closed else '还欠'} {cell.owed} 项"
        f"（应 {cell.quota} 项，按时 {cell.on_time} 项{late}）"
    )


def render_text(corpus: Corpus, ledger: Ledger, months: Sequence[str]) -> str:
    """Lay out school × month as a table with symbols, a legend, and what is still owed."""
    from rich.cells import cell_len

    def pad(text: str, width: int) -> str:
        return text + " " * max(0, width - cell_len(text))

    names = {school: corpus.name_school(school) for school in ledger.programme.school_ids}
    width = max((cell_len(f"  {name}") for name in names.values()), default=8) + 2
    marks = {key: _mark(cell) for key, cell in ledger.cells.items() if cell.month in months}
    widths = {m: max(8, *(cell_len(_mark(cell)) + 1 for cell in ledger.find_month(m))) for m in months}
    head = pad("", width) + "".join(pad(name_month(m), widths[m]) for m in months)
    lines = [
        f"{ledger.programme.county} {ledger.year} 年度月度完成情况（截至 {ledger.today.isoformat()}）",
        "",
        click.style(head.rstrip(), bold=True),
    ]
    for _pairing, schools in ledger.rows:
        for index, school in enumerate(schools):
            row = [pad(("" if index == 0 else "  ") + names[school], width)]
            for month in months:
                mark, status = marks[school, month], ledger.cells[school, month].status
                gap = "" if month == months[-1] else pad(mark, widths[month])[len(mark) :]
                row.append(click.style(mark, fg=_COLOUR[status]) + gap)
            lines.append("".join(row))
    closed = [line for month in months if (line := _closed(corpus, ledger, month))]
    there = {cell.status for cell in ledger.cells.values() if cell.month in months}
    rare = {Status.OFF, Status.EXCUSED} - there
    signs = [f"{s.symbol} {s.label}" for s in Status if s not in rare and s is not Status.OFF]
    if Status.OFF in there:
        signs.append(f"{Status.OFF.symbol} 不要求上报")
    lines += ["", "图例：" + "  ".join(signs)]
    if closed:
        lines[-1] += "  结 已结账"
        lines += ["", f"已结账：{'、'.join(closed)}"]
    if excused := [line for month in months for line in _list_excused(corpus, ledger, month)]:
        lines += ["", "免报：", *excused]
    ready = find_next_closing(corpus, ledger)
    if ready in months:
        lines += ["", f"可以结账：{name_month(ready)}（pairing close {ready} --dry-run）"]
    owing = [c for c in ledger.cells.values() if c.month in months and c.due and not c.closed]
    unmet = [c for c in ledger.cells.values() if c.month in months and c.due and c.closed]
    waiting = [c for c in ledger.cells.values() if c.month in months and c.status is Status.OPEN and c.owed]
    if owing:
        lines += ["", f"已到期未完成（{len(owing)} 个校（园）月份）："]
        lines += [f"  {describe_debt(corpus, c)}" for c in owing]
    if unmet:
        lines += ["", f"结账时没有完成，不再补报（{len(unmet)} 个校（园）月份）："]
        lines += [f"  {describe_debt(corpus, c)}" for c in unmet]
    if waiting:
        first = min(c.month for c in waiting)
        now = [c for c in waiting if c.month == first]
        lines += ["", f"{name_month(first)}尚可上报（{now[0].deadline.isoformat()} 截止）："]
        lines += [f"  {describe_debt(corpus, c)}" for c in now]
    if not owing and not waiting:
        lines += ["", "没有还可以补报的。" if unmet else "没有欠报。"]
    return "\n".join(lines) + "\n"


def _mark(cell: Cell) -> str:
    """Return a month as the table shows it: its sign, what counts and what came late, or why nothing is owed."""
    done = format_fraction(cell)
    if not cell.counts:
        done = cell.label + (f" {done}" if cell.activities else "")
    return f"{cell.status.symbol} {done}" + ("结" if cell.closed else "")


def _list_excused(corpus: Corpus, ledger: Ledger, month: str) -> Iterator[str]:
    """Yield each reason for which a month need not be reported, with the schools that it holds for."""
    members = [cell for cell in ledger.find_month(month) if cell.status is not Status.OFF]
    found: dict[tuple[str, str], list[str]] = {}
    for cell in members:
        if cell.status is Status.EXCUSED:
            excuse = ledger.programme.find_excuse(cell.school, month)
            decided = f"（{excuse.decided_by} {excuse.decided} 决定）" if excuse else ""
            found.setdefault((cell.reason, decided), []).append(cell.school)
    for (reason, decided), schools in found.items():
        who = "各校（园）" if len(schools) == len(members) else "、".join(map(corpus.name_school, schools))
        yield f"  {month} {who}：{reason}{decided}"


def find_next_closing(corpus: Corpus, ledger: Ledger) -> str:
    """Return the first month that is due and not closed: the one to close now, or ""."""
    months = corpus.find_settlement(ledger.year).months
    due = (
        m
        for m in ledger.programme.months
        if find_deadline(ledger.programme, m) < ledger.today and ledger.programme.list_members(m)
    )
    return next((month for month in due if month not in months), "")


def render_closing_markdown(months: Sequence[str]) -> str:
    """Say in a job summary which months wait for the officer, and what to type; "" where none does."""
    lines = [
        f"- {month}：`pairing close {month} --dry-run` 先看一遍，再 `pairing close {month}`"
        for month in months
    ]
    if not lines:
        return ""
    head = "\n## 可以结账\n\n"
    tail = "\n写出的文件用合并请求交上来，步骤见网站的“给教育局”一页第四部分。\n"
    return head + "\n".join(lines) + "\n" + tail


def _closed(corpus: Corpus, ledger: Ledger, month: str) -> str:
    """Say when a month was closed and how often that was amended, "" while it is open."""
    settlement = corpus.find_settlement(ledger.year)
    closed = settlement.find_month(month, ledger.today)
    if closed is None:
        return ""
    changes = sum(1 for each in settlement.list_amendments(month) if each.amended <= ledger.today)
    return f"{name_month(month)}（{closed.closed}{f'，更正 {changes} 次' if changes else ''}）"


def render_json(corpus: Corpus, ledgers: Iterable[tuple[Ledger, Sequence[str]]]) -> str:
    """Return school × month as JSON: ``{as_of, schools: [{school, name, year, months: {…}}], missing}``."""
    schools: list[dict[str, Any]] = []
    missing: list[dict[str, Any]] = []
    today = ""
    for ledger, months in ledgers:
        today = ledger.today.isoformat()
        for school in ledger.programme.school_ids:
            cells = [ledger.cells[school, month] for month in months]
            schools.append(
                {
                    "school": school,
                    "name": corpus.name_school(school),
                    "year": ledger.year,
                    "months": {c.month: _cell(c) for c in cells},
                }
            )
            missing += [
                {"school": school, "name": corpus.name_school(school), "month": c.month, "owed": c.owed}
                for c in cells
                if c.due and not c.closed
            ]
    value = {"as_of": today, "schools": schools, "missing": missing}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "status": cell.status.value,
        "quota": cell.quota,
        "on_time": cell.on_time,
        "late": cell.late,
        "owed": cell.owed,
        "deadline": cell.deadline.isoformat(),
        "closed": cell.closed,
        "reason": cell.reason,
    }


def render_missing_markdown(corpus: Corpus, cells: Sequence[Cell]) -> str:
    """Return what is owed as a Markdown table for a job summary."""
    if not cells:
        return "## ✓ 没有欠报\n"
    rows = [
        f"| {corpus.name_school(c.school)} | {c.month} | {c.status.label} | {c.owed} | {c.quota} |".replace(
            "\n", " "
        )
        for c in cells
    ]
    head = f"## ✕ {len(cells)} 个校（园）月份未完成\n\n| 校（园） | 月份 | 情况 | 还欠 | 应完成 |\n| --- | --- | --- | ---: | ---: |\n"
    return head + "\n".join(rows) + "\n"
