"""The Atom feeds (RFC 4287): the latest activities, bulletins and changed deadlines, and the bulletins alone."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from generator.site.pages.notices import list_notices
from generator.site.pages.page import Excerpt, News
from generator.site.pages.site import LATEST, Site

BULLETINS_FEED = "bulletins/feed.xml"
"""The site path of the feed of bulletins."""

_ISSUES = 12  # a year and a half, as each comes whole
_ATOM = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What one feed is: its address, the page that it goes with, the seed of its id; `whole` entries have content."""

    url: str
    page: str
    seed: str
    title: str
    entries: Sequence[News]
    whole: bool = False


def format_feed(site: Site, excerpts: Mapping[str, Excerpt]) -> str:
    """Return the feed of everything new. Without a `site_url` its links are relative to its own address."""
    title = f"{_county(site)}结对帮扶档案"
    entries = _sort([*_list_news(excerpts), *list_notices(site)])[:LATEST]
    return _xml(site, _Feed(url="feed.xml", page="", seed="feed", title=title, entries=entries))


def format_bulletins_feed(site: Site, excerpts: Mapping[str, Excerpt]) -> str:
    """Return the feed of the bulletins that were issued, each with its content. Its links are as in `format_feed`."""
    programme = site.programmes.get(site.year)
    name = f"《{programme.bulletin}》工作简报" if programme else "工作简报"
    feed = _Feed(
        url=BULLETINS_FEED,
        page="bulletins/",
        seed="bulletins/feed",
        title=f"{_county(site)}{name}",
        entries=_sort(_list_news({u: e for u, e in excerpts.items() if u.startswith("bulletins/")}))[
            :_ISSUES
        ],
        whole=True,
    )
    return _xml(site, feed)


def _county(site: Site) -> str:
    programme = site.programmes.get(site.year)
    return programme.county if programme else ""


def _list_news(excerpts: Mapping[str, Excerpt]) -> list[News]:
    return [excerpt.news for excerpt in excerpts.values() if excerpt.news]


def _sort(news: Iterable[News]) -> list[News]:
    return sorted(news, key=lambda n: (n.day, n.seed), reverse=True)


def _xml(site: Site, what: _Feed) -> str:
    programme, county = site.programmes.get(site.year), _county(site)
    zone = ZoneInfo(programme.timezone if programme else "Asia/Shanghai")
    root = site.site_url or "../" * what.url.count("/")
    # A feed that is still empty has a date all the same, and not the clock's.
    begun = programme.terms[0].starts if programme else dt.date(1970, 1, 1)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans"})
    _add(feed, "id", _urn(county, what.seed))
    _add(feed, "title", what.title)
    _add(feed, "updated", _moment(what.entries[0].day if what.entries else begun, zone))
    _add(feed, "link", rel="self", type="application/atom+xml", href=root + what.url)
    _add(feed, "link", rel="alternate", type="text/html", href=root + what.page or "./")
    author = _add(feed, "author")
    _add(author, "name", f"{programme.issuer}{programme.office}" if programme else what.title)
    for each in what.entries:
        entry = _add(feed, "entry")
        _add(entry, "id", _urn(county, each.seed))
        _add(entry, "title", each.title)
        if each.published:
            _add(entry, "published", _moment(each.published, zone))
        _add(entry, "updated", _moment(each.day, zone))
        _add(entry, "link", rel="alternate", type="text/html", href=root + each.url)
        _add(entry, "category", term=each.category)
        _add(entry, "summary", each.summary)
        if what.whole and each.content:
            _add(entry, "content", each.content, type="html")
    ET.indent(feed, space=" ")
    text = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    clean = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    if text:
        child.text = _FORBIDDEN.sub("", text)
    return child


def _urn(county: str, seed: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"pairing-archive:{county}/{seed}").urn


def _moment(day: dt.date, zone: ZoneInfo) -> str:
    return dt.datetime.combine(day, dt.time(), zone).isoformat()
