"""Read who came to whom, how many, where, which grades, and who was in charge."""

from __future__ import annotations

import re

from generator.accounts.mentoring import list_known_persons
from generator.actions.receive.draft import How
from generator.actions.receive.evidence import MOST_TEXT, Evidence
from generator.actions.receive.folding import fold_text
from generator.actions.receive.parts import Left, is_day
from generator.actions.receive.people import (
    OTHER,
    OWN,
    find_direction,
    find_lead,
    find_numbers,
    find_people_counts,
    is_online,
    list_grades,
    read_count,
    read_total,
)
from generator.archive.privacy import looks_like_a_name, names_person
from generator.records.models import DIRECTIONS

_POST = re.compile("(?:业务|副|教研)*(?:园长|主任|组长|校长|教师|老师)")
_ROOM = re.compile("(?:室|厅|操场|[大中小][一二三四五六]班|会场|幼儿园)$")
_ALL = re.compile("参加|参与|参会|到会|出席|与会|实到|总|活动|^人数")
"""Words of a label that counts all who were there; 受益人数 and 听课人数 may count some."""


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


def read_others(seen: Evidence) -> None:
    """Read the place, the number of people, the grades and the post in charge."""
    for name in ("place",):
        if (fact := seen.first(name)) and len(fact.text) <= MOST_TEXT and _may_be_place(fact.text):
            places = {fold_text(each.text) for each in seen.facts(name) if each.text}
            how = How.DIFFERS if len(places) > 1 else How.LABEL if _stands_apart(seen, name) else How.TEXT
            seen.reading.put(name, fact.text, f"{fact.label}：{fact.text}", how)
    _read_attendance(seen)
    _read_grades(seen)
    _read_lead(seen)


def _may_be_place(text: str) -> bool:
    """Say whether words can be a place: no day, no number of people and no post."""
    return not (is_day(text) or find_people_counts(text) or _POST.fullmatch(fold_text(text)))


def _is_elsewhere(text: str) -> bool:
    """Say whether words behind a label of who was in charge are a number, a day or a place."""
    return bool(find_people_counts(text) or is_day(text) or _ROOM.search(fold_text(text)))


def _stands_apart(seen: Evidence, name: str) -> bool:
    """Say whether a field is stated outside the told parts."""
    return any(fact.field == name for fact, _ in seen.found.facts)


def _read_attendance(seen: Evidence) -> None:
    counts = {read_count(fact.text) for fact in seen.facts("count")}
    totals = {read_total(fact.text) for fact in seen.facts("people")}
    several = len((counts | totals) - {None}) > 1
    for fact in seen.facts("count"):
        if (count := read_count(fact.text)) is not None:
            summed = len(find_people_counts(fact.text)) > 1 and read_total(fact.text) is None
            how = (
                How.DIFFERS if several
                else How.GUESS if summed or not _ALL.search(fold_text(fact.label))
                else How.LABEL
            )  # fmt: skip
            seen.reading.put("attendance", count, f"{fact.label}：{fact.text}", how)
            return
    for fact in seen.facts("people"):
        if (count := read_total(fact.text)) is not None:
            seen.reading.put(
                "attendance", count, f"{fact.label}：{fact.text}", How.DIFFERS if several else How.LABEL
            )
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
            clear = text is not seen.prose
            seen.reading.put("grades", grades, text[:60], How.TEXT.unless(clear))
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
        if not fact.text or len(fact.text) > MOST_TEXT or _is_elsewhere(fact.text):
            continue  # in the wrong cell: kept among what is left
        words = f"{fact.label}：{fact.text}"
        if names_person(fact.text, persons, places) or looks_like_a_name(fact.text):
            seen.reading.left.append(Left(text=words, why="像是姓名，没有写进去；负责人只写职务"))
            seen.reading.doubt("lead", "写的像是姓名，这里只写职务")
            return
        leads = {fold_text(each.text) for each in seen.facts("lead") if each.text}
        how = How.DIFFERS if len(leads) > 1 else How.LABEL if leads else How.GUESS
        seen.reading.put("lead", fact.text, words, how)
        return
    if post := find_lead(seen.prose):
        seen.reading.put("lead", post[0], post[1], How.TEXT)
        return
    seen.reading.doubt("lead", "没有写负责人的职务")
