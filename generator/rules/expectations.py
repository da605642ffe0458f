"""Unmet expectations of measures as diagnostics; the rules of month, term and document share it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.ledger import ExpectationState, expectation_states
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic
from generator.rules.rule import problem
from generator.rules.subjects import account_span

_UNITS = {"activities": "次", "sent": "人", "received": "人", "grades": "个年级"}


def missed(corpus: Corpus, today: dt.date) -> Iterator[tuple[int, ExpectationState]]:
    """Yield (year, expectation) for all that are over and unmet."""
    for year in corpus.years:
        for state in expectation_states(corpus, year):
            if state.missed(today):
                yield year, state


def unmet(slug: str, corpus: Corpus, year: int, state: ExpectationState, fix: str) -> Diagnostic:
    """Say what a measure asked for and how much of it there is."""
    expectation = state.expectation
    wanted = len(expectation.grades) if expectation.kind == "grades" else expectation.at_least
    unit = _UNITS.get(expectation.kind, "份")
    month = state.period if expectation.every == "month" else ""
    return problem(
        slug,
        account_span(corpus, year, state.school, month),
        f"{corpus.name(state.school)} {_period(year, state)}“{state.measure.name}”未达到要求："
        f"应有 {wanted} {unit}，实有 {state.got} {unit}",
        f"{expectation.text}；{fix}",
        clause=state.measure.clause,
    )


def _period(year: int, state: ExpectationState) -> str:
    match state.expectation.every:
        case "month":
            return f"{state.period} "
        case "term":
            return f"{year} 年{state.period_name}"
        case _:
            return f"{year} 年"
