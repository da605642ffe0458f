"""Have Pillow read HEIC, the photos of Apple's phones, by pillow-heif where it is installed: the extra ``heic``."""

from __future__ import annotations

import functools

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
    """Register pillow-heif with Pillow; say whether HEIC can be read."""
    try:
        import pillow_heif
    except ImportError:  # not installed, or its library does not load here
        return False
    # One thread: with four, the memory that a photo takes depends on which of them comes first. It makes two processes
    # on two cores a fifth slower.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return True


def find_version() -> str:
    """Return the version that decides which pixels come out, or nothing where it is not installed."""
    import importlib.metadata  # late, as in develop.list_codec_versions

    try:
        return importlib.metadata.version("pillow-heif")
    except importlib.metadata.PackageNotFoundError:
        return ""
