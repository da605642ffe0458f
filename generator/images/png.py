"""Prepare PNGs for Pillow: drop text chunks that make it refuse them, and correct a transparent colour's depth."""

from __future__ import annotations

import contextlib
import zlib

from PIL import Image

from generator.images.colour import MOST_PROFILE
from generator.images.png_chunks import SIGNATURE, read_header, walk_png_chunks

_SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT", b"eXIf", b"IEND")
"""Chunks that decide what is shown and which way up, besides the profile."""


def drop_texts(data: bytes) -> bytes:
    """Return a PNG without its texts, on none of which its pixels depend.

    Pillow refuses a picture for a text of more than a megabyte. Raises OSError for what Pillow refuses, too: no end,
    or before the pixels a chunk without a name or with a wrong checksum.
    """
    kept: list[bytes | memoryview] = [SIGNATURE]
    kind, pixels = b"", False
    for chunk in walk_png_chunks(data):
        kind, pixels = chunk.kind, pixels or chunk.kind == b"IDAT"
        if not pixels and not (kind.isalpha() and chunk.has_good_checksum):
            raise OSError("a broken chunk")
        if kind in _SHOWN or (kind == b"iCCP" and _is_short(chunk.data)):
            kept.append(chunk.raw)
    if kind != b"IEND":
        raise OSError("a file that ends early")
    return b"".join(kept)


def _is_short(packed: memoryview) -> bool:
    """Return whether a profile inflates to an ordinary length; browsers ignore one that does not."""
    inflate = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        inflate.decompress(packed[bytes(packed[:80]).find(b"\0") + 2 :], MOST_PROFILE)
    return not inflate.unconsumed_tail


def scale_clear_colour(source: Image.Image, data: bytes) -> None:
    """Scale a PNG's transparent colour to 8 bits, as Pillow scales the pixels but not the colour."""
    head, clear = read_header(data), source.info.get("transparency")
    depth = head.depth if head else 8
    if isinstance(clear, int) and source.mode == "L" and depth < 8:
        source.info["transparency"] = clear * 255 // ((1 << depth) - 1)
    elif isinstance(clear, tuple) and depth == 16:
        source.info["transparency"] = tuple(value >> 8 for value in clear)
