"""Mentoring: the rosters of teacher pairs, and the activities in which each pair took part (四-（三）-2).

An activity names its pairs by their ids in the roster of its term. One without pairs whose measure belongs to
the roster shows that the two schools met, but not which teachers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import MentorPair, Programme, RosterTerm, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCoverage:
    """A pair with its activities in order of date; reports of both sides on one day count as one meeting."""

    pair: MentorPair
    activities: tuple[ActivityRecord, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which the pair met, in order."""
        return tuple(sorted({activity.data.date for activity in self.activities}))

    @property
    def months(self) -> frozenset[str]:
        """The months in which the pair met."""
        return frozenset(activity.month for activity in self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCoverage:
    """A helper's roster of one term. ``roster`` is None while there is none.

    limit: the last day on which the roster is in time, None where the plan sets none.
    unmarked: activities of the roster's measure that name no pair, by helped school.
    """

    term: Term
    roster: RosterTerm | None
    limit: dt.date | None
    pairs: tuple[PairCoverage, ...]
    unmarked: dict[str, tuple[ActivityRecord, ...]]


def list_mentoring_measures(programme: Programme) -> frozenset[str]:
    """Return the ids of the measures that rosters serve."""
    return frozenset(
        measure.id
        for measure in programme.measures
        if any(expectation.document == "roster" for expectation in measure.expectations)
        or measure.clause == programme.requirements.get("roster")
    )


def find_roster_deadline(programme: Programme, term: Term, helper: str) -> dt.date | None:
    """Return the last day on which a helper's roster of a term is in time, None where the plan sets none."""
    days = next(
        (e.within_days for m in programme.measures for e in m.expectations if e.document == "roster"), None
    )
    return programme.find_first_day(helper, term) + dt.timedelta(days=days - 1) if days else None


def find_term(programme: Programme, day: dt.date) -> Term | None:
    """Return the term of a day: the one that includes it, else the one whose months do."""
    month = f"{day:%Y-%m}"
    return next(
        (t for t in programme.terms if t.starts <= day <= t.ends),
        programme.find_term_of(month),
    )


def find_roster(corpus: Corpus, year: int, helper: str, term: str) -> RosterTerm | None:
    """Return a helper's roster of a term, or None."""
    records = corpus.schools.get(helper)
    roster = records.rosters.get(year) if records else None
    return next((t for t in roster.data.terms if t.term == term), None) if roster else None


def list_known_persons(corpus: Corpus, year: int) -> frozenset[str]:
    """Return the persons named in a year's programme, who may not be named in a roster (it names posts)."""
    programme = corpus.find_programme(year)
    if programme is None:
        return frozenset()
    return frozenset(
        (
            *(person.name for person in programme.leading_group),
            *(name for pairing in programme.pairings for name in pairing.responsible),
        )
    )


def list_term_coverage(corpus: Corpus, year: int, helper: str) -> tuple[TermCoverage, ...]:
    """Return a helper's terms with the activities of each pair of teachers."""
    programme = corpus.find_programme(year)
    if programme is None or not programme.list_pairings_of(helper):
        return ()
    measures = list_mentoring_measures(programme)
    helped = programme.list_helped_by(helper)
    times = [
        (school, stay.span)
        for school in helped
        for stay in programme.list_stays(school)
        if stay.pairing.helper == helper
    ]
    by_term: dict[str, list[tuple[ActivityRecord, frozenset[str]]]] = {}
    for school in (helper, *helped):
        records = corpus.schools.get(school)
        for activity in records.activities if records else ():
            if not activity.complete or activity.year != year:
                continue
            if not activity.data.pairs and activity.data.measure not in measures:
                continue
            there = {each for each, span in times if span.holds(activity.data.date)}
            met = there.intersection((school, *activity.data.partners))
            if met and (term := find_term(programme, activity.data.date)):
                by_term.setdefault(term.id, []).append((activity, frozenset(met)))
    return tuple(
        _term(corpus, programme, year, helper, term, by_term.get(term.id, [])) for term in programme.terms
    )


def _term(
    corpus: Corpus,
    programme: Programme,
    year: int,
    helper: str,
    term: Term,
    found: list[tuple[ActivityRecord, frozenset[str]]],
) -> TermCoverage:
    found.sort(key=lambda pair: (pair[0].data.date, pair[0].key))
    roster = find_roster(corpus, year, helper, term.id)
    marked: dict[str, list[ActivityRecord]] = {}
    unmarked: dict[str, list[ActivityRecord]] = {}
    for activity, schools in found:
        for name in activity.data.pairs:
            marked.setdefault(name, []).append(activity)
        for school in () if activity.data.pairs else schools:
            unmarked.setdefault(school, []).append(activity)
    return TermCoverage(
        term=term,
        roster=roster,
        limit=find_roster_deadline(programme, term, helper),
        pairs=tuple(
            PairCoverage(pair=pair, activities=tuple(marked.get(pair.id or "", ())))
            for pair in (roster.pairs if roster else ())
        ),
        unmarked={school: tuple(activities) for school, activities in sorted(unmarked.items())},
    )
