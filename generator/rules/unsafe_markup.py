"""A body is plain Markdown: no HTML, no pictures of its own, links to web pages only.

查什么
正文里没有网页代码（如 `<div>`、`<script>`），没有直接插入的图片，没有看不见的控制字符，链接只指向 `http://` 或 `https://` 开头的网页。

为什么
这些写法在网站上不起作用：代码、图片和别处的链接，读者看到的就是这几个符号；看不见的字符会被去掉。从别处粘贴来的代码还可能带着跟踪或恶意内容。

怎么改
| 错 | 对 |
| --- | --- |
| `<b>重点</b>` | `**重点**` |
| `<br>` | 另起一行 |
| `![现场](01.jpg)` | 把图片写进填写栏的 `photos` |
| `[课件](课件.pptx)` | 用文字说明课件的内容 |

正文里要写尖括号本身，用中文的〈〉，或放在反引号里。
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from generator.archive import Corpus
from generator.records import ActivityRecord, NoteRecord, mark_code_lines
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_bodies

# Not the null character: another rule names a file that holds it.
_CONTROLS = r"\x01-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069"
_SUSPECT = re.compile(rf"[{_CONTROLS}]|<[A-Za-z/!?]|!\[|\]\(")
_TICKS = re.compile("`+")
_FOUND = re.compile(
    rf"(?P<control>[{_CONTROLS}])"
    r"|(?P<html><(?:!--|/?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>\n]*|/)?>))"
    r"|(?P<image>!\[[^\[\]\n]{0,200}\](?:\([^()\n]{0,300}\)|\[[^\[\]\n]{0,200}\])?)"
    r"|\]\(\s*<?(?P<link>[^)\s>]*)"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>"
)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for record in list_bodies(corpus):
        if _SUSPECT.search(record.markdown.body):
            yield from islice(_found(record), MOST_ALIKE + 1)


def _found(record: ActivityRecord | NoteRecord) -> Iterator[Diagnostic]:
    has_html = False
    lines = record.markdown.body.split("\n")
    for number, (line, is_code) in enumerate(
        zip(lines, mark_code_lines(lines), strict=True), record.markdown.body_line
    ):
        if not is_code:
            for match in _FOUND.finditer(_without_code(line)):
                if has_html and (match["html"] or "").startswith("</"):
                    continue  # its opening tag is reported
                has_html = has_html or bool(match["html"])
                if advice := _advice(match):
                    yield make_problem(
                        RULE.slug, record.file.make_span(number, match.start() + 1, match.end() + 1), *advice
                    )


def _without_code(line: str) -> str:
    """Return a line with its spans of code dotted out: each ends at the next run of as many backticks."""
    runs = [match.span() for match in _TICKS.finditer(line)]
    later: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[place][1] - runs[place][0], []).append(place)
    parts: list[str] = []
    end = place = 0
    while place < len(runs):
        start, same = runs[place][0], later[runs[place][1] - runs[place][0]]
        while same and same[-1] <= place:
            same.pop()
        if same:
            place = same[-1]
            parts += [line[end:start], "·" * (runs[place][1] - start)]
            end = runs[place][1]
        place += 1
    return "".join((*parts, line[end:])) if parts else line


def _advice(match: re.Match[str]) -> tuple[str, str] | None:
    if match["control"]:
        message = f"正文里有看不见的控制字符（U+{ord(match['control']):04X}）"
        return message, "删去这个字符，或把这一行重新打一遍"
    if match["html"]:
        return f"正文里有网页代码“{match['html'][:30]}”，不起作用", "删去代码，只留文字；加粗用 **文字**"
    if match["image"]:
        return "正文里插入了图片，网站不会显示", "把图片放进活动文件夹，写进填写栏的 photos，这里删去"
    target = match["link"] or match["auto"] or ""
    if _WEB.match(target):
        return None
    return f"链接“{target[:30]}”不是网页地址", "只链接 http:// 或 https:// 开头的网页，或改成文字"


RULE = Rule(
    slug="unsafe-markup",
    requirement="format",
    severity=Severity.ERROR,
    summary="正文不夹网页代码和外来图片",
    check=_check,
    text=__doc__,
)
