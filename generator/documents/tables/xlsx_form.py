"""Write 附件3 as an Excel file: the same columns and merged months as in Word, and every cell text.

The cells have the format “text”: a teacher who types 3-5 gets 3-5 and not a day of the current year, and
what begins with = + - @ stays what was typed, also after the cell is edited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.documents.tables.plan_form import COLUMNS, FormRow, PlanForm
from generator.documents.xlsx import fit_to_a4_width, set_widths, write_text, write_xlsx

# In characters of the default font, as Excel counts widths.
_WIDTHS = (6, 12, 31, 12, 28)
_LINE = 16.5
# Near enough for the height of a row: below Han and its marks, and the half-width forms.
_NARROW = re.compile("[\u0000-\u2e7f\uff61-\uffdc]")
_FORMATS: dict[str, dict[str, Any]] = {
    "label": {"font_name": "黑体", "font_size": 14, "align": "left"},
    "title": {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center"},
    "head": {"font_name": "黑体", "align": "center", "border": 1},
    "middle": {"align": "center", "border": 1},
    "text": {"align": "left", "border": 1},
    "small": {"font_size": 10.5, "align": "left", "border": 1},
    "remark": {"align": "left"},
}


def make_xlsx_form(form: PlanForm) -> bytes:
    """Return the form as XLSX; the same form gives the same bytes."""
    return write_xlsx(
        lambda book: _fill(book, form), font="宋体", size=12, row_height=_LINE, title=form.title
    )


def _fill(book: Workbook, form: PlanForm) -> None:
    every = {
        "font_name": "仿宋",
        "font_charset": 134,
        "num_format": "@",
        "valign": "vcenter",
        "text_wrap": True,
    }
    formats = {name: book.add_format(every | own) for name, own in _FORMATS.items()}
    sheet = book.add_worksheet("工作计划表")
    set_widths(sheet, _WIDTHS, formats["text"])
    fit_to_a4_width(sheet)
    sheet.set_portrait()
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.set_footer("&C— &P —", {"margin": 0.4})
    number = 0
    if form.label:
        _write_across(sheet, number, form.label, formats["label"], 24)
        number += 1
    _write_across(sheet, number, form.title, formats["title"], 36)
    number += 1
    _write_row(sheet, number, COLUMNS, [formats["head"]] * len(COLUMNS), 28)
    sheet.repeat_rows(number)
    sheet.freeze_panes(number + 1, 0)
    for name, month in form.months:
        first = number + 1
        if len(month) > 1:
            sheet.merge_range(first, 0, first + len(month) - 1, 0, "", formats["middle"])
        for row in month:
            number += 1
            _write_task(sheet, number, name if number == first else "", row, formats)
    if form.remark:
        height = 8 + _LINE * _count_lines(form.remark, sum(_WIDTHS))
        _write_across(sheet, number + 1, form.remark, formats["remark"], height)


def _write_across(sheet: Worksheet, number: int, text: str, style: Format, height: float) -> None:
    """Write a text over all columns."""
    sheet.merge_range(number, 0, number, len(_WIDTHS) - 1, "", style)
    sheet.set_row(number, min(height, 400))
    write_text(sheet, number, 0, text, style)


def _write_task(sheet: Worksheet, number: int, month: str, row: FormRow, formats: dict[str, Format]) -> None:
    long = ((row.task, _WIDTHS[2]), (row.lead, _WIDTHS[3]), (row.done, _WIDTHS[4]))
    lines = max(_count_lines(text, width) for text, width in long)
    styles = [formats[name] for name in ("middle", "middle", "text", "middle", "small")]
    _write_row(
        sheet, number, (month, row.day, row.task, row.lead, row.done), styles, max(26, 9 + _LINE * lines)
    )


def _write_row(
    sheet: Worksheet, number: int, texts: Sequence[str], styles: Sequence[Format], height: float
) -> None:
    sheet.set_row(number, min(height, 400))
    for column, (text, style) in enumerate(zip(texts, styles, strict=True)):
        write_text(sheet, number, column, text, style)


def _count_lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Han character is two wide."""
    size = 2 * len(text) - len(_NARROW.findall(text))
    return max(1, -(-size // max(1, width - 2)))
