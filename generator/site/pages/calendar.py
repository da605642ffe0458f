"""The calendar: all dates of the year on a page, and the files that phones subscribe to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from generator.accounts.months import name_month
from generator.plumbing.chinese_days import format_chinese_day
from generator.records.models import format_month
from generator.site.calendars import dates
from generator.site.calendars.dates import Occasion
from generator.site.pages.bureau_notes import make_note_url
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.times import list_groups
from generator.site.pages.yearly import YearLinks, make_yearly

URL = "calendar/"
ALL = f"{URL}all.ics"
"""The site path of everybody's calendar."""

_YEARS = 2
_WEEKDAYS = "一二三四五六日"
_KINDS = {"report": "上报截止", "document": "文件上报", "event": "观摩互促"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    """A row of the list. ``state`` is past, next (the first that is ahead) or coming."""

    iso: str
    day: str
    weekday: str
    kind: str
    kind_name: str
    title: str
    url: str
    who: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """The next day on which anything is due, and what."""

    day: str
    weekday: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A calendar to subscribe to: its file, and its webcal: link, "" where the site's address is not known."""

    name: str
    file: str
    webcal: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the page with the dates of every year."""
    for year in reversed(site.years or (site.year,)):
        yield from make_yearly(site, URL, year, site.years, partial(_make_page, site, year))


def _make_page(site: Site, year: int, url: str, years: YearLinks) -> Page:
    account = site.ledgers.get(year)
    found = dates.list_county_dates(site.corpus, account) if account else ()
    months: dict[str, list[_Date]] = {}
    following = min((o.date for o in found if o.date >= site.today), default=None)
    for occasion in found:
        name = name_month(format_month(occasion.date))
        months.setdefault(name, []).append(_date(site, year, occasion, following))
    groups = [
        [make_subscription(site, year, school) for school in schools]
        for account in ([account] if account else [])
        for schools in list_groups(site, account)
    ]
    title = "帮扶日历"
    return Page(
        url=url,
        section="bulletins",
        title=f"{year}年{title}" if account else title,
        description=f"{title}：{year}年的上报期限和观摩互促活动，可以订阅到手机日历。",
        body=site.render_template(
            "calendar.html",
            url,
            years=years,
            tail=f"{year}/" if account else "",
            title=title,
            year=year,
            months=tuple(months.items()),
            following=_following(following, found) if following else None,
            days=(following - site.today).days if following else 0,
            everybody=make_subscription(site, year),
            groups=groups,
            address=f"{site.site_url}{ALL}" if site.site_url else "",
            alarm_days="、".join(f"{days}天" for days in dates.ALARM_DAYS),
        ),
        styles=("calendar",),
    )


def _following(day: dt.date, found: tuple[Occasion, ...]) -> _Next:
    return _Next(
        day=format_chinese_day(day),
        weekday=f"周{_WEEKDAYS[day.weekday()]}",
        titles=tuple(occasion.title for occasion in found if occasion.date == day),
    )


def make_subscription(site: Site, year: int, school: str = "") -> Subscription:
    """Return the calendar of a school of a year, or everybody's."""
    file = _file(school)
    name = site.schools[year][school].name if school else "全县"
    _, _, place = site.site_url.partition("://")
    return Subscription(name=name, file=file, webcal=f"webcal://{place}{file}" if place else "")


def write_calendar_files(site: Site, folder: Path) -> None:
    """Write everybody's calendar and one a school, each of its two newest years.

    A school that takes part no more keeps its calendar: phones go on asking for it.
    """
    everybody: list[list[Occasion]] = []
    own: dict[str, list[list[Occasion]]] = {}
    for year in sorted(site.ledgers):
        account = site.ledgers[year]
        everybody.append(list(dates.list_county_dates(site.corpus, account)))
        for school, found in dates.list_school_dates(site.corpus, account).items():
            own.setdefault(school, []).append(list(found))
    (folder / URL).mkdir(parents=True, exist_ok=True)
    for school, listed in own.items():
        (folder / _file(school)).write_bytes(_ics(site, school, list(chain(*listed[-_YEARS:]))))
    (folder / ALL).write_bytes(_ics(site, "", list(chain(*everybody[-_YEARS:]))))


def _file(school: str) -> str:
    if not school:
        return ALL
    return f"{URL}{school}.ics" if school != "all" else f"{URL}school-all.ics"


def _ics(site: Site, school: str, found: list[Occasion]) -> bytes:
    from generator.site.calendars.ics import format_calendar  # late: only these files need icalendar

    programme = site.programmes.get(site.year)
    county = programme.county if programme else ""
    whose = site.corpus.name_school(school) if school else county
    file = _file(school)
    sample = "（示例）" if site.corpus.has_sample else ""
    return format_calendar(
        found,
        seed=school or "all",
        county=county,
        name=f"{whose}结对帮扶{sample}",
        description=f"{whose}结对帮扶的上报期限和“名园+”观摩互促活动{sample}。",
        timezone=programme.timezone if programme else "Asia/Shanghai",
        source=f"{site.site_url}{file}" if site.site_url else "",
        address=lambda occasion: f"{site.site_url}{_page(site, occasion, school)}" if site.site_url else "",
    )


def _page(site: Site, occasion: Occasion, school: str = "") -> str:
    """Return the site path of the page that says more."""
    year = next((y for y, programme in site.programmes.items() if occasion.month in programme.months), None)
    year = year or next((y for y in site.years if str(y) == occasion.month[:4]), site.year)
    if occasion.kind == "report" and school in site.schools.get(year, {}):
        return f"{site.make_school_url(school, year)}#m{occasion.month}"
    if occasion.kind == "document" and occasion.clauses:
        return site.make_clause_url(occasion.clauses[0], year) or URL
    if occasion.kind == "event":
        events = site.corpus.bureau[year].events
        return next((make_note_url(e) for e in events if e.file.path == occasion.record), URL)
    return URL


def _join(site: Site, year: int, schools: Iterable[str]) -> str:
    return "、".join(site.schools[year][school].short for school in schools)


def _date(site: Site, year: int, occasion: Occasion, following: dt.date | None) -> _Date:
    day, schools = occasion.date, occasion.schools
    programme = site.programmes[year]
    members = programme.list_members(occasion.month) if occasion.kind == "report" else programme.school_ids
    absent = [school for school in members if school not in schools]
    url = _page(site, occasion)
    if occasion.kind == "report" and day < site.today:
        url = f"bulletins/{occasion.month}/"  # what came of it
    who = "全部校（园）" if not absent else _join(site, year, schools)
    if absent and occasion.kind == "report":
        who = f"全部校（园），免报的{_join(site, year, absent)}除外"
    return _Date(
        iso=day.isoformat(),
        day=format_chinese_day(day),
        weekday=f"周{_WEEKDAYS[day.weekday()]}",
        kind=occasion.kind,
        kind_name=_KINDS[occasion.kind],
        title=occasion.title,
        url="" if url == URL else url,
        who=who,
        state="past" if day < site.today else "next" if day == following else "coming",
    )
