"""What several rules share: the records they look at, schools by name, unmet expectations of measures."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator

from generator.accounts.expectations import ExpectationState, list_expectation_states
from generator.archive import Corpus
from generator.archive.privacy import MOST_IN_A_LINE, Secret
from generator.records import ActivityRecord, NoteRecord, YamlRecord
from generator.records.diagnostics import Diagnostic, SourceFile, Span
from generator.records.models import Programme
from generator.records.sealed_files import is_sealed
from generator.rules.rule import make_problem

Record = ActivityRecord | YamlRecord
_UNITS = {"activities": "次", "sent": "人", "received": "人", "grades": "个年级"}


def find_programme(corpus: Corpus, path: str, today: dt.date) -> Programme | None:
    """Return the programme of the year of a file below ``records/``, else of the running year."""
    parts = path.split("/")
    year = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0
    return corpus.find_programme(year) or corpus.find_programme(corpus.find_running_year(today) or 0)


def list_written(corpus: Corpus) -> Iterator[Record]:
    """Yield every record that a person wrote, the schools' and the bureau's, except programmes.

    What a command wrote (closings, amendments, filings, draws, published assessments) consists of digests,
    numbers and paths, and nobody may edit it.
    """
    for school in corpus.schools.values():
        if school.profile:
            yield school.profile
    for bureau in corpus.bureau.values():
        if bureau.accounts:
            yield bureau.accounts
    for record in corpus.sampled_records:
        if not is_sealed(record.file.path):
            yield record


def list_bodies(corpus: Corpus) -> Iterator[ActivityRecord | NoteRecord]:
    """Yield every record that has a Markdown body."""
    for record in corpus.sampled_records:
        if isinstance(record, ActivityRecord | NoteRecord):
            yield record


def locate_secrets(
    file: SourceFile, line: int, secrets: Iterable[Secret]
) -> Iterator[tuple[Span, Secret, int]]:
    """Yield where each of a line's secrets stands; the last to be reported counts the rest, the others say 0."""
    secrets = tuple(secrets)
    for place, secret in enumerate(secrets[: MOST_IN_A_LINE + 1]):
        more = len(secrets) - MOST_IN_A_LINE if place == MOST_IN_A_LINE else 0
        yield file.make_span(line, secret.start + 1, secret.end + 1), secret, more


def find_nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` that ``word`` was most likely meant to be, or ``None``."""
    found = difflib.get_close_matches(word, list(words), 1, 0.6)
    return found[0] if found else None


def list_schools(corpus: Corpus, schools: Iterable[str]) -> str:
    """List schools as ``diyi（第一幼儿园）、…``."""
    return "、".join(f"{s}（{corpus.name_school(s)}）" for s in schools)


def locate_account(corpus: Corpus, year: int, school: str, month: str = "") -> Span:
    """Return where to report what a school owes: its plan table (at the month's first row), else its profile."""
    records = corpus.schools.get(school)
    plan = records.plans.get(year) if records else None
    if plan is not None:
        for index, row in enumerate(plan.data.rows):
            if row.month == month:
                return plan.find_span("rows", index)
        return plan.find_span("rows", key=True)
    if records is not None and records.profile is not None:
        return records.profile.find_span("name")
    return SourceFile(path=f"records/{school}/school.yml").make_span()


def find_missed(corpus: Corpus, today: dt.date) -> Iterator[tuple[int, ExpectationState]]:
    """Yield (year, expectation) for each expectation that is over and unmet."""
    for year in corpus.years:
        for state in list_expectation_states(corpus, year, today=today):
            if state.is_missed(today):
                yield year, state


def report_unmet(slug: str, corpus: Corpus, year: int, state: ExpectationState, fix: str) -> Diagnostic:
    """Report how much a measure asked for and how much there is."""
    expectation = state.expectation
    wanted = len(expectation.grades) if expectation.kind == "grades" else expectation.at_least
    unit = _UNITS.get(expectation.kind, "份")
    month = state.period if expectation.every == "month" else ""
    return make_problem(
        slug,
        locate_account(corpus, year, state.school, month),
        f"{corpus.name_school(state.school)} {_period(year, state)}“{state.measure.name}”未达到要求："
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
