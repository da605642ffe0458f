"""Tell the parts of a report without headings by the tone of its paragraphs; whoever hands it in confirms them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text
from generator.actions.receive.vocabulary import BEFORE, ENDING, LEAD, PURPOSE, TOLD
from generator.records import PARTS

_TONES = {
    "方案": re.compile(PURPOSE),
    "措施": re.compile(BEFORE),
    "记录": re.compile(TOLD),
    "总结": re.compile(ENDING),
}
_LEAD = re.compile(LEAD)
_LEAST_FOR_LEAD = 4
"""Paragraphs of a report whose first may be a lead: of a shorter one it is the account."""
_ACCOUNT = PARTS.index("记录")
_SENTENCES = re.compile("(?<=[。!?;])")
_FIRST, _LATER, _MOST, _REST = 3, 1, 2, 0.1
"""Points for a paragraph's first sentence, for each other, how many others count, and what speaks for the account anyway."""


def sort_paragraphs(paragraphs: Sequence[str]) -> dict[str, list[str]]:
    """Return paragraphs by part, in the order of a record, so that the most of their sentences sound like their part.

    There is always an account. A paragraph of no tone goes with the account, in front of others with a purpose.
    """
    tones = [measure_tones(paragraph) for paragraph in paragraphs]
    if len(paragraphs) >= _LEAST_FOR_LEAD and _LEAD.search(fold_text(paragraphs[0])):
        tones[0] = (tones[0][0] + _FIRST, *tones[0][1:])
    parts = _choose_parts(tones)
    found: dict[str, list[str]] = {}
    for part, paragraph in zip(parts, paragraphs, strict=True):
        found.setdefault(PARTS[part], []).append(paragraph)
    return found


def _choose_parts(tones: Sequence[Sequence[float]]) -> list[int]:
    """Return each paragraph's part, as an index, none before an earlier one's, with the most points in all."""
    ways = {(0, False): _Way(points=0.0)}  # by the last part, and whether an account has been
    for tone in tones:
        found: dict[tuple[int, bool], _Way] = {}
        for (before, told), way in ways.items():
            for part in range(before, len(PARTS)):
                state = part, told or part == _ACCOUNT
                longer = _Way(points=way.points + tone[part], part=part, before=way)
                if state not in found or longer.points > found[state].points:
                    found[state] = longer
        ways = found
    step = max((way for (_, told), way in ways.items() if told), key=lambda way: way.points, default=None)
    parts: list[int] = []
    while step is not None and step.before is not None:
        parts.append(step.part)
        step = step.before
    return parts[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """Parts of the paragraphs so far: the last one's, the way there, the points of all."""

    points: float
    part: int = 0
    before: _Way | None = None


def measure_tones(paragraph: str) -> tuple[float, ...]:
    """Return how much a paragraph sounds like each part."""
    sentences = [each for each in _SENTENCES.split(fold_text(paragraph)) if each]
    found = []
    for name in PARTS:
        tone = _TONES[name]
        later = sum(1 for each in sentences[1:] if tone.match(each))
        first = bool(sentences) and bool(tone.match(sentences[0]))
        found.append(_FIRST * first + _LATER * min(later, _MOST) + _REST * (name == "记录"))
    return tuple(found)
