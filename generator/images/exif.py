"""EXIF bytes → whether they tell a place and when the picture was taken. Bounded; never raises.

Offsets in EXIF come from whoever wrote the file. Slices of ``bytes`` cannot run out of bounds, and every
directory is visited once, so hostile offsets cost nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from generator.images.coordinates import has_point
from generator.images.iptc import read_iptc
from generator.images.told import EXIF, IPTC, MAKER, NOTHING, TEXT, Told, place_in

_MOST_ENTRIES, _MOST_DIRECTORIES, _MOST_VALUE = 512, 16, 64 * 1024
_FIRST, _EXIF_DIRECTORY, _GPS_DIRECTORY, _OTHERS = 0, 0x8769, 0x8825, 0x014A
_TAKEN = (0x9003, 0x9004)  # when the shutter closed, when it was digitised; 0x0132 is only the last edit
_COORDINATES, _AREA = (2, 4, 20, 22), 0x1C  # latitude and longitude, of the place and of where it was headed
_RATIONALS = (5, 10)
_MAKER_NOTE, _COMMENT, _IPTC = 0x927C, 0x9286, 0x83BB
_ASCII = 2
_UNICODE = b"UNICODE\0"
_WINDOWS = range(0x9C9B, 0x9CA0)  # title, comment, author, keywords and subject, as Windows writes them
_MAKERS = {b"Panasonic\0\0\0": 12, b"LEICA\0\0\0": 8}
"""How the notes of makers begin who name towns, and where their directory stands. The place names' tags are:"""
_MAKER_PLACES = (0x67, 0x69, 0x6B, 0x6D, 0x6F, 0x80)  # location, country, state, city, landmark, city
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_DATE = re.compile(rb"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")

_Order = Literal["little", "big"]


class _Entry(NamedTuple):
    """One entry of a directory: its type, how many values, and where its four bytes stand."""

    kind: int
    number: int
    at: int


_Directory = dict[int, _Entry]


def read_exif(tiff: bytes) -> Told:
    """Return what an EXIF block (from its TIFF header on) tells."""
    order: _Order
    if tiff[:4] == b"II*\0":
        order = "little"
    elif tiff[:4] == b"MM\0*":
        order = "big"
    else:
        return NOTHING
    told = NOTHING
    waiting, seen = [(_FIRST, _number(tiff, 4, 4, order))], set[tuple[int, int]]()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        place = waiting.pop(0)
        if place in seen or not place[1]:
            continue
        seen.add(place)
        kind, at = place
        found, following = _directory(tiff, at, order)
        if kind == _GPS_DIRECTORY:
            told = told | _placed(tiff, found, order)
            continue
        told = told | _told(tiff, found, order)
        waiting += [
            (tag, _number(tiff, found[tag].at, 4, order))
            for tag in (_EXIF_DIRECTORY, _GPS_DIRECTORY, _OTHERS)
            if tag in found
        ]
        if kind == _FIRST:
            waiting.append((_FIRST, following))
    return told


def _told(tiff: bytes, found: _Directory, order: _Order) -> Told:
    taken = next((day for tag in _TAKEN if (day := _date(tiff, found.get(tag), order))), None)
    told = Told(taken=taken)
    if note := found.get(_MAKER_NOTE):
        told = told | place_in(MAKER, _maker_places(tiff, _number(tiff, note.at, 4, order), order))
    if records := found.get(_IPTC):
        told = told | place_in(IPTC, read_iptc(_value(tiff, records, order)))
    return told | place_in(TEXT, any(has_point(text) for text in _texts(tiff, found, order)))


def _texts(tiff: bytes, found: _Directory, order: _Order) -> Iterator[bytes]:
    """Yield a directory's texts, those in UTF-16 as UTF-8."""
    for tag, entry in found.items():
        if tag in _WINDOWS:
            yield _value(tiff, entry, order).decode("utf-16-le", "ignore").encode()
        elif tag == _COMMENT and (comment := _value(tiff, entry, order)).startswith(_UNICODE):
            for each in ("utf-16-le", "utf-16-be"):  # whatever order the rest has
                yield comment[len(_UNICODE) :].decode(each, "ignore").encode()
        elif entry.kind == _ASCII or tag == _COMMENT:
            yield _value(tiff, entry, order)


def _placed(tiff: bytes, gps: _Directory, order: _Order) -> Told:
    area = (
        _value(tiff, gps[_AREA], order)[8:] if _AREA in gps else b""
    )  # behind the name of its character set
    points = any(_is_place(tiff, gps.get(tag), order) for tag in _COORDINATES)
    return place_in(EXIF, points or bool(area.strip(b"\0 ")))


def _maker_places(tiff: bytes, at: int, order: _Order) -> bool:
    """Say whether a maker's own notes name a town."""
    length = next((length for mark, length in _MAKERS.items() if tiff.startswith(mark, at)), None)
    if length is None:
        return False
    notes, _ = _directory(tiff, at + length, order)
    values = (_value(tiff, notes[tag], order) for tag in _MAKER_PLACES if tag in notes)
    return any(value.strip(b"\0 -") for value in values)


def _value(tiff: bytes, entry: _Entry, order: _Order) -> bytes:
    """Return a value's bytes, which stand in its entry where there are no more than four."""
    size = min(entry.number * _BYTES.get(entry.kind, 1), _MOST_VALUE)
    at = entry.at if size <= 4 else _number(tiff, entry.at, 4, order)
    return tiff[at : at + size]


def _number(data: bytes, at: int, size: int, order: _Order) -> int:
    return int.from_bytes(data[at : at + size], order)


def _directory(tiff: bytes, at: int, order: _Order) -> tuple[_Directory, int]:
    """Return a directory's entries, and where the one that follows it stands."""
    count = _number(tiff, at, 2, order)
    found: _Directory = {}
    for entry in range(at + 2, min(at + 2 + 12 * min(count, _MOST_ENTRIES), len(tiff) - 11), 12):
        tag, kind = _number(tiff, entry, 2, order), _number(tiff, entry + 2, 2, order)
        found[tag] = _Entry(kind, _number(tiff, entry + 4, 4, order), entry + 8)
    return found, _number(tiff, at + 2 + 12 * count, 4, order)


def _date(tiff: bytes, entry: _Entry | None, order: _Order) -> dt.datetime | None:
    if entry is None:
        return None
    at = _number(tiff, entry.at, 4, order)
    match = _DATE.match(tiff[at : at + 20])
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        # The camera's own time: EXIF seldom says in which zone.
        return dt.datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        return None  # an unset clock writes 0000:00:00 00:00:00


def _is_place(tiff: bytes, entry: _Entry | None, order: _Order) -> bool:
    """Say whether a coordinate is there. Phones that must not tell the place write zeros, or 0/0."""
    if entry is None:
        return False
    kind, count, value = entry
    if kind not in _RATIONALS or count < 1:
        return any(tiff[value : value + 4])
    at = _number(tiff, value, 4, order)
    return any(_number(tiff, n, 4, order) and _number(tiff, n + 4, 4, order) for n in range(at, at + 24, 8))
