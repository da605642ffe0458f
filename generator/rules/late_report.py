"""A report reaches the bureau by the month's deadline.

查什么
上报日期不晚于活动当月的截止日；当月没有这一天的，以月末为准。

为什么
过了期限才报的，不计入当月的按时完成，当月显示“逾期”。材料照样收下、照样公开，所以只作提醒。

怎么改
日期写错了就改过来。确实晚了，不用改，也不要改成别的日期；下个月早一点报。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.ledger import deadline, month_name
from generator.rules.rule import Rule, problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    deadlines = {
        month: deadline(programme, month)
        for year in corpus.years
        if (programme := corpus.programme(year))
        for month in programme.months
    }
    for activity in corpus.activities:
        end = deadlines.get(activity.month, dt.date.max)
        reported = activity.data.reported
        if end < reported <= today and activity.knows("date", "reported"):
            yield problem(
                RULE.slug,
                activity.span("reported"),
                f"{reported} 上报，超过了{month_name(activity.month)}的截止日 {end}，按逾期登记",
                "日期写错了就改过来；确实晚了不用改，下个月请早一点报",
            )


RULE = Rule(
    slug="late-report",
    requirement="deemed-undone",
    severity=Severity.WARNING,
    summary="在截止日前上报",
    check=_check,
    module=__name__,
)
