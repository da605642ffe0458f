"""Pages of schools: what a school did, month by month, and what it still owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.accounts.expectations import ExpectationState, list_expectation_states
from generator.accounts.ledger import Cell, Ledger, Status, format_fraction
from generator.accounts.months import name_month
from generator.accounts.plan_tasks import TaskState, list_tasks
from generator.archive.privacy import mask_private_words
from generator.documents import safe_html
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.records.models import Programme
from generator.site.pages import calendar, events, inspections, plan_files, rosters, school_documents, surveys
from generator.site.pages.matrix import make_columns, make_row
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.times import (
    describe_month,
    describe_moved,
    describe_stay,
    list_former_names,
    list_former_persons,
    list_groups,
)
from generator.site.pages.trends import Trends, make_trends
from generator.site.pages.view import PublicActivity
from generator.site.pages.year_progress import Debt, describe_debt, describe_standing
from generator.site.pages.yearly import YearLinks, make_yearly

STYLES = ("matrix", "cards", "school")
VISITED = ("seals", "visits")
TEASER = 8

_TASK_CLASS = {
    TaskState.DONE: "met",
    TaskState.LATE: "late",
    TaskState.UNDONE: "missing",
    TaskState.OPEN: "open",
    TaskState.EXCUSED: "excused",
    TaskState.OFF: "off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """One month on a school's page. `hidden` counts activities that are kept from the public."""

    month: str
    name: str
    cell: Cell
    fraction: str
    deadline_text: str
    note: str
    activities: tuple[PublicActivity, ...]
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A row of the plan table as it is shown (附件3)."""

    id: str
    month_name: str
    day: str
    task: str
    lead: str
    state: str
    state_class: str
    activities: tuple[PublicActivity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """One period of an expectation: met, missed or still open."""

    name: str
    status: str
    got: int
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expectation:
    """What a measure expects of this school, period by period."""

    measure: str
    clause: str
    clause_url: str
    text: str
    periods: tuple[_Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visited:
    """What the bureau saw of a school itself."""

    inspections: tuple[inspections.InspectionRow, ...]
    surveys: tuple[surveys.SurveyRow, ...]
    events: tuple[events.EventRow, ...]


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the index of schools, then every school's page for every year in which it takes part."""
    for year in reversed(site.years or (site.year,)):
        yield from make_yearly(site, "schools/", year, site.years, partial(_index, site, year))
    for year in reversed(site.years):
        states: dict[str, list[ExpectationState]] = {}
        for state in list_expectation_states(site.corpus, year, today=site.today):
            states.setdefault(state.school, []).append(state)
        for school in site.schools[year]:
            years = [each for each in site.years if school in site.schools[each]]
            make = partial(_page, site, year, school, states.get(school, []))
            yield from make_yearly(site, f"schools/{school}/", year, years, make)


def _index(site: Site, year: int, url: str, years: YearLinks) -> Page:
    account = site.ledgers.get(year)
    groups = [
        [(make_row(site, account, school), _owing(account, school)) for school in schools]
        for account in ([account] if account else [])
        for schools in list_groups(site, account)
    ]
    return Page(
        url=url,
        section="schools",
        title=f"{year}年校园档案" if account else "校园档案",
        description="各校（园）的帮扶档案：每月完成情况、活动、计划和文件。",
        body=site.render_template(
            "schools.html",
            url,
            years=years,
            groups=groups,
            columns=make_columns(account) if account else (),
            count=sum(len(group) for group in groups),
            year=year,
        ),
        styles=STYLES,
    )


def _trends(site: Site, school: str) -> Trends | None:
    return make_trends(
        site,
        lambda account, cell: cell.school == school,
        lambda year: site.of_school.get((year, school), ()),
    )


def _owing(account: Ledger, school: str) -> str:
    missed = sum(cell.due and not cell.closed for cell in account.find_row(school))
    if missed:
        return f"{missed}个月到期未完成"
    met = sum(cell.status is Status.MET for cell in account.find_row(school))
    return f"{met}个月已完成"


def _page(
    site: Site, year: int, school: str, states: list[ExpectationState], url: str, years: YearLinks
) -> Page:
    account = site.ledgers[year]
    view = site.schools[year][school]
    profile = site.corpus.find_profile(school)
    cells = account.find_row(school)
    owed = [describe_debt(site, account, cell) for cell in cells if cell.due and not cell.closed]
    state = describe_standing(site, account)
    now = next((d for d in state.open if d.school.id == school), None)
    activities = site.of_school.get((year, school), ())
    pictured = [(a, a.photos[0]) for a in reversed(activities) if a.photos]
    visited = _visited(site, year, school)
    return Page(
        url=url,
        section="schools",
        title=f"{view.name}（{year}年）",
        description=f"{view.name}{year}年结对帮扶档案：每月活动、工作计划完成情况和文件。",
        body=site.render_template(
            "school.html",
            url,
            year=year,
            years=years,
            long_view=f"schools/{school}/",
            trends=_trends(site, school) if url == f"schools/{school}/" else None,
            school=view,
            helper=site.schools[year][view.helper],
            pairing_url=site.make_pairing_url(view.helper, year),
            helpers=_list_helpers(site, account.programme, school),
            former=list_former_names(profile, site.today),
            facts=_facts(site, year, school),
            profile=safe_html.render_safe_html(profile.profile) if profile and profile.profile else "",
            state=state,
            owed=owed,
            lost=[describe_debt(site, account, cell) for cell in cells if cell.due and cell.closed],
            now=now,
            next_met=next((c for c in cells if c.month == state.month and c.status is Status.MET), None),
            undone=school_documents.cite_requirement(site, year, "deemed-undone"),
            plan_table=school_documents.cite_requirement(site, year, "plan-table"),
            met=sum(cell.status is Status.MET for cell in cells),
            row=make_row(site, account, school),
            columns=make_columns(account),
            months=tuple(_month(site, cell, now) for cell in cells),
            counting=sum(cell.counts for cell in cells),
            moved=describe_moved(account.programme, state.month),
            tasks=tuple(_tasks(site, year, school, account.today)),
            plan_files=plan_files.list_links(site, year, school),
            expectations=tuple(_expectations(site, year, states, account.today)),
            documents=school_documents.collect_documents(site, year, school),
            roster_url=rosters.make_roster_url(site, view.helper, year),
            visited=visited,
            pictured=pictured[:TEASER],
            quota=account.programme.find_quota(school),
            office=account.programme.office,
            activity_count=len(activities),
            assessed=tuple(_assessed(site, year, school)),
            subscription=calendar.make_subscription(site, year, school) if year == site.year else None,
        ),
        styles=(*STYLES, *VISITED) if visited else STYLES,
        modified=max((a.reported for a in activities), default=None),
    )


