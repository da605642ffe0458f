"""Pages that exist once a year: at their year's address for ever, and without the year while that year runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from generator.site.pages.page import Page
from generator.site.pages.site import Site

YearLinks = tuple[tuple[int, str, bool], ...]
"""The switch between years, newest first: (year, site path, whether it is the page's own); () for one year."""


def make_yearly(
    site: Site,
    folder: str,
    year: int,
    years: Collection[int],
    make: Callable[[str, YearLinks], Page],
    *,
    tail: str = "",
) -> Iterator[Page]:
    """Yield a year's page at `folder` + year + `tail`, and once more without the year where that shows this year.

    years: those that have this page; none at all is an archive without a programme, which has the short address only.
    make: makes the page for an address and a switch between the years.
    """
    if not years:
        yield make(folder + tail, ())
        return
    newest_first = sorted(years, reverse=True)
    links = tuple((each, f"{folder}{each}/{tail}", each == year) for each in newest_first)
    switch = links if len(links) > 1 else ()
    own = f"{folder}{year}/{tail}"
    yield _dress(make(own, switch), switch)
    if find_shown_year(site, years) == year:
        short = _dress(make(folder + tail, switch), switch)
        yield replace(short, canonical=own, excerpt=None, files={})


def find_shown_year(site: Site, years: Collection[int]) -> int:
    """Return which of some years an address without a year shows: the running one, or the nearest to it.

    What ended before the running year keeps its last year; what has not begun shows its first.
    """
    begun = [year for year in years if year <= site.year]
    return max(begun) if begun else min(years)


def _dress(page: Page, switch: YearLinks) -> Page:
    return replace(page, styles=(*page.styles, "years")) if switch else page
