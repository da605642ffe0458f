"""Scenes of the grounds: garden, new equipment, obstacle course."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes.canvas import Canvas, dark, light
from generator.sample.scenes.mood import Mood
from generator.sample.scenes.outdoors import fence, yard


def garden(c: Canvas, m: Mood) -> None:
    """A vegetable garden in beds with signs, tools and a scarecrow's hat on a post."""
    line = yard(c, m, 0.42)
    w, h = c.width, c.height
    fence(c, m, line)
    if m.coin():
        n.tree(c, m, w * m.chance.choice((0.1, 0.9)), line + 40, h * 0.36)
    kinds = ["cabbage", "maize", "carrot", "sunflower", "seedling", "pumpkin"]
    m.chance.shuffle(kinds)
    for row in range(3):
        y = line + (h - line) * (0.3 + row * 0.3)
        depth = (h - line) * (0.11 + row * 0.02)
        left, right = w * (0.14 - row * 0.045), w * (0.86 + row * 0.045)
        c.poly([(left + 22, y - depth), (right - 22, y - depth), (right, y), (left, y)], (136, 102, 78))
        c.rect(left, y, right - left, 16, light(m.wood, 0.1), 3)
        for k in range(3):
            c.line(
                [(left + 16, y - depth * (0.2 + k * 0.3)), (right - 16, y - depth * (0.2 + k * 0.3))],
                (116, 86, 66),
                2,
            )
        count = 8 - row
        for i in range(count):
            _plant(
                c,
                m,
                kinds[row],
                left + (right - left) * (i + 0.5) / count,
                y - depth * 0.3,
                (h - line) * (0.16 + row * 0.03),
            )
        c.rect(right - 66, y - 56, 6, 60, dark(m.wood, 0.1))
        c.rect(right - 92, y - 82, 58, 36, light(m.accents[row], 0.3), 4)
        n.flower(c, right - 63, y - 64, 10, m.accents[(row + 1) % 4])
    f.basket(c, m, w * m.chance.choice((0.08, 0.92)), h * 0.985, w * 0.055, h * 0.08)


def _plant(c: Canvas, m: Mood, kind: str, x: float, base: float, h: float) -> None:
    green = (110, 160, 90) if m.season in ("spring", "summer") else (150, 160, 90)
    if m.season in ("bare", "winter") and kind in ("maize", "sunflower", "pumpkin"):
        kind = "seedling"
    if kind == "cabbage":
        for i, r in enumerate((0.34, 0.25, 0.15)):
            c.oval(x, base - h * 0.14, h * r, h * r * 0.72, light(green, 0.18 + 0.2 * i))
    elif kind == "maize":
        c.line([(x, base), (x, base - h * 1.2)], green, 6)
        for i, a in enumerate((-150, -35, -140, -42, -130)):
            n.leaf(c, x, base - h * (0.2 + i * 0.2), h * 0.42, a, green)
        c.oval(x + 9, base - h * 0.7, 8, 19, (244, 204, 92))
    elif kind == "carrot":
        for a in (-120, -100, -80, -60):
            n.leaf(c, x, base, h * 0.5, a, green)
        c.oval(x, base, h * 0.1, h * 0.05, (232, 134, 60))
    elif kind == "sunflower":
        c.line([(x, base), (x, base - h)], green, 6)
        n.leaf(c, x, base - h * 0.4, h * 0.3, -30, green)
        n.leaf(c, x, base - h * 0.55, h * 0.3, -150, green)
        for k in range(12):
            n.leaf(c, x, base - h, h * 0.26, k * 30, (244, 194, 66))
        c.oval(x, base - h, h * 0.13, h * 0.13, (130, 90, 58))
    elif kind == "pumpkin":
        n.leaf(c, x - 8, base, h * 0.4, -150, green)
        for dx in (-0.14, 0.14, 0):
            c.oval(
                x + dx * h, base - h * 0.14, h * 0.16, h * 0.17, light((232, 142, 56), 0.1 if dx else 0.22)
            )
        c.line([(x, base - h * 0.3), (x + 5, base - h * 0.4)], green, 5, caps=True)
    else:
        for a in (-135, -90, -45):
            n.leaf(c, x, base, h * 0.26, a, light(green, 0.2))


def equipment(c: Canvas, m: Mood) -> None:
    """New play equipment in a yard: tricycles, tyres, a balance beam and balls with a ribbon."""
    line = yard(c, m, 0.46)
    w, h = c.width, c.height
    fence(c, m, line)
    n.tree(c, m, w * m.chance.choice((0.08, 0.92)), line + 50, h * 0.44)
    fl = h - line
    tones = m.chips(6)
    for i in range(5):
        x, y = w * (0.2 + i * 0.11), line + fl * 0.3
        c.shadow(x, y + 40, 46, 10)
        c.ring(x, y, 42, 44, light(tones[i], 0.05), 17)
        c.ring(x, y, 25, 27, dark(tones[i], 0.2), 3)
    y = line + fl * 0.56
    c.shadow(w * 0.4, y + 44, w * 0.3, 12)
    for x in (0.14, 0.38, 0.62):
        c.poly(
            [(w * x, y), (w * (x + 0.03), y), (w * (x + 0.045), y + 44), (w * (x - 0.015), y + 44)],
            m.accents[2],
        )
    c.rect(w * 0.1, y - 14, w * 0.6, 20, light(m.wood, 0.25), 6)
    for i in range(3):
        _tricycle(c, m, w * (0.2 + i * 0.28), line + fl * 0.9 - (i % 2) * 14, h * 0.15, tones[i])
    f.carton(c, m, w * 0.78, line + fl * 0.6, w * 0.13, h * 0.14, ribbon=m.coin())
    for i in range(3):
        f.ball(c, m, w * (0.79 + i * 0.055), line + fl * 0.72, w * 0.026)


