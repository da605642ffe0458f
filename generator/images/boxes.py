"""HEIC and AVIF: a file of nested boxes (ISO 14496-12, 23008-12) → size, metadata and where it ends. Never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from generator.images.exif import read_exif
from generator.images.notes import read_packet
from generator.images.told import NOTHING, Told

_MOST_BOXES = 4096
_MOST_PARTS, _LONGEST_PART = 16, 1 << 20
_TOP = (b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"wide", b"uuid", b"mpvd", b"sefd", b"idat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """What the boxes say; ``end`` is where the last of them ends, ``moving`` that it holds a film."""

    width: int
    height: int
    moving: bool
    whole: bool
    end: int
    told: Told
    metadata: int


def read_boxes(data: bytes) -> Boxed:
    """Read the boxes of a HEIC or AVIF file."""
    width = height = metadata = end = 0
    told, seen, whole = NOTHING, set(), True
    for kind, start, stop in _boxes(data, 0, len(data)):
        if kind not in _TOP:
            break
        seen.add(kind)
        if stop > len(data):
            whole, end = False, len(data)
            break
        end = stop
        if kind == b"meta" and not any((width, height, metadata)):
            width, height = _size(data, start, stop)
            told, metadata, reach = _items(data, start, stop)
            whole = whole and reach <= len(data)
    return Boxed(
        width=width,
        height=height,
        moving=b"moov" in seen,
        whole=whole and {b"meta", b"mdat"} <= seen,
        end=end,
        told=told,
        metadata=metadata,
    )


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (type, start of content, end) of the boxes side by side; a box may claim more than there is."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, header = _number(data, at, 4), 8
        if size == 1:
            size, header = _number(data, at + 8, 8), 16
        elif size == 0:
            size = end - at
        if size < header:
            return
        yield data[at + 4 : at + 8], at + header, at + size
        at += size


def _inside(data: bytes, start: int, end: int, kind: bytes) -> Iterator[tuple[int, int]]:
    for found, inner, stop in _boxes(data, start, end):
        if found == kind:
            yield inner, min(stop, end)


def _size(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the largest size that any item has: the picture's; its tiles and thumbnail are smaller."""
    sizes = [
        (_number(data, at + 4, 4), _number(data, at + 8, 4))
        for properties, stop in _inside(data, start + 4, end, b"iprp")
        for container, last in _inside(data, properties, stop, b"ipco")
        for at, _ in _inside(data, container, last, b"ispe")
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))


def _items(data: bytes, start: int, end: int) -> tuple[Told, int, int]:
    """Return what the EXIF and XMP items tell, their length, and how far the items reach into the file."""
    kinds: dict[int, bytes] = {}
    for table, stop in _inside(data, start + 4, end, b"iinf"):
        first = table + (6 if data[table : table + 1] == b"\0" else 8)
        for at, _ in _inside(data, first, stop, b"infe"):
            wide = data[at : at + 1] == b"\3"
            kinds[_number(data, at + 4, 4 if wide else 2)] = data[at + (10 if wide else 8) :][:4]
    told, metadata, reach, parts = NOTHING, 0, 0, 0
    table, stop = next(_inside(data, start + 4, end, b"iloc"), (end, end))
    for item, offset, length in islice(_places(data, table, stop), _MOST_BOXES):
        reach = max(reach, offset + length)
        if kinds.get(item) in (b"Exif", b"mime"):
            metadata += length
            parts += 1
            if parts <= _MOST_PARTS:
                part = data[offset : offset + min(length, _LONGEST_PART)]
                exif = kinds[item] == b"Exif"
                told = told | (read_exif(part[4 + _number(part, 0, 4) :]) if exif else read_packet(part))
    return told, metadata, reach


def _places(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield (item, offset in the file, length) of every part of every item that lies in the file itself."""
    version = _number(data, at, 1)
    sizes = _number(data, at + 4, 2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    count, at = _number(data, at + 6, wide), at + 6 + wide
    left = _MOST_BOXES  # hostile parts may take no room at all
    for _ in range(min(count, _MOST_BOXES)):
        item, at = _number(data, at, wide), at + wide
        method = 0
        if version:
            method, at = _number(data, at, 2) & 15, at + 2
        base, at = _number(data, at + 2, base_size), at + 2 + base_size
        extents, at = _number(data, at, 2), at + 2
        for _ in range(min(extents, left)):
            left -= 1
            offset = _number(data, at + index_size, offset_size)
            length = _number(data, at + index_size + offset_size, length_size)
            at += index_size + offset_size + length_size
            if at > end:
                return
            if not method:
                yield item, base + offset, length
