"""What programs read: the data files, the search index, the feeds and the schemas; and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from generator.documents import safe_html
from generator.records.schemas import schema_files
from generator.site.pages import data_examples, data_schema, database
from generator.site.pages.data_tables import TABLES, csv_bytes, workbook_bytes
from generator.site.pages.feed import BULLETINS_FEED, bulletins_xml, feed_xml
from generator.site.pages.open_data import archive_json, page_excerpt, search_json
from generator.site.pages.page import Excerpt, Page
from generator.site.pages.site import Site

_NO_TEXT = (
    "# 开放数据\n\n[archive.json](archive.json)、[activities.csv](activities.csv)、[feed.xml](../feed.xml)\n"
)


def pages(site: Site) -> Iterator[Page]:
    """Yield the page about the data files, and with it the database that its examples ask."""
    url, title = "data/", "开放数据"
    text = safe_html.render_own(site.data or _NO_TEXT, level=1)
    description = f"{title}：全部公开档案的 JSON、CSV、XLSX、SQLite、日历和订阅源，以及每一栏的含义。"
    with closing(database.database(site)) as connection:
        answers = data_examples.examples(connection)
        files = {"data/archive.sqlite": connection.serialize()}
    yield Page(
        url=url,
        section="data",
        title=title,
        description=description,
        body=site.render("data.html", url, text=text, tables=database.TABLES, examples=answers),
        styles=("docs",),
        excerpt=page_excerpt(url, title, "开放数据", description, files),
    )


def write_table(site: Site, folder: Path) -> None:
    """Write the tables as CSV and as one workbook, and the schemas of the record format and of archive.json."""
    tables = [(table, list(table.rows(site))) for table in TABLES]
    files = {
        **{f"data/{table.name}.csv": csv_bytes(table, rows) for table, rows in tables},
        "data/archive.xlsx": workbook_bytes(site, tables),
        f"data/schema/{data_schema.NAME}": data_schema.schema_text().encode(),
        **{f"data/schema/{name}": text.encode() for name, text in schema_files().items()},
    }
    (folder / "data/schema").mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / path).write_bytes(content)


def write_joined(site: Site, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
    """Write what the pages' excerpts make up: the archive, the search index and the feeds."""
    files = {
        "data/archive.json": archive_json(site, excerpts),
        "data/search.json": search_json(site, excerpts),
        "feed.xml": feed_xml(site, excerpts).encode(),
        BULLETINS_FEED: bulletins_xml(site, excerpts).encode(),
    }
    for excerpt in excerpts.values():
        files |= excerpt.files
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
