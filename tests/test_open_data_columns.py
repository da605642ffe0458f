"""Each column of the open data is declared once: every output carries what is declared, and nothing else."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import html5lib
import openpyxl
import pytest

from generator.site.open_data import data_page
from generator.site.open_data.columns import COUNT, JSON, SHEET, SQL, Column, Output, Table
from generator.site.open_data.rows import WrittenActivity
from generator.site.open_data.tables import ACTIVITIES, ARCHIVE, PHOTOS, SCHEMA, SHEETS, SQL_TABLES, WITHHELD
from generator.site.pages.site import Site
from tests.conftest import ROOT
from tests.test_assessment import DAY, FOUR, PLAN, files, visit
from tests.test_pages import site
from tests.test_published_files import written

Names = dict[str, list[str]]
"""By table, or by the way to it in JSON (``activities.photos``): the names of its columns, in order."""


@pytest.fixture
def made(tmp_path: Path) -> Site:
    """A small archive with an assessment, photos and a withheld photo, and the text of the data page."""
    photo = "photos:\n  - {file: 01.jpg, caption: 区角}\n  - {file: 02.jpg, caption: 合影, public: false}\n"
    archive = site(tmp_path, files(visit("2021-02-05", photos=photo), *FOUR[1:], PLAN), today=DAY)
    return dataclasses.replace(archive, data=(ROOT / "content/data.md").read_text("utf-8"))


# --- what the outputs carry, read without the declaration --------------------------------------------


def names_in_json(value: object, place: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the names of every object."""
    if isinstance(value, dict):
        yield place, list(value)
        for name, inner in value.items():
            yield from names_in_json(inner, f"{place}.{name}".lstrip("."))
    for inner in value if isinstance(value, list) else ():
        yield from names_in_json(inner, place)


