"""The term's assessment on the site: the terms and the method, a table for each term, a page for each school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.accounts.assessment.publication import Result
from generator.accounts.assessment.scores import (
    COUNTED,
    FALSE,
    FULL,
    METHODS,
    ROUNDING,
    SIDES,
    Assessment,
    Evidence,
    Line,
    Part,
    Score,
    Side,
    points_of,
)
from generator.accounts.ledger import deadline
from generator.archive.privacy import mask
from generator.records.models import AssessmentItem
from generator.site.pages import bureau_notes
from generator.site.pages.bulletins import bulletin_url
from generator.site.pages.excerpts import excerpt_page
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.view import SchoolView, chinese_date, chinese_day

URL = "assessment/"
TITLE = "学期考核"
STYLES = ("assessment",)
INDEX_STYLES = ("visits", "assessment")
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An item as a table's head and the method name it."""

    name: str
    clause: str
    clause_url: str
    method: str
    helper: int
    helped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A piece of evidence: a link, or words without one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A month or period of a line."""

    name: str
    got: int
    of: int
    state: str
    links: tuple[_Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line on a school's page; ``state`` is met, short, missing (nothing) or false."""

    anchor: str
    item: _Item
    points: int
    score: str
    state: str
    arithmetic: str
    parts: tuple[_Part, ...]
    false: tuple[tuple[_Link, _Link], ...]


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


def pages(site: Site) -> Iterator[Page]:
    """Yield the index, then every term that is over with its schools' pages."""
    yield _index(site)
    for result in site.assessments:
        yield _term(site, result)
        for score in result.assessment.scores:
            yield _school(site, result, score)


def write_workbooks(site: Site, folder: Path) -> None:
    """Write each term's workbook."""
    from generator.documents.assessment_workbook import (
        make_assessment_workbook,  # late: most of a build needs no spreadsheet
    )

    for result in site.assessments:
        found = result.assessment
        note = result.note if result.published else f"暂计：{result.note}"
        data = make_assessment_workbook(site.corpus, found, note=note, shown=site.by_key.__contains__)
        target = folder / workbook_url(found)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def term_url(found: Assessment) -> str:
    """Return the site path of a term's page."""
    return f"{URL}{found.name}/"


def school_url(found: Assessment, school: str) -> str:
    """Return the site path of a school's page of a term."""
    return f"{URL}{found.name}/{school}/"


def workbook_url(found: Assessment) -> str:
    """Return the site path of a term's workbook."""
    return f"{URL}{found.name}/{found.name}.xlsx"


def _index(site: Site) -> Page:
    programme = site.programmes.get(site.year)
    items = programme.assessment if programme else []
    citation = programme.requirements.get("assessment", "") if programme else ""
    return Page(
        url=URL,
        section="inspections",
        title=TITLE,
        description=f"{TITLE}：各学期各校（园）的得分，每一分的条款、依据和算式。",
        body=site.render(
            "assessments.html",
            URL,
            title=TITLE,
            tabs=bureau_notes.list_tabs(URL),
            terms=tuple(_terms(site)),
            items=tuple(_item(site, site.year, item) for item in items),
            sides=tuple((name, sum(points_of(i, side) for i in items)) for side, name in SIDES.items()),
            full=FULL,
            rounding=ROUNDING,
            counted=COUNTED,
            false_rule=FALSE,
            citation=citation,
            citation_url=site.clause_url(citation, site.year) if citation else "",
            data_url="data/",
        ),
        styles=INDEX_STYLES,
    )


def _terms(site: Site) -> Iterator[Term]:
    shown = {result.assessment.name: result for result in site.assessments}
    for year in reversed(site.years):
        programme = site.programmes[year]
        if not programme.assessment and not any(r.assessment.year == year for r in shown.values()):
            continue
        for term in reversed(programme.terms):
            title = f"{year}年{term.name}"
            result = shown.get(f"{year}-{term.id}")
            if result:
                url = term_url(result.assessment)
                yield Term(title=title, url=url, note=result.note, published=bool(result.published))
            else:
                last = chinese_date(deadline(programme, term.months[-1]))
                yield Term(title=title, url="", note=f"学期还没有结束，{last}以后列出。", published=False)


def _item(site: Site, year: int, item: AssessmentItem) -> _Item:
    return _Item(
        name=mask(item.name),
        clause=item.clause,
        clause_url=site.clause_url(item.clause, year),
        method=METHODS[item.kind],
        helper=item.helper,
        helped=item.helped,
    )


def _term(site: Site, result: Result) -> Page:
    found = result.assessment
    url, title = term_url(found), f"{found.title}考核"
    groups = tuple(_group(site, found, side) for side in SIDES if found.side(side))
    words = f"{title}：{len(found.scores)}所校（园）。{result.note}"
    return Page(
        url=url,
        section="inspections",
        title=title,
        description=words,
        body=site.render(
            "assessment.html",
            url,
            title=title,
            index_url=URL,
            index_title=TITLE,
            result=result,
            revisions=tuple(
                (chinese_date(r.date), mask(r.reason), tuple(map(mask, r.changes))) for r in result.revisions
            ),
            groups=groups,
            workbook=workbook_url(found),
        ),
        styles=STYLES,
        modified=result.published,
        excerpt=excerpt_page(url, title, TITLE, words),
    )


