"""How like the original a rendition is: the structural similarity index (SSIM) of its brightness.

Wang, Bovik, Sheikh, Simoncelli 2004: windows weighted by a Gaussian of 1.5 pixels, on gamma-coded values of 0
to 255. The original at the rendition's size is what Lanczos makes of all of its pixels in one step.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyvips
from PIL import Image, ImageOps

_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def references(photo: bytes, edges: Sequence[int]) -> list[Image.Image]:
    """Return a photo upright, in grey, at sizes whose longer sides are ``edges``."""
    with Image.open(io.BytesIO(photo)) as source:
        upright = ImageOps.exif_transpose(source)
    made = []
    for edge in edges:
        share = edge / max(upright.size)
        size = (round(upright.width * share), round(upright.height * share))
        made.append(upright.resize(size, Image.Resampling.LANCZOS).convert("L"))
    return made


def likeness(original: Image.Image, rendition: Image.Image) -> float:
    """Return the mean SSIM of two grey pictures of one size: 1.0 when they are equal."""
    if original.size != rendition.size:
        raise ValueError(f"{original.size} is not {rendition.size}")
    one, other = _plane(original), _plane(rendition)
    mean_one, mean_other = _blurred(one), _blurred(other)
    variance_one = _blurred(one * one) - mean_one * mean_one
    variance_other = _blurred(other * other) - mean_other * mean_other
    covariance = _blurred(one * other) - mean_one * mean_other
    above = (2 * mean_one * mean_other + _C1) * (2 * covariance + _C2)
    below = (mean_one**2 + mean_other**2 + _C1) * (variance_one + variance_other + _C2)
    return float((above / below).avg())


def mean_likeness(originals: Sequence[Image.Image], renditions: Sequence[bytes]) -> float:
    """Return the mean over a photo's sizes."""
    shown = [Image.open(io.BytesIO(data)).convert("L") for data in renditions]
    pairs = list(zip(originals, shown, strict=True))
    return sum(likeness(original, rendition) for original, rendition in pairs) / len(pairs)


def _plane(picture: Image.Image) -> pyvips.Image:
    plane = pyvips.Image.new_from_memory(picture.tobytes(), *picture.size, 1, "uchar")
    return plane.cast("float")


def _blurred(plane: pyvips.Image) -> pyvips.Image:
    return plane.gaussblur(1.5, min_ampl=0.01, precision="float")
