"""Read what an Excel cell shows: shared strings, number formats, fonts, and the results of formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.utils.escape import unescape

from generator.documents.tables.grid import MOST_IN_A_CELL, MOST_TEXT, STRUCK, Unread, split_lines
from generator.documents.tables.number_formats import find_format_code, show_number, show_text
from generator.documents.tables.picture_fonts import SYMBOLS, is_picture_font, remove_pictures
from generator.documents.tables.untrusted_office import OfficeFile, TableError, find_related_part

_Leave = Callable[[str, str], None]
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", S[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_PICTURE = re.compile(r"(?:_xlfn\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
ON = ("1", "true", "on")
"""How a switch is written that is on."""

_NO_RESULT = "公式没有结果，没有读；在 Excel 里打开，存一次"


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShownText:
    """A string as Excel shows it, what of it is crossed out, and whether pictures in it are left out."""

    shown: str
    struck: str = ""
    pictured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _CellLook:
    """How a cell looks: the code of its number format, whether it is crossed out, whether its letters are pictures."""

    code: str = "General"
    struck: bool = False
    pictured: bool = False


@dataclass(slots=True)
class Book:
    """What all sheets of a workbook share. ``left``: how many characters they may still hold."""

    strings: list[_ShownText]
    formats: list[_CellLook]
    epoch: dt.datetime
    left: int = MOST_TEXT
    unread: Unread = field(default_factory=Unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell that shows something."""

    lines: tuple[str, ...]
    date: dt.date | None = None
    number: str = ""


def read_book(office: OfficeFile, workbook: Element) -> Book:
    """Read a workbook's shared strings, cell formats and day zero; errors are those of broken XML."""
    properties = workbook.find(f"{S}workbookPr")
    old_mac = properties is not None and properties.get("date1904", "0") in ON
    return Book(
        strings=_strings(find_related_part(office, "sharedStrings")),
        formats=_formats(find_related_part(office, "styles")),
        epoch=MAC_EPOCH if old_mac else WINDOWS_EPOCH,
    )


def parse_part(part: bytes) -> Element:
    """Return an XML part; the names of strict Office Open XML become those of the usual one. Raises ParseError, ValueError."""
    for strict, transitional in _STRICT:
        part = part.replace(strict, transitional)
    try:
        root: Element = fromstring(part)
    except LookupError:
        raise ValueError("the part names an unknown encoding") from None
    return root


def read_cell(book: Book, element: Element, place: str, row: int, column: int) -> ShownCell | None:
    """Return what a cell shows; what it holds and does not show is noted."""
    kind = element.get("t", "n")
    value = element.findtext(f"{S}v", "")
    formula = element.find(f"{S}f")
    at = int(element.get("s", "0"))
    looks = book.formats[at] if at < len(book.formats) else _CellLook()

    def leave(reason: str, text: str) -> None:
        book.unread.add_piece(reason, place=place, row=row, label=label_column(column), text=text)

    code = (formula.text or "") if formula is not None else ""
    if _PICTURE.match(code) or _PICTURE.match(value.lstrip("=") if kind == "str" else ""):
        leave("图片没有读", "")
        return None
    if kind == "e":
        leave("图片一类的内容没有读" if element.get("vm") else "错误值没有读，在 Excel 里改好再存", value)
        return None
    if formula is not None and not value and kind not in ("str", "inlineStr"):
        leave(_NO_RESULT, "")
        return None
    cell, struck = _value(book, element, kind, value, looks, leave)
    if struck.strip():
        leave(STRUCK, struck)
    book.left -= sum(map(len, cell.lines)) if cell else 0
    if book.left < 0:
        raise TableError(f"表格里的文字太多（超过 {MOST_TEXT // 10_000} 万字），不像计划表；只留计划表")
    return cell


