"""Mark characters that XML 1.0 cannot hold, in texts for Office files."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


LONGEST_PROPERTY = 255
"""Characters of a Word file's property, such as its title; the text itself may be longer."""


def replace_unwritable(text: str) -> str:
    """Return a text with � in place of each character that XML has no way to write."""
    return _UNWRITABLE.sub("\ufffd", text)
