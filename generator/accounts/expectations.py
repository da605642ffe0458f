"""The expectations of measures (section 四): how much each asks of a school, how much there is, and when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.accounts.ledger import is_late
from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import Expectation, Measure, Programme, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationState:
    """A measure's expectation of one school in one period, and whether it is met.

    ``period`` is a month, a term id or the year as text; ``got`` counts as the expectation's kind says;
    ``due`` is the first day on which an unmet expectation counts as missed; ``helped`` are the schools with
    which an agreement is asked for, ``begins`` the first month that it serves.
    """

    measure: Measure
    expectation: Expectation
    school: str
    period: str
    period_name: str
    got: int
    due: dt.date
    met: bool
    helped: tuple[str, ...] = ()
    begins: str = ""

    def is_missed(self, today: dt.date) -> bool:
        """Say whether the period is over and the expectation unmet."""
        return not self.met and today >= self.due


def list_expectation_states(
    corpus: Corpus, year: int, *, today: dt.date = dt.date.max, documents_only: bool = False
) -> Iterator[ExpectationState]:
    """Yield every measure's expectation for every school and period of a year (section 四).

    A period is made of the months in which the school has to report, on the side that the expectation asks
    for; one without any is left out. What counts is what counted in its month as of ``today``, and what a school
    did in time in a month of the period for which it was excused.
    """
    programme = corpus.find_programme(year)
    if programme is None:
        return
    sides = {
        school: {m: programme.is_helper(school, m) for m in programme.list_member_months(school)}
        for school in programme.school_ids
    }
    owed = {school: programme.list_owed_months(school) for school in programme.school_ids}
    for measure in programme.measures:
        for expectation in measure.expectations:
            if documents_only and expectation.kind != "document":
                continue
            for school, months in sides.items():
                side = tuple(m for m, helps in months.items() if helps == (expectation.by == "helper"))
                asked = tuple(m for m in side if m in owed[school])
                account = _Account(corpus=corpus, programme=programme, year=year, school=school, today=today)
                if asked and expectation.kind == "document":
                    yield from _list_documents(account, measure, expectation, asked)
                elif asked:
                    yield from _list_activities(account, measure, expectation, side, asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """A school of a year's programme, as of a day."""

    corpus: Corpus
    programme: Programme
    year: int
    school: str
    today: dt.date

    def after(self, month: str) -> dt.date:
        """Return the day after a month's deadline."""
        return find_deadline(self.programme, month) + dt.timedelta(days=1)

    def find_limit(self, expectation: Expectation, term: Term, first: str) -> dt.date:
        """Return the first day on which a document is overdue; ``first`` is the first month that it serves."""
        if not expectation.within_days:
            return self.after(first)
        return self.programme.find_first_day(self.school, term) + dt.timedelta(days=expectation.within_days)

    def list_periods(
        self, every: str, months: tuple[str, ...]
    ) -> Iterator[tuple[str, str, tuple[str, ...], Term]]:
        """Yield the periods with any of the months: id, name, those months, and the (first) term."""
        terms = self.programme.terms
        by_term = [(t, found) for t in terms if (found := tuple(m for m in t.months if m in months))]
        if every == "month":
            yield from ((m, name_month(m), (m,), term) for term, found in by_term for m in found)
        elif every == "term":
            yield from ((term.id, term.name, found, term) for term, found in by_term)
        else:
            yield str(self.year), f"{self.year}年", months, by_term[0][0]


def _list_activities(
    account: _Account,
    measure: Measure,
    expectation: Expectation,
    months: tuple[str, ...],
    asked: tuple[str, ...],
) -> Iterator[ExpectationState]:
    for period, name, within, _ in account.list_periods(expectation.every, months):
        if not set(within).intersection(asked):
            continue
        found = [
            a
            for month in within
            for a in account.corpus.by_school_month.get((account.school, month), ())
            if a.data.measure == measure.id and not is_late(account.corpus, a, account.today)
        ]
        got, met = count_fulfilment(expectation, found)
        yield ExpectationState(
            measure=measure,
            expectation=expectation,
            school=account.school,
            period=period,
            period_name=name,
            got=got,
            due=account.after(within[-1]),
            met=met,
        )


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


def _list_documents(
    account: _Account, measure: Measure, expectation: Expectation, months: tuple[str, ...]
) -> Iterator[ExpectationState]:
    """Yield a document's periods; a yearly agreement is due for each helped school from its first month on."""
    for period, name, within, term in account.list_periods(expectation.every, months):
        groups: dict[str, list[str]] = {within[0]: []}
        if expectation.document == "agreement":
            groups = _group_helped(account.programme, account.school, within)
        for first, helped in groups.items():
            got, met = _count_documents(account, expectation, term, tuple(helped))
            yield ExpectationState(
                measure=measure,
                expectation=expectation,
                school=account.school,
                period=period,
                period_name=name,
                got=got,
                # A yearly document belongs to the start of the year: it is due with the first month's reports.
                due=account.find_limit(expectation, term, first),
                met=met,
                helped=tuple(helped),
                begins=first,
            )


def _group_helped(programme: Programme, helper: str, months: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the schools that a helper helps, by the first of the months in which it does."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for month in months:
        for school in programme.list_helped_by(helper, month):
            if school not in seen and programme.is_member(school, month):
                seen.add(school)
                found.setdefault(month, []).append(school)
    return found


def _count_documents(
    account: _Account, expectation: Expectation, term: Term, helped: tuple[str, ...]
) -> tuple[int, bool]:
    records, year = account.corpus.schools.get(account.school), account.year
    if records is None:
        return 0, False
    match expectation.document:
        case "plan":
            plan = records.plans.get(year)
            rows = len(plan.data.rows) if plan else 0
            return rows, rows > 0
        case "agreement":
            got = len(set(helped) & set(records.agreements.get(year, {})))
            return got, got == len(helped)
        case _:
            roster = records.rosters.get(year)
            terms = [t for t in (roster.data.terms if roster else ()) if t.term == term.id]
            limit = account.programme.find_first_day(account.school, term) + dt.timedelta(
                days=expectation.within_days or 366
            )
            return sum(len(t.pairs) for t in terms), any(t.reported < limit for t in terms)
