"""Part a flow into the activities that it tells of: a table each, a row of a ledger each, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.actions.receive.flow_events import Begun, Event, Headed, Shown, Stated, Text
from generator.actions.receive.folding import UNNUMBERED, split_number
from generator.records import PARTS

_COUNT = "[一二三四五六七八九十0-9０-９]{1,2}"
_NUMBERED = re.compile(
    rf"\s*[（(【]?(?:活动\s*[（(]?{_COUNT}[)）]?|第\s*{_COUNT}\s*(?:次|项|个|场)(?:活动)?)\s*(?:[:：、.．】]|\s|\Z)\s*"
)
_SENTENCE = re.compile(r"[。！？；]\s*\Z")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Split:
    """What stands before the first activity, and each activity's flow."""

    preamble: tuple[Event, ...]
    activities: tuple[tuple[Event, ...], ...]


def begins_numbered(text: str) -> re.Match[str] | None:
    """Return what numbers an activity in front of its name: ``活动二：``; None where nothing does."""
    return _NUMBERED.match(text) if len(text) <= _LONGEST_TITLE else None


def split_activities(events: Sequence[Event]) -> Split:
    """Return a flow's activities; all of it where it tells of one."""
    events = name_first(events)
    starts = _find_tables(events)
    if len(starts) < 2:
        starts = _find_repeated(events)
    if len(starts) < 2:
        starts = _find_named(events)
    plain = tuple(event for event in events if not isinstance(event, Begun))
    if len(starts) < 2:
        return Split(preamble=(), activities=(plain,))
    pieces = []
    for start, end in pairwise([*starts, len(events)]):
        pieces.append(tuple(event for event in events[start:end] if not isinstance(event, Begun)))
    before = events[: starts[0]]
    pieces[0] = (*(event for event in before if isinstance(event, Shown)), *pieces[0])
    preamble = tuple(event for event in before if not isinstance(event, Begun | Shown))
    return Split(preamble=preamble, activities=tuple(pieces))


def name_first(events: Sequence[Event]) -> list[Event]:
    """Return a flow whose first line is its name where it looks like a heading: 送教活动记录 over a form, or over a text."""
    found = list(events)
    at = next((at for at, event in enumerate(found) if not isinstance(event, Begun)), len(found))
    first = found[at] if at < len(found) else None
    behind = found[at + 1] if at + 1 < len(found) else None
    if (
        isinstance(first, Headed)
        and not (first.form or first.heading.level or first.heading.rest)
        and first.line == first.heading.words
        and not (isinstance(behind, Text | None) and any(map(_part, found[at + 1 :])))
    ):
        found[at] = Text(text=first.line)
    return found


def _find_tables(events: Sequence[Event]) -> list[int]:
    """Return where tables, or rows of a ledger, begin that hold a whole activity: a day or a name, and a part."""
    begun = [at for at, event in enumerate(events) if isinstance(event, Begun)]
    found = []
    for start, end in pairwise([*begun, len(events)]):
        piece = events[start:end]
        if any(_names(event) for event in piece) and any(_part(event) for event in piece):
            found.append(start)
    return found


def _find_repeated(events: Sequence[Event]) -> list[int]:
    """Return where a day or a name is stated again, after an account and before parts that were there already."""
    starts = [0]
    parts: set[str] = set()
    named = False
    at = 0
    while at < len(events):
        event = events[at]
        if part := _part(event):
            parts.add(part)
        if _names(event) and parts & {"记录", "总结"} and named and parts & _parts_behind(events, at):
            start = _go_back(events, at)
            if start > starts[-1]:
                starts.append(start)
                parts = set()
        elif _names(event):
            named = True
        at += 1
    if len(starts) > 1:
        first = next((at for at, event in enumerate(events) if _names(event)), 0)
        starts[0] = _go_back(events, first)
    return starts


def _find_named(events: Sequence[Event]) -> list[int]:
    """Return where numbered names stand, each over a line that states a day: 一、赴金太阳幼儿园开展讲座, 时间：5月22日."""
    found = []
    for at, (event, behind) in enumerate(pairwise(events)):
        if (
            isinstance(event, Text)
            and split_number(event.text)[0] != UNNUMBERED
            and len(event.text) <= _LONGEST_TITLE
            and not _SENTENCE.search(event.text)
            and isinstance(behind, Stated)
            and any(fact.field == "date" for fact in behind.facts)
        ):
            found.append(at)
    return found


def _names(event: Event) -> bool:
    return isinstance(event, Stated) and any(fact.field in ("date", "title") for fact in event.facts)


def _part(event: Event) -> str | None:
    return event.heading.part if isinstance(event, Headed) and event.heading.part in PARTS else None


def _parts_behind(events: Sequence[Event], at: int) -> set[str]:
    return {part for event in events[at:] if (part := _part(event))}


def _go_back(events: Sequence[Event], at: int) -> int:
    """Return where an activity begins whose first facts stand at a place: its name may stand in front of them."""
    while at and isinstance(events[at - 1], Stated):
        at -= 1
    before = events[at - 1] if at else None
    if isinstance(before, Text) and len(before.text) <= _LONGEST_TITLE and not _SENTENCE.search(before.text):
        behind_picture = at > 1 and isinstance(events[at - 2], Shown)
        if begins_numbered(before.text) or not behind_picture:
            return at - 1
    return at
