"""Walk the chunks of a WebP and read what they say of its picture (RFC 9649; frames' sizes: RFC 6386, section 9.1).

Chunks are read as far as the length in the file's head reaches, as libwebp does: what stands behind it is no part of
the picture. A chunk that is cut off is read as far as it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

MOST_CHUNKS = 20_000
"""A photo has three to six."""
_FRAMES = (b"VP8 ", b"VP8L", b"ANMF")
_PIXELS = (*_FRAMES, b"VP8X", b"ANIM", b"ALPH")
_HEAD = 12
_ANIMATION = 0x02
"""A flag of VP8X (RFC 9649, section 2.7)."""
_CANVAS, _LOSSLESS_HEAD, _LOSSY_HEAD = 10, 5, 10
"""Bytes that say a size: in VP8X, VP8L and VP8."""


class Chunk(NamedTuple):
    """A chunk: its name, its content, and where the next one begins."""

    kind: bytes
    data: memoryview
    stop: int

    @property
    def is_metadata(self) -> bool:
        """Whether it says nothing of the pixels."""
        return self.kind not in _PIXELS


@dataclass(frozen=True, slots=True, kw_only=True)
class WebP:
    """What a WebP's chunks claim: its size in pixels, 0 where none is given, and how many pictures it holds.

    end: where it ends, or None where a part is missing, or its frame has another size than the whole, which no
    decoder takes.
    """

    width: int = 0
    height: int = 0
    frames: int = 1
    end: int | None = None


def walk_webp_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a WebP, no more than :data:`MOST_CHUNKS`; of anything else nothing."""
    is_webp = data[:4] == b"RIFF" and data[8:_HEAD] == b"WEBP"
    at, view, end = _HEAD, memoryview(data), min(_end(data), len(data))
    for _ in range(MOST_CHUNKS if is_webp else 0):
        if at + 8 > end:
            return
        length = _number(view[at + 4 : at + 8])
        stop = at + 8 + length + (length & 1)
        yield Chunk(bytes(view[at : at + 4]), view[at + 8 : at + 8 + length], stop)
        at = stop


def has_too_many_chunks(data: bytes) -> bool:
    """Say whether only finding a WebP's chunks would take longer than decoding a photo."""
    return next(islice(walk_webp_chunks(data), MOST_CHUNKS - 1, None), None) is not None


def read_webp(data: bytes) -> WebP:
    """Return what a WebP's chunks claim; of anything else nothing. Never raises."""
    canvas, sizes, frames, is_animation, stop = None, set[tuple[int, int]](), 0, False, _HEAD
    for chunk in walk_webp_chunks(data):
        content, stop = chunk.data, chunk.stop
        if chunk.kind == b"VP8X" and len(content) >= _CANVAS:
            is_animation = bool(content[0] & _ANIMATION)
            canvas = _number(content[4:7]) + 1, _number(content[7:10]) + 1
        elif chunk.kind == b"VP8L" and len(content) >= _LOSSLESS_HEAD:
            bits = _number(content[1:5])
            sizes.add(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        elif chunk.kind == b"VP8 " and len(content) >= _LOSSY_HEAD:
            sizes.add((_number(content[6:8]) & 0x3FFF, _number(content[8:10]) & 0x3FFF))
        frames += chunk.kind in _FRAMES
    size = canvas or min(sizes, default=(0, 0))
    # The length that the head claims may or may not count the last chunk's padding.
    end = _end(data)
    is_whole = frames and sizes <= {size} and end <= len(data) and stop <= min(end + 1, len(data))
    return WebP(
        width=size[0],
        height=size[1],
        frames=max(2 if is_animation else 1, frames),
        end=max(stop, end) if is_whole else None,
    )


def _end(data: bytes) -> int:
    return 8 + _number(data[4:8])


def _number(data: bytes | memoryview) -> int:
    return int.from_bytes(data, "little")
