"""A report as it is read from top to bottom, whether it came from Word or from a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, without the white space around it. ``alone``: it is a whole paragraph."""

    text: str
    alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture's place; ``number`` is its index in the report's pictures."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A table's cell, from ``column`` (from 1) over ``span`` columns; ``continued``: of one that begins above."""

    column: int
    span: int = 1
    content: tuple[Block, ...] = ()
    continued: bool = False

    @property
    def text(self) -> str:
        """Its own lines, joined by line feeds."""
        return "\n".join(block.text for block in self.content if isinstance(block, Line))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in it."""
        return tuple(block for block in self.content if isinstance(block, Table))

    @property
    def images(self) -> tuple[Image, ...]:
        """The pictures in it."""
        return tuple(block for block in self.content if isinstance(block, Image))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: rows with the cells that are there."""

    rows: tuple[tuple[Box, ...], ...]


Block = Line | Image | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A picture in a report: what it is called there, and its bytes; nothing where it lies elsewhere."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """A report.

    margins: lines of headers and footers.   lost: what was seen and not read, each said in Chinese.
    sent: the words of a message that say when it was sent, "" for a file.
    """

    name: str
    blocks: tuple[Block, ...]
    pictures: tuple[Embedded, ...] = ()
    margins: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    sent: str = ""


def has_images(table: Table) -> bool:
    """Say whether a table, or one within it, has a picture."""
    return any(box.images or any(map(has_images, box.tables)) for row in table.rows for box in row)


def list_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield every line of text in order, those in tables too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                for box in row:
                    yield from list_lines(box.content)
