"""The rows of the open data, from which the declared columns take their values: a site's public values, masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from generator.accounts.assessment.publication import Result
from generator.accounts.assessment.scores import Score
from generator.accounts.ledger import Cell, Status
from generator.records.models import Pairing, Term
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity, SchoolView

_Parent = TypeVar("_Parent")
_Item = TypeVar("_Item")


class Child(NamedTuple, Generic[_Parent, _Item]):
    """An item with what it belongs to, whose keys stand in its SQL row."""

    parent: _Parent
    item: _Item


class SchoolOfYear(NamedTuple):
    """A school as a year's programme has it; ``helper`` is the name of its helper."""

    year: int
    school: SchoolView
    helper: str


class PairingOfYear(NamedTuple):
    """A pairing of a year's programme; ``helped`` is the one school of an SQL row."""

    year: int
    pairing: Pairing
    helped: str = ""


class SchoolMonth(NamedTuple):
    """A school's month of a year's programme."""

    year: int
    term: Term
    school: SchoolView
    cell: Cell


class WrittenActivity(NamedTuple):
    """An activity; ``parts`` are its texts, for JSON only: they are rendered once, with its page."""

    activity: PublicActivity
    parts: tuple[Part, ...] = ()


class AssessedTerm(NamedTuple):
    """A term's assessment with the schools of its year."""

    result: Result
    schools: Mapping[str, SchoolView]

    @property
    def name(self) -> str:
        """The term's name everywhere: ``2020-autumn``."""
        return self.result.assessment.name

    @property
    def standing(self) -> str:
        """The day of publication, or that the scores are provisional."""
        return self.result.published.isoformat() if self.result.published else "暂计"


def list_schools_by_year(site: Site) -> Iterator[SchoolOfYear]:
    """Yield each year's schools, in the order of the pairings."""
    for year, schools in site.schools.items():
        for school in schools.values():
            helper = schools[school.helper].name if school.helper in schools else school.helper
            yield SchoolOfYear(year, school, helper)


def list_latest_schools(site: Site) -> Iterable[SchoolOfYear]:
    """Return each school once, as the newest year has it."""
    return {row.school.id: row for row in list_schools_by_year(site)}.values()


def list_helped_by_year(site: Site) -> Iterator[PairingOfYear]:
    """Yield every helper with every school that it helped at some time of a year, each two once."""
    for year, programme in site.programmes.items():
        found = {(p.helper, helped): p for p in reversed(programme.pairings) for helped in p.helped}
        for pairing in programme.pairings:
            for helped in pairing.helped:
                if found.get((pairing.helper, helped)) is pairing:
                    yield PairingOfYear(year, pairing, helped)


def list_school_months(site: Site) -> Iterator[SchoolMonth]:
    """Yield every month in which a school has to report, by school."""
    for year, account in site.ledgers.items():
        terms = {month: term for term in account.programme.terms for month in term.months}
        for cell in account.cells.values():
            if cell.status is not Status.OFF:
                yield SchoolMonth(year, terms[cell.month], site.schools[year][cell.school], cell)


def list_participants(site: Site) -> Iterator[Child[PublicActivity, str]]:
    """Yield the partners of each activity, each school once."""
    for activity in site.activities:
        partners = dict.fromkeys(school.id for school in activity.partners)
        yield from (Child(activity, school) for school in partners)


def list_assessed_terms(site: Site) -> Iterator[AssessedTerm]:
    """Yield the terms that are over and assessed."""
    return (AssessedTerm(result, site.schools[result.assessment.year]) for result in site.assessments)


def list_school_scores(site: Site) -> Iterator[Child[AssessedTerm, Score]]:
    """Yield each school's score of each term."""
    return (
        Child(term, score) for term in list_assessed_terms(site) for score in term.result.assessment.scores
    )