def _tricycle(c: Canvas, m: Mood, x: float, base: float, h: float, tone: tuple[int, ...]) -> None:
    c.shadow(x, base, h * 0.9, 10)
    for dx, rr in ((-0.5, 0.24), (0.5, 0.32)):
        c.oval(x + dx * h, base - rr * h, rr * h, rr * h, (72, 70, 78))
        c.oval(x + dx * h, base - rr * h, rr * h * 0.62, rr * h * 0.62, (238, 236, 230))
        c.oval(x + dx * h, base - rr * h, rr * h * 0.2, rr * h * 0.2, tone)
    c.line(
        [(x - h * 0.5, base - h * 0.24), (x - h * 0.1, base - h * 0.5), (x + h * 0.42, base - h * 0.62)],
        tone,
        h * 0.1,
        caps=True,
    )
    c.line(
        [(x + h * 0.5, base - h * 0.32), (x + h * 0.36, base - h * 0.95)],
        dark(tone, 0.1),
        h * 0.08,
        caps=True,
    )
    c.line(
        [(x + h * 0.2, base - h * 0.98), (x + h * 0.46, base - h * 0.94)], (72, 70, 78), h * 0.08, caps=True
    )
    c.rect(x - h * 0.42, base - h * 0.6, h * 0.4, h * 0.12, dark(tone, 0.3), 6)


def course(c: Canvas, m: Mood) -> None:
    """An obstacle course: tunnel, stepping stones, ladder bridge and straw bales."""
    line = yard(c, m, 0.46)
    w, h = c.width, c.height
    fl = h - line
    fence(c, m, line)
    tones = m.chips(8)
    y = line + fl * 0.42
    c.shadow(w * 0.3, y + 4, w * 0.2, 14)
    for i in range(7):
        c.oval(w * (0.14 + i * 0.05), y - h * 0.09, w * 0.036, h * 0.1, tones[i])
    c.oval(w * 0.47, y - h * 0.09, w * 0.034, h * 0.094, (74, 62, 66))
    straw = (228, 192, 112)
    for i, (dx, dy) in enumerate(((0, 0), (0.125, 0), (0.0625, -0.1))):
        x, by = w * (0.64 + dx), y + h * 0.02 + h * dy
        c.rect(x, by - h * 0.1, w * 0.12, h * 0.1, light(straw, 0.08 * i), 8)
        for k in range(4):
            c.line(
                [(x + 10, by - h * (0.02 + k * 0.02)), (x + w * 0.11, by - h * (0.02 + k * 0.02))],
                dark(straw, 0.14),
                2,
            )
        c.rect(x + w * 0.03, by - h * 0.1, 6, h * 0.1, m.accents[0])
        c.rect(x + w * 0.085, by - h * 0.1, 6, h * 0.1, m.accents[0])
    by = line + fl * 0.66
    for x in (0.12, 0.44):
        c.poly(
            [
                (w * x, by - h * 0.08),
                (w * (x + 0.05), by - h * 0.08),
                (w * (x + 0.07), by),
                (w * (x - 0.02), by),
            ],
            m.accents[2],
        )
    c.rect(w * 0.14, by - h * 0.085, w * 0.33, 9, light(m.wood, 0.1), 3)
    c.rect(w * 0.14, by - h * 0.05, w * 0.33, 9, light(m.wood, 0.1), 3)
    for i in range(9):
        c.rect(w * (0.17 + i * 0.032), by - h * 0.088, 8, h * 0.05, light(m.wood, 0.3), 2)
    for i in range(6):
        x, sy = w * (0.14 + i * 0.14), line + fl * (0.86 + 0.05 * (i % 2))
        c.oval(x, sy + 9, w * 0.052, h * 0.026, (60, 46, 50, 60))
        c.oval(x, sy + 4, w * 0.05, h * 0.026, dark(tones[i], 0.2))
        c.oval(x, sy - 4, w * 0.05, h * 0.026, tones[i])
    for i in range(4):
        x, hy = w * (0.6 + i * 0.09), line + fl * (0.7 - 0.02 * (i % 2))
        c.shadow(x, hy, w * 0.034, 6)
        for dx in (-0.026, 0.022):
            c.rect(x + w * dx, hy - h * 0.075, 6, h * 0.075, (252, 250, 244), 2)
        for k in range(5):
            c.rect(
                x - w * 0.03 + k * w * 0.012,
                hy - h * 0.085,
                w * 0.012,
                13,
                tones[i] if k % 2 else (252, 250, 244),
            )
