"""Agreements, rosters and cited clauses as pages show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.accounts import mentoring
from generator.accounts.mentoring import PairCoverage, TermCoverage
from generator.accounts.months import find_deadline, name_month
from generator.archive.privacy import mask_private_words
from generator.documents import safe_html
from generator.plumbing.chinese_days import format_chinese_date
from generator.records import NoteRecord
from generator.site.pages.site import Site
from generator.site.pages.view import PublicActivity, SchoolView


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A clause with its own words; `url` is its site path."""

    id: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """An agreement between a helper and a helped school, under their names of the day on which it was signed.

    limit: the last day on which it is in time.
    """

    anchor: str
    url: str
    title: str
    helper: SchoolView
    helped: SchoolView
    signed: str
    limit: str
    in_time: bool
    goals: tuple[str, ...]
    html: Markup
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorView:
    """A pair of teachers and what they did: on how many days, in which months, and when last.

    months: (name, number of days) of every month of the term.   last_url: of the last day's report, "" while
    it is not public.
    """

    mentor: str
    mentee: str
    school_id: str
    school: str
    short: str
    focus: str
    days: int
    months: tuple[tuple[str, int], ...]
    last: str
    last_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """The roster of one term; `status` says whether it reached the office within the days that the plan grants.

    unmarked: by helped school's name, the public activities of the roster's measure that name no pair.
    """

    term: str
    reported: str
    limit: str
    status: str
    pairs: tuple[MentorView, ...]
    unmarked: tuple[tuple[str, tuple[PublicActivity, ...]], ...]

    @property
    def schools(self) -> tuple[str, ...]:
        """The names of the helped schools, in the roster's order."""
        return tuple(dict.fromkeys(pair.school for pair in self.pairs))

    @property
    def met(self) -> int:
        """How many pairs took part in something."""
        return sum(1 for pair in self.pairs if pair.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All documents that concern a school in a year."""

    agreements: tuple[AgreementView, ...]
    rosters: tuple[RosterView, ...]


def cite_requirement(site: Site, year: int, name: str) -> Citation | None:
    """Return the clause behind a requirement of the programme, or None when the plan does not hold it."""
    clause = site.programmes[year].requirements.get(name, "")
    plan = site.corpus.bureau[year].plan
    found = plan.find_clause(clause) if plan else None
    if found is None:
        return None
    return Citation(id=clause, url=site.make_clause_url(clause, year), quote=found.quote)


def collect_documents(site: Site, year: int, school: str, *, level: int = 4) -> Documents:
    """Return a school's agreements and rosters: its own, or for a helped school those it is named in.

    level: of the headings within an agreement's text.
    """
    pairings = site.programmes[year].list_pairings_of(school)
    helpers = dict.fromkeys(pairing.helper for pairing in pairings)
    agreements: list[AgreementView] = []
    rosters: list[RosterView] = []
    for helper in (school,) if school in helpers else helpers:
        records = site.corpus.schools.get(helper)
        signed = sorted(records.agreements.get(year, {}).items()) if records else ()
        agreements += (
            _agreement(site, year, helper, note, level)
            for helped, note in signed
            if note.complete and helped in site.schools[year] and school in (helper, helped)
        )
        found = list_rosters(site, year, helper)
        rosters += found if school == helper else (_keep_school(roster, school) for roster in found)
    return Documents(agreements=tuple(agreements), rosters=tuple(r for r in rosters if r.pairs))


def _keep_school(roster: RosterView, school: str) -> RosterView:
    """Return a roster with a helped school's pairs alone."""
    pairs = tuple(pair for pair in roster.pairs if pair.school_id == school)
    names = {pair.school for pair in pairs}
    return replace(roster, pairs=pairs, unmarked=tuple(u for u in roster.unmarked if u[0] in names))


def find_agreement_limit(site: Site, year: int) -> dt.date:
    """Return the last day on which the year's agreements are in time: see the rule agreement-late."""
    programme = site.programmes[year]
    days = next(
        (e.within_days for m in programme.measures for e in m.expectations if e.document == "agreement"), None
    )
    if days:
        return programme.terms[0].starts + dt.timedelta(days=days - 1)
    return find_deadline(programme, programme.months[0])


def list_rosters(site: Site, year: int, helper: str) -> tuple[RosterView, ...]:
    """Return a helper's rosters, one a term of the programme, also of terms that have none yet."""
    records = site.corpus.schools.get(helper)
    record = records.rosters.get(year) if records else None
    if record is not None and not record.complete:
        return ()
    names = mentoring.list_known_persons(site.corpus, year)
    return tuple(
        _roster(site, year, term, names) for term in mentoring.list_term_coverage(site.corpus, year, helper)
    )


def _agreement(site: Site, year: int, helper: str, note: NoteRecord, level: int) -> AgreementView:
    data = note.data
    limit = find_agreement_limit(site, year)
    return AgreementView(
        anchor=f"agreement-{data.helped}",
        url=f"{site.make_pairing_url(helper, year)}agreement-{data.helped}/",
        limit=format_chinese_date(limit),
        in_time=data.signed <= limit,
        title=mask_private_words(data.title),
        helper=_on(site, site.schools[year][helper], data.signed),
        helped=_on(site, site.schools[year][data.helped], data.signed),
        signed=format_chinese_date(data.signed),
        goals=tuple(mask_private_words(goal) for goal in data.goals),
        html=safe_html.render_safe_html(note.markdown.body, level=level),
        source_url=site.make_source_url(note.file.path),
    )


def _on(site: Site, school: SchoolView, day: dt.date) -> SchoolView:
    """Return a school under its name of a day."""
    profile = site.corpus.find_profile_on(school.id, day)
    return replace(school, name=profile.name, short=profile.short) if profile else school


def _roster(site: Site, year: int, found: TermCoverage, names: frozenset[str]) -> RosterView:
    reported = found.roster.reported if found.roster else None
    if reported is None:
        status = "missing" if found.limit and site.today > found.limit else "open"
    else:
        status = "late" if found.limit and reported > found.limit else "met"
    return RosterView(
        term=found.term.name,
        reported=format_chinese_date(reported) if reported else "",
        limit=format_chinese_date(found.limit) if found.limit else "",
        status=status,
        pairs=tuple(_pair(site, year, found, pair, names) for pair in found.pairs),
        unmarked=tuple(
            (_view(site, year, school)[0], tuple(a for r in records if (a := site.by_key.get(r.key))))
            for school, records in found.unmarked.items()
        ),
    )


def _view(site: Site, year: int, school: str) -> tuple[str, str]:
    """Return a school's name and short name as the year's pages have them."""
    view = site.schools[year].get(school)
    return (view.name, view.short) if view else (site.corpus.name_school(school), school)


def _pair(
    site: Site, year: int, term: TermCoverage, found: PairCoverage, names: frozenset[str]
) -> MentorView:
    last = found.activities[-1] if found.activities else None
    public = site.by_key.get(last.key) if last else None
    name, short = _view(site, year, found.pair.school)
    return MentorView(
        mentor=mask_private_words(found.pair.mentor, names),
        mentee=mask_private_words(found.pair.mentee, names),
        school_id=found.pair.school,
        school=name,
        short=short,
        focus=mask_private_words(found.pair.focus),
        days=len(found.days),
        months=tuple(
            (name_month(month), sum(1 for day in found.days if f"{day:%Y-%m}" == month))
            for month in term.term.months
        ),
        last=f"{last.data.date.month}月{last.data.date.day}日" if last else "",
        last_url=public.url if public else "",
    )
