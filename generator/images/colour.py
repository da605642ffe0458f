"""Convert pixels of every kind that a photo file may hold to opaque sRGB, the only kind that is published.

In two steps: first pixels that can be scaled; then, after scaling because it is slow, sRGB on white by the
photo's own profile.
"""

from __future__ import annotations

import functools
import io

from PIL import Image, ImageChops, ImageCms

MOST_PROFILE = 1024 * 1024
"""Most bytes of a profile that is used."""
_SPACES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
"""A profile's colour space (ICC.1, table 19) and the pixels that it explains."""
_UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
"""What damaged profiles raise."""


def convert_to_scalable(source: Image.Image) -> Image.Image:
    """Return the picture as L, RGB, CMYK or RGBA pixels, whose colours are still the file's own."""
    if source.mode.startswith("I;16") or source.mode in ("I", "F"):
        # 16-bit greys: plain conversion would clip every value above 255 to white.
        grey = source.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        clear = source.info.get("transparency")
        if source.mode == "I;16" and isinstance(clear, int):
            grey.paste(255, mask=_mask_value(source, clear))
        return grey
    if source.mode in ("LA", "La"):
        # On white at once: as RGBA it would take four times the memory and forget that it is grey.
        layer = source.convert("LA")
        ground = Image.new("L", layer.size, 255)
        ground.paste(layer.getchannel("L"), mask=layer.getchannel("A"))
        return ground
    if source.has_transparency_data:
        return source if source.mode == "RGBA" else source.convert("RGBA")
    if source.mode in ("L", "1"):
        return source.convert("L")
    return source if source.mode in ("RGB", "CMYK") else source.convert("RGB")


def _mask_value(source: Image.Image, value: int) -> Image.Image:
    """Return a mask of a 16-bit picture's pixels that have a value: its two bytes, each compared by itself."""
    low, high = Image.frombytes("LA", source.size, source.tobytes()).split()
    return ImageChops.darker(
        low.point(lambda byte: 255 * (byte == value & 0xFF)),
        high.point(lambda byte: 255 * (byte == value >> 8)),
    )


def convert_to_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """Return a scalable picture in sRGB, what is clear on white.

    profile: the ICC profile that the file holds, or anything else. One that cannot be used, or explains other
    pixels than these, is ignored. CMYK without one is converted by the plain formula, as browsers do.
    """
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if found := _find_transform(profile):
        picture = _apply_transform(picture, *found)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _apply_transform(picture: Image.Image, mode: str, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    if picture.mode == "L" and mode == "RGB":
        picture = picture.convert("RGB")
    try:
        return transform.apply(picture) if picture.mode == mode else picture
    except _UNUSABLE:
        return picture


def _find_transform(profile: object) -> tuple[str, ImageCms.ImageCmsTransform] | None:
    """Return what :func:`_build_transform` makes of a profile, and None also for one that cannot be used."""
    if not isinstance(profile, bytes) or not 0 < len(profile) <= MOST_PROFILE:
        return None
    try:
        return _build_transform(profile)
    except _UNUSABLE:
        return None


@functools.lru_cache(
    maxsize=4
)  # a school's photos come from few phones; making a transform takes as long as using it
def _build_transform(profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform] | None:
    """Return the pixels that a profile explains and how they become sRGB; None where they are sRGB already.

    Raises PyCMSError and others for damaged profiles.
    """
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _SPACES.get(own.profile.xcolor_space.strip())
    if mode is None or (mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(own)):
        return None
    return mode, ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
