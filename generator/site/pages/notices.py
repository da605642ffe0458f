"""Notices of the feed: months with another deadline, and months that nobody need report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.months import find_rule_deadline, name_month
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.records.models import Excuse, MovedDeadline, Programme
from generator.site.pages.calendar import URL
from generator.site.pages.page import News
from generator.site.pages.site import Site


def list_notices(site: Site) -> Iterator[News]:
    """Yield a notice for each month that is not as the rule says, dated on the day when that was decided.

    One without such a day is told when its month begins.
    """
    for year, programme in site.programmes.items():
        for month, moved in programme.deadlines.items():
            if month in programme.months:
                yield from _known(site, _tell_deadline(programme, year, month, moved))
        for month, excuse in programme.cancelled.items():
            if month in programme.months:
                yield from _known(site, _tell_cancelled(year, month, excuse))


def _known(site: Site, news: News) -> Iterator[News]:
    if news.day <= site.today:
        yield news


def _tell_deadline(programme: Programme, year: int, month: str, moved: MovedDeadline) -> News:
    name, usual = name_month(month), find_rule_deadline(programme, month)
    return News(
        seed=f"deadline/{month}",
        title=f"{name}材料截止日改为{format_chinese_day(moved.date)}",
        url=f"{URL}{year}/",
        day=moved.decided or dt.date.fromisoformat(f"{month}-01"),
        summary=(
            f"{name}帮扶材料的上报截止日由{format_chinese_date(usual)}改为{format_chinese_date(moved.date)}："
            f"{mask_private_words(moved.reason).rstrip('。')}。"
        ),
        category="上报截止",
    )


def _tell_cancelled(year: int, month: str, excuse: Excuse) -> News:
    name, day = name_month(month), format_chinese_date(excuse.decided)
    return News(
        seed=f"cancelled/{month}",
        title=f"{name}各校（园）免报",
        url=f"{URL}{year}/",
        day=excuse.decided,
        summary=f"{name}各校（园）免报：{mask_private_words(excuse.reason).rstrip('。')}（{mask_private_words(excuse.decided_by)}{day}决定）。",
        category="免报",
    )
