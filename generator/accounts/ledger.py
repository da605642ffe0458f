"""The ledger: each school's months, expectations and planned tasks, from the archive and a day.

Counting follows 附件3 备注 (quotas), 五-3 (reports reach the bureau by the deadline day) and 五-4 (what did
not arrive by the end of the month counts as not carried out). Days are days in the programme's time zone.

Once the bureau has closed a month, only its closing decides what counts there. ``reported`` is written by the
school and was checked on submission; it is not used again.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import Expectation, Measure, Pairing, PlanRow, Programme, Term

DEEMED_UNDONE = "deemed-undone"
"""The key of the requirement whose clause treats unreported work as not carried out."""


class Status(enum.StrEnum):
    """Month status (月度完成情况) of a school."""

    MET = "met"
    SHORT = "short"
    MISSING = "missing"
    LATE = "late"
    OPEN = "open"
    OFF = "off"

    @property
    def label(self) -> str:
        """The Chinese name, as pages and messages show it."""
        return _LABELS[self][0]

    @property
    def symbol(self) -> str:
        """A sign that shows the status without colour."""
        return _LABELS[self][1]


_LABELS = {
    Status.MET: ("完成", "✓"),
    Status.SHORT: ("不足", "◐"),
    Status.MISSING: ("未上报", "✕"),
    Status.LATE: ("逾期", "◔"),
    Status.OPEN: ("未到期", "○"),
    Status.OFF: ("非帮扶月", "·"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One school's month. ``on_time`` and ``late`` are numbers of activities; ``closed`` by the bureau.

    ``deemed`` is the clause under which a closing deems that nothing was carried out, or "".
    """

    school: str
    month: str
    status: Status
    quota: int
    on_time: int
    late: int
    deadline: dt.date
    closed: bool
    activities: tuple[ActivityRecord, ...]
    deemed: str = ""

    @property
    def owed(self) -> int:
        """How many activities are still to be reported (0 when met or off)."""
        return 0 if self.status is Status.OFF else max(0, self.quota - self.on_time)

    @property
    def due(self) -> bool:
        """Say whether the month has ended unmet."""
        return self.status in (Status.SHORT, Status.MISSING, Status.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationState:
    """A measure's expectation of one school in one period, and whether it is met.

    ``period`` is a month, a term id or the year as text; ``got`` counts as the expectation's kind says;
    ``due`` is the first day on which an unmet expectation counts as missed.
    """

    measure: Measure
    expectation: Expectation
    school: str
    period: str
    period_name: str
    got: int
    due: dt.date
    met: bool

    def missed(self, today: dt.date) -> bool:
        """Say whether the period is over and the expectation unmet."""
        return not self.met and today >= self.due


class TaskState(enum.StrEnum):
    """完成情况 of a row of the plan table."""

    DONE = "已完成"
    LATE = "逾期完成"
    UNDONE = "未完成"
    OPEN = "未到期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of a school's plan table with the activities that fulfil it."""

    row: PlanRow
    state: TaskState
    activities: tuple[ActivityRecord, ...]


def name_month(month: str) -> str:
    """``2020-05`` → ``五月``."""
    return ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")[
        int(month[5:]) - 1
    ] + "月"


def find_deadline(programme: Programme, month: str) -> dt.date:
    """Return the last day on which a month's reports count (五-3; a shorter month ends on its last day)."""
    return _day_of(month, programme.deadline_day)


@functools.lru_cache(maxsize=1024)
def _day_of(month: str, day: int) -> dt.date:
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, min(day, calendar.monthrange(year, number)[1]))


def is_late(corpus: Corpus, activity: ActivityRecord, today: dt.date) -> bool:
    """Say whether an activity does not count because it came too late (五-4).

    In a month closed by ``today`` the closing decides, before that the deadline.
    """
    closed = corpus.settlement(activity.year).month(activity.month, today)
    if closed:
        line = closed.schools.get(activity.school)
        return line is None or activity.key not in line.keys
    programme = corpus.programme(activity.year)
    if programme is None or activity.month not in programme.months:
        return False
    return activity.data.reported > find_deadline(programme, activity.month)


