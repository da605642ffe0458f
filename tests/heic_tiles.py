"""A writer of HEIC photos in tiles, for tests: every field can be chosen, also as no camera would write it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pillow_heif
from PIL import Image

from generator.images.heif import items

ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
GAIN_MAP = b"urn:com:apple:photo:2020:aux:hdrgainmap"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24), *parts)


def ispe(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">II", width, height))


def nclx(matrix: int, *, whole_range: bool = True) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", 1, 13, matrix, whole_range << 7))


def turned(*steps: str) -> list[bytes]:
    """Return the properties that turn a picture, such as irot3 and imir0."""
    return [box(step[:4].encode(), bytes((int(step[4]),))) for step in steps]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item.   properties: whole boxes.   references: the kind, and the items' numbers, which count from 1."""

    kind: bytes
    data: bytes
    properties: Sequence[bytes] = ()
    references: Sequence[tuple[bytes, Sequence[int]]] = ()
    near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A picture as its coder wrote it."""

    size: tuple[int, int]
    properties: tuple[bytes, ...] = field(repr=False)
    data: bytes = field(repr=False)


def coded(picture: Image.Image | pillow_heif.HeifFile, **options: Any) -> Coded:
    """Return a picture coded as a tile, without what tells of its colours: the writer chooses that."""
    out = io.BytesIO()
    made = pillow_heif.from_pillow(picture) if isinstance(picture, Image.Image) else picture
    made.save(out, **{"quality": 80, **options})
    found = items(out.getvalue())
    number = found.primary
    kept = [one for one in found.properties[number] if one.kind in (b"hvcC", b"ispe", b"pixi")]
    return Coded(
        size=made.size,
        properties=tuple(box(one.kind, bytes(one.data)) for one in kept),
        data=b"".join(found.pieces[number]),
    )


def layout(rows: int, columns: int, width: int, height: int, *, wide: bool = False) -> bytes:
    """Return the bytes of a grid."""
    return struct.pack(">BBBB", 0, wide, rows - 1, columns - 1) + struct.pack(
        ">II" if wide else ">HH", width, height
    )


def tiled(
    tiles: Sequence[Coded],
    columns: int,
    size: tuple[int, int],
    *,
    of_grid: Sequence[bytes] = (),
    of_tiles: Sequence[bytes] = (),
    more: Sequence[Item] = (),
    near: bool = True,
    **options: Any,
) -> bytes:
    """Return a photo in tiles.

    of_grid, of_tiles: further properties.   near: the grid stands among the boxes.   options: of :func:`written`.
    """
    grid = Item(
        kind=b"grid",
        data=layout(len(tiles) // columns, columns, *size),
        properties=(ispe(*size), *of_grid),
        references=[(b"dimg", range(2, 2 + len(tiles)))],
        near=near,
    )
    parts = [Item(kind=b"hvc1", data=one.data, properties=(*one.properties, *of_tiles)) for one in tiles]
    return written([grid, *parts, *more], **options)


def written(
    parts: Sequence[Item], *, version: int = 1, pieces: int = 1, base: int = 0, essential: bytes = b""
) -> bytes:
    """Return a file of these items, the first of them its picture.

    version, pieces, base: of the list of where the items lie, in how many pieces, counted from where.
    essential: kinds of properties that are called so besides those that always are.
    """
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    known = list(dict.fromkeys(one for part in parts for one in part.properties))
    near = b"".join(part.data for part in parts if part.near)
    far = b"".join(part.data for part in parts if not part.near)

    def meta(start: int) -> bytes:
        return full(
            b"meta",
            full(b"hdlr", bytes(4), b"pict", bytes(13)),
            full(b"pitm", struct.pack(">H", 1)),
            full(
                b"iinf",
                struct.pack(">H", len(parts)),
                *(
                    full(b"infe", struct.pack(">HH", number, 0), part.kind, b"\0", version=2)
                    for number, part in enumerate(parts, 1)
                ),
            ),
            full(
                b"iref",
                *(
                    box(
                        kind,
                        struct.pack(">HH", number, len(targets)),
                        *(struct.pack(">H", n) for n in targets),
                    )
                    for number, part in enumerate(parts, 1)
                    for kind, targets in part.references
                ),
            ),
            box(
                b"iprp",
                box(b"ipco", *known),
                full(
                    b"ipma",
                    struct.pack(">I", len(parts)),
                    *(_associated(number, part, known, essential) for number, part in enumerate(parts, 1)),
                ),
            ),
            box(b"idat", near),
            full(
                b"iloc",
                struct.pack(">BB", 0x44, 0x40),
                struct.pack(">I" if version == 2 else ">H", len(parts)),
                *_places(parts, start, version, pieces, base),
                version=version,
            ),
        )

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", far)


def _associated(number: int, part: Item, known: list[bytes], essential: bytes) -> bytes:
    told = [
        known.index(one) + 1 | (one[4:8] in b"hvcC irot imir" + essential) << 7 for one in part.properties
    ]
    return struct.pack(">HB", number, len(told)) + bytes(told)


def _places(parts: Sequence[Item], start: int, version: int, pieces: int, base: int) -> Iterable[bytes]:
    near, far = 0, start
    for number, part in enumerate(parts, 1):
        if version == 0 and part.near:
            raise ValueError("version 0 has no items among the boxes")
        own = min(base, near if part.near else far)
        at = (near if part.near else far) - own
        yield struct.pack(">I" if version == 2 else ">H", number)
        yield struct.pack(">H", part.near) if version else b""
        cuts = (
            [len(part.data) * n // pieces for n in range(pieces + 1)]
            if not part.near
            else [0, len(part.data)]
        )
        yield struct.pack(">HIH", 0, own, len(cuts) - 1)
        for begin, end in pairwise(cuts):
            yield struct.pack(">II", at + begin, end - begin)
        if part.near:
            near += len(part.data)
        else:
            far += len(part.data)
