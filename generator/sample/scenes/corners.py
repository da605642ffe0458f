"""More play areas: a doll's kitchen, a table of games, a music stage, water channels outside."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, dark, light
from generator.sample.scenes.mood import Mood


def kitchen(c: Canvas, m: Mood) -> None:
    """A doll's house: a little stove, a sink, a laid table and a cot."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    r.window(c, m, w * 0.1, line * 0.12, w * 0.2, line * 0.4)
    base, top = line + fl * 0.22, line * 0.6
    x0, unit = w * 0.1, w * 0.15
    c.shadow(x0 + unit * 2, base, unit * 2.2, 14)
    for i, kind in enumerate(m.chance.sample(("stove", "sink", "drawers", "oven"), 4)):
        x, tone = x0 + i * unit, light(m.accents[i], 0.35)
        c.rect(x, top, unit - 4, base - top, tone, 6)
        c.rect(x, top - 8, unit, 16, light(m.wood, 0.45), 4)
        if kind == "stove":
            for dx in (0.28, 0.7):
                c.oval(x + unit * dx, top - 4, unit * 0.15, 6, (74, 72, 80))
            c.rect(x + unit * 0.16, top - 34, unit * 0.26, 28, m.accents[0], 6)
            c.rect(x + unit * 0.38, top - 28, unit * 0.2, 7, dark(m.accents[0], 0.2), 3)
        elif kind == "sink":
            c.oval(x + unit * 0.5, top, unit * 0.3, 7, (214, 222, 228))
            c.arc(x + unit * 0.5, top - 14, 16, 26, 180, 330, (160, 166, 174), 7)
        elif kind == "drawers":
            for k in range(3):
                c.rect(
                    x + unit * 0.12,
                    top + 20 + k * (base - top) * 0.28,
                    unit * 0.72,
                    (base - top) * 0.2,
                    light(tone, 0.4),
                    5,
                )
                c.oval(x + unit * 0.48, top + 20 + (k + 0.36) * (base - top) * 0.28, 6, 6, dark(tone, 0.3))
            n.pot_plant(c, m, x + unit * 0.5, top - 6, line * 0.17)
        if kind in ("stove", "oven", "sink"):
            c.rect(
                x + unit * 0.14,
                top + (base - top) * 0.24,
                unit * 0.68,
                (base - top) * 0.56,
                light(tone, 0.45),
                8,
            )
            c.rect(x + unit * 0.24, top + (base - top) * 0.16, unit * 0.48, 7, dark(tone, 0.25), 4)
    rail = line * 0.2
    c.rect(w * 0.4, rail, w * 0.3, 7, dark(m.wood, 0.2), 3)
    for i in range(5):
        x = w * (0.425 + i * 0.06)
        c.rect(x - 3, rail + 4, 6, 44, light(m.wood, 0.1), 3)
        c.oval(x, rail + 56, 17, 19, m.accents[i % 4])
    cx = w * 0.84
    c.shadow(cx, base + 8, w * 0.12, 10)
    c.rect(cx - w * 0.1, base - line * 0.2, w * 0.2, line * 0.18, light(m.wood, 0.3), 10)
    c.rect(cx - w * 0.085, base - line * 0.26, w * 0.17, line * 0.13, light(m.accents[2], 0.5), 14)
    c.arc(cx, base - line * 0.03, w * 0.11, 18, 0, 180, dark(m.wood, 0.05), 8)
    f.bear(c, m, cx, base - line * 0.2, line * 0.22)
    r.rug(c, m, w * 0.5, line + fl * 0.74, w * 0.34, fl * 0.2)
    y = f.round_table(c, m, w * 0.5, c.height * 0.93, w * 0.19, fl * 0.4)
    for i, x in enumerate((0.4, 0.5, 0.6)):
        c.oval(w * x, y + (6 if i == 1 else -4), 30, 10, (255, 253, 246))
        c.oval(w * x, y + (4 if i == 1 else -6), 18, 7, m.accents[i])
    f.cup(c, m, w * 0.46, y - 10, 22)
    for x in (0.26, 0.74):
        f.chair(c, m, w * x, c.height * 0.93, c.height * 0.17, m.toy())


