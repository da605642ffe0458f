"""A field holds the kind of value that it asks for.

查什么
栏目里填的是它要的那种内容：数字只写数字，多项用方括号，只能选的词从规定的词里选，文字里没有看不见的字符。

为什么
人数、方式、年级都要由系统汇总。“两人”“2人”加不起来，别的词归不了类。

怎么改
| 错 | 对 |
| --- | --- |
| `partners: diyi` | `partners: [diyi]` |
| `partners: 第一幼儿园` | `partners: [diyi]` |
| `measure: 区域活动观摩` | `measure: area-observation` |
| `staff: 2` | `staff: {sent: 2, received: 0}` |
| `staff: {sent: 两人, received: 0}` | `staff: {sent: 2, received: 0}` |
| `direction: 请进来` | `direction: host` |
| `grades: [大]` | `grades: [大班]` |
| `public: 否` | `public: false` |
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme
from generator.rules.rule import Rule, make_reading_check
from generator.rules.subjects import find_nearest, find_programme, list_schools

_FIELD = re.compile(r"“(?P<path>[^”]*?(?P<name>[a-z_]+)(?P<item>\[[0-9]+\])?)”")
_SCHOOLS = frozenset({"partners", "helped", "helper", "school", "schools", "host"})
_LISTS = frozenset({"partners", "schools"})
_MOST_ANSWERED = 100  # in one file: nobody reads more, and looking for the nearest name takes a while
_LONGEST = 200
_BETWEEN = r"[、,，;；/\s]+"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    answered: Counter[str] = Counter()
    for found in make_reading_check(RULE.slug)(corpus, today):
        answered[found.span.file.path] += 1
        yield _with_ids(corpus, found, today) if answered[found.span.file.path] <= _MOST_ANSWERED else found


def _with_ids(corpus: Corpus, found: Diagnostic, today: dt.date) -> Diagnostic:
    """Where a name stands for an id, advise which id to type."""
    field = _FIELD.match(found.message)
    path = found.span.file.path
    programme = find_programme(corpus, path, today)
    if field is None or programme is None:
        return found
    written = _written(found)
    if not 0 < len(written) <= _LONGEST:
        return found
    if field["name"] == "measure":
        meant = _measure(programme, written)
    elif field["name"] in _SCHOOLS:
        is_list = field["name"] in _LISTS and not field["item"]
        meant = _schools(corpus, programme, path.split("/")[1], field["name"], written, is_list=is_list)
    else:
        return found
    typed = meant.typed if field["item"] else f"{field['name']}: {meant.typed}"
    fix = (
        f"改成 {typed}"
        if meant.sure
        else f"是不是想写 {typed}？{meant.known}"
        if meant.typed
        else meant.known
    )
    message = f"“{field['path']}”写的“{written[:40]}”不是代号"
    return dataclasses.replace(found, message=found.message if meant.is_id else message, fix=fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """What to type, "" where that is unknown; whether it is ``sure``; and the ``known`` ids, as a sentence.

    ``is_id``: an id was written and something else is wrong, such as missing brackets.
    """

    typed: str
    sure: bool
    known: str
    is_id: bool = False


def _written(found: Diagnostic) -> str:
    """Return what stands in the field, without brackets and quotes."""
    span = found.span
    line = span.file.read_line(span.line)[span.column - 1 :]
    text = line if line[:1] in "[{" else line[: span.end_column - span.column]
    return text.split(" #")[0].strip().strip("[]{}\"'“”").strip()


def _measure(programme: Programme, written: str) -> _Meant:
    names = {measure.name: measure.id for measure in programme.measures}
    ids = list(names.values())
    of_clause = [measure.id for measure in programme.measures if measure.clause == written]
    listed = "、".join(f"{id_}（{name}）" for name, id_ in names.items())
    known = f"从这些代号里选一项：{listed}"
    plain = written.lower().replace(" ", "-").replace("_", "-")
    exact = names.get(written) or (plain if plain in ids else of_clause[0] if len(of_clause) == 1 else "")
    if exact:
        return _Meant(typed=exact, sure=True, known=known, is_id=written == exact)
    near = _one_that_holds(written, names) or find_nearest(written, names)
    return _Meant(typed=names[near] if near else "", sure=False, known=known)


def _schools(
    corpus: Corpus, programme: Programme, school: str, field: str, written: str, *, is_list: bool
) -> _Meant:
    names: dict[str, str] = {}
    for id_ in programme.school_ids:
        names[id_] = id_
        if profile := corpus.find_profile(id_):
            names |= {profile.name: id_, profile.short: id_}
    words = _words(written, names) if is_list else [written]
    exact = [names.get(word.lower(), names.get(word, "")) for word in words]
    meant = [
        found or names.get(_one_that_holds(word, names) or find_nearest(word, names) or "", "")
        for word, found in zip(words, exact, strict=True)
    ]
    partners = programme.list_partners_of(school) if field == "partners" else ()
    allowed = partners or programme.school_ids
    whose = "本园可以写" if partners else "可以写的代号"
    known = f"{whose}：{list_schools(corpus, allowed)}"
    if not all(id_ in allowed for id_ in meant):
        return _Meant(typed="", sure=False, known=known)
    typed = f"[{', '.join(dict.fromkeys(meant))}]" if is_list else meant[0]
    return _Meant(typed=typed, sure=all(exact), known=known, is_id=words == meant)


def _words(written: str, names: Mapping[str, str]) -> list[str]:
    """Cut a text into names: at commas and spaces, and at 和 where that gives names."""
    words = [word for word in re.split(_BETWEEN, written) if word]
    finer = [
        part for word in words for part in ([word] if word in names else re.split("[和与及]", word)) if part
    ]
    return finer if all(word in names for word in finer) else words


def _one_that_holds(word: str, names: Mapping[str, str]) -> str | None:
    """Return the only name that holds the word, or that the word holds."""
    found = [name for name in names if len(word) > 1 and (word in name or name in word)]
    return found[0] if len({names[name] for name in found}) == 1 else None


RULE = Rule(
    slug="field-value",
    requirement="format",
    severity=Severity.ERROR,
    summary="栏目里填的内容符合要求",
    check=_check,
    text=__doc__,
    found_in=(
        "generator/records/scalars.py:parse_account",
        "generator/records/scalars.py:parse_count",
        "generator/records/scalars.py:parse_day",
        "generator/records/scalars.py:parse_flag",
        "generator/records/scalars.py:parse_month",
        "generator/records/scalars.py:parse_text",
        "generator/records/validation.py:_diagnose",
    ),
)
