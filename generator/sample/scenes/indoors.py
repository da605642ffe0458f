"""Scenes of daily life inside: documents, signing, cloakroom, wash room, home, rest room."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, clear, dark, light
from generator.sample.scenes.mood import Mood


def documents(c: Canvas, m: Mood) -> None:
    """Files and rules: cabinets of folders, notices on the wall, a desk with a ledger."""
    line = r.room(c, m)
    w, fl = c.width, c.height - line
    side = m.coin()
    x0 = w * (0.06 if side else 0.54)
    for row, cell in enumerate(f.shelf(c, m, x0, line + fl * 0.16, w * 0.4, line * 0.9, 3, 2)):
        cx, cy, cw, ch = cell
        count = 6
        tone = m.accents[row % 4]
        for i in range(count):
            if m.chance.random() < 0.12:
                continue
            bw = cw / count
            c.rect(cx + i * bw + 2, cy + ch * 0.1, bw - 4, ch * 0.9, tone, 3)
            c.rect(cx + i * bw + 6, cy + ch * 0.24, bw - 12, ch * 0.3, (255, 253, 245), 2)
            c.oval(cx + (i + 0.5) * bw, cy + ch * 0.78, bw * 0.16, bw * 0.16, dark(tone, 0.3))
    nx = w * (0.54 if side else 0.06)
    for i in range(3):
        c.rect(nx + i * w * 0.135, line * 0.12, w * 0.118, line * 0.34, light(m.accents[i], 0.1), 5)
        c.rect(nx + i * w * 0.135 + 8, line * 0.12 + 30, w * 0.118 - 16, line * 0.34 - 40, (255, 253, 246), 3)
        for k in range(5):
            c.rect(nx + i * w * 0.135 + 16, line * 0.12 + 44 + k * line * 0.045, w * m.chance.uniform(0.05, 0.08), 5,
                   clear(dark(m.panel, 0.4), 120), 2)  # fmt: skip
    f.table(c, m, w * (0.73 if side else 0.27), line + fl * 0.66, w * 0.42, fl * 0.5)
    top = line + fl * 0.66 - fl * 0.56
    dx = w * (0.6 if side else 0.14)
    f.sheet(c, m, dx, top - 4, w * 0.16, 32, 3)
    f.cup(c, m, dx + w * 0.2, top + 14, 36)
    f.books(c, m, dx + w * 0.225, top + 18, w * 0.06, 60)
    f.chair(c, m, w * (0.72 if side else 0.28), c.height * 0.99, c.height * 0.26, m.toy())


def signing(c: Canvas, m: Mood) -> None:
    """A signing table: two folders and pens on a cloth, flowers between them."""
    line = r.room(c, m, horizon=0.58)
    w, h = c.width, c.height
    cloth = m.chance.choice((m.accents[2], (160, 62, 56), m.accents[3]))
    r.bunting(c, m, w * 0.04, w * 0.96, line * 0.08, 22)
    r.gallery_wall(c, m, w * 0.16, line * 0.3, 5, 1, w * 0.12)
    for x in (0.3, 0.7):
        f.chair(c, m, w * x, h * 0.8, h * 0.38, m.accents[1])
    y = h * 0.62
    c.shadow(w * 0.5, h * 0.96, w * 0.46, 22)
    c.poly(
        [(w * 0.14, y), (w * 0.86, y), (w * 0.94, y + h * 0.12), (w * 0.06, y + h * 0.12)], light(cloth, 0.16)
    )
    c.rect(w * 0.06, y + h * 0.12, w * 0.88, h * 0.22, cloth)
    for i in range(14):
        x = w * (0.06 + 0.88 * (i + 0.5) / 14)
        c.pie(x, y + h * 0.34, w * 0.0315, h * 0.022, 0, 180, cloth)
        c.line([(x, y + h * 0.14), (x, y + h * 0.33)], dark(cloth, 0.1), 3)
    for x in (0.25, 0.59):
        c.poly([(w * x, y + h * 0.03), (w * (x + 0.16), y + h * 0.03), (w * (x + 0.17), y + h * 0.1),
                (w * (x - 0.01), y + h * 0.1)], m.accents[0])  # fmt: skip
        f.sheet(c, m, w * (x + 0.004), y + h * 0.036, w * 0.07, h * 0.056, 4)
        f.sheet(c, m, w * (x + 0.086), y + h * 0.036, w * 0.07, h * 0.056, 4)
        c.line([(w * (x + 0.19), y + h * 0.09), (w * (x + 0.215), y + h * 0.035)], (60, 60, 70), 5, caps=True)
    for i in range(7):
        n.flower(
            c, w * (0.47 + (i % 4) * 0.022), y - h * 0.02 - (i // 4) * h * 0.035, w * 0.018, m.accents[i % 4]
        )
    c.poly([(w * 0.465, y + h * 0.01), (w * 0.545, y + h * 0.01), (w * 0.53, y + h * 0.08), (w * 0.48, y + h * 0.08)],
           light(m.panel, 0.5))  # fmt: skip


def corridor(c: Canvas, m: Mood) -> None:
    """A cloakroom: cubbies with coats, bags and shoes, a bench in front."""
    line = r.room(c, m, horizon=0.7)
    w, fl = c.width, c.height - line
    count = 6 if w > c.height else 4
    x0, cw = w * 0.06, w * 0.88 / count
    wood = light(m.wood, 0.4)
    top = line * 0.14
    c.rect(x0 - 10, top - 10, w * 0.88 + 20, line - top + 30, wood, 8)
    tones = m.chips(count)
    for i in range(count):
        x = x0 + i * cw + 5
        c.rect(x, top, cw - 10, line * 0.16, light(tones[i], 0.5), 4)
        f.fill(c, m, (x, top, cw - 10, line * 0.16), m.chance.choice(("box", "bear", "ball", "basket")))
        c.rect(x, top + line * 0.19, cw - 10, line * 0.5, dark(wood, 0.16), 4)
        hook = top + line * 0.24
        c.oval(x + cw * 0.45, hook, 5, 5, dark(m.wood, 0.4))
        if m.coin(0.55):
            _coat(c, m, x + cw * 0.45, hook + 4, cw * 0.56, line * 0.36)
        elif m.coin(0.7):
            f.satchel(c, m, x + cw * 0.45, hook + line * 0.34, line * 0.28)
        shade = top + line * 0.72
        c.rect(x, shade, cw - 10, line * 0.16, dark(wood, 0.2), 4)
        for k in range(2):
            sx = x + cw * (0.2 + k * 0.28)
            c.rect(sx, shade + line * 0.1, cw * 0.2, line * 0.06, tones[(i + 1) % count], 8)
            c.rect(sx, shade + line * 0.145, cw * 0.22, 5, (250, 248, 240), 2)
    c.shadow(w * 0.5, line + fl * 0.66, w * 0.36, 14)
    for x in (0.2, 0.5, 0.77):
        c.rect(w * x, line + fl * 0.34, 18, fl * 0.32, dark(m.wood, 0.1), 3)
    c.rect(w * 0.14, line + fl * 0.26, w * 0.72, fl * 0.12, light(m.wood, 0.15), 8)
    f.ball(c, m, w * m.chance.uniform(0.2, 0.8), c.height * 0.93, w * 0.03)


def _coat(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    tone = m.toy()
    c.poly([(x, y), (x + w * 0.34, y + h * 0.12), (x + w * 0.5, y + h * 0.7), (x + w * 0.34, y + h * 0.74),
            (x + w * 0.32, y + h), (x - w * 0.32, y + h), (x - w * 0.34, y + h * 0.74), (x - w * 0.5, y + h * 0.7),
            (x - w * 0.34, y + h * 0.12)], tone)  # fmt: skip
    c.line([(x, y + 2), (x, y + h)], dark(tone, 0.2), 2.4)
    c.dots(((x + 7, y + h * t) for t in (0.3, 0.5, 0.7)), 3.4, light(tone, 0.7))
    c.pie(x, y + 2, w * 0.2, h * 0.12, 0, 180, light(tone, 0.4))


def washing(c: Canvas, m: Mood) -> None:
    """A hand-washing corner: low basins, mirrors, towels and steps painted on the tiles."""
    line = r.room(c, m, horizon=0.74)
    w, fl = c.width, c.height - line
    tile = light(m.panel, 0.55)
    c.rect(0, line * 0.3, w, line * 0.7, tile)
    for seam in range(0, w, 44):
        c.line([(seam, line * 0.3), (seam, line)], (255, 255, 255, 150), 2)
    for i in range(8):
        c.line([(0, line * (0.3 + i * 0.0875)), (w, line * (0.3 + i * 0.0875))], (255, 255, 255, 150), 2)
    count = 4 if w > c.height else 3
    for i in range(count):
        cx = w * (0.06 + 0.68 * (i + 0.5) / count) if w > c.height else w * (i + 0.5) / count
        rr = w * (0.058 if w > c.height else 0.1)
        c.oval(cx, line * 0.44, rr * 1.14, rr * 1.14, m.accents[i % 4])
        c.oval(cx, line * 0.44, rr, rr, (224, 238, 242))
        c.poly([(cx - rr * 0.5, line * 0.44 + rr * 0.5), (cx + rr * 0.1, line * 0.44 - rr * 0.8),
                (cx + rr * 0.4, line * 0.44 - rr * 0.7), (cx - rr * 0.2, line * 0.44 + rr * 0.7)], (255, 255, 255, 120))  # fmt: skip
        c.arc(cx, line * 0.66, 20, 24, 180, 330, (150, 156, 164), 9)
        c.rect(cx - 24, line * 0.66, 9, 34, (150, 156, 164), 3)
        if m.coin():
            c.line([(cx + 18, line * 0.68), (cx + 18, line * 0.73)], (150, 200, 224), 4)
        bw = w * (0.15 if w > c.height else 0.27)
        c.pie(cx, line * 0.735, bw / 2, line * 0.13, 0, 180, (250, 251, 252))
        c.rect(cx - bw / 2 - 6, line * 0.722, bw + 12, 14, (255, 255, 255), 7)
        c.rect(cx - 20, line * 0.84, 40, line * 0.18, (238, 240, 242), 4)
        soap = m.toy()
        c.rect(cx + bw * 0.3, line * 0.722 - 38, 24, 38, soap, 6)
        c.rect(cx + bw * 0.3 + 8, line * 0.722 - 50, 8, 14, dark(soap, 0.2), 2)
        for _ in range(4):
            c.ring(
                cx + m.chance.uniform(-0.4, 0.4) * bw,
                line * m.chance.uniform(0.56, 0.7),
                7,
                7,
                (255, 255, 255, 210),
                2,
            )
        c.shadow(cx, line + fl * 0.5, bw * 0.42, 9)
        c.rect(cx - bw * 0.4, line + fl * 0.2, bw * 0.8, fl * 0.3, m.accents[(i + 1) % 4], 8)
        c.rect(cx - bw * 0.4, line + fl * 0.16, bw * 0.8, 12, light(m.accents[(i + 1) % 4], 0.35), 6)
    for i in range(6):
        r.picture(c, m, w * (0.05 + i * 0.155), line * 0.06, w * 0.12, line * 0.17)
    if w > c.height:
        c.rect(w * 0.77, line * 0.42, w * 0.19, 9, dark(m.wood, 0.1), 4)
        for i in range(4):
            x = w * (0.78 + i * 0.046)
            tone = m.chips(4)[i]
            c.rect(x, line * 0.43, w * 0.036, line * 0.26, tone, 4)
            c.rect(x, line * 0.61, w * 0.036, 8, light(tone, 0.6))


def home(c: Canvas, m: Mood) -> None:
    """Reading at home: a sofa, a lamp, picture books on a rug."""
    line = r.room(c, m, horizon=0.64)
    w, fl = c.width, c.height - line
    side = m.coin()
    r.window(c, m, w * (0.1 if side else 0.62), line * 0.1, w * 0.26, line * 0.5)
    r.gallery_wall(c, m, w * (0.52 if side else 0.12), line * 0.14, 2, 1, w * 0.15)
    tone = m.accents[0] if m.coin() else m.accents[2]
    cx, sw, base = w * 0.5, w * 0.62, line + fl * 0.34
    c.shadow(cx, base + 6, sw * 0.54, 18)
    c.rect(cx - sw / 2, base - line * 0.42, sw, line * 0.36, light(tone, 0.2), 26)
    for i in (0, 1):
        c.rect(
            cx - sw * 0.44 + i * sw * 0.44, base - line * 0.2, sw * 0.43, line * 0.12, light(tone, 0.34), 14
        )
    c.rect(cx - sw * 0.46, base - line * 0.11, sw * 0.92, line * 0.13, tone, 8)
    for x in (cx - sw * 0.54, cx + sw * 0.44):
        c.rect(x, base - line * 0.3, sw * 0.1, line * 0.32, dark(tone, 0.08), 18)
    for dx in (-0.34, 0.26):
        cu = light(m.accents[1], 0.2)
        c.poly([(cx + sw * dx, base - line * 0.38), (cx + sw * (dx + 0.13), base - line * 0.34),
                (cx + sw * (dx + 0.11), base - line * 0.18), (cx + sw * (dx - 0.02), base - line * 0.2)], cu)  # fmt: skip
    f.bear(c, m, cx + sw * m.chance.uniform(-0.1, 0.1), base - line * 0.1, line * 0.26)
    r.rug(c, m, w * 0.5, line + fl * 0.72, w * 0.36, fl * 0.22)
    for i in range(3):
        f.book_covers(
            c, m, w * (0.3 + i * 0.15), line + fl * m.chance.uniform(0.72, 0.86), w * 0.1, fl * 0.2, 1
        )
    f.basket(c, m, w * (0.88 if side else 0.12), line + fl * 0.66, w * 0.055, fl * 0.24)
    n.pot_plant(c, m, w * (0.06 if side else 0.94), line + fl * 0.24, line * 0.5)
    r.lantern(c, m, w * 0.5, line * 0.14, w * 0.04)


def nap(c: Canvas, m: Mood) -> None:
    """A rest room: small beds with folded quilts, curtains half drawn, moon and stars."""
    line = r.room(c, m, horizon=0.5)
    w, fl = c.width, c.height - line
    r.window(c, m, w * 0.36, line * 0.14, w * 0.28, line * 0.6)
    for i in range(9):
        x = w * (0.05 + 0.9 * i / 8)
        y = line * m.chance.uniform(0.1, 0.3)
        if 0.28 < x / w < 0.72:
            continue
        c.line([(x, 0), (x, y)], clear(dark(m.wood, 0.3), 130), 1.6)
        c.oval(x, y + 12, 13, 13, m.toy())
    for row in range(2):
        for i in range(3):
            bw, bh = w * (0.25 + row * 0.05), fl * (0.25 + row * 0.05)
            x = w * (0.5 + (i - 1) * (0.28 + row * 0.05)) - bw / 2
            y = line + fl * (0.16 + row * 0.46)
            tone = m.chips(6)[row * 3 + i]
            c.shadow(x + bw / 2, y + bh * 1.1, bw * 0.54, 12)
            for dx in (0.02, 0.92):
                c.rect(x + bw * dx, y, bw * 0.06, bh * 1.1, light(m.wood, 0.15), 3)
            c.rect(x - 4, y - bh * 0.42, bw * 0.09, bh * 1.3, light(m.wood, 0.3), 8)
            c.rect(x, y, bw, bh * 0.6, (252, 250, 244), 10)
            c.rect(x + bw * 0.06, y - bh * 0.16, bw * 0.24, bh * 0.26, (255, 255, 255), 10)
            c.rect(x + bw * 0.36, y - bh * 0.14, bw * 0.64, bh * 0.78, light(tone, 0.3), 12)
            for k in range(3):
                c.rect(x + bw * (0.46 + k * 0.17), y - bh * 0.14, bw * 0.07, bh * 0.78, light(tone, 0.5))
            c.rect(x + bw * 0.36, y - bh * 0.14, bw * 0.07, bh * 0.78, light(tone, 0.72), 6)
