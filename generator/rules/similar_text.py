"""No two activities have largely the same text.

查什么
没有两份记录的正文大半相同（标题不算）。一字不差的“记录”由 copied-text 提示，这里是改了几个字、几个数的。

为什么
每次活动都不会完全一样。改个日期、换个园名再交一次，容易被当成没有开展而补写的材料。提示写“疑似”，由人看过再定；哪些句子相同，`pairing photos report` 的核查报告里标出来。

怎么改
写这一次的情形：谁、在哪里、做了什么、效果怎样。两园一起参加的同一次活动，各写各看到的。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.reuse.text_pairs import find_similar
from generator.rules import copied_text
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    nearest: dict[str, tuple[float, ActivityRecord, ActivityRecord]] = {}
    for pair in find_similar(corpus.activities):
        if copied_text.is_copied(pair.first, pair.second):
            continue
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one.key not in nearest or pair.share > nearest[one.key][0]:
                nearest[one.key] = (pair.share, one, other)
    for share, one, other in nearest.values():
        section = one.markdown.find_section("记录") or next(iter(one.markdown.sections), None)
        yield make_problem(
            RULE.slug,
            one.markdown.find_heading_span(section) if section else one.file.make_span(),
            f"正文与 {other.key} 有 {share:.0%} 相同，疑似重复使用",
            "写这一次的情形；忘了改的，换成这次的内容",
        )


RULE = Rule(
    slug="similar-text",
    requirement="truthful",
    severity=Severity.WARNING,
    summary="各次活动的材料不大段相同",
    check=_check,
    text=__doc__,
)
