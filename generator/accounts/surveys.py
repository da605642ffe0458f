"""Counts of a questionnaire that tell of nobody: small numbers joined until none stands for a few people.

A number from one to four points at persons in a kindergarten of twenty, and the archive is public as a whole, so
that hiding it on the page alone would hide nothing. It is never written: choices with so few answers are joined
with the next ones until :data:`LEAST` people stand behind each. Whoever subtracts finds nothing, either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LEAST = 5
"""So many people stand behind every published number, unless it is nought."""

LONGEST_CHOICE = 40
"""A longer choice is what somebody said."""

_ASKS_WHO = re.compile("姓名|名字|您叫什么|电话|手机号|身份证|微信号|QQ|邮箱|住址|家庭地址|签名|学号|准考证")


def asks_who(question: str) -> bool:
    """Say whether a question asks who answers."""
    return _ASKS_WHO.search(question) is not None


def too_few(choices: Mapping[str, int]) -> Iterator[str]:
    """Yield the choices behind which somebody, but fewer than :data:`LEAST` stand."""
    return (choice for choice, count in choices.items() if 0 < count < LEAST)


def joined(choices: Mapping[str, int]) -> dict[str, int] | None:
    """Return choices with small numbers joined, in their order; None where nothing could be told any more.

    A small one takes its smaller neighbour, since the choices of a scale mean similar things side by side. Of a
    question with several answers from one person small numbers cannot be added up: see :func:`without_small`.
    """
    found: list[tuple[tuple[str, ...], int]] = [
        ((choice,), count) for choice, count in choices.items() if count
    ]
    asked = len(found)
    if not asked:
        return None
    while small := [i for i, (_, count) in enumerate(found) if count < LEAST]:
        if len(found) == 1:
            return None
        at = min(small, key=lambda i: found[i][1])
        near = min((i for i in (at - 1, at + 1) if 0 <= i < len(found)), key=lambda i: found[i][1])
        first, second = sorted((at, near))
        found[first : second + 1] = [(found[first][0] + found[second][0], found[first][1] + found[second][1])]
    if asked > len(found) == 1:
        return None  # “satisfied or not: all”
    names = {choice: "或".join(parts) for parts, _ in found for choice in parts}
    counts = {"或".join(parts): count for parts, count in found}
    return {(name := names.get(choice, choice)): counts.get(name, 0) for choice in choices}


def without_small(choices: Mapping[str, int]) -> dict[str, int] | None:
    """Return the choices of a question with several answers that enough people gave; None where there are none."""
    kept = {choice: count for choice, count in choices.items() if not 0 < count < LEAST}
    return kept if any(kept.values()) else None
