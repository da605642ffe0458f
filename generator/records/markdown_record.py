"""Split a Markdown record into front matter, body and second-level sections, with their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from generator.records.diagnostics import Diagnostic, SourceFile, Span

_HEADING = re.compile(r"^(#{1,6}|＃{1,6})[ \t　]*(.*?)[ \t　]*#*\s*$")
_FENCE = re.compile(r"^---\s*$")
_LOOSE_FENCE = re.compile(r"^\s*(?:-{2,}|—{1,}|－{2,}|–{2,}|﹣{2,}|-\s-\s-|={3,}|\*{3,})\s*$")
_LOOKS_LIKE_KEY = re.compile(r"^\s*[\w\-]{1,20}\s*[:：]")
_CODE = re.compile(r" {0,3}(`{3,})([^`]*)")
# What may end the front matter, and what may begin a section or a block of code.
# Both begin with a line end, which is found faster than the beginning of a line.
_FRONT_ENDS = re.compile(r"\n(?:[^\S\n]*(?:[-—－–﹣=*][^\S\n]*)+(?=\n|\Z)|##|＃＃)")
_BODY_MARKS = re.compile(r"\n([#＃ \t`][^\n]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A ``## `` section: its title, the line of its heading, and its text (Markdown, without the heading)."""

    title: str
    line: int
    text: str


class MarkdownRecord:
    """The parts of a Markdown record. ``front_line`` and ``body_line`` are the first lines of each, from 1.

    All parts are cut from the file's text when they are asked for: a ledger needs none of them, and an
    archive of thousands of records is held once, not three times.
    """

    __slots__ = ("_body_start", "_front", "_sections", "body_line", "file", "front_line")

    def __init__(
        self, file: SourceFile, *, front: tuple[int, int] | None, front_line: int, body: int, body_line: int
    ) -> None:
        """Keep where the parts lie: ``front`` from and to, ``body`` from; both count characters of the text."""
        self.file = file
        self.front_line = front_line
        self.body_line = body_line
        self._front = front
        self._body_start = body
        self._sections: tuple[Section, ...] | None = None

    @property
    def front(self) -> str | None:
        """The front matter without its fences, or ``None`` when there is none."""
        return None if self._front is None else self.file.text[self._front[0] : self._front[1]]

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.file.text[self._body_start :]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The second-level sections in order."""
        if self._sections is None:
            self._sections = _sections(self.body, self.body_line)
        return self._sections

    def find_section(self, title: str) -> Section | None:
        """Return the first section of that title, or ``None``."""
        return next((s for s in self.sections if s.title == title), None)

    def find_heading_span(self, section: Section) -> Span:
        """Return the place of a section's heading."""
        line = self.file.read_line(section.line)
        return self.file.make_span(section.line, 1, len(line) + 1)


def split_markdown(file: SourceFile) -> tuple[MarkdownRecord, list[Diagnostic]]:
    """Split a record at its fences. A missing or half fence is reported and, where it is clear, mended."""
    text = file.text
    if text.startswith("---\n") and (end := _FRONT_ENDS.search(text, 3)) and end[0] == "\n---":
        body_line = text.count("\n", 4, end.end()) + 3
        front = (4, max(4, end.start()))
        whole = MarkdownRecord(file, front=front, front_line=2, body=end.end() + 1, body_line=body_line)
        return whole, []
    return _mended(file)


