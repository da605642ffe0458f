"""No report is an unchanged copy of the guide's sample.

查什么
活动记录的四段正文，没有一段与填写指南、栏目说明里的样例一字不差。

为什么
样例是给人照着写的。整段没有改，说明这一处还没有写本园自己做的事，容易被当成虚报。

怎么改
把这几段换成这一次的情形：谁、在哪里、做了什么、效果怎样。标题、日期、人数和照片说明也核对一遍。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.guide_sample import PASSAGES
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_bodies


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for record in list_bodies(corpus):
        copied = [section for section in record.markdown.sections if _plain(section.text) in PASSAGES]
        if copied:
            span = record.markdown.find_heading_span(copied[0])
            shown = "、".join(dict.fromkeys(section.title for section in copied))
            yield make_problem(RULE.slug, span, f"“{shown}”还是样例里的文字", _FIX)


_FIX = "换成自己的内容：这一次谁、在哪里、做了什么、效果怎样"


def _plain(text: str) -> str:
    return "".join(text.split())


RULE = Rule(
    slug="sample-unchanged",
    requirement="truthful",
    severity=Severity.ERROR,
    summary="样例的文字换成了自己的",
    check=_check,
    text=__doc__,
)
