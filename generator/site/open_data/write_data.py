"""Write what programs read: the data files, their schemas and the feeds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.records.schemas import list_schema_files
from generator.site.open_data.archive_json import encode_archive, make_archive_schema
from generator.site.open_data.sheets import format_csv, format_workbook, list_sheet_rows
from generator.site.open_data.tables import SCHEMA, SHEETS
from generator.site.pages.feed import BULLETINS_FEED, format_bulletins_feed, format_feed
from generator.site.pages.page import Excerpt
from generator.site.pages.site import Site


def write_table_files(site: Site, folder: Path) -> None:
    """Write the tables as CSV and as one workbook, and the schemas of the record format and of archive.json."""
    rows = [list_sheet_rows(site, table) for table in SHEETS]
    schema = json.dumps(make_archive_schema(), ensure_ascii=False, indent=2) + "\n"
    _write(
        folder,
        {
            **{f"data/{t.csv}.csv": format_csv(t, found) for t, found in zip(SHEETS, rows, strict=True)},
            "data/archive.xlsx": format_workbook(site, rows),
            **{
                f"data/schema/{name}": site.words.translate_text(text).encode()
                for name, text in list_schema_files().items()
            },
            f"data/schema/{SCHEMA}": schema.encode(),
        },
    )


def write_excerpt_files(site: Site, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
    """Write what the pages' excerpts make up: the archive and the feeds."""
    files = {
        "data/archive.json": encode_archive(site, excerpts),
        "feed.xml": format_feed(site, excerpts).encode(),
        BULLETINS_FEED: format_bulletins_feed(site, excerpts).encode(),
    }
    _write(folder, files)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
