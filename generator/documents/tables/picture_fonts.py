"""Remove the pictures of symbol fonts: an R in Wingdings 2 is a ticked box."""

from __future__ import annotations

import re

SYMBOLS = "特殊符号没有读"
_FONT = re.compile(r"(?:wingdings(?: [23])?|webdings)", re.IGNORECASE)
_PICTURES = re.compile("[!-\u024f\ue000-\uf8ff]")


def is_picture_font(name: str) -> bool:
    """Say whether a font draws pictures in the place of letters."""
    return _FONT.fullmatch(name.strip()) is not None


def remove_pictures(text: str) -> str:
    """Return a text in such a font without its pictures. It has no Chinese characters: they look as they do elsewhere."""
    return _PICTURES.sub("", text)
