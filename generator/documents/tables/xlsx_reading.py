"""An Excel file's sheets as grids, as Excel shows them: formulas give the result that was last saved.

The sheets are walked as XML. openpyxl would read every file twice to tell a formula without a result, turns
``_x005F_`` escapes into others' meaning, does not tell what is hidden by a filter, and makes a cell for every
place of a hyperlink's area, be it the whole sheet. Its dates and number formats are used.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.utils.escape import unescape

from generator.documents.tables.grid import (
    COVERED,
    MOST_IN_A_CELL,
    MOST_TEXT,
    STRUCK,
    Grid,
    GridCell,
    Sheets,
    Unread,
    lines_of,
)
from generator.documents.tables.number_formats import format_code, show_number, show_text
from generator.documents.tables.picture_fonts import SYMBOLS, is_picture_font, without_pictures
from generator.documents.tables.untrusted_office import (
    Office,
    TableError,
    related_part,
    related_parts,
    relations_of,
)

Leave = Callable[[str, str], None]
MOST_SHEETS = 40
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _S[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
)
_PICTURE = re.compile(r"(?:_xlfn\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_ON = ("1", "true", "on")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_NO_RESULT = "公式没有结果，没有读；在 Excel 里打开，存一次"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A string as Excel shows it, what of it is crossed out, and whether pictures in it are left out."""

    shown: str
    struck: str = ""
    pictured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """How a cell looks: the code of its number format, whether it is crossed out, whether its letters are pictures."""

    code: str = "General"
    struck: bool = False
    pictured: bool = False


@dataclass(slots=True)
class _Book:
    """What the sheets share. ``left`` is how much text they may still hold."""

    strings: list[_Text]
    formats: list[_Format]
    epoch: dt.datetime
    left: int = MOST_TEXT
    unread: Unread = field(default_factory=Unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell that shows something."""

    lines: tuple[str, ...]
    date: dt.date | None = None
    number: str = ""


def read_xlsx(office: Office) -> Sheets:
    """Return an Excel file's sheets, each one grid. Raises :class:`TableError`."""
    try:
        return _read(office)
    except (ParseError, DefusedXmlException, ValueError, IndexError, OverflowError, RecursionError):
        raise TableError("文件的内容读不出来；在 Excel 或 WPS 里打开，另存一份再用") from None


def _read(office: Office) -> Sheets:
    workbook = _parsed(office.parts[office.main])
    sheets = workbook.findall(f"{_S}sheets/{_S}sheet")
    if len(sheets) > MOST_SHEETS:
        raise TableError(f"工作表太多（{len(sheets)} 张）；只留计划表")
    properties = workbook.find(f"{_S}workbookPr")
    old_mac = properties is not None and properties.get("date1904", "0") in _ON
    book = _Book(
        strings=_strings(related_part(office, "sharedStrings")),
        formats=_formats(related_part(office, "styles")),
        epoch=MAC_EPOCH if old_mac else WINDOWS_EPOCH,
    )
    related = relations_of(office, office.main)
    grids = []
    hidden = []
    for sheet in sheets:
        place = f"工作表“{' '.join(lines_of(sheet.get('name', '')))}”"
        kind, part = related.get(sheet.get(f"{_R}id", ""), ("", ""))
        if sheet.get("state", "visible") != "visible":
            hidden.append(f"{place}是隐藏的，没有读")
        elif kind == "worksheet":
            grids.append(_grid(book, _parsed(office.parts[part]), place))
            _floating(book, office, part, place)
        else:
            hidden.append(f"{place}不是表格（图表一类），没有读")
    return Sheets(lines=(), grids=tuple(grids), lost=(*hidden, *book.unread.told()))


def _parsed(part: bytes) -> Element:
    for strict, transitional in _STRICT:
        part = part.replace(strict, transitional)
    root: Element = fromstring(part)
    return root


def _strings(part: bytes | None) -> list[_Text]:
    return [] if part is None else [_text(item) for item in _parsed(part).findall(f"{_S}si")]


def _text(item: Element) -> _Text:
    """Return a string; its phonetic guides are no part of what a cell shows."""
    shown, struck, pictured = item.findtext(f"{_S}t", ""), "", False
    for run in item.findall(f"{_S}r"):
        typed = run.findtext(f"{_S}t", "")
        font = run.find(f"{_S}rPr/{_S}rFont")
        words = (
            without_pictures(typed) if font is not None and is_picture_font(font.get("val", "")) else typed
        )
        pictured = pictured or words != typed
        if _is_on(run.find(f"{_S}rPr/{_S}strike")):
            struck += words
        else:
            shown += words
    if len(shown) + len(struck) > MOST_IN_A_CELL:
        raise TableError(f"有一格的文字太多（超过 {MOST_IN_A_CELL} 个字），不像计划表；把它删短，再存一次")
    return _Text(shown=unescape(shown), struck=unescape(struck), pictured=pictured)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get("val", "1") in _ON


def _formats(part: bytes | None) -> list[_Format]:
    if part is None:
        return []
    root = _parsed(part)
    own = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "")
        for item in root.findall(f"{_S}numFmts/{_S}numFmt")
    }
    fonts = [
        (_is_on(font.find(f"{_S}strike")), name is not None and is_picture_font(name.get("val", "")))
        for font in root.findall(f"{_S}fonts/{_S}font")
        for name in (font.find(f"{_S}name"),)
    ]
    return [
        _Format(
            code=format_code(int(item.get("numFmtId", "0")), own),
            struck=bool(fonts) and fonts[int(item.get("fontId", "0"))][0],
            pictured=bool(fonts) and fonts[int(item.get("fontId", "0"))][1],
        )
        for item in root.findall(f"{_S}cellXfs/{_S}xf")
    ]


