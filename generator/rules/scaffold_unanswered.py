"""No prompt of a template is left in a record, and no value that a program read and nobody looked at.

查什么
模板里的提示文字（“（请填写……）”“此处填写……”“（待补充）”“TODO”、单独一行的“……”等）都换成了自己的话。`pairing receive` 从 Word 里读出来、拿不准的一栏，后面注明“# 请核对”；核对过的删去注释。

为什么
提示文字留在档案里，说明这一处还没有写；“# 请核对”留着，说明这一处是程序猜的，没有人看过。

怎么改
把提示换成实际内容；不需要的整行删去。要核对的，对照交来的材料看：对的，删去那一行末尾的“# 请核对……”；不对的，改好再删。在终端里运行 `pairing fix`，会一处一处地问，答过就去掉。

| 错 | 对 |
| --- | --- |
| `title: （请填写标题）` | `title: 大班区域活动观摩` |
| `lead: …` | `lead: 业务园长` |
| `……`（总结下面只有省略号） | 写一两句总结 |
| `lead: 教研组长  # 请核对：从正文看的` | `lead: 教研组长` |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, Severity, SourceFile, find_position
from generator.records.scaffold import UNREAD, find_mark
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
        if UNREAD in record.file.text and isinstance(record, ActivityRecord):
            yield from _marks(record)


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


def _marks(record: ActivityRecord) -> Iterator[Diagnostic]:
    """Yield the values that a program was not sure of; only a front matter has such comments."""
    for number in range(1, record.markdown.body_line):
        if (mark := find_mark(record.file.read_line(number))) is None:
            continue
        start = mark.end() - len(mark[0].lstrip()) + 1
        span = record.file.make_span(number, start, mark.end() + 1)
        message = f"这一处是程序读出来的，还没有人核对：{mark['why'][:60]}"
        fix = "对照交来的材料看：对的，删去“# 请核对……”；不对的，改好再删"
        yield make_problem(RULE.slug, span, message, fix)


RULE = Rule(
    slug="scaffold-unanswered",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="模板的提示文字都换成了内容，拿不准的都核对过",
    check=_check,
    text=__doc__,
)
