"""An activity's date is not in the future.

查什么
活动日期不晚于今天（北京时间）。

为什么
档案记的是做过的事。还没有开展就上报，是虚报。

怎么改
日期写错了就改过来；活动还没有开展，就等开展以后再交。打算做的事写进 `plan.yml`。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        if activity.data.date > today and activity.knows("date"):
            yield make_problem(
                RULE.slug,
                activity.find_span("date"),
                f"活动日期 {activity.data.date} 还没有到（今天是 {today}）",
                "核对年、月、日；活动还没有开展的，开展以后再交",
            )


RULE = Rule(
    slug="date-in-future",
    requirement="truthful",
    severity=Severity.ERROR,
    summary="活动日期不在将来",
    check=_check,
    text=__doc__,
)
