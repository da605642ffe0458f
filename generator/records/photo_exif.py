"""EXIF and XMP bytes → whether they tell a place and when the picture was taken. Bounded; never raises.

Offsets in EXIF come from whoever wrote the file. Slices of ``bytes`` cannot run out of bounds, and every
directory is visited once, so hostile offsets cost nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

_MOST_ENTRIES = 512
_EXIF_DIRECTORY, _GPS_DIRECTORY = 0x8769, 0x8825
_TAKEN = (0x9003, 0x9004)  # when the shutter closed, when it was digitised; 0x0132 is only the last edit
_LATITUDE, _LONGITUDE = 2, 4
_RATIONALS = (5, 10)
_DATE = re.compile(rb"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_XMP_PLACE = (b"GPSLatitude", b"GPSLongitude")

_Order = Literal["little", "big"]
# tag → (type, count, where the value's four bytes stand)
_Directory = dict[int, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What metadata tells: ``located`` when it holds a place, ``taken`` in the camera's own time."""

    located: bool = False
    taken: dt.datetime | None = None

    def __or__(self, other: Told) -> Told:
        """Join what two parts of a file tell; the first date wins."""
        return Told(located=self.located or other.located, taken=self.taken or other.taken)


NOTHING = Told()


def read_exif(tiff: bytes) -> Told:
    """Return what an EXIF block (from its TIFF header on) tells."""
    order: _Order
    if tiff[:4] == b"II*\0":
        order = "little"
    elif tiff[:4] == b"MM\0*":
        order = "big"
    else:
        return NOTHING
    first = _directory(tiff, _number(tiff, 4, 4, order), order)
    exif, gps = (
        _directory(tiff, _number(tiff, entry[2], 4, order), order) if (entry := first.get(tag)) else {}
        for tag in (_EXIF_DIRECTORY, _GPS_DIRECTORY)
    )
    taken = next((found for tag in _TAKEN if (found := _date(tiff, exif.get(tag), order))), None)
    located = any(_is_place(tiff, gps.get(tag), order) for tag in (_LATITUDE, _LONGITUDE))
    return Told(located=located, taken=taken)


def read_xmp(packet: bytes) -> Told:
    """Return what an XMP packet tells of the place; its dates are mostly those of an edit."""
    return Told(located=any(name in packet for name in _XMP_PLACE))


def _number(data: bytes, at: int, size: int, order: _Order) -> int:
    return int.from_bytes(data[at : at + size], order)


def _directory(tiff: bytes, at: int, order: _Order) -> _Directory:
    count = min(_number(tiff, at, 2, order), _MOST_ENTRIES)
    found: _Directory = {}
    for entry in range(at + 2, min(at + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind = _number(tiff, entry, 2, order), _number(tiff, entry + 2, 2, order)
        found[tag] = (kind, _number(tiff, entry + 4, 4, order), entry + 8)
    return found


def _date(tiff: bytes, entry: tuple[int, int, int] | None, order: _Order) -> dt.datetime | None:
    if entry is None:
        return None
    at = _number(tiff, entry[2], 4, order)
    match = _DATE.match(tiff[at : at + 20])
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        # The camera's own time: EXIF seldom says in which zone.
        return dt.datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        return None  # an unset clock writes 0000:00:00 00:00:00


def _is_place(tiff: bytes, entry: tuple[int, int, int] | None, order: _Order) -> bool:
    """Say whether a coordinate is there. Phones that must not tell the place write zeros, or 0/0."""
    if entry is None:
        return False
    kind, count, value = entry
    if kind not in _RATIONALS or count < 1:
        return any(tiff[value : value + 4])
    at = _number(tiff, value, 4, order)
    return any(_number(tiff, n, 4, order) and _number(tiff, n + 4, 4, order) for n in range(at, at + 24, 8))
