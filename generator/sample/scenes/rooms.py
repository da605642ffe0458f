"""Scenes of rooms: lesson, online guidance, meeting, lecture, documents, corridor, wash room, home."""

from __future__ import annotations

from generator.sample.scenes import furniture as f
from generator.sample.scenes import nature as n
from generator.sample.scenes import room as r
from generator.sample.scenes.canvas import Canvas, clear, dark, light
from generator.sample.scenes.mood import Mood


def lesson(c: Canvas, m: Mood) -> None:
    """A lesson seen from behind: blackboard with drawings, rows of empty chairs."""
    line = r.room(c, m, horizon=0.58)
    w, fl = c.width, c.height - line
    board = m.chance.choice(((62, 98, 88), (70, 92, 84), (58, 84, 96), (250, 250, 246)))
    bx, by, bw, bh = w * 0.2, line * 0.14, w * 0.6, line * 0.56
    c.rect(bx - 12, by - 12, bw + 24, bh + 24, light(m.wood, 0.2), 6)
    c.rect(bx, by, bw, bh, board, 3)
    pale = (250, 244, 226) if board[0] < 200 else (90, 86, 92)
    _board_drawing(c, m, bx, by, bw, bh, pale)
    c.rect(bx, by + bh + 8, bw, 10, light(m.wood, 0.4), 3)
    if m.coin():
        r.clock(c, m, w * 0.1, line * 0.22, w * 0.042)
        r.picture(c, m, w * 0.84, line * 0.14, w * 0.12, w * 0.1)
    else:
        r.picture(c, m, w * 0.04, line * 0.14, w * 0.12, w * 0.1)
        n.pot_plant(c, m, w * 0.9, line + fl * 0.1, line * 0.4)
    r.bunting(c, m, w * 0.02, w * 0.98, line * 0.02, 8)
    top = f.table(c, m, w * 0.82, line + fl * 0.26, w * 0.2, fl * 0.24)
    f.pencils(c, m, w * 0.78, top + 4, 46)
    f.books(c, m, w * 0.82, top + 6, w * 0.06, 44)
    arc = m.coin()
    for row in range(3):
        count = 5 + row
        y = line + fl * (0.44 + row * 0.26)
        tone = m.accents[row] if m.coin(0.6) else m.toy()
        for i in range(count):
            t = (i + 0.5) / count
            lift = (abs(t - 0.5) * -0.18 if arc else 0) * fl
            f.chair(c, m, w * (0.06 + 0.88 * t), y + lift, c.height * (0.125 + row * 0.02), tone)


def _board_drawing(c: Canvas, m: Mood, x: float, y: float, w: float, h: float, pale: tuple[int, ...]) -> None:
    a, b, d, e = (light(t, 0.2) for t in m.chips(4))
    kind = m.chance.randrange(6)
    cy = y + h * 0.55
    if kind == 0:  # counting
        for i in range(5):
            for k in range(i + 1):
                c.oval(
                    x + w * (0.14 + i * 0.18),
                    y + h * (0.84 - k * 0.15),
                    h * 0.062,
                    h * 0.062,
                    (a, b, d, e, a)[i],
                )
        c.line([(x + w * 0.06, y + h * 0.93), (x + w * 0.94, y + h * 0.93)], pale, 3)
    elif kind == 1:  # sun, hill, flowers
        c.arc(x + w * 0.3, y + h, w * 0.24, h * 0.44, 180, 360, pale, 4)
        c.arc(x + w * 0.64, y + h, w * 0.2, h * 0.34, 180, 360, pale, 4)
        c.oval(x + w * 0.82, y + h * 0.26, h * 0.11, h * 0.11, b)
        for i in range(5):
            n.flower(
                c,
                x + w * (0.14 + i * 0.13),
                y + h * m.chance.uniform(0.7, 0.84),
                h * 0.06,
                (a, b, d, e, a)[i],
            )
    elif kind == 2:  # shapes
        c.oval(x + w * 0.2, cy, h * 0.18, h * 0.18, a)
        c.rect(x + w * 0.38, cy - h * 0.17, h * 0.34, h * 0.34, b, 4)
        c.poly([(x + w * 0.6, cy + h * 0.18), (x + w * 0.7, cy - h * 0.2), (x + w * 0.8, cy + h * 0.18)], d)
        c.line([(x + w * 0.1, y + h * 0.88), (x + w * 0.9, y + h * 0.88)], pale, 3)
    elif kind == 3:  # rainbow and rain
        for i, tone in enumerate((a, b, d, e)):
            c.arc(x + w * 0.5, y + h * 0.88, w * (0.3 - i * 0.045), h * (0.62 - i * 0.09), 180, 360, tone, 8)
    elif kind == 4:  # staff with notes
        for i in range(5):
            c.line(
                [(x + w * 0.08, y + h * (0.34 + i * 0.09)), (x + w * 0.92, y + h * (0.34 + i * 0.09))],
                pale,
                2,
            )
        for i in range(6):
            px, py = x + w * (0.18 + i * 0.13), y + h * m.chance.uniform(0.4, 0.66)
            c.oval(px, py, h * 0.05, h * 0.038, (a, b, d, e)[i % 4])
            c.line([(px + h * 0.045, py), (px + h * 0.045, py - h * 0.24)], (a, b, d, e)[i % 4], 4)
    else:  # a fish and waves
        for k in range(3):
            c.oval(x + w * (0.24 + k * 0.26), cy - (k % 2) * h * 0.2, h * 0.16, h * 0.1, (a, b, d)[k])
            px = x + w * (0.24 + k * 0.26) + h * 0.13
            c.poly([(px, cy - (k % 2) * h * 0.2), (px + h * 0.13, cy - h * 0.1 - (k % 2) * h * 0.2),
                    (px + h * 0.13, cy + h * 0.1 - (k % 2) * h * 0.2)], (b, d, a)[k])  # fmt: skip
        for i in range(9):
            c.arc(x + w * (0.1 + i * 0.1), y + h * 0.86, w * 0.05, h * 0.06, 180, 360, pale, 3)


