"""No prompt of a template is left in a record.

查什么
模板里的提示文字（“（请填写……）”“此处填写……”“（待补充）”“TODO”、单独一行的“……”等）都换成了自己的话。

为什么
提示文字留在档案里，说明这一处还没有写。

怎么改
把提示换成实际内容；不需要的整行删去。

| 错 | 对 |
| --- | --- |
| `title: （请填写标题）` | `title: 大班区域活动观摩` |
| `lead: …` | `lead: 业务园长` |
| `……`（总结下面只有省略号） | 写一两句总结 |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from generator.archive import Corpus
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, Severity, SourceFile, find_position
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_written

# Something of every prompt: nearly no record has any, and the exact patterns are slow.
_HINTS = ("填写", "待补充", "在此", "在这里", "TODO", "TBD", "…", "...", "??", "？？", "__", "xx", "XX", "××")
_WORDS = "请填写|请在此|请在这里|此处填写|在此填写|在这里填写|这里填写|待填写|待补充|未填写"
# In brackets, or as the first words of a line or value: elsewhere they may be a report's own words.
_PROMPT = re.compile(
    rf"(?P<prompt>[（(【\[<《](?:{_WORDS})[^）)】\]>》\n]{{0,30}}[）)】\]>》]?|\b(?:TODO|TBD)\b)"
    rf"|^[ \t]*(?:- )?(?:[\w-]{{1,20}}:[ \t]*)?(?P<first>(?:{_WORDS})[^\n，。；]{{0,30}})",
    re.MULTILINE,
)
_OPEN = re.compile(
    r"^[ \t]*(?:- )?(?:[\w-]{1,20}:[ \t]*)?[\"'“]?(?P<gap>…+|\.{3,}|[?？]{2,}|_{3,}|(?:xx|XX|××)[xX×]+)[\"'”]?[ \t]*$",
    re.MULTILINE,
)
_NOTE = 100  # characters of a line; a remark for editors begins within these


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for record in list_written(corpus):
        if any(hint in record.file.text for hint in _HINTS):
            yield from islice(_prompts(record.file), MOST_ALIKE + 1)


def _prompts(file: SourceFile) -> Iterator[Diagnostic]:
    text = file.text
    found = [m.span("prompt" if m["prompt"] else "first") for m in _PROMPT.finditer(text)]
    found += [m.span("gap") for m in _OPEN.finditer(text)]
    for start, end in sorted(found):
        line, column = find_position(text, start)
        begins = start - column + 1
        if text[begins : min(start, begins + _NOTE)].lstrip().startswith("# yaml"):
            continue
        span = file.make_span(line, column, column + end - start)
        shown = text[start:end][:24]
        yield make_problem(
            RULE.slug, span, f"模板里的提示“{shown}”还没有换成内容", "换成实际内容；不需要的整行删去"
        )


RULE = Rule(
    slug="scaffold-unanswered",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="模板的提示文字都换成了内容",
    check=_check,
    text=__doc__,
)
