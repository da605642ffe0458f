"""Scenes of giving: boxes of toys and books, parcels and schoolbags for children in need, hygiene supplies."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, dark, light
from generator.sample.scenes.mood import Mood


def toys(c: Canvas, m: Mood) -> None:
    """Open cartons with toys and books beside a shelf that is being filled."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    side = m.coin()
    for i, cell in enumerate(
        f.shelf(c, m, w * (0.06 if side else 0.5), line + 26, w * 0.44, line * 0.66, 2, 3)
    ):
        f.fill(
            c,
            m,
            cell,
            ("books", "ball", "rings", "bear", "blocks", "box", "basket")[
                (i * 3 + m.chance.randrange(3)) % 7
            ],
        )
    r.window(c, m, w * (0.62 if side else 0.1), line * 0.14, w * 0.26, line * 0.5)
    r.sunbeam(c, m, w * (0.6 if side else 0.1), line)
    spots = [0.08, 0.3, 0.53, 0.75]
    for i, x in enumerate(spots):
        bw, bh = w * m.chance.uniform(0.15, 0.18), c.height * m.chance.uniform(0.15, 0.2)
        base = line + fl * m.chance.uniform(0.66, 0.84)
        cx = w * x + bw / 2
        kind = (i + m.chance.randrange(2)) % 4
        if kind == 0:
            f.books(c, m, w * x + 10, base - bh + 8, bw - 20, bh * 0.6)
        elif kind == 1:
            f.bear(c, m, cx, base - bh + bh * 0.3, bh * 0.95)
        elif kind == 2:
            for k in range(3):
                f.ball(c, m, w * x + bw * (0.24 + k * 0.26), base - bh - (k % 2) * 12, bw * 0.15)
        else:
            f.rings(c, m, cx - bw * 0.2, base - bh + 12, bh * 0.62)
            f.pencils(c, m, cx + bw * 0.22, base - bh + 10, bh * 0.56)
        f.carton(c, m, w * x, base, bw, bh)
    for _ in range(3):
        f.ball(c, m, w * m.chance.uniform(0.06, 0.94), c.height * m.chance.uniform(0.93, 0.97), w * 0.022)


def parcels(c: Canvas, m: Mood) -> None:
    """Parcels with ribbons and schoolbags on a table, hearts strung above."""
    line = r.room(c, m, horizon=0.6)
    w, h = c.width, c.height
    for i in range(9):
        x = w * (0.06 + i * 0.11)
        y = line * (0.16 + 0.1 * ((i % 2) + m.chance.random() * 0.6))
        c.line([(x, 0), (x, y)], dark(m.panel, 0.2), 1.6)
        f.heart(c, x, y + 14, 15, light(m.accents[i % 4], 0.2))
    top = h * 0.66
    cloth = light(m.accents[2], 0.35)
    c.shadow(w * 0.5, h * 0.97, w * 0.46, 18)
    order = ["parcel", "satchel", "parcel", "satchel", "books", "parcel"]
    m.chance.shuffle(order)
    c.poly(
        [(w * 0.12, top - 18), (w * 0.88, top - 18), (w * 0.94, top + 22), (w * 0.06, top + 22)],
        light(cloth, 0.3),
    )
    c.rect(w * 0.06, top + 22, w * 0.88, h * 0.97 - top - 22, cloth)
    for i in range(8):
        c.rect(w * (0.06 + i * 0.11), top + 22, w * 0.055, h * 0.97 - top - 22, light(cloth, 0.14))
    for i, kind in enumerate(order):
        x = w * (0.13 + i * 0.145)
        if kind == "parcel":
            s = h * m.chance.uniform(0.13, 0.19)
            f.carton(c, m, x - s * 0.45, top + 10, s * 0.95, s, ribbon=True)
        elif kind == "satchel":
            f.satchel(c, m, x, top + 12, h * m.chance.uniform(0.22, 0.27))
        else:
            f.books(c, m, x - w * 0.05, top + 8, w * 0.11, h * 0.15)
    for x in (0.24, 0.5, 0.76):
        f.heart(c, w * x, h * 0.84, 24, light(m.accents[0], 0.15))


