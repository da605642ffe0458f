"""Rows of a plan table have unique numbers that agree with their months.

查什么
计划表每一行的编号是“月份加序号”，全表不重复；`month` 与编号、`date` 相符，并且是方案规定的帮扶月。

为什么
活动记录凭编号与计划任务对应。编号重复或月份对不上，完成情况就会算到别的任务上。

怎么改
```yaml
rows:
  - id: 2020-05-1
    month: 2020-05
    date: 2020-05-14
    task: 组织大班区域活动观摩
    measure: area-observation
    lead: 业务园长
  - id: 2020-05-2
    month: 2020-05
    task: 开展环境创设专题讲座
```
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.records import YamlRecord, format_month
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import PlanRow, Programme
from generator.rules.dropped_months import find_dropped_months
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    # Reported once, at the programme.
    gone = {
        year: frozenset(found.month for found in find_dropped_months(corpus, year)) for year in corpus.years
    }
    for school in corpus.schools.values():
        for year, plan in school.plans.items():
            programme = corpus.find_programme(year)
            if programme is not None:
                yield from _rows(programme, plan, gone.get(year, frozenset()))


def _rows(programme: Programme, plan: YamlRecord, gone: Collection[str]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for index, row in enumerate(plan.data.rows):
        if row.id in first:
            span, line = plan.find_span("rows", index, "id"), first[row.id]
            fix = f"改成没有用过的编号：{_free(row.month, plan)}"
            yield make_problem(RULE.slug, span, f"任务编号“{row.id}”重复，第 {line} 行已经用过", fix)
        else:
            first[row.id] = plan.find_span("rows", index, "id").line
            if not re.fullmatch(re.escape(row.month) + r"-[1-9][0-9]?", row.id):
                span, fix = (
                    plan.find_span("rows", index, "id"),
                    f"编号写成月份加序号：{_free(row.month, plan)}",
                )
                yield make_problem(RULE.slug, span, f"任务编号“{row.id}”与月份 {row.month} 不符", fix)
        if row.month not in gone:
            yield from _month(programme, plan, index, row)


def _month(programme: Programme, plan: YamlRecord, index: int, row: PlanRow) -> Iterator[Diagnostic]:
    if row.month not in programme.months:
        months = "、".join(programme.months)
        span = plan.find_span("rows", index, "month")
        yield make_problem(RULE.slug, span, f"{row.month} 不是方案规定的帮扶月", f"帮扶月是：{months}")
    elif row.date is not None and format_month(row.date) != row.month:
        span = plan.find_span("rows", index, "date")
        message = f"计划日期 {row.date} 不在{name_month(row.month)}里"
        yield make_problem(
            RULE.slug, span, message, f"改日期，或把 month 改成 {format_month(row.date)}、编号跟着改"
        )


def _free(month: str, plan: YamlRecord) -> str:
    taken = {row.id for row in plan.data.rows}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{month}-{n}") not in taken)


RULE = Rule(
    slug="plan-rows",
    requirement="plan-table",
    severity=Severity.ERROR,
    summary="计划表的编号与月份相符",
    check=_check,
    text=__doc__,
)
