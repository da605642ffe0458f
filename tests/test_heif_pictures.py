"""HEIC photos in tiles: row by row the very pixels that libheif makes of the whole, in a fraction of its memory.

Every byte may lie: then it is no grid here, or an error, and never a hang.
"""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from generator.images import heic, strips
from generator.images.colour import scalable
from generator.images.develop import Developed, develop
from generator.images.faults import damaged
from generator.images.heif import UnknownHeif, items
from generator.images.heif_tiles import Grid, grid
from generator.images.recipe import RECIPE, Recipe, Size
from tests import heic_tiles
from tests.heic_tiles import ALPHA, GAIN_MAP, Coded, Item, box, coded, full, ispe, nclx, tiled, turned

assert heic.can_read()

EDGE, COLUMNS, ROWS = 64, 3, 4
SIZE = (180, 236)
"""Of a photo of twelve tiles: its last column and row reach over the edges."""
TURNS = (
    (),
    ("irot0",),
    ("irot1",),
    ("irot2",),
    ("irot3",),
    ("imir0",),
    ("imir1",),
    ("irot1", "imir0"),
    ("irot1", "imir1"),
    ("imir0", "irot1"),
    ("imir1", "irot3"),
    ("irot3", "imir0", "irot2"),
    ("irot1", "irot3"),
)


