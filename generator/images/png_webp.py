"""Faults of photos that decoders miss or report too late: wrong checksums, missing rows, work without end.

Only bytes are counted, and no more of them inflated than a sound photo has.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from generator.images.jpeg import MOST_PARTS, SCAN, parts

PNG = b"\x89PNG\r\n\x1a\n"
PNG_HEAD = struct.Struct(">IIBBBBB")
"""Width, height, bits a channel, colour type; compression, filter and interlace method."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_LACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of the seven passes of an interlaced PNG: the first column and row, and the steps to the next."""
_MOST_ROWS = 16 * 1024**2
"""Bytes of rows that are counted where nothing is decoded: inflating these takes 50 ms."""
_STEP = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One chunk of a PNG.   raw: all its bytes, from its length to its checksum."""

    kind: bytes
    data: memoryview
    raw: memoryview

    @property
    def whole(self) -> bool:
        """Whether the checksum is right; it is looked at only where this is asked."""
        return zlib.crc32(self.raw[4:-4]) == int.from_bytes(self.raw[-4:], "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPHead:
    """What the beginning of a WebP claims: pixels across and down, how it is coded.

    lossless, clear, moving: whether it is coded so, has an alpha channel, is an animation.
    """

    width: int
    height: int
    lossless: bool = False
    clear: bool = False
    moving: bool = False


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a PNG to its end, no more than :data:`MOST_PARTS`; one that is cut off is left out."""
    at, view = len(PNG), memoryview(data)
    for _ in range(MOST_PARTS):
        if at + 12 > len(data):
            return
        end = at + 8 + int.from_bytes(view[at : at + 4], "big")
        if end + 4 > len(data):
            return
        kind = bytes(view[at + 4 : at + 8])
        yield Chunk(kind=kind, data=view[at + 8 : end], raw=view[at : end + 4])
        if kind == b"IEND":
            return
        at = end + 4


def png_head(data: bytes) -> tuple[int, ...] | None:
    """Return what a PNG's header says: width, height, depth, colour type and the three methods; or None."""
    first = next(chunks(data), None) if data.startswith(PNG) else None
    is_head = first and first.kind == b"IHDR" and len(first.data) == PNG_HEAD.size
    return PNG_HEAD.unpack(first.data) if first and is_head else None


def png_clear(data: bytes) -> bool:
    """Say whether a colour of a PNG, or colours of its palette, are transparent. Stands before its pixels."""
    for chunk in chunks(data):
        if chunk.kind in (b"tRNS", b"IDAT"):
            return chunk.kind == b"tRNS"
    return False


def webp_head(data: bytes) -> WebPHead | None:
    """Return what a WebP's first chunks say, or None of anything else (RFC 9649, sections 2.5 to 2.7)."""
    kind = data[12:16]
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        lossless = any(name == b"VP8L" for name, _ in webp_chunks(data))
        frames = sum(name in (b"VP8 ", b"VP8L", b"ANMF") for name, _ in webp_chunks(data))
        clear, moving = bool(data[20] & 0x10), bool(data[20] & 2) or frames > 1
        return WebPHead(width=width, height=height, lossless=lossless, clear=clear, moving=moving)
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height, clear = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
        return WebPHead(width=width, height=height, lossless=True, clear=clear)
    if kind == b"VP8 ":
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        return WebPHead(width=width, height=height)
    return None


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the names and contents of a WebP's chunks; one that is cut off as far as it goes."""
    at, view = 12, memoryview(data)
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            return
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], view[at + 8 : at + 8 + length]
        at += 8 + length + (length & 1)


def in_crumbs(data: bytes) -> bool:
    """Say whether a photo comes in so many parts that only finding them would take longer than decoding one."""
    before_pixels = takewhile(lambda part: part.kind != SCAN, parts(data))
    chunked = chunks(data) if data.startswith(PNG) else webp_chunks(data) if data.startswith(b"RIFF") else ()
    return any(next(islice(found, MOST_PARTS - 1, None), None) for found in (before_pixels, chunked))


def is_harmed(data: bytes) -> bool:
    """Say whether this is a PNG whose pixels are not those that were written: their checksum is wrong.

    The decoder passes over it, and would show whatever it makes of the rest.
    """
    return data.startswith(PNG) and any(c.kind == b"IDAT" and not c.whole for c in chunks(data))


def lacks_rows(data: bytes, most: int | None = _MOST_ROWS) -> bool:
    """Say whether a PNG holds fewer rows than its header says. Its decoder leaves the others black, and says nothing.

    most: bytes of rows up to which they are counted; None for any number.
    """
    head = next(chunks(data), None)
    if head is None or head.kind != b"IHDR" or len(head.data) != PNG_HEAD.size:
        return True
    expected = _length(*PNG_HEAD.unpack(head.data))
    if most is not None and expected > most:
        return False
    inflate, left = zlib.decompressobj(), expected
    try:
        for piece in _pixel_bytes(data):
            waiting: bytes | memoryview = piece
            while left > 0 and waiting:
                left -= len(inflate.decompress(waiting, min(left, _MOST_ROWS)))
                waiting = inflate.unconsumed_tail
    except zlib.error:
        return True
    return left > 0


def _pixel_bytes(data: bytes) -> Iterator[memoryview]:
    """Yield a PNG's compressed pixels in small pieces."""
    for chunk in chunks(data):
        if chunk.kind == b"IDAT":
            yield from (chunk.data[at : at + _STEP] for at in range(0, len(chunk.data), _STEP))


def _length(
    width: int, height: int, depth: int, colour: int, _packing: int, _filters: int, laced: int
) -> int:
    bits = depth * _CHANNELS.get(colour, 0)
    passes = _LACED if laced else ((0, 0, 1, 1),)
    sizes = [(-(-(width - x) // across), -(-(height - y) // down)) for x, y, across, down in passes]
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in sizes if columns > 0 and rows > 0)
