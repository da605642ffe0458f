"""What a measure expects each term or year was done by its end.

查什么
方案对某项帮扶内容有每学期（或全年）要求的（如家园共育、困境幼儿关爱），学期结束时都做到了。

为什么
学期考核按这些要求逐项核对。

怎么改
已经做了没有交的，补交记录；交了没有算上的，看 `measure` 是不是写成了别的代号。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, Scope
from generator.rules.subjects import find_missed, report_unmet


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, state in find_missed(corpus, today):
        if state.expectation.every != "month" and state.expectation.kind != "document":
            yield report_unmet(RULE.slug, corpus, year, state, "做了没有交的请补交，已交的核对 measure")


RULE = Rule(
    slug="term-expectation",
    requirement="measures",
    severity=Severity.WARNING,
    summary="各项帮扶内容的学期要求达到了",
    check=_check,
    text=__doc__,
    scope=Scope.ARCHIVE,
)
