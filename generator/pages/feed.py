"""The Atom feed (RFC 4287): the latest activities and every bulletin that has been issued."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from generator.pages.page import Excerpt
from generator.pages.site import LATEST, Site

_ATOM = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_xml(site: Site, excerpts: Mapping[str, Excerpt]) -> str:
    """Return the feed. Without a `site_url` its links are relative to the feed's own address."""
    programme = site.programmes.get(site.year)
    county = programme.county if programme else ""
    zone = ZoneInfo(programme.timezone if programme else "Asia/Shanghai")
    entries = sorted(
        (e.news for e in excerpts.values() if e.news), key=lambda n: (n.day, n.seed), reverse=True
    )[:LATEST]
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans"})
    title = f"{county}结对帮扶档案"
    _add(feed, "id", _urn(county, "feed"))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(entries[0].day if entries else site.today, zone))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{site.site_url}feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=site.site_url or "./")
    author = _add(feed, "author")
    _add(author, "name", f"{programme.issuer}{programme.office}" if programme else title)
    for each in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", _urn(county, each.seed))
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.day, zone))
        _add(entry, "link", rel="alternate", type="text/html", href=site.site_url + each.url)
        _add(entry, "category", term=each.category)
        _add(entry, "summary", each.summary)
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
