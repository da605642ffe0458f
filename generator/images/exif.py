"""Read from EXIF whether it names a place and when the picture was taken (EXIF 3.0; TIFF 6.0). Bounded; never raises.

Offsets in EXIF come from whoever wrote the file. Slices of ``bytes`` cannot run out of bounds, and every
directory is visited once, so hostile offsets cost nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from generator.images.coordinates import has_point
from generator.images.iptc import has_place
from generator.images.revealed import EXIF, IPTC, MAKER, NOTHING, TEXT, Findings, make_place_findings

_MOST_ENTRIES, _MOST_DIRECTORIES, _MOST_VALUE = 512, 16, 64 * 1024
_FIRST, _EXIF_DIRECTORY, _GPS_DIRECTORY, _OTHERS = 0, 0x8769, 0x8825, 0x014A
_TAKEN = (0x9003, 0x9004)  # when the shutter closed, when it was digitised; 0x0132 is only the last edit
_COORDINATES, _AREA = (2, 4, 20, 22), 0x1C  # latitude and longitude, of the place and of where it was headed
_CHARACTER_SET = 8
"""Bytes before the text of the area that name its character set."""
_RATIONALS = (5, 10)
_MAKER_NOTE, _COMMENT, _IPTC = 0x927C, 0x9286, 0x83BB
_ASCII, _SHORT = 2, 3
_ORIENTATION, _UPRIGHT = 0x0112, 1
_UNICODE = b"UNICODE\0"
_WINDOWS = range(0x9C9B, 0x9CA0)  # title, comment, author, keywords and subject, as Windows writes them
_MAKERS = {b"Panasonic\0\0\0": 12, b"LEICA\0\0\0": 8}
"""How maker notes begin that name towns, and where their directory stands. The tags of the place names:"""
_MAKER_PLACES = (0x67, 0x69, 0x6B, 0x6D, 0x6F, 0x80)  # location, country, state, city, landmark, city
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_DATE = re.compile(rb"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")


class _Entry(NamedTuple):
    """An entry of a directory: its type, how many values, and where its four bytes stand."""

    kind: int
    number: int
    at: int


_Directory = dict[int, _Entry]


class _Tiff(NamedTuple):
    """The bytes from the TIFF header on, and their order."""

    data: bytes
    order: Literal["little", "big"]

    def number(self, at: int, size: int = 4) -> int:
        return int.from_bytes(self.data[at : at + size], self.order)

    def value(self, entry: _Entry) -> bytes:
        """Return a value's bytes, which stand in its entry where there are no more than four."""
        size = min(entry.number * _BYTES.get(entry.kind, 1), _MOST_VALUE)
        at = entry.at if size <= 4 else self.number(entry.at)
        return self.data[at : at + size]

    def values(self, directory: _Directory, *tags: int) -> Iterator[bytes]:
        """Yield the values of those tags that are there."""
        yield from (self.value(directory[tag]) for tag in tags if tag in directory)

    def directory(self, at: int) -> tuple[_Directory, int]:
        """Return a directory's entries, and where the one that follows it stands."""
        count = self.number(at, 2)
        last = min(at + 2 + 12 * min(count, _MOST_ENTRIES), len(self.data) - 11)
        found = {
            self.number(entry, 2): _Entry(self.number(entry + 2, 2), self.number(entry + 4), entry + 8)
            for entry in range(at + 2, last, 12)
        }
        return found, self.number(at + 2 + 12 * count)


def read_exif(data: bytes) -> Findings:
    """Return what an EXIF block (from its TIFF header on) reveals."""
    if data[:4] not in (b"II*\0", b"MM\0*"):
        return NOTHING
    tiff = _Tiff(data, "little" if data[:1] == b"I" else "big")
    findings, waiting, seen = NOTHING, [(_FIRST, tiff.number(4))], set[tuple[int, int]]()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        kind, at = here = waiting.pop(0)
        if here in seen or not at:
            continue
        seen.add(here)
        directory, following = tiff.directory(at)
        if kind == _GPS_DIRECTORY:
            findings = findings | make_place_findings(EXIF, _is_located(tiff, directory))
            continue
        findings = findings | _read_directory(tiff, directory)
        pointers = (_EXIF_DIRECTORY, _GPS_DIRECTORY, _OTHERS)
        waiting += [(tag, tiff.number(directory[tag].at)) for tag in pointers if tag in directory]
        if kind == _FIRST:
            waiting.append((_FIRST, following))
    return findings


def read_orientation(data: bytes) -> int:
    """Return how an EXIF block says that the pixels lie, 1 to 8 (TIFF 6.0, tag 274): 1, upright, where it does not."""
    if data[:4] not in (b"II*\0", b"MM\0*"):
        return _UPRIGHT
    tiff = _Tiff(data, "little" if data[:1] == b"I" else "big")
    entry = tiff.directory(tiff.number(4))[0].get(_ORIENTATION)
    found = tiff.number(entry.at, 2) if entry and entry.kind == _SHORT else _UPRIGHT
    return found if found in range(1, 9) else _UPRIGHT


def _read_directory(tiff: _Tiff, directory: _Directory) -> Findings:
    days = (day for value in tiff.values(directory, *_TAKEN) if (day := _date(value)))
    found = Findings(taken=next(days, None))
    if note := directory.get(_MAKER_NOTE):
        found = found | make_place_findings(MAKER, _maker_names_town(tiff, tiff.number(note.at)))
    found = found | make_place_findings(IPTC, any(map(has_place, tiff.values(directory, _IPTC))))
    return found | make_place_findings(TEXT, any(map(has_point, _texts(tiff, directory))))


def _texts(tiff: _Tiff, directory: _Directory) -> Iterator[bytes]:
    """Yield a directory's texts, those in UTF-16 as UTF-8."""
    for tag, entry in directory.items():
        if tag in _WINDOWS:
            yield tiff.value(entry).decode("utf-16-le", "ignore").encode()
        elif tag == _COMMENT and (comment := tiff.value(entry)).startswith(_UNICODE):
            for each in ("utf-16-le", "utf-16-be"):  # whatever order the rest has
                yield comment[len(_UNICODE) :].decode(each, "ignore").encode()
        elif entry.kind == _ASCII or tag == _COMMENT:
            yield tiff.value(entry)


def _is_located(tiff: _Tiff, gps: _Directory) -> bool:
    """Say whether there is a coordinate, or the name of an area."""
    return any(_is_place(tiff, gps[tag]) for tag in _COORDINATES if tag in gps) or any(
        area[_CHARACTER_SET:].strip(b"\0 ") for area in tiff.values(gps, _AREA)
    )


def _is_place(tiff: _Tiff, entry: _Entry) -> bool:
    """Say whether a coordinate is there. Phones that must not tell the place write zeros, or 0/0."""
    if entry.kind not in _RATIONALS or entry.number < 1:
        return any(tiff.data[entry.at : entry.at + 4])
    at = tiff.number(entry.at)
    return any(tiff.number(n) and tiff.number(n + 4) for n in range(at, at + 24, 8))


def _maker_names_town(tiff: _Tiff, at: int) -> bool:
    length = next((length for mark, length in _MAKERS.items() if tiff.data.startswith(mark, at)), None)
    if length is None:
        return False
    notes, _ = tiff.directory(at + length)
    return any(value.strip(b"\0 -") for value in tiff.values(notes, *_MAKER_PLACES))


def _date(text: bytes) -> dt.datetime | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        # The camera's own time: EXIF seldom says in which zone.
        return dt.datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        return None  # an unset clock writes 0000:00:00 00:00:00
