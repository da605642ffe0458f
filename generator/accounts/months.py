"""Months of a programme: their Chinese names and the days by which reports count."""

from __future__ import annotations

import calendar
import datetime as dt
import functools

from generator.records.models import Programme


def name_month(month: str) -> str:
    """``2020-05`` → ``五月``."""
    return ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")[
        int(month[5:]) - 1
    ] + "月"


def find_deadline(programme: Programme, month: str) -> dt.date:
    """Return the last day on which a month's reports count (五-3): its own, or the deadline day.

    A month shorter than that ends on its last day.
    """
    moved = programme.deadlines.get(month)
    return moved.date if moved else find_rule_deadline(programme, month)


def find_rule_deadline(programme: Programme, month: str) -> dt.date:
    """Return the day by which a month's reports would be due if the month had no deadline of its own."""
    return _day_of(month, programme.deadline_day)


@functools.lru_cache(maxsize=1024)
def _day_of(month: str, day: int) -> dt.date:
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, min(day, calendar.monthrange(year, number)[1]))
