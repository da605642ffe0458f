"""The kinds of page, each as a pattern of its addresses; a sample of each kind is looked at in the browser."""

from __future__ import annotations

import re
from pathlib import Path

KINDS = {
    "home": r"",
    "pairings": r"pairings/",
    "pairing": r"pairings/[^/]+/",
    "schools": r"schools/",
    "school": r"schools/[^/]+/",
    "activity": r"schools/[^/]+/\d{4}/\d\d/[^/]+/",
    "galleries": r"galleries/",
    "gallery of a school": r"galleries/schools/[^/]+/",
    "gallery of a month": r"galleries/months/[^/]+/",
    "gallery of a measure": r"galleries/measures/[^/]+/",
    "bulletins": r"bulletins/",
    "bulletin": r"bulletins/[^/]+/",
    "rules": r"rules/",
    "rule": r"rules/[^/]+/",
    "fields": r"fields/",
    "plan": r"plan/",
    "guide": r"guides/[^/]+/",
    "search": r"search/",
    "data": r"data/",
    "404": r"404\.html",
}


def page_urls(site: Path) -> list[str]:
    """Return the address of every page of a built site, relative to its root, in order."""
    urls = []
    for path in site.rglob("*.html"):
        url = path.relative_to(site).as_posix()
        urls.append(url.removesuffix("index.html") if path.name == "index.html" else url)
    return sorted(urls)


def samples(site: Path) -> dict[str, str]:
    """Return one address for each kind: the largest page of the kind, where most can go wrong.

    Raises LookupError with the kinds that the site has no page of.
    """
    urls = page_urls(site)
    found, missing = {}, []
    for kind, pattern in KINDS.items():
        those = [url for url in urls if re.fullmatch(pattern, url)]
        if those:
            found[kind] = max(those, key=lambda url: (_size(site, url), url))
        else:
            missing.append(kind)
    if missing:
        raise LookupError(f"the site has no page of these kinds: {', '.join(missing)}")
    return found


def _size(site: Path, url: str) -> int:
    return (site / url / "index.html" if url.endswith("/") or not url else site / url).stat().st_size
