"""The monthly “名园+” events: what was shown and discussed, and the months that have none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.accounts.inspection_results import list_events
from generator.accounts.months import name_month
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date
from generator.records import NoteRecord
from generator.records.models import Event, format_month
from generator.site.pages.bureau_notes import STYLES, find_school, list_private_names, list_tabs, view_note
from generator.site.pages.page import Page
from generator.site.pages.school_documents import Citation
from generator.site.pages.site import Site
from generator.site.pages.view import PictureView, SchoolView
from generator.site.pages.yearly import YearLinks, make_yearly

URL = "events/"
PARTS = {"report": "汇报", "tour": "实地查看", "discussion": "研讨交流"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event in a list. ``agenda`` says in words what it held, ``picture`` is its first photo."""

    url: str
    title: str
    date: str
    iso: str
    host: SchoolView | None
    agenda: str
    schools: int
    picture: PictureView | None
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A month that should have an event; ``state`` is held, missing or coming."""

    name: str
    state: str
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An item of the agenda."""

    kind: str
    topic: str
    school: SchoolView | None


def make_pages(site: Site) -> Iterator[Page]:
    """Yield every event's page, one leading to the next through all years, and the index of each year."""
    found = [record for year in site.years for record in _whole(site, year)]
    for place, record in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        yield _page(site, record, before, after)
    for year in reversed(site.years or (site.year,)):
        of_year = [record for record in found if record.year == year]
        yield from make_yearly(site, URL, year, site.years, partial(_index, site, year, of_year))


def _whole(site: Site, year: int) -> list[NoteRecord]:
    held = [record for record in site.corpus.bureau[year].events if record.complete]
    return sorted(held, key=lambda record: (record.data.date, record.file.path))


def make_school_rows(site: Site, year: int, identity: str) -> tuple[EventRow, ...]:
    """Return the events of a year that a school held or took part in, the latest first."""
    return tuple(
        make_row(site, record)
        for record in reversed(_whole(site, year))
        if identity in (record.data.host, *record.data.schools)
    )


def make_row(site: Site, record: NoteRecord) -> EventRow:
    """Return an event as lists show it."""
    data: Event = record.data
    note = view_note(site, record)
    first = note.figures[0].photo if note.figures else None
    kinds = dict.fromkeys(part.kind for part in data.agenda)
    return EventRow(
        url=note.url,
        title=note.title,
        date=format_chinese_date(data.date),
        iso=data.date.isoformat(),
        host=find_school(site, record.year, data.host),
        agenda="、".join(PARTS[kind] for kind in kinds),
        schools=len({data.host, *data.schools}),
        picture=first.picture if first else None,
        alt=first.caption if first else "",
    )


def _page(site: Site, record: NoteRecord, before: NoteRecord | None, after: NoteRecord | None) -> Page:
    data: Event = record.data
    note, private = view_note(site, record), list_private_names(site, record.year)
    host = find_school(site, record.year, data.host)
    date = format_chinese_date(data.date)
    guests = tuple(s for each in dict.fromkeys(data.schools) if (s := find_school(site, record.year, each)))
    name = host.name if host else data.host
    return Page(
        url=note.url,
        section="inspections",
        title=f"{note.title}，{name}{date}",
        description=f"{date}在{name}举行的“名园+”结对帮扶工作观摩互促活动。",
        body=site.render_template(
            "event.html",
            note.url,
            n=note,
            year=record.year,
            d=data,
            date=date,
            place=mask_private_words(data.place or "", private),
            host=host,
            host_name=name,
            url_of=lambda s: site.make_school_url(s.id, record.year),
            guests=guests,
            clause=_clause(site, record.year),
            agenda=tuple(
                _Item(
                    kind=PARTS[part.kind],
                    topic=mask_private_words(part.topic, private),
                    school=find_school(site, record.year, part.school) if part.school else None,
                )
                for part in data.agenda
            ),
            before=make_row(site, before) if before else None,
            after=make_row(site, after) if after else None,
        ),
        styles=note.styles,
        scripts=note.scripts,
        modified=data.date,
    )


def _clause(site: Site, year: int) -> Citation | None:
    """Return the clause that asks for the events, or None."""
    programme, plan = site.programmes.get(year), site.corpus.bureau[year].plan
    identity = programme.events.clause if programme and programme.events else ""
    found = plan.find_clause(identity) if plan and identity else None
    return (
        Citation(id=identity, url=site.make_clause_url(identity, year), quote=found.quote) if found else None
    )


def _index(site: Site, year: int, found: list[NoteRecord], url: str, years: YearLinks) -> Page:
    months = tuple(_months(site, year)) if year in site.programmes else ()
    asked = list_events(site.corpus, year)
    title = "“名园+”观摩互促活动"
    return Page(
        url=url,
        section="inspections",
        title=f"{year}年{title}" if year in site.programmes else title,
        description="“名园+”结对帮扶工作观摩互促活动：每月一次，汇报、实地查看、研讨交流。",
        body=site.render_template(
            "events.html",
            url,
            years=years,
            tabs=list_tabs(URL, url),
            clause=_clause(site, year) if year in site.programmes else None,
            months=tuple(reversed(months)),
            others=tuple(
                make_row(site, r) for r in reversed(found) if format_month(r.data.date) not in asked
            ),
        ),
        styles=STYLES,
        modified=max((record.data.date for record in found), default=None),
    )


def _months(site: Site, year: int) -> Iterator[_Month]:
    programme = site.programmes[year]
    for month, held in list_events(site.corpus, year).items():
        over = (dt.date.fromisoformat(f"{month}-01") + dt.timedelta(days=31)).replace(day=1) <= site.today
        wanted = programme.events.each_month if programme.events else 0
        state = "held" if len(held) >= wanted else "missing" if over else "coming"
        yield _Month(
            name=f"{month[:4]}年{name_month(month)}", state=state, rows=tuple(make_row(site, r) for r in held)
        )
