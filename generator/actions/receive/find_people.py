"""Read who came to whom, and how many key teachers were sent and received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.actions.receive.draft import How
from generator.actions.receive.evidence import Evidence
from generator.actions.receive.labels import Fact
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
    account = [line for section in seen.found.sections if section.part == "记录" for line in section.lines]
    how, evidence = next(
        ((how, found) for how, found in _list_evidence(seen, account) if found), (How.LABEL, [])
    )
    votes = Counter(way for way, _ in evidence).most_common()
    if len(votes) == 1:
        way, words = evidence[0]
        others = [seen.title, *(account if how is not How.TEXT else _list_beside(seen, [*account, words]))]
        told = {each for line in others for each in find_direction(seen.mark(line))}
        if how is How.LABEL and not any(seen.facts("direction")) and told - {way}:
            how = How.DIFFERS
        seen.reading.put("direction", way, words[:60], how.unless(how is not How.DIFFERS and told == {way}))
    elif votes and how is How.TEXT and votes[0][1] > votes[1][1]:
        way = votes[0][0]
        words = next(words for each, words in evidence if each == way)
        seen.reading.put("direction", way, words[:60], How.DIFFERS)
    else:
        why = "有的地方像请进来，有的像走出去" if evidence else "没有写是请进来、走出去还是线上"
        seen.reading.doubt("direction", why, DIRECTIONS.items())


def _list_beside(seen: Evidence, known: Sequence[str]) -> list[str]:
    """Return the lines that may confirm what known ones say: a form's title, the file's name, all others of the text."""
    return [seen.form_title, *seen.hints, *(line for line in seen.prose.split("\n") if line not in known)]


def _list_evidence(seen: Evidence, account: Sequence[str]) -> Iterator[tuple[How, list[tuple[str, str]]]]:
    """Yield what says the way, the plainest first: how plain it is, and each way with its words."""
    yield How.LABEL, [each for fact in seen.facts("direction") for each in _list_ways(seen, fact.text)]
    places = [*(fact.text for fact in seen.facts("place")), str(seen.reading.values.get("place", ""))]
    by_place = [(way, place) for place in places if (way := _tell_way_by_place(seen, place))]
    yield How.GUESS if "place" in seen.reading.unsure else How.LABEL, by_place
    counted = [
        ("visit" if fact.field == "sent" else "host", f"{fact.label}：{fact.text}")
        for fact in seen.facts("sent", "received")
        if read_count(fact.text)
    ]
    yield How.LABEL, counted
    texts = {
        How.TITLE: [seen.title, seen.form_title],
        How.LABEL: [fact.text for fact in seen.facts("people", "")],
    }
    for how, lines in [*texts.items(), (How.TEXT, account), (How.TEXT, seen.prose.split("\n"))]:
        yield how, [each for line in lines for each in _list_ways(seen, line, told=True)]


def _list_ways(seen: Evidence, text: str, *, told: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the ways that a text says, each with the text. ``told``: in a passage, which is of one way where it is online."""
    online = is_online(text, told=told)
    if online:
        yield "online", text
    if not (told and online):
        yield from ((way, text) for way in find_direction(seen.mark(text)))


def _tell_way_by_place(seen: Evidence, place: str) -> str | None:
    marked = seen.mark(place)
    if is_online(place):
        return "online"
    return "host" if OWN in marked else "visit" if OTHER in marked else None


def read_staff(seen: Evidence) -> None:
    """Read how many key teachers were sent and received; who hosts sends none, who visits receives none."""
    direction = seen.reading.values.get("direction")
    stated = {
        name: (count, f"{fact.label}：{fact.text}")
        for name in ("sent", "received")
        for fact in seen.facts(name)
        if (count := read_count(fact.text)) is not None
    }
    for name, side in _list_sides(seen, str(direction)):
        if (count := read_count(side.text)) is not None:
            stated.setdefault(name, (count, f"{side.label}：{side.text}"))
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
    labelled |= {name for name, fact in _list_sides(seen, str(direction)) if fact.text}
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


def _list_sides(seen: Evidence, direction: str) -> Iterator[tuple[str, Fact]]:
    """Yield what a form says of the helping and the helped school's people, as the field that it is from this school's side."""
    pairing = seen.desk.corpus.find_pairing(seen.desk.programme.year, seen.school) if seen.school else None
    own = "helper" if pairing and pairing.helper == seen.school else "helped"
    for fact in seen.facts("helper", "helped") if pairing else ():
        if direction == "visit" and fact.field == own:
            yield "sent", fact
        elif direction == "host" and fact.field != own:
            yield "received", fact


def _is_counted_once(seen: Evidence, direction: str, count: int) -> bool:
    """Say whether two lines, or a labelled text, have a number of staff and no text has another."""
    labelled, told = (
        [set(find_numbers(seen.mark(text), direction)) for text in texts]
        for texts in (
            [fact.text for fact in seen.facts("people", "", "count")],
            [seen.title, *seen.prose.split("\n")],
        )
    )
    agreeing = [numbers for numbers in (*labelled, *told) if numbers == {count}]
    different = any(numbers - {count} for numbers in (*labelled, *told))
    return not different and ({count} in labelled or len(agreeing) > 1)


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
