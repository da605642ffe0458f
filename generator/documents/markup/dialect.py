"""The Markdown dialect: CommonMark less what teachers type without meaning it, and with bold as Chinese needs it.

Signs mean something only where the guide says so. Everything else that CommonMark knows would take away what was
typed: four spaces before a paragraph, a line under a line, ``9:00~9:30``, ``3*4*5``, ``____`` to be filled in,
``[备注]: 见附件``, ``&lt;``, the cells that a row of a table has too many.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isWhiteSpace, mdTrim
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock, blockquote, hr, list_block, paragraph, table
from markdown_it.rules_block.fence import make_fence_rule
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_inline import StateInline, escape, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

_UNMEANT = ("code", "lheading", "reference", "html_block", "html_inline", "entity", "image")
_DEEPEST = 12
"""Levels of lists and quotations within each other; a list takes two."""
_MOST_COLUMNS = 30
BEGINNING, ENDING = "（《〈“‘「『【〔", "，。、；：！？）》〉”’」』】〕"
_PADDED = re.compile("0[0-9]")
_WEB_LINK = re.compile(r"\(\s{0,9}<?https?://[^\s<>]{1,2000}>?\s{0,9}\)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


class _Dialect(MarkdownIt):
    """CommonMark with the rules that records and pages share."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})
        self.enable("table").disable(list(_UNMEANT))
        self.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        self.block.ruler.before("list", "padded", _padded, {"alt": ["list"]})
        self.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
        self.block.ruler.at(
            "blockquote", _quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )
        self.block.ruler.at("hr", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        fence = make_fence_rule(markers=("`",))
        self.block.ruler.at("fence", fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        self.block.ruler.at("paragraph", _paragraph)
        self.inline.ruler.at("emphasis", _bold)
        self.inline.ruler.at("escape", _escape)

    def normalizeLinkText(self, link: str) -> str:  # the library's name
        """Show an address as it was typed."""
        return link


class _Records(_Dialect):
    """What schools write: links lead to web pages, and whatever else looks like one is shown as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.inline.ruler.at("link", _web_link)
        self.inline.ruler.before("link", "picture", _picture)

    def validateLink(self, url: str) -> bool:  # the library's name
        """Say whether an address is a web page's."""
        return _WEB.match(url) is not None


@functools.cache
def make_record_parser() -> MarkdownIt:
    """Return the parser of what schools and the bureau write."""
    return _Records()


@functools.cache
def make_own_parser() -> MarkdownIt:
    """Return the parser of the archive's own pages, whose links may lead within the site."""
    return _Dialect()


def _bold(state: StateInline, silent: bool) -> bool:
    """Tokenise ``*``: two are bold, also beside Chinese punctuation; one, three or more are themselves.

    CommonMark's rule for what opens and closes was made for words between spaces. As in the CJK-friendly draft
    (github.com/tats-u/markdown-cjk-friendly), punctuation outside of ASCII does not keep ``**`` from either, and a
    neighbour outside of ASCII is as good as a space. Nothing bold begins with a comma, though, or ends with an opening
    bracket: 王**、李** are names that somebody masked.
    """
    start, most = state.pos, state.posMax
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < most and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < most else " "
    state.pos = end
    if end - start != 2:
        state.append_pending("*" * (end - start))
        return True
    opens = _flanks(before, after) and after not in ENDING
    closes = _flanks(after, before) and before not in BEGINNING
    for _ in range(2):
        token = state.push("text", "", 0)
        token.content = "*"
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(marker=ord("*"), length=2, token=place, end=-1, open=opens, close=closes)
        )
    return True


def _flanks(outer: str, inner: str) -> bool:
    if isWhiteSpace(ord(inner)):
        return False
    free = isWhiteSpace(ord(outer)) or isMdAsciiPunct(ord(outer)) or not outer.isascii()
    return free or not isMdAsciiPunct(ord(inner))


def _escape(state: StateInline, silent: bool) -> bool:
    """Let a backslash stand at the end of a line, which breaks anyway."""
    return state.src[state.pos : state.pos + 2] != "\\\n" and escape(state, silent)


def _web_link(state: StateInline, silent: bool) -> bool:
    """Read ``[文字](https://…)``; with another target, or with a title behind it, it is shown as it was typed."""
    if state.src[state.pos] != "[" or state.pos > _last_target(state.src):
        return False
    start = state.pos + 1
    end = parseLinkLabel(state, state.pos, True)
    named = end > start and not state.src[start:end].isspace()
    return named and _WEB_LINK.match(state.src, end + 1) is not None and link(state, silent)


@functools.lru_cache(maxsize=1)
def _last_target(src: str) -> int:
    """Return where the last ``](`` is: looking for the end of each of 100,000 brackets takes seconds."""
    return src.rfind("](")


def _picture(state: StateInline, silent: bool) -> bool:
    """Show ``![说明](地址)`` as it was typed, not as a link behind an exclamation mark."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.append_pending("![")
    state.pos += 2
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list; each number is the one that was typed, also where it does not follow the one before.

    ``01.`` begins no item, as no list would show its zero.
    """
    first, level = len(state.tokens), state.level
    if level >= _DEEPEST or _padded(state, start, end, True) or not list_block(state, start, end, silent):
        return False
    following = None
    for token in state.tokens[first:]:
        if token.type == "list_item_open" and token.level == level + 1 and token.info:
            number = int(token.info)
            if following not in (None, number):
                token.attrSet("value", str(number))
            token.info, following = str(number), number + 1
    return True


def _padded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Say that a list ends before ``01.``."""
    return silent and _PADDED.match(state.src, state.bMarks[start] + state.tShift[start]) is not None


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < _DEEPEST and blockquote(state, start, end, silent)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph with the full-width spaces before its first line, which those before others match."""
    line = getLine(state, start)
    found = paragraph(state, start, end, silent)
    state.tokens[-2].content = line[: len(line) - len(line.lstrip("　"))] + state.tokens[-2].content
    return found


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``---`` and ``***``; ``____`` is to be filled in."""
    blank = state.src.startswith("_", state.bMarks[start] + state.tShift[start])
    return not blank and hr(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, and keep the cells that a row has more than the head."""
    if state.src.count("|", state.bMarks[start], state.eMarks[start]) > _MOST_COLUMNS:
        return False
    if start + 1 >= end or "|" not in getLine(state, start + 1):
        return False  # a line under a line
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    made: list[Token] = []
    cells = 0
    line = start
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            cells, line = 0, token.map[0]
        elif token.type in ("th_open", "td_open"):
            cells += 1
            if side := str(token.attrGet("style") or "").removeprefix("text-align:"):
                token.attrs = {"align": side}
        elif token.type == "tr_close":
            made += _further_cells(getLine(state, line), cells)
        made.append(token)
    state.tokens[first:] = made
    return True


def _further_cells(line: str, counted: int) -> Iterator[Token]:
    cells = escapedSplit(mdTrim(line))
    cells = cells[not cells[0] : len(cells) - (not cells[-1])]
    for cell in cells[counted:]:
        yield Token("td_open", "td", 1, block=True)
        yield Token("inline", "", 0, content=mdTrim(cell), children=[], block=True)
        yield Token("td_close", "td", -1, block=True)
