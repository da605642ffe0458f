"""Tell the documents of one activity that are bound in one file: “…”活动方案, “…”活动记录, “…”活动总结, one behind the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.actions.receive.flow_events import Event, Headed, Text
from generator.actions.receive.folding import fold_text
from generator.actions.receive.headings import Heading, match_part
from generator.actions.receive.parts import Left, is_day

_NAME = re.compile(
    "(?P<stem>.{3,40}?)(?P<word>(?:实施|工作)?(?:方案|计划|措施|记录|过程|实录|纪实|总结|小结|反思))(?:表|材料)?"
)
_ABOUT = re.compile("^关于|^开展|的$|[“”\"'《》]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A flow whose documents' names are headings.

    name: what all of them are about, "" where there are no such documents.   left: their names, and what signs them.
    """

    events: tuple[Event, ...]
    name: str = ""
    left: tuple[Left, ...] = ()


def find_bound_documents(events: Sequence[Event], is_school: Callable[[str], bool]) -> Bound:
    """Return a flow with the names of its documents as headings, where at least two are about the same and no part comes twice."""
    named = {at: match for at, event in enumerate(events) if (match := _match_name(event))}
    stems = {_fold_stem(match["stem"]) for match in named.values()}
    words = [match_part(match["word"]) for match in named.values()]
    if len(named) < 2 or len(stems) > 1 or len(set(words)) < len(words) or None in words:
        return Bound(events=tuple(events))
    found: list[Event] = []
    left: list[Left] = []
    for at, event in enumerate(events):
        match, part = named.get(at), match_part(named[at]["word"]) if at in named else None
        if match is None or part is None:
            found.append(event)
            continue
        while found and (line := _text(found[-1])) and (is_day(line) or is_school(line)):
            left.append(Left(text=line, why="落款"))
            found.pop()
        left.append(Left(text=match[0], why="材料的名称"))
        found.append(Headed(heading=Heading(part=part, words=match[0], clear=True), line=match[0], form=True))
    name = next(iter(named.values()))["stem"]
    return Bound(events=tuple(found), name=name.strip(), left=tuple(left))


def _match_name(event: Event) -> re.Match[str] | None:
    text = _text(event)
    return _NAME.fullmatch(text.strip()) if text else None


def _text(event: Event) -> str:
    return event.text if isinstance(event, Text) and not event.fixed else ""


def _fold_stem(stem: str) -> str:
    return _ABOUT.sub("", fold_text(stem))
