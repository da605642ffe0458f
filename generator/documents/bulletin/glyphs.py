"""Which characters the bulletin's fonts can draw, and what stands for one that none can."""

from __future__ import annotations

import functools
from pathlib import Path

from generator.documents.markup import without_unprinted

FONTS = Path(__file__).with_name("fonts")
COVERAGE = FONTS / "coverage.txt"
"""Every character that at least one of the fonts has; written by ``python -m tests.fonts``."""

GETA = "〓"
"""What printers in Chinese set for a character that they lack."""


@functools.cache
def coverage() -> frozenset[str]:
    """Return every character that can be drawn."""
    return frozenset(COVERAGE.read_text(encoding="utf-8")) | {"\n"}


def drawable(text: str, missing: set[str]) -> str:
    """Return ``text`` with 〓 for each character that no font has, which is added to ``missing``.

    Such a character stays visible, and the caller names it: it is never silently left out. What is invisible
    anyway, as a variation selector, is dropped, and a tab is a space.
    """
    text = without_unprinted(text)
    lacking = set(text) - coverage()
    if not lacking:
        return text
    missing |= lacking
    return "".join(GETA if sign in lacking else sign for sign in text)


def code(sign: str) -> str:
    """Return a character's number as Unicode writes it."""
    return f"U+{ord(sign):04X}"
