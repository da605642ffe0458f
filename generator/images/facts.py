"""Bytes of a photo file → :class:`PhotoFacts`: what it is, whether it is whole, what it tells. No pixel is decoded.

Only the file's structure is walked, in one pass and within its own length, so that a check of a year's
photos takes no longer than reading them. Hostile bytes give facts like any others: nothing here raises.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zlib import crc32

from generator.images.appended import read_tail
from generator.images.boxes import read_boxes
from generator.images.jpeg import FRAMES, MOST_PARTS, is_rare, keeps_busy, lacks_scans
from generator.images.notes import png_text, read_behind, read_notes, read_packet, read_png_text, read_text
from generator.images.png_webp import lacks_rows
from generator.images.told import NOTHING, Told

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"\0\0\1\0", "ICO"),
)
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF = (b"avif", b"avis")

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_FURTHER, _XMP_HEAD = b"http://ns.adobe.com/xmp/extension/\0", 40
"""XMP longer than a segment: before each part the digest of all, their length, and where the part belongs."""
_PHOTOSHOP = b"Photoshop 3.0\0"
_JFIF = b"JFIF\0"
_MOST_TEXT = 16 * 1024**2
"""Bytes of a PNG's texts that are read."""
# In a scan every FF is followed by a zero or a restart mark; anything else ends the scan.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_END, _SCAN = 0xD9, 0xDA
_ALONE = (0x01, 0xD8)
_PIXEL_CHUNKS = (b"IHDR", b"PLTE", b"IDAT")
_WEBP_PIXELS = (b"VP8X", b"VP8 ", b"VP8L", b"ANMF", b"ANIM", b"ALPH")
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
_DATA_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"fcTL", b"fdAT", b"acTL")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """What a photo file's structure says.

    ``kind`` is ``JPEG``, ``PNG``, ``WebP``, ``HEIC``, or what the file is instead (``GIF``, ``ZIP``, ``video``
    …), or "". ``width`` and ``height`` are pixels as stored, 0 when not told. ``frames`` is more than 1 in a
    moving picture. ``whole`` is false when the end is missing, or anything else without which no decoder takes
    it. ``busy`` is true of a JPEG of so many layers that a decoder would be at it for minutes, ``rare`` of one
    that browsers do not know. ``appended`` counts the bytes behind the
    picture's end, and ``appended_kind`` says what they are: ``padding``, ``phone`` (what phones append:
    a short film, a second picture, their own notes), ``HTML``, ``script``, ``ZIP``, ``RAR``, ``7z``, ``PDF``,
    ``program`` or ``unknown``. ``places`` says where in the file the place is told, in words of
    :mod:`generator.images.told`, ``taken`` when it was taken in the camera's own time. ``metadata`` counts
    bytes that are neither pixels nor needed to read them.
    """

    kind: str
    width: int = 0
    height: int = 0
    frames: int = 1
    whole: bool = True
    busy: bool = False
    rare: bool = False
    appended: int = 0
    appended_kind: str = ""
    places: tuple[str, ...] = ()
    taken: dt.datetime | None = None
    metadata: int = 0

    @property
    def located(self) -> bool:
        """Say whether the file tells the place."""
        return bool(self.places)


def inspect(data: bytes) -> PhotoFacts:
    """Return the facts of a photo file. Never raises."""
    kind = _kind(data[:512])
    if kind == "JPEG":
        return _jpeg(data)
    if kind == "PNG":
        return _png(data)
    if kind == "WebP":
        return _webp(data)
    if kind in ("HEIC", "AVIF"):
        return _heic(data, kind)
    if kind == "GIF":
        return PhotoFacts(
            kind=kind, width=_little(data, 6, 2), height=_little(data, 8, 2), places=read_notes(data).places
        )
    return PhotoFacts(kind=kind, places=read_notes(data).places)


def _kind(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return "WebP" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[n : n + 4] for n in range(16, min(_big(head, 0, 4), 256), 4))}
        if head[8:12] in _AVIF or (head[8:12] == b"mif1" and brands.intersection(_AVIF)):
            return "AVIF"
        return "HEIC" if head[8:12] in _HEIC else "video"
    if found := next((name for magic, name in _MAGIC if head.startswith(magic)), ""):
        return found
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text):
        return "SVG"
    return "HTML" if text.startswith((b"<!doctype", b"<html", b"<head", b"<script", b"<?xml")) else ""


