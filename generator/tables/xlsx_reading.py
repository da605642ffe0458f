"""An Excel file's sheets as grids; formulas give the result that Excel last saved."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from generator.tables.container import Office, TableError
from generator.tables.grid import Grid, GridCell, Sheets, lines_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_SHEETS = 40
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def read_xlsx(office: Office) -> Sheets:
    """Return an Excel file's sheets, each one grid. Raises :class:`TableError`."""
    import openpyxl  # late: most uses of this package write, or read Word

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            shown = openpyxl.load_workbook(io.BytesIO(office.data), data_only=True, keep_links=False)
            typed = openpyxl.load_workbook(io.BytesIO(office.data), keep_links=False)
    except Exception:  # whatever it stumbles over in another's file is that file's fault
        raise TableError("文件的内容读不出来；在 Excel 或 WPS 里打开，另存一份再用") from None
    sheets = shown.worksheets
    if len(sheets) > MOST_SHEETS:
        raise TableError(f"工作表太多（{len(sheets)} 张）；只留计划表")
    lost: list[str] = []
    grids = []
    for sheet in sheets:
        place = f"工作表“{' '.join(lines_of(sheet.title))}”"
        if sheet.sheet_state == "visible":
            grids.append(_grid(sheet, typed[sheet.title], place, lost))
        else:
            lost.append(f"{place}是隐藏的，没有读")
    return Sheets(lines=(), grids=tuple(grids), lost=tuple(lost))


def _grid(sheet: Worksheet, typed: Worksheet, place: str, lost: list[str]) -> Grid:
    origins: dict[tuple[int, int], tuple[int, bool]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        width = area.max_col - area.min_col + 1
        for row in range(area.min_row, area.max_row + 1):
            origins[row, area.min_col] = (width, row > area.min_row)
            covered |= {(row, column) for column in range(area.min_col + 1, area.max_col + 1)}
    # Only cells that exist: one far-away cell makes a sheet of a million rows.
    there = {key: cell for key, cell in sheet._cells.items() if cell.value is not None}  # noqa: SLF001
    formulas = {key for key, cell in typed._cells.items() if cell.data_type == "f"}  # noqa: SLF001
    lost += [
        f"{place}第 {row} 行{_label(column)}是公式，文件里没有它的结果，没有读；在 Excel 里打开，存一次"
        for row, column in sorted(formulas - there.keys())
    ]
    rows: dict[int, dict[int, GridCell]] = {}
    for (row, column), (span, continued) in origins.items():
        if continued:
            rows.setdefault(row, {})[column] = GridCell(
                column=column, place=place, row=row, label=_label(column), span=span, continued=True
            )
    for (row, column), cell in there.items():
        if (row, column) in covered or origins.get((row, column), (1, False))[1]:
            continue
        span = origins.get((row, column), (1, False))[0]
        lines, day, number = _content(cell)
        rows.setdefault(row, {})[column] = GridCell(
            column=column,
            place=place,
            row=row,
            label=_label(column),
            span=span,
            lines=lines,
            date=day,
            number=number,
        )
    return Grid(
        place=place, rows=tuple(tuple(cells[c] for c in sorted(cells)) for _, cells in sorted(rows.items()))
    )


def _label(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f" {letters} 列"


def _content(cell: Any) -> tuple[tuple[str, ...], dt.date | None, str]:
    """Return a cell's lines, the day behind it and its number as it is shown."""
    value = cell.value
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return (day.isoformat(),), day, ""
    if isinstance(value, bool):
        return ("是" if value else "否",), None, ""
    if isinstance(value, int | float):
        shown = _shown(value, str(cell.number_format))
        return (shown,), None, shown
    return lines_of(_ESCAPED.sub("_", str(value))), None, ""


def _shown(value: float, pattern: str) -> str:
    """Return a number as Excel shows it: with as many places as the format asks for."""
    places = re.fullmatch(r"0(?:\.(0+))?(?:_.*)?", pattern)
    if places:
        return f"{value:.{len(places[1] or '')}f}"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
