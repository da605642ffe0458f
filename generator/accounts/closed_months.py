"""Compare a closed month with what the programme says of it now: who takes part, who is excused, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.accounts.ledger import Status
from generator.accounts.months import find_rule_deadline
from generator.archive import Corpus
from generator.records.closings import ClosedLine, ClosedMonth
from generator.records.models import ALWAYS, Programme, Span, span_month


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDifference:
    """What the programme says otherwise than a closing: of one school, or of the deadline (``school`` is "")."""

    kind: Literal["joined", "left", "excused", "owing", "deadline"]
    school: str
    words: str


def list_month_differences(
    corpus: Corpus, programme: Programme, closed: ClosedMonth
) -> Iterator[MonthDifference]:
    """Yield what was changed of a month since it was closed, or amended last.

    Only what the programme says of single months and times: its quotas and pairings as a whole have a digest.
    """
    month = closed.month
    if month not in programme.months:
        return
    rule, moved = find_rule_deadline(programme, month), programme.deadlines.get(month)
    was, now = closed.deadline or rule, moved.date if moved else rule
    if was != now:
        words = f"截止日现在是 {now}，结账时是 {was}"
        yield MonthDifference(kind="deadline", school="", words=words)
    for school in dict.fromkeys((*closed.schools, *programme.school_ids)):
        if found := _compare(corpus, programme, month, school, closed.schools.get(school)):
            yield found


def _compare(
    corpus: Corpus, programme: Programme, month: str, school: str, line: ClosedLine | None
) -> MonthDifference | None:
    name, member = corpus.name_school(school), programme.is_member(school, month)
    if line is None:
        if not (member and has_own_beginning(programme, school, span_month(month))):
            return None
        words = f"{name}现在算在这个月里，结账时没有算"
        return MonthDifference(kind="joined", school=school, words=words)
    if not member:
        # A school that was taken out altogether changes the digest; its closed months stay as they are.
        if school not in programme.school_ids:
            return None
        words = f"{name}现在不算在这个月里，结账时算了"
        return MonthDifference(kind="left", school=school, words=words)
    excuse = programme.find_excuse(school, month)
    if excuse and (line.status != Status.EXCUSED.value or line.reason != excuse.reason):
        words = f"{name}现在写着免报（{excuse.reason}），结账时是“{_label(line)}”"
        return MonthDifference(kind="excused", school=school, words=words)
    if not excuse and line.status == Status.EXCUSED.value:
        words = f"{name}现在没有写免报，结账时是“{_label(line)}”"
        return MonthDifference(kind="owing", school=school, words=words)
    return None


def has_own_beginning(programme: Programme, school: str, within: Span = ALWAYS) -> bool:
    """Say whether a school takes part, in some days, only by a time that says from when: it joined later."""
    begun = programme.adopted or dt.date.min
    return all(
        stay.span.first > begun for stay in programme.list_stays(school) if stay.span.find_overlap(within)
    )


def _label(line: ClosedLine) -> str:
    label = Status(line.status).label
    return f"{label}：{line.reason}" if line.reason else label
