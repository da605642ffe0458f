"""Outline a bulletin: its sections in their order and what stands in each, before a format lays it out.

Documents and messages are made from this one outline, so that none of them can leave a fact out. The web page
has its links and pictures besides, and takes the order of its sections from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.accounts.ledger import format_fraction
from generator.accounts.months import name_month
from generator.documents.bulletin import phrases
from generator.documents.bulletin.bulletin_content import ActivityLine, Bulletin, SchoolLine, TaskLine
from generator.plumbing.chinese_days import format_chinese_day

NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column: ``width`` in parts of the table's; figures and dates are ``centred``.

    code: numbers that are to stay on one line, in smaller type.
    """

    title: str
    width: int
    centred: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row as cells, and as ``line`` where there are no tables."""

    cells: tuple[str, ...]
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows that belong together; ``title`` and ``aside`` stand above them, "" for none."""

    title: str
    aside: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of grouped rows."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Sentences of equal rank."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the plan and where they stand."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commended:
    """Good practice; ``key`` finds the activity and its photo."""

    title: str
    meta: str
    remark: str
    key: str


Block = Table | Paragraph | Items | Quote | Commended


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered section; ``key`` is its anchor on the page."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A bulletin's sections in order, and the numbers that stand before their titles."""

    sections: tuple[Section, ...]

    def list_headings(self) -> Iterator[tuple[str, Section]]:
        """Yield each section with its heading: ``二、未按时完成的校（园）``."""
        for number, section in zip(NUMBERS, self.sections, strict=False):
            yield f"{number}、{section.title}", section


def make_outline(value: Bulletin) -> Outline:
    """Return what a bulletin says, section by section; one without anything to say is left out."""
    sections = (
        Section(key="completion", title="各校（园）完成情况", blocks=tuple(_completion(value))),
        Section(
            key="owed",
            title="未按时完成的校（园）" if phrases.is_past_deadline(value) else "尚未完成的校（园）",
            blocks=tuple(_owed(value)),
        ),
        Section(key="activities", title=f"{value.month_name}开展的活动", blocks=tuple(_activities(value))),
        Section(key="highlights", title="值得推荐的做法", blocks=tuple(_highlights(value))),
        Section(key="visits", title="督导核查与观摩互促", blocks=tuple(_list_oversight(value))),
        Section(
            key="corrections",
            title=phrases.format_corrections_title(value),
            blocks=tuple(_corrections(value)),
        ),
        Section(key="term", title=f"{value.term_name}以来的帮扶内容", blocks=tuple(_term(value))),
        Section(
            key="next",
            title=f"{name_month(value.next_month)}工作计划" if value.next_month else "",
            blocks=tuple(_next(value)),
        ),
    )
    return Outline(sections=tuple(section for section in sections if section.blocks))


def _completion(value: Bulletin) -> Iterator[Block]:
    yield Table(
        columns=(
            Column(title="校（园）", width=62),
            Column(title="按时/应报", width=24, centred=True),
            Column(title="逾期", width=18, centred=True),
            Column(title="情况", width=24, centred=True),
            Column(title=f"{value.term_name}累计", width=28, centred=True),
        ),
        groups=tuple(
            RowGroup(
                title=group.name,
                aside=phrases.count_group(group),
                rows=tuple(_school(value, line) for line in group.lines),
            )
            for group in value.groups
        ),
    )
    if value.excuses:
        yield Items(lines=tuple(map(phrases.describe_excuse, value.excuses)))


def _school(value: Bulletin, line: SchoolLine) -> TableRow:
    month, term = phrases.format_share(line), phrases.format_term_share(line)
    state = line.status.label + (f"（{line.reason}）" if line.reason else "")
    done = f"，按时{format_fraction(line)}" if line.quota or line.on_time or line.late else ""
    return TableRow(
        cells=(line.name, month, str(line.late or "—"), line.status.label, term),
        line=f"{line.name}：{state}{done}；{value.term_name}累计{term}",
    )


