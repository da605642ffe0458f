"""The open data as tables for people: Chinese heads and words, the same rows in CSV and in the workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.accounts.assessment.value import SIDES
from generator.accounts.ledger import Status
from generator.archive.privacy import mask
from generator.documents.xlsx import Cell, Sheet, Styled, make_workbook
from generator.site.pages.site import Site
from generator.site.pages.view import KINDS, PublicActivity, chinese_date

# What a spreadsheet takes for a formula, in the widths that it accepts.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")

Row = Sequence[Decimal | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: ``name`` of its CSV file, ``title`` of its sheet, ``widths`` in characters."""

    name: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Callable[[Site], Iterable[Row]]
    frozen: int = 1


def csv_bytes(table: Table, rows: Iterable[Row]) -> bytes:
    """Return CSV (RFC 4180) with a byte order mark, by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def workbook_bytes(site: Site, tables: Iterable[tuple[Table, Sequence[Row]]]) -> bytes:
    """Return one XLSX workbook of the tables, after a sheet that says what they hold."""
    tables = tuple(tables)
    return make_workbook(
        [
            Sheet(name="说明", rows=list(_words(site, [table for table, _ in tables])), widths=(16, 90)),
            *(
                Sheet(
                    name=table.title, head=table.columns, rows=rows, widths=table.widths, frozen=table.frozen
                )
                for table, rows in tables
            ),
        ]
    )


def _safe(value: object) -> object:
    """Return a cell's value; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _words(site: Site, tables: Sequence[Table]) -> Iterator[Sequence[Cell]]:
    programme = site.programmes.get(site.year)
    county = programme.county if programme else ""
    yield (Styled(value=f"{county}幼儿园结对帮扶档案：开放数据", style="title"),)
    sample = "含示例数据，不代表任何幼儿园的真实工作。" if site.corpus.has_sample else ""
    yield (Styled(value=f"截至{chinese_date(site.today)}。{sample}", style="bold"),)
    yield ()
    for table in tables:
        yield (Styled(value=table.title, style="bold"), f"{'、'.join(table.columns)}")
    yield ()
    yield ("不公开的", "不公开的活动、图片和保密姓名不在其中；不公开的活动仍计入月度和考核。")
    yield ("说明", f"{site.site_url}data/" if site.site_url else "见网站的“开放数据”页")


def _schools(site: Site) -> Iterator[Row]:
    for year, schools in site.schools.items():
        for view in schools.values():
            helper = schools[view.helper].name if view.helper in schools else view.helper
            yield (year, view.id, view.name, view.short, KINDS[view.kind], helper, site.site_url + view.url)


def _months(site: Site) -> Iterator[Row]:
    for year, account in site.ledgers.items():
        terms = {month: term.name for term in account.programme.terms for month in term.months}
        for cell in account.cells.values():
            if cell.status is not Status.OFF:
                yield (
                    cell.month,
                    cell.school,
                    site.schools[year][cell.school].name,
                    terms[cell.month],
                    cell.status.label,
                    cell.quota,
                    cell.on_time,
                    cell.late,
                    cell.owed,
                    "是" if cell.closed else "否",
                )


def _assessment(site: Site) -> Iterator[Row]:
    for result in site.assessments:
        found = result.assessment
        standing = result.published.isoformat() if result.published else "暂计"
        for score in found.scores:
            name = site.schools[found.year][score.school].name
            for line in score.lines:
                yield (
                    found.name,
                    score.school,
                    name,
                    SIDES[score.side],
                    mask(line.item.name),
                    line.item.clause,
                    line.points,
                    line.got,
                    line.of,
                    "是" if line.zeroed else "否",
                    line.score,
                    standing,
                )


def _activities(site: Site) -> Iterator[Row]:
    return (_activity(site, activity) for activity in site.activities)


def _activity(site: Site, activity: PublicActivity) -> Row:
    return (
        activity.key,
        activity.number,
        activity.school.name,
        KINDS[activity.school.kind],
        activity.date.isoformat(),
        activity.reported.isoformat(),
        "是" if activity.late else "否",
        activity.title,
        activity.measure_name,
        activity.clause,
        "、".join([school.name for school in activity.partners]),
        activity.direction_name,
        activity.place,
        activity.lead,
        activity.sent,
        activity.received,
        "" if activity.attendance is None else activity.attendance,
        "、".join(activity.grades),
        len(activity.photos) + len(activity.hidden),
        site.site_url + activity.url,
    )


ACTIVITIES = Table(
    name="activities",
    title="活动",
    columns=(
        "编号", "备案号", "校（园）", "类别", "活动日期", "上报日期", "是否逾期", "标题", "帮扶内容", "条款", "参与园",
        "方式", "地点", "负责人", "派出人数", "接待人数", "参加人数", "年级", "图片数", "页面",
    ),
    widths=(42, 22, 30, 9, 12, 12, 10, 34, 18, 14, 44, 9, 22, 14, 10, 10, 10, 16, 8, 60),
    rows=_activities,
)  # fmt: skip
TABLES = (
    Table(
        name="schools",
        title="校（园）",
        columns=("年度", "代号", "校（园）", "简称", "类别", "帮扶园", "页面"),
        widths=(8, 14, 32, 10, 9, 20, 40),
        rows=_schools,
        frozen=3,
    ),
    ACTIVITIES,
    Table(
        name="months",
        title="月度",
        columns=(
            "月份",
            "代号",
            "校（园）",
            "学期",
            "完成情况",
            "应完成",
            "按时",
            "逾期",
            "还欠",
            "已结账",
        ),
        widths=(10, 14, 32, 10, 12, 9, 8, 8, 8, 9),
        rows=_months,
        frozen=3,
    ),
    Table(
        name="assessment",
        title="考核",
        columns=(
            "学期",
            "代号",
            "校（园）",
            "类别",
            "项目",
            "条款",
            "分值",
            "做到",
            "应做",
            "按零分",
            "得分",
            "公布",
        ),
        widths=(14, 14, 32, 11, 22, 14, 8, 8, 8, 9, 9, 13),
        rows=_assessment,
        frozen=3,
    ),
)
"""Every table, in the order of the workbook's sheets."""
