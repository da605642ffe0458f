"""A published survey identifies nobody: no small numbers, no question about who answers.

查什么
走访和问卷的结果：收回不少于 5 份；每个选项的人数是 0，或者不少于 5；没有问姓名、电话、住址的题；选项不是一段段的原话；各项人数不超过收回份数。

为什么
二十来人的园里，“1 人不满意”谁都猜得出是谁，下回就没有人说真话了。档案整个是公开的，只在网页上藏起来没有用，所以小的数字根本不写进来。问卷怎么做，方案只说了要做；5 人这个数是档案定的。

怎么改
把人数少的选项与相邻的合并，写成一项；全部合并以后什么也看不出的，这一题不写：

| 错 | 对 |
| --- | --- |
| `{很满意: 30, 满意: 9, 一般: 3, 不满意: 1}` | `{很满意: 30, 满意或一般或不满意: 13}` |

问卷星导出的表格，用 `pairing survey import` 直接汇总，合并由它来做，原始答卷不留下。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.anonymous_counts import LEAST, LONGEST_CHOICE, asks_who, find_too_few
from generator.archive import Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Answer, Survey
from generator.rules.rule import Rule, make_problem

_MERGE = "与相邻的选项合并成一项，如 一般或不满意；合并后什么也看不出的，这一题不写"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for bureau in corpus.bureau.values():
        for record in bureau.surveys:
            data: Survey = record.data
            if data.respondents is not None and data.respondents < LEAST:
                message = f"只收回 {data.respondents} 份，少于 {LEAST} 份，猜得出谁说了什么"
                yield make_problem(
                    RULE.slug, record.find_span("respondents"), message, "与别的问卷合并，或不写进档案"
                )
            if data.sent is not None and data.respondents is not None and data.sent < data.respondents:
                message = f"发出 {data.sent} 份，收回却有 {data.respondents} 份"
                yield make_problem(RULE.slug, record.find_span("sent"), message, "核对两个数")
            for index, answer in enumerate(data.answers if record.knows("answers") else ()):
                yield from _answer(record, data, index, answer)


def _answer(record: YamlRecord, data: Survey, index: int, answer: Answer) -> Iterator[Diagnostic]:
    at = ("answers", index)
    if asks_who(answer.question):
        message = f"“{answer.question[:30]}”问的是谁在回答"
        yield make_problem(RULE.slug, record.find_span(*at, "question"), message, "这一题不写进档案")
    small = list(find_too_few(answer.choices))
    if len(small) == len(answer.choices) and sum(answer.choices.values()) >= LEAST:
        message = f"“{answer.question[:30]}”的每个选项都只有几个人，像是逐人的答卷"
        yield make_problem(RULE.slug, record.find_span(*at, "choices", key=True), message, _MERGE)
        return
    for choice in small:
        message = f"选“{choice[:20]}”的只有 {answer.choices[choice]} 人，少于 {LEAST} 人"
        yield make_problem(RULE.slug, record.find_span(*at, "choices", choice), message, _MERGE)
    for choice in answer.choices:
        if len(choice) > LONGEST_CHOICE:
            message = f"选项“{choice[:20]}…”是一段话，像是谁的原话"
            fix = "原话不写进档案；要紧的意见归纳成一句，写在 note 里"
            yield make_problem(RULE.slug, record.find_span(*at, "choices", choice, key=True), message, fix)
    most = max(answer.choices.values(), default=0) if answer.multiple else sum(answer.choices.values())
    if data.respondents is not None and most > data.respondents:
        message = f"“{answer.question[:30]}”共 {most} 人，超过收回的 {data.respondents} 份"
        fix = "核对人数" if answer.multiple else "核对人数；一人可选几项的题，加一行 multiple: true"
        yield make_problem(RULE.slug, record.find_span(*at, "choices", key=True), message, fix)


RULE = Rule(
    slug="survey-anonymous",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="问卷结果看不出是谁",
    check=_check,
    text=__doc__,
)
