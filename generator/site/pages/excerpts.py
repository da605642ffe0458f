"""Excerpts of pages for archive.json, the search index and the feeds; and the search index made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.documents import safe_html
from generator.documents.bulletin import Bulletin
from generator.documents.bulletin.markdown import make_markdown
from generator.rules import RULES
from generator.site.open_data.archive_json import encode_activity, encode_json, join_json_lines
from generator.site.pages.page import Excerpt, News
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity

_SEARCHED = 400
_SEARCHED_IN_ALL = 600_000
_WORDS = 160


def encode_search(site: Site, excerpts: Mapping[str, Excerpt]) -> bytes:
    """Return search.json, which search.js looks through: url, title, kind, school, month and text of every page."""
    urls = [activity.url for activity in reversed(site.activities)]
    others = sorted(excerpts.keys() - set(urls))
    found = (*map(encode_json, _static_entries(site)), *(excerpts[url].search for url in (*others, *urls)))
    return join_json_lines(found) + b"\n"


def excerpt_activity(site: Site, activity: PublicActivity, parts: tuple[Part, ...]) -> Excerpt:
    """Return an activity's excerpt: its item in archive.json, in the search index and in the feed."""
    # A phone downloads the whole index: the more activities, the fewer words of each.
    limit = max(60, min(_SEARCHED, _SEARCHED_IN_ALL // max(1, len(site.activities))))
    words = " ".join(part.words for part in parts if part.words)
    entry = _entry(
        activity.url,
        activity.title,
        activity.measure_name,
        activity.school.name,
        f"{activity.year}年{int(activity.month[5:])}月",
        words[:limit],
    )
    news = None
    if activity.key in site.latest:
        news = News(
            seed=activity.key,
            title=f"{activity.title}（{activity.school.name}）",
            url=activity.url,
            day=activity.reported,
            summary=words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…",
            category=activity.measure_name,
        )
    return Excerpt(record=encode_activity(activity, parts), search=encode_json(entry), news=news)


def excerpt_bulletin(value: Bulletin, url: str, title: str, text: str, changed: dt.date | None) -> Excerpt:
    """Return a bulletin's excerpt. Its page is at ``url``; ``text`` is its summary.

    changed: the last day on which the bulletin changed, None while it is not issued.
    """
    title = f"{title}（{value.month_name}）"
    month = f"{value.year}年{int(value.month[5:])}月"
    news = None
    if value.issued and changed:
        news = News(
            seed=f"bulletin/{value.month}",
            title=title,
            url=url,
            day=changed,
            published=value.issued,
            summary=text,
            category="工作简报",
            content=str(safe_html.render(make_markdown(value), level=2)),
        )
    return Excerpt(search=encode_json(_entry(url, title, "工作简报", month=month, text=text)), news=news)


def excerpt_page(url: str, title: str, kind: str, text: str) -> Excerpt:
    """Return a page's excerpt: its item in the search index."""
    return Excerpt(search=encode_json(_entry(url, title, kind, text=text)))


def excerpt_note(url: str, title: str, kind: str, school: str, day: dt.date, text: str) -> Excerpt:
    """Return the excerpt of a page of the bureau's records: its item in the search index."""
    entry = _entry(url, title, kind, school, f"{day.year}年{day.month}月", text[:_SEARCHED])
    return Excerpt(search=encode_json(entry))


def _entry(
    url: str, title: str, kind: str, school: str = "", month: str = "", text: str = ""
) -> dict[str, str]:
    return {"u": url, "t": title, "k": kind, "s": school, "m": month, "x": text}


def _static_entries(site: Site) -> Iterator[dict[str, str]]:
    for view in site.schools.get(site.year, {}).values():
        profile = site.corpus.profile(view.id)
        words = safe_html.read_text(profile.profile).words if profile and profile.profile else ""
        yield _entry(view.url, view.name, view.kind_name, view.name, text=words)
        if view.is_helper:
            others = [s.name for s in site.schools[site.year].values() if s.helper == view.id and s != view]
            title = f"{view.name}帮扶对子"
            yield _entry(
                site.pairing_url(view.id, site.year), title, "帮扶对子", view.name, text="、".join(others)
            )
    bureau = site.corpus.bureau.get(site.year)
    for clause in bureau.plan.leaves if bureau and bureau.plan else ():
        title = f"{clause.id} {(clause.heading or '').rstrip('。')}".strip()
        yield _entry(site.clause_url(clause.id, site.year), title, "实施方案", text=clause.text)
    yield _entry("calendar/", "帮扶日历", "日历", text="各月上报截止的日期和观摩互促活动，可以订阅到手机")
    for rule in RULES:
        yield _entry(
            f"rules/{rule.slug}/",
            rule.summary,
            "校验规则",
            text=site.words.translate(rule.documentation().checks),
        )
