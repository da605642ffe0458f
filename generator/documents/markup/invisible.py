"""Remove invisible characters from texts, and the rest of them from print.

Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt, 17.0) lists the characters that are to
be invisible where a font lacks them.
"""

from __future__ import annotations

import re

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"
_SHAPING = "\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Joiners and variation selectors: they choose among forms of their neighbours, as in 葛󠄀 and in emoji."""
_OTHERS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Soft hyphens, spaces of no width, marks and overrides of the direction of writing, tags, fillers."""
_NO_CHARACTERS = "\ud800-\udfff\ufffe\uffff"
"""Halves of characters and what is none: neither UTF-8 nor XML holds them."""

_INVISIBLE = re.compile(f"[{_CONTROLS}{_OTHERS}{_NO_CHARACTERS}]")
_UNPRINTED = re.compile(f"[{_CONTROLS}{_OTHERS}{_NO_CHARACTERS}{_SHAPING}]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\u1680\u2000-\u200a\u202f\u205f]")
"""Tabs, and spaces of other widths, as Word and web pages have them."""


def remove_invisible(text: str) -> str:
    """Return a text as everybody sees it: with plain line ends, and nothing that hides, splits or turns words.

    Such a character could cut a telephone number in two, so that nothing finds it, or turn a name around. Joiners
    and variation selectors stay, since they decide how their neighbours look.
    """
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def remove_unprinted(text: str) -> str:
    """Return a text without any invisible character, for fonts that have none of them. Blanks become plain spaces."""
    return _BLANKS.sub(" ", _UNPRINTED.sub("", text))
