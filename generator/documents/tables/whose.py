"""Whose plan a file is: the school that its heading or its name means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.archive import Corpus
from generator.documents.tables.grid import packed


def school_of(corpus: Corpus, schools: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the schools that a text may mean: one when it is clear, none when it names no school.

    ``text`` is a heading's name or a file's name; a school is meant by its full name, by a part of it that
    no other school has, by its short name or its id.
    """
    wanted = packed(text)
    if not wanted:
        return ()
    known = [(school, packed(corpus.name(school))) for school in schools]
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
        if (profile := corpus.profile(school)) and len(profile.short) > 1 and packed(profile.short) in wanted
    ]
    if short:
        longest = max(length for length, _ in short)
        return tuple(school for length, school in short if length == longest)
    ids = [school for school, _ in known if re.search(rf"(?<![a-z0-9]){school}(?![a-z0-9])", wanted.lower())]
    return tuple(ids)
