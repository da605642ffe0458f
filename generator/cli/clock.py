"""The clock of the commands: the moment and the day in Shanghai, wherever the machine stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """Return the moment, in the programme's time zone."""
    return dt.datetime.now(ZoneInfo("Asia/Shanghai"))


def today(as_of: dt.date | None = None) -> dt.date:
    """Return the day to judge by: ``as_of`` where it is given, else today."""
    return as_of or now().date()
