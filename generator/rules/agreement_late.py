"""An agreement is signed at the beginning of the year's first term.

查什么
帮扶协议的签订日期，不晚于第一个帮扶月的上报截止日；方案另外规定了天数的，按天数。

为什么
学期初先确定帮扶目标、签好协议，一年的工作才有依据。方案没有写明“学期初”是哪一天，档案以第一个帮扶月的上报截止日为限。晚了照样收下，所以只作提醒。

怎么改
日期写错了就改过来。确实晚了不用改，下一年请在学期初签。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.expectations import list_expectation_states
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year in corpus.years:
        programme = corpus.find_programme(year)
        clause = programme.requirements.get("term-start", "") if programme else ""
        for state in list_expectation_states(corpus, year, today=today):
            if state.expectation.document != "agreement":
                continue
            last = state.due - dt.timedelta(days=1)
            records = corpus.schools.get(state.school)
            for note in (records.agreements.get(year, {}) if records else {}).values():
                if (
                    note.knows("signed", "helped")
                    and note.data.helped in state.helped
                    and last < note.data.signed <= today
                    and note.data.signed.year == year
                ):
                    yield make_problem(
                        RULE.slug,
                        note.find_span("signed"),
                        f"协议 {note.data.signed} 才签订，应在学期初、{last} 前（含当日）",
                        "日期写错了就改过来；确实晚了不用改，下一年请在学期初签",
                        clause=clause,
                    )


RULE = Rule(
    slug="agreement-late",
    requirement="agreement",
    severity=Severity.WARNING,
    summary="帮扶协议在学期初签订",
    check=_check,
    text=__doc__,
    only_if_asked=True,
)
