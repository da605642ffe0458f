"""Pages of a pairing's rosters, with what each pair of teachers did, and of its agreements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.accounts import mentoring
from generator.archive.privacy import mask_private_words
from generator.site.pages import school_documents
from generator.site.pages.page import Page
from generator.site.pages.school_documents import AgreementView
from generator.site.pages.site import Site
from generator.site.pages.view import PublicActivity
from generator.site.pages.yearly import YearLinks, make_yearly

STYLES = ("school", "papers")


def make_pages(site: Site) -> Iterator[Page]:
    """Yield every helper's roster page and agreements of every year."""
    for year in reversed(site.years):
        for pairing in site.programmes[year].pairings:
            helper, folder = pairing.helper, f"pairings/{pairing.helper}/"
            years = [each for each in site.years if site.programmes[each].is_helper(helper)]
            with_roster = [each for each in years if _has_roster(site, each, helper)]
            if year in with_roster:
                make = partial(_rosters, site, year, helper)
                yield from make_yearly(site, folder, year, with_roster, make, tail="roster/")
            for agreement in school_documents.collect_documents(site, year, helper, level=3).agreements:
                signed = [each for each in years if _is_signed(site, each, helper, agreement.helped.id)]
                show = partial(_agreement, site, year, helper, agreement)
                yield from make_yearly(site, folder, year, signed, show, tail=f"{agreement.anchor}/")


def _has_roster(site: Site, year: int, helper: str) -> bool:
    asked = "roster" in site.programmes[year].requirements
    return asked or any(roster.pairs for roster in school_documents.list_rosters(site, year, helper))


def _is_signed(site: Site, year: int, helper: str, helped: str) -> bool:
    note = site.corpus.schools[helper].agreements.get(year, {}).get(helped)
    return note is not None and note.complete and helped in site.schools[year]


def make_roster_url(site: Site, helper: str, year: int) -> str:
    """Return the site path of a helper's roster page."""
    return f"{site.make_pairing_url(helper, year)}roster/"


def list_pairs(site: Site, activity: PublicActivity) -> tuple[tuple[str, str], ...]:
    """Return the posts of the pairs of teachers (mentor, mentee) that took part in an activity."""
    data, year = activity.record.data, activity.year
    term = mentoring.find_term(site.programmes[year], data.date)
    roster = mentoring.find_roster(site.corpus, year, activity.helper, term.id) if term else None
    names = mentoring.list_known_persons(site.corpus, year)
    return tuple(
        (mask_private_words(pair.mentor, names), mask_private_words(pair.mentee, names))
        for pair in (roster.pairs if roster else ())
        if pair.id in data.pairs
    )


def _rosters(site: Site, year: int, helper: str, url: str, years: YearLinks) -> Page:
    name = site.schools[year][helper].name
    rosters = school_documents.list_rosters(site, year, helper)
    return Page(
        url=url,
        section="pairings",
        title=f"{name}师徒结对花名册（{year}年）",
        description=f"{name}{year}年各学期的师徒结对花名册，每对师徒参加结对学习的次数和日期。",
        body=site.render_template(
            "roster.html",
            url,
            years=years,
            year=year,
            helper=site.schools[year][helper],
            pairing_url=site.make_pairing_url(helper, year),
            rosters=rosters,
            total=sum(len(roster.pairs) for roster in rosters),
            met=sum(roster.met for roster in rosters),
            clause=school_documents.cite_requirement(site, year, "roster"),
            office=site.programmes[year].office,
        ),
        styles=STYLES,
    )


def _agreement(
    site: Site, year: int, helper: str, agreement: AgreementView, url: str, years: YearLinks
) -> Page:
    return Page(
        url=url,
        section="pairings",
        title=f"{agreement.title}（{year}年）",
        description=f"{agreement.helper.name}与{agreement.helped.name}{year}年的帮扶协议和年度目标。",
        body=site.render_template(
            "agreement.html",
            url,
            years=years,
            year=year,
            helper=site.schools[year][helper],
            helper_url=site.make_school_url(helper, year),
            helped_url=site.make_school_url(agreement.helped.id, year),
            pairing_url=site.make_pairing_url(helper, year),
            agreement=agreement,
            clauses=tuple(
                clause
                for name in ("agreement", "term-start")
                if (clause := school_documents.cite_requirement(site, year, name))
            ),
        ),
        styles=STYLES,
    )
