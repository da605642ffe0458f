"""Scenes of finding out and making: science, a nature corner, a craft table, a puppet stage."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, dark, light
from generator.sample.scenes.mood import Mood


def science(c: Canvas, m: Mood) -> None:
    """A discovery area: a table with jars, a magnifier, a balance and leaves to compare."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    side = m.coin()
    r.window(c, m, w * (0.08 if side else 0.6), line * 0.12, w * 0.3, line * 0.54)
    for cell in f.shelf(c, m, w * (0.56 if side else 0.07), line + 20, w * 0.36, line * 0.66, 3, 2):
        f.fill(c, m, cell, m.chance.choice(("jars", "box", "plant", "jars", "books")))
    r.sunbeam(c, m, w * (0.12 if side else 0.64), line)
    top = f.table(c, m, w * 0.5, c.height * 0.96, w * 0.78, fl * 0.46)
    places = [0.2, 0.33, 0.47, 0.61, 0.74]
    m.chance.shuffle(places)
    for x in places[:2]:
        for dx in (-24, 24):
            f.jar(c, m, w * x + dx, top + 6, 21, m.chance.uniform(56, 78))
    x = places[2] * w
    c.oval(x, top - 4, 46, 15, (255, 253, 245))
    for i in range(4):
        n.leaf(
            c,
            x - 24 + i * 16,
            top,
            30,
            m.chance.uniform(-70, 60),
            m.chance.choice(n.LEAVES["autumn" if m.coin() else "summer"]),
        )
    _magnifier(c, m, places[3] * w, top - 6)
    f.scales(c, m, places[4] * w, top + 8)
    for x in (0.24, 0.52, 0.78):
        f.chair(c, m, w * x, c.height * 0.99, c.height * 0.15, m.toy(), back=False)


def _magnifier(c: Canvas, m: Mood, x: float, y: float) -> None:
    c.line([(x + 18, y + 8), (x + 52, y + 22)], dark(m.wood, 0.3), 9, caps=True)
    c.oval(x, y - 4, 28, 22, (225, 240, 244, 200))
    c.ring(x, y - 4, 29, 23, m.accents[2], 5)
    c.arc(x, y - 4, 20, 15, 190, 260, (255, 255, 255), 4)


def puppets(c: Canvas, m: Mood) -> None:
    """A performance area: a puppet stage with curtains, instruments and little benches."""
    line = r.room(c, m, horizon=0.62)
    w, fl = c.width, c.height - line
    cx, sw = w * 0.5, w * m.chance.uniform(0.46, 0.54)
    top, base = line * 0.14, line + fl * 0.24
    cloth = m.accents[0]
    r.bunting(c, m, 0, w, line * 0.04, 12)
    c.shadow(cx, base, sw * 0.58, 16)
    c.rect(cx - sw / 2, top, sw, base - top, light(m.wood, 0.15), 8)
    c.poly([(cx - sw / 2 - 10, top + 8), (cx, top - 36), (cx + sw / 2 + 10, top + 8)], dark(cloth, 0.12))
    n.flower(c, cx, top - 10, 14, m.accents[1])
    ox, oy, ow, oh = cx - sw * 0.42, top + 36, sw * 0.84, (base - top) * 0.52
    view = Canvas(round(ow), round(oh))
    n.sky(view, m, 0, 0, ow, oh)
    n.mountains(view, m, 0, oh, ow, oh * 0.5)
    n.tree(view, m, ow * m.chance.uniform(0.2, 0.4), oh, oh * 0.6)
    f.bear(view, m, ow * 0.56, oh + 6, oh * 0.52)
    f.ball(view, m, ow * 0.78, oh * 0.86, oh * 0.1)
    c.lay(view, ox, oy)
    for i in range(7):
        c.pie(ox + ow * (i + 0.5) / 7, oy, ow / 13, 30, 0, 180, cloth if i % 2 else light(cloth, 0.16))
    for side in (0, 1):
        x = ox if side == 0 else ox + ow - 40
        c.rect(x, oy, 40, oh, cloth, 6)
        c.line([(x + 13, oy), (x + 13, oy + oh)], dark(cloth, 0.14), 3)
        c.line([(x + 27, oy), (x + 27, oy + oh)], dark(cloth, 0.14), 3)
    panel = base - (oy + oh) - 14
    for i, tone in enumerate(m.chips(4)):
        c.rect(ox + i * ow / 4 + 4, oy + oh + 12, ow / 4 - 8, panel - 12, light(tone, 0.3), 6)
    _drum(c, m, w * 0.12, line + fl * 0.36, w * 0.06)
    for i in range(3):
        f.rings(c, m, w * (0.84 + i * 0.05), line + fl * (0.28 + i * 0.05), 62)
    for row in range(2):
        y = line + fl * (0.62 + row * 0.28)
        for i in range(4 + row):
            f.chair(
                c,
                m,
                w * (0.26 - row * 0.06 + i * (0.16 + row * 0.0)),
                y,
                c.height * (0.13 + row * 0.02),
                m.toy(),
            )


def _drum(c: Canvas, m: Mood, x: float, base: float, rr: float) -> None:
    tone = m.accent()
    c.shadow(x, base, rr * 1.1, 8)
    c.rect(x - rr, base - rr * 1.1, 2 * rr, rr * 1.1, tone, 6)
    for i in range(-2, 3):
        c.line([(x + i * rr * 0.4, base - rr), (x + (i + 0.5) * rr * 0.4, base)], light(tone, 0.6), 3)
    c.oval(x, base - rr * 1.1, rr, rr * 0.3, (250, 240, 220))
    c.line([(x - rr * 0.3, base - rr * 1.15), (x + rr * 1.2, base - rr * 1.7)], m.wood, 5, caps=True)


