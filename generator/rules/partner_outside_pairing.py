"""Partners are the other schools of the reporting school's pairing.

查什么
`partners` 里写的是同一个帮扶对子里的园：被帮扶园写自己的帮扶园或同组的园，帮扶园写参加的被帮扶园；不写本园，也不重复。

为什么
帮扶对子由方案确定，各对子分别考核。写了别的对子的园，这次活动就说不清是谁帮扶谁。

怎么改
用英文代号，放在方括号里。提示里列出了本园可以写的代号。

| 错（第一幼儿园的记录） | 对 |
| --- | --- |
| `partners: [heiquan]` | `partners: [xinba]` |
| `partners: [diyi, leimeng]` | `partners: [leimeng]` |
| `partners: [leimen]` | `partners: [leimeng]` |

确有别的园参加，写在正文里。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest, list_schools


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        programme = corpus.find_programme(activity.year)
        known = programme.list_partners_of(activity.school) if programme else ()
        if programme is None or not known or not activity.knows("partners"):
            continue
        partners = activity.data.partners
        # A school that left, or has not come yet, may take part: who registers that late spoils no record.
        allowed = programme.list_partners_of(activity.school, activity.month) or known
        for index, partner in enumerate(partners):
            if partner in known and partner not in partners[:index]:
                continue
            fix = f"本园可以写：{list_schools(corpus, allowed)}"
            if partner in known:
                message, fix = f"参与园“{partner}”写了两次", "只写一次"
            elif partner == activity.school:
                message, fix = "参与园里写了本园", f"删去 {partner}，只写对方园；{fix}"
            elif partner in corpus.schools:
                message = f"{corpus.name_school(partner)}（{partner}）不在本园的帮扶对子里"
            else:
                message = f"没有代号是“{partner}”的园"
                near = find_nearest(partner, allowed)
                fix = f"是不是想写 {near}（{corpus.name_school(near)}）？{fix}" if near else fix
            yield make_problem(RULE.slug, activity.find_span("partners", index), message, fix)


RULE = Rule(
    slug="partner-outside-pairing",
    requirement="arrangement",
    severity=Severity.ERROR,
    summary="参与园在同一个帮扶对子里",
    check=_check,
    text=__doc__,
)
