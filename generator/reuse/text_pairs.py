"""Find pairs of activities whose texts are largely the same.

Looking for them takes time in proportion to the number of reports. The places where two clauses meet, five
characters before and two behind, are a text's own: reports that follow each other closely in the lists of many
such joints are compared as wholes, by all their pieces of five characters. Headings do not count, and a
pair counts only if half of all that both say is the same, so two schools that tell of one event in their
own words are no pair. A single section that is nearly the same in two reports is found too, for the officer's report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.records import ActivityRecord

MOSTLY_SAME = 0.5
"""Share of the five-character pieces of either report that both hold."""
NEARLY_SAME = 0.8
"""The same share for one section. In the sample year, whose sections are put together of a few hundred sentences,
no two come to this, while a section with one of its five sentences changed does."""
_SHINGLE, _LEAST_SHINGLES, _LEAST_OF_SECTION = 5, 150, 40
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


def find_similar(activities: Iterable[ActivityRecord]) -> tuple[Similar, ...]:
    """Return the pairs of activities whose texts are mostly the same, in the order of the archive."""
    known = tuple(activities)
    found = []
    pieces: dict[int, frozenset[str]] = {}
    for one, other in _suspects([activity.markdown.body for activity in known]):
        for place in (one, other):
            if place not in pieces:
                pieces[place] = make_shingles(known[place].markdown.body)
        share = _share(pieces[one], pieces[other])
        if share >= MOSTLY_SAME:
            found.append(Similar(first=known[one], second=known[other], share=share))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarSection:
    """Two activities whose section ``title`` is nearly the same, and the ``share`` of it that is."""

    first: ActivityRecord
    second: ActivityRecord
    title: str
    share: float


def find_similar_sections(activities: Iterable[ActivityRecord]) -> tuple[SimilarSection, ...]:
    """Return the pairs of activities of which one section, of the same title in both, is nearly the same."""
    places = [(activity, section) for activity in activities for section in activity.markdown.sections]
    texts = [section.text for _, section in places]
    found = []
    for one, other in sorted({*_suspects(texts), *_twins(texts)}):
        (first, section), (second, again) = places[one], places[other]
        if first.key == second.key or section.title != again.title:
            continue
        share = _share(make_shingles(texts[one]), make_shingles(texts[other]), _LEAST_OF_SECTION)
        if share >= NEARLY_SAME:
            found.append(SimilarSection(first=first, second=second, title=section.title, share=share))
    return tuple(found)


def find_shared_passages(one: str, other: str, least: int = 6) -> tuple[tuple[int, int, int], ...]:
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


def _twins(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places that say the same to the letter: a short text may have too few joints."""
    latest: dict[str, int] = {}
    for place, text in enumerate(texts):
        said = "".join(_SAID.findall(text))
        if said in latest:
            yield latest[said], place
        latest[said] = place


def make_shingles(text: str) -> frozenset[str]:
    """Return the five-character pieces of what a text says, headings and punctuation left out."""
    said = "".join(_SAID.findall(_HEADING.sub("", text)))
    return frozenset(said[n : n + _SHINGLE] for n in range(len(said) - _SHINGLE + 1))


def _share(one: frozenset[str], other: frozenset[str], least: int = _LEAST_SHINGLES) -> float:
    if min(len(one), len(other)) < least:
        return 0.0
    return len(one & other) / len(one | other)
