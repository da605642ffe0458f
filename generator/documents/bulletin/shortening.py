"""Shorten a message to the bytes that its receiver takes: whole sections go first, the least urgent of them first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What a school must know stays longest: whether it owes something. The page has the rest.
_FIRST_TO_GO = (
    "term",
    "next",
    "activities",
    "visits",
    "corrections",
    "highlights",
    "completion",
    "note",
    "owed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a message that is left out whole."""

    key: str
    text: str


def shorten_message(parts: Sequence[Part], *, limit: int | None, left_out: str) -> str:
    """Return the parts with an empty line between them, in at most ``limit`` bytes of UTF-8.

    left_out: says before the last part that something is missing.   Head and foot stay as long as there is
    room for anything; where there is not, the message ends where the room does.
    """
    kept = list(parts)
    text = _joined(kept)
    for key in _FIRST_TO_GO:
        if limit is None or len(text.encode()) <= limit:
            return text
        kept = [part for part in kept if part.key != key]
        missing = [Part(key="", text=left_out)] if len(kept) < len(parts) else []
        text = _joined([*kept[:-1], *missing, *kept[-1:]])
    if limit is None or len(text.encode()) <= limit:
        return text
    return text.encode()[: max(0, limit - 3)].decode(errors="ignore") + "…"


def _joined(parts: Sequence[Part]) -> str:
    return "\n".join(part.text for part in parts)
