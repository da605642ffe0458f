"""An activity's body has its four parts, in order and under their own headings.

查什么
活动正文分四部分，标题写作 `## 方案`、`## 措施`、`## 记录`、`## 总结`，一字不改，顺序不变，各写一次；标题之外没有零散的文字。

为什么
备案的过程性资料要齐全，少一部分，这份档案就不完整。标题统一，网站才能把四部分分开展示，考核时也一眼看得出缺什么。

怎么改
四个标题各占一行，`##` 后面空一格：

```markdown
## 方案

为什么做、打算怎么做。

## 措施

## 记录

## 总结
```

| 错 | 对 |
| --- | --- |
| `## 活动方案` | `## 方案` |
| `# 方案`、`### 方案`、`方案：` | `## 方案` |
| `## 反思`（多出来的部分） | 并入 `## 总结`，或改用 `### 反思` |
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import PARTS, ActivityRecord, Section
from generator.records.diagnostics import Diagnostic, Severity, Span
from generator.rules.rule import Rule, make_problem

_SLUG = "archive-parts"
# A heading of another level, a bold line or a bare word, as a word processor leaves it.
_LOOSE = re.compile(
    r"\s*(?:[#＃]+\s*|\*\*)?[一二三四1-4]?[、.．]?\s*(方案|措施|记录|总结)\s*(?:\*\*)?\s*[:：]?\s*"
)


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        if tuple(s.title for s in activity.markdown.sections) == PARTS and not _preface(activity):
            continue
        yield from _missing(activity)
        yield from _order(activity)
        if activity.markdown.front is not None and (line := _preface(activity)):
            span = activity.file.make_span(line, 1, len(activity.file.read_line(line)) + 1)
            yield make_problem(
                _SLUG, span, "这段文字不在四个部分里", "移到 ## 方案、## 措施、## 记录或 ## 总结 的下面"
            )


def _missing(activity: ActivityRecord) -> Iterator[Diagnostic]:
    markdown = activity.markdown
    titles = [s.title for s in markdown.sections]
    missing = [part for part in PARTS if part not in titles]
    for section in markdown.sections:
        if section.title in PARTS:
            continue
        span = markdown.find_heading_span(section)
        meant = _guess_meant_heading(section.title, missing)
        if meant:
            missing.remove(meant)
            yield make_problem(
                _SLUG, span, f"标题“{section.title}”应当是“{meant}”", f"这一行改成：## {meant}"
            )
        else:
            shown = section.title[:20]
            yield make_problem(
                _SLUG,
                span,
                f"正文只分方案、措施、记录、总结四部分，没有“{shown}”" if shown else "这个标题是空的",
                f"把内容并入上面的部分，或改成小标题：### {shown}" if shown else "删去这一行，或写上标题",
            )
    for part, span in _loose_headings(activity, missing):
        missing.remove(part)
        yield make_problem(_SLUG, span, f"“{part}”没有写成规定的标题", f"这一行改成：## {part}")
    if len(missing) == len(PARTS):
        at = markdown.file.make_span(min(markdown.body_line, markdown.file.text.count("\n") + 1))
        yield make_problem(
            _SLUG,
            at,
            "正文没有分成方案、措施、记录、总结四部分",
            "用 ## 方案、## 措施、## 记录、## 总结 四个标题把正文分开",
        )
    else:
        for part in missing:
            yield _absent(activity, part)


def _guess_meant_heading(title: str, missing: list[str]) -> str | None:
    contained = [part for part in missing if part in title]
    return next(iter(contained or difflib.get_close_matches(title, missing, 1, 0.5)), None)


def _loose_headings(activity: ActivityRecord, missing: list[str]) -> Iterator[tuple[str, Span]]:
    seen: set[str] = set()
    for offset, line in enumerate(activity.markdown.body.split("\n") if missing else ()):
        match = _LOOSE.fullmatch(line)
        if match and match[1] in missing and match[1] not in seen:
            seen.add(match[1])
            yield match[1], activity.file.make_span(activity.markdown.body_line + offset, 1, len(line) + 1)


def _absent(activity: ActivityRecord, part: str) -> Diagnostic:
    """Report a part that is nowhere, at the heading behind which it belongs."""
    before: Section | None = None
    for earlier in PARTS[: PARTS.index(part)]:
        before = activity.markdown.find_section(earlier) or before
    if before is None:
        first = activity.markdown.sections[0] if activity.markdown.sections else None
        where = f"在“{first.title}”前面" if first else "在正文开头"
        span = (
            activity.markdown.find_heading_span(first)
            if first
            else activity.file.make_span(activity.markdown.body_line)
        )
    else:
        where, span = f"在“{before.title}”这一段后面", activity.markdown.find_heading_span(before)
    return make_problem(_SLUG, span, f"缺少“{part}”部分", f"{where}另起一行写 ## {part}，下面写内容")


def _order(activity: ActivityRecord) -> Iterator[Diagnostic]:
    places = [PARTS.index(s.title) for s in activity.markdown.sections if s.title in PARTS]
    in_order = _longest_rise(list(dict.fromkeys(places)))
    seen: dict[str, int] = {}
    for section in activity.markdown.sections:
        if section.title not in PARTS:
            continue
        span = activity.markdown.find_heading_span(section)
        if section.title in seen:
            fix = f"并到第 {seen[section.title]} 行的“{section.title}”里"
            yield make_problem(_SLUG, span, f"“{section.title}”写了两次", fix)
            continue
        seen[section.title] = section.line
        if PARTS.index(section.title) not in in_order:
            fix = "移动这一段；顺序是方案、措施、记录、总结"
            yield make_problem(_SLUG, span, f"“{section.title}”的位置不对", fix)


def _longest_rise(places: list[int]) -> tuple[int, ...]:
    """Return the most parts that already stand in order, so that no more than needed are to be moved."""
    tries = (c for size in range(len(places), 0, -1) for c in itertools.combinations(places, size))
    return next((c for c in tries if list(c) == sorted(c)), ())


def _preface(activity: ActivityRecord) -> int:
    """Return the line of text that stands before the first heading of a part, or 0."""
    if not activity.markdown.sections:
        return 0
    first = activity.markdown.sections[0].line
    for offset, line in enumerate(activity.markdown.body.split("\n")[: first - activity.markdown.body_line]):
        if line.strip() and not _LOOSE.fullmatch(line):
            return activity.markdown.body_line + offset
    return 0


RULE = Rule(
    slug=_SLUG,
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="正文有方案、措施、记录、总结四部分",
    check=_check,
    text=__doc__,
)
