"""Decide which activity happens where and when, before any text is written."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from generator.records.models import Pairing, Programme, Term
from generator.sample.dice import make_random
from generator.sample.phrasebook import read_areas

_EPIDEMIC = 2020
# Kindergartens opened again in the early summer of 2020: until then only online, then by and by on site.
_STAFF_ONLY = frozenset({"environment-guidance", "outdoor-support", "resource-support"})
_OFTEN_ONLINE = frozenset({"mentoring", "joint-research", "area-lecture", "resource-support"})
_YEAR_START = ("needs-survey", "agreement")
_HELPED_EXTRA = (
    "joint-research", "mentoring", "home-coeducation", "staff-exchange", "resource-support", "area-lecture",
    "planning-guidance", "institution-building", "outdoor-support",
)  # fmt: skip
_HELPED_GOES_OUT = frozenset({"area-observation", "staff-exchange"})
_HELPER_RECEIVES = frozenset({"area-observation", "staff-exchange"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One activity to be written. ``area`` indexes the play areas; ``shared`` says that both sides report it."""

    school: str
    helper: bool
    year: int
    month: str
    term: int
    measure: str
    serial: int
    date: dt.date
    reported: dt.date
    direction: str
    partners: tuple[str, ...]
    sent: int
    received: int
    grades: tuple[str, ...]
    area: int

    @property
    def epidemic(self) -> bool:
        """Say whether it lies in the spring that the epidemic kept closed."""
        return self.year == _EPIDEMIC and self.term == 0


def list_school_days(month: str) -> list[dt.date]:
    """Return the month's days from Monday to Friday outside the holidays of May and October."""
    first = dt.date.fromisoformat(f"{month}-01")
    days = (first + dt.timedelta(days=i) for i in range(31))
    return [
        day
        for day in days
        if day.month == first.month
        and day.weekday() < 5
        and not (day.month == 5 and day.day <= 5)
        and not (day.month == 10 and day.day <= 8)
    ]


def choose_report_day(day: dt.date, deadline: int, chance: random.Random) -> dt.date:
    """Return the day of a report: one to four days later on a weekday, never after the deadline."""
    last = min(deadline, list_school_days(day.isoformat()[:7])[-1].day)
    later = day + dt.timedelta(days=chance.randrange(1, 5))
    while later.weekday() > 4:
        later += dt.timedelta(days=1)
    return later if later.month == day.month and later.day <= last else day.replace(day=max(day.day, last))


