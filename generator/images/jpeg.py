"""What a JPEG's markers say of its picture: its frame, its scans, whether they are all there (ITU-T T.81, annex B).

No pixel is decoded, and no more parts are looked at than a photo has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_PARTS = 20_000
"""Segments of a JPEG, chunks of others: a photo has a few dozen, or one for every 8 KB."""
MOST_SCANS = 50
"""A JPEG has one scan, a progressive one about ten; each makes a decoder walk over the whole picture."""

# In a scan every FF is followed by a zero or a restart mark; these and the start stand alone, without a length.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START = re.compile(rb"\xff\xda")
SCAN = 0xDA
_END = 0xD9
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_COMMON = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive, coded by Huffman's method: what browsers know."""
_SEQUENTIAL = (0xC0, 0xC1)
"""In order and coded by Huffman's method: a decoder takes such a picture as it comes."""
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
_PADDING = bytes(16)
"""More than a decoder reads ahead, less than a few blocks of pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A marker's ``kind``, the place of its FF, and what follows it, which begins with its own length."""

    kind: int
    at: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegFrame:
    """What a JPEG's frame claims: pixels, numbers in all its channels, how it is coded, and whether it is ``layered``.

    Of a layered one a decoder keeps all coefficients until its last scan: it is progressive, or its first scan lacks
    a channel.   channels: their identifiers.   coding: the frame's marker.   bits: of a number.
    """

    width: int
    height: int
    samples: int
    layered: bool
    coding: int
    channels: tuple[int, ...]
    bits: int


def parts(data: bytes) -> Iterator[Part]:
    """Yield the parts of a JPEG from its start to its end, which is the last; of anything else nothing."""
    at = 2
    if data[:2] != b"\xff\xd8":
        return
    for _ in range(MOST_PARTS):
        found = _MARKER.search(data, at)
        if found is None:
            return
        kind, start = data[found.end() - 1], found.end()
        at = start + (0 if kind == _END else int.from_bytes(data[start : start + 2], "big"))
        yield Part(kind=kind, at=found.start(), content=data[start:at])
        if kind == _END:
            return


def jpeg_frame(data: bytes) -> JpegFrame | None:
    """Return what a JPEG's frame says, once its first scan is found; or None of anything else (B.2.2, B.2.3)."""
    frame: Part | None = None
    for part in parts(data):
        if part.kind in FRAMES:
            frame = part
        elif part.kind == SCAN:
            return _frame(frame, scanned=part.content[2:3]) if frame and len(part.content) > 2 else None
    return None


def _frame(frame: Part, *, scanned: bytes) -> JpegFrame:
    content = frame.content
    height, width = (int.from_bytes(content[at : at + 2], "big") for at in (3, 5))
    channels = range(8, len(content) - 2, 3)
    factors = [(content[at + 1] >> 4 or 1, content[at + 1] & 15 or 1) for at in channels]
    across, down = (max((each[side] for each in factors), default=1) for side in (0, 1))
    return JpegFrame(
        width=width,
        height=height,
        samples=sum(h * v for h, v in factors) * width * height // (across * down),
        layered=frame.kind in _PROGRESSIVE or scanned[0] < len(factors),
        coding=frame.kind,
        channels=tuple(content[at] for at in channels),
        bits=content[2] if len(content) > 2 else 0,
    )


def keeps_busy(data: bytes) -> bool:
    """Say whether this is a JPEG of which a few bytes would keep a decoder busy for minutes."""
    # By far the most files: of a single layer, after which a decoder stops. Of the others, not even what may stand
    # behind the picture, such as a short film, has so many.
    starts = _START.finditer(data)  # three times as fast as counting them
    frame = jpeg_frame(data)
    if frame is None or not frame.layered or next(islice(starts, MOST_SCANS, None), None) is None:
        return False
    return sum(part.kind == SCAN for part in parts(data)) > MOST_SCANS


def is_rare(data: bytes) -> bool:
    """Say whether this is a JPEG that browsers do not know: without losses, in arithmetic coding, of more than 8 bits.

    libjpeg-turbo knows most of them, but of what is missing in them it tells nothing.
    """
    frame = jpeg_frame(data)
    return frame is not None and (frame.coding not in _COMMON or frame.bits != 8)


def lacks_scans(data: bytes) -> bool:
    """Say whether this is a layered JPEG that ends before all bits of all coefficients were told (G.1.1.1, B.2.3)."""
    frame = jpeg_frame(data)
    if frame is None or not frame.layered:
        return False
    untold = {(channel, number) for channel in frame.channels for number in range(64)}
    for part in parts(data):
        count = part.content[2] if part.kind == SCAN and len(part.content) > 5 else 0
        first, last, bits = part.content[-3:] if count else (0, 0, 0)
        if frame.coding not in _PROGRESSIVE:
            first, last, bits = 0, 63, 0
        if not bits & 15:
            channels = part.content[3 : 3 + 2 * count : 2]
            untold -= {(channel, number) for channel in channels for number in range(first, last + 1)}
    return bool(untold)


def without_end(data: bytes) -> bytes | None:
    """Return a JPEG of a single scan with nothing behind its pixels but padding; or None of anything else.

    A decoder that comes to an end marker too soon makes up the rest. Here it meets none, and asks for more bytes.
    """
    frame = jpeg_frame(data)
    if frame is None or frame.layered or frame.coding not in _SEQUENTIAL:
        return None
    scanned = False
    for part in parts(data):
        if scanned:
            return data[: part.at] + _PADDING
        scanned = part.kind == SCAN
    return data + _PADDING
