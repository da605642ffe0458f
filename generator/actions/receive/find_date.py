"""Read on which day an activity was: as stated, as the account has it, or counted from the day that a message was sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from generator.actions.receive.days import (
    NamedDay,
    choose_day,
    find_relative_day,
    list_days,
    list_years,
)
from generator.actions.receive.draft import How
from generator.actions.receive.evidence import Evidence
from generator.actions.receive.folding import fold_text
from generator.actions.receive.labels import Fact

_OTHER_BEFORE = re.compile(
    "(?:定于|拟于|计划于?|将于|约定|截至|截止|截止到|自|从|至|文号|发文|下次|到期|下达)$"
)
_OTHER_AFTER = re.compile(
    "(?:印发|下发|发布|发文|的?通知|起|之?前|以来|以前|截止|止|到期|阅读|发表|来源|[0-9]{1,2}:[0-9]{2}来源)"
)
_MOVED = re.compile("(?:改在|改到|改为|改至|推迟到|推迟至|延期到|延期至|调整到|调整为|提前到)$")
_HELD = re.compile(
    "(?:上午|下午|早上|早晨|一早|中午|全天|当天|[,]?(?:我园|我们|在|由|一行|举行|开展|迎来|来到|赴|前往|走进|到达|举办|进行|组织|深入|召开))"
)
_LEAD = 2
"""Points by which a day has to lie before the others."""


def read_date(seen: Evidence) -> None:
    """Read the day: the one stated, else the one that the text names most plainly. What contradicts itself is in doubt."""
    desk = seen.desk
    if desk.date:
        seen.reading.put("date", desk.date, "--date", How.GIVEN)
        return
    years, unsure = _list_years(seen)
    stated, swapped = _list_stated(seen)
    told = [] if stated else _list_told(seen)
    if all(weight < 0 for weight, _ in told):
        told = []  # days of something else alone: 自3月1日起
    named = [list(list_days(fact.text, labelled=True)) for fact in stated] or [[day] for _, day in told]
    words = f"{stated[0].label}：{stated[0].text}" if stated else told[0][1].words if told else ""
    chosen = {choose_day(each, years, desk.today, unsure=unsure) for each in named}
    days = {day for day, _ in chosen if day}
    doubts = [why for _, why in chosen if why]
    if len(days) == 1 and not doubts:
        how = How.GUESS if swapped else How.LABEL if stated else _how_told(seen, told)
        if not any(list_years("\n".join((*_list_texts(seen), words)))):
            how = How.GUESS  # the year is the programme's
        seen.reading.put("date", days.pop(), words, how)
    elif found := (not days and _count_from_sending(seen, years)) or _choose_likely(told, years, desk.today):
        seen.reading.put("date", *found, How.GUESS)
    else:
        why = doubts[0] if doubts else "写了不止一个日期" if days else "没有写活动日期"
        seen.reading.doubt("date", why, [(day.isoformat(), "") for day in sorted(days)])


def _how_told(seen: Evidence, told: Sequence[tuple[int, NamedDay]]) -> How:
    """Say how clear the day of a text is: with its year, always in the same words, and no other day below the text."""
    words = {day.words for _, day in told}
    others = any(True for line in seen.found.signature for _ in list_days(line))
    return How.TEXT.unless(len(words) == 1 and any(list_years(next(iter(words)))) and not others)


def _list_stated(seen: Evidence) -> tuple[list[Fact], bool]:
    """Return the facts that state a day, and whether they stand behind the label of the place, as in a form filled in wrongly."""
    facts = [fact for fact, _ in seen.found.facts if fact.field == "date"] or seen.facts("date")
    stated = [fact for fact in facts if any(list_days(fact.text, labelled=True))]
    if stated or not facts:
        return stated, False
    return [fact for fact in seen.facts("place") if is_only_day(fact.text)], True


def is_only_day(text: str) -> bool:
    """Say whether words behind a label are a day, perhaps with its hours, and nothing else."""
    days = list(list_days(text, labelled=True))
    rest = re.sub(
        "[0-9年月日号.\\-/:()~—至到上下午中星期周一二三四五六七八九十天时分点半早晚]", "", fold_text(text)
    )
    return bool(days) and not rest


def _list_told(seen: Evidence) -> list[tuple[int, NamedDay]]:
    """Return the days that the text names, with how much speaks for each."""
    account = {line for section in seen.found.sections if section.part == "记录" for line in section.lines}
    return [
        (_weigh(day) + 2 * (line in account), day)
        for line in seen.prose.split("\n")
        for day in list_days(line)
    ]


def _weigh(day: NamedDay) -> int:
    """Return how much speaks for a day's being the activity's: what stands around it."""
    if _MOVED.search(day.before):
        return 6
    if _OTHER_BEFORE.search(day.before) or "原定" in day.before or _OTHER_AFTER.match(day.after):
        return -6
    return 2 if _HELD.match(day.after) else 0


def _choose_likely(
    told: Sequence[tuple[int, NamedDay]], years: Sequence[int], today: dt.date
) -> tuple[dt.date, str] | None:
    """Return the day for which clearly more speaks than for any other, with its words."""
    weights: dict[dt.date, int] = {}
    words: dict[dt.date, str] = {}
    for weight, day in told:
        chosen, _ = choose_day([day], years, today)
        if chosen and chosen <= today:
            weights[chosen] = max(weight, weights.get(chosen, weight))
            words.setdefault(chosen, day.words)
    ranked = sorted(weights, key=lambda day: -weights[day])
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] - weights[ranked[1]] < _LEAD):
        return None
    return ranked[0], words[ranked[0]]


def _count_from_sending(seen: Evidence, years: Sequence[int]) -> tuple[dt.date, str] | None:
    """Return the day of 昨天 or 本周四, counted from the message's sending, else from the day of the signature."""
    stated = [fact.text for fact in seen.facts("date")]
    for sent in (*seen.sent, *seen.found.signature):
        day, _ = choose_day(list(list_days(sent, labelled=True)), years, seen.desk.today)
        for text in (*stated, seen.title, *seen.prose.split("\n")) if day else ():
            if day and (found := find_relative_day(text, day)):
                return found
    return None


def _list_years(seen: Evidence) -> tuple[list[int], bool]:
    """Return the years that a day without its own may be of, the likeliest first, and whether several are named."""
    known = [
        year
        for year in dict.fromkeys(list_years("\n".join(_list_texts(seen))))
        if year in seen.desk.corpus.years
    ]
    if known:
        return known, len(known) > 1
    first = seen.desk.programme.year
    return [first, *sorted((year for year in seen.desk.corpus.years if year != first), reverse=True)], False


def _list_texts(seen: Evidence) -> tuple[str, ...]:
    return (
        *seen.hints, *seen.preamble, *seen.found.head, seen.title, seen.prose, *seen.found.signature, *seen.sent,
    )  # fmt: skip
