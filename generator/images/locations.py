"""Find where metadata anywhere in a photo's bytes names the place, by how each kind begins. Never raises.

No library reads all the places where it hides; docs/decisions.md has the figures. XML is defusedxml's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.images.coordinates import has_iso_6709, has_point
from generator.images.exif import read_exif
from generator.images.iptc import RESOURCE, has_place, has_place_in_resource
from generator.images.revealed import FILM, IPTC, NOTHING, PICTURE, TEXT, XMP, Findings, make_place_findings
from generator.images.xmp import holds_place, is_place_property, read_xmp

_TIFF = (b"II*\0", b"MM\0*")
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"  # whatever prefix it is given
_RDF_END = b"RDF>"
_MOVIE = b"moov"
_MOST_PARTS, _MOST_FILMS, _MOST_PICTURES = 32, 8, 4
_LONGEST_EXIF, _LONGEST_XMP, _LONGEST_MOVIE = 256 * 1024, 4 * 1024**2, 4 * 1024**2
_POINT_MARKS, _NAME_MARKS = (b"\xa9xyz", b"ISO6709"), (b"quicktime.location.name", b"quicktime.location.note")
_PROFILE = b"Raw profile type "
_NOT_HEX = re.compile(rb"[^0-9a-fA-F]")


def find_locations(data: bytes, depth: int = 0) -> Findings:
    """Return what metadata of any kind in these bytes reveals: EXIF, XMP, IPTC's records, films.

    depth: how many pictures these bytes are within.
    """
    findings = NOTHING
    for at in sorted(at for mark in _TIFF for at in _found(data, mark, _MOST_PARTS)):
        findings = findings | read_exif(data[at : at + _LONGEST_EXIF])
    for packet in _packets(data):
        findings = findings | read_xmp_packet(packet, depth)
    resources = _found(data, RESOURCE, _MOST_PARTS)
    findings = findings | make_place_findings(IPTC, any(has_place_in_resource(data, at) for at in resources))
    return findings | make_place_findings(FILM, any(_is_located(movie) for movie in _movies(data)))


def read_xmp_packet(packet: bytes, depth: int = 0) -> Findings:
    """Return what an XMP packet and the pictures within it reveal."""
    placed, pictures = read_xmp(packet)
    findings = make_place_findings(XMP, placed)
    for picture in pictures[:_MOST_PICTURES] if depth == 0 else ():
        findings = findings | _of_another_picture(find_locations(picture, depth + 1))
    return findings


def read_trailing(tail: bytes) -> Findings:
    """Return what the bytes behind a picture's end reveal: a film, or another picture."""
    return _of_another_picture(find_locations(tail))


def read_comment(text: bytes) -> Findings:
    """Return what a comment reveals."""
    return make_place_findings(TEXT, has_point(text)) | find_locations(text)


def read_png_text(keyword: bytes, text: bytes) -> Findings:
    """Return what a PNG's text reveals, and the profile that ImageMagick and others keep in one."""
    if keyword.startswith(_PROFILE):
        digits = _NOT_HEX.sub(b"", b"".join(text.split(b"\n", 3)[3:]))
        block = bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))
        return find_locations(block) | make_place_findings(
            IPTC, keyword.endswith(b"iptc") and has_place(block)
        )
    if keyword == b"XML:com.adobe.xmp":
        return read_xmp_packet(text)
    name = keyword.decode("latin-1")
    named = is_place_property(name) and holds_place(name, text.decode("utf-8", "replace"))
    return make_place_findings(TEXT, named) | read_comment(text)


def _of_another_picture(findings: Findings) -> Findings:
    """Return the same as found in a further picture, whose date says nothing of the first."""
    return Findings(
        places=tuple(dict.fromkeys(where if where == FILM else PICTURE for where in findings.places))
    )


def _found(data: bytes, mark: bytes, most: int) -> Iterator[int]:
    at = data.find(mark)
    for _ in range(most):
        if at < 0:
            return
        yield at
        at = data.find(mark, at + len(mark))


def _packets(data: bytes) -> Iterator[bytes]:
    """Yield the RDF of every XMP packet (ISO 16684-1, 7.4)."""
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


def _is_located(movie: bytes) -> bool:
    if any(mark in movie for mark in _NAME_MARKS):
        return True
    if any(mark in movie for mark in _POINT_MARKS) and has_iso_6709(movie):
        return True
    return any(_is_3gpp_place(movie[at + 4 : at + 400]) for at in _found(movie, b"loci", 2))


def _is_3gpp_place(box: bytes) -> bool:
    """Say whether a film has a name or a point of its place (3GPP TS 26.244, 8.10)."""
    name, _, rest = box[6:].partition(b"\0")
    return bool(name.strip()) or any(rest[1:9])
