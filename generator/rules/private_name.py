"""No name that a record marks as private appears in its text.

查什么
`private` 里列出的姓名，没有出现在标题、地点、负责人、图片说明和正文里。

为什么
列出来就是为了不公开。网站上会遮住，但原文仍在档案里，写着就不稳妥。

怎么改
换成岗位或“一名幼儿”：

| 错 | 对 |
| --- | --- |
| 小明的妈妈分享了做法 | 一位家长分享了做法 |

改完以后，`private` 这一行也可以删去。仓库公开时，最好从一开始就不写姓名。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from generator.archive import Corpus, Photographed
from generator.archive.privacy import find_names, mask_private_words
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import locate_secrets


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if activity.data.private and activity.knows("private"):
            yield from islice(_names(activity), MOST_ALIKE + 1)


def _names(activity: Photographed) -> Iterator[Diagnostic]:
    names = activity.data.private
    listed = {activity.find_span("private", key=True).line}
    listed |= {activity.find_span("private", index).line for index in range(len(names))}
    for number, line in enumerate(activity.file.text.split("\n"), 1):
        if number in listed:
            continue
        secrets = sorted(find_names(line, names), key=lambda secret: secret.start)
        for at, _, more in locate_secrets(activity.file, number, secrets):
            message = f"这一行还有 {more} 处" if more else "这里出现了"
            fix = "换成岗位或“一名幼儿”“一位家长”"
            yield make_problem(
                RULE.slug, at, f"{message} private 里列出的姓名", fix, excerpt=mask_private_words(line, names)
            )


RULE = Rule(
    slug="private-name",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="保密的姓名不出现在文字里",
    check=_check,
    text=__doc__,
)
