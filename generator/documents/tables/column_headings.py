"""Find a table's header row and columns by the words that people write there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.documents.tables.grid import Grid, GridCell

COLUMNS = {
    "月份": ("month", 3), "月": ("month", 3), "时间": ("time", 1), "帮扶时间": ("time", 3), "日期": ("time", 2),
    "计划时间": ("time", 2), "活动时间": ("time", 2), "帮扶日期": ("time", 2), "开展时间": ("time", 2),
    "帮扶任务": ("task", 5), "任务": ("task", 4), "工作任务": ("task", 4), "帮扶任务及措施": ("task", 4),
    "活动内容": ("task", 3), "工作内容": ("task", 3), "帮扶活动": ("task", 3), "活动名称": ("task", 2),
    "内容": ("task", 1), "帮扶内容": ("task", 2),
    "负责人": ("lead", 3), "责任人": ("lead", 2), "负责人职务": ("lead", 2),
    "完成情况": ("state", 3), "完成状态": ("state", 2), "落实情况": ("state", 1),
}  # fmt: skip
"""A header's words, packed → the field that it heads, and which of several is meant by the higher number."""

_DEEPEST = 12


def _known(cell: GridCell) -> tuple[str, int] | None:
    return COLUMNS.get(re.sub(r"[(（].*?[)）]|[:：*＊]", "", cell.packed))


def is_header(row: Sequence[GridCell]) -> bool:
    """Say whether a row heads a plan table: it names the tasks and their time."""
    fields = {known[0] for cell in row if (known := _known(cell))}
    return "task" in fields and bool(fields & {"month", "time"})


def find_header(grid: Grid) -> int | None:
    """Return the index of a plan table's header row, or None when the table is another."""
    return next((i for i, row in enumerate(grid.rows[:_DEEPEST]) if is_header(row)), None)


def match_fields(header: Sequence[GridCell]) -> dict[str, GridCell]:
    """Return the header cell of each field. 帮扶内容 beside 帮扶任务 heads the measures."""
    best: dict[str, tuple[int, GridCell]] = {}
    for cell in header:
        if (known := _known(cell)) and (known[0] not in best or best[known[0]][0] < known[1]):
            best[known[0]] = (known[1], cell)
    found = {name: cell for name, (_, cell) in best.items()}
    for cell in header:
        if cell.packed == "帮扶内容" and found.get("task") is not cell:
            found["measure"] = cell
    return found


def find_columns(
    row: Sequence[GridCell], header: Sequence[GridCell]
) -> tuple[dict[str, GridCell], list[tuple[str, GridCell]]]:
    """Return a row's cells by field, and the others with the words that head them ("" where nothing does)."""
    fields = {id(cell): name for name, cell in match_fields(header).items()}
    cells: dict[str, GridCell] = {}
    extra: list[tuple[str, GridCell]] = []
    for cell in row:
        above = max(header, key=lambda head: _shared(cell, head))
        name = fields.get(id(above)) if _shared(cell, above) else None
        if name is None:
            extra.append((above.text if _shared(cell, above) else "", cell))
        elif name in cells:
            cells[name] = _both(cells[name], cell)
        else:
            cells[name] = cell
    for name in fields.values():
        cells.setdefault(name, GridCell(column=0))
    return cells, [(words, cell) for words, cell in extra if words != "序号"]


def _shared(cell: GridCell, head: GridCell) -> int:
    """Return over how many columns of the grid two cells stand above each other."""
    return max(0, min(cell.column + cell.span, head.column + head.span) - max(cell.column, head.column))


def _both(first: GridCell, second: GridCell) -> GridCell:
    """Return two cells under one header as one: a form may part 月 and 日."""
    if not first or not second:
        return first or second
    return GridCell(
        column=first.column,
        place=first.place,
        row=first.row,
        label=first.label,
        span=first.span + second.span,
        lines=(*first.lines, *second.lines),
        points=first.points | {len(first.lines) + index for index in second.points},
    )
