"""HEIC photos → how they are coded: in tiles, as phones write them, each a small HEIC file of its own, or in one piece.

Of a picture in tiles pillow-heif gives the whole or nothing, which takes 250 MiB for 50 megapixels. The coded bytes of a
tile stand in its file as they stood; decoded and put side by side, tiles are the pixels of the whole, to the last
bit. What is not of the common kind is no grid here, and left to be decoded whole.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

from generator.images.heif import Items, Property, UnknownHeif, items

_MOST_TILES = 1000
"""As many as libheif takes; each has a decoder of its own."""
_ROW_PIXEL, _TILE_PIXEL, _WHOLE_PIXEL = 4, 9, 5
"""Bytes of a pixel: in the row of tiles at hand; in one tile, on its way through the decoder; in the whole at once."""

_TILE = b"hvc1"
_SEEN = {b"hvcC", b"ispe", b"pixi", b"colr"}
"""Properties that a decoder looks at."""
_TURNING = {b"irot", b"imir"}
_IDLE = {b"pasp", b"clli", b"mdcv", b"cclv", b"amve"}
"""Properties that may be called essential and change no pixel."""
_ALPHA = (
    b"urn:mpeg:avc:2015:auxid:1",
    b"urn:mpeg:hevc:2015:auxid:1",
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
)

_SAMPLES = (1.0, 1.5, 2.0, 3.0)
"""Of a pixel, by that word: grey, colour with a fourth or half of the pixels, or with all."""
FORMULAS = (1, 2, 5, 6)
"""BT.709, unspecified, BT.601 twice."""
_LUMA_BITS = 17
"""Where hvcC tells of how many bits more than 8 brightness has (ISO/IEC 14496-15)."""
_CHROMA, _HALF = 16, 2
"""Where hvcC tells how the colour is coded, and its word for half the pixels, beside each other (ISO/IEC 14496-15)."""

_ROTATED = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
_MIRRORED = (Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_LEFT_RIGHT)
_CORNERS = Image.frombytes("L", (2, 2), bytes(range(4)))
_SIDEWAYS = (
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)
_BACKWARDS = (
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSVERSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A picture in rows of equal tiles, the last of which may reach over its edges.

    width, height: before ``turn``, which is what remains to be done to it.
    """

    rows: int
    columns: int
    width: int
    height: int
    tile_width: int
    tile_height: int
    turn: Image.Transpose | None = None
    _tiles: tuple[_Tile, ...] = field(repr=False)

    @property
    def is_sideways(self) -> bool:
        """Whether its rows are columns when it is upright."""
        return self.turn in _SIDEWAYS

    @property
    def is_backwards(self) -> bool:
        """Whether its first row is the last row or column when it is upright."""
        return self.turn in _BACKWARDS

    @property
    def size(self) -> tuple[int, int]:
        """Width and height when it is upright."""
        return (self.height, self.width) if self.is_sideways else (self.width, self.height)

    @property
    def needed(self) -> int:
        """About how many bytes it takes to decode it row by row."""
        row, tile = self.width * self.tile_height, self.tile_width * self.tile_height
        return _ROW_PIXEL * row + _TILE_PIXEL * tile

    @property
    def saves_memory(self) -> bool:
        """Whether that is less than the whole takes at once."""
        return self.needed < _WHOLE_PIXEL * self.width * self.height

    def files(self, row: int) -> Iterator[bytes]:
        """Yield the tiles of a row, from the left, each as a HEIC file."""
        for tile in self._tiles[row * self.columns : (row + 1) * self.columns]:
            yield tile.file()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tile:
    pieces: tuple[memoryview, ...]
    seen: tuple[Property, ...]

    @property
    def chroma(self) -> int:
        """How much of the colour is coded."""
        return next(one.data[_CHROMA] & 3 for one in self.seen if one.kind == b"hvcC")

    def file(self) -> bytes:
        head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
        length = sum(map(len, self.pieces))
        # The boxes are as long wherever the coded bytes lie.
        start = len(head) + len(self._boxes(0, length)) + 8
        return head + self._boxes(start, length) + _box(b"mdat", *self.pieces)

    def _boxes(self, start: int, length: int) -> bytes:
        told = bytearray()
        for number, one in enumerate(self.seen, 1):
            told.append(number | one.essential << 7)
        return _box(
            b"meta",
            bytes(4),
            _box(b"hdlr", bytes(8), b"pict", bytes(13)),
            _box(b"pitm", struct.pack(">IH", 0, 1)),
            # Sizes of the fields; one item, in this file, in one piece.
            _box(b"iloc", struct.pack(">IHHHHHII", 0, 0x4400, 1, 1, 0, 1, start, length)),
            _box(
                b"iinf",
                struct.pack(">IH", 0, 1),
                _box(b"infe", struct.pack(">IHH", 2 << 24, 1, 0), _TILE, b"\0"),
            ),
            _box(
                b"iprp",
                _box(b"ipco", *(_box(one.kind, one.data) for one in self.seen)),
                _box(b"ipma", struct.pack(">IIHB", 0, 1, 1, len(told)), told),
            ),
        )


