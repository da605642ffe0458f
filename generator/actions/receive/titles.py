"""Choose an activity's title: its name or theme where the report states one, else the line that heads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.actions.receive.folding import fold_text
from generator.actions.receive.school_names import SchoolNames

_FORM_WORDS = (
    "高台县|县|年|月|日|编印?|印发|月份|份|第|学期|春|秋|上半|下半|季度|度|教育局|幼儿园|结对|帮扶|活动|工作|记录|登记|情况|材料|台账|目录|汇总|表|单|卡|总结|方案|"
    "小结|简报|简讯|汇报|文件|档案|资料|报告|计划|措施|[0-9一二三四五六七八九十]+|[“”\"'《》()（）·.、:：—\\-_*]"
)
_FORM = re.compile(_FORM_WORDS)
_IS_FORM = re.compile("(?:表|单|卡|台账|目录|材料|文件|档案|资料|汇总)[)）]?$")
_FORM_PHRASE = re.compile("示范引领|支教|情况")
_SUBTITLE = re.compile(r"\s*(?:——|—|--|－－|―)\s*(\S.*)")
_LONGEST = 80
_GREETING = re.compile("各位|尊敬的|大家|领导|老师们?好")
_SENTENCE = re.compile("[。；]|[!！]\\s*[,，]?\\S")
_TOLD = re.compile(
    "(?:本周|这周|上周|今天|昨天|前天|今日|昨日|近日|日前|[0-9]{1,2}月[0-9]{1,2}日)[^,]{0,8},|我(?:们)?园?.*(?:了|啦)|.*(?:报一下|汇报一下|如下)"
)
"""What a line that tells or announces begins with: it is no title."""


_MENTION = re.compile(r"^(?:@\S+\s+)+")
"""Whom a chat's message is sent to."""


def choose_title(lines: Sequence[str], names: SchoolNames) -> tuple[str, bool, tuple[int, ...]]:
    """Return a title of the lines at a report's head, whether it says more than a form's name, and the lines it is.

    A line that begins with a dash goes on with the one above it. "" where no line will do.
    """
    told = next((at for at, line in enumerate(lines) if _is_told(line)), len(lines))
    usable = [at for at, line in enumerate(lines[: min(told, 6)]) if _may_be_title(line)]
    if not usable:
        return "", False, ()
    best = max(
        usable,
        key=lambda at: (
            _is_own(lines[at], names),
            "关于" in lines[at] and not lines[at].endswith("通知"),
            -at,
        ),
    )
    title, used = lines[best], [best]
    behind = _SUBTITLE.fullmatch(lines[best + 1]) if best + 1 < len(lines) else None
    if behind and len(lines[best + 1]) <= _LONGEST:
        title, used = f"{title}——{behind[1]}", [best, best + 1]
    return " ".join(title.split()), _is_own(title, names), tuple(used)


def _is_told(line: str) -> bool:
    """Say whether a line is a passage: no title stands behind it."""
    return len(line) > _LONGEST or line.endswith("。") or _TOLD.match(fold_text(line)) is not None


def _may_be_title(line: str) -> bool:
    folded = fold_text(line)
    return (
        4 <= len(folded) <= _LONGEST
        and not _SENTENCE.search(line)
        and not folded.endswith(":")
        and not _SUBTITLE.fullmatch(line)
        and not _GREETING.match(folded)
        and not _TOLD.match(folded)
    )


def _is_own(line: str, names: SchoolNames) -> bool:
    """Say whether a line names what was done, not only who and on what form."""
    line = strip_mention(line)
    folded = fold_text(line)
    for each in reversed(names.find(line)):
        folded = folded[: each.start] + folded[each.end :]
    rest = _FORM.sub("", folded.replace(names.county, ""))
    return len(rest) >= 2


def strip_mention(line: str) -> str:
    """Return a line of a chat without whom it is sent to."""
    return _MENTION.sub("", line)


def is_form_name(line: str) -> bool:
    """Say whether a line is the name of a form, such as 活动记录表."""
    return _IS_FORM.search(fold_text(line)) is not None
