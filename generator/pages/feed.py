"""The Atom feed (RFC 4287): the latest activities and every bulletin that has been issued."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from generator.bulletin import Bulletin
from generator.pages.bulletins import bulletin_title, bulletin_url, summary
from generator.pages.open_data import Parts, visible_text
from generator.pages.site import Site

LATEST = 40
_ATOM = "http://www.w3.org/2005/Atom"
_WORDS = 160
# Characters that XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry; ``seed`` never changes for the same thing, whatever the site's address."""

    seed: str
    title: str
    url: str
    day: dt.date
    summary: str
    category: str


def feed_xml(site: Site, parts: Parts, bulletins: Iterable[Bulletin]) -> bytes:
    """Return the feed. Without a `site_url` its links are relative to the feed's own address."""
    programme = site.programmes.get(site.year)
    county = programme.county if programme else ""
    zone = ZoneInfo(programme.timezone if programme else "Asia/Shanghai")
    entries = sorted(
        [*_activities(site, parts), *_bulletins(bulletins)], key=lambda e: (e.day, e.seed), reverse=True
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
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _activities(site: Site, parts: Parts) -> Iterator[_Entry]:
    latest = sorted(site.activities, key=lambda a: (a.reported, a.key))[-LATEST:]
    for activity in latest:
        words = visible_text(parts[activity.key])
        yield _Entry(
            seed=activity.key,
            title=f"{activity.title}（{activity.school.name}）",
            url=activity.url,
            day=activity.reported,
            summary=words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…",
            category=activity.measure_name,
        )


def _bulletins(bulletins: Iterable[Bulletin]) -> Iterator[_Entry]:
    for value in bulletins:
        if value.issued:
            yield _Entry(
                seed=f"bulletin/{value.month}",
                title=f"{bulletin_title(value)}（{value.month_name}）",
                url=bulletin_url(value.month),
                day=value.issued,
                summary=summary(value),
                category="工作简报",
            )


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