def planting(c: Canvas, m: Mood) -> None:
    """A nature corner: pots on stepped shelves before a window, a watering can, seed trays."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    x0 = w * m.chance.uniform(0.16, 0.24)
    r.window(c, m, x0, line * 0.1, w * 0.58, line * 0.46)
    r.sunbeam(c, m, w * 0.3, line)
    wood = light(m.wood, 0.2)
    for step in range(3):
        y = line + fl * (0.02 + step * 0.3)
        left, right = w * (0.14 - step * 0.03), w * (0.86 + step * 0.03)
        c.rect(left, y, right - left, fl * 0.3, dark(wood, 0.2 - step * 0.06))
        c.rect(left - 8, y - 10, right - left + 16, 20, light(wood, 0.12 * step), 4)
        count = 6 - step
        for i in range(count):
            x = left + (right - left) * (i + 0.5) / count
            if m.chance.random() < 0.22:
                _tray(c, m, x, y - 2, w * 0.09)
            else:
                n.pot_plant(c, m, x, y - 2, fl * m.chance.uniform(0.34, 0.46))
    _can(c, m, w * m.chance.choice((0.1, 0.86)), c.height * 0.97, w * 0.055)


def _tray(c: Canvas, m: Mood, x: float, base: float, w: float) -> None:
    c.rect(x - w / 2, base - 22, w, 22, m.toy(), 4)
    c.rect(x - w * 0.46, base - 27, w * 0.92, 9, (126, 96, 74), 3)
    for i in range(5):
        sx = x - w * 0.36 + i * w * 0.18
        n.leaf(c, sx, base - 24, 20, -120, (132, 178, 98))
        n.leaf(c, sx, base - 24, 20, -60, (150, 190, 108))


def _can(c: Canvas, m: Mood, x: float, base: float, s: float) -> None:
    tone = m.accent()
    c.shadow(x, base, s * 1.2, 8)
    c.arc(x - s * 0.2, base - s * 1.1, s * 0.8, s * 0.7, 180, 340, dark(tone, 0.15), 7)
    c.poly([(x + s * 0.6, base - s * 0.5), (x + s * 1.6, base - s * 1.4), (x + s * 1.75, base - s * 1.25),
            (x + s * 0.6, base - s * 0.15)], dark(tone, 0.1))  # fmt: skip
    c.oval(x + s * 1.7, base - s * 1.36, s * 0.24, s * 0.16, light(tone, 0.3))
    c.rect(x - s * 0.8, base - s * 1.2, s * 1.5, s * 1.2, tone, s * 0.2)
    n.flower(c, x - s * 0.05, base - s * 0.6, s * 0.26, light(tone, 0.6))


def crafts(c: Canvas, m: Mood) -> None:
    """A craft table of country things: corn husks, straw, pebbles, gourds and clay."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    straw, husk = (222, 186, 108), (236, 216, 150)
    c.rect(w * 0.08, line * 0.1, w * 0.84, line * 0.46, light(m.wood, 0.5), 8)
    c.rect(w * 0.095, line * 0.12, w * 0.81, line * 0.42, light(m.panel, 0.45), 4)
    for i in range(6):
        x, y = w * (0.16 + i * 0.135), line * m.chance.uniform(0.26, 0.4)
        kind = (i + m.chance.randrange(2)) % 3
        if kind == 0:
            for k in range(8):
                n.leaf(c, x, y, w * 0.05, k * 45 + 10, husk if k % 2 else light(m.accent(), 0.4))
            c.oval(x, y, w * 0.014, w * 0.014, m.accents[0])
        elif kind == 1:
            for k in range(9):
                c.line([(x - 30 + k * 7.5, y - 44 + abs(k - 4) * 4), (x - 12 + k * 3, y + 44)], straw, 4)
            c.rect(x - 22, y + 6, 44, 12, m.accents[1], 4)
        else:
            c.ring(x, y, w * 0.042, w * 0.042, straw, 11)
            for k in range(3):
                c.oval(x - 24 + k * 24, y + w * 0.036, 9, 9, m.accents[k])
    for cell in f.shelf(c, m, w * 0.08, line + 16, w * 0.84, line * 0.26, 1, 6):
        f.fill(c, m, cell, m.chance.choice(("basket", "basket", "jars", "box")))
    top = f.table(c, m, w * 0.5, c.height * 0.96, w * 0.82, fl * 0.44)
    for i in range(4):
        x = w * (0.22 + i * 0.19)
        kind = (i + m.chance.randrange(3)) % 4
        if kind == 0:
            for k in range(6):
                c.oval(
                    x - 40 + k * 15,
                    top + (k % 2) * 9,
                    11,
                    7,
                    m.chance.choice(
                        ((150, 146, 140), (190, 180, 166), (120, 122, 128), light(m.accent(), 0.3))
                    ),
                )
        elif kind == 1:
            f.basket(c, m, x, top + 12, 44, 40)
        elif kind == 2:
            c.oval(x, top - 12, 26, 22, (232, 170, 92))
            c.oval(x, top - 42, 15, 15, (232, 170, 92))
            c.line([(x, top - 56), (x + 8, top - 68)], (122, 142, 84), 5, caps=True)
            c.rect(x - 20, top - 22, 40, 8, m.accents[0], 4)
        else:
            f.pencils(c, m, x, top + 8, 60)
            f.sheet(c, m, x + 22, top - 6, 70, 20, 2)
    for x in (0.2, 0.42, 0.64, 0.84):
        f.chair(c, m, w * x, c.height * 0.995, c.height * 0.14, m.toy(), back=False)
