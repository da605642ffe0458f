"""Read the facts of one activity: each field with the words that it comes from, certain or in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from generator.actions.receive.draft import How
from generator.actions.receive.evidence import Desk, Evidence, Reading
from generator.actions.receive.find_activity import read_measure, read_plan_row, read_title
from generator.actions.receive.find_date import read_date
from generator.actions.receive.find_details import read_others, read_place
from generator.actions.receive.find_people import read_direction, read_staff
from generator.actions.receive.find_schools import read_partners, read_school
from generator.actions.receive.folding import fold_text
from generator.actions.receive.labels import Fact
from generator.actions.receive.parts import Left, Sorted, is_day

_SHORT = 6
"""Characters of a number with its unit, or of a grade: of more words some may be lost."""
_FROM_ONE_SIDE = ("partners", "direction", "sent", "received")
"""Fields that say something else where the report is another school's."""
_WAYS = frozenset(("走出去", "请进来", "线上", "线上活动", "外出", "来园"))


def read_facts(
    desk: Desk,
    found: Sorted,
    preamble: Sequence[str],
    hints: Sequence[str],
    margins: Sequence[str],
    sent: Sequence[str] = (),
) -> Reading:
    """Return the facts of an activity. Lines of its head that become its title are taken out of ``found.head``."""
    seen = Evidence(desk=desk, found=found, preamble=preamble, hints=hints, margins=margins, sent=sent)
    # In the order in which one needs another.
    for read in (
        read_title,
        read_school,
        read_date,
        read_partners,
        read_place,
        read_measure,
        read_direction,
        read_staff,
        read_others,
        read_plan_row,
    ):
        read(seen)
    if seen.inferred_school:
        for name in _FROM_ONE_SIDE:
            if name in seen.reading.values:
                seen.reading.unsure.setdefault(name, How.GUESS.mark)
    _leave_rest(seen)
    return seen.reading


def _leave_rest(seen: Evidence) -> None:
    """Keep what facts say beyond the values that were taken from them, and lines that are nothing of a record."""
    taken = {fold_text(words) for words in seen.reading.sources.values()}
    for fact, _ in seen.found.facts:
        words = f"{fact.label}：{fact.text}" if fact.label else fact.text
        known = [fold_text(each.text) for each in seen.reading.left]
        if (
            fact.text
            and not _is_used_up(seen, fact, taken)
            and not any(fold_text(fact.text) in k for k in known)
        ):
            seen.reading.left.append(Left(text=words, why="只用了一部分，或没有对应的栏目"))
    for line in seen.preamble:
        if line and fold_text(line) not in taken and line != seen.title:
            seen.reading.left.append(Left(text=line, why="材料的名称"))
    for line in seen.found.signature:
        if is_day(line):
            seen.reading.left.append(Left(text=line, why="落款的日期，不是活动日期"))
        elif not any(fold_text(line) in words for words in taken):
            seen.reading.left.append(Left(text=line, why="落款"))


def _is_used_up(seen: Evidence, fact: Fact, taken: set[str]) -> bool:
    """Say whether a fact's words say nothing beyond the values that were taken from them."""
    if fact.field in ("title", "place", "lead", "date", "sent", "received", "count", "grades"):
        return fold_text(f"{fact.label}:{fact.text}") in taken and (
            fact.field in ("title", "place", "lead", "date") or len(fold_text(fact.text)) <= _SHORT
        )
    if fact.field == "direction":
        return fold_text(fact.text) in _WAYS
    if fact.field in ("schools", "own"):
        named = seen.desk.names.find(fact.text, short=True)
        rest = len(fold_text(fact.text)) - sum(each.end - each.start for each in named)
        return (
            bool(named) and rest <= len(named) and {e.school for e in named} <= {seen.school, *seen.partners}
        )
    return False
