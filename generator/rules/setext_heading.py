"""No line of dashes stands directly under a line of text, which Markdown takes for a heading.

查什么
正文里没有整行的 `----` 或 `====` 紧跟在一行文字下面。

为什么
在 Markdown 里，这样会把上面那一行变成大标题，横线自己不见了，网页上的样子和写的不一样。

怎么改
横线用不着，删去；想分开上下两段，在横线上面空一行：

| 错 | 对 |
| --- | --- |
| `第一组的观察` | `第一组的观察` |
| `----` | （空一行） |
| | `----` |

想写小标题，用 `### 第一组的观察`。
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, problem
from generator.rules.subjects import bodies

_UNDERLINE = re.compile(r"\n {0,3}(=+|-{2,})[ \t]*(?=\n|\Z)")
# Under a heading or indented code the line is something else; within a list or a quotation it ends them.
_NO_TEXT = re.compile(r"\s*$| {0,3}(?:#|```|~~~|(?:-[ \t]*){3,}$)")
_INDENTED = re.compile(r" {4}|\t")
_CONTAINER = re.compile(r" {0,3}(?:>|[-*+] |[0-9]{1,9}[.)] )")
_CODE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MOST_ABOVE = 200  # lines of a paragraph


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for record in bodies(corpus):
        body = record.markdown.body
        for match in _UNDERLINE.finditer(body):
            if not _is_under_text(body, match.start()) or len(_CODE.findall(body, 0, match.start())) % 2:
                continue
            number = record.markdown.body_line + body.count("\n", 0, match.start(1))
            column = match.start(1) - body.rfind("\n", 0, match.start(1))
            span = record.file.span(number, column, column + len(match[1]))
            message = f"“{match[1][:12]}”紧跟在一行文字下面，网页上会把那一行变成大标题"
            yield problem(RULE.slug, span, message, "删去这一行；要分隔，就在它上面空一行")


def _is_under_text(body: str, end: int) -> bool:
    """Say whether a paragraph ends at ``end`` that is in no list and no quotation."""
    text = False
    for _ in range(_MOST_ABOVE):
        start = body.rfind("\n", 0, end) + 1
        line = body[start:end]
        if _NO_TEXT.match(line):
            break
        if _CONTAINER.match(line):
            return False
        text = text or not _INDENTED.match(line)
        if not start:
            break
        end = start - 1
    return text


RULE = Rule(
    slug="setext-heading",
    requirement="format",
    severity=Severity.WARNING,
    summary="横线不紧跟在一行文字下面",
    check=_check,
    module=__name__,
)
