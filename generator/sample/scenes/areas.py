"""Scenes of play areas: reading, building, art, role play, science, puppets, planting, water and sand."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, clear, dark, light
from generator.sample.scenes.mood import Mood


def _side(c: Canvas, m: Mood) -> tuple[float, float]:
    """Return the x of a wide left part and of the narrow right part, or the other way round."""
    return (0.1 * c.width, 0.66 * c.width) if m.coin() else (0.44 * c.width, 0.06 * c.width)


def reading(c: Canvas, m: Mood) -> None:
    """A reading corner with a low shelf, cushions and a lamp."""
    line = r.room(c, m)
    w = c.width
    main, other = _side(c, m)
    r.window(c, m, other + w * 0.03, line * 0.16, w * 0.22, line * 0.5)
    if m.coin():
        r.gallery_wall(c, m, main + 14, line * 0.1, 3, 1, w * 0.12)
    else:
        r.bunting(c, m, main - 10, main + w * 0.44, line * 0.1, 16)
    cells = f.shelf(c, m, main, line + 34, w * 0.44, line * 0.52, 2, 3)
    for i, cell in enumerate(cells):
        if i < 3:
            f.book_covers(c, m, cell[0] + 3, cell[1] + cell[3], cell[2] - 6, cell[3] * 0.8, 2)
        else:
            f.fill(c, m, cell, ("books", "basket", "books", "bear")[m.chance.randrange(4)])
    n.pot_plant(c, m, main + w * 0.06, line + 34 - line * 0.52, line * 0.22)
    f.bear(c, m, main + w * 0.36, line + 34 - line * 0.52, line * 0.17)
    r.sunbeam(c, m, other, line)
    fl = c.height - line
    r.rug(c, m, w * 0.5, line + fl * 0.66, w * 0.36, fl * 0.28)
    for dx in (-0.24, 0.02, 0.25):
        f.cushion(c, m, w * (0.5 + dx), line + fl * m.chance.uniform(0.52, 0.76), w * 0.068)
    _open_book(c, m, w * 0.42, line + fl * 0.82, w * 0.1)
    _open_book(c, m, w * 0.64, line + fl * 0.6, w * 0.075)
    _lamp(c, m, other + w * (0.26 if other > w / 2 else 0.02), line + fl * 0.3, line * 0.74)


def _open_book(c: Canvas, m: Mood, x: float, y: float, s: float) -> None:
    tone = m.accent()
    c.poly([(x - s, y), (x, y + s * 0.1), (x + s, y), (x + s * 0.86, y - s * 0.5), (x, y - s * 0.4),
            (x - s * 0.86, y - s * 0.5)], dark(tone, 0.1))  # fmt: skip
    for side in (-1, 1):
        c.poly([(x, y + s * 0.06), (x + side * s * 0.94, y - s * 0.04), (x + side * s * 0.8, y - s * 0.5),
                (x, y - s * 0.4)], (255, 253, 245))  # fmt: skip
        c.oval(x + side * s * 0.46, y - s * 0.26, s * 0.2, s * 0.1, light(m.toy(), 0.2))
    c.line([(x, y + s * 0.06), (x, y - s * 0.4)], (214, 204, 190), 2)


def _lamp(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    tone = light(m.accent(), 0.25)
    if m.hour in ("dusk", "overcast"):
        for size in (1.0, 0.7):
            c.oval(x, base - h * 0.82, h * 0.42 * size, h * 0.42 * size, (255, 238, 176, 44))
    c.oval(x, base, h * 0.11, h * 0.025, dark(m.wood, 0.3))
    c.rect(x - 3, base - h * 0.8, 6, h * 0.8, dark(m.wood, 0.3))
    c.poly([(x - h * 0.09, base - h), (x + h * 0.09, base - h), (x + h * 0.16, base - h * 0.76),
            (x - h * 0.16, base - h * 0.76)], tone)  # fmt: skip


def building(c: Canvas, m: Mood) -> None:
    """A building area: a castle or bridge of wooden blocks on a mat, shelves of blocks behind."""
    line = r.room(c, m, horizon=0.56)
    w, fl = c.width, c.height - line
    main, other = _side(c, m)
    for cell in f.shelf(c, m, main, line + 24, w * 0.42, line * 0.5, 2, 4):
        f.fill(c, m, cell, m.chance.choice(("blocks", "blocks", "box", "rings", "basket")))
    r.window(c, m, other + w * 0.04, line * 0.14, w * 0.2, line * 0.5)
    r.bunting(c, m, main, main + w * 0.44, line * 0.08, 14)
    r.rug(c, m, w * 0.5, line + fl * 0.64, w * 0.4, fl * 0.28)
    base = line + fl * 0.72
    if m.coin():
        _castle(c, m, w * 0.5, base, w * 0.46, c.height * 0.4)
    else:
        _bridge(c, m, w * 0.5, base, w * 0.6, c.height * 0.3)
    for _ in range(8):
        x, y, s = w * m.chance.uniform(0.08, 0.92), line + fl * m.chance.uniform(0.8, 0.96), w * 0.032
        tone = m.toy()
        if m.coin():
            c.rect(x, y - s, s * 1.5, s, tone, 3)
            c.poly([(x, y - s), (x + s * 0.4, y - s * 1.3), (x + s * 1.9, y - s * 1.3), (x + s * 1.5, y - s)],
                   light(tone, 0.3))  # fmt: skip
        else:
            c.oval(x, y - s * 0.4, s * 0.7, s * 0.5, tone)
            c.oval(x, y - s * 0.6, s * 0.7, s * 0.46, light(tone, 0.25))


def _castle(c: Canvas, m: Mood, cx: float, base: float, w: float, h: float) -> None:
    wood = light(m.wood, 0.35)
    c.shadow(cx, base, w * 0.6, 20)
    towers = (
        (-0.42, 0.2, 0.78),
        (0.22, 0.2, m.chance.uniform(0.66, 0.9)),
        (-0.1, 0.2, m.chance.uniform(0.9, 1.05)),
    )
    for i, (dx, tw, th) in enumerate(towers):
        x, tone = cx + dx * w, m.chips(3)[i % 3]
        steps = 5
        for k in range(steps):
            shade = light(wood, 0.2) if (k + i) % 2 else wood
            c.rect(x, base - h * th * 0.8 * (k + 1) / steps, tw * w, h * th * 0.8 / steps - 1.5, shade, 2)
        top = base - h * th * 0.8
        c.poly([(x - 8, top), (x + tw * w / 2, top - h * 0.22), (x + tw * w + 8, top)], tone)
        c.line([(x + tw * w / 2, top - h * 0.22), (x + tw * w / 2, top - h * 0.34)], dark(m.wood, 0.3), 3)
        c.poly([(x + tw * w / 2, top - h * 0.34), (x + tw * w / 2 + 30, top - h * 0.3),
                (x + tw * w / 2, top - h * 0.26)], m.accents[(i + 2) % 4])  # fmt: skip
        c.rect(x + tw * w * 0.32, top + h * 0.1, tw * w * 0.36, h * 0.12, dark(wood, 0.35), tw * w * 0.18)
    c.rect(cx - w * 0.3, base - h * 0.26, w * 0.6, h * 0.26, light(wood, 0.1), 2)
    for i in range(7):
        c.rect(cx - w * 0.3 + i * w * 0.09, base - h * 0.32, w * 0.05, h * 0.07, light(wood, 0.1), 2)
    c.pie(cx, base, w * 0.09, h * 0.2, 180, 360, dark(wood, 0.45))


def _bridge(c: Canvas, m: Mood, cx: float, base: float, w: float, h: float) -> None:
    tones = m.chips(5)
    c.shadow(cx, base, w * 0.55, 18)
    for i in range(5):
        x = cx - w * 0.5 + i * w * 0.225
        c.rect(x, base - h * 0.6, w * 0.09, h * 0.6, tones[i], 3)
        if i < 4:
            c.rect(x + w * 0.09, base - h * 0.56, w * 0.135, h * 0.14, light(m.wood, 0.3))
            c.pie(x + w * 0.157, base - h * 0.3, w * 0.066, h * 0.16, 180, 360, clear(dark(m.wood, 0.1), 70))
    c.rect(cx - w * 0.54, base - h * 0.72, w * 1.06, h * 0.14, light(m.wood, 0.4), 3)
    for i in range(4):
        x = cx - w * 0.4 + i * w * 0.23
        tone = tones[(i + 2) % 5]
        c.rect(x, base - h * 0.92, w * 0.13, h * 0.12, tone, 6)
        c.rect(x + w * 0.02, base - h * 1.02, w * 0.07, h * 0.12, light(tone, 0.4), 4)
        for dx in (0.03, 0.1):
            c.oval(x + w * dx, base - h * 0.77, w * 0.018, w * 0.018, (84, 74, 78))


def art(c: Canvas, m: Mood) -> None:
    """An art area: easels, a table with paints and a wall of paintings."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    if m.coin():
        r.gallery_wall(c, m, w * 0.08, line * 0.08, 3, 2, w * 0.13)
        r.window(c, m, w * 0.66, line * 0.14, w * 0.22, line * 0.48)
    else:
        r.gallery_wall(c, m, w * 0.42, line * 0.1, 3, 2, w * 0.14)
        r.window(c, m, w * 0.08, line * 0.14, w * 0.24, line * 0.5)
    _easel(c, m, w * m.chance.uniform(0.12, 0.18), line + fl * 0.62, c.height * 0.5)
    _easel(c, m, w * m.chance.uniform(0.8, 0.88), line + fl * 0.56, c.height * 0.46)
    top = f.table(c, m, w * 0.5, c.height * 0.95, w * 0.44, fl * 0.5)
    for i, tone in enumerate(m.chips(5)):
        x = w * (0.36 + i * 0.05)
        c.rect(x - 11, top - 26, 22, 26, (255, 255, 255, 200), 4)
        c.rect(x - 11, top - 17, 22, 17, tone, 4)
    f.pencils(c, m, w * 0.63, top + 4, 62)
    f.sheet(c, m, w * 0.42, top + 6, w * 0.16, 22, 0 + 2)
    f.chair(c, m, w * 0.3, c.height * 0.97, c.height * 0.16, m.toy())
    f.chair(c, m, w * 0.68, c.height * 0.98, c.height * 0.16, m.toy())


