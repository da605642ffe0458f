"""Read the marker segments of a JPEG and judge the file by them (ISO/IEC 10918-1, equally ITU-T T.81, annex B).

No pixel is decoded, and no more segments are read than a photo has. What libjpeg passes over is passed over here as
well: bytes between segments, and a length of 0 or 1, too short to count itself, of a segment that it skips anyway. In
any other segment that is an error, and ends the reading, as does a segment that the file's end cuts off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

MOST_SEGMENTS = 20_000
"""A photo has a few dozen."""
MOST_SCANS = 50
"""A JPEG has one scan, a progressive one about ten; each makes a decoder walk over the whole picture."""

# In a scan every FF is followed by a zero or a restart marker; these, TEM and the start stand alone, without a length.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START = b"\xff\xd8"
_END_MARKER = re.compile(rb"\xff\xd9")
"""``bytes.find`` takes twice as long: 3 ms for a phone's photo."""
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
    head = read_head(data)
    if head.segments and head.segments[-1].marker == _SCAN and not head.is_layered:
        # By far the most files: no end marker before the file's own, which no harm within the scan hides.
        end = _END_MARKER.search(data, head.segments[-1].stop)
        if end and end.end() == len(data):
            return replace(head, end=len(data))
    segments = tuple(_walk(data))
    if segments and segments[-1].marker == _END:
        return Jpeg(segments=segments[:-1], frame=_find_frame(segments), end=segments[-1].stop)
    return Jpeg(segments=segments, frame=_find_frame(segments))


def read_head(data: bytes) -> Jpeg:
    """Read a JPEG's segments up to its first scan header, behind which its end is not looked for. Never raises."""
    segments: list[Segment] = []
    for segment in _walk(data):
        segments.append(segment)
        if segment.marker == _SCAN:
            break
    return Jpeg(segments=tuple(segments), frame=_find_frame(segments))


def _walk(data: bytes) -> Iterator[Segment]:
    """Yield a JPEG's segments, no more than :data:`MOST_SEGMENTS`, and behind them its end marker, if it is there."""
    at, number = len(_START), 0
    while data.startswith(_START) and number < MOST_SEGMENTS:
        found = _MARKER.search(data, at)
        if found is None:
            return
        marker, start = found[0][1], found.end()
        if marker == _END:
            yield Segment(marker, b"", start)
            return
        length = int.from_bytes(data[start : start + 2], "big")
        at, number = start + length, number + 1
        if at > len(data) or (length < 2 and not _is_skipped(marker)):
            return
        yield Segment(marker, data[start + 2 : at], at)


def _find_frame(segments: Sequence[Segment]) -> Frame | None:
    return next((_read_frame(each) for each in segments if each.marker in _FRAMES), None)


def _is_skipped(marker: int) -> bool:
    return _APP0 <= marker <= _APP15 or marker == _COMMENT


def _read_frame(segment: Segment) -> Frame:
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
