"""The search page: a plain form; the browser answers from data/search.json."""

from __future__ import annotations

from collections.abc import Iterator

from generator.site.pages.page import Page
from generator.site.pages.site import Site


def pages(site: Site) -> Iterator[Page]:
    """Yield the search page."""
    yield Page(
        url="search/",
        section="search",
        title="搜索",
        description="在活动记录、简报和校（园）档案里搜索。",
        body=site.render("search.html", "search/"),
        styles=("search",),
        scripts=("search",),
    )
