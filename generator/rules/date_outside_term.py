"""An activity falls into a term of its year's programme.

查什么
活动日期在当年方案的某个学期之内；活动所在的年度有帮扶方案。

为什么
帮扶按学期安排、按学期考核。寒暑假里的日期多半是写错了月份，记在那里也不计入任何一个帮扶月。

怎么改
核对日期。日期写错了，文件夹也要跟着改。确实在假期里做的，与基教股商量记在哪个月。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    terms = {year: programme.terms for year in corpus.years if (programme := corpus.find_programme(year))}
    for activity in corpus.activities:
        date, year = activity.data.date, activity.year
        if year not in corpus.bureau:
            known = "、".join(str(y) for y in corpus.years) or "无"
            message, fix = f"{year} 年没有帮扶方案", f"核对年度文件夹；已有方案的年度：{known}"
            yield make_problem(RULE.slug, activity.find_span("date"), message, fix)
        elif (
            year in terms
            and activity.knows("date")
            and not any(t.starts <= date <= t.ends for t in terms[year])
        ):
            spans = "，".join(f"{t.name} {t.starts} 至 {t.ends}" for t in terms[year])
            yield make_problem(
                RULE.slug,
                activity.find_span("date"),
                f"活动日期 {date} 不在学期之内",
                f"核对年、月、日；{spans}",
            )


RULE = Rule(
    slug="date-outside-term",
    requirement="plan-table",
    severity=Severity.ERROR,
    summary="活动日期在学期之内",
    check=_check,
    text=__doc__,
)
