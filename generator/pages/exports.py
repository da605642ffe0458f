"""What programs read: the data files, the search index, the feeds and the schemas; and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.pages import body
from generator.pages.feed import BULLETINS_FEED, bulletins_xml, feed_xml
from generator.pages.open_data import activities_csv, archive_json, search_json
from generator.pages.page import Excerpt, Page
from generator.pages.site import Site
from generator.schemas import schema_files

_NO_TEXT = (
    "# 开放数据\n\n[archive.json](archive.json)、[activities.csv](activities.csv)、[feed.xml](../feed.xml)\n"
)


def pages(site: Site) -> Iterator[Page]:
    """Yield the page about the data files."""
    url, title = "data/", "开放数据"
    text = body.render_own(site.data or _NO_TEXT, level=1)
    yield Page(
        url=url,
        section="data",
        title=title,
        description=f"{title}：全部公开档案的 JSON、活动一览 CSV、订阅源，以及每一栏的含义。",
        body=site.render("data.html", url, text=text),
        styles=("docs",),
    )


def write_table(site: Site, folder: Path) -> None:
    """Write what needs no page: the table of activities and the schemas of the record format."""
    files = {
        "data/activities.csv": activities_csv(site),
        **{f"data/schema/{name}": text for name, text in schema_files().items()},
    }
    (folder / "data/schema").mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / path).write_bytes(content.encode())


def write_joined(site: Site, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
    """Write what the pages' excerpts make up: the archive, the search index and the feeds."""
    files = {
        "data/archive.json": archive_json(site, excerpts),
        "data/search.json": search_json(site, excerpts),
        "feed.xml": feed_xml(site, excerpts).encode(),
        BULLETINS_FEED: bulletins_xml(site, excerpts).encode(),
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
