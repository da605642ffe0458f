"""Readers of the published data files that share nothing with their writers."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import rows_from_range

Matrix = dict[tuple[str, str], tuple[str, int, int, int]]
"""(school, month) → status, quota, on time, late."""

_WORDS = {"完成": "met", "不足": "short", "未上报": "missing", "逾期": "late", "未到期": "open"}


def texts_of(path: Path) -> Iterator[str]:
    """Yield every text in a published file, whatever its format."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist())
    elif path.suffix == ".sqlite":
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        yield "\n".join(connection.iterdump())
        connection.close()
    else:
        yield path.read_text("utf-8")


def from_json(folder: Path) -> Matrix:
    """Rebuild the matrix from archive.json."""
    data = json.loads((folder / "archive.json").read_bytes())
    return {
        (m["school"], m["month"]): (m["status"], m["quota"], m["on_time"], m["late"]) for m in data["months"]
    }


def from_csv(folder: Path) -> Matrix:
    """Rebuild the matrix from months.csv."""
    rows = csv.DictReader(io.StringIO((folder / "months.csv").read_text("utf-8-sig"), newline=""))
    return dict(_row(row) for row in rows)


def from_xlsx(folder: Path) -> Matrix:
    """Rebuild the matrix from the workbook's sheet."""
    book = openpyxl.load_workbook(folder / "archive.xlsx", read_only=True)
    head, *rows = book["月度"].iter_rows(values_only=True)
    return dict(_row(dict(zip(map(str, head), row, strict=True))) for row in rows)


def _row(row: Mapping[str, Any]) -> tuple[tuple[str, str], tuple[str, int, int, int]]:
    counts = int(row["应完成"]), int(row["按时"]), int(row["逾期"])
    return (str(row["代号"]), str(row["月份"])), (_WORDS[str(row["完成情况"])], *counts)


def from_sqlite(folder: Path) -> Matrix:
    """Rebuild the matrix from the database."""
    connection = sqlite3.connect(f"{(folder / 'archive.sqlite').as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute("SELECT school, month, status, quota, on_time, late FROM months")
        return {(school, month): tuple(rest) for school, month, *rest in found}
    finally:
        connection.close()


# --- formulas -------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"\s*('[^']+'!\$?[A-Z]+\$?\d+|\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?|[A-Z]+|\d+|[-+*/(),=])"
)


class Formulas:
    """Reckons a workbook's formulas anew: IF, ROUND, SUM, references and + - * / =, in exact fractions."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path)

    def cell(self, sheet: str, place: str) -> Fraction:
        """Return a cell's number; of a formula what it comes to."""
        value = self._book[sheet][place.replace("$", "")].value
        if isinstance(value, str) and value.startswith("="):
            tokens = _TOKEN.findall(value[1:])
            assert "".join(tokens) == value[1:], value
            result = _Reckoning(self, sheet, tokens).expression()
            assert isinstance(result, Fraction)
            return result
        return Fraction(str(value or 0))


class _Reckoning:
    """One formula, token by token."""

    def __init__(self, formulas: Formulas, sheet: str, tokens: list[str]) -> None:
        self._formulas, self._sheet, self._tokens = formulas, sheet, tokens

    def expression(self) -> Fraction:
        left = self._sum()
        if self._tokens and self._tokens[0] == "=":
            self._tokens.pop(0)
            return Fraction(left == self._sum())
        return left

    def _sum(self) -> Fraction:
        value = self._product()
        while self._tokens and self._tokens[0] in "+-":
            sign = self._tokens.pop(0)
            value += self._product() if sign == "+" else -self._product()
        return value

    def _product(self) -> Fraction:
        value = self._atom()
        while self._tokens and self._tokens[0] in "*/":
            sign = self._tokens.pop(0)
            value = value * self._atom() if sign == "*" else _divided(value, self._atom())
        return value

    def _atom(self) -> Fraction:
        token = self._tokens.pop(0)
        if token.isdecimal():
            return Fraction(int(token))
        if token.isalpha():
            return self._function(token)
        if ":" in token:
            raise AssertionError(f"a range outside a function: {token}")
        sheet, _, place = token.rpartition("!")
        return self._formulas.cell(sheet.strip("'") or self._sheet, place)

    def _function(self, name: str) -> Fraction:
        assert self._tokens.pop(0) == "("
        if name == "SUM":
            first, last = self._tokens.pop(0).replace("$", "").split(":")
            assert self._tokens.pop(0) == ")"
            cells = rows_from_range(f"{first}:{last}")
            return sum((self._formulas.cell(self._sheet, c) for row in cells for c in row), Fraction(0))
        arguments = [self.expression()]
        while self._tokens.pop(0) == ",":
            arguments.append(self.expression())
        if name == "IF":
            return arguments[1] if arguments[0] else arguments[2]
        assert name == "ROUND", name
        value, places = arguments
        scaled = value * 10 ** int(places)
        return Fraction(
            (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10 ** int(places)
        )


def _divided(value: Fraction, by: Fraction) -> Fraction:
    # IF reckons both of its answers here; a spreadsheet only the one it gives.
    return value / by if by else Fraction(0)


# --- JSON Schema ----------------------------------------------------------------------------------

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(schema: Mapping[str, Any], value: object, place: str = "$") -> Iterator[str]:
    """Yield where a value is not what a schema says, by the words that ours use; no other word may be there."""
    known = {"$schema", "title", "description", "type", "properties", "required", "items", "enum", "const"}
    assert not set(schema) - known - {"pattern", "format", "minimum"}, schema
    assert schema.get("description") or "type" in schema
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, _TYPES[k]) and (k == "boolean" or not isinstance(value, bool)) for k in kinds
    ):
        yield f"{place}: {value!r} is not {kinds}"
        return
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        yield f"{place}: {value!r}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{place}: {value!r} is not {schema['pattern']}"
    if isinstance(value, (int, float)) and value < schema.get("minimum", 0):
        yield f"{place}: {value!r} is too small"
    if isinstance(value, dict):
        yield from (f"{place}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            if name not in schema["properties"]:
                yield f"{place}: {name} is not described"
            else:
                yield from faults(schema["properties"][name], inner, f"{place}.{name}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults(schema["items"], inner, f"{place}[{number}]")