def tiles(data: bytes, size: tuple[int, int]) -> Grid | None:
    """Return the tiles of a HEIC photo that is better decoded by them.   size: what it claims, upright or not."""
    found = grid(data)
    return found if found and found.saves_memory and sorted(found.size) == sorted(size) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A picture of one piece, of 8 bits a channel.

    number: its item's.   width, height: before ``turn``, which is what remains to be done to it.
    formula: by which its YCbCr became of RGB (ISO/IEC 23091-2, matrix coefficients) and whether of the whole range,
    where the file says so. It goes before what the coded bytes say.
    """

    number: int
    width: int
    height: int
    turn: Image.Transpose | None = None
    formula: tuple[int, bool] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height when it is upright."""
        return (self.height, self.width) if self.turn in _SIDEWAYS else (self.width, self.height)


def size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a HEIC photo before it is turned; None where they cannot be told."""
    try:
        found = items(data)
        return _size(found, found.primary)
    except UnknownHeif:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How the pixels of a picture, or of its first tile, are coded.

    samples: numbers of a pixel, which is 3 where colour is as fine as brightness.   deep: of more than 8 bits.
    clear: with an alpha channel.
    """

    samples: float
    deep: bool
    clear: bool


def coding(data: bytes) -> Coding | None:
    """Return how a HEIC photo is coded; None where it cannot be told."""
    try:
        found = items(data)
        numbers = [
            told.targets for told in found.references if (told.kind, told.source) == (b"dimg", found.primary)
        ]
        pictures = {found.primary, *(numbers[0] if numbers else ())}
        coded = _coded(found, numbers[0][0] if numbers and numbers[0] else found.primary)
        samples = _SAMPLES[coded[_CHROMA] & 3]
        return Coding(samples=samples, deep=bool(coded[_LUMA_BITS] & 7), clear=_has_alpha(found, pictures))
    except UnknownHeif:
        return None


def _coded(found: Items, number: int) -> memoryview:
    """Return what a decoder is told of an item's coded bytes."""
    told = found.named(number, b"hvcC")
    if len(told) != 1 or len(told[0].data) <= _LUMA_BITS:
        raise UnknownHeif("a picture that nobody can decode")
    return told[0].data


def single(data: bytes) -> Single | None:
    """Return what there is to know of a HEIC photo of one piece; None where it is none, or uncommon."""
    try:
        return _single(items(data))
    except UnknownHeif:
        return None


def _single(found: Items) -> Single:
    number = found.primary
    if found.kinds.get(number) != _TILE or number not in found.pieces or _has_alpha(found, {number}):
        raise UnknownHeif("no picture of one piece")
    if _coded(found, number)[_LUMA_BITS] & 7:
        raise UnknownHeif("more than 8 bits")
    width, height = _size(found, number)
    nclx = _nclx(found, number)
    if nclx and len(nclx.data) < 11:
        raise UnknownHeif("a formula of another length")
    formula = (int.from_bytes(nclx.data[8:10], "big"), bool(nclx.data[10] & 0x80)) if nclx else None
    if formula and formula[0] not in FORMULAS:
        raise UnknownHeif("an uncommon formula")
    return Single(number=number, width=width, height=height, turn=_at_once(_turns(found)), formula=formula)


def grid(data: bytes) -> Grid | None:
    """Return the tiles of a HEIC photo; None where it is none in tiles, or anything about it is uncommon."""
    try:
        return _grid(items(data), len(data))
    except UnknownHeif:
        return None


