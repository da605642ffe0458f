"""Agreements, rosters and cited clauses as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.pages import body
from generator.pages.site import Site
from generator.pages.view import SchoolView, chinese_date
from generator.privacy import mask
from generator.records import NoteRecord
from generator.records.models import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A clause with its own words; `url` is its site path."""

    id: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement between a helper and a helped school."""

    anchor: str
    title: str
    helped: SchoolView
    signed: str
    goals: tuple[str, ...]
    html: Markup
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorView:
    """A pair of teachers."""

    mentor: str
    mentee: str
    school: str
    focus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """The roster of one term; `in_time` when it reached the office within the days that the plan grants."""

    term: str
    reported: str
    pairs: tuple[MentorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All documents that concern a school in a year."""

    agreements: tuple[AgreementView, ...]
    rosters: tuple[RosterView, ...]


def requirement(site: Site, year: int, name: str) -> Citation | None:
    """Return the clause behind a requirement of the programme, or None when the plan does not hold it."""
    clause = site.programmes[year].requirements.get(name, "")
    plan = site.corpus.bureau[year].plan
    found = plan.clause(clause) if plan else None
    if found is None:
        return None
    return Citation(id=clause, url=site.clause_url(clause, year), quote=found.quote)


def of_school(site: Site, year: int, school: str) -> Documents:
    """Return a school's agreements and rosters: its own, or for a helped school those it is named in."""
    helper = site.schools[year][school].helper
    records = site.corpus.schools.get(helper)
    if records is None:
        return Documents(agreements=(), rosters=())
    agreements = tuple(
        _agreement(site, year, note)
        for helped, note in sorted(records.agreements.get(year, {}).items())
        if note.complete and helped in site.schools[year] and school in (helper, helped)
    )
    roster = records.rosters.get(year)
    found = _rosters(site, year, roster.data) if roster and roster.complete else ()
    if school != helper:
        name = site.schools[year][school].name
        found = tuple(
            RosterView(term=r.term, reported=r.reported, pairs=tuple(p for p in r.pairs if p.school == name))
            for r in found
        )
    return Documents(agreements=agreements, rosters=tuple(r for r in found if r.pairs))


def _agreement(site: Site, year: int, note: NoteRecord) -> AgreementView:
    data = note.data
    return AgreementView(
        anchor=f"agreement-{data.helped}",
        title=mask(data.title),
        helped=site.schools[year][data.helped],
        signed=chinese_date(data.signed),
        goals=tuple(mask(goal) for goal in data.goals),
        html=body.render((note.markdown.body,), level=4)[0],
        source_url=site.source_url(note.file.path),
    )


def _rosters(site: Site, year: int, roster: Roster) -> tuple[RosterView, ...]:
    names = {term.id: term.name for term in site.programmes[year].terms}
    return tuple(
        RosterView(
            term=names.get(term.term, term.term),
            reported=chinese_date(term.reported),
            pairs=tuple(
                MentorView(
                    mentor=mask(pair.mentor),
                    mentee=mask(pair.mentee),
                    school=site.corpus.name(pair.school),
                    focus=mask(pair.focus),
                )
                for pair in term.pairs
            ),
        )
        for term in roster.terms
    )
