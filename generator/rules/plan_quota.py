"""A plan table plans at least as many tasks a month as the programme asks for.

查什么
计划表里每个帮扶月的任务数，不少于方案规定的每月项数。

为什么
计划就少了，月末多半完不成。计划表还没有开始填的，另有提醒。

怎么改
在提示的月份里补上任务，编号接着往下排：

```yaml
  - id: 2020-05-3
    month: 2020-05
    task: 线上指导家园共育
```
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for school in corpus.schools.values():
        for year, plan in school.plans.items():
            programme = corpus.find_programme(year)
            if programme is None or not plan.data.rows or programme.find_pairing_of(school.id) is None:
                continue
            planned = Counter(row.month for row in plan.data.rows)
            quotas = {m: programme.find_quota(school.id, m) for m in programme.list_owed_months(school.id)}
            short = [f"{name_month(m)} {planned[m]} 项" for m, quota in quotas.items() if planned[m] < quota]
            if short:
                quota = max(quotas.values())
                yield make_problem(
                    RULE.slug,
                    plan.find_span("rows", key=True),
                    f"每月至少计划 {quota} 项，这些月份不够：{'、'.join(short)}",
                    "在这些月份里补上任务",
                )


RULE = Rule(
    slug="plan-quota",
    requirement="quota",
    severity=Severity.WARNING,
    summary="每月计划的任务够数",
    check=_check,
    text=__doc__,
)
