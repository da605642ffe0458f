"""The expectations of measures (section 四): how much each asks of a school, how much there is, and when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import Expectation, Measure, Programme, Term


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
