"""Recognise a point on the earth that is written in plain text. Bounded; never raises."""

from __future__ import annotations

import re

_LONGEST = 1024**2
_FIGURE = re.compile(rb"[0-9]")
_ISO_6709 = re.compile(rb"[+-](\d{2,6}(?:\.\d{1,12})?)[+-](\d{3,7}(?:\.\d{1,12})?)")
_WRITTEN = (
    re.compile(
        rb"\bl(?:at(?:itude)?|ng|on(?:g(?:itude)?)?)[\"']?\s{0,3}[:=]\s{0,3}[\"']?"
        rb"[+-]?(?=[\d.]{0,12}[1-9])\d{1,3}\.\d\d",
        re.IGNORECASE,
    ),
    re.compile("(?:纬度|经度)(?:[ :=]|：){0,3}(?:东|西|南|北|经|纬){0,2}[0-9]".encode()),
    re.compile(rb"(?<![\d.])[+-]?\d{1,2}\.\d{4,12}\s{0,3}[,;]\s{0,3}[+-]?\d{1,3}\.\d{4,12}"),
    re.compile("(?:北纬|南纬|东经|西经)(?:[ :=]|：){0,3}[0-9]".encode()),
    re.compile(
        "[0-9]{1,3} ?(?:°|º|度|deg) ?[0-9]{1,2} ?(?:'|′|’|分) ?[0-9.]{0,12} ?(?:\"|″|”|''|秒)? ?[NSEW]\\b".encode()
    ),
)


def has_point(text: bytes) -> bool:
    """Say whether a point stands there as people and programs write one: named, as a pair, or by ISO 6709."""
    # No point is without a figure, and most texts are.
    return bool(_FIGURE.search(text, 0, _LONGEST)) and (has_written_point(text) or has_iso_6709(text))


def has_written_point(text: bytes) -> bool:
    """Say whether a point stands there as people write one, in words that may hold other numbers with signs."""
    return any(pattern.search(text, 0, _LONGEST) for pattern in _WRITTEN)


def has_iso_6709(text: bytes) -> bool:
    """Say whether a point stands there as ISO 6709 writes it. Zeros stand for none."""
    return any(float(one) or float(other) for one, other in _ISO_6709.findall(text, 0, _LONGEST))
