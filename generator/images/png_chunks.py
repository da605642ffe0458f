"""Walk the chunks of a PNG and judge the file by them (PNG, third edition, sections 5, 7 and 11).

Pixels are counted, never decoded, and no more of them inflated than a sound photo has. A chunk that the file's end
cuts off ends the walk. Checksums are looked at where it is asked: decoders mind some of them and pass over others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import islice
from struct import Struct
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 20_000
"""A photo has one for every 8 KB of its pixels."""
_HEADER = Struct(">IIBBBBB")

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_LACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of the seven passes of an interlaced PNG: the first column and row, and the steps to the next (section 8.1)."""
_PLAIN = ((0, 0, 1, 1),)
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MOST_ROWS = 16 * 1024**2
"""Bytes of rows that are counted where nothing is decoded: inflating these takes 50 ms."""
_MOST_RATIO = 1032
"""Bytes that one byte can inflate to."""
_STEP = 64 * 1024


class Header(NamedTuple):
    """What IHDR says (section 11.2.1)."""

    width: int
    height: int
    depth: int
    colour: int
    compression: int
    filtering: int
    interlace: int


class Chunk(NamedTuple):
    """A chunk: its type, all its bytes from the length to the checksum, and where the next one begins."""

    kind: bytes
    raw: memoryview
    stop: int

    @property
    def data(self) -> memoryview:
        """The bytes between the type and the checksum."""
        return self.raw[8:-4]

    @property
    def has_good_checksum(self) -> bool:
        """Whether the checksum is that of the type and the data."""
        return zlib.crc32(self.raw[4:-4]) == int.from_bytes(self.raw[-4:], "big")

    @property
    def is_text(self) -> bool:
        """Whether it holds a keyword and a text."""
        return self.kind in _TEXTS


def walk_png_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a PNG to its end, no more than :data:`MOST_CHUNKS`; of anything else nothing."""
    at, view = len(SIGNATURE), memoryview(data)
    for _ in range(MOST_CHUNKS if data.startswith(SIGNATURE) else 0):
        stop = at + 12 + int.from_bytes(view[at : at + 4], "big")
        if stop > len(data):
            return
        kind = bytes(view[at + 4 : at + 8])
        yield Chunk(kind, view[at:stop], stop)
        if kind == b"IEND":
            return
        at = stop


def read_header(data: bytes) -> Header | None:
    """Return what a PNG's header says, or None of anything else."""
    first = next(walk_png_chunks(data), None)
    is_header = first and first.kind == b"IHDR" and len(first.data) == _HEADER.size
    return Header(*_HEADER.unpack(first.data)) if first and is_header else None


def has_too_many_chunks(data: bytes) -> bool:
    """Say whether only finding a PNG's chunks would take longer than decoding a photo."""
    return next(islice(walk_png_chunks(data), MOST_CHUNKS - 1, None), None) is not None


def has_bad_checksum(data: bytes) -> bool:
    """Say whether a checksum of a PNG's pixels is wrong. Decoders show the damaged pixels without an error."""
    return any(chunk.kind == b"IDAT" and not chunk.has_good_checksum for chunk in walk_png_chunks(data))


def read_text(chunk: Chunk, most: int) -> tuple[bytes, bytes, int]:
    """Return the keyword and text of a text chunk (section 11.3.3), and how many bytes inflating it took.

    most: bytes of text that are read.
    """
    keyword, _, text = bytes(chunk.data).partition(b"\0")
    packed = chunk.kind == b"zTXt" or (chunk.kind == b"iTXt" and text[:1] == b"\1")
    if chunk.kind == b"zTXt":
        text = text[1:]
    elif chunk.kind == b"iTXt":
        text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    if not packed:
        return keyword, text[:most], len(text)
    try:
        found = zlib.decompressobj().decompress(text, most)
    except zlib.error:  # which may have been as much work
        return keyword, b"", len(text) * _MOST_RATIO
    return keyword, found, len(found)


def is_truncated(data: bytes, most: int | None = _MOST_ROWS) -> bool:
    """Say whether a PNG holds fewer rows than its header says. Decoders leave the missing rows black without an error.

    most: bytes of rows up to which they are counted; None for any number.
    """
    header = read_header(data)
    if header is None:
        return True
    missing = _count_bytes(header)
    if most is not None and missing > most:
        return False
    inflate = zlib.decompressobj()
    try:
        for piece in _pixel_pieces(data):
            waiting: bytes | memoryview = piece
            while missing > 0 and waiting:
                missing -= len(inflate.decompress(waiting, min(missing, _MOST_ROWS)))
                waiting = inflate.unconsumed_tail
    except zlib.error:
        return True
    return missing > 0


def _pixel_pieces(data: bytes) -> Iterator[memoryview]:
    """Yield a PNG's compressed pixels in small pieces."""
    for chunk in walk_png_chunks(data):
        if chunk.kind == b"IDAT":
            yield from (chunk.data[at : at + _STEP] for at in range(0, len(chunk.data), _STEP))


def _count_bytes(header: Header) -> int:
    """Return how many bytes a PNG's rows have, each led by its filter's (section 7)."""
    bits = header.depth * _CHANNELS.get(header.colour, 0)
    total = 0
    for x, y, across, down in _LACED if header.interlace else _PLAIN:
        columns, rows = -(-(header.width - x) // across), -(-(header.height - y) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * bits // 8))
    return total
