"""Large pictures → means of their pixels, strip by strip, so that as little of them as can be is ever in memory.

MiB of a decoding process for one photo of 50 megapixels: JPEG 76, progressive JPEG 190, PNG 62 to 110, HEIC in tiles
85 to 90, in one piece 150 to 230, WebP 140. :mod:`generator.images.memory` tells them, and those of rarer kinds, beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from generator.images import heic, png
from generator.images.colour import scalable
from generator.images.memory import LARGE, has_strips, large_heic
from generator.images.recipe import Size

_BAND = 16
"""Rows that a strip comes to."""


def is_large(source: Image.Image, size: Size) -> bool:
    """Say whether a picture that is to be scaled to ``size`` is better reduced first."""
    # What gets an alpha channel of its own is held twice.
    twice = source.format == "PNG" and "transparency" in source.info
    return _times(source, size) > 1 and source.width * source.height > (LARGE // 4 if twice else LARGE)


def reduced(source: Image.Image, data: bytes, size: Size) -> Image.Image:
    """Return means of so many pixels as still leave more than ``size``, in a mode that can be scaled.

    That is what a JPEG's decoder does on the way to a smaller picture.   data: the file's bytes.
    """
    if source.format == heic.FORMAT and (single := large_heic(data, source.size)):
        from generator.images import ffmpeg

        return ffmpeg.heic(data, single, size.edge)
    times = _times(source, size)
    width, height = -(-source.width // times), -(-source.height // times)
    whole: Image.Image | None = None
    pixels = 0
    for part, (left, top) in _parts(source, data, _BAND * times):
        means = scalable(part).reduce(times)
        if whole is None:
            whole = Image.new(means.mode, (width, height))
        whole.paste(means, (left // times, top // times))
        pixels += means.width * means.height
    if whole is None or pixels != width * height:
        raise OSError("fewer rows than the header says")
    return whole


def _times(source: Image.Image, size: Size) -> int:
    return min(source.width // size.width, source.height // size.height)


def _parts(source: Image.Image, data: bytes, step: int) -> Iterator[tuple[Image.Image, tuple[int, int]]]:
    """Yield the picture in parts, each with the place of its corner, a multiple of ``step``."""
    if source.format == heic.FORMAT:
        yield from heic.parts(data, source.size, source.mode, step)
        return
    in_strips = source.format == "PNG" and has_strips(data)
    strips = png.strips(data, step) if in_strips else _crops(source, step)
    for number, strip in enumerate(strips):
        yield strip, (0, number * step)


def _crops(source: Image.Image, height: int) -> Iterator[Image.Image]:
    source.load()
    for top in range(0, source.height, height):
        yield source.crop((0, top, source.width, min(top + height, source.height)))
