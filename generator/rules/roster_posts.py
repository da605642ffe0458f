"""A roster names posts, not persons.

查什么
花名册的 `mentor`、`mentee` 写的是岗位，不像人名，也不是方案里列出的人。

为什么
花名册在网站上公开，教师的姓名不公开。知道是哪个岗位，就能对得上。

怎么改
| 错 | 对 |
| --- | --- |
| `mentor: 赵小兰` | `mentor: 大班骨干教师` |
| `mentee: 李老师` | `mentee: 新入职教师` |

其实是岗位而被当成人名的，写全一些，如 `保教` 写成 `保教主任`。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.mentoring import list_known_persons
from generator.archive import Corpus
from generator.archive.privacy import looks_like_a_name
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for school in corpus.schools.values():
        for year, roster in school.rosters.items():
            if not roster.knows("terms"):
                continue
            persons = list_known_persons(corpus, year)
            for index, term in enumerate(roster.data.terms):
                for place, pair in enumerate(term.pairs):
                    for key, text in (("mentor", pair.mentor), ("mentee", pair.mentee)):
                        if looks_like_a_name(text) or any(person in text for person in persons):
                            yield make_problem(
                                RULE.slug,
                                roster.find_span("terms", index, "pairs", place, key),
                                f"“{text[:20]}”像是姓名，花名册只写岗位",
                                "改成岗位，如 大班骨干教师",
                            )


RULE = Rule(
    slug="roster-posts",
    requirement="privacy",
    severity=Severity.WARNING,
    summary="花名册只写岗位",
    check=_check,
    text=__doc__,
)
