"""Read facts from a photo's bytes: its format and size, whether it is whole, what it hides. No pixel is decoded.

Only the file's structure is walked, in one pass and within its own length, so that a check of a year's
photos takes no longer than reading them. Hostile bytes give facts like any others: nothing here raises.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from generator.images.appended import name_appended
from generator.images.exif import read_exif
from generator.images.heif import read_heif
from generator.images.jpeg import Segment, read_jpeg
from generator.images.locations import (
    find_locations,
    read_comment,
    read_png_text,
    read_trailing,
    read_xmp_packet,
)
from generator.images.png_chunks import is_truncated, read_header, read_text, walk_png_chunks
from generator.images.revealed import NOTHING, Findings
from generator.images.webp import read_webp, walk_webp_chunks

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
_EXTENDED_XMP, _EXTENDED_HEAD = b"http://ns.adobe.com/xmp/extension/\0", 40
"""XMP longer than a segment (XMP 3, 1.1.3.1): before each part the digest of all, their length, and its offset."""
_PHOTOSHOP = b"Photoshop 3.0\0"
_MARKER_AND_LENGTH, _NAME_AND_LENGTH = 4, 8
_MOST_TEXT = 16 * 1024**2
"""Bytes of a PNG's texts that are read."""
_CHECKED = (b"IHDR", b"PLTE", b"IDAT")
"""Chunks of a PNG whose checksums must be right."""
_SHOWN = (*_CHECKED, b"IEND", b"tRNS", b"fcTL", b"fdAT", b"acTL")
"""Those that are not metadata."""
_MOST_ITEMS, _LONGEST_ITEM = 16, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """What a photo file's structure says.

    ``kind`` is ``JPEG``, ``PNG``, ``WebP``, ``HEIC``, or what the file is instead (``GIF``, ``ZIP``, ``video``
    …), or "". ``width`` and ``height`` are pixels as stored, 0 when unknown. ``frames`` is more than 1 in a
    moving picture. ``whole`` is false when the end is missing, or anything else without which no decoder takes
    it. ``too_many_scans`` is true of a JPEG that would keep a decoder busy for minutes, ``rare`` of one that
    browsers do not know. ``appended`` counts the bytes behind the picture's end, and ``appended_kind`` says what
    they are: ``padding``, ``phone`` (what phones append: a short film, a second picture, their own notes),
    ``HTML``, ``script``, ``ZIP``, ``RAR``, ``7z``, ``PDF``, ``program`` or ``unknown``. ``places`` says where in
    the file the place is named, in words of :mod:`generator.images.revealed`, ``taken`` when it was taken in the
    camera's own time. ``metadata`` counts bytes that are neither pixels nor needed to read them.
    """

    kind: str
    width: int = 0
    height: int = 0
    frames: int = 1
    whole: bool = True
    too_many_scans: bool = False
    rare: bool = False
    appended: int = 0
    appended_kind: str = ""
    places: tuple[str, ...] = ()
    taken: dt.datetime | None = None
    metadata: int = 0

    @property
    def located(self) -> bool:
        """Whether the file names the place."""
        return bool(self.places)


def read_photo_facts(data: bytes) -> PhotoFacts:
    """Return the facts of a photo file. Never raises."""
    kind = _kind(data[:512])
    if kind == "JPEG":
        return _jpeg(data)
    if kind == "PNG":
        return _png(data)
    if kind == "WebP":
        return _webp(data)
    if kind in ("HEIC", "AVIF"):
        return _heif(data, kind)
    if kind == "GIF":
        width, height = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
        return PhotoFacts(kind=kind, width=width, height=height, places=find_locations(data).places)
    return PhotoFacts(kind=kind, places=find_locations(data).places)


def _kind(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return "WebP" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        stop = min(int.from_bytes(head[:4], "big"), 256)
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, stop, 4))}
        if head[8:12] in _AVIF or (head[8:12] == b"mif1" and brands.intersection(_AVIF)):
            return "AVIF"
        return "HEIC" if head[8:12] in _HEIC else "video"
    if found := next((name for magic, name in _MAGIC if head.startswith(magic)), ""):
        return found
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text):
        return "SVG"
    return "HTML" if text.startswith((b"<!doctype", b"<html", b"<head", b"<script", b"<?xml")) else ""


def _complete(facts: PhotoFacts, data: bytes, end: int | None, findings: Findings) -> PhotoFacts:
    """Add what stands behind the picture's end, which is None when it is missing, and what all parts reveal."""
    tail = b"" if end is None else data[end:]
    if tail:
        findings = findings | read_trailing(tail)
    return replace(
        facts,
        whole=end is not None,
        appended=len(tail),
        appended_kind=name_appended(tail),
        places=findings.places,
        taken=findings.taken,
    )


