"""A report reaches the bureau by the month's deadline.

查什么
上报日期不晚于活动当月的截止日；当月没有这一天的，以月末为准。当月已经结账的，看结账有没有计入：结账以后才收到的，不管写的是哪天，都算逾期。

为什么
过了期限才报的，不计入当月的按时完成，当月显示“逾期”。材料照样收下、照样公开，所以只作提醒。

怎么改
日期写错了就改过来。确实晚了，不用改，也不要改成别的日期；下个月早一点报。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.ledger import is_late
from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        programme = corpus.find_programme(activity.year)
        reported = activity.data.reported
        if not activity.knows("date", "reported") or programme is None or reported > today:
            continue
        if activity.month not in programme.months or not is_late(corpus, activity, today):
            continue
        month, end = name_month(activity.month), find_deadline(programme, activity.month)
        closed = corpus.find_settlement(activity.year).find_month(activity.month, today)
        if reported <= end and not activity.complete:
            continue
        if reported <= end and closed:
            message = f"{month}已在 {closed.closed} 结账，没有计入这份材料，按逾期存档"
            fix = "不用改；确实是按时交来的，请教育局用 pairing amend 补计"
        else:
            message = f"{reported} 上报，超过了{month}的截止日 {end}，按逾期登记"
            fix = "日期写错了就改过来；确实晚了不用改，下个月请早一点报"
        yield make_problem(RULE.slug, activity.find_span("reported"), message, fix)


RULE = Rule(
    slug="late-report",
    requirement="deemed-undone",
    severity=Severity.WARNING,
    summary="在截止日前上报",
    check=_check,
    text=__doc__,
)
