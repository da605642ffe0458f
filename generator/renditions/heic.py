"""HEIC, the photos of Apple's phones, through pillow-heif where it is installed: the extra ``heic``."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator

from PIL import Image

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
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return True


def version() -> str:
    """Return the version that decides which pixels come out, or nothing where it is not installed."""
    import importlib.metadata  # late, as in pixels.codecs

    try:
        return importlib.metadata.version("pillow-heif")
    except importlib.metadata.PackageNotFoundError:
        return ""


def strips(data: bytes, size: tuple[int, int], height: int) -> Iterator[Image.Image]:
    """Yield the pixels of a photo so many rows at a time: the decoder has them all, but Pillow need not.

    size: what the file claims. Raises OSError when it is another, and others for bytes that cannot be decoded.
    """
    import pillow_heif

    container = pillow_heif.HeifFile(  # type: ignore[no-untyped-call]  # the library is typed in part
        io.BytesIO(data), convert_hdr_to_8bit=True, hdr_to_16bit=True
    )
    picture = container[container.primary_index]
    pixels, stride = picture.data, picture.stride
    if picture.size != size:
        raise OSError("a picture of another size than the file claims")
    for top in range(0, size[1], height):
        rows = min(height, size[1] - top)
        part = bytes(pixels[top * stride : (top + rows) * stride])
        yield Image.frombytes(picture.mode, (size[0], rows), part, "raw", picture.mode, stride)
