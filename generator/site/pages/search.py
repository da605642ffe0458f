"""The search page, whose form the browser answers from data/search.json; and the 404 page, which leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.site.pages.page import Page
from generator.site.pages.site import Site


def make_pages(site: Site) -> Iterator[Page]:
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


def make_error_pages(site: Site) -> Iterator[Page]:
    """Yield the page for addresses that lead nowhere. It is served at any depth, so its links start at the site's root."""
    programme = site.programmes.get(site.year)
    yield Page(
        url="404.html",
        section="search",
        title="没有这个页面",
        description="这个地址上没有页面。可以搜索，或从各校（园）、对子和简报找回去。",
        body=site.template("missing.html").render(
            base=urlsplit(site.site_url).path or "/",
            groups=tuple(
                tuple(site.schools[site.year][s] for s in (pairing.helper, *pairing.helped))
                for pairing in (programme.pairings if programme else ())
            ),
        ),
        styles=("cards",),
        index=False,
    )
