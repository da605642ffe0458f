"""Skies, mountains, trees and plants of the four seasons in the Hexi corridor."""

from __future__ import annotations

import math

from generator.sample.scenes.canvas import Canvas, Colour, Point, clear, dark, light, mix
from generator.sample.scenes.mood import Mood

_SKIES: dict[str, tuple[Colour, Colour]] = {
    "morning": ((158, 206, 226), (250, 238, 214)),
    "noon": ((122, 186, 220), (224, 240, 242)),
    "afternoon": ((150, 196, 214), (252, 230, 192)),
    "overcast": ((184, 198, 208), (228, 230, 226)),
    "dusk": ((172, 188, 216), (252, 222, 196)),
}
LEAVES: dict[str, tuple[Colour, ...]] = {
    "bare": ((172, 168, 130), (186, 176, 132), (150, 158, 118)),
    "spring": ((158, 194, 110), (186, 208, 128), (136, 180, 108)),
    "summer": ((98, 156, 92), (122, 174, 98), (82, 140, 90)),
    "autumn": ((230, 178, 66), (222, 150, 58), (238, 200, 96)),
    "winter": ((164, 160, 150), (182, 180, 172), (150, 148, 142)),
}
_GROUND: dict[str, tuple[Colour, Colour]] = {
    "bare": ((206, 196, 148), (186, 172, 124)),
    "spring": ((182, 206, 130), (152, 186, 110)),
    "summer": ((150, 192, 110), (120, 168, 96)),
    "autumn": ((216, 198, 122), (196, 170, 96)),
    "winter": ((240, 242, 244), (218, 226, 232)),
}
_BLOSSOM: tuple[Colour, ...] = ((248, 206, 212), (252, 226, 226), (246, 190, 200))


