"""Plans, agreements and rosters are in the archive once they are due.

查什么
到期应交的文件都交了：每所校（园）的计划表、帮扶园与每所被帮扶园的协议、帮扶园每学期的花名册。

为什么
计划、协议和花名册是一年工作的起点，没有它们，后面的考核没有依据。

怎么改
在本园的年度文件夹里补上：

| 文件 | 位置 |
| --- | --- |
| 工作计划表 | `records/leimeng/2020/plan.yml` |
| 帮扶协议 | `records/diyi/2020/agreement-leimeng.md` |
| 师徒结对花名册 | `records/diyi/2020/roster.yml` |

每一栏怎么填，见[栏目说明](../../fields/)。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.expectations import ExpectationState
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, Scope, make_problem
from generator.rules.subjects import find_missed, locate_account


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    unread = {p.span.file.path for p in corpus.problems}
    for year, state in find_missed(corpus, today):
        if state.expectation.kind == "document" and (owed := _owed(corpus, year, state)):
            what, where = owed
            if f"records/{state.school}/{year}/{where}" in unread:
                continue  # it lies there, with faults that are reported
            yield make_problem(
                RULE.slug,
                locate_account(corpus, year, state.school),
                f"{corpus.name_school(state.school)}还没有交{what}",
                f"补交 records/{state.school}/{year}/{where}；{state.expectation.text}",
                clause=_clause(corpus, year, state),
            )


def _clause(corpus: Corpus, year: int, state: ExpectationState) -> str:
    """Return the clause that says when: a yearly document's is that of the beginning of the term, if there is one."""
    programme = corpus.find_programme(year)
    start = programme.requirements.get("term-start") if programme else None
    return start if start and state.expectation.every == "year" else state.measure.clause


def _owed(corpus: Corpus, year: int, state: ExpectationState) -> tuple[str, str] | None:
    """Return what is owed and its file, or ``None`` where it came late."""
    records = corpus.schools.get(state.school)
    match state.expectation.document:
        case "plan":
            return f" {year} 年工作计划表", "plan.yml"
        case "agreement":
            there = records.agreements.get(year, {}) if records else {}
            absent = [s for s in state.helped if s not in there]
            names = "、".join(corpus.name_school(s) for s in absent)
            return (f"与{names}的 {year} 年帮扶协议", f"agreement-{absent[0]}.md") if absent else None
        case _:
            return None if state.got else (f" {year} 年{state.period_name}师徒结对花名册", "roster.yml")


RULE = Rule(
    slug="document-due",
    requirement="plan-table",
    severity=Severity.ERROR,
    summary="计划表、协议、花名册按期交齐",
    check=_check,
    text=__doc__,
    scope=Scope.ARCHIVE,
)
