"""A published assessment still agrees with the archive.

查什么
已经公布的学期考核结果（`assessments/2020-spring.yml`）：按公布时的项目和分值从档案重算一遍，每所园每一项都与公布的相同；文件名、学期和日期对得上。

为什么
分数一经公布，各园都据此对照。公布以后改动了记录、计划表或核查结论，或者有人改了公布的数，都要看得见，不能不声不响。

怎么改
先看是哪一边变了：

- 公布的文件被手工改过：从历史里恢复。
- 档案确实有变化（如查实虚报、更正了结账）：由基教股重新公布，写明理由，变动会留在文件里，也显示在网页上。

```sh
pairing assess 2020-spring --publish --reason 核查发现一份虚报
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.accounts.assessment.publication import read_published
from generator.accounts.assessment.scores import format_term_name
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme
from generator.records.sealed_files import find_remedy
from generator.rules.dropped_months import is_changed_since_closing
from generator.rules.rule import Rule, make_problem

_AGAIN = "查明原因；档案的变化属实，就用 pairing assess {name} --publish --reason 理由 重新公布"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        for record in bureau.assessments.values() if programme else ():
            if programme and record.complete:
                yield from _one(corpus, year, programme, record, today)


def _one(
    corpus: Corpus, year: int, programme: Programme, record: YamlRecord, today: dt.date
) -> Iterator[Diagnostic]:
    data, stem = record.data, PurePosixPath(record.file.path).stem
    term = next((t for t in programme.terms if t.id == data.term), None)
    if term is None or stem != format_term_name(year, term):
        terms = "、".join(format_term_name(year, t) for t in programme.terms)
        message = f"学期是 {data.term}，文件名却是 {stem}.yml"
        yield make_problem(
            RULE.slug,
            record.find_span("term"),
            message,
            f"这一年的学期是：{terms}。{find_remedy(record.file.path)}",
        )
        return
    if data.published > today:
        message = f"公布日期 {data.published} 还没有到（今天是 {today}）"
        yield make_problem(RULE.slug, record.find_span("published"), message, find_remedy(record.file.path))
    if data.published <= (end := find_deadline(programme, term.months[-1])):
        message = f"{data.published} 公布时，{term.name}最后一个月还没有到截止日 {end}"
        yield make_problem(
            RULE.slug,
            record.find_span("published"),
            message,
            f"学期结束、各月结账以后再公布。{find_remedy(record.file.path)}",
        )
    if is_changed_since_closing(corpus, year):
        return  # it was counted by another programme, which the rule closing-chain tells
    found = read_published(corpus, year, data.term, today)
    for difference in found.differences if found else ():
        fix = _AGAIN.format(name=stem)
        yield make_problem(RULE.slug, record.find_span(*difference.place), difference.words, fix)


RULE = Rule(
    slug="assessment-published",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="公布的考核结果与档案相符",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
