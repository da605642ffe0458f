"""Pictures that stand in for photographs where none may be shipped: clouds of noise with shapes in them."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (640, 480)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture with light, texture and things in it, another for each seed."""
    dice = random.Random(seed)  # noqa: S311  # the same picture every time
    bands = []
    for _ in range(3):
        band = Image.new("L", size, dice.randrange(60, 180))
        for cells in (4, 11, 37):
            rough = Image.frombytes("L", (cells, cells), bytes(dice.randrange(256) for _ in range(cells**2)))
            band = Image.blend(band, rough.resize(size, Image.Resampling.BICUBIC), 0.35)
        bands.append(band)
    picture = Image.merge("RGB", bands)
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        box = (x, y, x + dice.randrange(30, 180), y + dice.randrange(30, 140))
        colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
        dice.choice((draw.ellipse, draw.rectangle))(box, fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """Return a picture as a JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
