"""Make the counts of a questionnaire anonymous: join choices until no number stands for only a few people.

In a kindergarten of twenty a number from one to four identifies persons, and since the whole archive is public,
it is not enough to hide such a number on the page. It is never written: choices with so few answers are joined
with their neighbours until :data:`LEAST` people gave each. Subtraction from totals reveals nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LEAST = 5
"""Fewest people behind a published number other than zero."""

LONGEST_CHOICE = 40
"""A longer choice is somebody's own answer, not a printed choice."""

_ASKS_WHO = re.compile("姓名|名字|您叫什么|电话|手机号|身份证|微信号|QQ|邮箱|住址|家庭地址|签名|学号|准考证")


def asks_who(question: str) -> bool:
    """Say whether a question asks for the identity of the answering person."""
    return _ASKS_WHO.search(question) is not None


def find_too_few(choices: Mapping[str, int]) -> Iterator[str]:
    """Yield the choices that somebody, but fewer than :data:`LEAST` people, gave."""
    return (choice for choice, count in choices.items() if 0 < count < LEAST)


def join_small(choices: Mapping[str, int]) -> dict[str, int] | None:
    """Return choices with small numbers joined, in their order; None where nothing informative would remain.

    A small number is joined with its smaller neighbour, since neighbouring choices of a scale are similar. Where
    one person may give several answers, small numbers cannot be added up: see :func:`drop_small`.
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


def drop_small(choices: Mapping[str, int]) -> dict[str, int] | None:
    """Return the choices of a multiple-answer question that enough people gave; None where there are none."""
    kept = {choice: count for choice, count in choices.items() if not 0 < count < LEAST}
    return kept if any(kept.values()) else None
