"""Parse the plan's Markdown text into clauses by id and a document to lay out.

The shape is the one in which county plans are written: ``## 一、…`` sections, ``### （一）…`` subsections,
items ``1.…``, and at the end ``## 附件1：…`` with ``备注：…`` notes. Plans that are written as rules have chapters
``## 第一章 …`` and articles ``第一条 …`` that are counted through all of them; others have ``## 1 …``, ``### 1.1 …`` and
``1.1.1 …``. Whatever else stands in the file stays in place as a paragraph: the page holds every word of a plan, even
of one with mistakes in its numbering.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from generator.archive.plan_clauses import (
    ATTACHMENTS,
    Attachment,
    AttachmentIndex,
    Block,
    Clause,
    IndexEntry,
    Paragraph,
    Plan,
    PlanProblem,
)

_CHINESE: Final = "(?:[一二三四五六七八九]?十)?[一二三四五六七八九]|[一二三四五六七八九]?十"
SECTION = re.compile(rf"(?P<label>(?P<number>{_CHINESE})、)(?P<words>.+)")
SUBSECTION = re.compile(rf"(?P<label>[（(](?P<number>{_CHINESE})[）)])(?P<words>.+)")
CHAPTER = re.compile(rf"(?P<label>第(?P<number>{_CHINESE})章[ \u3000]*)(?P<words>.+)")
ARTICLE = re.compile(rf"(?P<label>第(?P<number>{_CHINESE})条[ \u3000]*)(?P<words>.+)", re.DOTALL)
DECIMAL = re.compile(
    r"(?P<label>(?P<number>\d{1,2}(?:[.．]\d{1,2}){0,2})[.．、]?[ \u3000]+)(?P<words>.+)", re.DOTALL
)
"""A number of one part, two or three, and words after a space: 1 总则, 2.1 结对帮扶, 2.1.3 ….."""
ATTACHMENT = re.compile(r"(?P<label>附件(?P<number>\d{0,2})[：:])(?P<words>.+)")
# Not 3.5米, yet 3.2020年…
_ITEM = re.compile(r"(?P<label>(?P<number>\d{1,2})[.．、])(?!\d{1,3}(?!\d))(?P<words>.+)", re.DOTALL)
_TWO_PARTS = re.compile(r"\d+\.\d+")
_NOTE = re.compile(r"(?P<label>备注[：:])(?P<words>.+)", re.DOTALL)
_INDEX = re.compile(r"(?P<label>附件[：:])\s*(?P<words>.+)", re.DOTALL)
_MARKER = re.compile(r"<!--\s*attachment:\s*(\S*)\s*-->")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

# A first sentence this short, with more to follow, is the item's heading (示范教学。), not its content.
_HEADING_LIMIT: Final = 14


def parse_plan(text: str) -> Plan:
    """Return the plan written in ``text``. Never raises: what is wrong is in ``problems``."""
    return _Reader().read(text)


@dataclass(slots=True, kw_only=True)
class _Node:
    """A clause under construction; the plan itself is the node of level 0."""

    level: int
    line: int = 0
    id: str = ""
    anchor: str = ""
    label: str = ""
    heading: str | None = None
    article: bool = False
    blocks: list[Paragraph | Attachment | AttachmentIndex | _Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class _Reader:
    """Reads one file from top to bottom, keeping the chain of clauses that are still open."""

    def __init__(self) -> None:
        self.root = _Node(level=0)
        self.open = [self.root]
        self.title = ""
        self.lines: dict[str, int] = {}  # of every clause and attachment marker, by id or name
        self.anchors: set[str] = set()
        self.problems: list[PlanProblem] = []

    def read(self, text: str) -> Plan:
        for line, block in _blocks(text):
            if block.startswith("#"):
                self._heading(line, block)
            elif block.startswith("<!--"):
                self._marker(line, block)
            else:
                self._paragraph(line, block)
        if not self.title:
            self._problem(1, "方案没有标题。", "在第一行写上：# 方案的名称")
        if not self.anchors:
            self._problem(1, "方案里没有一条带编号的条款。", "各部分的标题写作：## 一、指导思想")
        index: dict[str, Clause] = {}
        blocks = tuple(self._freeze(block, index) for block in self.root.blocks)
        return Plan(
            title=self.title,
            blocks=blocks,
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            index={clause.id: clause for clause in sorted(index.values(), key=lambda clause: clause.line)},
        )

    def _problem(self, line: int, message: str, fix: str) -> None:
        self.problems.append(PlanProblem(line=line, message=message, fix=fix))

    def _heading(self, line: int, block: str) -> None:
        marks, _, words = block.partition(" ")
        words = words.strip()
        if marks == "#" and words and not self.title:
            self.title = words
        elif marks == "##" and (match := SECTION.fullmatch(words)):
            number = _value(match["number"])
            node = _Node(level=1, line=line, id=match["number"], anchor=f"c{number}")
            self._open(node, match, "部分", number)
        elif marks == "##" and (match := CHAPTER.fullmatch(words)):
            number = _value(match["number"])
            node = _Node(level=1, line=line, id=match["label"].strip(), anchor=f"z{number}")
            self._open(node, match, "章", number)
        elif marks in ("##", "###") and (match := DECIMAL.fullmatch(words)):
            self._decimal(line, match, len(marks) - 1)
        elif marks == "##" and (match := ATTACHMENT.fullmatch(words)):
            number = int(match["number"] or 1)
            suffix = str(number) if match["number"] else ""
            node = _Node(level=1, line=line, id=f"附件{suffix}", anchor=f"fj{suffix}")
            self._open(node, match, "附件", number)
        elif marks == "###" and (match := SUBSECTION.fullmatch(words)) and self._parent(2).level:
            number = _value(match["number"])
            parent = self._parent(2)
            node = _Node(
                level=2,
                line=line,
                id=f"{parent.id}-（{match['number']}）",
                anchor=f"{parent.anchor}-{number}",
            )
            self._open(node, match, "节", number)
        else:
            forms = "“# 名称”“## 一、…”，其下“### （一）…”，或“## 第一章 …”“## 1 …”“## 附件1：…”"
            self._problem(line, f"认不出这个标题：{block}", f"标题写作{forms}。")
            self._parent(min(len(marks), 3)).blocks.append(Paragraph(text=words or block, line=line))

    def _decimal(self, line: int, match: re.Match[str], level: int) -> None:
        """Open a clause with a number of as many parts as its level: 2.1 hangs below 2, whatever stands between."""
        parts = re.split(r"[.．]", match["number"])
        parent = self._parent(level)
        if len(parts) != level or (level > 1 and parent.id != ".".join(parts[:-1])):
            message = f"条款“{match['number']}”不在它的上一级下面。"
            self._problem(line, message, "请核对编号，或标题前 # 的个数。")
            self._parent(level).blocks.append(Paragraph(text=match[0], line=line))
            return
        node = _Node(level=level, line=line, id=".".join(parts), anchor=f"c{'-'.join(parts)}")
        self._open(node, match, "条", int(parts[-1]))

    def _marker(self, line: int, block: str) -> None:
        match = _MARKER.fullmatch(block)
        name = match[1] if match else ""
        if name not in ATTACHMENTS:
            near = difflib.get_close_matches(name, ATTACHMENTS, n=1, cutoff=0.5)
            hint = f"是否想写 {near[0]}？" if near else ""
            self._problem(line, f"不认识的附件标记：{block}", f"{hint}可用的名称：{'、'.join(ATTACHMENTS)}。")
        elif name in self.lines:
            message = f"附件标记 {name} 在第 {self.lines[name]} 行已经用过。"
            self._problem(line, message, "一种附件只放一处，请删去一个。")
        else:
            self.lines[name] = line
            self._parent(3).blocks.append(Attachment(name=name, line=line))

    def _paragraph(self, line: int, block: str) -> None:
        parent = self._parent(3)
        if match := ARTICLE.fullmatch(block):
            number = _value(match["number"])
            node = _Node(level=3, line=line, id=match["label"].strip(), anchor=f"t{number}", article=True)
            self._open(node, match, "条", number)
        elif not parent.level:
            self.open[-1].blocks.append(Paragraph(text=block, line=line))
        elif match := _INDEX.fullmatch(block):
            del self.open[1:]
            entries = tuple(_entry(words) for words in match["words"].split("\n"))
            self.root.blocks.append(AttachmentIndex(label=match["label"], entries=entries, line=line))
        elif match := _NOTE.fullmatch(block):
            node = _Node(level=3, line=line, id=f"{parent.id}-备注", anchor=f"{parent.anchor}-note")
            self._open(node, match)
        elif (
            _TWO_PARTS.fullmatch(parent.id)
            and (match := DECIMAL.fullmatch(block))
            and len(re.split(r"[.．]", match["number"])) == 3
        ):
            self._decimal(line, match, 3)
        elif not self.open[-1].article and (match := _ITEM.fullmatch(block)):
            number = int(match["number"])
            node = _Node(level=3, line=line, id=f"{parent.id}-{number}", anchor=f"{parent.anchor}-{number}")
            self._open(node, match, "条", number)
        else:
            self.open[-1].blocks.append(Paragraph(text=block, line=line))

    def _parent(self, level: int) -> _Node:
        """Return the innermost open clause that may hold a clause of ``level``."""
        return next(node for node in reversed(self.open) if node.level < level)

    def _open(self, node: _Node, match: re.Match[str], series: str = "", number: int = 0) -> None:
        """Hang ``node`` into the tree and fill it from ``match``; its number is checked within ``series``."""
        parent = self._parent(node.level)
        del self.open[self.open.index(parent) + 1 :]
        if node.id in self.lines:
            message = f"条款“{node.id}”重复：第 {self.lines[node.id]} 行已有这个编号。"
            self._problem(node.line, message, "请核对编号。")
            parent.blocks.append(Paragraph(text=match[0], line=node.line))
            return
        counting = self.root if node.article else parent  # articles are counted through all chapters
        expected = counting.counts.get(series, 0) + 1
        if series and number != expected:
            message = f"条款“{node.id}”的编号不连续：这里应是第 {expected} {series}。"
            self._problem(node.line, message, "请核对是否漏了一条，或写错了编号。")
        counting.counts[series] = number
        while node.anchor in self.anchors:  # 四-1 beside 四-（一）: rare, yet each keeps its own address
            node.anchor += "x"
        self.anchors.add(node.anchor)
        self.lines[node.id] = node.line
        node.label, words = match["label"], match["words"].strip()
        if node.level < 3:
            node.heading = words
        else:
            node.heading, words = _split_heading(words)
            node.blocks.append(Paragraph(text=words, line=node.line))
        parent.blocks.append(node)
        self.open.append(node)

    def _freeze(
        self, block: Paragraph | Attachment | AttachmentIndex | _Node, index: dict[str, Clause]
    ) -> Block:
        if isinstance(block, AttachmentIndex):
            # Only now is it known which of the attachments that the list promises the file holds.
            kept = (e if e.anchor in self.anchors else replace(e, anchor="") for e in block.entries)
            return replace(block, entries=tuple(kept))
        if not isinstance(block, _Node):
            return block
        blocks = tuple(self._freeze(inner, index) for inner in block.blocks)
        clause = index[block.id] = Clause(
            id=block.id,
            anchor=block.anchor,
            label=block.label,
            heading=block.heading,
            text="\n".join(inner.text for inner in blocks if isinstance(inner, Paragraph)),
            level=block.level,
            line=block.line,
            blocks=blocks,
        )
        return clause


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every heading, comment and paragraph, Markdown's escapes undone."""
    pending: list[str] = []
    start = 1
    lines = text.removeprefix("\ufeff").splitlines()
    for number, raw in enumerate([*lines, ""], start=1):
        line = raw.strip()
        alone = line.startswith(("#", "<!--"))
        # Items on consecutive lines are clauses of their own; those of the list of attachments are not.
        numbered = _ITEM.match(line) is not None or ARTICLE.match(line) is not None
        item = numbered and not (pending and _INDEX.match(pending[0]))
        if pending and (not line or alone or item):
            yield start, _joined(pending)
            pending = []
        if alone:
            yield number, _ESCAPE.sub(r"\1", line)
        elif line:
            start = start if pending else number
            pending.append(line)


def _joined(lines: list[str]) -> str:
    """Join a paragraph's lines: Chinese has no space at a line's end; a backslash there is a wanted break."""
    text = "".join(f"{line[:-1].rstrip()}\n" if line.endswith("\\") else line for line in lines)
    return _ESCAPE.sub(r"\1", text.strip())


def _entry(words: str) -> IndexEntry:
    match = _ITEM.fullmatch(words.strip())
    if match is None:
        return IndexEntry(label="", title=words.strip(), anchor="fj")
    return IndexEntry(label=match["label"], title=match["words"].strip(), anchor=f"fj{match['number']}")


def _split_heading(words: str) -> tuple[str | None, str]:
    first, stop, rest = words.partition("。")
    return (first + stop, rest) if rest and len(first) <= _HEADING_LIMIT else (None, words)


def _value(chinese: str) -> int:
    """Return the value of 一 … 九十九."""
    digits = "零一二三四五六七八九"
    tens, ten, ones = chinese.rpartition("十")
    high = digits.index(tens or "一") * 10 if ten else 0
    return high + digits.index(ones or "零")