def _assessed(site: Site, year: int, school: str) -> Iterator[tuple[str, str, str]]:
    """Yield (term, total, site path) of each term in which the school was assessed; not published: 暂计."""
    for result in site.assessments:
        found = result.assessment
        if found.year == year and (score := found.find_score(school)):
            total = str(score.total) if result.published else f"暂计{score.total}"
            yield found.term.name, total, f"assessment/{found.name}/{school}/"


def _visited(site: Site, year: int, school: str) -> _Visited | None:
    found = _Visited(
        inspections=inspections.make_school_rows(site, year, school),
        surveys=surveys.make_school_rows(site, year, school),
        events=events.make_school_rows(site, year, school),
    )
    return found if found.inspections or found.surveys or found.events else None


def _list_helpers(site: Site, programme: Programme, school: str) -> tuple[tuple[str, str, str], ...]:
    """Return (helper's name, site path of its pairing, when) of every pairing in which a school is helped."""
    found = (p for p in programme.list_pairings_of(school) if p.helper != school)
    return tuple(
        (
            site.schools[programme.year][pairing.helper].name,
            site.make_pairing_url(pairing.helper, programme.year),
            describe_stay(pairing, school),
        )
        for pairing in found
    )


def _facts(site: Site, year: int, school: str) -> tuple[tuple[str, str], ...]:
    profile = site.corpus.find_profile_on(school, min(site.today, site.programmes[year].terms[-1].ends))
    if profile is None:
        return ()
    persons = list_former_persons(site.corpus.find_profile(school), site.today)
    found = (
        ("责任人", profile.responsible),
        ("前任", "；".join(persons)),
        ("档案管理", profile.archivist),
        ("所在乡镇", profile.township),
    )
    return tuple((name, mask_private_words(value)) for name, value in found if value)


def _month(site: Site, cell: Cell, now: Debt | None) -> _Month:
    shown = tuple(a for record in cell.activities if (a := site.by_key.get(record.key)))
    day = format_chinese_day(cell.deadline)
    notes = {
        Status.OPEN: f"还差{cell.owed}项，{day}前上报。"
        if cell.activities
        else f"应完成{cell.quota}项，{day}前上报。",
        Status.SHORT: f"应完成{cell.quota}项，期限前只报了{cell.on_time}项。",
        Status.LATE: f"数量够了，但有{cell.late}项在{day}之后才报，不计入当月。",
        Status.MISSING: f"应完成{cell.quota}项，期限{day}前没有上报，视为当月没有开展。",
    }
    return _Month(
        month=cell.month,
        name=name_month(cell.month),
        cell=cell,
        fraction=format_fraction(cell),
        deadline_text=day,
        note=notes.get(cell.status, "")
        + describe_month(site.programmes[int(cell.month[:4])], cell)
        + _closed(site, cell),
        activities=shown,
        hidden=len(cell.activities) - len(shown),
    )


def _closed(site: Site, cell: Cell) -> str:
    """Return the note on a closed month that was not met, "" for any other."""
    closed = site.corpus.find_settlement(int(cell.month[:4])).find_month(cell.month, site.today)
    if closed is None or not cell.due:
        return ""
    return f"{format_chinese_date(closed.closed)}已结账，以后补报的只作存档，不再计入。"


def _tasks(site: Site, year: int, school: str, today: dt.date) -> Iterator[_Task]:
    for task in list_tasks(site.corpus, year, school, today):
        yield _Task(
            id=task.row.id,
            month_name=name_month(task.row.month),
            day=format_chinese_day(task.row.date) if task.row.date else "未定",
            task=mask_private_words(task.row.task),
            lead=mask_private_words(task.row.lead or ""),
            state=task.state.value,
            state_class=_TASK_CLASS[task.state],
            activities=tuple(a for r in task.activities if (a := site.by_key.get(r.key))),
        )


def _expectations(
    site: Site, year: int, states: list[ExpectationState], today: dt.date
) -> Iterator[_Expectation]:
    grouped: dict[tuple[str, str], list[ExpectationState]] = {}
    for state in states:
        grouped.setdefault((state.measure.id, state.expectation.text), []).append(state)
    for group in grouped.values():
        first = group[0]
        yield _Expectation(
            measure=name_measure(first.measure),
            clause=first.measure.clause,
            clause_url=site.make_clause_url(first.measure.clause, year),
            text=first.expectation.text,
            periods=tuple(
                _Period(
                    name=state.period_name,
                    status="met" if state.met else "missing" if state.is_missed(today) else "open",
                    got=state.got,
                    wanted=len(state.expectation.grades) or state.expectation.at_least,
                )
                for state in group
            ),
        )