def make_cell(corpus: Corpus, year: int, school: str, month: str, today: dt.date) -> Cell:
    """Return a school's month as of ``today``."""
    programme = corpus.programme(year)
    if programme is None or month not in programme.months:
        return _off(school, month, dt.date(int(month[:4]), int(month[5:]), 1))
    end = find_deadline(programme, month)
    activities = corpus.by_school_month.get((school, month), ())
    if closed := corpus.settlement(year).month(month, today):
        line = closed.schools.get(school)
        if line is None:  # it joined the programme later
            return _off(school, month, end)
        return Cell(
            school=school,
            month=month,
            status=Status(line.status),
            quota=line.quota,
            on_time=line.counted,
            late=sum(1 for a in activities if a.key not in line.keys),
            deadline=end,
            closed=True,
            activities=activities,
            deemed=line.deemed,
        )
    quota = programme.quota(school)
    on_time = sum(1 for a in activities if a.data.reported <= end)
    late = len(activities) - on_time
    status = Status.OPEN if today <= end and on_time < quota else conclude_month(quota, on_time, late)
    return Cell(
        school=school,
        month=month,
        status=status,
        quota=quota,
        on_time=on_time,
        late=late,
        deadline=end,
        closed=False,
        activities=activities,
    )


def list_counted(corpus: Corpus, account: Cell, today: dt.date) -> tuple[ActivityRecord, ...]:
    """Return the activities of a month that count: all but those that :func:`is_late` excludes."""
    if not account.closed:
        return tuple(a for a in account.activities if a.data.reported <= account.deadline)
    closed = corpus.settlement(int(account.month[:4])).month(account.month, today)
    line = closed.schools.get(account.school) if closed else None
    return tuple(a for a in account.activities if line and a.key in line.keys)


def conclude_month(quota: int, on_time: int, late: int) -> Status:
    """Return the status of a month that has ended: only timely reports count, late ones explain the rest."""
    if on_time >= quota:
        return Status.MET
    if on_time + late >= quota:
        return Status.LATE
    return Status.SHORT if on_time + late else Status.MISSING


def find_deeming_clause(programme: Programme, quota: int, on_time: int) -> str:
    """Return the clause that deems a school to have done nothing if it reported nothing in time (五-4), or ""."""
    return programme.requirements.get(DEEMED_UNDONE, "") if quota and not on_time else ""