def _mended(file: SourceFile) -> tuple[MarkdownRecord, list[Diagnostic]]:
    lines = file.text.split("\n")
    problems: list[Diagnostic] = []
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        problems.append(_fence(file, 1, "文件是空的", "对照填写指南的样例重写；第一行是 ---"))
        return _record(file, lines, None, 1, 0), problems
    opening = lines[start]
    front_at = start + 1
    if not _FENCE.match(opening):
        if _LOOSE_FENCE.match(opening):
            problems.append(
                _fence(
                    file, start + 1, f"开头的分隔线“{opening.strip()[:12]}”写法不对", "改成三个英文减号：---"
                )
            )
        elif _LOOKS_LIKE_KEY.match(opening) or (
            opening.startswith("#") and any(map(_LOOKS_LIKE_KEY.match, lines[start : start + 3]))
        ):
            problems.append(
                _fence(file, start + 1, "第一行缺少分隔线 ---", "在最前面加一行，只写三个英文减号：---")
            )
            front_at = start
        else:
            problems.append(
                _fence(
                    file,
                    start + 1,
                    "没有找到开头的填写栏（两行 --- 之间的部分）",
                    "文件第一行写 ---，接着逐行填写，再写一行 ---",
                )
            )
            return _record(file, lines, None, 1, start), problems
    elif start:
        problems.append(_fence(file, 1, "分隔线 --- 前面有空行", "删去文件开头的空行，让 --- 成为第一行"))
    end = None
    for index in range(front_at, len(lines)):
        line = lines[index]
        if _FENCE.match(line):
            end = index
            break
        if _LOOSE_FENCE.match(line):
            problems.append(
                _fence(file, index + 1, f"分隔线“{line.strip()[:12]}”写法不对", "改成三个英文减号：---")
            )
            end = index
            break
        if line.startswith(("## ", "##", "＃＃")) and not line.startswith("###"):
            problems.append(
                _fence(file, index + 1, "填写栏没有结束：缺少第二行 ---", "在第一个 ## 标题前加一行：---")
            )
            return _record(file, lines, (front_at, index), front_at + 1, index), problems
    if end is None:
        problems.append(
            _fence(
                file,
                len(lines) if lines[-1].strip() else len(lines) - 1 or 1,
                "填写栏没有结束：缺少第二行 ---",
                "填写完各项后另起一行，只写三个英文减号：---",
            )
        )
        return _record(file, lines, (front_at, len(lines)), front_at + 1, len(lines)), problems
    return _record(file, lines, (front_at, end), front_at + 1, end + 1), problems


def _record(
    file: SourceFile, lines: list[str], front: tuple[int, int] | None, front_line: int, body_at: int
) -> MarkdownRecord:
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    span = None if front is None else (starts[front[0]], max(starts[front[0]], starts[front[1]] - 1))
    return MarkdownRecord(
        file, front=span, front_line=front_line, body=starts[body_at], body_line=body_at + 1
    )


def mark_code_lines(lines: Sequence[str]) -> list[bool]:
    """Return of each line whether it belongs to a block between lines of backticks (CommonMark 0.31, 4.5).

    A block that nothing closes is none: it would swallow all the headings that follow.
    """
    fences = [_CODE.fullmatch(line) for line in lines]
    longest, closing = 0, [0] * len(lines)
    for place in range(len(lines) - 1, -1, -1):
        closing[place] = longest
        if (fence := fences[place]) and not fence[2].strip():
            longest = max(longest, len(fence[1]))
    found, opened = [], 0
    for place, fence in enumerate(fences):
        found.append(bool(opened))
        if fence is None:
            continue
        if not opened and closing[place] >= len(fence[1]):
            found[-1], opened = True, len(fence[1])
        elif opened and len(fence[1]) >= opened and not fence[2].strip():
            opened = 0
    return found


def _sections(body: str, body_line: int) -> tuple[Section, ...]:
    body = "\n" + body
    heads: list[tuple[re.Match[str], str]] = []
    marks = list(_BODY_MARKS.finditer(body))
    for mark, is_code in zip(marks, mark_code_lines([mark[1] for mark in marks]), strict=True):
        line = mark[1]
        if not is_code and line[0] in "#＃" and (match := _HEADING.match(line)) and len(match[1]) == 2:
            heads.append((mark, match[2]))
    found = []
    number, counted = body_line - 1, 0
    for place, (mark, title) in enumerate(heads):
        number += body.count("\n", counted, mark.start(1))
        counted = mark.start(1)
        end = heads[place + 1][0].start() if place + 1 < len(heads) else len(body)
        found.append(Section(title=title, line=number, text=body[mark.end() : end].strip("\n")))
    return tuple(found)


def _fence(file: SourceFile, line: int, message: str, fix: str) -> Diagnostic:
    return Diagnostic(
        rule="front-matter-fence",
        span=file.make_span(line, 1, max(2, len(file.read_line(line)) + 1)),
        message=message,
        fix=fix,
    )
