"""HEIC, the photos of Apple's phones, through pillow-heif where it is installed: the extra ``heic``."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image

from generator.images.heif_tiles import Grid, tiles

if TYPE_CHECKING:
    from pillow_heif import HeifImage

FORMAT = "HEIF"
"""Pillow's name of the format once it can read it."""
SUFFIXES = (".heic", ".heif")
# ISO 23008-12: still pictures coded with HEVC, alone or among others; mif1 does not say how it is coded.
_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")


def is_heic(data: bytes) -> bool:
    """Say whether bytes begin like a HEIC photo."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


@functools.cache
def can_read() -> bool:
    """Teach Pillow to read HEIC; say whether it can."""
    try:
        import pillow_heif
    except ImportError:  # not installed, or its library does not load here
        return False
    # One thread: with four, the memory that a photo takes depends on which of them comes first. Two processes on two
    # cores are a fifth slower for it.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return True


def version() -> str:
    """Return the version that decides which pixels come out, or nothing where it is not installed."""
    import importlib.metadata  # late, as in pixels.codecs

    try:
        return importlib.metadata.version("pillow-heif")
    except importlib.metadata.PackageNotFoundError:
        return ""


def parts(
    data: bytes, size: tuple[int, int], mode: str, step: int
) -> Iterator[tuple[Image.Image, tuple[int, int]]]:
    """Yield the pixels of a photo in upright parts, each with the place of its corner, a multiple of ``step``.

    size, mode: what the file claims. Of a photo in tiles no more than a row of them is ever in memory.
    Raises OSError where the file is not what it claims, and others for bytes that cannot be decoded.
    """
    tiled = tiles(data, size)
    if tiled and mode in ("L", "RGB"):
        yield from _turned(tiled, mode, step)
    else:
        for number, strip in enumerate(strips(data, size, step)):
            yield strip, (0, number * step)


def strips(data: bytes, size: tuple[int, int], height: int) -> Iterator[Image.Image]:
    """Yield the pixels of a photo so many rows at a time: the decoder has them all, but Pillow need not.

    Raises as :func:`parts` does.
    """
    picture = _decoded(data, size)
    pixels, stride = picture.data, picture.stride
    for top in range(0, size[1], height):
        rows = min(height, size[1] - top)
        part = bytes(pixels[top * stride : (top + rows) * stride])
        yield Image.frombytes(picture.mode, (size[0], rows), part, "raw", picture.mode, stride)


def bands(tiled: Grid, mode: str) -> Iterator[Image.Image]:
    """Yield the rows of tiles of a photo, as they are in the file, without what reaches over its edges."""
    for row in range(tiled.rows):
        yield _band(tiled, row, mode)


def _band(tiled: Grid, row: int, mode: str) -> Image.Image:
    rows = min(tiled.tile_height, tiled.height - row * tiled.tile_height)
    band = Image.new(mode, (tiled.width, rows))
    for column, file in enumerate(tiled.files(row)):
        band.paste(_tile(file, (tiled.tile_width, tiled.tile_height), mode), (column * tiled.tile_width, 0))
    return band


def _tile(file: bytes, size: tuple[int, int], mode: str) -> Image.Image:
    picture = _decoded(file, size)
    if picture.mode != mode:
        raise OSError("a tile of other pixels than the file claims")
    return picture.to_pillow()


def _decoded(data: bytes, size: tuple[int, int]) -> HeifImage:
    import pillow_heif

    container = pillow_heif.HeifFile(  # type: ignore[no-untyped-call]  # the library is typed in part
        io.BytesIO(data), convert_hdr_to_8bit=True, hdr_to_16bit=True
    )
    picture = container[container.primary_index]
    picture.load()  # what it says of its size may change with this
    if picture.size != size:
        raise OSError("a picture of another size than the file claims")
    return picture


def _turned(tiled: Grid, mode: str, step: int) -> Iterator[tuple[Image.Image, tuple[int, int]]]:
    # Where the last row becomes the first, only the first strip can be the one that is less than a step.
    first = tiled.height % step if tiled.is_backwards else 0
    top = 0
    for strip in _cut(bands(tiled, mode), first or step, step):
        place = tiled.height - top - strip.height if tiled.is_backwards else top
        top += strip.height
        upright = strip if tiled.turn is None else strip.transpose(tiled.turn)
        yield upright, (place, 0) if tiled.is_sideways else (0, place)


def _cut(rows: Iterator[Image.Image], first: int, height: int) -> Iterator[Image.Image]:
    """Yield rows of pixels anew: ``first`` of them, then ``height`` at a time, as long as there are some."""
    strip, filled, wanted = None, 0, first
    for band in rows:
        top = 0
        while top < band.height:
            strip = strip or Image.new(band.mode, (band.width, wanted))
            taken = min(band.height - top, wanted - filled)
            strip.paste(band.crop((0, top, band.width, top + taken)), (0, filled))
            top, filled = top + taken, filled + taken
            if filled == wanted:
                yield strip
                strip, filled, wanted = None, 0, height
        del band  # before the next is made
    if strip:
        yield strip.crop((0, 0, strip.width, filled))
