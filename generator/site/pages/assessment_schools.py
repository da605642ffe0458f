"""A school's page of a term's assessment: every point with its clause, its arithmetic and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.accounts.assessment.publication import Result
from generator.accounts.assessment.scores import (
    COUNTED,
    FALSE,
    ROUNDING,
    SIDES,
    Assessment,
    Evidence,
    Line,
    Part,
    Score,
)
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_day
from generator.site.pages import bureau_notes
from generator.site.pages.assessment_views import (
    STYLES,
    TITLE,
    URL,
    ItemView,
    describe_state,
    make_school_url,
    make_term_url,
    view_item,
)
from generator.site.pages.bulletins import make_bulletin_url
from generator.site.pages.page import Page
from generator.site.pages.site import Site

_SHOWN = 12
"""Links at most beside a month or period of a line."""


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
    item: ItemView
    points: int
    score: str
    state: str
    arithmetic: str
    parts: tuple[_Part, ...]
    false: tuple[tuple[_Link, _Link], ...]


def make_school_page(site: Site, result: Result, score: Score) -> Page:
    """Return the page of a school's score in a term."""
    found = result.assessment
    school = site.schools[found.year][score.school]
    url, title = make_school_url(found, score.school), f"{school.name}{found.title}考核"
    return Page(
        url=url,
        section="inspections",
        title=title,
        description=f"{title}：{score.total}分，每一项的条款、依据和算式。{result.note}",
        body=site.render_template(
            "assessment_school.html",
            url,
            title=f"{found.title}考核",
            index_url=URL,
            index_title=TITLE,
            term_url=make_term_url(found),
            school=school,
            school_url=site.make_school_url(school.id, found.year),
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
        item=view_item(site, found.year, line.item),
        points=line.points,
        score=str(line.score),
        state=describe_state(line),
        arithmetic=line.arithmetic,
        parts=tuple(_part(site, found, school, part) for part in line.parts),
        false=tuple((_inspection(site, found.year, e), _activity(site, e.activity)) for e in line.false),
    )


def _part(site: Site, found: Assessment, school: str, part: Part) -> _Part:
    month = f"{site.make_school_url(school, found.year)}{f'#m{part.month}' if part.month else ''}"
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
            links.append(_Link(text=f"{evidence.text}结账", url=make_bulletin_url(evidence.key)))
    state = "false" if part.zeroed else "met" if part.got >= part.of else "short" if part.got else "missing"
    return _Part(name=part.name, got=part.got, of=part.of, state=state, links=tuple(links))


def _link(site: Site, year: int, school: str, evidence: Evidence) -> _Link | None:
    """Return a link to what is public, None for inspections (shown above a line's parts) and closings (at a part's end)."""
    match evidence.kind:
        case "activity" if evidence.key in site.by_key:
            link = _activity(site, evidence.key)
            return _Link(text=f"{link.text}（{evidence.text}）", url=link.url) if evidence.text else link
        case "row":
            return _Link(
                text=f"未完成：{evidence.key}",
                url=f"{site.make_school_url(school, year)}#plan-{evidence.key}",
            )
        case "document":
            text, anchor = _paper(site, PurePosixPath(evidence.key).stem)
            return _Link(text=text, url=f"{site.make_school_url(school, year)}#{anchor}")
        case _:
            return None


def _paper(site: Site, stem: str) -> tuple[str, str]:
    """Return a document's name, and its place on the school's page, by the name of its file."""
    if stem == "plan":
        return "工作计划表", "plan-title"
    if stem == "roster":
        return "师徒结对花名册", "papers-title"
    return f"与{site.corpus.name_school(stem.removeprefix('agreement-'))}的协议", stem


def _activity(site: Site, key: str) -> _Link:
    activity = site.by_key.get(key)
    if activity is None:
        return _Link(text="一项不公开的活动")
    return _Link(text=f"{format_chinese_day(activity.date)} {activity.title}", url=activity.url)


def _inspection(site: Site, year: int, evidence: Evidence) -> _Link:
    """Return a link to the page of an inspection, by its file."""
    found = next((r for r in site.corpus.bureau[year].inspections if r.file.path == evidence.key), None)
    text = mask_private_words(evidence.text, bureau_notes.list_private_names(site, year))
    return _Link(text=text, url=bureau_notes.make_note_url(found) if found else "")
