"""What a decoder would not tell of a photo's bytes: a checksum that is wrong, and work without end."""

from __future__ import annotations

import re
from itertools import islice

from generator.renditions import png

MOST_SCANS = 50
"""A JPEG has one scan, a progressive one about ten; each makes a decoder walk over the whole picture."""

# In a scan every FF is followed by a zero or a restart mark; these and the start stand alone, without a length.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START = re.compile(rb"\xff\xda")
_END, _SCAN = 0xD9, 0xDA


def keeps_busy(data: bytes) -> bool:
    """Say whether this is a JPEG of which a few bytes would keep a decoder busy for minutes."""
    # By far the most files: not even what may stand behind the picture, such as a short film, has so many.
    starts = _START.finditer(data)  # three times as fast as counting them
    if data[:2] != b"\xff\xd8" or next(islice(starts, MOST_SCANS, None), None) is None:
        return False
    at, scans = 2, 0
    while (found := _MARKER.search(data, at)) and data[found.end() - 1] != _END:
        scans += data[found.end() - 1] == _SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return scans > MOST_SCANS


def is_harmed(data: bytes) -> bool:
    """Say whether this is a PNG whose pixels are not those that were written: their checksum is wrong.

    The decoder passes over it, and would show whatever it makes of the rest.
    """
    if not data.startswith(png.SIGNATURE):
        return False
    return any(chunk.kind == b"IDAT" and not chunk.whole for chunk in png.chunks(data))
