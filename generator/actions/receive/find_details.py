"""Read where an activity was, how many were there, which grades, and who was in charge."""

from __future__ import annotations

import re

from generator.accounts.mentoring import list_known_persons
from generator.actions.receive.draft import How
from generator.actions.receive.evidence import MOST_TEXT, Evidence
from generator.actions.receive.find_date import is_only_day
from generator.actions.receive.folding import fold_text
from generator.actions.receive.parts import Left, is_day
from generator.actions.receive.people import (
    find_lead,
    find_people_counts,
    list_grades,
    read_count,
    read_total,
)
from generator.archive.privacy import looks_like_a_name, names_person

_POST = re.compile("(?:业务|副|教研|保教|教学|后勤|年级|大班|中班|小班)*(?:园长|主任|组长|校长|教师|老师)")
_ROOM = re.compile("(?:室|厅|操场|场地|场|廊|[大中小][一二三四五六]班|会场|幼儿园|园内)$")
_ALL = re.compile("参加|参与|参会|到会|出席|与会|实到|总|活动|^人数")
"""Words of a label that counts all who were there; 受益人数 and 听课人数 may count some."""
_ROOM_THERE = re.compile(
    "(?:[,]?在(?:该园|园内|对方|其))?(?P<room>[^,。;、的]{0,6}?(?:会议室|教室|活动室|多功能厅|多功能室|操场|音体室|功能室))"
)
_NAME_AND_POST = 2
_WENT = "(?:来到|走进|赴|前往|到达|抵达|深入|奔赴|去)"


def read_others(seen: Evidence) -> None:
    """Read the place that the text goes to, the number of people, the grades and the post in charge."""
    if "place" not in seen.reading.values and not seen.first("place"):
        _read_place_told(seen)
    _read_attendance(seen)
    _read_grades(seen)
    _read_lead(seen)


def read_place(seen: Evidence) -> None:
    """Read the place as stated, else what stands as one behind another label."""
    fact = seen.first("place")
    if fact and len(fact.text) <= MOST_TEXT and _may_be_place(fact.text):
        places = {fold_text(each.text) for each in seen.facts("place") if each.text}
        how = How.DIFFERS if len(places) > 1 else How.LABEL if _stands_apart(seen, "place") else How.TEXT
        seen.reading.put("place", fact.text, f"{fact.label}：{fact.text}", how)
        return
    for other in seen.facts("date", "lead"):
        if fact and len(other.text) <= MOST_TEXT and _is_room(other.text):
            seen.reading.put("place", other.text, f"{other.label}：{other.text}", How.GUESS)
            return


def _read_place_told(seen: Evidence) -> None:
    """Read the one partner that the text says people went to, under the name that it has there."""
    if seen.reading.values.get("direction") != "visit":
        return
    for line in seen.prose.split("\n"):
        folded = fold_text(line)
        for each in seen.desk.names.find(line):
            if each.school in seen.partners and re.search(f"{_WENT}$", folded[: each.start]):
                name = folded[each.start : each.end]
                room = _ROOM_THERE.match(folded[each.end :])
                name += room["room"] if room else ""
                if len(seen.partners) == 1:
                    seen.reading.put("place", name, line[:60], How.TEXT)
                return


def _is_room(text: str) -> bool:
    """Say whether words can only be a place: they end as one, and hold no number of people."""
    return _ROOM.search(fold_text(text)) is not None and not find_people_counts(text)


def _may_be_place(text: str) -> bool:
    """Say whether words can be a place: no day, no number of people and no post."""
    return not (
        is_day(text) or is_only_day(text) or find_people_counts(text) or _POST.fullmatch(fold_text(text))
    )


def _is_elsewhere(text: str) -> bool:
    """Say whether words behind a label of who was in charge are a number, a day or a place."""
    return bool(find_people_counts(text) or is_day(text) or _ROOM.search(fold_text(text)))


def _find_post_beside_name(text: str) -> str | None:
    """Return the one post of 王丽（业务园长） or 业务园长 王丽; None of two people, or where a post is a name's own: 王园长."""
    parts = [part for part in re.split(r"[\s　:：（）()]+", text.strip()) if part]
    posts = [part for part in parts if _POST.fullmatch(part)]
    return posts[0] if len(posts) == 1 and len(parts) == _NAME_AND_POST else None


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
    stated = [f"{fact.label}：{fact.text}" for fact in seen.facts("grades")] or [seen.title]
    told = "\n".join([*(fact.text for fact in seen.facts("people", "count", "place", "topic")), seen.prose])
    for text in (*stated, told):
        if grades := list_grades(text):
            words = text[:60] if text is not told else "、".join(grades)
            seen.reading.put("grades", grades, words, How.TEXT.unless(text is not told))
            return


def _read_lead(seen: Evidence) -> None:
    persons = list_known_persons(seen.desk.corpus, seen.desk.programme.year)
    places = [
        name
        for school in seen.desk.corpus.schools
        if (profile := seen.desk.corpus.find_profile(school))
        for name in (profile.name, profile.short)
    ]
    for fact in (*seen.facts("lead"), *seen.facts("speaker")):
        if not fact.text or len(fact.text) > MOST_TEXT or _is_elsewhere(fact.text):
            continue  # in the wrong cell: kept among what is left
        words = f"{fact.label}：{fact.text}"
        if names_person(fact.text, persons, places) or looks_like_a_name(fact.text):
            seen.reading.left.append(Left(text=words, why="像是姓名，没有写进去；负责人只写职务"))
            if beside := _find_post_beside_name(fact.text):
                seen.reading.put("lead", beside, "职务（姓名没有写进去）", How.GUESS)
            else:
                seen.reading.doubt("lead", "写的像是姓名，这里只写职务")
            return
        leads = {fold_text(each.text) for each in seen.facts("lead") if each.text}
        how = How.DIFFERS if len(leads) > 1 else How.LABEL if leads else How.GUESS
        seen.reading.put("lead", fact.text, words, how)
        return
    misplaced = next((fact for fact in seen.facts("place") if _POST.fullmatch(fold_text(fact.text))), None)
    if misplaced:
        seen.reading.put("lead", misplaced.text, f"{misplaced.label}：{misplaced.text}", How.GUESS)
        return
    post = find_lead("\n".join([*(fact.text for fact in seen.facts("people", "")), seen.prose]))
    if post and not names_person(post[0], persons, places):
        seen.reading.put("lead", *post, How.TEXT)
        return
    seen.reading.doubt("lead", "没有写负责人的职务")