def _jpeg(data: bytes) -> PhotoFacts:
    jpeg, findings = read_jpeg(data), NOTHING
    metadata = [segment for segment in jpeg.segments if segment.is_metadata]
    for segment in metadata:
        findings = findings | _read_segment(segment)
    parts = _after(_EXTENDED_XMP, metadata)
    if extended := {part[_EXTENDED_HEAD - 4 : _EXTENDED_HEAD]: part[_EXTENDED_HEAD:] for part in parts}:
        findings = findings | read_xmp_packet(b"".join(part for _, part in sorted(extended.items())))
    if resources := _after(_PHOTOSHOP, metadata):
        findings = findings | find_locations(b"".join(resources))
    width, height = (jpeg.frame.width, jpeg.frame.height) if jpeg.frame else (0, 0)
    has_end = jpeg.end is not None
    too_many_scans = has_end and jpeg.has_too_many_scans
    facts = PhotoFacts(
        kind="JPEG",
        width=width,
        height=height,
        too_many_scans=too_many_scans,
        rare=has_end and jpeg.is_rare,
        metadata=sum(_MARKER_AND_LENGTH + len(segment.content) for segment in metadata),
    )
    return _complete(facts, data, jpeg.end if too_many_scans or not jpeg.lacks_scans else None, findings)


def _read_segment(segment: Segment) -> Findings:
    content = segment.content
    if segment.is_comment:
        return read_comment(content)
    return read_xmp_packet(content[len(_XMP) :]) if content.startswith(_XMP) else find_locations(content)


def _after(mark: bytes, segments: list[Segment]) -> list[bytes]:
    """Return what follows a mark in each segment that begins with it."""
    return [each.content[len(mark) :] for each in segments if each.content.startswith(mark)]


def _png(data: bytes) -> PhotoFacts:
    header, findings, left = read_header(data), NOTHING, _MOST_TEXT
    frames, metadata, has_pixels, end = 1, 0, False, None
    for chunk in walk_png_chunks(data):
        if chunk.kind in _CHECKED and not chunk.has_good_checksum:
            break
        if chunk.kind == b"IEND":
            end = chunk.stop if has_pixels and not is_truncated(data) else None
        elif chunk.kind == b"IDAT":
            has_pixels = True
        elif chunk.kind == b"acTL":
            frames = max(frames, int.from_bytes(chunk.data[:4], "big"))
        elif chunk.kind == b"eXIf":
            findings = findings | find_locations(bytes(chunk.data))
        elif chunk.is_text and left > 0:
            keyword, text, used = read_text(chunk, left)
            findings, left = findings | read_png_text(keyword, text), left - used
        if chunk.kind not in _SHOWN:
            metadata += len(chunk.raw)
    width, height = (header.width, header.height) if header else (0, 0)
    facts = PhotoFacts(kind="PNG", width=width, height=height, frames=frames, metadata=metadata)
    return _complete(facts, data, end, findings)


def _webp(data: bytes) -> PhotoFacts:
    webp, findings, metadata = read_webp(data), NOTHING, 0
    for chunk in walk_webp_chunks(data):
        if chunk.is_metadata:
            metadata += _NAME_AND_LENGTH + len(chunk.data)
            read = read_xmp_packet if chunk.kind == b"XMP " else find_locations
            findings = findings | read(bytes(chunk.data))
    facts = PhotoFacts(
        kind="WebP", width=webp.width, height=webp.height, frames=webp.frames, metadata=metadata
    )
    return _complete(facts, data, webp.end, findings)


def _heif(data: bytes, kind: str) -> PhotoFacts:
    heif, findings = read_heif(data), NOTHING
    for item in heif.metadata[:_MOST_ITEMS]:
        part = data[item.offset : item.offset + min(item.length, _LONGEST_ITEM)]
        if item.kind == b"Exif":
            offset = int.from_bytes(part[:4], "big")  # of the TIFF header (23008-12, A.2.1)
            findings = findings | read_exif(part[4 + offset :])
        else:
            findings = findings | read_xmp_packet(part)
    findings = findings | find_locations(data[: heif.end])  # of thumbnails and films, too
    facts = PhotoFacts(
        kind=kind,
        width=heif.width,
        height=heif.height,
        frames=2 if heif.moving else 1,
        metadata=sum(item.length for item in heif.metadata),
    )
    return _complete(facts, data, heif.end if heif.whole else None, findings)
