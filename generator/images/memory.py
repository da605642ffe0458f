"""Bytes of a photo → how much memory decoding it takes, told from its header: none is begun that would take too much.

A decoding process takes 1 GiB at most, which is enough for every photo within the limits of bytes and pixels that the
check and the build know. ``pytest tests/test_photo_memory.py`` holds these numbers to processes' real peaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.images.jpeg import jpeg_frame
from generator.images.png_webp import png_clear, png_head, webp_head

if TYPE_CHECKING:
    from generator.images.heif_tiles import Coding, Single

MOST = 1024**3
"""Bytes that a decoding process may take."""

LARGE = 16_000_000
"""Pixels from which on memory counts for more than the last bit of sharpness."""
_EDGE = 1600
"""Pixels of the longer side that the site wants of a photo at most."""
_MIB = 1024 * 1024
_BARE = 46 * _MIB
"""What a decoding process takes besides the picture, FFmpeg's libraries in it."""
_PROCESS = 72 * _MIB
"""The same with what comes of the picture, where that is not told apart."""
_STRIPS = 16 * _MIB
"""What it takes for a few rows of a PNG at a time."""
_HEIC = 64 * _MIB
"""What it takes where libheif decodes, besides the picture."""
_FFMPEG = 80 * _MIB
"""What it takes where FFmpeg decodes, besides the picture."""
_PILLOW_RGB = 4
_IN_HAND = 8  # that, three as FFmpeg takes it, and what is on its way
_COEFFICIENT = 2
_PILLOW_WEBP = 16
_LOSSY, _LOSSLESS, _CLEAR = 1.5, 4, 5  # what is clear is coded as if it were a picture without losses
_LIBHEIF, _LIBHEIF_RGB, _LIBHEIF_DEEP, _LIBHEIF_CLEAR, _LIBHEIF_MOST = 1.75, 3.5, 11.5, 5.5, 14.5
_HEVC = 0.95  # beside its planes
_SMALL_PIXEL = 7  # as FFmpeg makes it, on its way, and as Pillow keeps it
_PLAIN = (0, 0, 0)
"""Compression, filter and interlace methods of a PNG whose rows follow each other."""
_COLOURS = (0, 2, 3, 4, 6)


def of_jpeg(data: bytes) -> int:
    """Return the bytes that a process takes for a JPEG: a decoder keeps all coefficients of one that is layered."""
    frame = jpeg_frame(data)
    if frame is None:
        return _PROCESS + len(data)
    # Decoded smaller, by a power of two.
    times = min(8, shrinking(frame.width, frame.height, _EDGE))
    small = frame.width * frame.height // (1 << times.bit_length() - 1) ** 2
    used = _IN_HAND * small
    if not frame.layered:
        return _BARE + len(data) + used
    used = max(used, _COEFFICIENT * frame.samples + _PILLOW_RGB * small)
    twice = jpeg_by_ffmpeg(data)
    return max(twice if twice <= MOST else 0, _BARE + len(data) + used)


def jpeg_by_ffmpeg(data: bytes) -> int:
    """Return the bytes that a process takes that reads a layered JPEG's scans through FFmpeg, as all but large ones."""
    frame = jpeg_frame(data)
    return _FFMPEG + 3 * len(data) + (_COEFFICIENT * frame.samples if frame else 0)


def of_png(data: bytes) -> int:
    """Return the bytes that a process takes for a PNG: hardly any where a large one can be had a few rows at a time."""
    head = png_head(data)
    if head is None:
        return _PROCESS + len(data)
    width, height, depth, colour, *_ = head
    clear = colour in (4, 6) or png_clear(data)
    if is_large_png(data) and has_strips(data):
        return _PROCESS + _STRIPS + len(data)
    if is_large_png(data):
        pixel = (2 if depth == 16 else 1) if colour in (0, 3) else 4
    else:
        pixel = 9 if clear or depth == 16 else 2 if colour == 0 else 5
    return _PROCESS + _STRIPS + len(data) + width * height * pixel


def is_large_png(data: bytes) -> bool:
    """Say whether a PNG has so many pixels that it is better decoded a few rows at a time."""
    head = png_head(data)
    return head is not None and head[0] * head[1] > (LARGE // 4 if png_clear(data) else LARGE)


def of_webp(data: bytes) -> int:
    """Return the bytes that a process takes for a WebP, by the decoder that takes less where it counts."""
    head = webp_head(data)
    if head is None:
        return _PROCESS + len(data)
    pixels = head.width * head.height
    whole = pillow_webp(data)
    if whole <= MOST:
        return whole
    picture = _LOSSLESS if head.lossless else _LOSSY + _CLEAR * head.clear
    return _by_ffmpeg(data, head.width, head.height, picture * pixels)


def pillow_webp(data: bytes) -> int:
    """Return the bytes that a process takes for a WebP through Pillow, which opens each as an animation."""
    head = webp_head(data)
    return _PROCESS + len(data) + (_PILLOW_WEBP * head.width * head.height if head else 0)


def of_heic(data: bytes, size: tuple[int, int]) -> int:
    """Return the bytes that a process takes for a HEIC.

    size: the largest picture's in the file, upright or not; what the photo itself claims goes before it.
    """
    from generator.images import heif_tiles as heif

    size = heif.size(data) or size
    tiled = heif.tiles(data, size)
    if tiled:
        return _PROCESS + 2 * len(data) + tiled.needed
    coding = heif.coding(data)
    if coding and large_heic(data, size):
        return _by_ffmpeg(data, *size, (coding.samples + _HEVC) * size[0] * size[1])
    return _by_libheif(data, size, coding)


def large_heic(data: bytes, size: tuple[int, int]) -> Single | None:
    """Return a photo of one piece for which libheif would take too much memory."""
    from generator.images import heif_tiles as heif  # late, as above

    if _by_libheif(data, size, heif.coding(data)) <= MOST:
        return None
    whole = heif.single(data)
    return whole if whole and sorted(whole.size) == sorted(size) else None


def _by_libheif(data: bytes, size: tuple[int, int], coding: Coding | None) -> int:
    """Return the bytes that a process takes for a HEIC through libheif, which has it as planes and as RGB at once."""
    if coding is None:
        pixel = _LIBHEIF_MOST
    else:
        pixel = _LIBHEIF * coding.samples + (_LIBHEIF_DEEP if coding.deep else _LIBHEIF_RGB)
        pixel = min(_LIBHEIF_MOST, pixel + _LIBHEIF_CLEAR * coding.clear)
    return _HEIC + len(data) + int(pixel * size[0] * size[1])


def _by_ffmpeg(data: bytes, width: int, height: int, picture: float) -> int:
    small = width * height / shrinking(width, height, _EDGE) ** 2
    return _FFMPEG + 3 * len(data) + int(picture + _SMALL_PIXEL * small)


def shrinking(width: int, height: int, edge: int) -> int:
    """Return how many times smaller a picture may be decoded whose longer side is to have ``edge`` pixels."""
    return max(1, max(width, height) // edge)


def has_strips(data: bytes) -> bool:
    """Say whether this is a PNG of the common kinds: 8 bits a channel, and rows that follow each other."""
    head = png_head(data)
    return head is not None and head[2] == 8 and head[3] in _COLOURS and head[4:] == _PLAIN
