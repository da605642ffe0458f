"""Dates → a calendar to subscribe to (RFC 5545, with RFC 7986's name and refresh interval).

All dates are whole days in the programme's time zone, so no time of day can shift them; reminders ring at
nine in the morning. The bytes depend on the archive and its history alone, never on the clock: ids are made
from seeds. A subscriber's program takes the whole file anew, so what was taken out of the data disappears.

SEQUENCE, DTSTAMP and LAST-MODIFIED are one number, so that they change together, and only when the content
does: when git says that it was last revised. Moved, moved again or moved back, a date's later version has
the higher number, which no function of the present records alone could promise. Where there is no git, they are
the days of the records, and an event's own date: it rises when an event is put off, not when it is brought forward.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterable

from icalendar import Alarm, Calendar, Event, vDuration, vText, vUri

from generator.archive.revisions import BEGINNING
from generator.site.calendars.dates import ALARM_DAYS, Occasion

_NINE = dt.timedelta(hours=9)
_DAILY = dt.timedelta(days=1)
# RFC 5545 has no way to write these, not even escaped.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def format_calendar(
    occasions: Iterable[Occasion],
    *,
    seed: str,
    county: str,
    name: str,
    description: str,
    timezone: str,
    source: str,
    address: Callable[[Occasion], str],
) -> bytes:
    """Return a calendar.

    seed: distinguishes this calendar from the county's others.   source: the calendar's own absolute address, or "".
    address: gives the absolute address of an occasion's page, or "" where the site's is not known.
    """
    listed = list(occasions)
    calendar = Calendar()
    calendar.add("prodid", "-//pairing-archive//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", _uid(county, f"calendar/{seed}"))
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("description", _text(description))
    calendar.add("x-wr-caldesc", _text(description))
    calendar.add("x-wr-timezone", _text(timezone))
    if listed:
        calendar.add("last-modified", max(_version(o)[1] for o in listed))
    if source:
        calendar.add("source", vUri(source), {"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(_DAILY), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_DAILY))
    for occasion in listed:
        calendar.add_component(_event(occasion, county, address(occasion)))
    return bytes(calendar.to_ical())


def _event(occasion: Occasion, county: str, url: str) -> Event:
    event = Event()
    event.add("uid", _uid(county, occasion.seed))
    sequence, stamp = _version(occasion)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", occasion.date)
    event.add("dtend", occasion.date + dt.timedelta(days=1))
    event.add("summary", _text(occasion.title))
    event.add("description", _text(_description(occasion, url)))
    if occasion.place:
        event.add("location", _text(occasion.place))
    if url:
        event.add("url", vUri(url))
    event.add("categories", [CATEGORIES[occasion.kind]])
    event.add("class", "PUBLIC")
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    for days in ALARM_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _text(f"还有{days}天：{occasion.title}"))
        alarm.add("trigger", _NINE - dt.timedelta(days=days))
        event.add_component(alarm)
    return event


CATEGORIES = {"report": "上报截止", "document": "文件上报", "event": "观摩互促"}


def _description(occasion: Occasion, url: str) -> str:
    source = f"依据：工作实施方案{'、'.join(occasion.clauses)}。" if occasion.clauses else ""
    return "\n".join(filter(None, (occasion.text, source, url)))


def _text(text: str) -> vText:
    # Typed as text: icalendar does not escape a property that it does not know.
    return vText(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _uid(county: str, seed: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"pairing-archive:{county}/{seed}"))


def _version(occasion: Occasion) -> tuple[int, dt.datetime]:
    """Return a date's SEQUENCE with the moment that stands for it."""
    if occasion.revised is not None:
        return occasion.revised, BEGINNING + dt.timedelta(seconds=occasion.revised)
    days = max(0, (occasion.changed - occasion.begun).days)
    put_off = max(0, (occasion.date - occasion.begun).days) if occasion.kind == "event" else 0
    midnight = dt.datetime.combine(occasion.changed, dt.time(), dt.UTC)
    return days + put_off, midnight + dt.timedelta(seconds=put_off)