def _grid(book: _Book, sheet: Element, place: str) -> Grid:
    columns = _hidden_columns(sheet)
    rows_hidden: set[int] = set()
    found: dict[tuple[int, int], _Cell] = {}
    row = 0
    for line in sheet.iterfind(f"{_S}sheetData/{_S}row"):
        row = int(line.get("r", row + 1))
        if line.get("hidden", "0") in _ON or float(line.get("ht", "15")) == 0:
            rows_hidden.add(row)
        column = 0
        for element in line.iterfind(f"{_S}c"):
            where = element.get("r")
            at, column = coordinate_to_tuple(where) if where else (row, column + 1)
            if not (0 < at <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
                raise TableError("表格里有一格的位置写得不对，没有读；在 Excel 或 WPS 里另存一份再用")
            if cell := _content(book, element, place, at, column):
                found[at, column] = cell
    origins, covered = _merged(sheet, rows_hidden, columns)
    for (at, column), (_, continued, source) in list(origins.items()):
        if not continued and source != (at, column) and source in found:
            # The first row or column of a merged area is hidden; what it holds shows in the others.
            found[at, column] = found.pop(source)
    _leave_hidden(book, found, rows_hidden, columns, place)
    rows: dict[int, dict[int, GridCell]] = {}
    for (at, column), (span, continued, _) in origins.items():
        if continued:
            rows.setdefault(at, {})[column] = _grid_cell(
                _Cell(lines=()), place, at, column, span, continued=True
            )
    for (at, column), cell in found.items():
        span, continued, _ = origins.get((at, column), (1, False, (0, 0)))
        if continued or (at, column) in covered:
            book.unread.add(COVERED, place=place, row=at, label=_label(column), text=" ".join(cell.lines))
            continue
        rows.setdefault(at, {})[column] = _grid_cell(cell, place, at, column, span)
    return Grid(
        place=place, rows=tuple(tuple(cells[c] for c in sorted(cells)) for _, cells in sorted(rows.items()))
    )


def _grid_cell(
    cell: _Cell, place: str, row: int, column: int, span: int, *, continued: bool = False
) -> GridCell:
    return GridCell(
        column=column,
        place=place,
        row=row,
        label=_label(column),
        span=span,
        lines=cell.lines,
        date=cell.date,
        number=cell.number,
        continued=continued,
    )


def _hidden_columns(sheet: Element) -> bytearray:
    """Return by its number whether a column is hidden."""
    hidden = bytearray(_LAST_COLUMN + 1)
    for column in sheet.iterfind(f"{_S}cols/{_S}col"):
        first, last = int(column.get("min", "0")), min(int(column.get("max", "0")), _LAST_COLUMN)
        if first <= last and (column.get("hidden", "0") in _ON or float(column.get("width", "9")) == 0):
            hidden[first : last + 1] = b"\1" * (last + 1 - first)
    return hidden


_Origins = dict[tuple[int, int], tuple[int, bool, tuple[int, int]]]


def _merged(
    sheet: Element, rows_hidden: set[int], columns: bytearray
) -> tuple[_Origins, set[tuple[int, int]]]:
    """Return the merged areas: by first place of each visible row (width, continued, where the text is), and the rest."""
    origins: _Origins = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        left, top, right, bottom = range_boundaries(area.get("ref", ""))
        if left is None or top is None or right is None or bottom is None:
            raise TableError("表格里的合并单元格写得不对，没有读；取消合并，再存一次")
        across = [c for c in range(left, right + 1) if not columns[c]]
        down = [r for r in range(top, bottom + 1) if r not in rows_hidden]
        for row in down:
            for column in across[:1]:
                origins[row, column] = right - column + 1, row != down[0], (top, left)
            covered |= {(row, column) for column in across[1:]}
    return origins, covered


def _leave_hidden(
    book: _Book,
    found: dict[tuple[int, int], _Cell],
    rows_hidden: set[int],
    columns: bytearray,
    place: str,
) -> None:
    """Take out what stands in hidden rows and columns, and name it."""
    rows: dict[int, list[str]] = {}
    letters: dict[int, list[str]] = {}
    for at, column in sorted(found):
        if at in rows_hidden:
            rows.setdefault(at, []).append(" ".join(found.pop((at, column)).lines))
        elif columns[column]:
            letters.setdefault(column, []).append(" ".join(found.pop((at, column)).lines))
    for at, words in rows.items():
        book.unread.add("隐藏或筛选掉的行没有读", place=place, row=at, label="", text=" ".join(words))
    for column, words in letters.items():
        name = f"{place}{_label(column)}（{len(words)} 格）"
        book.unread.add("隐藏的列没有读", place=name, row=0, label="", text=" ".join(words))


def _label(column: int) -> str:
    return f" {get_column_letter(column)} 列"


def _content(book: _Book, element: Element, place: str, row: int, column: int) -> _Cell | None:
    """Return what a cell shows; what it holds and does not show is noted."""
    kind = element.get("t", "n")
    value = element.findtext(f"{_S}v", "")
    formula = element.find(f"{_S}f")
    at = int(element.get("s", "0"))
    looks = book.formats[at] if at < len(book.formats) else _Format()

    def leave(reason: str, text: str) -> None:
        book.unread.add(reason, place=place, row=row, label=_label(column), text=text)

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
    book: _Book, element: Element, kind: str, value: str, looks: _Format, leave: Leave
) -> tuple[_Cell | None, str]:
    """Return what a value shows as, and what of it is crossed out."""
    if kind in ("s", "inlineStr", "str"):
        if kind == "s":
            text = book.strings[int(value)] if value else _Text(shown="")
        elif kind == "str":
            text = _Text(shown=unescape(value))
        else:
            inline = element.find(f"{_S}is")
            text = _text(inline) if inline is not None else _Text(shown="")
        if looks.struck:
            return None, text.shown + text.struck
        words = without_pictures(text.shown) if looks.pictured else text.shown
        if text.pictured or words != text.shown:
            leave(SYMBOLS, "")
        shown = show_text(words, looks.code)
        if words.strip() and not shown.strip():
            leave("单元格格式不让它显示，没有读", text.shown)
        lines = lines_of(shown)
        return (_Cell(lines=lines) if lines else None), text.struck
    if not value:
        return None, ""
    if kind == "b":
        cell = _Cell(lines=("TRUE" if value in _ON else "FALSE",))
    elif kind == "d":
        day = dt.datetime.fromisoformat(value)
        cell = _Cell(lines=(day.date().isoformat(),), date=day.date())
    else:
        cell = _number(book, value, looks, leave)
    return (None, " ".join(cell.lines)) if looks.struck else (cell if cell.lines else None, "")


