"""The programme's dates: what is due when and for whom, and (in `ics`) the same as iCalendar."""

from __future__ import annotations

from generator.site.calendars.dates import ALARM_DAYS, Occasion, county_dates, school_dates

__all__ = ["ALARM_DAYS", "Occasion", "county_dates", "school_dates"]
