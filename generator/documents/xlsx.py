"""Write XLSX workbooks through XlsxWriter: formulas with their results, text never as a formula, repeatable bytes."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.documents.repeatable_zip import repack_zip
from generator.documents.xml_characters import replace_unwritable

_A4 = 9
_LONGEST = 32_767
"""Characters of a cell that Excel opens; XlsxWriter leaves a longer rich string out."""
_DIGIT = 7
"""Pixels of a digit in the default font; column widths are given in digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula, without its ``=``, and its result. ``style`` as in :data:`STYLES`."""

    text: str
    value: Decimal | int | str
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """A value in one of :data:`STYLES`."""

    value: Decimal | int | str | dt.date | None
    style: str


Cell = Decimal | int | str | dt.date | Formula | Styled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. ``head`` is a frozen row with a filter, unless empty; ``widths`` are in characters.

    frozen: columns that stay when one scrolls sideways.
    name: at most 31 characters, none of ``[]:*?/`` and the backslash.
    """

    name: str
    head: Sequence[str] = ()
    rows: Iterable[Sequence[Cell]] = ()
    widths: Sequence[float] = ()
    frozen: int = 0


STYLES: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "head": {"bold": True, "bg_color": "#F2EDE3", "bottom": 1, "bottom_color": "#BBB2A4", "valign": "vcenter", "text_wrap": True},
    "date": {"num_format": r"yyyy\-mm\-dd", "align": "left"},
    "score": {"num_format": "0.00"},
    "total": {"num_format": "0.00", "bold": True},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 14},
    "wrap": {"valign": "top", "text_wrap": True},
    "zero": {"num_format": "0.00", "font_color": "#951030"},
}  # fmt: skip
"""The looks that a cell may have, by their use, as XlsxWriter's properties; "" for plain."""


def make_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX file of the sheets."""

    def fill(book: Workbook) -> None:
        styles = {name: book.add_format(dict(properties)) for name, properties in STYLES.items()}
        for sheet in sheets:
            _fill_sheet(book.add_worksheet(sheet.name), sheet, styles)

    return write_xlsx(fill, font="等线", size=11, row_height=16)


def write_xlsx(
    fill: Callable[[Workbook], None], *, font: str, size: float, row_height: float, title: str = ""
) -> bytes:
    """Return the XLSX file that ``fill`` makes of an empty workbook; the same calls give the same bytes.

    font, size: of cells whose format names no other.   row_height: in points.
    title: of the document's properties.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "default_format_properties": {"font_name": font, "font_size": size, "font_scheme": False},
        "default_row_height": round(row_height * 4 / 3),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with Workbook(out, options) as book:
        # Without a date XlsxWriter writes the present time.
        book.set_properties({"title": title, "created": dt.datetime(1980, 1, 1, tzinfo=dt.UTC)})
        fill(book)
    return repack_zip(out.getvalue())


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text, whatever it begins with, as text, cut to what Excel opens."""
    # XlsxWriter would write a control character as _x0001_, which Excel reads back as such.
    text = replace_unwritable(text)[:_LONGEST]
    if not text:
        sheet.write_blank(row, column, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes this for the XML of a rich string, and would not escape it.
        sheet.write_rich_string(row, column, style, text[0], style, text[1], style, text[2:], style)
    else:
        sheet.write_string(row, column, text, style)


def set_widths(sheet: Worksheet, widths: Sequence[float], style: Format | None = None) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(widths):
        sheet.set_column_pixels(column, column, round(width * _DIGIT), style)


def fit_to_a4_width(sheet: Worksheet) -> None:
    """Print on A4, as wide as one page and as long as it takes."""
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _fill_sheet(sheet: Worksheet, values: Sheet, styles: Mapping[str, Format]) -> None:
    set_widths(sheet, values.widths)
    fit_to_a4_width(sheet)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    count = 0
    if values.head:
        count = 1
        sheet.set_row(0, 30)
        for column, text in enumerate(values.head):
            write_text(sheet, 0, column, text, styles["head"])
    for row in values.rows:
        for column, value in enumerate(row):
            _write_cell(sheet, count, column, value, styles)
        if (lines := _most_lines(row, values.widths)) > 1:
            sheet.set_row(count, 16 * lines)
        count += 1
    if values.head:
        sheet.freeze_panes(1, values.frozen)
        sheet.autofilter(0, 0, count - 1, len(values.head) - 1)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, styles: Mapping[str, Format]) -> None:
    shown, style = (value.value, value.style) if isinstance(value, Formula | Styled) else (value, "")
    if isinstance(value, Formula):
        result = replace_unwritable(shown) if isinstance(shown, str) else shown
        sheet.write_formula(row, column, value.text, styles[style], result)
    elif shown is None or isinstance(shown, str):
        write_text(sheet, row, column, shown or "", styles[style])
    elif isinstance(shown, dt.date):
        sheet.write_datetime(row, column, shown, styles["date"])
    else:
        sheet.write_number(row, column, shown, styles[style])


def _most_lines(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """Return how many lines a row's wrapped texts take: not every program measures it by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if isinstance(value, Styled) and value.style == "wrap" and isinstance(value.value, str):
            taken = sum(1 if ord(sign) < 0x2E80 else 2 for sign in value.value)
            lines = max(lines, math.ceil(taken / (width * 0.95)))
    return lines
