"""Declare tables and columns of the open data: their types, the outputs that carry them, the words that explain them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Generic, TypeVar

from generator.site.pages.site import Site

Row = TypeVar("Row")


class Output(enum.Flag):
    """What may carry a column: archive.json with its schema; archive.sqlite; the CSV files with the workbook."""

    JSON = enum.auto()
    SQL = enum.auto()
    SHEET = enum.auto()


JSON, SQL, SHEET = Output
PROGRAMS = JSON | SQL


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A column's type. ``sql``: its type in SQLite.   ``words``: a choice's values, each with its Chinese word.

    schema: its JSON Schema, with an empty description in the place where the column's goes.
    table: the table that the value holds a row of, or a list of rows.
    """

    schema: Mapping[str, Any]
    sql: str = "TEXT"
    words: Mapping[str, str] = field(default_factory=dict)
    table: Table[Any] | None = None

    @property
    def is_list(self) -> bool:
        """Say whether a value is a list."""
        return self.schema.get("type") == "array"


_STRING = {"type": "string", "description": ""}
TEXT = Type(schema=_STRING)
ADDRESS = Type(schema=_STRING)
"""The site path of a page; a sheet has its whole address, as it is read far from the site."""
DAY = Type(schema={**_STRING, "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
MONTH = Type(schema={**_STRING, "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"})
COUNT = Type(schema={"type": "integer", "minimum": 0, "description": ""}, sql="INTEGER")
NUMBER = Type(schema={"type": "number", "minimum": 0, "description": ""}, sql="REAL")
FLAG = Type(schema={"type": "boolean", "description": ""}, sql="INTEGER")


def make_choice_type(words: Mapping[Any, str]) -> Type:
    """Return the type of a value that is one of some words; a sheet shows the Chinese one."""
    return Type(schema={"enum": list(words), "description": ""}, words=words)


def make_constant_type(value: int) -> Type:
    """Return the type of a value that is always the same."""
    return Type(schema={"const": value, "description": ""})


def make_list_type(item: Type, meaning: str) -> Type:
    """Return the type of a list of single values."""
    items = {**item.schema, "description": meaning}
    return Type(schema={"type": "array", "description": "", "items": items})


def make_rows_type(table: Table[Any]) -> Type:
    """Return the type of a list of a table's rows (JSON only)."""
    return Type(schema={"type": "array", "description": ""}, table=table)


def make_row_type(table: Table[Any]) -> Type:
    """Return the type of one row of a table (JSON only)."""
    return Type(schema={"type": "object", "description": ""}, table=table)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: ``name`` in JSON and SQL, ``meaning`` in Chinese; ``get`` takes its value from a row.

    outputs: which carry it, of those that its table is in.
    head: its heading in a sheet, the meaning unless given.   width: of the sheet's column, in characters.
    absent: why a row may have no value, in Chinese; "" when each row has one.
    references: the SQL table and column that it names.
    """

    name: str
    type: Type
    meaning: str
    get: Callable[[Row], Any]
    _: KW_ONLY
    outputs: Output = PROGRAMS | SHEET
    head: str = ""
    width: int = 0
    unit: str = ""
    absent: str = ""
    references: str = ""

    @property
    def heading(self) -> str:
        """The heading in a sheet."""
        return self.head or self.meaning

    @property
    def is_nullable(self) -> bool:
        """Say whether JSON may hold null; an absent text is "" there, and NULL in SQL."""
        return bool(self.absent) and self.type is not TEXT

    def describe_meaning(self, output: Output, mark: str = "") -> str:
        """Return what the column means, in Chinese. ``mark`` is put around literal values."""
        text = f"{self.meaning}，{self.unit}" if self.unit else self.meaning
        if self.type.words:
            words = "、".join(f"{mark}{value}{mark} {word}" for value, word in self.type.words.items())
            text = f"{text}：{words}"
        if self.type is FLAG:
            text += f"为 {mark}{'1' if output is SQL else 'true'}{mark}"
        if self.type.is_list and output is SQL:
            text += "，用顿号隔开"
        if self.absent:
            null = output is JSON and self.is_nullable
            text += f"；{self.absent}为 {mark}null{mark}" if null else f"；{self.absent}为空"
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[Row]):
    """A table. ``rows`` are those of the whole site, as SQL and sheets have them.

    name, meaning: of the SQL table.   keys: its primary and foreign keys.   indexes: columns that have one.
    csv, title: names of its CSV file and of its sheet.   sheet_rows: their rows where they are others.
    frozen: columns that stay when one scrolls the sheet sideways.
    first: the columns that an output begins with, where its order is another than the declaration's.
    """

    columns: tuple[Column[Row], ...]
    name: str = ""
    meaning: str = ""
    rows: Callable[[Site], Iterable[Row]] = lambda _: ()
    sheet_rows: Callable[[Site], Iterable[Row]] | None = None
    keys: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    csv: str = ""
    title: str = ""
    frozen: int = 1
    first: Mapping[Output, tuple[str, ...]] = field(default_factory=dict)

    def list_columns(self, output: Output) -> tuple[Column[Row], ...]:
        """Return the columns that an output carries, in its order."""
        first = self.first.get(output, ())
        carried = [column for column in self.columns if output in column.outputs]
        return tuple(sorted(carried, key=lambda c: first.index(c.name) if c.name in first else len(first)))
