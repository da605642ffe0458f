"""Pages of pairings: who helps whom, and what they did together."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.accounts.expectations import ExpectationState, list_expectation_states
from generator.accounts.ledger import Cell, Ledger
from generator.accounts.months import name_month
from generator.records.models import Measure, Pairing, Programme
from generator.site.pages import rosters, school_documents
from generator.site.pages.matrix import make_columns, make_row
from generator.site.pages.page import Page
from generator.site.pages.pairing_map import draw_pairings
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.times import describe_stay, list_persons
from generator.site.pages.trends import Trends, make_trends
from generator.site.pages.view import PublicActivity, SchoolView
from generator.site.pages.yearly import YearLinks, make_yearly

_NUMERAL = re.compile("[一二三四五六七八九十]+")
STYLES = ("matrix", "cards", "school", "pairing")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A pairing on the overview: each helped school of the year with the number of activities together.

    members: those that are helped today, or at the end of a year that is over.   stays: when each takes part.
    """

    helper: SchoolView
    url: str
    helped: tuple[tuple[SchoolView, int], ...]
    responsible: tuple[str, ...]
    total: int
    members: frozenset[str]
    stays: Mapping[str, str]

    @property
    def present(self) -> int:
        """How many schools are helped today, or were at the year's end."""
        return len(self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Requirement:
    """An expectation of the group, summed over its schools: periods met of periods that count so far."""

    text: str
    met: int
    due: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coverage:
    """One measure: how many activities each school of the group carried out."""

    measure: str
    clause: str
    clause_url: str
    counts: tuple[int, ...]
    total: int
    requirements: tuple[_Requirement, ...]


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the overview, then every pairing's page for every year."""
    for year in reversed(site.years or (site.year,)):
        yield from make_yearly(site, "pairings/", year, site.years, partial(_overview, site, year))
    for year in reversed(site.years):
        account = site.ledgers[year]
        states = list(list_expectation_states(site.corpus, year, today=site.today))
        for pairing in account.programme.pairings:
            years = [each for each in site.years if site.programmes[each].is_helper(pairing.helper)]
            make = partial(_page, site, account, pairing, states)
            yield from make_yearly(site, f"pairings/{pairing.helper}/", year, years, make)


def count_partners(site: Site, year: int, pairing: Pairing) -> Counter[str]:
    """Count, for each helped school, the year's activities that it and its helper took part in together."""
    found: Counter[str] = Counter()
    for school in (pairing.helper, *pairing.helped):
        records = site.corpus.schools.get(school)
        for activity in records.activities if records else ():
            if not activity.complete or activity.year != year:
                continue
            if school == pairing.helper:
                found.update(set(activity.data.partners).intersection(pairing.helped))
            elif pairing.helper in activity.data.partners:
                found[school] += 1
    return found


def _overview(site: Site, year: int, url: str, years: YearLinks) -> Page:
    programme = site.programmes.get(year)
    groups = tuple(_group(site, programme, pairing) for pairing in programme.pairings) if programme else ()
    return Page(
        url=url,
        section="pairings",
        title=f"{year}年帮扶对子" if programme else "帮扶对子",
        description=f"哪所园帮扶哪几所园，{year}年一起开展了多少活动。",
        body=site.render_template(
            "pairings.html",
            url,
            years=years,
            groups=groups,
            helpers=len({g.helper.id for g in groups if g.members}),
            present=len(frozenset[str]().union(*(g.members for g in groups))),
            drawing=draw_pairings(tuple((g.helper, g.helped) for g in groups)),
            year=year,
        ),
        styles=("pairing",),
    )


def _group(site: Site, programme: Programme, pairing: Pairing) -> _Group:
    schools, counts = site.schools[programme.year], count_partners(site, programme.year, pairing)
    return _Group(
        helper=schools[pairing.helper],
        url=site.make_pairing_url(pairing.helper, programme.year),
        helped=tuple((schools[school], counts[school]) for school in pairing.helped),
        responsible=tuple(name + (f"（{when}）" if when else "") for name, when in list_persons(pairing)),
        total=len(_activities(site, programme.year, pairing)),
        members=frozenset(programme.list_helped_on(pairing, _find_day(site, programme))),
        stays={school: describe_stay(pairing, school) for school in (pairing.helper, *pairing.helped)},
    )


def _find_day(site: Site, programme: Programme) -> dt.date:
    """Return the day whose pairings a year's pages count: today, as far as it lies in the year."""
    begun = max(programme.terms[0].starts, programme.adopted or dt.date.min)
    return max(begun, min(site.today, programme.terms[-1].ends))


def _count_schools(group: _Group) -> str:
    """Say how many schools a pairing helps, and how many of the year it does not help now."""
    others = len(group.helped) - group.present
    if not group.present:
        return f"{others}所园（都不在帮扶期内）"
    return f"{group.present}所园" + (f"（另有{others}所本年只参加一段时间）" if others else "")


def _activities(site: Site, year: int, pairing: Pairing) -> tuple[PublicActivity, ...]:
    return site.of_pairing.get((year, pairing.helper), ())


def _page(
    site: Site, account: Ledger, pairing: Pairing, states: list[ExpectationState], url: str, years: YearLinks
) -> Page:
    year, programme = account.year, account.programme
    schools = tuple(site.schools[year][school] for school in (pairing.helper, *pairing.helped))
    activities = _activities(site, year, pairing)
    helper, group = schools[0], _group(site, programme, pairing)
    posts = {person.name: person.post for person in programme.leading_group}
    return Page(
        url=url,
        section="pairings",
        title=f"{helper.name}对子（{year}年）",
        description=f"{helper.name}与{group.present}所被帮扶园{year}年的帮扶协议、活动和帮扶内容覆盖情况。",
        body=site.render_template(
            "pairing.html",
            url,
            year=year,
            years=years,
            long_view=f"pairings/{helper.id}/",
            trends=_trends(site, helper.id) if url == f"pairings/{helper.id}/" else None,
            helper=helper,
            group=group,
            counted=_count_schools(group),
            links=tuple((school, site.make_school_url(school.id, year)) for school in schools),
            persons=tuple((name, posts.get(name, ""), when) for name, when in list_persons(pairing)),
            rows=tuple(make_row(site, account, school.id) for school in schools),
            columns=make_columns(account),
            documents=school_documents.collect_documents(site, year, pairing.helper),
            roster_url=rosters.make_roster_url(site, pairing.helper, year),
            months=_months(programme, activities),
            coverage=tuple(
                _coverage(site, account, measure, schools, states) for measure in programme.measures
            ),
            part=_name_part(programme.requirements.get("measures", "")),
            schools=schools,
            total=len(activities),
        ),
        styles=STYLES,
        modified=max((a.reported for a in activities), default=None),
    )


def _name_part(section: str) -> str:
    """Return how the part of the plan that holds the kinds of help is cited: 第四部分; 的 where none is known."""
    return f"第{section}部分" if _NUMERAL.fullmatch(section) else section or "的"


def _trends(site: Site, helper: str) -> Trends | None:
    def belongs(account: Ledger, cell: Cell) -> bool:
        pairings = [pairing for pairing in account.programme.pairings if pairing.helper == helper]
        return bool(pairings) and (
            cell.school == helper
            or any(
                cell.school in account.programme.list_helped_in(pairing, cell.month) for pairing in pairings
            )
        )

    return make_trends(site, belongs, lambda year: site.of_pairing.get((year, helper), ()))


def _months(
    programme: Programme, activities: tuple[PublicActivity, ...]
) -> tuple[tuple[str, str, tuple[PublicActivity, ...]], ...]:
    return tuple(
        (month, name_month(month), tuple(a for a in activities if a.month == month))
        for month in programme.months
    )


def _coverage(
    site: Site,
    account: Ledger,
    measure: Measure,
    schools: tuple[SchoolView, ...],
    states: list[ExpectationState],
) -> _Coverage:
    counts = tuple(
        sum(a.data.measure == measure.id for cell in account.find_row(school.id) for a in cell.activities)
        for school in schools
    )
    ids = {school.id for school in schools}
    grouped: dict[str, list[ExpectationState]] = {}
    for state in states:
        if state.measure.id == measure.id and state.school in ids:
            grouped.setdefault(state.expectation.text, []).append(state)
    return _Coverage(
        measure=name_measure(measure),
        clause=measure.clause,
        clause_url=site.make_clause_url(measure.clause, account.year),
        counts=counts,
        total=sum(counts),
        requirements=tuple(_requirement(account, text, group) for text, group in grouped.items()),
    )


def _requirement(account: Ledger, text: str, group: list[ExpectationState]) -> _Requirement:
    counting = [state for state in group if state.met or state.is_missed(account.today)]
    met = sum(state.met for state in group)
    status = "open" if not counting else "met" if met == len(counting) else "missing"
    return _Requirement(text=text, met=met, due=len(counting), status=status)
