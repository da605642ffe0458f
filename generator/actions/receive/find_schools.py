"""Read whose report it is, and which schools of its pairing took part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.actions.receive.acting_school import find_acting_school, is_towards
from generator.actions.receive.draft import How
from generator.actions.receive.evidence import Evidence
from generator.actions.receive.folding import fold_text
from generator.actions.receive.school_names import NamedSchool, SchoolNames, list_distinct

_DASH = re.compile("——|—|--|―")
_DAY = re.compile("[0-9年月日号.\\-/]+")
_LONGEST_SENDER = 12
"""Characters of a text in which a short name alone says a school: 蕾梦王园, who sent a message."""
_LONGEST_REST = 4
"""Characters beside a school's name and a day in a line that says whose the report is."""


def read_school(seen: Evidence) -> None:
    """Read whose report it is: by its form, signature, page margins, first lines, title, then by the file's name."""
    names = seen.desk.names
    if seen.desk.school:
        seen.school = seen.desk.school
        seen.reading.put("school", seen.school, "--school", How.GIVEN)
        return
    texts_of = {
        "单位": [fact.text for fact in seen.facts("own")],
        "落款": list(seen.found.signature),
        "页眉页脚": list(seen.margins),
        "开头": [_cut_introduction(line) for line in seen.found.head if names_sender(names, line)],
    }
    for why, texts in texts_of.items():
        whose = list_distinct(
            [
                each
                for text in texts
                for each in names.find(text, short=why == "单位" or len(text) <= _LONGEST_SENDER)
            ]
        )
        if len(whose) == 1:
            how = How.GUESS if why == "页眉页脚" else How.LABEL
            _take_school(seen, whose[0], f"{why}：{'；'.join(texts)[:60]}", how)
            return
    for why, text in (("标题", seen.form_title), ("标题", seen.title)):
        if school := _find_first(seen, text):
            _take_school(seen, school, f"{why}：{text}", How.TITLE)
            return
    for hint in seen.hints:
        named = names.find(hint, short=True)
        whose = list_distinct(named)
        towards = any(is_towards(fold_text(hint)[: each.start]) for each in named)
        if len(whose) == 1 and not towards and not _is_visited(seen, whose[0]):
            _take_school(seen, whose[0], f"文件名：{hint}", How.GUESS)
            return
    first = seen.prose.split("\n")[0]
    named = names.find(first)
    if named and not re.search("我园|本园|我们园|我校", seen.prose) and _is_subject(first, named):
        _take_school(seen, named[0].school, f"开头：{first[:40]}", How.TEXT)
        return
    if subject := find_acting_school(seen):
        _take_school(seen, *subject, How.GUESS)
        seen.inferred_school = True
        return
    whose = list_distinct(
        [
            e
            for t in (seen.title, seen.form_title, *(f.text for f in seen.facts("schools", "place")))
            for e in names.find(t)
        ]
    )
    seen.reading.doubt(
        "school", "看不出是哪所校（园）的材料", [(one, seen.desk.corpus.name_school(one)) for one in whose]
    )


def names_sender(names: SchoolNames, line: str) -> bool:
    """Say whether a line at the head says whose the report is: 我是千字童幼儿园的, 东苑幼儿园 2020年4月22日."""
    named = names.find(line)
    folded = fold_text(line)
    if named and re.search("我(?:们)?是$", folded[: named[0].start]):
        return True
    if not named or folded.endswith(":"):
        return False
    rest = _DAY.sub("", folded[: named[0].start] + folded[named[-1].end :].replace(names.county, ""))
    return len(rest) <= _LONGEST_REST and not is_towards(folded[: named[0].start])


def _cut_introduction(line: str) -> str:
    """Return what a line says of who sends it: of 我是…的园长，昨天… the words in front of the comma."""
    return re.split("[，,。]", line)[0] if re.match("我(?:们)?是", line) else line


def _find_first(seen: Evidence, text: str) -> str | None:
    """Return the school that a title, or what stands behind its dash, begins with; None of two side by side."""
    for piece in _DASH.split(text):
        named = seen.desk.names.find(piece)
        before = fold_text(piece)[: named[0].start].replace(seen.desk.names.county, "") if named else ""
        beside = len(named) > 1 and fold_text(piece)[named[0].end : named[1].start] in ("、", "和", "与", "")
        if named and not beside and len(before) <= 2 and not is_towards(before):  # 的 or a sign
            return named[0].school
    return None