def _big(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _little(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _facts(
    kind: str,
    data: bytes,
    size: tuple[int, int],
    end: int | None,
    *,
    frames: int = 1,
    told: Told = NOTHING,
    metadata: int = 0,
    busy: bool = False,
    rare: bool = False,
) -> PhotoFacts:
    """Make the facts; ``end`` is where the picture ends, or ``None`` when the end is missing."""
    tail = b"" if end is None else data[end:]
    told = told | (read_behind(tail) if tail else NOTHING)
    return PhotoFacts(
        kind=kind,
        width=size[0],
        height=size[1],
        frames=frames,
        whole=end is not None,
        busy=busy,
        rare=rare,
        appended=len(tail),
        appended_kind=read_tail(tail),
        places=told.places,
        taken=told.taken,
        metadata=metadata,
    )


# --- JPEG ----------------------------------------------------------------------------------------


def _jpeg(data: bytes) -> PhotoFacts:
    size, told, metadata = (0, 0), NOTHING, 0
    further, resources = {}, []
    at, end, scans = 2, None, 0
    for _ in range(MOST_PARTS):
        found = _MARKER.search(data, at)
        if found is None:
            break
        at, marker = found.end(), data[found.end() - 1]
        if marker == _END:
            end = at
            break
        if marker in _ALONE:
            continue
        length = _big(data, at, 2)
        stop = at + length
        if length < 2 or stop > len(data):
            break
        if marker in FRAMES and size == (0, 0):
            size = _big(data, at + 5, 2), _big(data, at + 3, 2)
        elif (
            0xE1 <= marker <= 0xEF
            or marker == 0xFE
            or (marker == 0xE0 and not data.startswith(_JFIF, at + 2))
        ):
            metadata += length + 2
            content = data[at + 2 : stop]
            told = told | _segment(marker, content)
            if content.startswith(_XMP_FURTHER):
                part = content[len(_XMP_FURTHER) :]
                further[_big(part, _XMP_HEAD - 4, 4)] = part[_XMP_HEAD:]
            elif content.startswith(_PHOTOSHOP):
                resources.append(content[len(_PHOTOSHOP) :])
        elif marker == _SCAN:
            scans += 1
            if scans == 1 and data.find(b"\xff\xd9", stop) == len(data) - 2:
                # By far the most files: no end before the file's own. Walking the scan would take longer.
                end = len(data)
                break
        at = stop
    if further:
        told = told | read_packet(b"".join(part for _, part in sorted(further.items())))
    told = told | (read_notes(b"".join(resources)) if resources else NOTHING)
    whole = end is not None  # only then is more asked of it
    busy = whole and keeps_busy(data)
    return _facts(
        "JPEG",
        data,
        size,
        end if whole and (busy or not lacks_scans(data)) else None,
        told=told,
        metadata=metadata,
        busy=busy,
        rare=whole and is_rare(data),
    )


def _segment(marker: int, content: bytes) -> Told:
    if marker == 0xFE:
        return read_text(content)
    return read_packet(content[len(_XMP) :]) if content.startswith(_XMP) else read_notes(content)


# --- PNG and WebP --------------------------------------------------------------------------------


def _png(data: bytes) -> PhotoFacts:
    at, end, frames, metadata, told = 8, None, 1, 0, NOTHING
    size = (_big(data, 16, 4), _big(data, 20, 4)) if data[12:16] == b"IHDR" else (0, 0)
    pixels, view, texts = False, memoryview(data), _MOST_TEXT
    for _ in range(MOST_PARTS):
        length, kind, start = _big(data, at, 4), data[at + 4 : at + 8], at + 8
        stop = start + length + 4
        # Without its last chunks, or with a wrong checksum in one that holds pixels, it is not whole.
        if stop > len(data) or (
            kind in _PIXEL_CHUNKS and crc32(view[at + 4 : stop - 4]) != _big(data, stop - 4, 4)
        ):
            break
        if kind == b"IEND":
            end = stop if pixels and not lacks_rows(data) else None
            break
        if kind == b"acTL":
            frames = max(frames, _big(data, start, 4))
        elif kind == b"eXIf":
            told = told | read_notes(data[start : stop - 4])
        elif kind in _TEXT_CHUNKS and texts > 0:
            keyword, text, used = png_text(kind, data[start : stop - 4], texts)
            told, texts = told | read_png_text(keyword, text), texts - used
        pixels = pixels or kind == b"IDAT"
        metadata += 0 if kind in _DATA_CHUNKS else length + 12
        at = stop
    return _facts("PNG", data, size, end, frames=frames, told=told, metadata=metadata)


def _webp(data: bytes) -> PhotoFacts:
    end = 8 + _little(data, 4, 4)
    at, frames, metadata, told, size = 12, 0, 0, NOTHING, (0, 0)
    fits, moving = True, False
    for _ in range(MOST_PARTS):
        if at + 8 > min(end, len(data)):
            break
        kind, length = data[at : at + 4], _little(data, at + 4, 4)
        start = at + 8
        if kind == b"VP8X":
            moving = bool(_little(data, start, 1) & 2)
            size = _little(data, start + 4, 3) + 1, _little(data, start + 7, 3) + 1
        elif kind in (b"VP8 ", b"VP8L"):
            frames += 1
            frame = _webp_frame(kind, data[start : start + 10])
            size = size if any(size) else frame
            fits = fits and size == frame  # one of another size than the whole is no decoder's
        elif kind == b"ANMF":
            frames += 1
        elif kind == b"XMP ":
            told = told | read_packet(data[start : start + length])
        elif kind not in _WEBP_PIXELS:
            told = told | read_notes(data[start : start + length])
        metadata += 0 if kind in _WEBP_PIXELS else length + 8
        at = start + length + (length & 1)
    # The length that the file claims may or may not count the last chunk's padding.
    whole = frames and fits and end <= len(data) and at <= min(end + 1, len(data))
    return _facts(
        "WebP",
        data,
        size,
        max(at, end) if whole else None,
        frames=max(2 if moving else 1, frames),
        told=told,
        metadata=metadata,
    )


def _webp_frame(kind: bytes, head: bytes) -> tuple[int, int]:
    """Return the size of a frame's pixels (RFC 6386, section 9.1; RFC 9649, section 3.4)."""
    if kind == b"VP8L":
        bits = _little(head, 1, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(head, 6, 2) & 0x3FFF, _little(head, 8, 2) & 0x3FFF


def _heic(data: bytes, kind: str) -> PhotoFacts:
    boxed = read_boxes(data)
    largest = boxed.width, boxed.height  # of all pictures in the file
    return _facts(
        kind,
        data,
        largest,
        boxed.end if boxed.whole else None,
        frames=2 if boxed.moving else 1,
        told=boxed.told | read_notes(data[: boxed.end]),  # of thumbnails and films, too
        metadata=boxed.metadata,
    )
