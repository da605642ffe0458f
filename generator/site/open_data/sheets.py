"""The open data as tables for people: Chinese headings and words, the same rows in CSV and in the workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from generator.documents.xlsx import Cell, Sheet, Styled, make_workbook
from generator.plumbing.chinese_days import format_chinese_date
from generator.site.open_data.columns import ADDRESS, SHEET, Column, Table
from generator.site.open_data.tables import SHEETS
from generator.site.pages.site import Site

# What a spreadsheet takes for a formula, in the widths that it accepts.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")

Row = Sequence[Decimal | int | str]


def list_sheet_rows(site: Site, table: Table[Any]) -> list[Row]:
    """Return a table's rows in Chinese words."""
    columns = table.list_columns(SHEET)
    rows = (table.sheet_rows or table.rows)(site)
    return [[_cell(site, column, column.get(row)) for column in columns] for row in rows]


def list_headings(table: Table[Any]) -> tuple[str, ...]:
    """Return the headings of a table's columns."""
    return tuple(column.heading for column in table.list_columns(SHEET))


def format_csv(table: Table[Any], rows: Iterable[Row]) -> bytes:
    """Return CSV (RFC 4180) with a byte order mark, by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(list_headings(table))
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def format_workbook(site: Site, rows: Iterable[Sequence[Row]]) -> bytes:
    """Return one XLSX workbook: a sheet that says what it holds, then `SHEETS` with their rows."""
    sheets = [
        Sheet(
            name=table.title,
            head=list_headings(table),
            rows=found,
            widths=[column.width for column in table.list_columns(SHEET)],
            frozen=table.frozen,
        )
        for table, found in zip(SHEETS, rows, strict=True)
    ]
    return make_workbook([Sheet(name="说明", rows=list(_introduction(site)), widths=(16, 90)), *sheets])


def _cell(site: Site, column: Column[Any], value: Any) -> Decimal | int | str:
    if column.type is ADDRESS:
        return site.site_url + str(value)
    if column.type.words:
        return column.type.words[value]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "、".join(value)
    return "" if value is None else value


def _harmless(value: object) -> object:
    """Return a cell's value; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _introduction(site: Site) -> Iterator[Sequence[Cell]]:
    programme = site.programmes.get(site.year)
    county = programme.county if programme else ""
    yield (Styled(value=f"{county}幼儿园结对帮扶档案：开放数据", style="title"),)
    sample = "含示例数据，不代表任何幼儿园的真实工作。" if site.corpus.has_sample else ""
    yield (Styled(value=f"截至{format_chinese_date(site.today)}。{sample}", style="bold"),)
    yield ()
    for table in SHEETS:
        yield (Styled(value=table.title, style="bold"), "、".join(list_headings(table)))
    yield ()
    yield ("不公开的", "不公开的活动、图片和保密姓名不在其中；不公开的活动仍计入月度和考核。")
    yield ("说明", f"{site.site_url}data/" if site.site_url else "见网站的“开放数据”页")
