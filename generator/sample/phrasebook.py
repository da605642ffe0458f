"""Deal out sentences by measure from the text files beside this module."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from generator.sample.dice import Deck, make_random

_FOLDER = Path(__file__).with_name("phrases")
_TAGS = re.compile(r"([^|。，]{1,12})\|")

Line = tuple[frozenset[str], str]


@cache
def read_bank(name: str) -> dict[str, tuple[Line, ...]]:
    """Read ``phrases/<name>.txt``: sections after ``==``, a sentence a line, tags before ``|``."""
    bank: dict[str, list[Line]] = {}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            section = line[3:]
            bank[section] = []
            continue
        match = _TAGS.match(line)
        tags = frozenset(match[1].split()) if match else frozenset()
        bank[section].append((tags, line[match.end() :] if match else line))
    return {key: tuple(lines) for key, lines in bank.items()}


def has_bank(name: str) -> bool:
    """Say whether there are texts for a measure."""
    return (_FOLDER / f"{name}.txt").is_file()


@cache
def read_areas() -> tuple[dict[str, tuple[str, ...]], ...]:
    """Read the play areas; each has its name under ``名`` and lists under the other keys."""
    areas: list[dict[str, list[str]]] = []
    for line in (_FOLDER / "areas.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            areas.append({"名": [line.strip("[]")]})
        elif line and not line.startswith("#"):
            key, _, value = line.partition(": ")
            areas[-1].setdefault(key, []).extend(value.split("；") if key == "材料" else [value])
    return tuple({key: tuple(values) for key, values in area.items()} for area in areas)


@cache
def read_lessons() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Read the lessons by grade as (domain, title, what could be seen)."""
    lessons: dict[str, list[tuple[str, str, str]]] = {}
    for line in (_FOLDER / "lessons.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            grade, domain, title, seen = line.split("|")
            lessons.setdefault(grade, []).append((domain, title, seen))
    return {grade: tuple(found) for grade, found in lessons.items()}


class Phrasebook:
    """Deals sentences; each bank and set of tags has its own deck, so that repeats are as far apart as can be."""

    __slots__ = ("_decks", "_known", "_seed")

    def __init__(self, seed: object) -> None:
        self._seed = seed
        self._decks: dict[tuple[str, str, frozenset[str]], Deck] = {}
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def draw_sentence(self, bank: str, section: str, tags: frozenset[str] = frozenset()) -> str:
        """Return a sentence of the section whose tags all hold; ``KeyError`` when there is no such section."""
        lines = read_bank(bank)[section]
        known = self._known.get((bank, section))
        if known is None:
            known = self._known[bank, section] = frozenset().union(*(line_tags for line_tags, _ in lines))
        key = (bank, section, tags & known)
        deck = self._decks.get(key)
        if deck is None:
            options = [text for line_tags, text in lines if line_tags <= tags]
            deck = self._decks[key] = Deck(options, make_random(self._seed, bank, section, *sorted(key[2])))
        return deck.draw_option()

    def deal_option(self, name: str, options: tuple[str, ...]) -> str:
        """Return one of other options from a deck of that name."""
        key = ("", name, frozenset[str]())
        deck = self._decks.get(key)
        if deck is None:
            deck = self._decks[key] = Deck(options, make_random(self._seed, "deal", name))
        return deck.draw_option()
