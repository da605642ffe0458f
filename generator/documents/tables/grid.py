"""A table as a plain grid of cells, whether it came from Word or from Excel.

A merged area is one cell at its first place; the other places of it are ``continued`` and hold nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# Longer than any cell of a plan by far. More text is refused before anything looks at it.
MOST_IN_A_CELL = 5_000
MOST_TEXT = 1_000_000
STRUCK = "划掉的文字（带删除线）没有读"
COVERED = "被合并遮住的文字没有读"
_QUOTED = 5
_MOST_TOLD = 200
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell; ``column`` counts from 1 over ``span`` columns.

    place, row, label: where it stands as the writer sees it: the table, the row from 1, ``第 5 列`` or ``E 列``.
    lines: its text as it is shown, without empty lines.   points: the indexes of lines that begin a point of a list.
    date: the day behind it, where a spreadsheet shows month and day of one.
    number: a spreadsheet's number as it is shown.   continued: it belongs to a merged area begun above.
    """

    column: int
    place: str = ""
    row: int = 0
    label: str = ""
    span: int = 1
    lines: tuple[str, ...] = ()
    points: frozenset[int] = frozenset()
    date: dt.date | None = None
    number: str = ""
    continued: bool = False

    @property
    def where(self) -> str:
        """The cell's place in words; what stands outside a table has no row."""
        return f"{self.place}第 {self.row} 行{self.label}" if self.row else self.place

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(self.lines)

    @property
    def packed(self) -> str:
        """The text without any space and in half width, to be compared and parsed."""
        return pack_text(self.text)

    def __bool__(self) -> bool:
        """Say whether anything is written in it."""
        return bool(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with its place in the file, such as ``第 2 个表格``; rows hold only the cells that are there."""

    place: str
    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What a file holds: the lines outside its tables, and the tables.

    lost: what was not read and where it stands (hidden and crossed-out text, pictures, formulas without a result),
    each said in Chinese.   left: the same piece by piece, the reason and all its words, or where it stands.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...]
    lost: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Unread:
    """Collects what a file holds and the reader left out: each piece by its words, many pieces by their rows."""

    _cells: dict[tuple[str, str, str], list[GridCell]] = field(default_factory=dict)

    def add_piece(self, reason: str, *, place: str, row: int, label: str, text: str = "") -> None:
        """Note a piece of a cell, or of a whole row where there is no label."""
        cell = GridCell(column=0, place=place, row=row, label=label, lines=split_lines(text))
        self._cells.setdefault((reason, place, label), []).append(cell)

    def list_messages(self) -> tuple[str, ...]:
        """Return a line for each reason and column."""
        lines = [f"{reason}：{list_places(cells)}" for (reason, *_), cells in self._cells.items()]
        if len(lines) > _MOST_TOLD:
            lines[_MOST_TOLD:] = [f"还有 {len(lines) - _MOST_TOLD} 处没有读，没有一一列出"]
        return tuple(lines)

    def list_pieces(self) -> tuple[tuple[str, str], ...]:
        """Return each piece with its reason: all its words, else where it stands in brackets."""
        return tuple(
            (reason, cell.text or f"（{cell.where}）")
            for (reason, *_), cells in self._cells.items()
            for cell in cells
        )


def abbreviate_text(text: str, most: int = 16) -> str:
    """Return a text, cut where it is longer than ``most``."""
    return text if len(text) <= most else text[:most] + "…"


def list_places(cells: Sequence[GridCell]) -> str:
    """Name cells of one column with what they hold, where they are many by their rows alone."""
    if len(cells) <= _QUOTED:
        return "、".join(
            f"{cell.where}“{abbreviate_text(cell.text)}”" if cell else cell.where for cell in cells
        )
    rows = format_runs(cell.row for cell in cells)
    return f"{cells[0].place}{cells[0].label.strip()}第 {rows} 行（{len(cells)} 格）"


def format_runs(numbers: Iterable[int]) -> str:
    """Return numbers as runs: ``3—5、8``."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in found)


def pack_text(text: str) -> str:
    """Return a text without any space and in half width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def split_lines(text: str) -> tuple[str, ...]:
    """Return a cell's text as lines, without empty ones; inner spaces stay, they may part two names."""
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    return tuple(line for part in text.split("\n") if (line := part.strip()))