def _number(book: _Book, value: str, looks: _Format, leave: Leave) -> _Cell:
    number = int(value) if value.lstrip("-").isdigit() and len(value) < 16 else float(value)
    shown = show_number(number, looks.code, book.epoch)
    if shown is None:
        plain = show_number(number, "General", book.epoch)
        text = plain.text if plain else value
        leave(f"单元格格式“{looks.code[:30]}”看不懂，按数读，请核对", text)
        return _Cell(lines=lines_of(text), number=text)
    if not shown.text:
        leave("单元格格式不让它显示，没有读", value)
    return _Cell(lines=lines_of(shown.text), date=shown.day, number="" if shown.day else shown.text)


def _floating(book: _Book, office: Office, part: str, place: str) -> None:
    """Note what lies on a sheet and in no cell: pictures, text boxes, comments."""
    for _, content in related_parts(office, part, "drawing"):
        drawing = _parsed(content)
        words = ["".join(t.text or "" for t in shape.iter(f"{_A}t")) for shape in drawing.iter(f"{_XDR}sp")]
        for text in words:
            if text.strip():
                book.unread.add("文本框没有读", place=place, row=0, label="", text=text)
        pictures = sum(1 for _ in drawing.iter(f"{_XDR}pic")) + sum(1 for text in words if not text.strip())
        if pictures:
            book.unread.add(f"图片或图形没有读（{pictures} 个）", place=place, row=0, label="")
    for _, content in related_parts(office, part, "comments"):
        for comment in _parsed(content).iter(f"{_S}comment"):
            row, column = coordinate_to_tuple(comment.get("ref", "A1"))
            text = "".join(t.text or "" for t in comment.iter(f"{_S}t"))
            book.unread.add("批注没有读", place=place, row=row, label=_label(column), text=text)