def _off(school: str, month: str, end: dt.date) -> Cell:
    return Cell(
        school=school,
        month=month,
        status=Status.OFF,
        quota=0,
        on_time=0,
        late=0,
        deadline=end,
        closed=False,
        activities=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A year's account: cells by (school, month), in the order of the pairings and months."""

    year: int
    today: dt.date
    programme: Programme
    cells: dict[tuple[str, str], Cell]

    @property
    def rows(self) -> Iterator[tuple[Pairing, tuple[str, ...]]]:
        """Each pairing with its schools, the helper first."""
        for pairing in self.programme.pairings:
            yield pairing, (pairing.helper, *pairing.helped)

    def row(self, school: str) -> tuple[Cell, ...]:
        """Return a school's cells in order of month."""
        return tuple(self.cells[school, month] for month in self.programme.months)

    def month(self, month: str) -> tuple[Cell, ...]:
        """Return all schools' cells of a month, in pairing order."""
        return tuple(self.cells[school, month] for school in self.programme.school_ids)

    def missing(self) -> tuple[Cell, ...]:
        """Return the cells that are due, not met and not closed by the bureau (五-4)."""
        return tuple(c for c in self.cells.values() if c.due and not c.closed)

    def next_due(self) -> str | None:
        """Return the first month whose deadline has not passed, or ``None`` after the programme."""
        months = self.programme.months
        return next((m for m in months if find_deadline(self.programme, m) >= self.today), None)


def make_ledger(corpus: Corpus, year: int, today: dt.date) -> Ledger | None:
    """Return a year's account as of ``today``, or ``None`` when there is no programme."""
    programme = corpus.programme(year)
    if programme is None:
        return None
    cells = {
        (school, month): make_cell(corpus, year, school, month, today)
        for school in programme.school_ids
        for month in programme.months
    }
    return Ledger(year=year, today=today, programme=programme, cells=cells)


def list_expectation_states(
    corpus: Corpus, year: int, *, documents_only: bool = False
) -> Iterator[ExpectationState]:
    """Yield every measure's expectation for every school and period of a year (section 四)."""
    programme = corpus.programme(year)
    if programme is None:
        return
    for measure in programme.measures:
        for expectation in measure.expectations:
            if documents_only and expectation.kind != "document":
                continue
            for school in programme.school_ids:
                if programme.is_helper(school) == (expectation.by == "helper"):
                    yield from _states(corpus, programme, year, measure, expectation, school)


def _states(
    corpus: Corpus, programme: Programme, year: int, measure: Measure, expectation: Expectation, school: str
) -> Iterator[ExpectationState]:
    day = dt.timedelta(days=1)
    periods: list[tuple[str, str, tuple[str, ...], dt.date, Term]]
    if expectation.every == "month":
        periods = [
            (m, name_month(m), (m,), find_deadline(programme, m) + day, term)
            for term in programme.terms
            for m in term.months
        ]
    elif expectation.every == "term":
        periods = [
            (t.id, t.name, tuple(t.months), find_deadline(programme, t.months[-1]) + day, t)
            for t in programme.terms
        ]
    else:
        last = find_deadline(programme, programme.months[-1]) + day
        periods = [(str(year), f"{year}年", programme.months, last, programme.terms[0])]
    for period, name, months, after, term in periods:
        if expectation.kind == "document":
            got, met = _documents(corpus, programme, year, expectation, school, term)
            days = expectation.within_days
            # A yearly document belongs to the start of the year: it is due with the first month's reports.
            due = term.starts + dt.timedelta(days=days) if days else find_deadline(programme, months[0]) + day
        else:
            got, met = _count(corpus, measure, expectation, school, months)
            due = after
        yield ExpectationState(
            measure=measure,
            expectation=expectation,
            school=school,
            period=period,
            period_name=name,
            got=got,
            due=due,
            met=met,
        )


def _count(
    corpus: Corpus, measure: Measure, expectation: Expectation, school: str, months: tuple[str, ...]
) -> tuple[int, bool]:
    found = [
        a
        for month in months
        for a in corpus.by_school_month.get((school, month), ())
        if a.data.measure == measure.id
    ]
    return count_fulfilment(expectation, found)


def count_fulfilment(expectation: Expectation, found: Sequence[ActivityRecord]) -> tuple[int, bool]:
    """Count activities of the measure as the expectation's kind demands, and say whether it is met."""
    match expectation.kind:
        case "sent":
            got = sum(a.data.staff.sent for a in found)
        case "received":
            got = sum(a.data.staff.received for a in found)
        case "grades":
            covered = {grade for a in found for grade in a.data.grades}
            wanted = expectation.grades
            return len(covered.intersection(wanted)), covered.issuperset(wanted)
        case _:
            got = len(found)
    return got, got >= expectation.at_least


def _documents(
    corpus: Corpus, programme: Programme, year: int, expectation: Expectation, school: str, term: Term
) -> tuple[int, bool]:
    records = corpus.schools.get(school)
    if records is None:
        return 0, False
    match expectation.document:
        case "plan":
            plan = records.plans.get(year)
            rows = len(plan.data.rows) if plan else 0
            return rows, rows > 0
        case "agreement":
            pairing = programme.pairing_of(school)
            helped = set(pairing.helped) if pairing else set()
            got = len(helped & set(records.agreements.get(year, {})))
            return got, got == len(helped)
        case _:
            roster = records.rosters.get(year)
            terms = [t for t in (roster.data.terms if roster else ()) if t.term == term.id]
            limit = term.starts + dt.timedelta(days=expectation.within_days or 366)
            return sum(len(t.pairs) for t in terms), any(t.reported < limit for t in terms)


def list_tasks(corpus: Corpus, year: int, school: str, today: dt.date) -> tuple[Task, ...]:
    """Return a school's plan table with 完成情况 computed from the records (附件3)."""
    programme = corpus.programme(year)
    records = corpus.schools.get(school)
    plan = records.plans.get(year) if records else None
    if programme is None or records is None or plan is None:
        return ()
    fulfilled: dict[str, list[ActivityRecord]] = {}
    for activity in records.activities:
        if activity.complete and activity.year == year and activity.data.plan:
            fulfilled.setdefault(activity.data.plan, []).append(activity)
    found = []
    for row in plan.data.rows:
        by = tuple(sorted(fulfilled.get(row.id, ()), key=lambda a: (a.data.date, a.folder)))
        if by:
            state = TaskState.LATE if all(is_late(corpus, a, today) for a in by) else TaskState.DONE
        elif row.month in programme.months and today <= find_deadline(programme, row.month):
            state = TaskState.OPEN
        else:
            state = TaskState.UNDONE
        found.append(Task(row=row, state=state, activities=by))
    return tuple(found)
