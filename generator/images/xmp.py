"""Read from XMP packets (ISO 16684-1) whether they name a place. Parsed by defusedxml; bounded; never raises."""

from __future__ import annotations

import binascii
import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from generator.images.coordinates import has_written_point

_LONGEST, _MOST_ELEMENTS = 16 * 1024**2, 20_000
_REACH = 4
"""Elements from a text up to the property that it is a value of: itself, or li, Alt or Bag, and the property."""
_NAMES = (
    r"(?:gps\w{0,20}(?:lat|lon)\w{0,20}|\w{0,20}(?:lat|long)itude|gpsareainformation|gpsposition|gpscoordinates"
    r"|verbatimcoordinates|city|sub-?location|(?:shot)?location|location-?(?:name|id|remarks)|(?:verbatim)?locality"
    r"|municipality|county|state|province-?state|stateprovince|country|country-?name|country-?code|worldregion"
    r"|(?:higher)?geography)"
)
"""Local names of properties that hold a place, of whatever schema: exif, photoshop, IPTC's two, drones', Darwin Core."""
_PLACE = re.compile(_NAMES, re.IGNORECASE)
_TEXT = re.compile(
    "(?:image)?description|title|headline|caption|instructions|subject|(?:user)?comment|label", re.IGNORECASE
)
"""Local names of properties in which people write what they like."""
_ANGLE = re.compile(r"gps(?!area)|itude", re.IGNORECASE)
_IN_BROKEN = re.compile(rf"[:<]{_NAMES}\s*(?:=\s*[\"']\s*[^\"'\s]|>\s*[^<\s])".encode(), re.IGNORECASE)
_JPEG_BASE64, _SHORTEST_PICTURE = "/9j/", 1000


def is_place_property(name: str) -> bool:
    """Say whether a property, with its schema's prefix or without, is one that holds a place."""
    return _PLACE.fullmatch(name.rpartition(":")[2].strip()) is not None


def holds_place(name: str, value: str) -> bool:
    """Say whether a property of a place has a value. Phones without permission to record the place write zeros."""
    bare = value.strip()
    if _ANGLE.search(name):
        return any(digit in bare for digit in "123456789")
    return bool(bare)


def read_xmp(packet: bytes) -> tuple[bool, tuple[bytes, ...]]:
    """Return whether an XMP packet names a place, and the JPEG pictures that it holds."""
    packet = packet[:_LONGEST]
    pictures: list[bytes] = []
    try:
        for name, value in _properties(packet):
            if value.startswith(_JPEG_BASE64) and len(value) > _SHORTEST_PICTURE:
                pictures.append(_decode_base64(value))
            elif _names_place(name, value):
                return True, tuple(pictures)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        # Broken, or text behind its end: exiftool and others read such packets all the same.
        return _IN_BROKEN.search(packet) is not None, tuple(pictures)
    return False, tuple(pictures)


def _names_place(name: str, value: str) -> bool:
    if is_place_property(name):
        return holds_place(name, value)
    return _TEXT.fullmatch(name) is not None and has_written_point(value.encode())


def _properties(packet: bytes) -> Iterator[tuple[str, str]]:
    """Yield the local name and value of every property. Raises ValueError where there are too many."""
    begin = next((at for at in (packet.find(b"<"), packet.find(b"<\0")) if at >= 0), 0)
    path: list[str] = []
    found = iterparse(io.BytesIO(packet[begin:].rstrip(b"\0 \r\n")), events=("start", "end"))
    for number, (event, element) in enumerate(found):
        if number > _MOST_ELEMENTS:
            raise ValueError("more elements than a photo's metadata has")
        if event == "start":
            path.append(_local(element.tag))
            yield from ((_local(key), value) for key, value in element.attrib.items())
            continue
        yield from ((name, element.text or "") for name in path[-_REACH:])
        path.pop()
        element.clear()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _decode_base64(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except ValueError:
        return b""
