"""Excerpts of pages for archive.json and the feeds."""

from __future__ import annotations

import datetime as dt

from generator.documents import safe_html
from generator.documents.bulletin import Bulletin
from generator.documents.bulletin.markdown import make_markdown
from generator.site.open_data.archive_json import encode_activity
from generator.site.pages.page import Excerpt, News
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity

_WORDS = 160


def excerpt_activity(site: Site, activity: PublicActivity, parts: tuple[Part, ...]) -> Excerpt:
    """Return an activity's excerpt: its item in archive.json, and in the feed."""
    words = " ".join(part.words for part in parts if part.words)
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
    return Excerpt(record=encode_activity(activity, parts), news=news)


def excerpt_bulletin(value: Bulletin, url: str, title: str, text: str, changed: dt.date | None) -> Excerpt:
    """Return a bulletin's excerpt. Its page is at ``url``; ``text`` is its summary.

    changed: the last day on which the bulletin changed, None while it is not issued.
    """
    title = f"{title}（{value.month_name}）"
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
            content=str(safe_html.render_safe_html(make_markdown(value), level=2)),
        )
    return Excerpt(news=news)
