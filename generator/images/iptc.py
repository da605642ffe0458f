"""IPTC's records (IIM 4.2), as news agencies' and picture programs write them → whether they tell a place. Never raises."""

from __future__ import annotations

from generator.images.coordinates import has_written_point

RESOURCE = b"8BIM\x04\x04"
"""Begins the resource of Photoshop's that holds IPTC's records."""
_RECORD, _APPLICATION = 0x1C, 2
_PLACES = (
    26,
    27,
    90,
    92,
    95,
    100,
    101,
)  # content location (code, name), city, sublocation, state, country (code, name)
_TEXTS = (5, 25, 40, 105, 120)  # title, keywords, instructions, headline, caption
_HEAD = 5
_MOST = 4096


def read_resource(data: bytes, at: int) -> bool:
    """Say whether the resource of Photoshop's that begins there tells a place."""
    at += len(RESOURCE)
    at += 1 + data[at] if at < len(data) else 1  # its name, whose length is made even
    at += at - len(RESOURCE) & 1
    length = int.from_bytes(data[at : at + 4], "big")
    return read_iptc(data[at + 4 : at + 4 + length])


def read_iptc(records: bytes) -> bool:
    """Say whether IPTC's records tell a place."""
    at = records.find(_RECORD)
    for _ in range(_MOST):
        if at < 0 or at + _HEAD > len(records) or records[at] != _RECORD:
            return False
        length = int.from_bytes(records[at + 3 : at + _HEAD], "big")
        value = records[at + _HEAD : at + _HEAD + length]
        if records[at + 1] == _APPLICATION and (
            (records[at + 2] in _PLACES and value.strip(b"\0 "))
            or (records[at + 2] in _TEXTS and has_written_point(value))
        ):
            return True
        at += _HEAD + length
    return False
