"""Read who came to whom, and how many key teachers were sent and received."""

from __future__ import annotations

from generator.actions.receive.draft import How
from generator.actions.receive.evidence import Evidence
from generator.actions.receive.people import (
    OTHER,
    OWN,
    find_direction,
    find_numbers,
    is_online,
    read_count,
)
from generator.records.models import DIRECTIONS


def read_direction(seen: Evidence) -> None:
    """Read the way from where it is said most plainly: stated, by the place, by who was sent, by the text."""
    evidence: dict[str, str] = {}
    how = How.LABEL
    for fact in seen.facts("direction"):
        if is_online(fact.text):
            evidence.setdefault("online", fact.text)
        for way in find_direction(seen.mark(fact.text)):
            evidence.setdefault(way, fact.text)
    if not evidence:
        for place in [
            *(fact.text for fact in seen.facts("place")),
            str(seen.reading.values.get("place", "")),
        ]:
            marked = seen.mark(place)
            if is_online(place):
                evidence.setdefault("online", place)
            elif OWN in marked:
                evidence.setdefault("host", place)
            elif OTHER in marked:
                evidence.setdefault("visit", place)
        if "place" in seen.reading.unsure:
            how = How.GUESS
    if not evidence:
        for fact in seen.facts("sent", "received"):
            if read_count(fact.text):
                evidence.setdefault("visit" if fact.field == "sent" else "host", f"{fact.label}：{fact.text}")
    account = [line for section in seen.found.sections if section.part == "记录" for line in section.lines]
    texts = [
        [seen.title, seen.form_title],
        [fact.text for fact in seen.facts("people", "")],
        account,
        seen.prose.split("\n"),
    ]
    for group in texts:
        if evidence:
            break
        how = How.TITLE if group is texts[0] else How.LABEL if group is texts[1] else How.TEXT
        for text in filter(None, group):
            if is_online(text, told=True):
                evidence.setdefault("online", text)
            else:
                for way in find_direction(seen.mark(text)):
                    evidence.setdefault(way, text)
    if len(evidence) == 1:
        ((way, words),) = evidence.items()
        told = {each for line in (seen.title, *account) for each in find_direction(seen.mark(line))}
        if how is How.LABEL and not any(seen.facts("direction")) and told - {way}:
            how = How.DIFFERS
        seen.reading.put("direction", way, words[:60], how.unless(how is not How.DIFFERS and told == {way}))
    else:
        why = "有的地方像请进来，有的像走出去" if evidence else "没有写是请进来、走出去还是线上"
        seen.reading.doubt("direction", why, DIRECTIONS.items())


def read_staff(seen: Evidence) -> None:
    """Read how many key teachers were sent and received; who hosts sends none, who visits receives none."""
    direction = seen.reading.values.get("direction")
    stated = {
        name: (count, f"{fact.label}：{fact.text}")
        for name in ("sent", "received")
        for fact in seen.facts(name)
        if (count := read_count(fact.text)) is not None
    }
    if direction in ("host", "visit"):
        here, there = ("received", "sent") if direction == "host" else ("sent", "received")
        if (fact := seen.first("staff")) and (count := read_count(fact.text)) is not None:
            stated.setdefault(here, (count, f"{fact.label}：{fact.text}"))
        if here not in stated:
            numbers, words = _count_staff(seen, str(direction))
            if len(numbers) == 1:
                stated[here] = numbers[0], words
            elif numbers:
                seen.reading.doubt(here, "写了不止一个人数", [(str(n), "") for n in numbers])
        stated.setdefault(there, (0, DIRECTIONS[str(direction)]))
    labelled = {fact.field for fact in seen.facts("sent", "received", "staff") if fact.text}
    inferred = direction if "direction" in seen.reading.unsure else None
    known = {doubt.field for doubt in seen.reading.doubts}
    for name in ("sent", "received"):
        if name in stated:
            if name in labelled or (labelled and stated[name][0]):
                how = How.LABEL
            elif stated[name][1] == DIRECTIONS.get(str(direction)):
                how = How.GUESS if inferred else How.LABEL
            else:
                how = How.TEXT.unless(_is_counted_once(seen, str(direction), stated[name][0]))
            seen.reading.put(name, *stated[name], how)
        elif name not in known:
            who = "派出" if name == "sent" else "接待"
            seen.reading.doubt(name, f"没有写本园{who}了几名业务骨干")


def _is_counted_once(seen: Evidence, direction: str, count: int) -> bool:
    """Say whether a labelled text has a number of staff and no text has another."""
    groups = [
        [fact.text for fact in seen.facts("people", "", "count")],
        [seen.title, *seen.prose.split("\n")],
    ]
    stated, told = (
        {number for text in texts for number in find_numbers(seen.mark(text), direction)} for texts in groups
    )
    return stated == {count} and told <= {count}


def _count_staff(seen: Evidence, direction: str) -> tuple[tuple[int, ...], str]:
    stated = [fact.text for fact in seen.facts("people", "", "count")]
    for texts in (stated, [seen.title], seen.prose.split("\n")):
        numbers: tuple[int, ...] = ()
        words = ""
        for text in texts:
            if found := find_numbers(seen.mark(text), direction):
                words = words or text[:60]
                numbers = tuple(dict.fromkeys((*numbers, *found)))
        if numbers:
            return numbers, words
    return (), ""
