"""The page that explains the open data: content/data.md with the declared columns filled in, and live examples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from generator.documents import safe_html
from generator.site.open_data.columns import JSON, SQL, Table
from generator.site.open_data.database import build_database
from generator.site.open_data.examples import answer_examples
from generator.site.open_data.sheets import list_headings
from generator.site.open_data.tables import ARCHIVE, SHEETS, SQL_TABLES
from generator.site.pages.page import Page
from generator.site.pages.site import Site

_NO_TEXT = (
    "# 开放数据\n\n[archive.json](archive.json)、[activities.csv](activities.csv)、[feed.xml](../feed.xml)\n"
)


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the page about the data files, and with it the database that its examples ask."""
    url, title = "data/", "开放数据"
    words = site.words.translate_text(fill_in_columns(site.data or _NO_TEXT))
    text = safe_html.render_own(words, level=1)
    description = f"{title}：全部公开档案的 JSON、CSV、XLSX、SQLite、日历和订阅源，以及每一栏的含义。"
    with closing(build_database(site)) as connection:
        answers = answer_examples(connection)
        files = {"data/archive.sqlite": connection.serialize()}
    tables = [
        (
            table.name,
            table.meaning,
            [(c.name, site.words.translate_text(c.describe_meaning(SQL))) for c in table.list_columns(SQL)],
        )
        for table in SQL_TABLES
    ]
    yield Page(
        url=url,
        section="data",
        title=title,
        description=description,
        body=site.render_template("data.html", url, text=text, tables=tables, examples=answers),
        styles=("docs",),
        files=files,
    )


def fill_in_columns(text: str) -> str:
    """Return the Markdown with what is declared of the columns in place of ``{{ archive }}``, ``{{ months }}`` ….

    ``{{ sheets }}`` stands for the list of the CSV files with their headings.
    """
    filled = {"archive": _columns(ARCHIVE), "sheets": _sheets()}
    for column in ARCHIVE.list_columns(JSON):
        if column.type.table:
            filled[column.name] = _columns(column.type.table, nested=True)
    for name, columns in filled.items():
        text = text.replace(f"{{{{ {name} }}}}", columns)
    return text


def _columns(table: Table[Any], *, nested: bool = False) -> str:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in _described(table, nested=nested)]
    return "\n".join(("| 名称 | 内容 |", "| --- | --- |", *rows))


def _described(table: Table[Any], path: str = "", *, nested: bool) -> Iterator[tuple[str, str]]:
    for column in table.list_columns(JSON):
        name = f"{path}{column.name}"
        yield name, column.describe_meaning(JSON, mark="`") + ("，列表" if column.type.is_list else "")
        if nested and column.type.table:
            yield from _described(column.type.table, f"{name}.", nested=True)


def _sheets() -> str:
    return "\n".join(
        f"- **{table.title}**（{table.csv}.csv）：{'、'.join(list_headings(table))}。" for table in SHEETS
    )
