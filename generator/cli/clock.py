"""Read the clock for the commands: the moment and the day in Shanghai, wherever the machine stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def read_now() -> dt.datetime:
    """Return the moment, in the programme's time zone."""
    return dt.datetime.now(ZoneInfo("Asia/Shanghai"))


def read_today(as_of: dt.date | None = None) -> dt.date:
    """Return the day to judge by: ``as_of`` where it is given, else today."""
    return as_of or read_now().date()