def screen(c: Canvas, m: Mood) -> None:
    """Guidance online: a laptop on a desk, its screen showing tiles of rooms and drawings."""
    line = r.room(c, m, horizon=0.62)
    w, h = c.width, c.height
    side = m.coin()
    r.window(c, m, w * (0.06 if side else 0.68), line * 0.1, w * 0.24, line * 0.52)
    if m.coin():
        r.gallery_wall(c, m, w * (0.42 if side else 0.08), line * 0.08, 3, 1, w * 0.13)
    else:
        x = w * (0.44 if side else 0.08)
        c.rect(x, line * 0.2, w * 0.44, 10, light(m.wood, 0.1), 3)
        f.books(c, m, x + 10, line * 0.2, w * 0.2, line * 0.13)
        n.pot_plant(c, m, x + w * 0.34, line * 0.2, line * 0.17)
    desk = h * m.chance.uniform(0.74, 0.79)
    wood = light(m.wood, m.chance.choice((0.1, 0.3)))
    c.gradient(0, desk, w, h - desk, light(wood, 0.2), wood)
    c.rect(0, desk, w, 8, dark(wood, 0.16))
    cx = w * m.chance.uniform(0.46, 0.54)
    lw, lh = w * m.chance.uniform(0.48, 0.54), h * (0.44 if w > h else 0.3)
    base = desk + (h - desk) * 0.36
    c.shadow(cx, base + 22, lw * 0.62, 22)
    c.rect(cx - lw / 2 - 12, base - lh - 14, lw + 24, lh + 20, (72, 76, 86), 14)
    c.rect(cx - lw / 2, base - lh, lw, lh - 6, (238, 240, 242), 3)
    cols, rows = m.chance.choice(((2, 2), (3, 2), (1, 1), (2, 1)))
    tw, th = lw / cols, (lh - 30) / rows
    for i in range(cols * rows):
        x, y = cx - lw / 2 + (i % cols) * tw + 5, base - lh + (i // cols) * th + 5
        _tile(c, m, x, y, tw - 10, th - 10, i)
    for i in range(5):
        c.oval(cx - 60 + i * 30, base - 19, 8, 8, m.accents[i % 4] if i != 2 else (214, 78, 70))
    c.poly([(cx - lw / 2 - 12, base + 4), (cx + lw / 2 + 12, base + 4), (cx + lw / 2 + 56, base + 30),
            (cx - lw / 2 - 56, base + 30)], (196, 200, 206))  # fmt: skip
    c.rect(cx - lw / 2 - 56, base + 30, lw + 112, 9, (158, 162, 170), 4)
    left = cx - lw / 2 - w * 0.14
    f.cup(c, m, max(40.0, left), base + 34, 42)
    f.pencils(c, m, min(w - 40.0, cx + lw / 2 + w * 0.14), base + 30, 78)
    f.sheet(c, m, cx + lw * 0.24, base + 52, w * 0.2, 36, 3)


def _tile(c: Canvas, m: Mood, x: float, y: float, w: float, h: float, i: int) -> None:
    view = Canvas(max(8, round(w)), max(8, round(h)))
    kind = (i + m.chance.randrange(4)) % 4
    if kind == 0:
        n.sky(view, m, 0, 0, w, h)
        n.ground(view, m, 0, h * 0.72, w, h * 0.3)
        n.tree(view, m, w * 0.5, h * 0.86, h * 0.7)
    elif kind == 1:
        view.rect(0, 0, w, h, light(m.accents[i % 4], 0.62))
        view.rect(0, h * 0.78, w, h, light(m.floor, 0.2))
        f.blocks(view, m, w * 0.28, h * 0.88, w * 0.5, h * 0.66)
    elif kind == 2:
        view.rect(0, 0, w, h, light(m.panel, 0.4))
        r.gallery_wall(view, m, w * 0.14, h * 0.2, 2, 1, w * 0.32)
        view.rect(0, h * 0.8, w, h, light(m.wood, 0.4))
    else:
        view.rect(0, 0, w, h, light(m.accents[(i + 1) % 4], 0.7))
        view.rect(w * 0.1, h * 0.14, w * 0.8, h * 0.12, m.accents[i % 4], 4)
        for k in range(4):
            view.rect(
                w * 0.1,
                h * (0.38 + k * 0.14),
                w * m.chance.uniform(0.4, 0.76),
                h * 0.05,
                clear(dark(m.panel, 0.3), 150),
                3,
            )
    c.lay(view, x, y)


def meeting(c: Canvas, m: Mood) -> None:
    """A meeting table with papers, cups and empty chairs."""
    line = r.room(c, m, horizon=0.5)
    w, h = c.width, c.height
    fl = h - line
    r.window(c, m, w * m.chance.choice((0.1, 0.6)), line * 0.12, w * 0.28, line * 0.58)
    r.clock(c, m, w * 0.5, line * 0.26, w * 0.034)
    n.pot_plant(c, m, w * m.chance.choice((0.06, 0.94)), line + fl * 0.16, line * 0.62)
    for i in range(4):
        f.chair(c, m, w * (0.24 + i * 0.175), line + fl * 0.3, h * 0.2, m.accents[2])
    tall = fl * 0.4
    cloth = light(m.wood, 0.32)
    c.shadow(w * 0.5, h * 0.93, w * 0.44, 26)
    c.rect(w * 0.16, line + fl * 0.4, w * 0.05, h * 0.93 - line - fl * 0.4, dark(m.wood, 0.15))
    c.rect(w * 0.79, line + fl * 0.4, w * 0.05, h * 0.93 - line - fl * 0.4, dark(m.wood, 0.15))
    y = line + fl * 0.22
    c.poly([(w * 0.17, y), (w * 0.83, y), (w * 0.93, y + tall), (w * 0.07, y + tall)], cloth)
    c.rect(w * 0.07, y + tall, w * 0.86, 18, dark(cloth, 0.2), 3)
    for i in range(3):
        f.sheet(c, m, w * (0.2 + i * 0.23), y + tall * m.chance.uniform(0.56, 0.64), w * 0.12, tall * 0.28)
        f.cup(c, m, w * (0.37 + i * 0.23), y + tall * 0.66, 34)
        f.sheet(c, m, w * (0.27 + i * 0.19), y + tall * 0.14, w * 0.085, tall * 0.17, 3)
    n.pot_plant(c, m, w * 0.5, y + tall * 0.42, h * 0.14)
    for i in range(3):
        f.chair(c, m, w * (0.26 + i * 0.24), h * 1.0, h * 0.24, m.toy())


def lecture(c: Canvas, m: Mood) -> None:
    """A lecture: a projected picture before rows of empty chairs."""
    line = r.room(c, m, horizon=0.6)
    w, fl = c.width, c.height - line
    x, y, sw, sh = w * 0.16, line * 0.1, w * 0.5, line * 0.66
    c.rect(x - 10, y - 14, sw + 20, 14, (120, 118, 124), 5)
    c.rect(x, y, sw, sh, (252, 252, 248))
    tones = m.chips(4)
    c.rect(x + sw * 0.06, y + sh * 0.08, sw * 0.56, sh * 0.1, tones[0], 4)
    if m.coin():
        for i in range(4):
            bh = sh * m.chance.uniform(0.2, 0.54)
            c.rect(x + sw * (0.1 + i * 0.2), y + sh * 0.9 - bh, sw * 0.13, bh, tones[i], 3)
        c.line([(x + sw * 0.06, y + sh * 0.9), (x + sw * 0.92, y + sh * 0.9)], (150, 146, 150), 3)
    else:
        for i in range(4):
            c.oval(x + sw * 0.12, y + sh * (0.32 + i * 0.17), 9, 9, tones[i])
            c.rect(
                x + sw * 0.18,
                y + sh * (0.3 + i * 0.17),
                sw * m.chance.uniform(0.3, 0.44),
                10,
                clear(dark(m.panel, 0.3), 140),
                5,
            )
        r.picture(c, m, x + sw * 0.68, y + sh * 0.32, sw * 0.26, sh * 0.44)
    top = line * 0.44
    c.rect(w * 0.76, top, w * 0.16, line + fl * 0.14 - top, light(m.wood, 0.1), 6)
    c.rect(w * 0.745, top - 10, w * 0.19, 18, light(m.wood, 0.3), 5)
    n.flower(c, w * 0.84, top + (line - top) * 0.45, w * 0.026, m.accents[1])
    c.line([(w * 0.8, top - 8), (w * 0.79, top - 46)], (90, 88, 96), 5, caps=True)
    n.pot_plant(c, m, w * 0.07, line + fl * 0.1, line * 0.5)
    for row in range(3):
        count = 7 - row
        for i in range(count):
            f.chair(c, m, w * (i + 0.5) / count, line + fl * (0.46 + row * 0.26), c.height * (0.13 + row * 0.025),
                    m.accents[(row + (i % 2 if m.season == "summer" else 0)) % 4])  # fmt: skip


def research(c: Canvas, m: Mood) -> None:
    """Joint research: a board full of notes above a round table with pens and drafts."""
    line = r.room(c, m, horizon=0.6)
    w, fl = c.width, c.height - line
    bx, by, bw, bh = w * 0.18, line * 0.1, w * 0.64, line * 0.62
    c.rect(bx - 10, by - 10, bw + 20, bh + 20, (198, 200, 204), 8)
    c.rect(bx, by, bw, bh, (252, 252, 249), 4)
    for i in range(4):
        x = bx + bw * (0.05 + i * 0.24)
        c.rect(x, by + bh * 0.07, bw * 0.19, 11, m.accents[i], 5)
        for k in range(m.chance.choice((3, 4, 4))):
            nx, ny, s = x + m.chance.uniform(0, bw * 0.1), by + bh * (0.2 + k * 0.19), bw * 0.085
            tone = light(m.accents[(i + k) % 4], 0.5)
            c.rect(nx + 2, ny + 3, s, bh * 0.15, (70, 52, 50, 36))
            c.rect(nx, ny, s, bh * 0.15, tone)
            for q in range(2):
                c.line([(nx + 6, ny + bh * (0.05 + q * 0.05)), (nx + s * m.chance.uniform(0.6, 0.86), ny + bh * (0.05 + q * 0.05))],
                       clear(dark(tone, 0.5), 140), 2)  # fmt: skip
    if m.coin():
        c.line([(bx + bw * 0.27, by + bh * 0.5), (bx + bw * 0.5, by + bh * 0.66), (bx + bw * 0.7, by + bh * 0.4)],
               m.accents[0], 4, caps=True)  # fmt: skip
    n.pot_plant(c, m, w * 0.08, line + fl * 0.12, line * 0.44)
    r.lantern(c, m, w * 0.92, line * 0.3, w * 0.045)
    for x in (0.2, 0.4, 0.6, 0.8):
        f.chair(c, m, w * x, line + fl * 0.42, c.height * 0.17, m.toy())
    top = f.round_table(c, m, w * 0.5, c.height * 0.93, w * 0.36, fl * 0.46)
    for i in range(4):
        f.sheet(c, m, w * (0.24 + i * 0.135), top + (-14 if i in (1, 2) else -2), w * 0.1, 28, 3)
    f.pencils(c, m, w * 0.5, top - 16, 60)
    f.cup(c, m, w * 0.76, top + 6, 30)
    for x in (0.3, 0.52, 0.74):
        f.chair(c, m, w * x, c.height * 1.0, c.height * 0.18, m.toy())
