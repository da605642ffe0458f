"""Photos as a camera makes them for the way in: large, with a note of day and place, and as heavy as photographs are."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from generator.sample.dice import make_random
from generator.sample.scenes import draw_scene

SCENES = ("lecture", "planting", "meeting", "garden")


def take_photo(
    number: int, *, size: tuple[int, int] = (4032, 3024), noise: int = 9, grain: int = 4, quality: int = 88
) -> tuple[str, bytes]:
    """Return name and bytes of a photo.

    noise: of the sensor, steps of 256.   grain: side of its blocks, pixels; without noise a drawing weighs a tenth.
    """
    scene, chance = SCENES[number % len(SCENES)], make_random("way-in", number)
    drawn = draw_scene(scene, season="spring", number=2 * number, chance=chance).convert("RGB")
    large = drawn.resize(size, Image.Resampling.BICUBIC)
    blocks = (size[1] // grain, size[0] // grain, 3)
    speckles = np.random.default_rng(number).integers(-noise, noise + 1, blocks, dtype=np.int16)
    pixels = np.asarray(large, dtype=np.int16) + speckles.repeat(grain, axis=0).repeat(grain, axis=1)
    photo = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Phone", 1
    exif.get_ifd(0x8769)[0x9003] = f"2020:05:12 15:0{number}:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 22.0, 33.0), 3: "E", 4: (99.0, 49.0, 1.0)})
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=quality, exif=exif)
    return f"IMG_20200512_15{number:02}00.jpg", out.getvalue()
