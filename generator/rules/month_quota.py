"""Every school met its quota in every month that is due, or the bureau closed the month.

查什么
每个到期的帮扶月，每个校（园）按时上报的活动不少于方案规定的项数；基教股已经结账的月份不再提醒。

为什么
月末没有及时上报资料的，视为当月没有开展帮扶工作。

怎么改
尽快补交当月的记录，补交的按逾期登记。`reported` 写实际报送的日期，不要往前写。确实没有开展的，由基教股在结账时定论。

这一条查的是整个档案，不影响别的园提交材料。
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from generator.accounts.ledger import Cell, Status, make_ledger
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, Scope, make_problem
from generator.rules.subjects import locate_account


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    faulty = Counter((a.school, a.month) for a in corpus.activities if not a.complete)
    for year in corpus.years:
        account = make_ledger(corpus, year, today)
        programme = corpus.find_programme(year)
        office = programme.office if programme else ""
        for cell in account.list_missing() if account else ():
            yield make_problem(
                RULE.slug,
                locate_account(corpus, year, cell.school, cell.month),
                f"{corpus.name_school(cell.school)} {cell.month} 应报 {cell.quota} 项，"
                f"{_state(cell, faulty[cell.school, cell.month])}",
                _fix(cell, faulty[cell.school, cell.month], office),
            )


def _fix(cell: Cell, faulty: int, office: str) -> str:
    if faulty:
        return "先把填写有误的记录改好；还不够的尽快补交"
    if cell.status is Status.LATE:
        return f"材料已收下，按逾期登记；由{office}结账定论"
    return f"尽快补交，补交的按逾期登记；确实没有开展的，由{office}结账"


def _state(cell: Cell, faulty: int) -> str:
    """Say what there is and what is owed; ``faulty`` records are not counted until they are mended."""
    if not cell.activities and not faulty:
        return f"一项也没有上报，欠 {cell.owed} 项"
    late = f"，逾期 {cell.late} 项" if cell.late else ""
    wrong = f"，填写有误、改好才算的 {faulty} 项" if faulty else ""
    return f"按时上报 {cell.on_time} 项{late}{wrong}，欠 {cell.owed} 项"


RULE = Rule(
    slug="month-quota",
    requirement="deemed-undone",
    severity=Severity.ERROR,
    summary="每个到期的月份都完成了",
    check=_check,
    text=__doc__,
    scope=Scope.ARCHIVE,
)
