"""Pages of surveys: a bar for each choice, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from generator.accounts.anonymous_counts import LEAST
from generator.archive.privacy import mask_private_words
from generator.documents import safe_html
from generator.plumbing.chinese_days import format_chinese_date
from generator.records import YamlRecord
from generator.records.models import Answer, Survey
from generator.site.pages import school_documents
from generator.site.pages.bureau_notes import (
    STYLES,
    find_school,
    list_private_names,
    list_tabs,
    make_note_url,
)
from generator.site.pages.findings import ASSESSMENT
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.view import SchoolView
from generator.site.pages.yearly import YearLinks, make_yearly

URL = "surveys/"
AUDIENCES = {"teachers": "教师", "children": "幼儿", "parents": "家长"}

# In pixels of the drawing, which grows with nothing but the width: its words keep the size of the page's.
_LINE, _BAR, _GAP, _CHARACTERS = 22, 14, 16, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """A choice in the drawing: its words in ``lines`` (text, y), the bar's ``y`` and ``width`` in per cent."""

    lines: tuple[tuple[str, int], ...]
    number_y: int
    y: int
    width: str
    count: int
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A question with its drawing. ``in_words`` is the drawing in words."""

    id: str
    text: str
    multiple: bool
    in_words: str
    height: int
    bars: tuple[_Bar, ...]
    rows: tuple[tuple[str, int, str], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """A survey in a list."""

    url: str
    title: str
    date: str
    iso: str
    school: SchoolView | None
    audience: str
    respondents: int | None
    questions: int


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the index of each year and every survey's page."""
    for year in reversed(site.years or (site.year,)):
        found = list_complete_surveys(site, year) if year in site.programmes else []
        for record in found:
            yield _page(site, year, record)
        yield from make_yearly(site, URL, year, site.years, partial(_index, site, year, found))


def _index(site: Site, year: int, found: list[YamlRecord], url: str, years: YearLinks) -> Page:
    programme = site.programmes.get(year)
    return Page(
        url=url,
        section="inspections",
        title=f"{year}年走访与问卷" if programme else "走访与问卷",
        description="走访师幼和问卷调查的汇总结果，只有人数，没有姓名。",
        body=site.render_template(
            "surveys.html",
            url,
            years=years,
            tabs=list_tabs(URL, url),
            least=LEAST,
            clause=school_documents.cite_requirement(site, year, ASSESSMENT) if programme else None,
            rows=tuple(make_row(site, year, record) for record in reversed(found)),
        ),
        styles=STYLES,
        modified=max((record.data.date for record in found), default=None),
    )


def list_complete_surveys(site: Site, year: int) -> list[YamlRecord]:
    """Return a year's surveys that can be read, in order of date."""
    found = [record for record in site.corpus.bureau[year].surveys if record.complete]
    return sorted(found, key=lambda record: (record.data.date, record.file.path))


def make_school_rows(site: Site, year: int, identity: str) -> tuple[SurveyRow, ...]:
    """Return a school's surveys of a year, the latest first."""
    return tuple(
        make_row(site, year, r)
        for r in reversed(list_complete_surveys(site, year))
        if r.data.school == identity
    )


def make_row(site: Site, year: int, record: YamlRecord) -> SurveyRow:
    """Return a survey as lists show it."""
    data: Survey = record.data
    return SurveyRow(
        url=make_note_url(record),
        title=mask_private_words(data.title, list_private_names(site, year)),
        date=format_chinese_date(data.date),
        iso=data.date.isoformat(),
        school=find_school(site, year, data.school),
        audience=AUDIENCES[data.audience],
        respondents=data.respondents,
        questions=len(data.answers),
    )


def _page(site: Site, year: int, record: YamlRecord) -> Page:
    data: Survey = record.data
    place = find_school(site, year, data.school)
    name = place.name if place else data.school
    private = list_private_names(site, year)
    title, date, audience = (
        mask_private_words(data.title, private),
        format_chinese_date(data.date),
        AUDIENCES[data.audience],
    )
    url = make_note_url(record)
    questions = tuple(_question(n, a, data.respondents, private) for n, a in enumerate(data.answers, 1))
    return Page(
        url=url,
        section="inspections",
        title=f"{title}，{name}{date}",
        description=f"{date}对{name}{audience}的问卷调查，共{len(questions)}题。",
        body=site.render_template(
            "survey.html",
            url,
            title=title,
            year=year,
            date=date,
            d=data,
            audience=audience,
            school=place,
            school_name=name,
            school_url=site.make_school_url(data.school, year) if place else "",
            note=safe_html.render_safe_html(data.note, names=private) if data.note else Markup(""),
            rate=f"{100 * data.respondents / data.sent:.0f}%" if data.sent and data.respondents else "",
            least=LEAST,
            questions=questions,
            source_url=site.make_source_url(record.file.path),
        ),
        styles=STYLES,
        modified=data.date,
    )


def _question(number: int, answer: Answer, respondents: int | None, private: tuple[str, ...]) -> _Question:
    answered = sum(answer.choices.values())
    whole_number = (respondents or max(answer.choices.values(), default=0)) if answer.multiple else answered
    most = max(answer.choices.values(), default=0)
    bars, rows, y = [], [], 0
    for choice, count in answer.choices.items():
        text = mask_private_words(choice, private)
        share = f"{100 * count / whole_number:.0f}%" if whole_number else "0%"
        lines = tuple(
            (text[at : at + _CHARACTERS], y + _LINE * (n + 1) - 6)
            for n, at in enumerate(range(0, len(text), _CHARACTERS))
        )
        y += _LINE * len(lines)
        width = f"{100 * count / (whole_number or 1):.1f}%"
        bars.append(_Bar(lines=lines, number_y=lines[-1][1], y=y, width=width, count=count, share=share))
        y += _BAR + _GAP
        rows.append((text, count, share))
    in_words = "，".join(f"{text}{count}人（{share}）" for text, count, share in rows)
    return _Question(
        id=f"q{number}",
        text=mask_private_words(answer.question, private),
        multiple=answer.multiple,
        in_words=f"{in_words}。" if most else "没有人作答。",
        height=max(y - _GAP + 2, 0),
        bars=tuple(bars),
        rows=tuple(rows),
        total=answered,
    )
