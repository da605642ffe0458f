"""Every past month, from the term that the programme names, had its “名园+” event.

查什么
方案规定从某个学期起每月举行“名园+”观摩互促活动的，到期的月份都有一份活动记录。从哪个学期起，写在方案数据 `programme.yml` 的 `events` 里；没有写的不查。

为什么
观摩互促是教育局自己承担的事，档案对各园查得细，对自己也要查。因故推迟的月份有，所以只作提醒。

怎么改
补写活动记录，文件名是日期加英文短名，如 `records/bureau/2020/events/2020-09-21-open-day.md`。确实没有举行的，在当月简报里说明。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.inspection_results import list_events
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, Scope, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        if programme is None or programme.events is None or bureau.programme is None:
            continue
        for month, events in list_events(corpus, year).items():
            first = dt.date.fromisoformat(f"{month}-01")
            if (
                len(events) < programme.events.each_month
                and (first + dt.timedelta(days=31)).replace(day=1) <= today
            ):
                yield make_problem(
                    RULE.slug,
                    bureau.programme.find_span("events"),
                    f"{month} 的“名园+”观摩互促活动，应有 {programme.events.each_month} 次，记录有 {len(events)} 次",
                    f"补写 records/bureau/{year}/events/{month}-….md；没有举行的，在当月简报里说明",
                    clause=programme.events.clause,
                )


RULE = Rule(
    slug="event-due",
    requirement="assessment",
    severity=Severity.WARNING,
    summary="到期的月份都举行了“名园+”活动",
    check=_check,
    text=__doc__,
    scope=Scope.ARCHIVE,
)
