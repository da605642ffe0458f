"""Assess all schools in a term, from the archive, a day and the items (五-4: 分学期进行考核)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.accounts.assessment.counting import Inspected, SchoolTerm, count_item
from generator.accounts.assessment.scores import (
    Assessment,
    Evidence,
    Score,
    Side,
    find_points,
    format_term_name,
)
from generator.accounts.expectations import ExpectationState, list_expectation_states
from generator.accounts.inspection_results import find_latest_finding, list_findings
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.records.models import AssessmentItem, Programme, Term


def find_term(corpus: Corpus, name: str) -> tuple[int, Term] | None:
    """Return the year and the term that ``2020-autumn`` names, or ``None``."""
    for year, programme in _programmes(corpus):
        for term in programme.terms:
            if format_term_name(year, term) == name:
                return year, term
    return None


def list_term_names(corpus: Corpus) -> tuple[str, ...]:
    """Return the names of all terms, oldest first."""
    return tuple(
        format_term_name(year, t) for year, programme in _programmes(corpus) for t in programme.terms
    )


def _programmes(corpus: Corpus) -> list[tuple[int, Programme]]:
    return [(year, found) for year in corpus.years if (found := corpus.find_programme(year))]


def assess_schools(
    corpus: Corpus,
    year: int,
    term_id: str,
    today: dt.date,
    weights: Sequence[AssessmentItem] | None = None,
) -> Assessment | None:
    """Return the scores of all schools that have to report in a term, as of ``today``.

    ``weights`` are the items to assess by, else the programme's. ``None`` without a programme, such a term or
    any item.
    """
    programme = corpus.find_programme(year)
    if programme is None:
        return None
    items = tuple(programme.assessment if weights is None else weights)
    term = next((t for t in programme.terms if t.id == term_id), None)
    if term is None or not items:
        return None
    inspected = _false_reports(corpus, year)
    states: dict[str, list[ExpectationState]] = {}
    for state in list_expectation_states(corpus, year, today=today, documents_only=True):
        states.setdefault(state.school, []).append(state)
    closings = corpus.bureau[year].closings
    scores = []
    for school in programme.school_ids:
        months = [month for month in programme.list_owed_months(school) if month in term.months]
        if not months:
            continue
        side: Side = "helper" if programme.is_helper(school, months[-1]) else "helped"
        done = SchoolTerm(
            corpus=corpus,
            programme=programme,
            year=year,
            term=term,
            school=school,
            side=side,
            today=today,
            inspected=inspected,
            states=tuple(states.get(school, ())),
        )
        lines = tuple(count_item(item, points, done) for item in items if (points := find_points(item, side)))
        scores.append(Score(school=school, side=side, lines=lines))
    return Assessment(
        year=year,
        term=term,
        today=today,
        over=today > find_deadline(programme, term.months[-1]),
        open=tuple(month for month in term.months if month not in closings and programme.list_members(month)),
        items=items,
        scores=tuple(scores),
    )


def _false_reports(corpus: Corpus, year: int) -> Inspected:
    """Return the activities that inspections found not to have taken place, with those inspections."""
    return {
        key: (
            Evidence(
                kind="inspection",
                key=found[-1].inspection.file.path,
                text=found[-1].inspection.data.title,
                activity=key,
            ),
        )
        for key, found in list_findings(corpus, year).items()
        if find_latest_finding(found) == "false"
    }