def _easel(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    wood = light(m.wood, 0.12)
    c.shadow(x, base, h * 0.26, 10)
    for dx in (-0.24, 0.24):
        c.line([(x, base - h), (x + dx * h, base)], wood, 8, caps=True)
    c.rect(x - h * 0.24, base - h * 0.92, h * 0.48, h * 0.52, wood, 4)
    c.rect(x - h * 0.215, base - h * 0.9, h * 0.43, h * 0.47, (255, 253, 245))
    tones = m.chips(4)
    kind = m.chance.randrange(3)
    if kind == 0:
        c.pie(x, base - h * 0.46, h * 0.17, h * 0.3, 180, 360, light(tones[0], 0.2))
        c.oval(x + h * 0.12, base - h * 0.8, h * 0.05, h * 0.05, tones[1])
    elif kind == 1:
        for i, tone in enumerate(tones):
            c.arc(x, base - h * 0.46, h * (0.19 - i * 0.035), h * (0.28 - i * 0.05), 180, 360, tone, 8)
    else:
        for i, tone in enumerate(tones):
            n.flower(c, x + (i - 1.5) * h * 0.1, base - h * (0.62 + 0.1 * (i % 2)), h * 0.05, tone)
            c.line([(x + (i - 1.5) * h * 0.1, base - h * (0.57 + 0.1 * (i % 2))), (x + (i - 1.5) * h * 0.1, base - h * 0.44)],
                   (120, 160, 100), 3)  # fmt: skip
    c.rect(x - h * 0.27, base - h * 0.41, h * 0.54, h * 0.04, dark(wood, 0.12), 3)


def shop(c: Canvas, m: Mood) -> None:
    """A role-play area: a stall with an awning, fruit, scales and baskets."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    r.gallery_wall(c, m, w * 0.05, line * 0.12, 1, 2, w * 0.13)
    r.lantern(c, m, w * 0.9, line * 0.24, w * 0.045)
    x0, x1 = w * m.chance.uniform(0.2, 0.26), w * m.chance.uniform(0.8, 0.86)
    base, top = line + fl * 0.5, line * 0.24
    c.shadow((x0 + x1) / 2, base, (x1 - x0) * 0.56, 16)
    for x in (x0, x1 - 12):
        c.rect(x, top, 12, base - top, light(m.wood, 0.1), 3)
    inner = x1 - x0 - 24
    for row in (0.42, 0.62):
        y = top + (base - top) * row
        c.rect(x0 + 12, y, inner, 9, light(m.wood, 0.3))
        for i in range(6):
            cell = (x0 + 18 + i * inner / 6, y - 62, inner / 6 - 10, 62.0)
            f.fill(c, m, cell, m.chance.choice(("jars", "box", "basket", "ball", "plant", "box")))
    counter = top + (base - top) * 0.68
    tone = m.accent()
    c.rect(x0 - 14, counter, x1 - x0 + 28, base - counter, light(tone, 0.3), 4)
    for i in range(0, 8, 2):
        c.rect(
            x0 - 14 + i * (x1 - x0 + 28) / 8, counter, (x1 - x0 + 28) / 8, base - counter, light(tone, 0.46)
        )
    c.rect(x0 - 24, counter - 10, x1 - x0 + 48, 16, light(m.wood, 0.35), 5)
    stripes = 10
    sw = (x1 - x0 + 60) / stripes
    for i in range(stripes):
        tint = m.accents[0] if i % 2 else (255, 250, 240)
        c.poly([(x0 - 10 + i * (x1 - x0 + 20) / stripes, top - 8), (x0 - 10 + (i + 1) * (x1 - x0 + 20) / stripes, top - 8),
                (x0 - 30 + (i + 1) * sw, top + 62), (x0 - 30 + i * sw, top + 62)], tint)  # fmt: skip
        c.pie(x0 - 30 + (i + 0.5) * sw, top + 62, sw / 2, 18, 0, 180, tint)
    for i in range(4):
        _crate(c, m, w * (0.24 + i * 0.15), line + fl * m.chance.uniform(0.72, 0.82), w * 0.12)
    f.scales(c, m, x0 + (x1 - x0) * m.chance.uniform(0.3, 0.7), counter - 10)


def _crate(c: Canvas, m: Mood, x: float, y: float, w: float) -> None:
    tone = m.chance.choice(((226, 88, 62), (240, 178, 66), (146, 176, 84), (206, 92, 112), (226, 140, 60)))
    c.shadow(x + w / 2, y + w * 0.34, w * 0.56, 8)
    for row in range(2):
        for i in range(4):
            cx, cy = x + w * (0.16 + i * 0.22 + row * 0.06), y - w * 0.08 + row * w * 0.09
            c.oval(cx, cy, w * 0.125, w * 0.12, light(tone, 0.08 * i))
            c.line([(cx, cy - w * 0.1), (cx + 3, cy - w * 0.15)], (96, 130, 78), 2.4)
    for i in range(2):
        c.rect(x - 4, y + w * (0.06 + i * 0.15), w + 8, w * 0.12, light(m.wood, 0.15 + 0.12 * i), 3)
