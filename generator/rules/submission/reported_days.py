"""Check the reporting days of a submission against the days of its pull request.

Clause 五-3 asks for reports by a day. A record's ``reported`` is written by the school, so it is compared with
the days of the pull request, once, when it is submitted; after the month's closing it decides nothing.

The days run from the opening of the request to its last change, without tolerance: one day decides between in
time and late, and whoever submits knows the date. An earlier day is back-dating, the fraud to be prevented; a
later one is impossible. A school that mends its record on request keeps the day of its first version. But a
request can be opened early and filled late, and git does not record when something was pushed: where that
would turn late into in time, the officer gets a warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules import reported_date

_USUAL_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a submission: opened on ``first``, changed for the last time on ``last``."""

    first: dt.date
    last: dt.date


def parse_days(text: str, corpus: Corpus) -> Days | None:
    """Read ``2020-05-28`` or ``2020-05-28T09:00:00Z``, or two of them with ``/`` between (ISO 8601).

    Moments are turned into days of the time zone of the programme that ran then. ``None`` when the text is neither.
    """
    try:
        then = dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
    programme = corpus.find_programme(corpus.find_running_year(then) or 0)
    try:
        zone = ZoneInfo(programme.timezone if programme else _USUAL_ZONE)
    except (KeyError, ValueError, OSError):
        zone = ZoneInfo(_USUAL_ZONE)
    parts = text.split("/")
    try:
        found = [_day(part, zone) for part in parts]
    except (ValueError, OverflowError):
        return None
    if len(found) > 2 or found[0] > found[-1]:
        return None
    return Days(first=found[0], last=found[-1])


def _day(text: str, zone: ZoneInfo) -> dt.date:
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()


def check_reported_day(
    corpus: Corpus, record: ActivityRecord, before: ActivityRecord | None, when: Days
) -> Iterator[Diagnostic]:
    """Yield a fault where a record's new reporting day is none of the submission's days, or needs a second look.

    ``before`` is the record as it was, ``None`` for a new one: a day that it had already is not checked again.
    """
    day = record.data.reported
    if before and before.knows("reported") and before.data.reported == day:
        return
    span = record.find_span("reported")
    if day < when.first:
        message = f"上报日期写的是 {day}，这份材料却是 {when.first} 才交来的"
        if _turns_in_time(corpus, record, day, when.last):
            message += "；真是那天送到教育局、后来才收进档案的，也照改，月份结账以后请教育局用 pairing amend --count 补计"
    elif day > when.last:
        message = f"上报日期写的是 {day}，提交的那天是 {when.last}"
    else:
        if day < when.last and _turns_in_time(corpus, record, day, when.last):
            message = f"写的是 {day} 上报；这个请求 {when.first} 提出，{when.last} 又改过，中间过了截止日"
            fix = f"请教育局合并以前看一眼：这份材料 {day} 是不是已经在请求里；是就不用改，不是就改成 reported: {when.last}"
            yield Diagnostic(
                rule=reported_date.RULE.slug, span=span, message=message, fix=fix, severity=Severity.WARNING
            )
        return
    yield Diagnostic(
        rule=reported_date.RULE.slug, span=span, message=message, fix=f"改成 reported: {when.last}"
    )


def _turns_in_time(corpus: Corpus, record: ActivityRecord, day: dt.date, last: dt.date) -> bool:
    programme = corpus.find_programme(record.year)
    if programme is None or record.month not in programme.months:
        return False
    return day <= find_deadline(programme, record.month) < last
