"""PNG files beyond what Pillow tells of them: pixels without notes or a strip at a time, and EXIF wherever it stands.

Pillow has a PNG whole or not at all. Here its compressed rows are inflated as they are wanted, and each strip
of them is given to Pillow as a small PNG of its own, led by the row above, to which PNG's filters refer.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from generator.images.colour import MOST_PROFILE
from generator.images.png_webp import PNG, PNG_HEAD, chunks, png_head

_BYTES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Bytes of a pixel of 8 bits a channel, by colour type."""
_PLAIN = (0, 0, 0)
"""Compression, filter and interlace methods of a PNG whose rows follow each other."""


_SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT", b"IEND")
"""Chunks that decide what is shown, beside the profile."""


def without_notes(data: bytes) -> bytes:
    """Return a PNG without its texts and other notes, on none of which its pixels depend.

    Pillow reads every text and refuses a picture for one of more than a megabyte. Raises OSError for what Pillow
    refuses, too: no end, or before the pixels a chunk without a name or with a wrong checksum.
    """
    kept: list[bytes | memoryview] = [PNG]
    kind, pixels = b"", False
    for chunk in chunks(data):
        kind, pixels = chunk.kind, pixels or chunk.kind == b"IDAT"
        if not pixels and not (kind.isalpha() and chunk.whole):
            raise OSError("a broken chunk")
        if kind in _SHOWN or (kind == b"iCCP" and _is_short(chunk.data)):
            kept.append(chunk.raw)
    if kind != b"IEND":
        raise OSError("a file that ends early")
    return b"".join(kept)


def _is_short(packed: memoryview) -> bool:
    """Say whether a profile has an ordinary length; no browser minds any other."""
    inflate = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        inflate.decompress(packed[bytes(packed[:80]).find(b"\0") + 2 :], MOST_PROFILE)
    return not inflate.unconsumed_tail


def scale_clear_colour(source: Image.Image, data: bytes) -> None:
    """Bring the colour that is transparent to the depth of the pixels that Pillow makes, which it forgets to do."""
    head, clear = png_head(data), source.info.get("transparency")
    depth = head[2] if head else 8
    if isinstance(clear, int) and source.mode == "L" and depth < 8:
        source.info["transparency"] = clear * 255 // ((1 << depth) - 1)
    elif isinstance(clear, tuple) and depth == 16:
        source.info["transparency"] = tuple(value >> 8 for value in clear)


def exif(data: bytes) -> bytes | None:
    """Return a PNG's EXIF, which may stand behind its pixels. Pillow decodes them to get there."""
    return next((bytes(chunk.data) for chunk in chunks(data) if chunk.kind == b"eXIf"), None)


def strips(data: bytes, height: int) -> Iterator[Image.Image]:
    """Yield the pixels of a PNG that :func:`~generator.images.memory.has_strips`, so many rows at a time, from the top.

    Raises OSError or zlib.error when there is less than the header says.
    """
    head = png_head(data)
    if head is None:
        raise OSError("no PNG")
    width, rows, colour = head[0], head[1], head[3]
    length = 1 + width * _BYTES[colour]
    before = b"".join(_chunk(c.kind, c.data) for c in chunks(data) if c.kind in (b"PLTE", b"tRNS"))
    pixels = _Inflated(data)
    above = b""
    for top in range(0, rows, height):
        count = min(height, rows - top)
        begun = above + pixels.take(count * length)
        lines = count + bool(above)
        header = PNG_HEAD.pack(width, lines, 8, colour, *_PLAIN)
        body = _chunk(b"IHDR", header) + before + _chunk(b"IDAT", zlib.compress(begun, 0)) + _chunk(b"IEND")
        with Image.open(io.BytesIO(PNG + body), formats=("PNG",)) as strip:
            strip.load()
            yield strip.crop((0, lines - count, width, lines))
            above = b"\0" + strip.crop((0, lines - 1, width, lines)).tobytes()


class _Inflated:
    """The bytes that a PNG's image data are, as they are wanted."""

    def __init__(self, data: bytes) -> None:
        self._inflate = zlib.decompressobj()
        self._parts = (chunk.data for chunk in chunks(data) if chunk.kind == b"IDAT")
        self._waiting: bytes | memoryview = b""

    def take(self, count: int) -> bytes:
        """Return the next bytes. Raises OSError when there are not so many."""
        found = bytearray()
        while len(found) < count:
            found += self._inflate.decompress(self._waiting, count - len(found))
            self._waiting = self._inflate.unconsumed_tail
            if len(found) < count and not self._waiting:
                part = next(self._parts, None)
                if part is None:
                    raise OSError("the image data end early")
                self._waiting = part
        return bytes(found)


def _chunk(kind: bytes, data: bytes | memoryview = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
