"""The mark 示例 on every picture, drawn from strokes of our own so that no font is needed."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw

from generator.sample.scenes.canvas import Point

# Each glyph in a box of 100 × 100, stroke by stroke.
_SHI: tuple[tuple[Point, ...], ...] = (
    ((24, 17), (76, 17)),
    ((7, 41), (93, 41)),
    ((51, 41), (51, 90), (38, 83)),
    ((29, 55), (24, 68), (12, 82)),
    ((70, 55), (78, 66), (90, 82)),
)
_LI: tuple[tuple[Point, ...], ...] = (
    ((27, 6), (20, 28), (6, 50)),
    ((19, 34), (19, 94)),
    ((32, 15), (69, 15)),
    ((49, 15), (45, 34), (33, 54)),
    ((45, 36), (65, 36), (57, 64), (33, 92)),
    ((41, 50), (54, 64)),
    ((77, 22), (77, 68)),
    ((94, 8), (94, 92), (83, 84)),
)


@cache
def make_seal() -> Image.Image:
    """Return the seal with the two glyphs, semi-transparent, to be pasted through its own alpha."""
    size, scale = 46, 4
    width, height = size * 2 + 30, size + 22
    seal = Image.new("RGBA", (width * scale, height * scale), (150, 62, 50, 0))
    pen = ImageDraw.Draw(seal)
    pen.rounded_rectangle((0, 0, width * scale - 1, height * scale - 1), 10 * scale, fill=(150, 62, 50, 165))
    thick = 4.2 * scale
    for place, glyph in enumerate((_SHI, _LI)):
        left, top = (12 + place * (size + 6)) * scale, 11 * scale
        for stroke in glyph:
            points = [
                (round(left + x * size * scale / 100), round(top + y * size * scale / 100)) for x, y in stroke
            ]
            pen.line(points, fill=(255, 253, 246, 255), width=round(thick), joint="curve")
            for x, y in (points[0], points[-1]):
                r = thick / 2
                pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 253, 246, 255))
    return seal.reduce(scale)
