"""Scenes outside: slide and sandpit, the house front, sports day, the garden, new equipment, obstacle course."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes.canvas import Canvas, dark, light
from generator.sample.scenes.mood import Mood


def yard(c: Canvas, m: Mood, horizon: float) -> float:
    """Draw sky, mountains, a row of poplars and the ground; return the y of the horizon."""
    w, h = c.width, c.height
    line = h * horizon
    n.sky(c, m, 0, 0, w, line)
    n.mountains(c, m, 0, line, w, line * 0.42)
    x = w * m.chance.uniform(0.0, 0.06)
    while x < w:
        if m.chance.random() < 0.8:
            n.poplar(c, m, x, line + 4, line * m.chance.uniform(0.36, 0.56))
        x += w * m.chance.uniform(0.05, 0.1)
    n.ground(c, m, 0, line, w, h - line)
    if m.season != "winter":
        n.litter(c, m, 0, line + 12, w, h - line - 12)
    return line


def fence(c: Canvas, m: Mood, line: float) -> None:
    """Draw a picket fence along the horizon."""
    tones = m.chips(8)
    w = c.width
    rainbow = m.coin()
    step = 34
    c.rect(0, line - 24, w, 7, (250, 248, 240))
    c.rect(0, line + 4, w, 7, (250, 248, 240))
    for i in range(w // step + 1):
        tone = light(tones[i % 8], 0.2) if rainbow else (252, 250, 244)
        c.rect(i * step, line - 44, 15, 66, tone, 7)


def slide(c: Canvas, m: Mood) -> None:
    """A playground: slide with tower, sandpit with buckets, a tree."""
    line = yard(c, m, 0.5)
    w, h = c.width, c.height
    fence(c, m, line)
    flip = m.coin()

    def at(x: float) -> float:
        return w - x if flip else x

    a, b, d, e = m.accents
    base = h * 0.76
    n.tree(c, m, at(w * 0.84), h * 0.62, h * m.chance.uniform(0.42, 0.5))
    c.shadow(at(w * 0.36), base + 8, w * 0.32, 20)
    for x in (0.2, 0.36):
        c.rect(at(w * x) - 7, h * 0.3, 14, base - h * 0.3, dark(m.wood, 0.05), 3)
    c.poly([(at(w * 0.17), h * 0.3), (at(w * 0.28), h * 0.17), (at(w * 0.39), h * 0.3)], a)
    deck = h * 0.47
    left = min(at(w * 0.19), at(w * 0.37))
    c.rect(left, deck, w * 0.18, 16, light(m.wood, 0.2), 4)
    for i in range(5):
        c.rect(left + 8 + i * w * 0.04, deck - h * 0.09, 7, h * 0.09, b, 3)
    c.rect(left, deck - h * 0.1, w * 0.18, 9, b, 4)
    end = w * 0.64
    c.poly([(at(w * 0.36), deck), (at(w * 0.37), deck - 30), (at(end), base - 26), (at(end + w * 0.07), base - 20),
            (at(end + w * 0.07), base - 2), (at(end - w * 0.02), base - 2)], d)  # fmt: skip
    c.line(
        [(at(w * 0.37), deck - 30), (at(end), base - 26), (at(end + w * 0.07), base - 20)],
        light(d, 0.4),
        8,
        caps=True,
    )
    for i in range(5):
        y = deck + 16 + (base - deck - 16) * i / 5
        c.line([(at(w * (0.19 - i * 0.016)), y), (at(w * (0.13 - i * 0.016)), y)], e, 8, caps=True)
    c.line([(at(w * 0.19), deck), (at(w * 0.11), base)], dark(e, 0.1), 8, caps=True)
    cx, cy = at(w * 0.66), h * 0.88
    c.oval(cx, cy + 5, w * 0.27, h * 0.095, dark(m.wood, 0.1))
    c.oval(cx, cy, w * 0.26, h * 0.085, (240, 218, 166) if m.season != "winter" else (244, 238, 226))
    for i in range(3):
        x = cx + w * (i - 1) * 0.14 + m.chance.uniform(-12, 12)
        y = cy + m.chance.uniform(-10, 20)
        if (i + m.chance.randrange(2)) % 2:
            c.poly([(x - 40, y), (x - 6, y - 40), (x + 10, y - 38), (x + 42, y)], (226, 198, 142))
        tone = m.toy()
        c.poly([(x + 18, y - 26), (x + 58, y - 26), (x + 52, y + 14), (x + 24, y + 14)], tone)
        c.arc(x + 38, y - 26, 19, 20, 180, 360, dark(tone, 0.25), 4)
        c.line([(x - 14, y + 12), (x - 40, y - 18)], light(m.wood, 0.2), 6, caps=True)
    f.ball(c, m, at(w * 0.14), h * 0.9, w * 0.032)


def front(c: Canvas, m: Mood) -> None:
    """The front of a kindergarten with its path, trees and flower beds."""
    yard(c, m, 0.6)
    w, h = c.width, c.height
    wall = m.chance.choice(
        (light(m.accents[1], 0.4), light(m.wall, 0.2), light(m.accents[0], 0.55), light(m.accents[2], 0.55))
    )
    roof = m.chance.choice((m.accents[0], m.accents[2], dark(m.accents[3], 0.1)))
    bx, bw = w * 0.16, w * 0.68
    top = h * m.chance.uniform(0.24, 0.3)
    base = h * 0.66
    c.rect(bx, top, bw, base - top, wall)
    c.rect(bx, base - 34, bw, 34, dark(wall, 0.12))
    kind = m.chance.randrange(3)
    if kind == 0:
        c.poly(
            [
                (bx - 26, top),
                (bx + bw * 0.08, top - h * 0.1),
                (bx + bw * 0.92, top - h * 0.1),
                (bx + bw + 26, top),
            ],
            roof,
        )
    elif kind == 1:
        c.rect(bx - 14, top - 18, bw + 28, 24, roof, 5)
        c.poly([(w * 0.4, top - 18), (w * 0.5, top - h * 0.13), (w * 0.6, top - 18)], roof)
        c.oval(w * 0.5, top - h * 0.055, 16, 16, (255, 250, 238))
    else:
        for i in range(5):
            c.pie(bx + bw * (i + 0.5) / 5, top + 2, bw / 10, h * 0.07, 180, 360, m.accents[i % 4])
    floors = 2 if base - top > h * 0.36 else 1
    cols = 6
    for fl in range(2):
        for i in range(cols):
            if (fl == floors - 1 and i in (2, 3) and floors == 2) or (floors == 1 and i in (2, 3)):
                continue
            x, y = bx + bw * (0.045 + i * 0.157), top + (base - top) * (0.1 + fl * 0.42)
            ww, wh = bw * 0.11, (base - top) * 0.26
            c.rect(x - 5, y - 5, ww + 10, wh + 10, (255, 252, 244), 4)
            c.rect(x, y, ww, wh, (170, 206, 220) if m.hour != "dusk" else (252, 222, 150))
            c.line([(x + ww / 2, y), (x + ww / 2, y + wh)], (255, 252, 244), 4)
            c.poly(
                [(x, y + wh * 0.8), (x + ww * 0.6, y), (x + ww * 0.9, y), (x, y + wh)], (255, 255, 255, 70)
            )
            c.rect(x - 5, y + wh + 3, ww + 10, 8, m.accents[(i + fl) % 4], 3)
    c.rect(w * 0.435, base - h * 0.19, w * 0.13, h * 0.19, light(m.wood, 0.1), 6)
    c.rect(w * 0.445, base - h * 0.175, w * 0.052, h * 0.175, (190, 216, 224), 3)
    c.rect(w * 0.503, base - h * 0.175, w * 0.052, h * 0.175, (190, 216, 224), 3)
    c.rect(w * 0.4, base - h * 0.225, w * 0.2, 22, roof, 6)
    c.poly([(w * 0.44, base), (w * 0.56, base), (w * 0.74, h), (w * 0.26, h)], (232, 222, 204))
    for i in range(1, 5):
        y = base + (h - base) * (i / 5) ** 1.3
        c.line([(w * (0.44 - 0.18 * (y - base) / (h - base)), y), (w * (0.56 + 0.18 * (y - base) / (h - base)), y)],
               (206, 194, 176), 3)  # fmt: skip
    for side in (-1, 1):
        n.tree(
            c, m, w * (0.5 + side * m.chance.uniform(0.38, 0.42)), h * 0.78, h * m.chance.uniform(0.36, 0.46)
        )
        for i in range(3):
            x = w * (0.5 + side * (0.16 + i * 0.1))
            n.bush(c, m, x, h * (0.75 + i * 0.02), w * 0.032)
        if m.season in ("spring", "summer", "autumn"):
            for i in range(7):
                n.flower(
                    c, w * (0.5 + side * (0.24 + i * 0.035)), h * (0.86 + (i % 2) * 0.03), 9, m.accents[i % 4]
                )
    pole = w * m.chance.choice((0.1, 0.88))
    c.rect(pole, h * 0.16, 7, h * 0.6, (226, 226, 230), 3)
    c.poly(
        [(pole + 7, h * 0.17), (pole + 74, h * 0.185), (pole + 70, h * 0.235), (pole + 7, h * 0.24)],
        (206, 62, 50),
    )


def sports(c: Canvas, m: Mood) -> None:
    """A sports day: lanes, hoops, balls, a bunting and parasols."""
    line = yard(c, m, 0.44)
    w, h = c.width, c.height
    fence(c, m, line)
    track = m.chance.choice(((214, 118, 92), (122, 168, 122), (108, 152, 178)))
    y0 = line + (h - line) * 0.24
    c.poly([(w * 0.14, y0), (w * 0.86, y0), (w * 1.14, h), (-w * 0.14, h)], track)
    for i in range(6):
        t = i / 5
        c.line([(w * (0.14 + 0.72 * t), y0), (w * (-0.14 + 1.28 * t), h)], (255, 252, 244, 220), 4)
    for i in range(12):
        x = -w * 0.09 + i * w * 0.1
        for k in range(2):
            if (i + k) % 2:
                c.rect(x, h * 0.9 + k * 18, w * 0.1, 18, (255, 252, 244, 230))
    for i in range(5):
        t = (i + 0.5) / 5
        for k in range(2):
            share = 0.3 + 0.3 * k + 0.1 * m.chance.random()
            x = w * (0.14 + 0.72 * t) + (w * (-0.28 + 0.56 * t)) * share
            y = y0 + (h - y0) * share
            tone = m.accents[(i + k) % 4]
            kind = (i + k + m.chance.randrange(2)) % 3
            s = 0.6 + share
            if kind == 0:
                c.ring(x, y, 40 * s, 15 * s, tone, 7 * s)
            elif kind == 1:
                c.oval(x, y + 3, 26 * s, 8 * s, (60, 46, 50, 50))
                c.poly([(x - 20 * s, y), (x, y - 50 * s), (x + 20 * s, y)], tone)
                c.poly(
                    [
                        (x - 12 * s, y - 20 * s),
                        (x - 6 * s, y - 34 * s),
                        (x + 6 * s, y - 34 * s),
                        (x + 12 * s, y - 20 * s),
                    ],
                    (255, 252, 244),
                )
            else:
                c.oval(x, y + 4, 22 * s, 7 * s, (60, 46, 50, 50))
                f.ball(c, m, x, y - 16 * s, 20 * s)
    _flags(c, m, line)
    for x in (0.08, 0.92):
        _parasol(c, m, w * x, y0 + 26, h * 0.28)


def _flags(c: Canvas, m: Mood, line: float) -> None:
    w = c.width
    tones = m.chips(14)
    for x in (w * 0.16, w * 0.84):
        c.rect(x - 4, line * 0.5, 8, line * 0.62, (240, 236, 226), 3)
    for i in range(14):
        t0, t1 = i / 14, (i + 1) / 14
        x0, x1 = w * (0.16 + 0.68 * t0), w * (0.16 + 0.68 * t1)
        ya = line * (0.52 + 0.5 * t0 * (1 - t0))
        yb = line * (0.52 + 0.5 * t1 * (1 - t1))
        c.line([(x0, ya), (x1, yb)], (120, 104, 96), 2)
        c.poly([(x0 + 4, ya), (x1 - 4, yb), ((x0 + x1) / 2, (ya + yb) / 2 + 40)], tones[i])


def _parasol(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    c.shadow(x, base, h * 0.3, 9)
    c.rect(x - 4, base - h, 8, h, (240, 236, 226), 3)
    tone = m.accent()
    for i in range(6):
        c.pie(
            x,
            base - h * 0.72,
            h * 0.4,
            h * 0.34,
            180 + i * 30,
            210 + i * 30,
            tone if i % 2 else (255, 250, 238),
        )
