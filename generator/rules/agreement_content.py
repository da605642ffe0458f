"""An agreement joins a helper with one of its helped schools, is signed in its year, and has a text.

查什么
帮扶协议放在帮扶园的文件夹里；文件名是 `agreement-被帮扶园代号.md`，与 `helped` 一致；对方是本对子的被帮扶园；签订日期在当年、不在将来；正文不是空的。

为什么
协议写明年度帮扶目标，是考核的依据。签给谁、哪一年签的，要一看就清楚。

怎么改
`records/diyi/2020/agreement-leimeng.md`：

```markdown
---
title: 第一幼儿园与蕾梦幼儿园帮扶协议
helped: leimeng
signed: 2020-03-06
goals:
  - 每班建成五个区角并每周开放
---

双方约定如下。
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import NoteRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest, list_schools


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for school in corpus.schools.values():
        for year, agreements in school.agreements.items():
            programme, pairing = corpus.find_programme(year), corpus.find_pairing(year, school.id)
            for name, note in agreements.items():
                if programme is None or pairing is None:
                    continue
                if not programme.is_helper(school.id):
                    fix = f"移到 records/{pairing.helper}/{year}/agreement-{school.id}.md"
                    yield make_problem(RULE.slug, note.file.make_span(), "帮扶协议由帮扶园存档", fix)
                else:
                    allowed = programme.list_helped_by(school.id)
                    yield from _agreement(corpus, allowed, year, name, note, today)


def _agreement(
    corpus: Corpus, allowed: tuple[str, ...], year: int, name: str, note: NoteRecord, today: dt.date
) -> Iterator[Diagnostic]:
    helped, signed = note.data.helped, note.data.signed
    if note.knows("helped"):
        if helped not in allowed:
            near = find_nearest(helped, allowed)
            listed = f"本园的被帮扶园：{list_schools(corpus, allowed)}"
            fix = f"是不是想写 {near}？{listed}" if near else listed
            yield make_problem(RULE.slug, note.find_span("helped"), f"“{helped}”不是本园的被帮扶园", fix)
        elif helped != name:
            fix = f"把文件改名为 agreement-{helped}.md，或改正 helped"
            yield make_problem(
                RULE.slug,
                note.find_span("helped"),
                f"被帮扶园是 {helped}，文件名却是 agreement-{name}.md",
                fix,
            )
    if note.knows("signed"):
        if signed > today:
            message = f"签订日期 {signed} 还没有到（今天是 {today}）"
            yield make_problem(
                RULE.slug, note.find_span("signed"), message, "签订以后再交；日期写错了就改过来"
            )
        elif signed.year != year:
            message = f"签订日期 {signed} 不在 {year} 年"
            yield make_problem(
                RULE.slug, note.find_span("signed"), message, f"核对日期，或放到 {signed.year} 年的文件夹"
            )
    if note.markdown.front is not None and not note.markdown.body.strip():
        at = note.file.make_span(min(note.markdown.body_line, note.file.text.count("\n") + 1))
        yield make_problem(RULE.slug, at, "协议正文是空的", "在第二行 --- 下面写上协议内容")


RULE = Rule(
    slug="agreement-content",
    requirement="agreement",
    severity=Severity.ERROR,
    summary="帮扶协议的对方、日期和正文齐全",
    check=_check,
    text=__doc__,
)
