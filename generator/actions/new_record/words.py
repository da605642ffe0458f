"""Read what a person types for a new record: a school, a day, a kind of help, numbers; else say what can be typed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from generator.archive import Corpus
from generator.images.faults import Fault
from generator.records.models import DIRECTIONS, Measure, Programme

GRADES = ("大班", "中班", "小班")

_DAY = re.compile(r"(?:(?P<year>\d{4})[-./年])?(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?", re.ASCII)
_SOLID = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_NEAR = {"今天": 0, "昨天": 1, "前天": 2}
_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_BETWEEN = re.compile(r"[、,，;；\s]+")
_KINDS = ("中心小学辖区内幼儿园", "幼儿园", "园")
_HAN = "一二三四五六七八九"


def find_school(corpus: Corpus, typed: str) -> str | Fault:
    """Return the school whose id, name or short name is typed, or whose name alone holds what is typed."""
    schools = sorted({s for year in corpus.years if (p := corpus.find_programme(year)) for s in p.school_ids})
    names = {school: _list_names(corpus, school) for school in schools}
    return _choose(typed, names, "校（园）", {s: corpus.name_school(s) for s in schools})


def find_measure(programme: Programme, typed: str, *, whole: bool = False) -> str | Fault:
    """Return the measure whose id, clause (四-（二）-1 or 4-2-1) or name is typed, or whose name alone holds it.

    whole: a part of a name is not enough.
    """
    names = {m.id: (m.id, m.name, m.clause, _count_clause(m.clause)) for m in programme.measures}
    said = {m.id: f"{m.name}（{m.clause}）" for m in programme.measures}
    return _choose(typed, names, "帮扶内容", said, whole=whole)


def find_partners(
    corpus: Corpus, programme: Programme, school: str, typed: str, *, whole: bool = False
) -> tuple[str, ...] | Fault:
    """Return the partners that are typed, with 、 or commas between, of the school's own pairing.

    whole: a part of a name is not enough.
    """
    others = list(programme.list_partners_of(school))
    names = {other: _list_names(corpus, other) for other in others}
    found = []
    for part in filter(None, _BETWEEN.split(typed.strip(" 【】[]"))):
        said = {other: corpus.name_school(other) for other in others}
        one = _choose(part, names, "参与园", said, whole=whole)
        if isinstance(one, Fault):
            return one
        found.append(one)
    return tuple(dict.fromkeys(found)) or Fault(
        message="没有写参与园", fix=_list({o: corpus.name_school(o) for o in others})
    )


def read_day(corpus: Corpus, typed: str, today: dt.date) -> dt.date | Fault:
    """Return the day that is typed: 2020-05-14, 2020年5月14日, 5月14日, 5.14, 20200514, 今天.

    Without a year it is in the last year with a programme in which it is not after ``today``.
    """
    fix = "写成 2020-05-14、2020年5月14日、5月14日或 5.14 的样子"
    text = _fold(typed)
    if text in _NEAR:
        return today - dt.timedelta(days=_NEAR[text])
    match = _DAY.fullmatch(text) or _SOLID.fullmatch(text)
    if match is None:
        return Fault(message=f"看不懂日期“{typed[:40]}”", fix=fix)
    years = [int(match["year"])] if match["year"] else sorted(corpus.years, reverse=True)
    days = [day for year in years if (day := _make_day(year, int(match["month"]), int(match["day"])))]
    if not days:
        return Fault(message=f"日历上没有“{typed[:40]}”这一天", fix=fix)
    return next((day for day in days if day <= today), days[-1])


def read_staff(typed: str) -> tuple[int, int] | Fault:
    """Return how many went and how many came: ``2/0``, ``2 0``, ``派出2 接待0``."""
    numbers = re.findall(r"[0-9]{1,4}", unicodedata.normalize("NFKC", typed))
    if len(numbers) != 2:
        return Fault(message=f"看不懂人数“{typed[:40]}”", fix="写成 派出/接待，如 2/0")
    return int(numbers[0]), int(numbers[1])


def read_direction(typed: str) -> str | Fault:
    """Return the way that is typed: ``host``, ``请进来``."""
    return _choose(typed, {word: (word, said) for word, said in DIRECTIONS.items()}, "方式", DIRECTIONS)


def read_grades(typed: str) -> tuple[str, ...] | Fault:
    """Return the grades that are typed, in their order: ``大班、中班``, ``大中班``."""
    text = _fold(typed)
    if not text or re.sub("[大中小]班?|[、,]|和", "", text):
        return Fault(message=f"看不懂年级“{typed[:40]}”", fix="从这些里选：" + "、".join(GRADES))
    return tuple(grade for grade in GRADES if grade[0] in text)


def _make_day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _list_names(corpus: Corpus, school: str) -> tuple[str, ...]:
    profile = corpus.find_profile(school)
    if profile is None:
        return (school,)
    ends = [profile.township + kind for kind in ("", *_KINDS)] if profile.township else []
    return (school, profile.name, profile.short, *(profile.short + kind for kind in _KINDS), *ends)


def _choose(
    typed: str,
    names: Mapping[str, Sequence[str]],
    label: str,
    said: Mapping[str, str],
    *,
    whole: bool = False,
) -> str | Fault:
    """Return the id one of whose names is typed; else, unless ``whole``, the only one of whose names it is a part."""
    text = _pack(typed)
    found = [id_ for id_, own in names.items() if text in map(_pack, own)]
    if not found and text and not whole:
        found = [id_ for id_, own in names.items() if any(text in _pack(name) for name in own[1:])]
    if len(found) == 1:
        return found[0]
    if found:
        return Fault(message=f"{label}“{typed[:40]}”有几个", fix=_list({id_: said[id_] for id_ in found}))
    return Fault(message=f"没有“{typed[:40]}”这个{label}", fix=_list(said))


def _list(said: Mapping[str, str]) -> str:
    return "可以写：" + "、".join(f"{id_} {words}" for id_, words in said.items())


def _fold(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def _pack(text: str) -> str:
    """Return a text without spaces and signs, for comparison; numerals of clauses stay what they are."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _count_clause(clause: str) -> str:
    """Return a clause in digits: 四-（二）-1 is 421."""
    return "".join(str(_HAN.find(sign) + 1) if sign in _HAN else sign for sign in _pack(clause))


def list_measures(measures: Iterable[Measure]) -> str:
    """Return measures as a person may type them."""
    return _list({m.id: f"{m.name}（{m.clause}）" for m in measures})
