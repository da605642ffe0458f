"""Names of schools and their ids: which school a text means, and ids and short names proposed for new ones.

Proposals are unique; the officer confirms them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from generator.archive import Corpus
from generator.documents.tables.grid import pack_text
from generator.documents.tables.pinyin import spell_pinyin

_TOWNSHIP = re.compile(r"(.{1,5}?[镇乡]|.{1,5}?街道)")
_KINDS = re.compile(
    r"(?:中心)?(?:小学|学校|中学|学区)?(?:辖区内?)?(?:的)?(?:附属|民办|公办|私立|中心)?(?:幼儿园|幼教中心|幼稚园|园)?(?:[(（].*[)）])?$"
)
_RESERVED = {"bureau", "schema", "con", "prn", "aux", "nul"}
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MOST_ID = 40


def find_township(name: str) -> str | None:
    """Return the township in a school's name (``新坝镇``), or None."""
    found = _TOWNSHIP.match(name)
    return found[1] if found else None


def find_distinctive_part(name: str, county: str = "") -> str:
    """Return what tells a school from others: ``黑泉镇中心小学辖区内幼儿园`` → ``黑泉``, ``蕾梦幼儿园`` → ``蕾梦``."""
    text = pack_text(name)
    if county and text.startswith(county) and len(text) > len(county) + 2:
        text = text.removeprefix(county)
    rest = _KINDS.sub("", text)
    place = find_township(text)
    if place and (not rest or rest in (place, place[:-1]) or place.startswith(rest)):
        return re.sub(r"(?:镇|乡|街道)$", "", place)
    if place and rest.startswith(place):
        return rest.removeprefix(place) or place
    return rest or text


def propose_ids(
    names: Iterable[str], *, county: str, known: Mapping[str, str], taken: Set[str]
) -> dict[str, tuple[str, bool]]:
    """Return for each name (id, whether it is sure): the ``known`` one's, else by pinyin, unlike all ``taken``.

    An id is unsure where a character has no reading here or a number had to tell it from another.
    """
    found: dict[str, tuple[str, bool]] = {name: (known[name], True) for name in names if name in known}
    used = {*taken, *_RESERVED, *known.values()}
    for name in names:
        if name in found:
            continue
        readings = spell_pinyin(find_distinctive_part(name, county))
        base = "".join(part for part in readings if part)[:MOST_ID]
        sure = bool(readings) and None not in readings
        if (not base or base in used) and (place := find_township(pack_text(name))):
            more = "".join(part for part in spell_pinyin(place[:-1]) if part)
            base = f"{more}-{base}".strip("-")[:MOST_ID] if base != more else base
        base = base or "school"
        id_, number = base, 1
        while id_ in used:
            number, sure = number + 1, False
            id_ = f"{base}-{number}"
        used.add(id_)
        found[name] = (id_, sure)
    return found


def propose_short_names(names: Iterable[str], *, county: str) -> dict[str, str]:
    """Return a short name of at most four characters for each, unlike the others where that is possible."""
    found: dict[str, str] = {}
    for name in names:
        text = find_distinctive_part(name, county)
        for short in (
            text if len(text) <= 4 else text[:3],
            text[:4],
            pack_text(name)[:4],
            pack_text(name)[-4:],
        ):
            if short not in found.values():
                break
        found[name] = short
    return found


def find_schools(corpus: Corpus, schools: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the schools that a text may mean: one when it is clear, none when it names no school.

    ``text`` is a heading's name or a file's name; a school is meant by its full name, by a part of it that
    no other school has, by its short name or its id.
    """
    wanted = pack_text(text)
    if not wanted:
        return ()
    known = [(school, pack_text(corpus.name_school(school))) for school in schools]
    if exact := [school for school, name in known if name == wanted or school == wanted.lower()]:
        return tuple(exact)
    within = [(len(name), school) for school, name in known if name in wanted]
    if within:
        longest = max(length for length, _ in within)
        return tuple(school for length, school in within if length == longest)
    if len(wanted) >= 3 and (part := tuple(school for school, name in known if wanted in name)):
        return part
    short = [
        (len(profile.short), school)
        for school, _ in known
        if (profile := corpus.find_profile(school))
        and len(profile.short) > 1
        and pack_text(profile.short) in wanted
    ]
    if short:
        longest = max(length for length, _ in short)
        return tuple(school for length, school in short if length == longest)
    ids = [school for school, _ in known if re.search(rf"(?<![a-z0-9]){school}(?![a-z0-9])", wanted.lower())]
    return tuple(ids)
