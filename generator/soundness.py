"""What a decoder would not tell of a photo's bytes, or not soon: wrong checksums, too few rows, work without end.

Only bytes are counted, and no more of them inflated than a sound photo has.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_SCANS = 50
"""A JPEG has one scan, a progressive one about ten; each makes a decoder walk over the whole picture."""
_MOST_PARTS = 20_000
PNG = b"\x89PNG\r\n\x1a\n"
PNG_HEAD = struct.Struct(">IIBBBBB")
"""Width, height, bits a channel, colour type; compression, filter and interlace method."""

# In a scan every FF is followed by a zero or a restart mark; these and the start stand alone, without a length.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START = re.compile(rb"\xff\xda")
_END, _SCAN = 0xD9, 0xDA

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_LACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of the seven passes of an interlaced PNG: the first column and row, and the steps to the next."""
_MOST_ROWS = 16 * 1024**2
"""Bytes of rows that are counted: inflating these takes 50 ms, and larger ones the decoder counts."""
_MOST_TEXT, _MOST_TEXTS = 1024**2, 64 * 1024**2
"""Bytes of one text and of all; Pillow refuses more."""
_MOST_PACKED = 1032
"""Bytes that one byte can inflate to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One chunk of a PNG."""

    kind: bytes
    data: memoryview
    _checked: memoryview
    _sum: int

    @property
    def whole(self) -> bool:
        """Whether the checksum is right; it is looked at only where this is asked."""
        return zlib.crc32(self._checked) == self._sum


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a PNG to its end; one that is cut off is left out."""
    at, view = len(PNG), memoryview(data)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(view[at : at + 4], "big")
        if end + 4 > len(data):
            return
        kind = bytes(view[at + 4 : at + 8])
        yield Chunk(
            kind=kind,
            data=view[at + 8 : end],
            _checked=view[at + 4 : end],
            _sum=int.from_bytes(view[end : end + 4], "big"),
        )
        if kind == b"IEND":
            return
        at = end + 4


def keeps_busy(data: bytes) -> bool:
    """Say whether this is a JPEG of which a few bytes would keep a decoder busy for minutes."""
    # By far the most files: not even what may stand behind the picture, such as a short film, has so many.
    starts = _START.finditer(data)  # three times as fast as counting them
    if data[:2] != b"\xff\xd8" or next(islice(starts, MOST_SCANS, None), None) is None:
        return False
    at, scans = 2, 0
    for _ in range(_MOST_PARTS):
        found = _MARKER.search(data, at)
        if found is None or data[found.end() - 1] == _END:
            return False
        scans += data[found.end() - 1] == _SCAN
        if scans > MOST_SCANS:
            return True
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return True


def is_harmed(data: bytes) -> bool:
    """Say whether this is a PNG whose pixels are not those that were written: their checksum is wrong.

    The decoder passes over it, and would show whatever it makes of the rest.
    """
    return data.startswith(PNG) and any(c.kind == b"IDAT" and not c.whole for c in chunks(data))


def hides_more(data: bytes) -> bool:
    """Say whether a PNG's texts or colour profile are far longer than the file shows; no decoder takes that."""
    total = 0
    for chunk in chunks(data):
        packed = _packed(chunk)
        if packed is None:
            total += len(chunk.data) if chunk.kind in (b"tEXt", b"iTXt") else 0
        else:
            inflate = zlib.decompressobj()
            try:
                total += len(inflate.decompress(packed, _MOST_TEXT))
            except zlib.error:  # a text that cannot be read is passed over, but may have been as much work
                total += min(_MOST_TEXT, len(packed) * _MOST_PACKED)
            if inflate.unconsumed_tail:
                return True
        if total > _MOST_TEXTS:
            return True
    return False


def lacks_rows(data: bytes) -> bool:
    """Say whether a PNG of ordinary size holds fewer rows than its header says."""
    head = next(chunks(data), None)
    if head is None or head.kind != b"IHDR" or len(head.data) != PNG_HEAD.size:
        return True
    expected = _length(*PNG_HEAD.unpack(head.data))
    if expected > _MOST_ROWS:
        return False
    inflate, left = zlib.decompressobj(), expected
    for chunk in chunks(data):
        if chunk.kind == b"IDAT" and left > 0:
            try:
                left -= len(inflate.decompress(chunk.data, left))
            except zlib.error:
                return True
    return left > 0


def _packed(chunk: Chunk) -> memoryview | None:
    """Return what a chunk holds compressed, if it does."""
    if chunk.kind not in (b"zTXt", b"iCCP", b"iTXt"):
        return None
    name = bytes(chunk.data[:80]).find(b"\0")
    if chunk.kind != b"iTXt":
        return chunk.data[name + 2 :]
    if name < 0 or bytes(chunk.data[name + 1 : name + 2]) != b"\1":
        return None
    rest = bytes(chunk.data[name + 3 : name + 500])
    language = rest.find(b"\0")
    return chunk.data[name + 3 + rest.find(b"\0", language + 1) + 1 :]


def _length(
    width: int, height: int, depth: int, colour: int, _packing: int, _filters: int, laced: int
) -> int:
    bits = depth * _CHANNELS.get(colour, 0)
    passes = _LACED if laced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - x) // across), -(-(height - y) // down)) for x, y, across, down in passes]
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in sizes if columns > 0 and rows > 0)
