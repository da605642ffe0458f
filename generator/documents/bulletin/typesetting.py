"""Typeset a PDF with Typst and the fonts beside this module; mark characters that none of them has."""

from __future__ import annotations

import functools
from pathlib import Path

from generator.documents.markup import remove_unprinted

FONTS = Path(__file__).with_name("fonts")
COVERAGE = FONTS / "coverage.txt"
"""Every character that at least one of the fonts has; written by ``python -m tests.fonts``."""

GETA = "〓"
"""What printers in Chinese set for a character that they lack."""


def compile_pdf(template: Path, fonts: Path) -> bytes:
    """Return a template as PDF/UA-1, set with the fonts of a folder; it may read what lies beside it."""
    import typst  # 80 MB, which only a build of documents needs

    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no document")
    return made


@functools.cache
def list_drawable_characters() -> frozenset[str]:
    """Return every character that can be drawn."""
    return frozenset(COVERAGE.read_text(encoding="utf-8")) | {"\n"}


def mark_undrawable(text: str, missing: set[str]) -> str:
    """Return ``text`` with 〓 for each character that no font has, which is added to ``missing``.

    Such a character stays visible, and the caller names it: it is never silently left out. What is invisible
    anyway, as a variation selector, is dropped, and a tab is a space.
    """
    text = remove_unprinted(text)
    lacking = set(text) - list_drawable_characters()
    if not lacking:
        return text
    missing |= lacking
    return "".join(GETA if sign in lacking else sign for sign in text)


def format_code_point(sign: str) -> str:
    """Return a character's number as Unicode writes it."""
    return f"U+{ord(sign):04X}"