class Calendar:
    """The plan of one year; ``total`` activities over all years, or the sample year's own number when ``None``."""

    def __init__(self, programme: Programme, *, seed: object) -> None:
        self._programme = programme
        self._seed = seed
        self._measures = tuple(m.id for m in programme.measures)
        self._monthly = {side: self._expected(side, "month") for side in ("helper", "helped")}
        termly = self._expected("helper", "term")
        rest = [
            m
            for m in self._measures
            if m not in self._monthly["helper"] and m not in termly and m not in _YEAR_START
        ]
        self._termly, self._rest = termly, tuple(rest) or self._measures
        extra = tuple(m for m in _HELPED_EXTRA if m in self._measures)
        self._helped_extra = extra or self._measures

    def _expected(self, side: str, every: str) -> tuple[str, ...]:
        kinds = ("activities", "sent", "received", "grades")
        return tuple(
            m.id
            for m in self._programme.measures
            if any(e.by == side and e.every == every and e.kind in kinds for e in m.expectations)
        )

    def list_cells(self) -> list[tuple[str, str]]:
        """Return every (month, school) of the year in order."""
        return [(month, school) for month in self._programme.months for school in self._programme.school_ids]

    def choose_measures(self, month: str, school: str) -> list[str]:
        """Return what a school does in a month of the sample year: what is expected, and some more."""
        months, order = self._programme.months, self._programme.school_ids.index(school)
        place = months.index(month)
        term = self._programme.find_term_of(month)
        first = term.months.index(month) if term else 0
        size = len(term.months) if term else 1
        if not self._programme.is_helper(school):
            extra = [
                self._helped_extra[(order * 2 + i) % len(self._helped_extra)] for i in range(2 + order % 2)
            ]
            mine = [m for i, m in enumerate(extra) if (order * 3 + i * 3 + 1) % len(months) == place]
            return self._least(school, [*self._monthly["helped"], *mine], self._helped_extra)
        due = [
            m
            for i, m in enumerate(self._termly)
            if (order + i * 2 + (0 if place < size else 1)) % size == first
        ]
        if place == 0:
            due += [m for m in _YEAR_START if m in self._measures]
        else:
            count = 1 if place % 4 else 0
            due += [self._rest[(order * 3 + place + i) % len(self._rest)] for i in range(count)]
        return self._least(school, [*self._monthly["helper"], *due], self._rest)

    def _least(self, school: str, chosen: list[str], more: tuple[str, ...]) -> list[str]:
        """Fill up to the quota where a programme expects fewer kinds than activities."""
        lacking = max(0, self._programme.find_quota(school) - len(chosen))
        return chosen + [more[i % len(more)] for i in range(lacking)]

    def draw_measures(self, month: str, school: str, count: int) -> list[str]:
        """Return ``count`` measures for a school's month, the expected ones first."""
        helper = self._programme.is_helper(school)
        base = self._monthly["helper" if helper else "helped"]
        more = self._measures if helper else self._helped_extra
        start = self._programme.school_ids.index(school) + self._programme.months.index(month) * 3
        chosen = list(base[:count])
        return chosen + [more[(start + i) % len(more)] for i in range(count - len(chosen))]

    def plan_slots(self, month: str, school: str, measures: list[str]) -> Iterator[Slot]:
        """Yield the activities of a school's month in order of date."""
        pairing = self._programme.find_pairing_of(school)
        term = self._programme.find_term_of(month)
        if pairing is None or term is None:
            return
        chance = make_random(self._seed, "slots", month, school)
        days = [
            day for day in list_school_days(month) if day.day <= min(28, self._programme.deadline_day - 1)
        ]
        days = [day for day in days if term.starts <= day <= term.ends] or days
        dated = sorted(
            zip(self._dates(days, measures, month, pairing, chance), measures, strict=True),
            key=lambda d: d[0],
        )
        serials: dict[tuple[dt.date, str], int] = {}
        for date, measure in dated:
            serial = serials[date, measure] = serials.get((date, measure), 0) + 1
            yield self._slot(pairing, term, month, school, measure, serial, date, chance)

    def _dates(
        self, days: list[dt.date], measures: list[str], month: str, pairing: Pairing, chance: random.Random
    ) -> Iterator[dt.date]:
        shared = self._shared_day(days, month, pairing)
        others = [day for day in days if day != shared]
        met = False
        order = list(range(len(measures)))
        chance.shuffle(order)
        for place, measure in zip(order, measures, strict=True):
            if self._is_shared(measure) and not met:
                met = True
                yield shared
            else:
                at = (place + chance.random()) / len(measures) * len(others)
                yield others[min(len(others) - 1, int(at))]

    def _is_shared(self, measure: str) -> bool:
        return measure in self._monthly["helped"]

    def _shared_day(self, days: list[dt.date], month: str, pairing: Pairing) -> dt.date:
        """Return the day on which a helper is open to all its helped schools."""
        chance = make_random(self._seed, "open day", month, pairing.helper)
        return days[chance.randrange(len(days) // 3, len(days))]

    def _guests(self, month: str, helped: str) -> int:
        return make_random(self._seed, "guests", month, helped).choice((1, 1, 2))

    def _slot(
        self, pairing: Pairing, term: Term, month: str, school: str, measure: str, serial: int,
        date: dt.date, chance: random.Random,
    ) -> Slot:  # fmt: skip
        helper = school == pairing.helper
        place = self._programme.terms.index(term)
        epidemic = self._programme.year == _EPIDEMIC and place == 0
        shared = self._is_shared(measure) and serial == 1
        key = (
            ("shared", month, pairing.helper, measure) if shared else ("own", month, school, measure, serial)
        )
        mode = make_random(self._seed, *key)
        online = self._online(measure, month, mode, epidemic=epidemic)
        area = mode.randrange(len(read_areas()))
        if helper:
            partners = tuple(pairing.helped) if shared or mode.random() < 0.2 or measure in ("agreement", "area-lecture") else (
                pairing.helped[(date.month + len(measure) + serial) % len(pairing.helped)],)  # fmt: skip
        else:
            partners = (pairing.helper,)
        out = (measure not in _HELPER_RECEIVES) if helper else measure in _HELPED_GOES_OUT
        if shared:
            number = (
                self._guests(month, school)
                if not helper
                else sum(self._guests(month, h) for h in pairing.helped)
            )
        else:
            number = 3 if measure == "demonstration-lesson" else chance.choice((2, 2, 2, 3))
        return Slot(
            school=school,
            helper=helper,
            year=self._programme.year,
            month=month,
            term=place,
            measure=measure,
            serial=serial,
            date=date,
            reported=choose_report_day(date, self._programme.deadline_day, chance),
            direction="online" if online else "visit" if out else "host",
            partners=partners,
            sent=number if out else 0,
            received=0 if out else number,
            grades=self._grades(measure, mode),
            area=area,
        )

    def _online(self, measure: str, month: str, mode: random.Random, *, epidemic: bool) -> bool:
        if not epidemic:
            return measure in _OFTEN_ONLINE and mode.random() < 0.3
        number = int(month[5:])
        if number < 5:
            return True
        return mode.random() < (0.4 if number > 5 else 0.5 if measure in _STAFF_ONLY else 1.0)

    def _grades(self, measure: str, mode: random.Random) -> tuple[str, ...]:
        every = ("大班", "中班", "小班")
        if measure == "demonstration-lesson":
            return every
        if measure in ("area-observation", "environment-guidance"):
            start = mode.randrange(3)
            return (
                tuple(sorted((every[start], every[(start + 1) % 3]), key=every.index))
                if mode.random() < 0.7
                else every
            )
        return ()


def spread_activities(total: int, cells: int) -> Iterator[int]:
    """Yield how many of ``total`` fall into each of ``cells``, as evenly as can be."""
    return (total * (i + 1) // cells - total * i // cells for i in range(cells))
