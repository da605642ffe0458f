"""No two activities have the same account of what happened.

查什么
没有两份记录的“记录”部分一字不差。

为什么
每次活动都不会完全一样。整段照抄，多半是忘了改，也容易被当成没有开展而补写的材料。

怎么改
写这一次的情形：谁、在哪里、做了什么、效果怎样。对方园也交了同一次活动的，各写各看到的。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_PART = "记录"
_LEAST = 30  # characters; a shorter account may well be the same twice


def is_copied(one: ActivityRecord, other: ActivityRecord) -> bool:
    """Say whether this rule reports two activities."""
    account = _account(one)
    return bool(account) and account == _account(other)


def _account(activity: ActivityRecord) -> str:
    """Return an activity's account without its white space, or "" where it is too short to compare."""
    section = activity.markdown.find_section(_PART)
    return "".join(section.text.split()) if section and len(section.text) >= _LEAST else ""


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    by_text: dict[str, list[ActivityRecord]] = {}
    for activity in corpus.activities:
        if account := _account(activity):
            by_text.setdefault(account, []).append(activity)
    for same in by_text.values():
        for activity in same if len(same) > 1 else ():
            section = activity.markdown.find_section(_PART)
            assert section is not None  # noqa: S101  # it was found above
            other = same[0] if same[0] is not activity else same[1]
            count = f"等 {len(same) - 1} 份记录" if len(same) > 2 else ""
            yield make_problem(
                RULE.slug,
                activity.markdown.find_heading_span(section),
                f"“{_PART}”与 {other.key} {count}一字不差".replace("  ", " "),
                "写这一次的情形；忘了改的，换成这次的内容",
            )


RULE = Rule(
    slug="copied-text",
    requirement="truthful",
    severity=Severity.WARNING,
    summary="各次活动的记录不照抄",
    check=_check,
    text=__doc__,
)
