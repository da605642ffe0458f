"""Read from IPTC's records (IIM 4.2), which news agencies and picture programs write, whether they name a place. Never raises."""

from __future__ import annotations

from generator.images.coordinates import has_written_point

RESOURCE = b"8BIM\x04\x04"
"""Begins the resource of Photoshop's that holds IPTC's records."""
_MARKER, _APPLICATION = 0x1C, 2
# Content location (code, name), city, sublocation, state, country (code, name).
_PLACES = (26, 27, 90, 92, 95, 100, 101)
_TEXTS = (5, 25, 40, 105, 120)  # title, keywords, instructions, headline, caption
_HEAD = 5
_MOST_SETS = 4096


def has_place_in_resource(data: bytes, at: int) -> bool:
    """Say whether the resource of Photoshop's that begins there names a place."""
    at += len(RESOURCE)
    name = 1 + int.from_bytes(data[at : at + 1], "big")  # with its own length
    at += name + (name & 1)
    length = int.from_bytes(data[at : at + 4], "big")
    return has_place(data[at + 4 : at + 4 + length])


def has_place(records: bytes) -> bool:
    """Say whether IPTC's records name a place."""
    at = max(0, records.find(_MARKER))
    for _ in range(_MOST_SETS):
        head = records[at : at + _HEAD]
        if len(head) < _HEAD or head[0] != _MARKER:
            return False
        stop = at + _HEAD + int.from_bytes(head[3:], "big")
        value = records[at + _HEAD : stop]
        if head[1] == _APPLICATION and (
            (head[2] in _PLACES and value.strip(b"\0 ")) or (head[2] in _TEXTS and has_written_point(value))
        ):
            return True
        at = stop
    return False
