"""Read the finished pages as the search finds them: what a reader sees of each, and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.site.pages.site import Site
from generator.site.search_index.spelling import join_names, list_other_dates
from generator.site.shell import name_page_file

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_UNREAD = re.compile(r"<(nav|script|style|template|svg|form)\b.*?</\1>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|br|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^>]*>"
)
_ELEMENT = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[^\S\n]+")
_MONTH_IN_URL = re.compile(r"(?<!\d)(\d{4})[-/](\d{2})(?!\d)")
_YEAR_IN_URL = re.compile(r"/(\d{4})[-/]")
_DAY_IN_URL = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")

KINDS = {
    "schools": "校（园）",
    "pairings": "帮扶对子",
    "plan": "实施方案",
    "guides": "使用指南",
    "assessment": "学期考核",
    "bulletins": "工作简报",
    "inspections": "督导核查",
    "events": "“名园+”",
    "surveys": "问卷",
    "calendar": "日历",
    "rules": "校验规则",
    "fields": "字段说明",
    "data": "开放数据",
    "": "首页",
}
"""The kind of page by its first folder; among pages without a day, those come first that come first here."""
LEFT_OUT = ("galleries", "search", "write", "404.html")
"""Folders without a text of their own: a gallery repeats the captions of its activities."""
ACTIVITY = "帮扶活动"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page as it is found.

    title, names: what weighs more than the rest.   lines: all that the page shows, one paragraph each.
    aliases: other spellings of its dates and schools, by which it is found.
    school, measure: names, "" without one.   month: ``2020-05`` or "".   year: ``2020`` or "".   day: ISO, "" without one.
    """

    url: str
    title: str
    kind: str
    names: tuple[str, ...]
    lines: tuple[str, ...]
    aliases: tuple[str, ...]
    school: str = ""
    month: str = ""
    measure: str = ""
    year: str = ""
    day: str = ""


def read_entries(site: Site, folder: Path, urls: Iterable[str]) -> list[Entry]:
    """Return the entries of the finished pages at `urls` below `folder`: newest first, those without a day last."""
    school_names = {s.id: s.name for schools in site.schools.values() for s in schools.values()}
    found: list[Entry] = []
    for url in urls:
        if url.partition("/")[0] not in LEFT_OUT:
            found += _read(site, school_names, url, (folder / name_page_file(url)).read_text("utf-8"))
    order = {kind: place for place, kind in enumerate(KINDS.values())}
    found.sort(key=lambda entry: (order.get(entry.kind, len(order)), entry.url))
    return sorted(found, key=lambda entry: entry.day, reverse=True)


def _read(site: Site, school_names: Mapping[str, str], url: str, page: str) -> Iterator[Entry]:
    main = _MAIN.search(page)
    if main is None:  # a frame without a page
        return
    title, lines = read_page(main[1])
    if not title:
        return
    activity = (
        site.by_key.get(url.removeprefix("schools/").removesuffix("/"))
        if url.startswith("schools/")
        else None
    )
    dates = list_other_dates("\n".join(lines))
    if activity:
        schools = tuple(dict.fromkeys(s.name for s in (activity.school, *activity.partners)))
        yield Entry(
            url=url,
            title=activity.title,
            kind=ACTIVITY,
            names=(*schools, activity.lead, activity.number, activity.key),
            lines=lines,
            aliases=(*dates, *join_names(schools)),
            school=activity.school.name,
            month=activity.month,
            measure=activity.measure_name,
            year=str(activity.year),
            day=activity.date.isoformat(),
        )
        return
    section, _, rest = url.partition("/")
    school = school_names.get(rest.partition("/")[0], "") if section in {"schools", "pairings"} else ""
    month, day = _MONTH_IN_URL.search(url), _DAY_IN_URL.search(url)
    yield Entry(
        url=url,
        title=title,
        kind=KINDS.get(section, "网页"),
        names=(*([school] if school else ()), *(_list_clauses(site) if section == "plan" else ())),
        lines=lines,
        aliases=(*dates, *(join_names([school]) if school else ())),
        school=school,
        month=f"{month[1]}-{month[2]}" if month else "",
        year=year[1] if (year := _YEAR_IN_URL.search(url)) else "",
        day=day[1] if day else f"{month[1]}-{month[2]}-00" if month else "",
    )


def _list_clauses(site: Site) -> Iterator[str]:
    """Yield the numbers of the plan's clauses, so that its page comes before the pages that cite one."""
    for bureau in site.corpus.bureau.values():
        yield from (clause.id for clause in (bureau.plan.leaves if bureau.plan else ()))


def read_page(main: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the paragraphs that a finished page's main part shows; navigation is left out."""
    title = _TITLE.search(main)
    return (" ".join(_paragraphs(title[1])) if title else ""), tuple(_paragraphs(_UNREAD.sub("\n", main)))


def _paragraphs(markup: str) -> Iterator[str]:
    text = html.unescape(_ELEMENT.sub("\n", _INLINE.sub("", markup.replace("\n", " "))))
    for line in _SPACE.sub(" ", text).split("\n"):
        if line := line.strip():
            yield line
