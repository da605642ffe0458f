"""Walk the boxes of a HEIC or AVIF to its items (ISO/IEC 14496-12, sections 4.2 and 8.11; ISO/IEC 23008-12).

Nothing is decoded. A box that claims more than what holds it is read as far as that goes, a number beyond the end is 0,
and what is unknown is passed over, as in libheif. Boxes and items share one count, so that no file keeps this busy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_MOST_STEPS = 20_000
"""Boxes, items and parts of items: a photo of a thousand tiles has about 4,000."""
_TOP = (b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"wide", b"uuid", b"mpvd", b"sefd", b"idat")
"""Boxes that a camera writes side by side; the first of another kind is no part of the picture."""
_METADATA = (b"Exif", b"mime")


class Extent(NamedTuple):
    """Where a part of a metadata item lies in the file.   kind: ``Exif``, or ``mime``, which is XMP."""

    kind: bytes
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heif:
    """What the boxes say.   width, height: of the largest picture in the file, 0 where none is given.

    moving: it holds a film.   whole: no box and no item reaches beyond the file's end, and none is missing.   end:
    where the last box ends.
    """

    width: int
    height: int
    moving: bool
    whole: bool
    end: int
    metadata: tuple[Extent, ...]


def read_heif(data: bytes) -> Heif:
    """Read the boxes of a HEIC or AVIF. Never raises."""
    walk, width, height, reach, end = _Walk(data), 0, 0, 0, 0
    seen, metadata = set[bytes](), list[Extent]()
    for kind, start, stop in walk.boxes(0, len(data)):
        if kind not in _TOP:
            break
        reach, end = max(reach, stop), min(stop, len(data))
        if stop > end:
            break
        if kind == b"meta" and kind not in seen:
            width, height = walk.largest_size(start + 4, stop)
            kinds = dict(walk.item_kinds(start + 4, stop))
            for item, offset, length in walk.item_extents(start + 4, stop):
                reach = max(reach, offset + length)
                if kinds.get(item) in _METADATA:
                    metadata.append(Extent(kinds[item], offset, length))
        seen.add(kind)
    return Heif(
        width=width,
        height=height,
        moving=b"moov" in seen,
        whole=reach <= len(data) and {b"meta", b"mdat"} <= seen,
        end=end,
        metadata=tuple(metadata),
    )


class _Walk:
    """A walk through one file, of no more than so many steps."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST_STEPS

    def _step(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self._data[at : at + size], "big")

    def boxes(self, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """Yield type, start of the content, and end of the boxes side by side (14496-12, section 4.2)."""
        while at + 8 <= end and self._step():
            size, header = self._number(at, 4), 8
            if size == 1:
                size, header = self._number(at + 8, 8), 16
            elif size == 0:
                size = end - at
            if size < header:
                return
            yield self._data[at + 4 : at + 8], at + header, at + size
            at += size

    def _inside(self, start: int, end: int, *path: bytes) -> Iterator[tuple[int, int]]:
        """Yield start and end of the contents of all boxes at a path of types."""
        for kind, inner, stop in self.boxes(start, end):
            if kind == path[0] and path[1:]:
                yield from self._inside(inner, min(stop, end), *path[1:])
            elif kind == path[0]:
                yield inner, min(stop, end)

    def largest_size(self, start: int, end: int) -> tuple[int, int]:
        """Return the largest size that any item has: the picture's; its tiles and thumbnail are smaller."""
        places = self._inside(start, end, b"iprp", b"ipco", b"ispe")
        sizes = [(self._number(at + 4, 4), self._number(at + 8, 4)) for at, _ in places]
        return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))

    def item_kinds(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Yield number and type of every item (14496-12, section 8.11.6)."""
        for table, stop in self._inside(start, end, b"iinf"):
            for at, _ in self._inside(table + (8 if self._number(table, 1) else 6), stop, b"infe"):
                wide = 4 if self._number(at, 1) == 3 else 2
                yield self._number(at + 4, wide), self._data[at + wide + 6 : at + wide + 10]

    def item_extents(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield item, offset and length of every part of an item that lies in the file itself (section 8.11.3)."""
        at, end = next(self._inside(start, end, b"iloc"), (end, end))
        version, sizes = self._number(at, 1), self._number(at + 4, 2)
        offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
        index_size = sizes & 15 if version else 0
        wide = 4 if version == 2 else 2
        count, at = self._number(at + 6, wide), at + 6 + wide
        for _ in range(count):
            item, at = self._number(at, wide), at + wide
            method = self._number(at, 2) & 15 if version else 0
            at += 4 if version else 2
            base, at = self._number(at, base_size), at + base_size
            extents, at = self._number(at, 2), at + 2
            for _ in range(extents):
                offset = self._number(at + index_size, offset_size)
                length = self._number(at + index_size + offset_size, length_size)
                at += index_size + offset_size + length_size
                if at > end or not self._step():
                    return
                if not method:
                    yield item, base + offset, length
            if at > end or not self._step():
                return
