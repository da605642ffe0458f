"""Pages of the assessment: the index of the terms with the method, a table for each term, and its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.accounts.assessment.publication import Result
from generator.accounts.assessment.scores import (
    COUNTED,
    FALSE,
    FULL,
    ROUNDING,
    SIDES,
    Assessment,
    Score,
    Side,
    find_points,
)
from generator.accounts.months import find_deadline
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date
from generator.records.models import AssessmentItem
from generator.site.pages import bureau_notes
from generator.site.pages.assessment_schools import make_school_page
from generator.site.pages.assessment_views import (
    STYLES,
    TITLE,
    URL,
    describe_state,
    make_school_url,
    make_term_url,
    make_workbook_url,
    view_item,
)
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.view import SchoolView
from generator.site.pages.yearly import YearLinks, make_yearly

INDEX_STYLES = ("visits", "assessment")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A school's row in a term's table. ``cells`` are (score, state) in the order of the items."""

    school: SchoolView
    url: str
    total: str
    cells: tuple[tuple[str, str], ...]
    false: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """One side of the pairings in a term's table."""

    name: str
    full: int
    items: tuple[tuple[str, int], ...]
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term in the index; ``url`` is "" while it is not over."""

    title: str
    url: str
    note: str
    published: bool


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the index, then every term that is over with its schools' pages."""
    for year in reversed(site.years or (site.year,)):
        yield from make_yearly(site, URL, year, site.years, partial(_index, site, year))
    for result in site.assessments:
        yield _term(site, result)
        for score in result.assessment.scores:
            yield make_school_page(site, result, score)


def write_workbooks(site: Site, folder: Path) -> None:
    """Write each term's workbook."""
    from generator.documents.assessment_workbook import (
        make_assessment_workbook,  # late: most of a build needs no spreadsheet
    )

    for result in site.assessments:
        found = result.assessment
        note = result.note if result.published else f"暂计：{result.note}"
        data = make_assessment_workbook(site.corpus, found, note=note, shown=site.by_key.__contains__)
        target = folder / make_workbook_url(found)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _index(site: Site, year: int, url: str, years: YearLinks) -> Page:
    programme = site.programmes.get(year)
    items = programme.assessment if programme else []
    citation = programme.requirements.get("assessment", "") if programme else ""
    return Page(
        url=url,
        section="inspections",
        title=f"{year}年{TITLE}" if programme else TITLE,
        description=f"{year}年{TITLE}：各学期各校（园）的得分，每一分的条款、依据和算式。",
        body=site.render_template(
            "assessments.html",
            url,
            years=years,
            title=TITLE,
            tabs=bureau_notes.list_tabs(URL, url),
            terms=tuple(_terms(site, year)) if programme else (),
            items=tuple(view_item(site, year, item) for item in items),
            sides=tuple((name, sum(find_points(i, side) for i in items)) for side, name in SIDES.items()),
            full=FULL,
            rounding=ROUNDING,
            counted=COUNTED,
            false_rule=FALSE,
            citation=citation,
            citation_url=site.make_clause_url(citation, year) if citation else "",
            data_url="data/",
        ),
        styles=INDEX_STYLES,
    )


def _terms(site: Site, year: int) -> Iterator[Term]:
    shown = {r.assessment.name: r for r in site.assessments if r.assessment.year == year}
    programme = site.programmes[year]
    if not programme.assessment and not shown:
        return
    for term in reversed(programme.terms):
        title = f"{year}年{term.name}"
        result = shown.get(f"{year}-{term.id}")
        if result:
            url = make_term_url(result.assessment)
            yield Term(title=title, url=url, note=result.note, published=bool(result.published))
        else:
            last = format_chinese_date(find_deadline(programme, term.months[-1]))
            yield Term(title=title, url="", note=f"学期还没有结束，{last}以后列出。", published=False)


def _term(site: Site, result: Result) -> Page:
    found = result.assessment
    url, title = make_term_url(found), f"{found.title}考核"
    groups = tuple(_group(site, found, side) for side in SIDES if found.list_scores(side))
    words = f"{title}：{len(found.scores)}所校（园）。{result.note}"
    return Page(
        url=url,
        section="inspections",
        title=title,
        description=words,
        body=site.render_template(
            "assessment.html",
            url,
            title=title,
            index_url=URL,
            index_title=TITLE,
            result=result,
            revisions=tuple(
                (
                    format_chinese_date(r.date),
                    mask_private_words(r.reason),
                    tuple(map(mask_private_words, r.changes)),
                )
                for r in result.revisions
            ),
            groups=groups,
            workbook=make_workbook_url(found),
        ),
        styles=STYLES,
        modified=result.published,
    )


def _group(site: Site, found: Assessment, side: Side) -> _Group:
    items, scores = found.list_items_of(side), found.list_scores(side)
    return _Group(
        name=SIDES[side],
        full=sum(find_points(item, side) for item in items),
        items=tuple((mask_private_words(item.name), find_points(item, side)) for item in items),
        rows=tuple(_row(site, found, score, items) for score in scores),
    )


def _row(site: Site, found: Assessment, score: Score, items: tuple[AssessmentItem, ...]) -> _Row:
    lines = {line.item.id: line for line in score.lines}
    cells = (
        (str(line.score), describe_state(line)) if (line := lines.get(i.id)) else ("", "off") for i in items
    )
    return _Row(
        school=site.schools[found.year][score.school],
        url=make_school_url(found, score.school),
        total=str(score.total),
        cells=tuple(cells),
        false=bool(score.false),
    )
