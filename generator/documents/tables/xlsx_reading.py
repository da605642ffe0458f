"""Read an Excel file's sheets as grids, as Excel shows them: a formula gives the result that was last saved.

The sheets are walked as XML. openpyxl would read every file twice to tell a formula without a result, turns
``_x005F_`` escapes into others' meaning, does not tell what is hidden by a filter, and makes a cell for every
place of a hyperlink's area, be it the whole sheet. Of openpyxl only the arithmetic of addresses and dates is used.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from generator.documents.tables.grid import COVERED, Grid, GridCell, Sheets, split_lines
from generator.documents.tables.untrusted_office import (
    OfficeFile,
    TableError,
    find_related_parts,
    read_relations,
)
from generator.documents.tables.xlsx_cells import (
    ON,
    Book,
    R,
    S,
    ShownCell,
    label_column,
    parse_part,
    read_book,
    read_cell,
)

MOST_SHEETS = 40
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_xlsx(office: OfficeFile) -> Sheets:
    """Return an Excel file's sheets, each one grid. Raises :class:`TableError`."""
    try:
        return _read(office)
    except (ParseError, DefusedXmlException, ValueError, IndexError, OverflowError, RecursionError):
        raise TableError("文件的内容读不出来；在 Excel 或 WPS 里打开，另存一份再用") from None


def _read(office: OfficeFile) -> Sheets:
    workbook = parse_part(office.parts[office.main])
    sheets = workbook.findall(f"{S}sheets/{S}sheet")
    if len(sheets) > MOST_SHEETS:
        raise TableError(f"工作表太多（{len(sheets)} 张）；只留计划表")
    book = read_book(office, workbook)
    related = read_relations(office, office.main)
    grids = []
    hidden = []
    for sheet in sheets:
        place = f"工作表“{' '.join(split_lines(sheet.get('name', '')))}”"
        kind, part = related.get(sheet.get(f"{R}id", ""), ("", ""))
        if sheet.get("state", "visible") != "visible":
            hidden.append(f"{place}是隐藏的，没有读")
        elif kind == "worksheet":
            grids.append(_grid(book, parse_part(office.parts[part]), place))
            _floating(book, office, part, place)
        else:
            hidden.append(f"{place}不是表格（图表一类），没有读")
    return Sheets(lines=(), grids=tuple(grids), lost=(*hidden, *book.unread.list_messages()))


def _grid(book: Book, sheet: Element, place: str) -> Grid:
    columns = _hidden_columns(sheet)
    rows_hidden: set[int] = set()
    found: dict[tuple[int, int], ShownCell] = {}
    row = 0
    for line in sheet.iterfind(f"{S}sheetData/{S}row"):
        row = int(line.get("r", row + 1))
        if line.get("hidden", "0") in ON or float(line.get("ht", "15")) == 0:
            rows_hidden.add(row)
        column = 0
        for element in line.iterfind(f"{S}c"):
            where = element.get("r")
            at, column = coordinate_to_tuple(where) if where else (row, column + 1)
            if not (0 < at <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
                raise TableError("表格里有一格的位置写得不对，没有读；在 Excel 或 WPS 里另存一份再用")
            if cell := read_cell(book, element, place, at, column):
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
                ShownCell(lines=()), place, at, column, span, continued=True
            )
    for (at, column), cell in found.items():
        span, continued, _ = origins.get((at, column), (1, False, (0, 0)))
        if continued or (at, column) in covered:
            book.unread.add_piece(
                COVERED, place=place, row=at, label=label_column(column), text=" ".join(cell.lines)
            )
            continue
        rows.setdefault(at, {})[column] = _grid_cell(cell, place, at, column, span)
    return Grid(
        place=place, rows=tuple(tuple(cells[c] for c in sorted(cells)) for _, cells in sorted(rows.items()))
    )


def _grid_cell(
    cell: ShownCell, place: str, row: int, column: int, span: int, *, continued: bool = False
) -> GridCell:
    return GridCell(
        column=column,
        place=place,
        row=row,
        label=label_column(column),
        span=span,
        lines=cell.lines,
        date=cell.date,
        number=cell.number,
        continued=continued,
    )


def _hidden_columns(sheet: Element) -> bytearray:
    """Return by its number whether a column is hidden."""
    hidden = bytearray(_LAST_COLUMN + 1)
    for column in sheet.iterfind(f"{S}cols/{S}col"):
        first, last = int(column.get("min", "0")), min(int(column.get("max", "0")), _LAST_COLUMN)
        if first <= last and (column.get("hidden", "0") in ON or float(column.get("width", "9")) == 0):
            hidden[first : last + 1] = b"\1" * (last + 1 - first)
    return hidden


_Origins = dict[tuple[int, int], tuple[int, bool, tuple[int, int]]]


def _merged(
    sheet: Element, rows_hidden: set[int], columns: bytearray
) -> tuple[_Origins, set[tuple[int, int]]]:
    """Return the merged areas: by first place of each visible row (width, continued, where the text is), and the rest."""
    origins: _Origins = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.iterfind(f"{S}mergeCells/{S}mergeCell"):
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
    book: Book,
    found: dict[tuple[int, int], ShownCell],
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
        book.unread.add_piece("隐藏或筛选掉的行没有读", place=place, row=at, label="", text=" ".join(words))
    for column, words in letters.items():
        name = f"{place}{label_column(column)}（{len(words)} 格）"
        book.unread.add_piece("隐藏的列没有读", place=name, row=0, label="", text=" ".join(words))


def _floating(book: Book, office: OfficeFile, part: str, place: str) -> None:
    """Note what lies on a sheet and in no cell: pictures, text boxes, comments."""
    for _, content in find_related_parts(office, part, "drawing"):
        drawing = parse_part(content)
        words = ["".join(t.text or "" for t in shape.iter(f"{_A}t")) for shape in drawing.iter(f"{_XDR}sp")]
        for text in words:
            if text.strip():
                book.unread.add_piece("文本框没有读", place=place, row=0, label="", text=text)
        pictures = sum(1 for _ in drawing.iter(f"{_XDR}pic")) + sum(1 for text in words if not text.strip())
        if pictures:
            book.unread.add_piece(f"图片或图形没有读（{pictures} 个）", place=place, row=0, label="")
    for _, content in find_related_parts(office, part, "comments"):
        for comment in parse_part(content).iter(f"{S}comment"):
            row, column = coordinate_to_tuple(comment.get("ref", "A1"))
            text = "".join(t.text or "" for t in comment.iter(f"{S}t"))
            book.unread.add_piece("批注没有读", place=place, row=row, label=label_column(column), text=text)
