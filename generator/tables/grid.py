"""A table of other people's as a plain grid, whether it came from Word or from Excel.

A merged area is one cell at its first place; the other places of it are ``continued`` and hold nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell; ``column`` counts from 1 over ``span`` columns.

    place, row, label: where it stands as the writer sees it: the table, the row from 1, ``第 5 列`` or ``E 列``.
    lines: its text as typed, without empty lines.   date: the day behind it, where a spreadsheet holds one.
    number: a spreadsheet's number as it is shown.   continued: it belongs to a merged area begun above.
    """

    column: int
    place: str = ""
    row: int = 0
    label: str = ""
    span: int = 1
    lines: tuple[str, ...] = ()
    date: dt.date | None = None
    number: str = ""
    continued: bool = False

    @property
    def where(self) -> str:
        """The cell's place in words."""
        return f"{self.place}第 {self.row} 行{self.label}"

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(self.lines)

    @property
    def packed(self) -> str:
        """The text without any space and in half width, to be compared and parsed."""
        return packed(self.text)

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

    lost: what has no place in a grid (pictures, text boxes, formulas without a result), each said in Chinese.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...]
    lost: tuple[str, ...] = ()


def packed(text: str) -> str:
    """Return a text without any space and in half width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def lines_of(text: str) -> tuple[str, ...]:
    """Return a cell's text as lines, without empty ones; inner spaces stay, they may part two names."""
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    return tuple(line for part in text.split("\n") if (line := part.strip()))
