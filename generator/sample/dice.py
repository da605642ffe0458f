"""Seeded randomness: the only source of chance in the sample, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence


def make_random(*parts: object) -> random.Random:
    """Return a generator seeded by the parts joined with ``/``; text seeds do not depend on hash order."""
    return random.Random("/".join(str(part) for part in parts))  # noqa: S311  # decoration, not secrecy


class Deck:
    """Options drawn like cards: every option once before any comes again, so that texts seldom repeat."""

    __slots__ = ("_cards", "_chance", "_options")

    def __init__(self, options: Sequence[str], chance: random.Random) -> None:
        self._options = tuple(options)
        self._chance = chance
        self._cards: list[str] = []

    def draw_option(self) -> str:
        """Take the next option, shuffling anew when the deck is used up."""
        if not self._cards:
            self._cards = list(self._options)
            self._chance.shuffle(self._cards)
        return self._cards.pop()
