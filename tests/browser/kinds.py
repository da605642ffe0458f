"""The kinds of page, each as a pattern of its addresses; a sample of each kind is looked at in the browser."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

KINDS = {
    "home": r"",
    "pairings": r"pairings/",
    "pairing": r"pairings/[^/]+/\d{4}/",
    "roster": r"pairings/[^/]+/\d{4}/roster/",
    "agreement": r"pairings/[^/]+/\d{4}/agreement-[^/]+/",
    "schools": r"schools/",
    "school": r"schools/[^/]+/\d{4}/",
    "activity": r"schools/[^/]+/\d{4}/\d\d/[^/]+/",
    "galleries": r"galleries/",
    "gallery of a school": r"galleries/schools/[^/]+/\d{4}/",
    "gallery of a month": r"galleries/months/[^/]+/",
    "gallery of a measure": r"galleries/measures/[^/]+/\d{4}/",
    "gallery's further page": r"galleries/(months/[^/]+|[^/]+/[^/]+/\d{4})/\d+/",
    "bulletins": r"bulletins/(?:\d{4}/)?",
    "bulletin": r"bulletins/\d{4}-\d\d/",
    "calendar": r"calendar/",
    "assessments": r"assessment/",
    "assessment": r"assessment/\d{4}-[^/]+/",
    "assessment of a school": r"assessment/[^/]+/[^/]+/",
    "inspections": r"inspections/",
    "inspection": r"inspections/[^/]+/",
    "surveys": r"surveys/",
    "survey": r"surveys/[^/]+/",
    "events": r"events/",
    "event": r"events/[^/]+/",
    "rules": r"rules/",
    "rule": r"rules/[^/]+/",
    "fields": r"fields/",
    "plan": r"plan/",
    "guide": r"guides/[^/]+/",
    "search": r"search/",
    "write": r"write/",
    "data": r"data/",
    "404": r"404\.html",
}


@cache
def page_urls(site: Path) -> tuple[str, ...]:
    """Return the address of every page of a built site, relative to its root, in order."""
    urls = []
    for path in site.rglob("*.html"):
        url = path.relative_to(site).as_posix()
        urls.append(url.removesuffix("index.html") if path.name == "index.html" else url)
    return tuple(sorted(urls))


@cache
def sample(site: Path, kind: str) -> str:
    """Return the address of the largest page of a kind, where most can go wrong.

    Raises LookupError if the site has no page of that kind.
    """
    those = [url for url in page_urls(site) if re.fullmatch(KINDS[kind], url)]
    if not those:
        raise LookupError(f"the site has no page of the kind “{kind}” ({KINDS[kind]})")
    return max(those, key=lambda url: (file_of(site, url).stat().st_size, url))


def file_of(site: Path, url: str) -> Path:
    """Return the file behind an address."""
    return site / f"{url}index.html" if url.endswith("/") or not url else site / url