def _owed(value: Bulletin) -> Iterator[Block]:
    if value.owed:
        yield Items(lines=tuple(f"{line.name}：{phrases.describe_shortfall(line)}。" for line in value.owed))
        if value.deemed:
            yield Quote(text=value.deemed_words, source=f"——工作实施方案{value.deemed.id}")


def _activities(value: Bulletin) -> Iterator[Block]:
    filed = any(line.filing for line in value.activities)
    if value.pairings:
        number = (Column(title="备案号", width=34, code=True),) if filed else ()
        columns = (
            Column(title="日期", width=13, centred=True),
            Column(title="校（园）", width=18),
            Column(title="活动", width=58 if filed else 90),
            Column(title="帮扶内容", width=33 if filed else 35),
            *number,
        )
        yield Table(
            columns=columns,
            groups=tuple(
                RowGroup(
                    title=f"{pairing.helper}帮扶组",
                    aside=f"{len(pairing.lines)}项",
                    rows=tuple(_activity(line, filed=filed) for line in pairing.lines),
                )
                for pairing in value.pairings
            ),
        )
    if value.private:
        yield Paragraph(text=phrases.describe_private(value))


def _activity(line: ActivityLine, *, filed: bool) -> TableRow:
    title = line.title + "".join(f"（{each}）" for each in phrases.list_reservations(line))
    number = (line.filing or "—",) if filed else ()
    said = f"，备案号{line.filing}" if line.filing else ""
    return TableRow(
        cells=(f"{line.date.day}日", line.short, title, line.measure, *number),
        line=f"{line.date.day}日，{line.short}：{title}（{line.measure}{said}）",
    )


def _highlights(value: Bulletin) -> Iterator[Block]:
    for praise in value.highlights:
        activity = praise.activity
        yield Commended(
            title=activity.title,
            meta=f"{activity.school}，{format_chinese_day(activity.date)}",
            remark=praise.remark,
            key=activity.key,
        )


def _list_oversight(value: Bulletin) -> Iterator[Block]:
    lines = (*map(phrases.describe_inspection, value.inspections), *map(phrases.describe_event, value.events))
    if lines:
        yield Items(lines=lines)


def _corrections(value: Bulletin) -> Iterator[Block]:
    if value.corrections:
        yield Items(lines=tuple(map(phrases.describe_correction, value.corrections)))


def _term(value: Bulletin) -> Iterator[Block]:
    if not value.measures:
        return
    yield Paragraph(text=phrases.summarise_term(value))
    rows = (
        TableRow(
            cells=(line.name, line.clause, str(line.month or "—"), str(line.term)),
            line=f"{line.name}（{line.clause}）：{value.month_name}{line.month}项，{value.term_name}累计{line.term}项",
        )
        for line in value.measures
    )
    yield Table(
        columns=(
            Column(title="帮扶内容", width=66),
            Column(title="条款", width=40),
            Column(title=value.month_name, width=22, centred=True),
            Column(title=f"{value.term_name}累计", width=28, centred=True),
        ),
        groups=(RowGroup(title="", aside="", rows=tuple(rows)),),
    )


def _next(value: Bulletin) -> Iterator[Block]:
    yield from (Paragraph(text=line) for line in phrases.list_coming(value))
    if value.next_tasks:
        yield Table(
            columns=(
                Column(title="日期", width=16, centred=True),
                Column(title="校（园）", width=20),
                Column(title="任务", width=86),
                Column(title="负责人", width=34),
            ),
            groups=tuple(
                RowGroup(
                    title=f"{pairing.helper}帮扶组",
                    aside=f"{len(pairing.tasks)}项",
                    rows=tuple(map(_task, pairing.tasks)),
                )
                for pairing in value.next_tasks
            ),
        )


def _task(task: TaskLine) -> TableRow:
    day = f"{task.date.day}日" if task.date else "待定"
    lead = f"，负责人{task.lead}" if task.lead else ""
    return TableRow(
        cells=(day, task.short, task.task, task.lead or "—"), line=f"{day}，{task.short}：{task.task}{lead}"
    )
