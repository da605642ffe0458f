"""Infer whose report it is where nothing says so: of the schools that it names, the one that acts, and is no other's goal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.actions.receive.evidence import Evidence
from generator.actions.receive.folding import fold_text
from generator.actions.receive.school_names import NamedSchool

_TOWARDS = re.compile("[赴到去在对与和请邀向为给帮随访往]|走进|指导|帮助")
"""Words in front of a school's name that make it the other school."""
_GOAL = re.compile(
    "(?:赴|到|到达|来到|走进|深入|前往|对|为|给|向|帮|请|邀|帮助|指导|邀请|特邀|迎来|迎来了|接待|接待了|与|和|同|联合|携手|会同|送教|支援)$"
)
_COMES = re.compile("[^,。;]{0,14}(?:来园|来我园|来访|应邀|前来|到我园|来到)")
_ACTS = re.compile(
    "(?:联合|携手|会同|派出|选派|委派|组织|特?邀请|迎来|接待|举办|承办|举行|召开|开展了?|发起|[大中小]班|业务|保教|教研组?|园长)"
)
_OTHERS = re.compile("外园|来园|来访|对方|帮扶园|被帮扶|受援|受助|受教|结对|对口|兄弟|外校")
_SENDS = re.compile("送教|支教|派出|支援")
_PLACE = 2
_LEAST, _AHEAD = 2, 2


def is_towards(before: str) -> bool:
    """Say whether words end as they do in front of the school that one goes to, or works with."""
    return _TOWARDS.search(before[-4:]) is not None


def find_acting_school(seen: Evidence) -> tuple[str, str] | None:
    """Return the school that acts as the one that reports does, with the words for it; None where none does, or two."""
    points: Counter[str] = Counter()
    words: dict[str, str] = {}
    for school, value, text in _list_roles(seen):
        points[school] += value
        if value > 0:
            words.setdefault(school, text[:60])
    ranked = [*points.most_common(2), ("", 0), ("", 0)]
    (school, most), (_, next_) = ranked[0], ranked[1]
    if school not in words or most < _LEAST or most - max(next_, 0) < _AHEAD:
        return None
    return school, words[school]


def _list_roles(seen: Evidence) -> Iterator[tuple[str, int, str]]:
    """Yield schools with what speaks for or against their being the one that reports, and the words."""
    for fact in seen.facts("people", "place", "schools", "lead", ""):
        other = _OTHERS.search(fold_text(fact.label)) is not None
        for each in seen.desk.names.find(fact.text):
            value = -3 if other else _weigh(fact.text, each)
            if not other and (fact.field == "place" or _SENDS.search(fact.label)):
                value = max(value, _PLACE)
            yield each.school, value, f"{fact.label}：{fact.text}"
    for line in (seen.title, *seen.prose.split("\n")):
        for each in seen.desk.names.find(line):
            yield each.school, _weigh(line, each), line


def _weigh(text: str, named: NamedSchool) -> int:
    """Return 3 for a school that acts, -3 for one that others go to or that comes, 0 for one that is only named."""
    folded = fold_text(text)
    before, after = folded[: named.start], folded[named.end :]
    if _GOAL.search(before) or _COMES.match(after):
        return -3
    return 3 if _ACTS.match(after) else 0
