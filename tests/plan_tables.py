"""Plan tables for tests: grids as lists of texts, and other people's files made from them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl

from generator.archive import Corpus, read_corpus
from generator.documents.tables.plan_reading import PlanReading, read_plan
from generator.documents.tables.table_files import parse_sheets
from generator.records.models import Programme

ROOT = Path(__file__).resolve().parent
FILES = ROOT / "tables"
HEAD = ("月份", "帮扶时间", "帮扶任务", "负责人", "完成情况")
TITLE = "光彩幼儿园2020年结对帮扶工作计划表"


def corpus() -> Corpus:
    """Return the small archive of the rules' cases, which has this county's programme."""
    return read_corpus(ROOT / "rules/_base")


def programme() -> Programme:
    """Return this county's programme."""
    found = corpus().find_programme(2020)
    assert found
    return found


def word(rows: Sequence[Sequence[str]], *, head: Sequence[str] = HEAD, title: str = TITLE) -> bytes:
    """Return a Word file with one table, made by python-docx."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(head))
    for row in (head, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(rows: Sequence[Sequence[object]], *, head: Sequence[str] = HEAD, title: str = TITLE) -> bytes:
    """Return an Excel file with one sheet, made by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([title], head, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reading(data: bytes) -> PlanReading:
    """Return what a file plans in this county's year."""
    return read_plan(parse_sheets("计划表", data), programme())


def planned(found: PlanReading) -> list[tuple[str, str, str, str]]:
    """Return what was read as (month, day, task, lead), each short."""
    return [
        (e.month[5:], e.date.isoformat()[5:] if e.date else "", e.task, e.lead or "") for e in found.entries
    ]
