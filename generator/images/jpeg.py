"""Read the marker segments of a JPEG and judge the file by them (ISO/IEC 10918-1, equally ITU-T T.81, annex B).

No pixel is decoded, and no more segments are read than a photo has. What libjpeg passes over is passed over here as
well: bytes between segments, and a length of 0 or 1, too short to count itself, of a segment that it skips anyway. In
any other segment that is an error, and ends the reading, as does a segment that the file's end cuts off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST_SEGMENTS = 20_000
"""A photo has a few dozen."""
MOST_SCANS = 50
"""A JPEG has one scan, a progressive one about ten; each makes a decoder walk over the whole picture."""

# In a scan every FF is followed by a zero or a restart marker; these, TEM and the start stand alone, without a length.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START, _END_MARKER = b"\xff\xd8", b"\xff\xd9"
_APP0, _APP15, _COMMENT, _SCAN, _END = 0xE0, 0xEF, 0xFE, 0xDA, 0xD9
_SHORTEST_SCAN = 4
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = (0xC0, 0xC1)
"""Baseline and extended, coded by Huffman's method: a decoder takes such a picture as it comes."""
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
_COMMON = (*_SEQUENTIAL, 0xC2)
"""What browsers know."""
_PADDING = bytes(16)
"""More than a decoder reads ahead, less than a few blocks of pixels."""


class Segment(NamedTuple):
    """A marker segment: the marker's second byte, the content behind its length, and where the next may begin."""

    marker: int
    content: bytes
    stop: int

    @property
    def is_metadata(self) -> bool:
        """Whether it holds neither pixels nor what decoding them takes."""
        if self.marker == _APP0:
            return not self.content.startswith(b"JFIF\0")
        return _is_skipped(self.marker)

    @property
    def is_comment(self) -> bool:
        """Whether it holds plain text."""
        return self.marker == _COMMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame header (B.2.2): pixels, its marker, bits of a sample, components' identifiers."""

    width: int
    height: int
    coding: int
    bits: int
    components: tuple[int, ...]

    @property
    def is_rare(self) -> bool:
        """Whether browsers do not know it: lossless, in arithmetic coding, or of more than 8 bits.

        libjpeg-turbo knows most of them, but says nothing of what is missing in them.
        """
        return self.coding not in _COMMON or self.bits != 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Jpeg:
    """What the segments say.   end: where the picture ends, or None where the end marker is missing."""

    segments: tuple[Segment, ...] = ()
    frame: Frame | None = None
    end: int | None = None

    @property
    def scans(self) -> list[Segment]:
        """The scan headers (B.2.3)."""
        return [
            each for each in self.segments if each.marker == _SCAN and len(each.content) >= _SHORTEST_SCAN
        ]

    @property
    def is_layered(self) -> bool:
        """Whether a decoder keeps all coefficients until the last scan.

        So it does with a progressive picture, and one whose first scan lacks a component.
        """
        if self.frame is None or not (scans := self.scans):
            return False
        return self.frame.coding in _PROGRESSIVE or scans[0].content[0] < len(self.frame.components)

    @property
    def is_rare(self) -> bool:
        """Whether it is of a kind that browsers do not know."""
        return self.frame is not None and self.frame.is_rare and bool(self.scans)

    @property
    def has_too_many_segments(self) -> bool:
        """Whether only finding its segments would take longer than decoding a photo."""
        return len(self.segments) == MOST_SEGMENTS

    @property
    def has_too_many_scans(self) -> bool:
        """Whether a few bytes of it would keep a decoder busy for minutes."""
        return self.is_layered and len(self.scans) > MOST_SCANS

    @property
    def lacks_scans(self) -> bool:
        """Whether it is layered and ends before all bits of all coefficients came (G.1.1.1, B.2.3)."""
        if self.frame is None or not self.is_layered:
            return False
        missing = {(component, number) for component in self.frame.components for number in range(64)}
        for scan in self.scans[:MOST_SCANS]:
            components = scan.content[1 : 1 + 2 * scan.content[0] : 2]
            first, last, bits = scan.content[-3:] if self.frame.coding in _PROGRESSIVE else (0, 63, 0)
            if not bits & 15:
                missing -= {(each, number) for each in components for number in range(first, last + 1)}
        return bool(missing)


def read_jpeg(data: bytes) -> Jpeg:
    """Read a JPEG's segments up to its end; of anything else nothing. Never raises."""
    segments: list[Segment] = []
    frame, at, scanned = None, len(_START), False
    while data.startswith(_START) and len(segments) < MOST_SEGMENTS:
        found = _MARKER.search(data, at)
        if found is None:
            break
        marker, start = found[0][1], found.end()
        if marker == _END:
            return Jpeg(segments=tuple(segments), frame=frame, end=start)
        length = int.from_bytes(data[start : start + 2], "big")
        at = start + length
        if at > len(data) or (length < 2 and not _is_skipped(marker)):
            break
        segments.append(Segment(marker, data[start + 2 : at], at))
        if marker in _FRAMES and frame is None:
            frame = _frame(segments[-1])
        if marker == _SCAN and not scanned:
            scanned = True
            jpeg = Jpeg(segments=tuple(segments), frame=frame, end=len(data))
            # By far the most files: no end marker before the file's own. Walking through the scan takes longer.
            if not jpeg.is_layered and data.find(_END_MARKER, at) == len(data) - len(_END_MARKER):
                return jpeg
    return Jpeg(segments=tuple(segments), frame=frame)


def _is_skipped(marker: int) -> bool:
    return _APP0 <= marker <= _APP15 or marker == _COMMENT


def _frame(segment: Segment) -> Frame:
    content = segment.content
    height, width = (int.from_bytes(content[at : at + 2], "big") for at in (1, 3))
    bits, components = content[0] if content else 0, tuple(content[6:-2:3])
    return Frame(width=width, height=height, coding=segment.marker, bits=bits, components=components)


def replace_end(data: bytes) -> bytes | None:
    """Return a JPEG of a single scan with padding in place of all behind its pixels; or None of anything else.

    A decoder that comes to an end marker too soon makes up the rest. Here it meets none, and asks for more bytes.
    """
    jpeg = read_jpeg(data)
    if jpeg.frame is None or jpeg.frame.coding not in _SEQUENTIAL or jpeg.is_layered or not jpeg.scans:
        return None
    behind = _MARKER.search(data, jpeg.scans[0].stop)
    return data[: behind.start() if behind else None] + _PADDING
