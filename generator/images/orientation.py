"""Find how a photo's pixels lie, as its EXIF says; no pixel is decoded."""

from __future__ import annotations

from generator.images.exif import read_orientation
from generator.images.jpeg import read_head
from generator.images.png_chunks import walk_png_chunks
from generator.images.webp import walk_webp_chunks

_EXIF = b"Exif\0\0"


def find_orientation(data: bytes, kind: str) -> int:
    """Return 1 to 8 (TIFF 6.0, tag 274), 1 for upright. ``kind``: as in ``PhotoFacts``; of other kinds 1."""
    blocks: list[bytes] = []
    if kind == "JPEG":
        blocks = [part.content for part in read_head(data).segments if part.content.startswith(_EXIF)]
    elif kind == "PNG":
        blocks = [bytes(chunk.data) for chunk in walk_png_chunks(data) if chunk.kind == b"eXIf"]
    elif kind == "WebP":
        blocks = [bytes(chunk.data) for chunk in walk_webp_chunks(data) if chunk.kind == b"EXIF"]
    return read_orientation(blocks[0].removeprefix(_EXIF)) if blocks else 1
