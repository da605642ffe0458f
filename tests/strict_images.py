"""A strict reading of published pictures: everything that is not needed to show pixels is a finding.

Not an image library's view, which passes over what it does not know, but a walk over the file's own
structure that must account for every byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_TABLES = {0xC4: "DHT", 0xDB: "DQT", 0xDD: "DRI"}
_FRAMES = {0xC0: "SOF0", 0xC1: "SOF1", 0xC2: "SOF2"}
_JFIF_HEADER = 14
_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def findings(name: str, data: bytes) -> list[str]:
    """Return what a published picture holds besides its pixels, and where its structure is broken."""
    if name.endswith(".webp"):
        return list(_webp(data))
    if name.endswith(".jpg"):
        return list(_jpeg(data))
    if name.endswith(".png"):
        return list(_png(data))
    return [f"not a kind of picture that is published: {name}"]


def _webp(data: bytes) -> Iterator[str]:
    """Walk a simple-format WebP (RFC 9649, section 2.5): one VP8 key frame and nothing else."""
    if len(data) < 20 or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        yield "no RIFF header"
        return
    (length,) = struct.unpack("<I", data[4:8])
    if length + 8 != len(data):
        yield f"{len(data) - length - 8} bytes behind the end"
    at, chunks = 12, 0
    while at < len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        padding = data[at + 8 + size : at + 8 + size + size % 2]
        chunks += 1
        if kind != b"VP8 " or chunks > 1:
            yield f"chunk {kind!r}"
        elif body[3:6] != b"\x9d\x01\x2a":
            yield "no VP8 key frame"
        if padding.strip(b"\0"):
            yield "text in the padding"
        if len(body) != size:
            yield "a chunk is cut short"
        at += 8 + size + size % 2


def _png(data: bytes) -> Iterator[str]:
    """Walk a PNG: only the chunks without which its pixels could not be shown."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        yield "no PNG header"
        return
    at, kind = 8, b""
    while at < len(data) and kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _CHUNKS:
            yield f"chunk {kind!r}"
        at += 12 + size
    if kind != b"IEND" or at > len(data):
        yield "no end of image"
    elif at < len(data):
        yield f"{len(data) - at} bytes behind the end"


def _jpeg(data: bytes) -> Iterator[str]:
    """Walk a JFIF file (ITU-T T.81, annex B): tables, one frame, its scans, and the end of the file."""
    if data[:2] != b"\xff\xd8":
        yield "no start of image"
        return
    at, frames, jfif = 2, 0, 0
    while at < len(data):
        if data[at] != 0xFF or at + 4 > len(data):
            if data[at:] == b"\xff\xd9":
                break
            yield f"no marker at {at}"
            return
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xD9:
            yield f"{len(data) - at - 2} bytes behind the end"
            return
        body = data[at + 4 : at + 2 + size]
        if marker == 0xE0 and body[:5] == b"JFIF\0":
            jfif += 1
            if len(body) != _JFIF_HEADER or body[12:14] != b"\0\0" or jfif > 1:
                yield "a thumbnail or a second JFIF header"
        elif marker in _FRAMES:
            frames += 1
        elif marker not in _TABLES and marker != 0xDA:
            yield f"segment {marker:#x} {body[:12]!r}"
        at += 2 + size
        if marker == 0xDA:
            at = _behind_scan(data, at)
    if at >= len(data):
        yield "no end of image"
    if frames != 1:
        yield f"{frames} frames"


def _behind_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following and following != b"\0" and not b"\xd0" <= following <= b"\xd7":
            return at
        at += 2
    return len(data)