def textured(number: int, size: tuple[int, int] = (EDGE, EDGE)) -> Image.Image:
    small = [Image.effect_noise((size[0] // 4, size[1] // 4), 60 + 9 * number) for _ in range(3)]
    return Image.merge("RGB", small).resize(size, Image.Resampling.BICUBIC)


@cache
def tiles(chroma: int = 420, mode: str = "RGB") -> tuple[Coded, ...]:
    pictures = [textured(number).convert(mode) for number in range(COLUMNS * ROWS)]
    return tuple(coded(picture, chroma=chroma) for picture in pictures)


@cache
def deep_tiles() -> tuple[Coded, ...]:
    def deep(picture: Image.Image) -> pillow_heif.HeifFile:
        values = b"".join(struct.pack("<H", value * 257) for value in picture.tobytes())
        return pillow_heif.from_bytes("RGB;16", picture.size, values)

    return tuple(coded(deep(textured(number))) for number in range(COLUMNS * ROWS))


def photo(*steps: str, of: Sequence[Coded] = (), size: tuple[int, int] = SIZE, **options: Any) -> bytes:
    """Return a photo in tiles, turned by these steps."""
    more = options.pop("of_grid", ())
    return tiled(of or tiles(), COLUMNS, size, of_grid=[*turned(*steps), *more], **options)


def whole(data: bytes) -> Image.Image:
    """Return what libheif makes of a photo at once."""
    container = pillow_heif.HeifFile(  # type: ignore[no-untyped-call]  # the library is typed in part
        io.BytesIO(data), convert_hdr_to_8bit=True, hdr_to_16bit=True
    )
    picture: Image.Image = container[container.primary_index].to_pillow()
    return picture


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def understood(data: bytes) -> Grid:
    found = grid(data)
    assert found is not None
    return found


@pytest.fixture
def never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("decoded as a whole")

    monkeypatch.setattr(heic, "strips", refuse)


def in_parts(data: bytes, step: int = 48) -> Image.Image:
    """Return the photo put together from its parts, each pixel exactly once."""
    source = opened(data)
    put, count = Image.new(source.mode, source.size), 0
    for part, place in heic.parts(data, source.size, source.mode, step):
        assert part.mode == source.mode
        assert place[0] % step == place[1] % step == 0
        put.paste(part, place)
        count += part.width * part.height
    assert count == source.width * source.height
    return put


def same(one: Image.Image, other: Image.Image) -> bool:
    return (one.mode, one.size, one.tobytes()) == (other.mode, other.size, other.tobytes())


# --- the same pixels --------------------------------------------------------------------------------


def test_a_grid_is_told_from_its_boxes() -> None:
    found = understood(photo("irot3"))
    assert repr(found) == (
        "Grid(rows=4, columns=3, width=180, height=236, tile_width=64, tile_height=64, "
        "turn=<Transpose.ROTATE_270: 4>)"
    )
    assert (found.size, found.is_sideways, found.is_backwards) == ((236, 180), True, True)
    assert understood(photo()).size == SIZE


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("steps", TURNS, ids="+".join)
def test_every_turn_gives_the_pixels_of_the_whole(steps: tuple[str, ...]) -> None:
    data = photo(*steps)
    expected = whole(data)
    for step in (1, 48, 64, 100, 300):
        assert same(in_parts(data, step), expected), step
    for times in (2, 3, 7):
        size = Size(width=expected.width // times, height=expected.height // times)
        means = strips.reduced(opened(data), data, size)
        assert same(means, scalable(expected).reduce(times)), times


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("orientation", range(1, 9))
def test_grids_that_libheif_wrote(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    pillow_heif.from_pillow(textured(1, (200, 300))).save(
        out, tile_size=64, exif=exif.tobytes(), thumbnails=[64]
    )
    data = out.getvalue()
    assert (understood(data).rows, understood(data).columns) == (5, 4)
    assert same(in_parts(data), whole(data))


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("size", [(192, 256), (191, 255), (129, 193), (180, 233)])
def test_what_reaches_over_the_edges_is_cut(size: tuple[int, int]) -> None:
    data = photo(size=size)
    assert opened(data).size == size
    assert same(in_parts(data), whole(data))


@pytest.mark.usefixtures("never_whole")
def test_the_formula_of_the_colours_is_the_grids_or_else_the_tiles() -> None:
    seen = set()
    for own, theirs in product((None, nclx(1), nclx(6), nclx(9, whole_range=False), nclx(0)), repeat=2):
        data = photo(of_grid=[own] if own else [], of_tiles=[theirs] if theirs else [])
        expected = whole(data)
        assert same(in_parts(data), expected), (own, theirs)
        seen.add(expected.tobytes())
    assert len(seen) == 4, "the formulas make a difference, and the grid's goes first"


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize(
    "made", [tiles, lambda: tiles(422), lambda: tiles(444), lambda: tiles(420, "L"), deep_tiles]
)
def test_every_kind_of_pixels(made: Callable[[], tuple[Coded, ...]]) -> None:
    data = photo(of=made())
    assert same(in_parts(data), whole(data))


def test_deep_tiles_are_deep() -> None:
    assert opened(photo(of=deep_tiles())).info["bit_depth"] == 10


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("base", [0, 300])
def test_coded_bytes_may_lie_in_pieces(version: int, pieces: int, base: int) -> None:
    data = photo(version=version, pieces=pieces, base=base, near=version > 0)
    assert same(in_parts(data), whole(data))


@pytest.mark.usefixtures("never_whole")
def test_a_gain_map_is_no_alpha() -> None:
    map_ = Item(
        kind=b"hvc1",
        data=tiles()[0].data,
        properties=(*tiles()[0].properties, full(b"auxC", GAIN_MAP + b"\0")),
        references=[(b"auxl", [1])],
    )
    data = photo(more=[map_])
    assert same(in_parts(data), whole(data))


# --- what is left to be decoded whole ---------------------------------------------------------------


def grid_item(data: bytes, references: Sequence[int] = range(2, 14), *more: bytes, **options: Any) -> Item:
    kind = options.get("kind", b"grid")
    return Item(
        kind=kind, data=data, properties=(ispe(*SIZE), *more), references=[(b"dimg", references)], near=True
    )


def of_items(first: Item, *more: Item, tile: bytes = b"hvc1", of_tiles: Sequence[bytes] = ()) -> bytes:
    parts = [Item(kind=tile, data=one.data, properties=(*one.properties, *of_tiles)) for one in tiles()]
    return heic_tiles.written([first, *parts, *more])


LAYOUT = heic_tiles.layout(ROWS, COLUMNS, *SIZE)


def _wrong(tile: Coded, **fields: Any) -> Coded:
    return Coded(**{"size": tile.size, "properties": tile.properties, "data": tile.data, **fields})


def _auxiliary(of: int, kind: bytes = ALPHA) -> Item:
    grey = tiles(420, "L")[0]
    return Item(
        kind=b"hvc1",
        data=grey.data,
        properties=(*grey.properties, full(b"auxC", kind + b"\0")),
        references=[(b"auxl", [of])],
    )


def _clap(*numbers: int) -> bytes:
    return box(b"clap", struct.pack(">8I", *numbers))


LEFT: dict[str, Callable[[], bytes]] = {
    "alpha of the grid": lambda: photo(more=[_auxiliary(1)]),
    "alpha of a tile": lambda: photo(more=[_auxiliary(3)]),
    "an auxiliary picture of unknown kind": lambda: photo(
        more=[Item(kind=b"hvc1", data=b"?", properties=tiles()[0].properties, references=[(b"auxl", [1])])]
    ),
    "cropped": lambda: photo(of_grid=[_clap(100, 1, 100, 1, 0, 1, 0, 1)]),
    "tiles cropped": lambda: photo(of_tiles=[_clap(60, 1, 60, 1, 0, 1, 0, 1)]),
    "tiles turned": lambda: photo(of_tiles=turned("irot2")),
    "tiles mirrored": lambda: photo(of_tiles=turned("imir0")),
    "a property unknown and essential": lambda: photo(of_grid=[box(b"iscl", bytes(8))], essential=b"iscl"),
    "tiles with such a property": lambda: photo(of_tiles=[box(b"lsel", bytes(2))], essential=b"lsel"),
    "an overlay": lambda: of_items(grid_item(LAYOUT, kind=b"iovl")),
    "another codec": lambda: of_items(grid_item(LAYOUT), tile=b"av01"),
    "grids in a grid": lambda: of_items(grid_item(LAYOUT), tile=b"grid"),
    "tiles of odd sizes": lambda: photo(
        of=[_wrong(one, properties=(ispe(63, 64), one.properties[0])) for one in tiles()]
    ),
    "turned, of an odd height": lambda: photo("irot2", size=(180, 233)),
    "turned to and fro, of an odd width": lambda: photo("irot1", "irot3", size=(179, 236)),
    "turned, with half the colour": lambda: photo("irot1", of=tiles(422)),
    "one picture": lambda: heic_tiles.written(
        [Item(kind=b"hvc1", data=tiles()[0].data, properties=tiles()[0].properties)]
    ),
}


@pytest.mark.parametrize("kind", LEFT)
def test_uncommon_kinds_are_no_grid(kind: str) -> None:
    assert grid(LEFT[kind]()) is None


def test_uncommon_kinds_are_decoded_whole() -> None:
    for kind in (
        "alpha of the grid",
        "tiles turned",
        "turned, of an odd height",
        "turned, with half the colour",
    ):
        data = LEFT[kind]()
        assert same(in_parts(data), whole(data)), kind
    assert opened(LEFT["alpha of the grid"]()).mode == "RGBA"


def test_few_large_tiles_are_decoded_whole_when_that_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "bands", lambda *_: [])
    large = tiled([coded(textured(1, (256, 128)))] * 2, 1, (256, 256))
    assert not understood(large).saves_memory
    assert same(in_parts(large), whole(large))
    assert understood(photo()).saves_memory


# --- lies -------------------------------------------------------------------------------------------


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1
    return data.replace(old, new)


def _length_of(kind: bytes, length: int) -> bytes:
    data = photo()
    at = data.index(kind) - 4
    return data[:at] + struct.pack(">I", length) + data[at + 4 :]


def _told(*boxes: bytes) -> bytes:
    return full(b"meta", full(b"pitm", b"\0\1"), full(b"iinf", b"\0\0"), *boxes)


def _associated(number: int) -> bytes:
    """Return a photo whose grid has a second property of this number in the list of all."""
    own = b"ipma" + struct.pack(">IIHBB", 0, 13, 1, 2, 1)
    return changed(photo(of_grid=[nclx(6)]), own + b"\2", own + bytes((number,)))


DIMG = b"dimg" + struct.pack(">HH", 1, 12)
LIES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a beginning": lambda: photo()[:40],
    "cut among the boxes": lambda: photo()[:600],
    "cut in the pixels": lambda: photo()[: -len(tiles()[-1].data) // 2],
    "a row too many": lambda: of_items(grid_item(heic_tiles.layout(ROWS + 1, COLUMNS, *SIZE))),
    "columns of 256": lambda: of_items(grid_item(heic_tiles.layout(256, 256, *SIZE))),
    "no width": lambda: of_items(grid_item(heic_tiles.layout(ROWS, COLUMNS, 0, 236))),
    "another size than said": lambda: of_items(grid_item(heic_tiles.layout(ROWS, COLUMNS, 180, 230))),
    "a grid cut short": lambda: of_items(grid_item(LAYOUT[:6])),
    "a grid of another version": lambda: of_items(grid_item(b"\1" + LAYOUT[1:])),
    "tiles that do not cover it": lambda: photo(size=(200, 236)),
    "tiles beside it": lambda: photo(size=(120, 236)),
    "a tile that is missing": lambda: of_items(grid_item(LAYOUT, [*range(2, 13), 99])),
    "a grid of itself": lambda: of_items(grid_item(LAYOUT, [1] * 12)),
    "tiles that share their bytes": lambda: heic_tiles.written(
        [
            grid_item(LAYOUT, [2] * 12),
            Item(kind=b"hvc1", data=tiles()[0].data, properties=tiles()[0].properties),
        ]
    ),
    "no tiles": lambda: of_items(grid_item(LAYOUT, [])),
    "no properties": lambda: _told(box(b"iprp")),
    "a list that is longer than its box": lambda: changed(photo(), DIMG, DIMG[:-2] + b"\xff\xff"),
    "one tile of another size": lambda: photo(of=[*tiles()[:-1], coded(textured(1, (64, 128)))]),
    "bytes beyond the end": lambda: photo() and photo(base=0)[:-10],
    "a box longer than the file": lambda: _length_of(b"iprp", 2**31),
    "a box shorter than its head": lambda: _length_of(b"iinf", 4),
    "boxes without end": lambda: photo()[:24] + bytes(4) + b"free" + struct.pack(">I", 8) + b"free" * 9,
    "empty boxes by the thousand": lambda: photo()[:24] + box(b"free") * 100_000,
    "told of too much": lambda: photo(of_grid=[box(b"free", bytes(300_000))]),
    "a property that is not there": lambda: _associated(127),
    "a property of no number": lambda: _associated(0),
    "numbers of another width": lambda: photo().replace(b"ipma\0\0\0\0", b"ipma\0\0\0\1"),
    "places without lengths": lambda: changed(photo(), b"iloc\1\0\0\0\x44\x40", b"iloc\1\0\0\0\x40\x40"),
    "places by the billion": lambda: _told(
        box(b"iprp", box(b"ipco")),
        full(b"iloc", b"\0\0\x9c\x40", *(struct.pack(">HHH", n, 0, 0xFFFF) for n in range(40_000))),
    ),
}


@pytest.mark.parametrize("kind", LIES)
def test_lies_are_no_grid(kind: str) -> None:
    data = LIES[kind]()
    begun = time.process_time()
    assert grid(data) is None
    assert time.process_time() - begun < 1


SMALL = Recipe(edges=(80, 40), fallback_edge=40)


@pytest.fixture
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "LARGE", 0)


HARMED: dict[str, Callable[[], Sequence[Coded]]] = {
    "a tile larger than it says": lambda: [
        *tiles()[:-1],
        _wrong(
            coded(textured(1, (128, 128))),
            properties=(ispe(64, 64), *coded(textured(1, (128, 128))).properties[:1]),
        ),
    ],
    "a tile of zeros": lambda: [*tiles()[:5], _wrong(tiles()[5], data=bytes(500)), *tiles()[6:]],
    "half a tile": lambda: [*tiles()[:-1], _wrong(tiles()[-1], data=tiles()[-1].data[:40])],
    "a grey tile": lambda: [*tiles()[:-1], tiles(420, "L")[0]],
}


@pytest.mark.usefixtures("all_are_large", "never_whole")
@pytest.mark.parametrize("kind", HARMED)
def test_a_harmed_tile_is_a_harmed_photo(kind: str) -> None:
    data = photo(of=HARMED[kind]())
    assert understood(data).saves_memory
    assert develop(data, "a.heic", SMALL) == damaged()


def test_parts_that_are_missing_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    data = photo()
    monkeypatch.setattr(heic, "parts", lambda *_: iter([(Image.new("RGB", (180, 64)), (0, 0))]))
    with pytest.raises(OSError, match="fewer rows"):
        strips.reduced(opened(data), data, Size(width=90, height=118))


@pytest.mark.usefixtures("all_are_large", "never_whole")
def test_a_photo_is_developed_from_its_tiles() -> None:
    made = develop(photo("irot3"), "a.heic", SMALL)
    assert isinstance(made, Developed)
    assert [(one.size.width, one.size.height) for one in made.sizes] == [(80, 61), (40, 30)]


@pytest.mark.usefixtures("all_are_large")
def test_any_byte_may_lie() -> None:
    """Whatever a changed byte makes of a photo: an end, soon, and no other pixels than libheif gives."""
    chosen = random.Random(1)  # noqa: S311  # the same bytes each time
    sound = photo("irot3", of_grid=[nclx(6)], of_tiles=[nclx(1)])
    told = sound.index(b"mdat")
    grids = 0
    for number in range(2000):
        data = bytearray(sound)
        for _ in range(chosen.choice((1, 1, 2))):
            data[chosen.randrange(8, told)] = chosen.choice((0, 1, 0x7F, 0xFF, chosen.randrange(256)))
        found = grid(bytes(data))
        if found is None:
            continue
        grids += 1
        if number % 20 == 0:
            _like_the_whole(bytes(data))
    assert 200 < grids < 1800


def _like_the_whole(data: bytes) -> None:
    try:
        parts, expected = in_parts(data), whole(data)
    except AssertionError:
        raise
    except Exception:  # as pixels has it: decoders raise almost anything
        return
    assert same(parts, expected)


def test_items_say_why() -> None:
    with pytest.raises(UnknownHeif, match="no items"):
        items(b"\0\0\0\x08free")
    with pytest.raises(UnknownHeif, match="missing"):
        items(full(b"meta", b""))
    for kind, length in ((b"iprp", 2**31), (b"iinf", 4), (b"meta", 0)):
        with pytest.raises(UnknownHeif, match="longer than what holds it"):
            items(_length_of(kind, length))
    with pytest.raises(UnknownHeif, match="ends early"):
        items(LIES["a list that is longer than its box"]())
    with pytest.raises(UnknownHeif, match="more boxes"):
        items(LIES["empty boxes by the thousand"]())


# --- memory -----------------------------------------------------------------------------------------

PEAK = """
import re, sys
from pathlib import Path
from generator.images.develop import Developed, develop
from generator.images.recipe import RECIPE
photo = Path(sys.argv[1])
assert isinstance(develop(photo.read_bytes(), photo.name, RECIPE), Developed)
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("step", ["irot0", "irot3"])
def test_fifty_megapixels_in_tiles_fit_into_ninety_six_megabytes(tmp_path: Path, step: str) -> None:
    size, tile = (8064, 6048), coded(textured(1, (512, 512)), quality=40)
    data = tiled([tile] * 192, 16, size, of_grid=turned(step))
    assert strips.is_large(opened(data), RECIPE.sizes(*size)[0])
    written = tmp_path / "tiles.heic"
    written.write_bytes(data)
    command = [sys.executable, "-c", PEAK, str(written)]
    root = Path(__file__).resolve().parent.parent
    peak = int(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout)
    # The picture alone would be 186 MiB in Pillow, and 140 in its decoder.
    assert peak * 1024**2 <= 96 * 1000**2, peak
