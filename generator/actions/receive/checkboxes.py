"""Read which of a form's printed choices are ticked: ☑走出去 □线上, or 走出去（√） 线上（ ）."""

from __future__ import annotations

import re

_TICKED = "☑☒✓✔√■●🗹"
_EMPTY = "□☐○◯❏"
_SIGN = re.compile(f"[（(\\[]?\\s*[{_TICKED}{_EMPTY}]\\s*[)）\\]]?|[（(]\\s*[)）]")


def choose_ticked(text: str) -> str:
    """Return a text's ticked choices alone; all of it where it holds no box, or none is ticked."""
    signs = list(_SIGN.finditer(text))
    ticked = [bool(re.search(f"[{_TICKED}]", sign[0])) for sign in signs]
    if len(signs) < 2 or not any(ticked) or all(ticked):  # one box is no choice
        return text
    before = not text[: signs[0].start()].strip()
    chosen = []
    for at, sign in enumerate(signs):
        if before:
            words = text[sign.end() : signs[at + 1].start() if at + 1 < len(signs) else len(text)]
        else:
            words = text[signs[at - 1].end() if at else 0 : sign.start()]
        if ticked[at]:
            chosen.append(words.strip(" 　、,，;；"))
    return "、".join(filter(None, chosen)) or text
