"""Write what programs read: the data files, their schemas, the search index and the feeds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.records.schemas import schema_files
from generator.site.open_data.archive_json import archive_json, archive_schema
from generator.site.open_data.sheets import csv_bytes, sheet_rows, workbook_bytes
from generator.site.open_data.tables import SCHEMA, SHEETS
from generator.site.pages.excerpts import search_json
from generator.site.pages.feed import BULLETINS_FEED, bulletins_xml, feed_xml
from generator.site.pages.page import Excerpt
from generator.site.pages.site import Site


def write_tables(site: Site, folder: Path) -> None:
    """Write the tables as CSV and as one workbook, and the schemas of the record format and of archive.json."""
    rows = [sheet_rows(site, table) for table in SHEETS]
    schema = json.dumps(archive_schema(), ensure_ascii=False, indent=2) + "\n"
    _write(
        folder,
        {
            **{f"data/{t.csv}.csv": csv_bytes(t, found) for t, found in zip(SHEETS, rows, strict=True)},
            "data/archive.xlsx": workbook_bytes(site, rows),
            **{f"data/schema/{name}": text.encode() for name, text in schema_files().items()},
            f"data/schema/{SCHEMA}": schema.encode(),
        },
    )


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
    _write(folder, files)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
