"""Pages of inspections: what was inspected and found, the school's reply; and the draws of schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.accounts.draws import ALGORITHM
from generator.accounts.inspection_results import (
    LABELS,
    PENDING,
    find_outcome,
    list_inspected,
    list_inspections,
)
from generator.accounts.months import name_month
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.records import NoteRecord, YamlRecord
from generator.records.models import Draw, Inspection, format_month
from generator.site.pages import school_documents
from generator.site.pages.bureau_notes import (
    STYLES,
    find_school,
    list_private_names,
    list_tabs,
    make_note_url,
    view_note,
)
from generator.site.pages.findings import (
    ASSESSMENT,
    Seal,
    cite_basis,
    describe_finding,
    find_hearing,
    make_seal,
)
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.view import PublicActivity, SchoolView
from generator.site.pages.yearly import YearLinks, make_yearly

URL = "inspections/"
METHODS = {"visit": "入校检查", "interview": "走访师幼", "survey": "调查问卷"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRow:
    """An inspection in a list. ``looked`` is how many records it looked at."""

    url: str
    title: str
    date: str
    iso: str
    school: SchoolView | None
    methods: str
    looked: int
    seal: Seal
    drawn: bool
    replied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A record that was looked at; ``activity`` is None while it is not public."""

    activity: PublicActivity | None
    owner: str
    month_name: str
    day: str
    seal: Seal
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A drawn school with its drawn records; ``lot`` is what anyone can compute for it."""

    school: SchoolView | None
    group: str
    visited: tuple[InspectionRow, ...]
    records: tuple[PublicActivity, ...]
    hidden: int
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draw:
    """A draw. ``groups`` holds name, number drawn, the candidates' ids as they were hashed, and their digest."""

    id: str
    name: str
    seed: str
    source: str
    announced: str
    made: str
    month: str
    groups: tuple[tuple[str, int, tuple[str, ...], str], ...]
    excluded: tuple[SchoolView, ...]
    drawn: tuple[_Drawn, ...]
    source_url: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield every inspection's page, one leading to the next through all years, and the index of each year."""
    found = [record for year in site.years for record in list_inspections(site.corpus, year)]
    for place, record in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        yield _page(site, record, before, after)
    for year in reversed(site.years or (site.year,)):
        of_year = [record for record in found if record.year == year]
        yield from make_yearly(site, URL, year, site.years, partial(_index, site, year, of_year))


def make_school_rows(site: Site, year: int, identity: str) -> tuple[InspectionRow, ...]:
    """Return a school's inspections of a year, and those that looked at its records, the latest first."""
    return tuple(
        make_row(site, record)
        for record in reversed(list_inspections(site.corpus, year))
        if record.data.school == identity
        or any(item.activity.startswith(f"{identity}/") for item in list_inspected(record.data))
    )


def make_row(site: Site, record: NoteRecord) -> InspectionRow:
    """Return an inspection as lists show it."""
    data: Inspection = record.data
    return InspectionRow(
        url=make_note_url(record),
        title=mask_private_words(data.title, list_private_names(site, record.year)),
        date=format_chinese_day(data.date),
        iso=data.date.isoformat(),
        school=find_school(site, record.year, data.school),
        methods="、".join(METHODS[method] for method in data.methods),
        looked=len(list_inspected(data)),
        seal=make_seal(find_outcome(data)),
        drawn=data.draw is not None,
        replied=data.reply is not None,
    )


def _page(site: Site, record: NoteRecord, before: NoteRecord | None, after: NoteRecord | None) -> Page:
    data: Inspection = record.data
    note, private = view_note(site, record), list_private_names(site, record.year)
    place = find_school(site, record.year, data.school)
    name = place.name if place else data.school
    found, date = find_outcome(data), format_chinese_date(data.date)
    clause = cite_basis(site, record.year)
    stamp = make_seal(found)
    return Page(
        url=note.url,
        section="inspections",
        title=f"{note.title}，{name}{date}",
        description=f"{date}对{name}的督导核查：{stamp.word}。",
        body=site.render_template(
            "inspection.html",
            note.url,
            n=note,
            year=record.year,
            d=data,
            date=date,
            school=place,
            school_name=name,
            school_url=site.make_school_url(data.school, record.year) if place else "",
            seal=stamp,
            sentence=describe_finding(data, found, clause),
            clause=clause,
            hearing=find_hearing(site, record),
            facts=tuple(_facts(data, private)),
            draw_url=f"{URL}{record.year}/#draw-{data.draw}" if data.draw else "",
            draw_name=_draw_name(data.draw) if data.draw else "",
            items=tuple(_items(site, record)),
            before=make_row(site, before) if before else None,
            after=make_row(site, after) if after else None,
        ),
        styles=note.styles,
        scripts=note.scripts,
        modified=max(d for d in (data.date, data.decided, data.reply and data.reply.date) if d),
    )