def names_in_schema(schema: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the names of every kind of object."""
    objects = schema.get("items", schema)
    if "properties" in objects:
        assert objects["required"] == list(objects["properties"])
        yield place, objects["required"]
        for name, inner in objects["properties"].items():
            yield from names_in_schema(inner, f"{place}.{name}".lstrip("."))


def carried(made: Site, folder: Path) -> dict[str, Names]:
    """Return which columns each data file and each part of the data page carries."""
    archive = json.loads((folder / "archive.json").read_bytes())
    assert len({(place, tuple(names)) for place, names in names_in_json(archive)}) == len(
        dict(names_in_json(archive))
    ), "two items of a list have different names"
    with sqlite3.connect(f"{(folder / 'archive.sqlite').as_uri()}?mode=ro", uri=True) as connection:
        listed = connection.execute("SELECT table_name, column_name FROM _columns ORDER BY rowid").fetchall()
        tables = [table for table, column in listed if not column]
        in_sql = {t: [row[1] for row in connection.execute(f"PRAGMA table_info({t})")] for t in tables}
    connection.close()
    _, *sheets = openpyxl.load_workbook(folder / "archive.xlsx").worksheets
    (page,) = data_page.make_pages(made)
    tree = html5lib.parseFragment(page.body, namespaceHTMLElements=False)
    on_page: Names = {}
    heading = ""
    for element in tree.iter():
        if element.tag in ("h2", "h3"):
            heading = "".join(element.itertext())
        elif element.tag == "table" and element.find("thead/tr/th").text == "名称":
            on_page[heading] = [
                "".join(row.find("td").itertext()) for row in element.iter("tr") if row.find("td") is not None
            ]
    return {
        "archive.json": dict(names_in_json(archive)),
        "schema": dict(names_in_schema(json.loads((folder / "schema" / SCHEMA).read_bytes()))),
        "page, JSON": on_page,
        "SQL": in_sql,
        "SQL, _columns": {t: [name for table, name in listed if name and table == t] for t in tables},
        "page, SQL": {
            section.find("h3/code").text: [term.text for term in section.iterfind("dl/div/dt/code")]
            for section in tree.iter("section")
            if section.get("class") == "sql-table"
        },
        "CSV": {
            path.stem: next(csv.reader(path.read_text("utf-8-sig").splitlines()))
            for path in folder.glob("*.csv")
        },
        "page, CSV": {
            name: words.split("、") for name, words in re.findall(r"（(\w+)\.csv）：(.*?)。</li>", page.body)
        },
        "workbook": {sheet.title: [str(cell.value) for cell in sheet[1]] for sheet in sheets},
    }  # fmt: skip


# --- what is declared ---------------------------------------------------------------------------------


def names_of(table: Table[Any], output: Output) -> list[str]:
    columns = table.list_columns(output)
    return [column.heading if output is SHEET else column.name for column in columns]


def nested(table: Table[Any], place: str = "") -> Iterator[tuple[str, list[str]]]:
    yield place, names_of(table, JSON)
    for column in table.list_columns(JSON):
        if column.type.table:
            yield from nested(column.type.table, f"{place}.{column.name}".lstrip("."))


def dotted(table: Table[Any], place: str = "") -> Iterator[str]:
    for column in table.list_columns(JSON):
        yield f"{place}{column.name}"
        if column.type.table:
            yield from dotted(column.type.table, f"{place}{column.name}.")


def declared() -> dict[str, Names]:
    """Return what every output should carry."""
    in_json = dict(nested(ARCHIVE))
    in_sql = {table.name: names_of(table, SQL) for table in SQL_TABLES}
    in_csv = {table.csv: names_of(table, SHEET) for table in SHEETS}
    lists = {c.name: list(dotted(c.type.table)) for c in ARCHIVE.columns if c.type.table}
    return {
        "archive.json": in_json,
        "schema": in_json,
        "page, JSON": {"archive.json": names_of(ARCHIVE, JSON), **lists},
        "SQL": in_sql,
        "SQL, _columns": in_sql,
        "page, SQL": in_sql,
        "CSV": in_csv,
        "page, CSV": in_csv,
        "workbook": {table.title: names_of(table, SHEET) for table in SHEETS},
    }


def test_every_output_carries_the_declared_columns_and_no_other(made: Site, tmp_path: Path) -> None:
    found, expected = carried(made, written(made, tmp_path / "out") / "data"), declared()
    for output, names in expected.items():
        assert found[output] == names, output
    assert found.keys() == expected.keys()
    (page,) = data_page.make_pages(made)
    assert "{{" not in page.body


def test_a_column_that_is_declared_in_one_place_is_in_every_output(made: Site, tmp_path: Path) -> None:
    before = ACTIVITIES.columns
    made_up: Column[WrittenActivity] = Column(
        "made_up", COUNT, "虚构的数", lambda row: row.activity.sent + 4711, unit="个"
    )
    object.__setattr__(ACTIVITIES, "columns", (*before, made_up))
    try:
        folder = written(made, tmp_path / "out") / "data"
        found, expected = carried(made, folder), declared()
        schema = json.loads((folder / "schema" / SCHEMA).read_bytes())
    finally:
        object.__setattr__(ACTIVITIES, "columns", before)
    assert found == expected
    for output, names in found.items():
        name = "虚构的数" if output in ("CSV", "page, CSV", "workbook") else "made_up"
        assert sum(name in columns for columns in names.values()) == 1, output
    number = made.activities[0].sent + 4711
    assert json.loads((folder / "archive.json").read_bytes())["activities"][0]["made_up"] == number
    connection = sqlite3.connect(f"{(folder / 'archive.sqlite').as_uri()}?mode=ro", uri=True)
    assert connection.execute("SELECT made_up FROM activities").fetchone() == (number,)
    meaning = connection.execute("SELECT meaning FROM _columns WHERE column_name = 'made_up'").fetchone()
    connection.close()
    assert meaning == ("虚构的数，个",)
    with (folder / "activities.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["虚构的数"] == str(number)
    sheet = openpyxl.load_workbook(folder / "archive.xlsx")["活动"]
    assert sheet.cell(2, sheet.max_column).value == number
    assert schema["properties"]["activities"]["items"]["properties"]["made_up"] == {
        "type": "integer",
        "minimum": 0,
        "description": "虚构的数，个",
    }


@pytest.mark.parametrize("table", [*SQL_TABLES, ARCHIVE, PHOTOS, WITHHELD], ids=lambda t: t.name)
def test_names_are_unique_and_said_in_chinese(table: Table[Any]) -> None:
    for output in Output:
        names = names_of(table, output)
        assert len(set(names)) == len(names)
        assert set(table.first.get(output, ())) <= {column.name for column in table.list_columns(output)}
    for column in table.columns:
        assert column.outputs
        assert column.meaning
        assert bool(column.width) == (SHEET in column.outputs) or not table.csv
