"""The search page, whose form the browser answers from the search index; and the 404 page, which leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.documents.bulletin import list_bulletin_months
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site

FILTERS = (("school", "校（园）"), ("month", "月份"), ("measure", "帮扶内容"), ("year", "年度"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A way to find without searching: ``url`` of its page, and (name, site path) of each item."""

    title: str
    url: str
    links: tuple[tuple[str, str], ...]


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the search page."""
    yield Page(
        url="search/",
        section="search",
        title="搜索",
        description="在活动记录、简报和校（园）档案里搜索。",
        body=site.render_template("search.html", "search/", filters=FILTERS, ways=tuple(_list_ways(site))),
        styles=("search",),
        scripts=("search",),
    )


def _list_ways(site: Site) -> Iterator[_Way]:
    """Yield the full lists by school, month and measure, which need no script; the newest year first."""
    schools = {s.id: (s.name, s.url) for year in site.schools.values() for s in year.values()}
    yield _Way(title="按校（园）", url="schools/", links=tuple(schools.values()))
    months = [month for account in site.ledgers.values() for month in list_bulletin_months(account)]
    links = tuple((f"{month[:4]}年{int(month[5:])}月", f"bulletins/{month}/") for month in reversed(months))
    yield _Way(title="按月份", url="bulletins/", links=links)
    measures = {
        measure.id: (
            name_measure(measure),
            site.measure_url(measure.id, year, site.make_clause_url(measure.clause, year)),
        )
        for year, programme in site.programmes.items()
        for measure in programme.measures
    }
    links = tuple((name, url) for name, url in measures.values() if url)
    yield _Way(title="按帮扶内容", url="galleries/", links=links)


def make_error_pages(site: Site) -> Iterator[Page]:
    """Yield the page for addresses that lead nowhere. It is served at any depth, so its links start at the site's root."""
    programme = site.programmes.get(site.year)
    yield Page(
        url="404.html",
        section="search",
        title="没有这个页面",
        description="这个地址上没有页面。可以搜索，或从各校（园）、对子和简报找回去。",
        body=site.load_template("missing.html").render(
            base=urlsplit(site.site_url).path or "/",
            groups=tuple(
                tuple(site.schools[site.year][s] for s in (pairing.helper, *pairing.helped))
                for pairing in (programme.pairings if programme else ())
            ),
        ),
        styles=("cards",),
        index=False,
    )