def _is_subject(text: str, named: Sequence[NamedSchool]) -> bool:
    """Say whether a text without 我园 begins with the school that it is about, and names others as those it went to."""
    folded = fold_text(text)
    before = _DAY.sub("", folded[: named[0].start])
    others = [each for each in named if each.school != named[0].school]
    return len(before) <= 2 and bool(others) and all(is_towards(folded[: each.start]) for each in others)


def _is_visited(seen: Evidence, school: str) -> bool:
    """Say whether the title or the place has a school as the one that others came to, with no word of its own staff."""
    for text in (seen.title, seen.form_title):
        for each in seen.desk.names.find(text):
            if each.school == school and is_towards(fold_text(text)[: each.start]):
                return True
    return False


def _take_school(seen: Evidence, school: str, source: str, how: How) -> None:
    """Take the school; places that may say whose the report is confirm it where they agree, and mark it where not."""
    seen.school = school
    told: list[set[str]] = []
    texts = (*seen.found.signature, *seen.margins, *seen.hints[:1], seen.form_title, seen.title)
    for text in dict.fromkeys(texts):
        named = seen.desk.names.find(text, short=text in seen.hints)
        if named and not is_towards(fold_text(text)[: named[0].start]):
            told.append({named[0].school})
    agreeing, differing = told.count({school}), any(each != {school} for each in told)
    if differing and how is not How.LABEL:
        how = How.DIFFERS
    how = how.unless(how is not How.DIFFERS and agreeing > 1)
    seen.inferred_school = how in (How.DIFFERS, How.TEXT)
    seen.reading.put("school", school, source, how)


def read_partners(seen: Evidence) -> None:
    """Read which other schools of the pairing took part, from where they are named most plainly."""
    desk = seen.desk
    pairing = desk.corpus.find_pairing(desk.programme.year, seen.school) if seen.school else None
    if pairing is None:
        seen.reading.doubt("partners", "先要知道是哪所校（园）")
        return
    others = [one for one in (pairing.helper, *pairing.helped) if one != seen.school]
    if seen.school != pairing.helper:
        others = [pairing.helper]
    stated = seen.facts("people", "received", "sent", "count", "place", "", "title", "topic")
    sources = [
        (True, [fact.text for fact in seen.facts("schools", "own")]),
        (True, [fact.text for fact in stated]),
        (False, [seen.title, seen.form_title]),
    ]
    found: tuple[str, ...] = ()
    words = ""
    for short, texts in sources:
        for text in texts:
            named = [one for one in list_distinct(desk.names.find(text, short=short)) if one in others]
            if named and not words:
                words = text[:60]
            found = tuple(dict.fromkeys((*found, *named)))
        if found:
            break
    if not found:
        found, words = _find_told(seen, others)
    if not found and words:
        seen.reading.doubt(
            "partners",
            "文中提到几所园，说不清哪几所参加",
            [(one, desk.corpus.name_school(one)) for one in others],
        )
        return
    seen.partners = tuple(one for one in others if one in found)
    if seen.partners:
        texts = [*(fact.text for fact in stated), seen.title, seen.form_title, *seen.prose.split("\n")]
        naming = [set(list_distinct(desk.names.find(text))) & set(others) for text in texts]
        mentioned = set().union(*naming)
        labelled = any(words in fact.text for fact in (*seen.facts("schools", "own"), *stated))
        agreeing = sum(each == set(seen.partners) for each in naming)
        how = How.LABEL if labelled or len(others) == 1 or agreeing > 1 else How.TEXT
        if "school" in seen.reading.unsure and how is How.LABEL and (len(others) == 1 or not labelled):
            how = How.GUESS
        if not mentioned <= set(seen.partners):
            how = How.DIFFERS
        seen.reading.put("partners", seen.partners, words, how)
    else:
        seen.reading.doubt(
            "partners", "没有写对方园", [(one, desk.corpus.name_school(one)) for one in others]
        )


def _find_told(seen: Evidence, others: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the schools that the text names, where one line names all of them; else none, with words for the doubt."""
    lines = [*seen.prose.split("\n"), *seen.hints]
    named = {
        line: {one for one in list_distinct(seen.desk.names.find(line)) if one in others} for line in lines
    }
    together = set().union(*named.values())
    line = max(named, key=lambda each: len(named[each]), default="")
    if not together:
        return (), ""
    return (tuple(named[line]), line[:60]) if named[line] == together else ((), line[:60])
