"""Recognise the headings of a report: which of 方案、措施、记录、总结 a heading means, in a school's own words."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from generator.actions.receive.folding import UNNUMBERED, fold_text, split_number
from generator.actions.receive.vocabulary import (
    AHEAD,
    CONTENT,
    FILLERS,
    HEADINGS,
    PREFIXES,
    STRONG,
    WHOLE,
    list_misspelt,
)

_PART = {word: part for part, words in reversed(HEADINGS.items()) for word in words.split()}
_WHOLE = {word: part for part, words in WHOLE.items() for word in words.split()}
_MISSPELT = dict(list_misspelt(_PART))
_WRONG = re.compile("|".join(_MISSPELT))
_TOKENS = re.compile("|".join(sorted(map(re.escape, _PART), key=len, reverse=True)))
_FILLER = re.compile("|".join(sorted(map(re.escape, FILLERS.split()), key=len, reverse=True)))
_AND = re.compile("及其|以及|及|与|和|、|/|暨")
_AHEAD = re.compile(AHEAD)
_STRONG = re.compile(STRONG)
_PREFIXED = re.compile(f"(?:{PREFIXES})[\u4e00-\u9fff]")
_BRACKETS = re.compile(r"^[^\w（(《“\"|]+|[^\w）)》”\"|。！？!?；;，,…]+$")
_ENCLOSED = re.compile(r"\s*[【〖［\[]\s*([^】〗］\]]{1,14}?)\s*[】〗］\]]\s*[:：]?\s*(.*)", re.DOTALL)
_INLINE = re.compile(r"([^:：。，；！？,;!?]{1,16}?)\s*[:：]\s*(\S.*)", re.DOTALL)
_PROMPT = re.compile(r"\s*[（(][^（）()]{2,40}[)）]\s*[:：]?\s*\Z")
"""What a form asks behind a heading: 方案（写明目的、对象）."""
_BARE_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2}|(?:PART|Part|part)\s*[.．]?\s*[0-9]{1,2})[\s/|｜丨.．]*(?=[\u4e00-\u9fff])"
)
_SET_NUMBER = re.compile(r"\s*(?:0[1-9]|(?:PART|Part|part)\s*[.．]?\s*[0-9]{1,2})[\s/|｜丨.．]+")
_HALVES = re.compile(r"\s*[·•・|｜丨—–-]+\s*|[\s\u3000]+")
_ENDED = re.compile("[。；！？，、,;!?：:]")
_TWO = 2
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
    if part := _WHOLE.get(text):
        return part
    text = replace_misspelt(text)
    found = [token[0] for piece in _AND.split(text) if (token := _last(piece))]
    rest = _FILLER.sub("", _AHEAD.sub("", _TOKENS.sub("", text)))
    if len(rest) > (2 if loose else 0) or not (found or _AHEAD.match(text)):
        return None
    return "总结" if _AHEAD.search(text) else _PART[found[0]]


def replace_misspelt(text: str) -> str:
    """Return a heading's words with 目地 as 目的 and 过呈 as 过程, where they hold no word that is known as it is written."""
    return text if _TOKENS.search(text) else _WRONG.sub(lambda wrong: _MISSPELT[wrong[0]], text)


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
    bare = _BARE_NUMBER.match(stripped) if level == UNNUMBERED else None
    rest = stripped[bare.end() :].strip() if bare else stripped
    if bare and (part := match_part(rest)):
        return _make(part, rest, 1, "")
    return _find_in_half(rest, 1 if bare else level)


def read_level(line: str) -> tuple[int, str]:
    """Return the level of a heading's number, also of one that no sign parts from the words, and the words."""
    level, words = split_number(line)
    if level == UNNUMBERED and (bare := _SET_NUMBER.match(line)):
        return 1, line[bare.end() :]
    return level, words


def _find_in_half(text: str, level: int) -> Heading | None:
    """Return what a line in two halves heads, one of them a poem's: 携手同行 · 活动缘起; it is never clear."""
    halves = [half for half in _HALVES.split(text) if half]
    if len(halves) != _TWO or len(text) > _LONGEST or _ENDED.search(text):
        return None
    parts = [part for half in halves if len(half) > 1 and (part := match_part(half))]
    if len(parts) != 1 or parts[0] == CONTENT:
        return None
    return Heading(part=parts[0], words=text, level=level, clear=False)


def _is_strong(words: str) -> bool:
    text = replace_misspelt(fold_text(words))
    return _PREFIXED.match(text) is not None or any(
        _STRONG.fullmatch(token[0]) for token in _TOKENS.finditer(text)
    )


def _make(part: str, words: str, level: int, rest: str) -> Heading:
    words = words.strip()
    plain = _PLAIN.fullmatch(fold_text(words)) is not None
    text = fold_text(words)
    parts = {_PART[token[0]] for token in _TOKENS.finditer(text)}
    ahead = _AHEAD.search(text) is not None and part == "总结"
    clear = match_part(words) == part and (
        ahead or len(parts) == 1 or any(_STRONG.fullmatch(token[0]) for token in _TOKENS.finditer(text))
    )
    return Heading(part=part, words=words, level=level, rest=rest.strip(), plain=plain, clear=clear)