def _value(
    book: Book, element: Element, kind: str, value: str, looks: _CellLook, leave: _Leave
) -> tuple[ShownCell | None, str]:
    """Return what a value shows as, and what of it is crossed out."""
    if kind in ("s", "inlineStr", "str"):
        if kind == "s":
            text = book.strings[int(value)] if value else _ShownText(shown="")
        elif kind == "str":
            text = _ShownText(shown=unescape(value))
        else:
            inline = element.find(f"{S}is")
            text = _text(inline) if inline is not None else _ShownText(shown="")
        if looks.struck:
            return None, text.shown + text.struck
        words = remove_pictures(text.shown) if looks.pictured else text.shown
        if text.pictured or words != text.shown:
            leave(SYMBOLS, "")
        shown = show_text(words, looks.code)
        if words.strip() and not shown.strip():
            leave("单元格格式不让它显示，没有读", text.shown)
        lines = split_lines(shown)
        return (ShownCell(lines=lines) if lines else None), text.struck
    if not value:
        return None, ""
    if kind == "b":
        cell = ShownCell(lines=("TRUE" if value in ON else "FALSE",))
    elif kind == "d":
        day = dt.datetime.fromisoformat(value)
        cell = ShownCell(lines=(day.date().isoformat(),), date=day.date())
    else:
        cell = _number(book, value, looks, leave)
    return (None, " ".join(cell.lines)) if looks.struck else (cell if cell.lines else None, "")


def _number(book: Book, value: str, looks: _CellLook, leave: _Leave) -> ShownCell:
    number = int(value) if value.lstrip("-").isdigit() and len(value) < 16 else float(value)
    shown = show_number(number, looks.code, book.epoch)
    if shown is None:
        plain = show_number(number, "General", book.epoch)
        text = plain.text if plain else value
        leave(f"单元格格式“{looks.code[:30]}”看不懂，按数读，请核对", text)
        return ShownCell(lines=split_lines(text), number=text)
    if not shown.text:
        leave("单元格格式不让它显示，没有读", value)
    return ShownCell(lines=split_lines(shown.text), date=shown.day, number="" if shown.day else shown.text)


def _strings(part: bytes | None) -> list[_ShownText]:
    return [] if part is None else [_text(item) for item in parse_part(part).findall(f"{S}si")]


def _text(item: Element) -> _ShownText:
    """Return a string; its phonetic guides are no part of what a cell shows."""
    shown, struck, pictured = item.findtext(f"{S}t", ""), "", False
    for run in item.findall(f"{S}r"):
        typed = run.findtext(f"{S}t", "")
        font = run.find(f"{S}rPr/{S}rFont")
        words = remove_pictures(typed) if font is not None and is_picture_font(font.get("val", "")) else typed
        pictured = pictured or words != typed
        if _is_on(run.find(f"{S}rPr/{S}strike")):
            struck += words
        else:
            shown += words
    if len(shown) + len(struck) > MOST_IN_A_CELL:
        raise TableError(f"有一格的文字太多（超过 {MOST_IN_A_CELL} 个字），不像计划表；把它删短，再存一次")
    return _ShownText(shown=unescape(shown), struck=unescape(struck), pictured=pictured)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get("val", "1") in ON


def _formats(part: bytes | None) -> list[_CellLook]:
    if part is None:
        return []
    root = parse_part(part)
    own = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "")
        for item in root.findall(f"{S}numFmts/{S}numFmt")
    }
    fonts = [
        (_is_on(font.find(f"{S}strike")), name is not None and is_picture_font(name.get("val", "")))
        for font in root.findall(f"{S}fonts/{S}font")
        for name in (font.find(f"{S}name"),)
    ]
    return [
        _CellLook(
            code=find_format_code(int(item.get("numFmtId", "0")), own),
            struck=bool(fonts) and fonts[int(item.get("fontId", "0"))][0],
            pictured=bool(fonts) and fonts[int(item.get("fontId", "0"))][1],
        )
        for item in root.findall(f"{S}cellXfs/{S}xf")
    ]


def label_column(column: int) -> str:
    """Return how a message names a column, as in `` E 列``."""
    return f" {get_column_letter(column)} 列"
