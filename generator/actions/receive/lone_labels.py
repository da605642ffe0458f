"""Join a label that is a line of its own, such as 二、活动时间, with the line below that is its value."""

from __future__ import annotations

from collections.abc import Sequence

from generator.actions.receive.flow_events import Event, Stated, Text, is_passage
from generator.actions.receive.folding import UNNUMBERED, split_number
from generator.actions.receive.labels import Fact, match_label

_FIELDS = frozenset(
    ("date", "place", "people", "count", "lead", "direction", "grades", "schools", "title", "speaker")
)
_LONGEST_LABEL, _LONGEST_VALUE = 12, 120


def join_lone_labels(events: Sequence[Event]) -> list[Event]:
    """Return a flow in which each label on a line of its own states the line below it."""
    found: list[Event] = []
    waiting: tuple[str, str] | None = None
    for event in events:
        if waiting and isinstance(event, Text) and _may_be_value(event, waiting[0]):
            field, line = waiting
            fact = Fact(field=field, label=split_number(line)[1].strip(_SIGNS), text=event.text)
            found[-1] = Stated(facts=(fact,), line=f"{line.rstrip(_SIGNS)}：{event.text}")
            waiting = None
            continue
        found.append(event)
        waiting = _read_label(event)
    return found


_SIGNS = "：:【】[]〖〗 　"


def _read_label(event: Event) -> tuple[str, str] | None:
    """Return the field that a line labels and does not state, with the line; None where it does no such thing."""
    match event:
        case Text(text=text, fixed=False) if len(text) <= _LONGEST_LABEL:
            level, words = split_number(text)
            field = match_label(words.strip(_SIGNS))
            marked = level != UNNUMBERED or words.strip() != words.strip(_SIGNS)
            return (field, text) if field in _FIELDS and marked else None
        case Stated(facts=(fact,), line=line, form=False) if not fact.text and fact.field in _FIELDS:
            return fact.field, line
        case _:
            return None


def _may_be_value(event: Text, field: str) -> bool:
    """Say whether a line can be the value of a label above it: a line of words, and no account but for who took part."""
    return (
        not event.fixed
        and 0 < len(event.text) <= _LONGEST_VALUE
        and match_label(event.text) is None
        and (field == "people" or not is_passage(event.text.rstrip("。")))
    )
