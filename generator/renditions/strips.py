"""Large pictures → means of their pixels, strip by strip, so that as little of them as can be is ever in memory.

MiB of a decoding process for one photo of 50 megapixels (``pytest tests/test_pixels.py -k fifty`` holds the first
four): JPEG 63, progressive JPEG 188, PNG 70 to 100, palette PNG 100; interlaced PNG 250; HEIC 270, of which its
decoder takes 250. A WebP takes 800, since Pillow has it as an animation of one frame, and a progressive JPEG in CMYK
430, all of it coefficients. libvips takes 49 for a lossy WebP and 284 for a lossless one, but reads no HEIC: no
phone takes photos as WebP, so that is not worth a second decoder of strangers' bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from generator.renditions import heic, png
from generator.renditions.colour import scalable
from generator.renditions.recipe import Size

_LARGE = 16_000_000
"""Pixels from which on memory counts for more than the last bit of sharpness."""
_BAND = 16
"""Rows that a strip comes to."""


def is_large(source: Image.Image, size: Size) -> bool:
    """Say whether a picture that is to be scaled to ``size`` is better reduced first."""
    return _times(source, size) > 1 and source.width * source.height > _LARGE


def note_exif(source: Image.Image, data: bytes) -> None:
    """Keep a PNG's EXIF from being looked for behind its pixels, with all of them in memory."""
    if source.format == "PNG":
        source.info.setdefault("exif", png.exif(data))


def reduced(source: Image.Image, data: bytes, size: Size) -> Image.Image:
    """Return means of so many pixels as still leave more than ``size``, in a mode that can be scaled.

    That is what a JPEG's decoder does on the way to a smaller picture.   data: the file's bytes.
    """
    times = _times(source, size)
    width, height = -(-source.width // times), -(-source.height // times)
    whole: Image.Image | None = None
    row = 0
    for strip in _strips(source, data, _BAND * times):
        band = scalable(strip).reduce(times)
        if whole is None:
            whole = Image.new(band.mode, (width, height))
        whole.paste(band, (0, row))
        row += band.height
    if whole is None or row != height:
        raise OSError("fewer rows than the header says")
    return whole


def _times(source: Image.Image, size: Size) -> int:
    return min(source.width // size.width, source.height // size.height)


def _strips(source: Image.Image, data: bytes, height: int) -> Iterator[Image.Image]:
    if source.format == "PNG" and png.has_strips(data):
        return png.strips(data, height)
    if source.format == heic.FORMAT:
        return heic.strips(data, source.size, height)
    return _crops(source, height)


def _crops(source: Image.Image, height: int) -> Iterator[Image.Image]:
    source.load()
    for top in range(0, source.height, height):
        yield source.crop((0, top, source.width, min(top + height, source.height)))