def _grid(found: Items, most: int) -> Grid:
    parts = [
        told.targets for told in found.references if (told.kind, told.source) == (b"dimg", found.primary)
    ]
    if found.kinds.get(found.primary) != b"grid" or len(parts) != 1:
        raise UnknownHeif("no grid")
    rows, columns, width, height = _layout(b"".join(found.pieces.get(found.primary, ())))
    numbers = parts[0]
    if len(numbers) != rows * columns or len(numbers) > _MOST_TILES:
        raise UnknownHeif("another count of tiles")
    if _has_alpha(found, {found.primary, *numbers}):
        raise UnknownHeif("pixels that are clear")
    if _size(found, found.primary) != (width, height):
        raise UnknownHeif("two sizes")
    across, down = _size(found, numbers[0])
    # Where colour has half the pixels, tiles of odd sizes would meet in the middle of one.
    if (
        across % 2
        or down % 2
        or not all(
            (count - 1) * tile < side <= count * tile
            for count, tile, side in ((columns, across, width), (rows, down, height))
        )
    ):
        raise UnknownHeif("tiles that are not the picture")
    own = _nclx(found, found.primary)
    turns = _turns(found)
    tiles = tuple(_tile(found, number, (across, down), own) for number in numbers)
    if sum(len(piece) for tile in tiles for piece in tile.pieces) > most:
        raise UnknownHeif("tiles that share their bytes")
    if turns and (width % 2 or height % 2 or any(tile.chroma == _HALF for tile in tiles)):
        # libheif turns before it makes RGB, which is not the same where colour's pixels do not come out even.
        raise UnknownHeif("a turn that changes pixels")
    return Grid(
        rows=rows,
        columns=columns,
        width=width,
        height=height,
        tile_width=across,
        tile_height=down,
        turn=_at_once(turns),
        _tiles=tiles,
    )


def _layout(data: bytes) -> tuple[int, int, int, int]:
    """Return rows, columns, width and height of a grid."""
    form = struct.Struct(">BBBBII" if data[1:2] == b"\1" else ">BBBBHH")
    if len(data) != form.size:
        raise UnknownHeif("a grid of another length")
    version, flags, rows, columns, width, height = form.unpack(data)
    if version or flags > 1:
        raise UnknownHeif("a grid of another version")
    return rows + 1, columns + 1, width, height


def _has_alpha(found: Items, numbers: set[int]) -> bool:
    for told in found.references:
        if told.kind == b"auxl" and numbers.intersection(told.targets):
            kinds = [bytes(one.data[4:]).partition(b"\0")[0] for one in found.named(told.source, b"auxC")]
            if len(kinds) != 1 or kinds[0] in _ALPHA:
                return True
    return False


def _size(found: Items, number: int) -> tuple[int, int]:
    told = found.named(number, b"ispe")
    if len(told) != 1 or len(told[0].data) != 12:
        raise UnknownHeif("no size, or several")
    width, height = struct.unpack(">4xII", told[0].data)
    return width, height


def _nclx(found: Items, number: int) -> Property | None:
    """Return what an item says of how its YCbCr became of RGB. Its ICC profile changes no pixel here."""
    told = [one for one in found.named(number, b"colr") if bytes(one.data[:4]) == b"nclx"]
    if len(told) > 1:
        raise UnknownHeif("several formulas")
    return told[0] if told else None


def _tile(found: Items, number: int, size: tuple[int, int], nclx: Property | None) -> _Tile:
    """Return one tile.   nclx: the grid's own, which goes before the tile's."""
    if found.kinds.get(number) != _TILE or number not in found.pieces or _size(found, number) != size:
        raise UnknownHeif("a tile of another kind")
    _hold_only(found, number, _SEEN | _IDLE)
    nclx = nclx or _nclx(found, number)
    _coded(found, number)
    seen = [one for one in found.properties[number] if one.kind in _SEEN and one.kind != b"colr"]
    return _Tile(pieces=found.pieces[number], seen=(*seen, nclx) if nclx else tuple(seen))


def _turns(found: Items) -> list[Image.Transpose]:
    """Return what is to be done to the picture, step by step."""
    _hold_only(found, found.primary, _SEEN | _IDLE | _TURNING)
    steps = []
    for one in found.properties[found.primary]:
        if one.kind in _TURNING:
            if len(one.data) != 1:
                raise UnknownHeif("a turn of another length")
            steps.append(_ROTATED[one.data[0] & 3] if one.kind == b"irot" else _MIRRORED[one.data[0] & 1])
    return [step for step in steps if step is not None]


def _at_once(turns: list[Image.Transpose]) -> Image.Transpose | None:
    """Return the one turn that several come to."""
    corners = _CORNERS
    for turn in turns:
        corners = corners.transpose(turn)
    if corners == _CORNERS:
        return None
    return next(turn for turn in Image.Transpose if _CORNERS.transpose(turn) == corners)


def _hold_only(found: Items, number: int, kinds: set[bytes]) -> None:
    for one in found.properties.get(number, ()):
        # libheif crops and turns by these, whether they are called essential or not.
        if (one.essential or one.kind in _TURNING | {b"clap"}) and one.kind not in kinds:
            raise UnknownHeif("a property that changes pixels")


def _box(kind: bytes, *parts: bytes | bytearray | memoryview) -> bytes:
    return struct.pack(">I4s", 8 + sum(map(len, parts)), kind) + b"".join(parts)
