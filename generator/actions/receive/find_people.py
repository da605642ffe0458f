"""Read who came to whom, how many, where, which grades, and who was in charge."""

from __future__ import annotations

from generator.accounts.mentoring import list_known_persons
from generator.actions.receive.evidence import MOST_TEXT, Evidence
from generator.actions.receive.parts import Left
from generator.actions.receive.people import (
    OTHER,
    OWN,
    find_direction,
    find_lead,
    find_numbers,
    is_online,
    list_grades,
    read_count,
    read_total,
)
from generator.archive.privacy import looks_like_a_name, names_person
from generator.records.models import DIRECTIONS


def read_direction(seen: Evidence) -> None:
    """Read the way from where it is said most plainly: stated, by the place, by who was sent, by the text."""
    evidence: dict[str, str] = {}
    for fact in seen.facts("direction"):
        if is_online(fact.text):
            evidence.setdefault("online", fact.text)
        for way in find_direction(seen.mark(fact.text)):
            evidence.setdefault(way, fact.text)
    if not evidence:
        for fact in seen.facts("place"):
            marked = seen.mark(fact.text)
            if is_online(fact.text):
                evidence.setdefault("online", fact.text)
            elif OWN in marked:
                evidence.setdefault("host", fact.text)
            elif OTHER in marked:
                evidence.setdefault("visit", fact.text)
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
        for text in filter(None, group):
            if is_online(text, told=True):
                evidence.setdefault("online", text)
            else:
                for way in find_direction(seen.mark(text)):
                    evidence.setdefault(way, text)
    if len(evidence) == 1:
        ((way, words),) = evidence.items()
        seen.reading.put("direction", way, words[:60])
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
        if fact := seen.first("staff"):
            stated.setdefault(here, (read_count(fact.text) or 0, f"{fact.label}：{fact.text}"))
        if here not in stated:
            numbers, words = _count_staff(seen, str(direction))
            if len(numbers) == 1:
                stated[here] = numbers[0], words
            elif numbers:
                seen.reading.doubt(here, "写了不止一个人数", [(str(n), "") for n in numbers])
        stated.setdefault(there, (0, DIRECTIONS[str(direction)]))
    known = {doubt.field for doubt in seen.reading.doubts}
    for name in ("sent", "received"):
        if name in stated:
            seen.reading.put(name, *stated[name])
        elif name not in known:
            who = "派出" if name == "sent" else "接待"
            seen.reading.doubt(name, f"没有写本园{who}了几名业务骨干")


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


def read_others(seen: Evidence) -> None:
    """Read the place, the number of people, the grades and the post in charge."""
    for name in ("place",):
        if (fact := seen.first(name)) and len(fact.text) <= MOST_TEXT:
            seen.reading.put(name, fact.text, f"{fact.label}：{fact.text}")
    _read_attendance(seen)
    _read_grades(seen)
    _read_lead(seen)


def _read_attendance(seen: Evidence) -> None:
    for fact in seen.facts("count"):
        if (count := read_count(fact.text)) is not None:
            seen.reading.put("attendance", count, f"{fact.label}：{fact.text}")
            return
    for fact in seen.facts("people"):
        if (count := read_total(fact.text)) is not None:
            seen.reading.put("attendance", count, f"{fact.label}：{fact.text}")
            return


def _read_grades(seen: Evidence) -> None:
    measure = seen.reading.values.get("measure")
    counted = {
        each.id
        for each in seen.desk.programme.measures
        if any(expectation.kind == "grades" for expectation in each.expectations)
    }
    texts = [f"{fact.label}：{fact.text}" for fact in seen.facts("grades")] or [seen.title]
    if measure in counted:
        texts.append(seen.prose)
    for text in texts:
        if grades := list_grades(text):
            seen.reading.put("grades", grades, text[:60])
            return


def _read_lead(seen: Evidence) -> None:
    persons = list_known_persons(seen.desk.corpus, seen.desk.programme.year)
    places = [
        name
        for school in seen.desk.corpus.schools
        if (profile := seen.desk.corpus.profile(school))
        for name in (profile.name, profile.short)
    ]
    for fact in (*seen.facts("lead"), *seen.facts("speaker")):
        if not fact.text or len(fact.text) > MOST_TEXT:
            continue
        words = f"{fact.label}：{fact.text}"
        if names_person(fact.text, persons, places) or looks_like_a_name(fact.text):
            seen.reading.left.append(Left(text=words, why="像是姓名，没有写进去；负责人只写职务"))
            seen.reading.doubt("lead", "写的像是姓名，这里只写职务")
            return
        seen.reading.put("lead", fact.text, words)
        return
    if post := find_lead(seen.prose):
        seen.reading.put("lead", post[0], post[1])
        return
    seen.reading.doubt("lead", "没有写负责人的职务")
