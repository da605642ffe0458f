"""Bytes of a photo → how much memory decoding it takes, told from its header: none is begun that would take too much.

The site's decoding processes take 250 MB at most. What is over that is refused, by the check before it is merged and
by the build after; ``pairing photos add``, where a machine has but one photo in hand, takes more and makes it small.
``pytest tests/test_photo_memory.py`` holds these numbers to processes' real peaks.
"""

from __future__ import annotations

from generator.soundness import jpeg_frame, png_head, webp_head

MOST = 250_000_000
"""Bytes that a process may take that decodes a photo for the site."""

_EDGE = 1600
"""Pixels of the longer side that the site wants of a photo at most."""
_MIB = 1024 * 1024
_PROCESS = 64 * _MIB
"""What a decoding process takes besides the picture."""
_STRIPS = 16 * _MIB
"""What it takes for a few rows of a PNG at a time."""
_FFMPEG = 80 * _MIB
"""The same with FFmpeg's libraries."""
_COEFFICIENT = 2
_PILLOW_WEBP = 16
_LOSSY, _LOSSLESS, _CLEAR = 1.5, 4, 5  # what is clear is coded as if it were a picture without losses
_LIBHEIF = 5.7
_HEVC = 2.45
_SMALL_PIXEL = 7  # as FFmpeg makes it, on its way, and as Pillow keeps it
_PLAIN = (0, 0, 0)
"""Compression, filter and interlace methods of a PNG whose rows follow each other."""
_COLOURS = (0, 2, 3, 4, 6)


def of_jpeg(data: bytes) -> int:
    """Return the bytes that a process takes for a JPEG: a decoder keeps all coefficients of one that is layered."""
    frame = jpeg_frame(data)
    if frame is None or not frame.layered:
        return _PROCESS + len(data)  # decoded smaller, row by row
    return _PROCESS + len(data) + _COEFFICIENT * frame.samples


def of_png(data: bytes) -> int:
    """Return the bytes that a process takes for a PNG: hardly any where it can be had a few rows at a time."""
    head = png_head(data)
    if head is None or has_strips(data):
        return _PROCESS + _STRIPS + len(data)
    width, height, depth, colour, *_ = head
    grey = colour in (0, 3)
    return _PROCESS + len(data) + width * height * ((2 if depth == 16 else 1) if grey else 4)


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


def of_heic(data: bytes, width: int, height: int, *, tiled: bool) -> int:
    """Return the bytes that a process takes for a HEIC.

    tiled: whether it is made of smaller pictures, as phones make it; these come on top.
    """
    if tiled:
        return _PROCESS + 2 * len(data)
    whole = by_libheif(data, width, height)
    return whole if whole <= MOST else _by_ffmpeg(data, width, height, _HEVC * width * height)


def by_libheif(data: bytes, width: int, height: int) -> int:
    """Return the bytes that a process takes for a HEIC through libheif, as planes and as RGB at once."""
    return _PROCESS + len(data) + int(_LIBHEIF * width * height)


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
