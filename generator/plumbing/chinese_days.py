"""Write days in Chinese, with or without the year."""

from __future__ import annotations

import datetime as dt


def format_chinese_day(day: dt.date) -> str:
    """Return a day without its year: ``5月14日``."""
    return f"{day.month}月{day.day}日"


def format_chinese_date(day: dt.date) -> str:
    """Return a full date: ``2020年5月14日``."""
    return f"{day.year}年{day.month}月{day.day}日"
