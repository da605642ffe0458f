"""Which reports share their wording: pairs of activities whose texts are largely the same.

Looking for them takes time in proportion to the number of reports. The places where two clauses meet, five
characters before and two behind, are a text's own: reports that follow each other closely in the lists of many
such joints are compared as wholes, by all their pieces of five characters. Headings do not count, and a
pair counts only if half of all that both say is the same, so two schools that tell of one event in their
own words are no pair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.records import ActivityRecord

MOSTLY_SAME = 0.5
"""Share of the five-character pieces of either report that both hold."""
_SHINGLE, _LEAST_SHINGLES = 5, 150
_LEAST_JOINTS, _LEAST_SEEN, _LEAST_SHARED = 4, 0.3, 0.5
_LATEST = 4
"""How many reports with the same joint are remembered; a phrase of the guide joins no more than these."""
_JOINT = re.compile(r"\w{5}\W+\w{2}")
_HEADING = re.compile(r"^#.*$", re.MULTILINE)
_SAID = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Two activities, in the order of the archive, and the ``share`` of what they say that is the same."""

    first: ActivityRecord
    second: ActivityRecord
    share: float


def similar(activities: Iterable[ActivityRecord]) -> tuple[Similar, ...]:
    """Return the pairs of activities whose texts are mostly the same, in the order of the archive."""
    known = tuple(activities)
    found = []
    shingles: dict[int, frozenset[str]] = {}
    for one, other in _suspects([activity.markdown.body for activity in known]):
        for place in (one, other):
            if place not in shingles:
                shingles[place] = _shingles(known[place].markdown.body)
        share = _share(shingles[one], shingles[other])
        if share >= MOSTLY_SAME:
            found.append(Similar(first=known[one], second=known[other], share=share))
    return tuple(found)


def passages(one: str, other: str, least: int = 6) -> tuple[tuple[int, int, int], ...]:
    """Return (start in one, start in other, length) of the passages that two texts share, longest choices first
    made, in their order.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return tuple((b.a, b.b, b.size) for b in matcher.get_matching_blocks() if b.size >= least)


def _suspects(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of places that have many joints in common."""
    latest: dict[str, tuple[int, ...]] = {}
    all_joints: list[set[str]] = []
    found = []
    for place, text in enumerate(texts):
        joints = set(_JOINT.findall(text))
        all_joints.append(joints)
        seen: list[int] = []
        for joint in joints:
            before = latest.get(joint, ())
            seen += before
            latest[joint] = (*before[1 - _LATEST :], place)
        for other, count in Counter(seen).items():
            fewer = min(len(joints), len(all_joints[other]))
            if count < max(_LEAST_JOINTS, _LEAST_SEEN * fewer):
                continue
            if len(joints & all_joints[other]) >= _LEAST_SHARED * fewer:
                found.append((other, place))
    return sorted(found)


def _shingles(text: str) -> frozenset[str]:
    said = "".join(_SAID.findall(_HEADING.sub("", text)))
    return frozenset(said[n : n + _SHINGLE] for n in range(len(said) - _SHINGLE + 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < _LEAST_SHINGLES:
        return 0.0
    return len(one & other) / len(one | other)