def knitwear(c: Canvas, m: Mood) -> None:
    """Warm things on a line: caps, mittens, scarves and a coat, parcels below."""
    line = r.room(c, m)
    w, h = c.width, c.height
    r.window(c, m, w * 0.34, line * 0.08, w * 0.32, line * 0.34)
    y = line * 0.5
    c.line([(w * 0.03, y - 10), (w * 0.5, y + 16), (w * 0.97, y - 10)], dark(m.wood, 0.2), 4)
    for i in range(7):
        x = w * (0.1 + i * 0.135)
        py = y + 12 - abs(i - 3) * 5
        tone = m.chips(7)[i]
        c.rect(x - 5, py - 16, 10, 26, light(m.wood, 0.4), 3)
        kind = (i + m.chance.randrange(2)) % 4
        if kind == 0:
            c.pie(x, py + 58, 44, 54, 180, 360, tone)
            c.rect(x - 50, py + 52, 100, 24, light(tone, 0.4), 10)
            c.oval(x, py + 2, 14, 14, light(tone, 0.55))
        elif kind == 1:
            for dx in (-26, 26):
                c.rect(x + dx - 20, py + 6, 40, 70, tone, 19)
                c.oval(x + dx + (22 if dx > 0 else -22), py + 46, 11, 17, tone)
                c.rect(x + dx - 22, py + 2, 44, 18, light(tone, 0.5), 7)
        elif kind == 2:
            c.rect(x - 18, py, 36, 124, tone, 6)
            for k in range(3):
                c.rect(x - 18, py + 28 + k * 30, 36, 11, light(tone, 0.5))
            for k in range(4):
                c.line([(x - 14 + k * 9, py + 122), (x - 14 + k * 9, py + 138)], tone, 4)
        else:
            c.rect(x - 40, py + 4, 80, 92, tone, 12)
            c.rect(x - 62, py + 8, 26, 74, dark(tone, 0.08), 12)
            c.rect(x + 36, py + 8, 26, 74, dark(tone, 0.08), 12)
            c.rect(x - 40, py + 84, 80, 14, light(tone, 0.4), 5)
            f.heart(c, x, py + 44, 14, light(tone, 0.65))
    fl = h - line
    for i in range(4):
        s = h * m.chance.uniform(0.13, 0.18)
        f.carton(
            c,
            m,
            w * (0.1 + i * 0.22),
            line + fl * m.chance.uniform(0.5, 0.85),
            s * 1.1,
            s,
            ribbon=m.coin(0.7),
        )


def supplies(c: Canvas, m: Mood) -> None:
    """Hygiene supplies: bottles, thermometers, boxes and towels on a trolley and the floor."""
    line = r.room(c, m)
    w, h = c.width, c.height
    fl = h - line
    for i in range(3):
        r.picture(c, m, w * (0.1 + i * 0.17), line * 0.12, w * 0.14, line * 0.24)
    r.window(c, m, w * 0.68, line * 0.12, w * 0.22, line * 0.46)
    x0, tw = w * m.chance.uniform(0.18, 0.3), w * 0.46
    base = line + fl * 0.44
    c.shadow(x0 + tw / 2, base + 22, tw * 0.58, 16)
    for x in (x0, x0 + tw - 12):
        c.rect(x, line * 0.56, 12, base - line * 0.56, (186, 192, 200), 4)
        c.oval(x + 6, base + 10, 13, 13, (84, 84, 92))
    for k in range(2):
        y = line * 0.78 + k * (base - line * 0.8) * 0.98
        c.rect(x0 - 6, y, tw + 12, 12, (206, 212, 218), 5)
        for i in range(6):
            x = x0 + 20 + i * (tw - 30) / 6
            tone = m.toy()
            kind = (i + k + m.chance.randrange(2)) % 3
            if kind == 0:
                c.rect(x, y - 62, 40, 62, light(tone, 0.3), 8)
                c.rect(x + 4, y - 40, 32, 24, (255, 255, 255), 3)
                c.rect(x + 14, y - 76, 12, 16, dark(tone, 0.2), 3)
            elif kind == 1:
                c.rect(x - 4, y - 38, 56, 38, tone, 4)
                c.rect(x + 14, y - 28, 20, 6, (255, 255, 255))
                c.rect(x + 21, y - 35, 6, 20, (255, 255, 255))
            else:
                for q in range(3):
                    c.rect(x - 2, y - 18 - q * 17, 48, 16, light(m.accents[q], 0.45), 7)
    for i in range(3):
        s = h * m.chance.uniform(0.14, 0.18)
        f.carton(c, m, w * (0.08 + i * 0.29), line + fl * m.chance.uniform(0.8, 0.95), s * 1.15, s)
    n.pot_plant(c, m, w * 0.92, line + fl * 0.3, h * 0.22)
