"""A record that was inspected is neither removed nor renamed.

查什么
督导核查过的活动记录都还在原处：没有删去，文件夹没有改名、没有移到别的月份。

为什么
核查结论写着是哪一份记录。记录不见了，结论就没有了对象；虚报的记录更不能一删了之，档案里要看得到报了什么、查出了什么。

怎么改
把文件夹找回来，恢复原来的名字。记录写错了，改内容，不改文件夹；虚报的保留原样，由核查结论说明。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.inspection_results import LABELS, PENDING, list_inspected, list_inspections
from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.rules.rule import Rule, make_problem

_PARTS = 4


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year in corpus.years:
        for record in list_inspections(corpus, year):
            for item in list_inspected(record.data):
                parts = item.activity.split("/")
                if len(parts) == _PARTS and parts[0] in corpus.schools and item.activity not in corpus.by_key:
                    said = LABELS[item.finding] if item.finding else PENDING
                    # At the record itself, so that whoever removes it sees it, not only its inspector.
                    yield make_problem(
                        RULE.slug,
                        SourceFile(path=f"records/{item.activity}/activity.md").make_span(),
                        f"这份记录有督导核查（{record.file.path}：{said}），却不在档案里",
                        "删去或改名的，恢复原样；核查记录里路径写错的，改正那一处",
                        excerpt="",
                    )


RULE = Rule(
    slug="inspected-kept",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="核查过的活动记录留在原处",
    check=_check,
    text=__doc__,
)