def sky(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Fill a sky with sun or clouds."""
    top, bottom = _SKIES[m.hour]
    c.gradient(x, y, w, h, top, bottom)
    if m.hour != "overcast":
        sx, sy, r = (
            x + w * m.chance.uniform(0.12, 0.88),
            y + h * m.chance.uniform(0.12, 0.4),
            min(w, h) * 0.09,
        )
        glow = (255, 244, 206) if m.hour != "dusk" else (255, 214, 170)
        for size, alpha in ((2.4, 36), (1.7, 52), (1.0, 235)):
            c.oval(sx, sy, r * size, r * size, clear(glow, alpha))
    for _ in range(m.chance.choice((1, 2, 2, 3))):
        cloud(c, m, x + w * m.chance.uniform(0.1, 0.9), y + h * m.chance.uniform(0.12, 0.5), min(w, h) * 0.1)


def cloud(c: Canvas, m: Mood, cx: float, cy: float, size: float) -> None:
    """Draw a flat-bottomed cloud."""
    white = (255, 255, 255, 215) if m.hour != "overcast" else (244, 246, 248, 220)
    c.rect(cx - size * 1.6, cy, size * 3.2, size * 0.6, white, size * 0.3)
    c.pie(cx - size * 0.6, cy + size * 0.3, size * 0.75, size * 0.75, 180, 360, white)
    c.pie(cx + size * 0.5, cy + size * 0.3, size, size * 0.95, 180, 360, white)


def mountains(c: Canvas, m: Mood, x: float, base: float, w: float, h: float) -> None:
    """Draw two ridges, the far one with snow."""
    far = mix((134, 158, 186), _SKIES[m.hour][1], 0.42)
    near = mix((150, 150, 138), _SKIES[m.hour][1], 0.38)
    step = w / 6
    for ridge, tone, height in ((0, far, h), (1, near, h * 0.5)):
        crest: list[Point] = []
        px = x - step * m.chance.random()
        while px < x + w + step:
            crest.append((px, base - height * m.chance.uniform(0.3, 0.62)))
            crest.append((px + step * 0.5, base - height * m.chance.uniform(0.7, 1.0)))
            px += step * m.chance.uniform(0.85, 1.2)
        crest = [(min(max(a, x), x + w), b) for a, b in crest]
        c.poly([(x, base), *crest, (x + w, base)], tone)
        if ridge:
            continue
        for (ax, ay), (bx, by), (dx, dy) in zip(crest, crest[1:], crest[2:], strict=False):
            if by < ay and by < dy:
                s = 0.34
                c.poly(
                    [(bx, by), (bx + (ax - bx) * s, by + (ay - by) * s),
                     (bx + (ax - bx) * s * 0.4, by + (ay - by) * s * 0.75), (bx, by + height * 0.16),
                     (bx + (dx - bx) * s * 0.5, by + (dy - by) * s * 0.7),
                     (bx + (dx - bx) * s, by + (dy - by) * s)],
                    (250, 252, 254),
                )  # fmt: skip


def ground(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Fill a meadow or snow."""
    top, bottom = _GROUND[m.season]
    c.gradient(x, y, w, h, top, bottom)


def poplar(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a tall poplar, the tree of every lane there."""
    tones = LEAVES[m.season]
    trunk = (156, 142, 124)
    if m.season in ("bare", "winter"):
        c.line([(x, base), (x, base - h)], trunk, max(3, h * 0.022))
        for i in range(9):
            y = base - h * (0.25 + i * 0.08)
            reach = h * 0.11 * (1 - i * 0.075)
            for side in (-1, 1):
                c.line([(x, y), (x + side * reach, y - reach * 1.9)], trunk, max(1.4, h * 0.009))
        return
    c.rect(x - h * 0.016, base - h * 0.24, h * 0.032, h * 0.24, trunk)
    tone = m.chance.choice(tones)
    c.oval(x, base - h * 0.55, h * 0.105, h * 0.45, tone)
    c.oval(x + h * 0.028, base - h * 0.56, h * 0.066, h * 0.4, light(tone, 0.18))


def tree(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a round tree: bare, in blossom, green, golden or under snow."""
    trunk = (134, 104, 82)
    c.shadow(x, base, h * 0.28, h * 0.035)
    c.poly(
        [(x - h * 0.045, base), (x - h * 0.022, base - h * 0.5), (x + h * 0.022, base - h * 0.5),
         (x + h * 0.045, base)],
        trunk,
    )  # fmt: skip
    if m.season in ("bare", "winter"):
        for side, up, reach in (
            (-1, 0.3, 0.2),
            (1, 0.36, 0.22),
            (-1, 0.46, 0.17),
            (1, 0.5, 0.13),
            (-1, 0.5, 0.05),
        ):
            tip = (x + side * h * reach, base - h * (up + 0.3))
            c.line([(x, base - h * up), tip], trunk, h * 0.022, caps=True)
            for fork in (-0.07, 0.07):
                mid = (x + side * h * reach * 0.6, base - h * (up + 0.18))
                c.line([mid, (mid[0] + h * (fork + side * 0.04), mid[1] - h * 0.14)], trunk, h * 0.012)
            if m.season == "winter":
                c.oval(tip[0], tip[1], h * 0.045, h * 0.02, (255, 255, 255))
        return
    tones: tuple[Colour, ...] = LEAVES[m.season]
    if m.season == "spring" and m.coin(0.7):
        tones = _BLOSSOM
    tone = m.chance.choice(tones)
    blobs = (
        (-0.18, 0.56, 0.17),
        (0.18, 0.58, 0.17),
        (0.0, 0.5, 0.19),
        (-0.08, 0.74, 0.17),
        (0.1, 0.76, 0.16),
    )
    for dx, up, r in blobs:
        c.oval(x + h * dx, base - h * up, h * r, h * r, dark(tone, 0.08))
    for dx, up, r in blobs:
        c.oval(x + h * (dx - 0.015), base - h * (up + 0.025), h * r * 0.86, h * r * 0.86, tone)
    for dx, up, r in blobs[1::2]:
        c.oval(x + h * (dx - 0.04), base - h * (up + 0.06), h * r * 0.48, h * r * 0.45, light(tone, 0.22))
    if m.season != "spring":
        fruit = (214, 84, 60) if m.season == "autumn" else light(tone, 0.5)
        c.dots(((x + h * m.chance.uniform(-0.26, 0.26), base - h * m.chance.uniform(0.46, 0.82)) for _ in range(9)),
               h * 0.014, fruit)  # fmt: skip


def bush(c: Canvas, m: Mood, x: float, base: float, size: float) -> None:
    """Draw a low bush."""
    tone = m.chance.choice(LEAVES[m.season])
    for dx, r in ((-0.6, 0.55), (0.55, 0.6), (0.0, 0.8)):
        c.pie(x + size * dx, base, size * r, size * r, 180, 360, mix(tone, dark(tone, 0.16), abs(dx)))


def leaf(c: Canvas, x: float, y: float, length: float, angle: float, tone: Colour) -> None:
    """Draw one pointed leaf from its stalk at ``x``/``y`` in a direction in degrees."""
    a = math.radians(angle)
    dx, dy = math.cos(a), math.sin(a)
    px, py = -dy, dx
    w = length * 0.24

    def at(along: float, across: float) -> Point:
        return (
            round(x + dx * length * along + px * w * across, 2),
            round(y + dy * length * along + py * w * across, 2),
        )

    c.poly([at(0, 0), at(0.25, 0.8), at(0.5, 1), at(0.78, 0.6), at(1, 0), at(0.78, -0.6), at(0.5, -1),
            at(0.25, -0.8)], tone)  # fmt: skip
    c.line([at(0.05, 0), at(0.9, 0)], dark(tone, 0.18), max(0.8, length * 0.03))


def pot_plant(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a plant in a pot: leafy, flowering or a cactus."""
    pot = m.toy()
    w = h * 0.24
    c.shadow(x, base, w * 1.25, h * 0.04)
    green = m.chance.choice(((104, 152, 96), (126, 166, 92), (86, 138, 104)))
    top = base - h * 0.36
    kind = m.chance.randrange(3)
    if kind == 0:
        for angle in range(-160, -10, 25):
            leaf(c, x, top + 2, h * m.chance.uniform(0.42, 0.62), angle + m.chance.uniform(-6, 6),
                 mix(green, light(green, 0.4), m.chance.random()))  # fmt: skip
    elif kind == 1:
        for i in range(-2, 3):
            tip = (x + i * w * 0.62, top - h * m.chance.uniform(0.3, 0.55))
            c.line([(x + i * w * 0.2, top + 2), tip], green, h * 0.022)
            leaf(c, x + i * w * 0.35, (top + tip[1]) / 2, h * 0.16, -60 - i * 30, green)
            flower(c, tip[0], tip[1], h * 0.085, m.accents[(i + 2) % 4])
    else:
        c.rect(x - w * 0.3, top - h * 0.46, w * 0.6, h * 0.5, green, w * 0.3)
        c.rect(x + w * 0.3, top - h * 0.3, w * 0.42, h * 0.11, green, w * 0.15)
        c.rect(x + w * 0.5, top - h * 0.4, w * 0.26, h * 0.2, green, w * 0.13)
        c.line([(x - w * 0.08, top - h * 0.4), (x - w * 0.08, top)], light(green, 0.4), 2)
        flower(c, x, top - h * 0.46, h * 0.055, m.accents[0])
    c.poly([(x - w, top), (x + w, top), (x + w * 0.72, base), (x - w * 0.72, base)], pot)
    c.rect(x - w * 1.1, top - h * 0.02, w * 2.2, h * 0.08, dark(pot, 0.12), 3)


def flower(c: Canvas, x: float, y: float, r: float, tone: Colour) -> None:
    """Draw a flower head of six petals."""
    for i in range(6):
        a = math.radians(60 * i)
        c.oval(
            round(x + math.cos(a) * r * 0.7, 2), round(y + math.sin(a) * r * 0.7, 2), r * 0.46, r * 0.46, tone
        )
    c.oval(x, y, r * 0.42, r * 0.42, (250, 214, 110))


def snowfall(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Let a few flakes fall."""
    c.dots(
        ((x + m.chance.random() * w, y + m.chance.random() * h) for _ in range(46)), 2.6, (255, 255, 255, 220)
    )


def litter(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Strew the ground with what the season brings: leaves, petals, tufts or snow."""
    for _ in range(26):
        px, py = x + m.chance.random() * w, y + m.chance.random() * h
        if m.season == "autumn":
            leaf(
                c,
                px,
                py,
                m.chance.uniform(9, 15),
                m.chance.uniform(0, 360),
                m.chance.choice(LEAVES["autumn"]),
            )
        elif m.season == "winter":
            c.oval(px, py, m.chance.uniform(10, 26), 3, (255, 255, 255, 130))
        elif m.season == "spring" and m.coin(0.6):
            c.oval(px, py, 3.4, 2.4, m.chance.choice(_BLOSSOM))
        else:
            tone = dark(_GROUND[m.season][1], 0.14)
            for dx in (-4, 0, 4):
                c.line([(px, py), (px + dx, py - 9)], tone, 1.8)