def _group(site: Site, found: Assessment, side: Side) -> _Group:
    items, scores = found.items_of(side), found.side(side)
    return _Group(
        name=SIDES[side],
        full=sum(points_of(item, side) for item in items),
        items=tuple((mask(item.name), points_of(item, side)) for item in items),
        rows=tuple(_row(site, found, score, items) for score in scores),
    )


def _row(site: Site, found: Assessment, score: Score, items: tuple[AssessmentItem, ...]) -> _Row:
    lines = {line.item.id: line for line in score.lines}
    cells = ((str(line.score), _state(line)) if (line := lines.get(i.id)) else ("", "off") for i in items)
    return _Row(
        school=site.schools[found.year][score.school],
        url=school_url(found, score.school),
        total=str(score.total),
        cells=tuple(cells),
        false=bool(score.false),
    )


def _state(line: Line) -> str:
    if line.zeroed:
        return "false"
    if line.score == line.points:
        return "met"
    return "short" if line.score else "missing"


def _school(site: Site, result: Result, score: Score) -> Page:
    found = result.assessment
    school = site.schools[found.year][score.school]
    url, title = school_url(found, score.school), f"{school.name}{found.title}考核"
    return Page(
        url=url,
        section="inspections",
        title=title,
        description=f"{title}：{score.total}分，每一项的条款、依据和算式。{result.note}",
        body=site.render(
            "assessment_school.html",
            url,
            title=f"{found.title}考核",
            index_url=URL,
            index_title=TITLE,
            term_url=term_url(found),
            school=school,
            school_url=site.school_url(school.id, found.year),
            side=SIDES[score.side],
            result=result,
            total=str(score.total),
            full=score.full,
            lines=tuple(_line(site, found, score.school, line) for line in score.lines),
            zeroed=bool(score.false),
            rounding=ROUNDING,
            counted=COUNTED,
            false_rule=FALSE,
        ),
        styles=STYLES,
        modified=result.published,
    )


def _line(site: Site, found: Assessment, school: str, line: Line) -> _Line:
    return _Line(
        anchor=line.item.id,
        item=_item(site, found.year, line.item),
        points=line.points,
        score=str(line.score),
        state=_state(line),
        arithmetic=line.arithmetic,
        parts=tuple(_part(site, found, school, part) for part in line.parts),
        false=tuple((_inspection(site, found.year, e), _activity(site, e.activity)) for e in line.false),
    )


def _part(site: Site, found: Assessment, school: str, part: Part) -> _Part:
    month = f"{site.school_url(school, found.year)}{f'#m{part.month}' if part.month else ''}"
    hidden = sum(e.kind == "activity" and e.key not in site.by_key for e in part.evidence)
    own = [link for e in part.evidence if (link := _link(site, found.year, school, e))]
    more = len(own) - _SHOWN
    links = [_Link(text="查实虚报，记零")] if part.zeroed else []
    links += own[:_SHOWN]
    if more > 0:
        links.append(_Link(text=f"另有{more}项", url=month))
    elif not own and part.month:
        links.append(_Link(text="看这个月", url=month))
    if hidden:
        links.append(_Link(text=f"另有{hidden}项不公开"))
    for evidence in part.evidence:
        if evidence.kind == "closing":
            links.append(_Link(text=f"{evidence.text}结账", url=bulletin_url(evidence.key)))
    state = "false" if part.zeroed else "met" if part.got >= part.of else "short" if part.got else "missing"
    return _Part(name=part.name, got=part.got, of=part.of, state=state, links=tuple(links))


def _link(site: Site, year: int, school: str, evidence: Evidence) -> _Link | None:
    """Return a link to what may be seen; inspections stand above a line's parts, closings at a part's end."""
    match evidence.kind:
        case "activity" if evidence.key in site.by_key:
            link = _activity(site, evidence.key)
            return _Link(text=f"{link.text}（{evidence.text}）", url=link.url) if evidence.text else link
        case "row":
            return _Link(
                text=f"未完成：{evidence.key}", url=f"{site.school_url(school, year)}#plan-{evidence.key}"
            )
        case "document":
            text, anchor = _paper(site, PurePosixPath(evidence.key).stem)
            return _Link(text=text, url=f"{site.school_url(school, year)}#{anchor}")
        case _:
            return None


def _paper(site: Site, stem: str) -> tuple[str, str]:
    """Return a document's name, and its place on the school's page, by the name of its file."""
    if stem == "plan":
        return "工作计划表", "plan-title"
    if stem == "roster":
        return "师徒结对花名册", "papers-title"
    return f"与{site.corpus.name(stem.removeprefix('agreement-'))}的协议", stem


def _activity(site: Site, key: str) -> _Link:
    activity = site.by_key.get(key)
    if activity is None:
        return _Link(text="一项不公开的活动")
    return _Link(text=f"{chinese_day(activity.date)} {activity.title}", url=activity.url)


def _inspection(site: Site, year: int, evidence: Evidence) -> _Link:
    """Return a link to the page of an inspection, by its file."""
    found = next((r for r in site.corpus.bureau[year].inspections if r.file.path == evidence.key), None)
    text = mask(evidence.text, bureau_notes.list_private_names(site, year))
    return _Link(text=text, url=bureau_notes.note_url(found) if found else "")
