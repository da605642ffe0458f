"""The plan row that an activity fulfils is in the school's plan table, in the same month.

查什么
`plan` 里的任务编号，在本园当年的 `plan.yml` 里有，而且是活动当月的任务。

为什么
计划表的“完成情况”由活动记录算出来。编号对不上，任务做了也显示没有完成。

怎么改
打开本园的 `plan.yml`，照抄那一行的 `id`：

```yaml
plan: 2020-05-2
```

计划延期的，在 `plan.yml` 的实际月份里另加一行，这里写新的编号。不对应任何计划任务的，删去 `plan` 这一行。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    unread = {p.span.file.path for p in corpus.problems}
    for activity in corpus.activities:
        if activity.data.plan is None or f"records/{activity.school}/{activity.year}/plan.yml" in unread:
            continue  # a plan table with faults of its own says nothing about the activity
        if found := _advice(corpus, activity, activity.data.plan):
            yield make_problem(RULE.slug, activity.find_span("plan"), *found)


def _advice(corpus: Corpus, activity: ActivityRecord, row_id: str) -> tuple[str, str] | None:
    table = corpus.schools[activity.school].plans.get(activity.year)
    if table is None:
        return f"本园还没有 {activity.year} 年的 plan.yml，找不到任务“{row_id}”", "先交计划表，或删去这一行"
    rows = {row.id: row for row in table.data.rows}
    row = rows.get(row_id)
    if row is None:
        same_month = [r.id for r in table.data.rows if r.month == activity.month]
        near = find_nearest(row_id, rows) if row_id[:7] != activity.month else None
        if same_month:
            fix = f"{name_month(activity.month)}的任务编号有：{'、'.join(same_month)}"
        elif near:
            fix = f"是不是想写 {near}？"
        else:
            fix = "在 plan.yml 里加上这一行任务，或删去这一行"
        return f"计划表里没有任务“{row_id}”", fix
    if row.month != activity.month:
        return (
            f"任务“{row_id}”是{name_month(row.month)}的，活动却在{name_month(activity.month)}",
            f"改成{name_month(activity.month)}的任务编号；计划延期的，在 plan.yml 的{name_month(activity.month)}另加一行",
        )
    return None


RULE = Rule(
    slug="plan-reference",
    requirement="plan-table",
    severity=Severity.ERROR,
    summary="所完成的计划任务在计划表里",
    check=_check,
    text=__doc__,
)