def games(c: Canvas, m: Mood) -> None:
    """A corner of games: boards on low tables, puzzles on the wall, trays in a shelf."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    x0 = w * m.chance.choice((0.08, 0.5))
    cells = f.shelf(c, m, x0, line + 24, w * 0.42, line * 0.46, 2, 4)
    for cell in cells:
        f.fill(c, m, cell, m.chance.choice(("box", "rings", "box", "basket", "blocks", "jars")))
    r.clock(c, m, w * (0.7 if x0 < w / 2 else 0.3), line * 0.2, w * 0.04)
    px, size = w * (0.6 if x0 < w / 2 else 0.1), line * 0.36
    c.rect(px, line * 0.36, size * 1.5, size, light(m.wood, 0.4), 6)
    for row in range(3):
        for col in range(4):
            tone = light(m.accents[(row * 3 + col * 2 + m.chance.randrange(2)) % 4], 0.15 * ((row + col) % 3))
            if (row, col) == (1, 2):
                continue
            cw, ch = size * 1.42 / 4, size * 0.92 / 3
            x, y = px + size * 0.04 + col * cw, line * 0.36 + size * 0.04 + row * ch
            c.rect(x + 2, y + 2, cw - 4, ch - 4, tone, 3)
            if col < 3 and (row, col + 1) != (1, 2):
                c.oval(x + cw, y + ch / 2, ch * 0.15, ch * 0.15, tone)
    for place, x in enumerate((0.28, 0.72)):
        top = f.table(c, m, w * x, c.height * (0.93 + 0.02 * place), w * 0.34, fl * 0.42)
        kind = (place + m.chance.randrange(2)) % 2
        bw, bh = w * 0.1, fl * 0.13
        if kind == 0:
            for row in range(4):
                for col in range(6):
                    lean = (1 - row / 4) * bw * 0.1
                    tone = (252, 246, 232) if (row + col) % 2 else m.accents[2]
                    left = w * x - bw * 0.5 + lean + col * (bw - 2 * lean) / 6
                    c.rect(left, top - bh / 2 + row * bh / 4, (bw - 2 * lean) / 6, bh / 4, tone)
            for _ in range(6):
                px2, py = w * x + m.chance.uniform(-0.4, 0.4) * bw, top + m.chance.uniform(-0.4, 0.4) * bh
                c.oval(px2, py, 7, 5, m.accents[0])
        else:
            for i in range(7):
                c.oval(w * x - bw * 0.6 + i * bw * 0.2, top - 6 + (i % 2) * 12, 10, 7, m.accents[i % 4])
            c.line([(w * x - bw * 0.7, top - 10), (w * x + bw * 0.7, top + 8)], dark(m.wood, 0.1), 3)
        f.basket(c, m, w * (x + 0.11), top + 10, 24, 24)
        for dx in (-0.11, 0.11):
            f.chair(c, m, w * (x + dx), c.height * 0.99, c.height * 0.16, m.toy())


def stage(c: Canvas, m: Mood) -> None:
    """A music stage: drums, a xylophone, a rail of costumes, curtains at the sides."""
    line = r.room(c, m, horizon=0.56)
    w, fl = c.width, c.height - line
    back = light(m.accents[2], 0.55)
    c.rect(w * 0.14, line * 0.06, w * 0.72, line * 0.94, back, 4)
    for i in range(16):
        x, y = w * m.chance.uniform(0.18, 0.82), line * m.chance.uniform(0.12, 0.6)
        n.flower(c, x, y, m.chance.uniform(6, 13), light(m.accents[i % 4], 0.3))
    c.oval(w * 0.5, line * 0.42, line * 0.22, line * 0.22, light(m.accents[1], 0.2))
    c.oval(w * 0.5, line * 0.42, line * 0.17, line * 0.17, light(m.accents[1], 0.45))
    for side in (0, 1):
        for i in range(4):
            x = w * (0.03 + i * 0.035) if side == 0 else w * (0.965 - i * 0.035)
            c.rect(x - w * 0.018, 0, w * 0.04, line + fl * 0.1, dark(m.accents[0], 0.08 * (i % 2)), 8)
    c.rect(0, 0, w, line * 0.07, dark(m.accents[0], 0.1))
    for i in range(12):
        c.pie(
            w * (i + 0.5) / 12,
            line * 0.07,
            w / 24,
            line * 0.07,
            0,
            180,
            m.accents[0] if i % 2 else dark(m.accents[0], 0.12),
        )
    c.rect(w * 0.08, line + fl * 0.08, w * 0.84, fl * 0.5, light(m.wood, 0.35), 6)
    c.rect(w * 0.06, line + fl * 0.5, w * 0.88, fl * 0.16, m.wood, 6)
    rail = line * 0.5
    rx = w * m.chance.choice((0.2, 0.62))
    for x in (rx, rx + w * 0.19):
        c.rect(x, rail, 7, line + fl * 0.2 - rail, dark(m.wood, 0.2), 3)
    c.rect(rx - 6, rail - 4, w * 0.19 + 19, 9, dark(m.wood, 0.2), 4)
    for i in range(4):
        x, tone = rx + w * (0.03 + i * 0.045), m.accents[i]
        c.poly(
            [
                (x, rail + 6),
                (x + 22, rail + 30),
                (x + 28, rail + line * 0.36),
                (x - 28, rail + line * 0.36),
                (x - 22, rail + 30),
            ],
            tone,
        )
        c.rect(x - 29, rail + line * 0.33, 58, 10, light(tone, 0.5), 3)
    base = line + fl * 0.44
    left = 0.56 if rx < w * 0.4 else 0.16
    for i in range(3):
        x, rr = w * (left + i * 0.11), w * (0.034 + 0.009 * ((i + 1) % 2))
        tone = m.accents[(i + 1) % 4]
        c.shadow(x, base, rr * 1.1, 8)
        c.rect(x - rr, base - rr * 1.4, 2 * rr, rr * 1.4, tone, 6)
        c.oval(x, base - rr * 1.4, rr, rr * 0.3, (252, 244, 228))
        for k in range(-1, 2):
            c.line(
                [(x + k * rr * 0.6, base - rr * 1.2), (x + (k + 0.5) * rr * 0.5, base)], light(tone, 0.55), 3
            )
    bars = 0.32 if left > 0.5 else 0.46
    for i in range(7):
        h = fl * (0.2 - i * 0.016)
        c.rect(w * (bars + i * 0.03), line + fl * 0.38 - h / 2, w * 0.024, h, m.chips(7)[i], 5)
    for i in range(5):
        f.cushion(c, m, w * (0.14 + i * 0.18), c.height * m.chance.uniform(0.93, 0.955), w * 0.056)


def water(c: Canvas, m: Mood) -> None:
    """Water play outside: bamboo channels on stands, buckets, a tub with boats."""
    w, h = c.width, c.height
    line = h * 0.44
    n.sky(c, m, 0, 0, w, line)
    n.mountains(c, m, 0, line, w, line * 0.4)
    for i in range(9):
        n.poplar(c, m, w * (0.04 + i * 0.115), line + 4, line * m.chance.uniform(0.34, 0.52))
    n.ground(c, m, 0, line, w, h - line)
    n.litter(c, m, 0, line + 10, w, h - line)
    n.tree(c, m, w * m.chance.choice((0.1, 0.9)), h * 0.6, h * 0.46)
    blue, bamboo = (132, 194, 222), (170, 186, 104)
    y, x = h * 0.42, w * 0.2
    for _ in range(3):
        end, drop = x + w * 0.24, h * 0.075
        for px, py in ((x + w * 0.04, y), (end - w * 0.04, y + drop * 0.8)):
            c.line([(px - 16, h * 0.78), (px, py)], light(m.wood, 0.1), 7, caps=True)
            c.line([(px + 16, h * 0.78), (px, py)], light(m.wood, 0.1), 7, caps=True)
        c.line([(x, y), (end, y + drop)], bamboo, 24, caps=True)
        c.line([(x, y - 5), (end, y + drop - 5)], blue, 10, caps=True)
        for k in range(1, 4):
            kx = x + (end - x) * k / 4
            c.line([(kx, y + drop * k / 4 - 12), (kx, y + drop * k / 4 + 12)], dark(bamboo, 0.22), 4)
        c.line([(end, y + drop), (end + 8, y + drop + h * 0.05)], blue, 8, caps=True)
        x, y = end - w * 0.015, y + drop + h * 0.045
    tub = w * 0.8
    c.shadow(tub, h * 0.9, w * 0.16, 14)
    c.rect(tub - w * 0.13, h * 0.8, w * 0.26, h * 0.1, m.accents[0], 26)
    c.oval(tub, h * 0.8, w * 0.135, h * 0.036, light(m.accents[0], 0.2))
    c.oval(tub, h * 0.802, w * 0.12, h * 0.028, blue)
    for i in range(2):
        bx = tub + w * (i - 0.5) * 0.1
        c.pie(bx, h * 0.795, 26, 20, 0, 180, m.accents[1 + i])
        c.poly([(bx, h * 0.79), (bx, h * 0.74), (bx + 24, h * 0.785)], (255, 252, 244))
    for i in range(4):
        x, by, tone = w * (0.1 + i * 0.12), h * m.chance.uniform(0.86, 0.95), m.toy()
        c.shadow(x, by, 34, 8)
        c.poly([(x - 28, by - 46), (x + 28, by - 46), (x + 22, by), (x - 22, by)], tone)
        c.oval(x, by - 46, 28, 8, blue if m.coin() else light(tone, 0.4))
        c.arc(x, by - 46, 27, 30, 180, 360, dark(tone, 0.25), 4)
    for _ in range(9):
        c.oval(
            w * m.chance.uniform(0.3, 0.72),
            h * m.chance.uniform(0.83, 0.96),
            m.chance.uniform(8, 16),
            6,
            (168, 164, 158),
        )