def _facts(data: Inspection, private: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "时间", format_chinese_date(data.date)
    if data.place:
        yield "地点", mask_private_words(data.place, private)
    if data.methods:
        yield "方式", "、".join(METHODS[method] for method in data.methods)
    if data.inspectors:
        yield "核查人", "、".join(mask_private_words(post, private) for post in data.inspectors)
    if data.told:
        yield "告知学校", format_chinese_date(data.told)
    if data.reply:
        yield "学校说明", format_chinese_date(data.reply.date)
    if data.decided:
        yield "定论", format_chinese_date(data.decided)


def _items(site: Site, record: NoteRecord) -> Iterator[_Item]:
    private = list_private_names(site, record.year)
    for item in list_inspected(record.data):
        activity = site.by_key.get(item.activity)
        written = site.corpus.by_key.get(item.activity)
        if written is None:
            continue
        yield _Item(
            activity=activity,
            owner=site.corpus.name_school(written.school),
            month_name=name_month(written.month),
            day=format_chinese_day(activity.date) if activity else "",
            seal=make_seal(item.finding),
            remark=mask_private_words(item.remark or "", private),
        )


def _index(site: Site, year: int, found: list[NoteRecord], url: str, years: YearLinks) -> Page:
    months: dict[tuple[str, str], list[InspectionRow]] = {}
    for record in reversed(found):
        month = format_month(record.data.date)
        months.setdefault((month, f"{month[:4]}年{name_month(month)}"), []).append(make_row(site, record))
    words = Counter(
        LABELS[item.finding] if item.finding else PENDING
        for record in found
        for item in list_inspected(record.data)
    )
    order = (*LABELS.values(), PENDING)
    programme = site.programmes.get(year)
    return Page(
        url=url,
        section="inspections",
        title=f"{year}年督导核查" if programme else "督导核查",
        description=site.words_of(year).translate_text(
            "基教股随机入校核查的记录：抽中哪些园，看了哪些材料，结论怎样，学校怎样说明。"
        ),
        body=site.render_template(
            "inspections.html",
            url,
            years=years,
            tabs=list_tabs(URL, url),
            clause=school_documents.cite_requirement(site, year, ASSESSMENT) if programme else None,
            office=programme.office if programme else "",
            reply_days=programme.reply_days if programme else 0,
            months=tuple((key, name, rows) for (key, name), rows in months.items()),
            total=len(found),
            counts=tuple((word, words[word]) for word in order if words[word]),
            draws=tuple(_draws(site, year, found)) if programme else (),
            algorithm=ALGORITHM,
            example=site.words_of(year).translate_text("leimeng/2020/05/14-area-observation"),
        ),
        styles=STYLES,
        modified=max((record.data.date for record in found), default=None),
    )


def _draws(site: Site, year: int, found: list[NoteRecord]) -> Iterator[_Draw]:
    for name, record in sorted(site.corpus.bureau[year].draws.items(), reverse=True):
        if record.complete and record.data.algorithm == ALGORITHM:
            visits = [n for n in found if n.data.draw == name]
            yield _draw(site, year, name, record, visits)


def _draw(site: Site, year: int, name: str, record: YamlRecord, visits: list[NoteRecord]) -> _Draw:
    data: Draw = record.data
    private = list_private_names(site, year)
    groups = {s: group.name for group in data.groups for s in group.drawn}
    drawn = []
    for each in data.schools:
        public = tuple(a for key in each.drawn if (a := site.by_key.get(key)))
        drawn.append(
            _Drawn(
                school=find_school(site, year, each.school),
                group=groups.get(each.school, "") if len(data.groups) > 1 else "",
                visited=tuple(make_row(site, n) for n in visits if n.data.school == each.school),
                records=public,
                hidden=len(each.drawn) - len(public),
                candidates=len(each.candidates),
            )
        )
    return _Draw(
        id=name,
        name=_draw_name(name),
        seed=mask_private_words(data.seed, private),
        source=mask_private_words(data.source, private),
        announced=format_chinese_date(data.announced),
        made=format_chinese_date(data.made),
        month=data.month,
        groups=tuple(
            (mask_private_words(g.name, private), g.count, tuple(g.candidates), g.digest) for g in data.groups
        ),
        excluded=tuple(s for each in data.excluded if (s := find_school(site, year, each))),
        drawn=tuple(drawn),
        source_url=site.make_source_url(record.file.path),
    )


def _draw_name(name: str) -> str:
    """``2020-05-2`` → ``2020年五月第2次``."""
    year, month, *more = name.split("-")
    return f"{year}年{name_month(f'{year}-{month}')}" + (f"第{more[0]}次" if more else "")
