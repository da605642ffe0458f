"""Find the schools that a report names: in full, in short, by their township, by a former name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text
from generator.archive import Corpus
from generator.documents.tables.school_ids import find_distinctive_part
from generator.records.models import Programme, School

_RURAL = (
    "",
    "中心",
    "中心小学",
    "小学",
    "中心小学辖区内",
    "中心小学附属",
    "小学附属",
    "辖区内",
    "中心小学辖区",
)
_ORDINAL = re.compile("第([一二三四五六七八九十])$")
_LIST = r"(?:{one})(?:[、,，和与及]+(?:{one}))+(?=[一二两三四五六七八]?(?:所|个)?(?:园|校|幼儿园|镇|乡|地|等|教师|老师))"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSchool:
    """A school that a text names: where in the folded text, and whether by a name that is its own alone."""

    school: str
    start: int
    end: int
    full: bool = True


class SchoolNames:
    """The names by which a programme's schools go."""

    def __init__(self, corpus: Corpus, programme: Programme) -> None:
        self.county = fold_text(programme.county)
        names: dict[str, str] = {}
        towns: dict[str, str] = {}
        self.short: dict[str, str] = {}
        for school in programme.school_ids:
            profile = corpus.find_profile(school)
            if profile is None:
                continue
            for name in _list_names(profile, self.county):
                names.setdefault(fold_text(name), school)
            if profile.township:
                towns[fold_text(profile.township)] = school
            short = fold_text(profile.short)
            if len(short) > 1 and not short.startswith("第"):
                self.short[short] = school
        self._full = names
        self._towns = {name: school for name, school in towns.items() if name not in names}
        self._pattern = _any_of((*names, *self._towns))
        one = "|".join(sorted(map(re.escape, self.short), key=len, reverse=True))
        self._lists = re.compile(_LIST.format(one=one)) if one else None
        self._short = _any_of(self.short)

    def find(self, text: str, *, short: bool = False) -> tuple[NamedSchool, ...]:
        """Return the schools that a text names, in order. ``short``: by a short name alone, too, as in a form's cell."""
        folded = fold_text(text)
        found = [
            NamedSchool(
                school=self._full.get(match[0]) or self._towns[match[0]],
                start=match.start(),
                end=match.end(),
                full=match[0] in self._full,
            )
            for match in self._pattern.finditer(folded)
        ]
        spans = [m.span() for m in self._lists.finditer(folded)] if self._lists else []
        if short:
            spans.append((0, len(folded)))
        for start, end in spans:
            for match in self._short.finditer(folded, start, end):
                if not any(each.start < match.end() and match.start() < each.end for each in found):
                    found.append(
                        NamedSchool(
                            school=self.short[match[0]], start=match.start(), end=match.end(), full=False
                        )
                    )
        return tuple(sorted(found, key=lambda each: each.start))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(listed or r"(?!)")


def _list_names(profile: School, county: str) -> Iterator[str]:
    yield profile.name
    yield from profile.former
    place = profile.township
    if place:
        for base in (place, place[:-1]):
            yield from (f"{base}{middle}幼儿园" for middle in _RURAL)
        yield from (
            f"{base}{tail}" for base in (place[:-1], place) for tail in ("园", "中心园", "幼", "附属幼儿园")
        )
    for base in dict.fromkeys((find_distinctive_part(profile.name, county), profile.short)):
        if ordinal := _ORDINAL.search(base):
            yield from (f"{ordinal[1]}幼", f"{base}幼儿园", f"{base}幼", f"{base}中心幼儿园")
        elif len(base) > 1:
            yield from (
                f"{base}幼儿园",
                f"{base}园",
                f"{base}幼",
                f"{base}中心幼儿园",
                f"{base}中心园",
                f"{base}民办幼儿园",
            )


def list_distinct(found: Sequence[NamedSchool]) -> tuple[str, ...]:
    """Return the schools that are named, each once, in order."""
    return tuple(dict.fromkeys(each.school for each in found))
