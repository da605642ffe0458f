"""Recognise the headings of a report: which of 方案、措施、记录、总结 a heading means, in a school's own words."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from generator.actions.receive.folding import UNNUMBERED, fold_text, split_number

PICTURES, CONTENT = "图片", "内容"
"""Headings that are none of the four parts: of pictures, and 活动内容, which is a plan or an account by what is beside it."""

_WORDS = {
    "方案": "方案 目的 目标 宗旨 背景 意图 缘起 由来 指导思想 计划 安排 预设 意义 主旨 思路 初衷 设想 依据 概述",
    "措施": "措施 准备 做法 步骤 分工 方法 保障 策略 举措 筹备 要求 注意事项 须知",
    "记录": "记录 过程 实录 纪实 经过 流程 程序 实施 情况 概况 回顾 环节 片段 侧记 进程",
    "总结": (
        "总结 小结 反思 成效 效果 收获 体会 感悟 心得 成果 评价 问题 不足 打算 建议 改进 结果 感想 启示 亮点 反馈 成绩 "
        "展望 结语 思考 点评 后记 困惑 努力方向 影响"
    ),
    PICTURES: "图片 照片 剪影 截图 影像 相片 图集 影集 风采 瞬间 镜头 附图 配图 掠影 花絮",
    CONTENT: "内容",
}
_PART = {word: part for part, words in reversed(_WORDS.items()) for word in words.split()}
_FILLERS = (
    "活动 会议 教研 教学 工作 本次 此次 这次 主要 具体 帮扶 结对 基本 开展 取得 存在 下一步 下步 下阶段 今后 课后 课前 前期 会后 会前 "
    "观摩 学习 培训 研讨 讲座 送教 几点 一些 整体 主题 相关 实施 预期 后续 现场 详细 简要 个人 总体 特色 推进 落实 组织 精彩 "
    "设计 达成 意见 方面 有关 自我 教师 幼儿 家长 班级 园所 部分 阶段 的 之 各 项 后 前 总 及其 以及 及 与 和 或 、 / · 暨 - — ―"
)  # fmt: skip
_TOKENS = re.compile("|".join(sorted(map(re.escape, _PART), key=len, reverse=True)))
_FILLER = re.compile("|".join(sorted(map(re.escape, _FILLERS.split()), key=len, reverse=True)))
_AND = re.compile("及其|以及|及|与|和|、|/|暨")
_STRONG = re.compile(
    "方案|目的|目标|措施|准备|做法|记录|过程|实录|纪实|总结|小结|反思|成效|效果|收获|体会|感悟|图片|照片|内容"
)
"""Words that head a part also in front of a colon; others, such as 问题, are as often a line's own."""
_BRACKETS = re.compile(r"^\s*[【〖［\[《〈『「★◆●■◎▶☆※*＊#~～]+\s*|\s*[】〗］\]》〉』」★◆●■☆※*＊#~～]+$")
_ENCLOSED = re.compile(r"\s*[【〖［\[]\s*([^】〗］\]]{1,14}?)\s*[】〗］\]]\s*[:：]?\s*(.*)", re.DOTALL)
_INLINE = re.compile(r"([^:：。，；！？,;!?]{1,16}?)\s*[:：]\s*(\S.*)", re.DOTALL)
_PROMPT = re.compile(r"\s*[（(][^（）()]{2,40}[)）]\s*[:：]?\s*\Z")
"""What a form asks behind a heading: 方案（写明目的、对象）."""
_LONGEST = 16
_PLAIN = re.compile("(?:活动|工作)?(?:方案|措施|记录|总结|小结|图片|照片)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its part (or PICTURES or CONTENT), its words, the level of its number, the text behind it on its line.

    plain: it names the part itself, with nothing added.   clear: all its words are known, of one part alone.
    """

    part: str
    words: str
    level: int = UNNUMBERED
    rest: str = ""
    plain: bool = False
    clear: bool = True


def match_part(words: str, *, loose: bool = False) -> str | None:
    """Return the part that a heading's words mean, None where they are none. ``loose``: two more characters will do."""
    text = fold_text(words).strip(":")
    if not text or len(text) > _LONGEST:
        return None
    found = [token[0] for piece in _AND.split(text) if (token := _last(piece))]
    if not found:
        return None
    rest = _FILLER.sub("", _TOKENS.sub("", text))
    return _PART[found[0]] if len(rest) <= (2 if loose else 0) else None


def _last(piece: str) -> re.Match[str] | None:
    """Return the last known word of a piece: in 实施步骤 it is what the others describe."""
    return next(iter(deque(_TOKENS.finditer(piece), maxlen=1)), None)


def find_heading(line: str) -> Heading | None:
    """Return what a line heads, with the text that follows on the same line; None where it heads nothing."""
    level, text = split_number(line)
    if (found := _ENCLOSED.fullmatch(text)) and (part := match_part(found[1], loose=True)):
        return _make(part, found[1], level, found[2])
    stripped = _BRACKETS.sub("", text).strip()
    words = _PROMPT.sub("", stripped).rstrip(":： 　")
    if part := match_part(words, loose=level != UNNUMBERED and len(fold_text(words)) <= 8):
        return _make(part, words, level, "")
    inline = _INLINE.fullmatch(stripped)
    if inline and (part := match_part(inline[1])) and (_is_strong(inline[1]) or level != UNNUMBERED):
        return _make(part, inline[1], level, inline[2])
    return None


def _is_strong(words: str) -> bool:
    return any(_STRONG.fullmatch(token[0]) for token in _TOKENS.finditer(fold_text(words)))


def _make(part: str, words: str, level: int, rest: str) -> Heading:
    words = words.strip()
    plain = _PLAIN.fullmatch(fold_text(words)) is not None
    parts = {_PART[token[0]] for token in _TOKENS.finditer(fold_text(words))}
    clear = match_part(words) == part and (len(parts) == 1 or _is_strong(words))
    return Heading(part=part, words=words, level=level, rest=rest.strip(), plain=plain, clear=clear)
