"""Notes anywhere in a photo's bytes → what they tell. Found by how they begin, wherever a file may hold them; never raises.

No library reads all the places where notes hide. Of the 46 in ``tests/photo_places.py`` Exiv2 0.28 finds 31: not those in
a second segment or picture, a film, extended XMP, a thumbnail or plain text; ExifTool finds 35 without help, and needs
Perl. Whoever uses Exiv2 must take a file apart first as it is done here, and would run C++ on strangers' bytes in the
process that judges them, from a wheel of 33 MB under the GPL. So the parts are found here, and XML is defusedxml's.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from generator.images.coordinates import has_iso_6709, has_point
from generator.images.exif import read_exif
from generator.images.iptc import RESOURCE, read_iptc, read_resource
from generator.images.told import FILM, IPTC, NOTHING, PICTURE, TEXT, XMP, Told, place_in
from generator.images.xmp import is_place_name, is_told, read_xmp

_TIFF = (b"II*\0", b"MM\0*")
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"  # whatever prefix it is given
_RDF_END = b"RDF>"
_MOVIE = b"moov"
_MOST_PARTS, _MOST_FILMS, _MOST_PICTURES = 32, 8, 4
_LONGEST_EXIF, _LONGEST_XMP, _LONGEST_MOVIE, LONGEST_TEXT = 256 * 1024, 4 * 1024**2, 4 * 1024**2, 8 * 1024**2
_POINT_MARKS, _NAME_MARKS = (b"\xa9xyz", b"ISO6709"), (b"quicktime.location.name", b"quicktime.location.note")
_MOST_PACKED = 1032
"""Bytes that one byte can inflate to."""
_PROFILE = b"Raw profile type "
_NOT_HEX = re.compile(rb"[^0-9a-fA-F]")


def read_notes(data: bytes, depth: int = 0) -> Told:
    """Return what notes of any kind tell in these bytes: EXIF, XMP, IPTC's records, films.

    depth: how many pictures these bytes are within.
    """
    told = NOTHING
    for at in sorted(at for mark in _TIFF for at in _found(data, mark, _MOST_PARTS)):
        told = told | read_exif(data[at : at + _LONGEST_EXIF])
    for packet in _packets(data):
        told = told | read_packet(packet, depth)
    told = told | place_in(IPTC, any(read_resource(data, at) for at in _found(data, RESOURCE, _MOST_PARTS)))
    return told | place_in(FILM, any(_tells_place(movie) for movie in _movies(data)))


def read_packet(packet: bytes, depth: int = 0) -> Told:
    """Return what an XMP packet tells, and the pictures within it."""
    placed, pictures = read_xmp(packet)
    told = place_in(XMP, placed)
    for picture in pictures[:_MOST_PICTURES] if depth == 0 else ():
        told = told | _as_another(read_notes(picture, depth + 1))
    return told


def read_behind(tail: bytes) -> Told:
    """Return what the bytes behind a picture's end tell: a film, or another picture."""
    return _as_another(read_notes(tail))


def read_text(text: bytes) -> Told:
    """Return what a comment tells."""
    return place_in(TEXT, has_point(text)) | read_notes(text)


def png_text(kind: bytes, content: bytes, most: int) -> tuple[bytes, bytes, int]:
    """Return the keyword and text of a PNG's text (PNG 3, 11.3.3), and what reading it took, in bytes.

    most: bytes of text that are read.
    """
    keyword, _, text = content.partition(b"\0")
    packed = kind == b"zTXt" or text[:1] == b"\1"
    if kind == b"zTXt":
        text = text[1:]
    elif kind == b"iTXt":
        text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    if not packed or kind == b"tEXt":
        return keyword, text[:most], len(text)
    try:
        found = zlib.decompressobj().decompress(text, most)
    except zlib.error:  # which may have been as much work
        return keyword, b"", len(text) * _MOST_PACKED
    return keyword, found, len(found)


def read_png_text(keyword: bytes, text: bytes) -> Told:
    """Return what a PNG's text tells, and what ImageMagick and others keep in one."""
    if keyword.startswith(_PROFILE):
        digits = _NOT_HEX.sub(b"", b"".join(text.split(b"\n", 3)[3:]))
        block = bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
        return read_notes(block) | place_in(IPTC, keyword.endswith(b"iptc") and read_iptc(block))
    if keyword == b"XML:com.adobe.xmp":
        return read_packet(text)
    name = keyword.decode("latin-1")
    named = is_place_name(name) and is_told(name, text.decode("utf-8", "replace"))
    return place_in(TEXT, named) | read_text(text)


def _as_another(told: Told) -> Told:
    """Return the same, told by a further picture, whose date says nothing of the first."""
    return Told(places=tuple(dict.fromkeys(where if where == FILM else PICTURE for where in told.places)))


def _found(data: bytes, mark: bytes, most: int) -> Iterator[int]:
    at = data.find(mark)
    for _ in range(most):
        if at < 0:
            return
        yield at
        at = data.find(mark, at + len(mark))


def _packets(data: bytes) -> Iterator[bytes]:
    """Yield the RDF of every XMP packet (XMP 1, 7.4)."""
    end = 0
    for at in _found(data, _RDF, _MOST_PARTS):
        if at < end:
            continue
        found = data.find(_RDF_END, at, at + _LONGEST_XMP)
        begin, end = data.rfind(b"<", end, at), at + _LONGEST_XMP if found < 0 else found + len(_RDF_END)
        yield data[max(begin, 0) : end]


def _movies(data: bytes) -> Iterator[bytes]:
    """Yield the head of every MP4 film (ISO 14496-12, 8.2.1)."""
    for at in _found(data, _MOVIE, _MOST_FILMS):
        size = int.from_bytes(data[max(0, at - 4) : at], "big")
        yield data[at : at + (min(size, _LONGEST_MOVIE) if size > 8 else _LONGEST_MOVIE)]


def _tells_place(movie: bytes) -> bool:
    if any(mark in movie for mark in _NAME_MARKS):
        return True
    if any(mark in movie for mark in _POINT_MARKS) and has_iso_6709(movie):
        return True
    return any(_is_3gpp_place(movie[at + 4 : at + 400]) for at in _found(movie, b"loci", 2))


def _is_3gpp_place(box: bytes) -> bool:
    """Say whether a film's place is told (3GPP TS 26.244, 8.10)."""
    name, _, rest = box[6:].partition(b"\0")
    return bool(name.strip()) or any(rest[1:9])
