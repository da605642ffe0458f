"""The open data as a SQLite database: documented tables, foreign keys and indexes, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import Any

from generator.site.open_data.columns import SQL, TEXT, Column, Table
from generator.site.open_data.tables import ARCHIVE, SQL_TABLES, VERSION
from generator.site.pages.site import Site


def build_database(site: Site) -> sqlite3.Connection:
    """Return the database, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("BEGIN")
    for table in (*SQL_TABLES, *_DOCUMENTATION):
        connection.execute(_definition(table))
        columns = table.list_columns(SQL)
        marks = ", ".join("?" * len(columns))
        rows = ([_value(column, column.get(row)) for column in columns] for row in table.rows(site))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608  # our own names
    for table in SQL_TABLES:
        for name in table.indexes:
            connection.execute(f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})")
    connection.execute("COMMIT")
    return connection


def _definition(table: Table[Any]) -> str:
    """Return the SQL that makes a table, each column with its meaning as a comment; SQLite keeps the text."""
    lines = [(f"{c.name} {_type(c)}", f"  -- {c.describe_meaning(SQL)}") for c in table.list_columns(SQL)]
    lines += [(key, "") for key in table.keys]
    last = len(lines) - 1
    body = "\n".join(
        f"  {line}{',' if place < last else ''}{note}" for place, (line, note) in enumerate(lines)
    )
    return f"CREATE TABLE {table.name} (  -- {table.meaning}\n{body}\n)"


def _type(column: Column[Any]) -> str:
    required = "" if column.absent else " NOT NULL"
    references = f" REFERENCES {column.references}" if column.references else ""
    return f"{column.type.sql}{required}{references}"


def _value(column: Column[Any], value: Any) -> str | int | float | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple)):
        return "、".join(value)
    return None if value == "" and column.absent else value


def _meta(site: Site) -> Iterator[tuple[str, ...]]:
    for column in ARCHIVE.list_columns(SQL):
        value = _value(column, column.get(site))
        yield column.name, str(int(value) if isinstance(value, bool) else value), column.describe_meaning(SQL)


def _columns(_: Site) -> Iterator[tuple[str, ...]]:
    for table in SQL_TABLES:
        yield table.name, "", table.meaning
        yield from (
            (table.name, column.name, column.describe_meaning(SQL)) for column in table.list_columns(SQL)
        )


def _texts(*columns: tuple[str, str]) -> tuple[Column[tuple[str, ...]], ...]:
    return tuple(
        Column(name, TEXT, meaning, itemgetter(place)) for place, (name, meaning) in enumerate(columns)
    )


_DOCUMENTATION: tuple[Table[tuple[str, ...]], ...] = (
    Table(
        name="_meta",
        meaning="这个文件",
        columns=_texts(("name", "名称"), ("value", "值"), ("meaning", "含义")),
        keys=("PRIMARY KEY (name)",),
        rows=_meta,
    ),
    Table(
        name="_columns",
        meaning="各表各栏的含义；栏名为空的一行说的是整张表",
        columns=_texts(("table_name", "表"), ("column_name", "栏"), ("meaning", "含义")),
        keys=("PRIMARY KEY (table_name, column_name)",),
        rows=_columns,
    ),
)
