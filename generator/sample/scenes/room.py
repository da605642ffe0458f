"""The room around an indoor scene: walls, floor, windows, rugs, hangings and light."""

from __future__ import annotations

from itertools import pairwise

from generator.sample.scenes.canvas import Canvas, Colour, clear, dark, light, mix
from generator.sample.scenes.mood import Mood
from generator.sample.scenes.nature import LEAVES, leaf, mountains, poplar, sky, snowfall, tree


def room(c: Canvas, m: Mood, *, horizon: float = 0.66) -> float:
    """Draw wall, panel and floor; return the y of the line between wall and floor."""
    w, h = c.width, c.height
    line = h * horizon
    c.gradient(0, 0, w, line, light(m.wall, 0.25), m.wall)
    style = m.chance.randrange(5)
    if style == 0:
        for i in range(0, w, 60):
            c.rect(i, 0, 30, line, clear(m.panel, 46))
    elif style == 1:
        c.dots(((x + (30 if (y // 60) % 2 else 0), y) for y in range(30, int(line), 60) for x in range(20, w, 60)), 4,
               clear(m.panel, 130))  # fmt: skip
    elif style == 2:
        c.poly([(0, 0), (w, 0), (w, line * 0.16), (0, line * 0.24)], clear(m.panel, 70))
    if style != 4:
        top = line * m.chance.uniform(0.74, 0.8)
        c.rect(0, top, w, line - top, m.panel)
        c.rect(0, top - 5, w, 8, light(m.panel, 0.6))
        if m.coin():
            for i in range(0, w, 48):
                c.line([(i, top + 4), (i, line)], clear(dark(m.panel, 0.2), 60), 2)
    floor(c, m, line)
    c.rect(0, line - 12, w, 14, light(m.wood, 0.72))
    c.rect(0, line + 2, w, 6, clear(dark(m.floor, 0.5), 50))
    return line


def floor(c: Canvas, m: Mood, line: float) -> None:
    """Draw boards, tiles or a soft mat in perspective."""
    w, h = c.width, c.height
    c.gradient(0, line, w, h - line, dark(m.floor, 0.06), light(m.floor, 0.18))
    seam = clear(dark(m.floor, 0.42), 58)
    kind = m.chance.randrange(4)
    if kind in (0, 1):
        for i in range(-9, 28):
            x = w / 2 + (i - 9) * w / 11
            c.line([(w / 2 + (x - w / 2) * 0.56, line), (x * 1.0, h)], seam, 1.6)
        y, gap = line, (h - line) * 0.1
        while kind == 1 and y < h:
            c.line([(0, y), (w, y)], seam, 1.6)
            y += gap
            gap *= 1.32
    elif kind == 2:
        y, gap = line, (h - line) * 0.16
        for row in range(4):
            for i in range(-1, 9):
                if (row + i) % 2:
                    a, b = 0.6 + row * 0.13, 0.6 + (row + 1) * 0.13
                    x0, x1 = (i - 4) * w / 7, (i - 3) * w / 7
                    c.poly([(w / 2 + x0 * a * 1.25, y), (w / 2 + x1 * a * 1.25, y), (w / 2 + x1 * b * 1.25, y + gap),
                            (w / 2 + x0 * b * 1.25, y + gap)], clear(light(m.panel, 0.3), 90))  # fmt: skip
            y += gap
            gap *= 1.3


def rug(c: Canvas, m: Mood, cx: float, cy: float, rx: float, ry: float) -> None:
    """Draw a rug: round in rings, or long with stripes."""
    tones = m.chips(4)
    if m.coin(0.6):
        c.oval(cx, cy + 4, rx * 1.01, ry * 1.02, (70, 52, 50, 40))
        for i, tone in enumerate(tones):
            share = 1 - i * m.chance.choice((0.2, 0.22, 0.17))
            c.oval(cx, cy, rx * share, ry * share, light(tone, 0.45))
    else:
        lean = rx * 0.16
        c.poly([(cx - rx + lean, cy - ry), (cx + rx - lean, cy - ry), (cx + rx, cy + ry), (cx - rx, cy + ry)],
               light(tones[0], 0.45))  # fmt: skip
        for i in range(1, 6):
            y = cy - ry + 2 * ry * i / 6
            half = rx - lean * (1 - i / 6)
            c.line([(cx - half, y), (cx + half, y)], light(tones[1 + i % 3], 0.25), 7)


def window(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Draw a window onto the season outside, sometimes with curtains."""
    frame = light(m.wood, m.chance.choice((0.15, 0.78, 0.88)))
    c.rect(x - 12, y - 12, w + 24, h + 24, frame, 6)
    # Drawn apart and laid in, so that no branch grows over the frame.
    view = Canvas(round(w), round(h))
    sky(view, m, 0, 0, w, h)
    if m.coin(0.6):
        mountains(view, m, 0, h * 0.84, w, h * 0.36)
    view.rect(0, h * 0.82, w, h * 0.18, mix(LEAVES[m.season][0], (255, 255, 255), 0.2))
    if m.coin():
        for i in range(4):
            poplar(view, m, w * (0.18 + i * 0.22), h * 0.9, h * m.chance.uniform(0.45, 0.62))
    else:
        tree(view, m, w * m.chance.uniform(0.3, 0.7), h * 0.94, h * 0.72)
    if m.season == "winter":
        snowfall(view, m, 0, 0, w, h)
    c.lay(view, x, y)
    c.poly([(x, y + h * 0.75), (x + w * 0.4, y), (x + w * 0.6, y), (x, y + h)], (255, 255, 255, 34))
    c.rect(x + w / 2 - 4, y, 8, h, frame)
    if m.coin():
        c.rect(x, y + h * 0.36, w, 7, frame)
    c.rect(x - 24, y + h + 8, w + 48, 14, light(frame, 0.3), 4)
    c.rect(x - 20, y + h + 22, w + 40, 5, (70, 52, 50, 36))
    if m.coin(0.55):
        curtain(c, m, x, y, w, h)


def curtain(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Hang curtains at both sides of a window."""
    tone = light(m.accent(), 0.5)
    c.rect(x - 50, y - 32, w + 100, 8, dark(m.wood, 0.25), 4)
    for side in (0, 1):
        left = x - 42 if side == 0 else x + w - w * 0.14 + 6
        width = w * 0.14 + 36
        c.rect(left, y - 28, width, h + 44, tone, 6)
        for i in range(1, 4):
            c.line([(left + width * i / 4, y - 26), (left + width * i / 4, y + h + 12)], dark(tone, 0.12), 3)


def sunbeam(c: Canvas, m: Mood, x: float, line: float) -> None:
    """Let light fall on the floor when the hour allows it."""
    if m.hour in ("morning", "afternoon", "noon"):
        lean = 150 if m.hour == "morning" else -150 if m.hour == "afternoon" else 40
        reach = c.height - line
        for shift in (0, 100):
            c.poly([(x + shift, line + 8), (x + shift + 84, line + 8), (x + shift + 96 + lean, line + reach * 0.92),
                    (x + shift - 20 + lean, line + reach * 0.92)], (255, 248, 214, 64))  # fmt: skip


def bunting(c: Canvas, m: Mood, x0: float, x1: float, y: float, sag: float) -> None:
    """Hang a string of flags, paper balls or leaves."""
    tones = m.chips(12)
    kind = m.chance.randrange(3)
    n = 11
    points = []
    for i in range(n + 1):
        t = i / n
        points.append((x0 + (x1 - x0) * t, y + sag * 4 * t * (1 - t)))
    c.line(points, clear(dark(m.wood, 0.4), 170), 2)
    for i, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        px, py = (ax + bx) / 2, (ay + by) / 2
        if kind == 0:
            c.poly([(px - 20, py - 1), (px + 20, py - 1), (px, py + 40)], tones[i % 12])
        elif kind == 1:
            c.line([(px, py), (px, py + 14)], clear(dark(m.wood, 0.4), 120), 1.4)
            c.oval(px, py + 28, 16, 16, tones[i % 12])
            c.oval(px - 4, py + 24, 8, 8, light(tones[i % 12], 0.4))
        else:
            leaf(c, px, py, 40, 90 + m.chance.uniform(-16, 16), m.chance.choice(LEAVES[m.season]))


def lantern(c: Canvas, m: Mood, x: float, y: float, size: float) -> None:
    """Hang a paper lantern."""
    tone = m.toy()
    c.line([(x, 0), (x, y - size)], clear(dark(m.wood, 0.4), 150), 1.8)
    c.oval(x, y, size, size * 0.9, tone)
    for share in (0.66, 0.3):
        c.ring(x, y, size * share, size * 0.9, light(tone, 0.3), 1.8)
    c.rect(x - size * 0.34, y - size, size * 0.68, size * 0.18, dark(tone, 0.35), 3)
    c.rect(x - size * 0.34, y + size * 0.8, size * 0.68, size * 0.16, dark(tone, 0.35), 3)
    c.line([(x, y + size), (x, y + size * 1.6)], dark(tone, 0.2), 3)


def picture(c: Canvas, m: Mood, x: float, y: float, w: float, h: float) -> None:
    """Hang a child's painting in a frame: house, flower, hills, fish or rings."""
    paper: Colour = (255, 252, 242)
    c.rect(x + 3, y + 4, w, h, (70, 52, 50, 40), 3)
    c.rect(x, y, w, h, m.chance.choice((light(m.wood, 0.1), *m.accents)), 4)
    ix, iy, iw, ih = x + 7, y + 7, w - 14, h - 14
    c.rect(ix, iy, iw, ih, paper)
    a, b, d = m.chips(3)
    kind = m.chance.randrange(5)
    cx, cy, s = ix + iw / 2, iy + ih / 2, min(iw, ih)
    if kind == 0:
        c.rect(cx - s * 0.24, cy - s * 0.04, s * 0.48, s * 0.38, a)
        c.poly([(cx - s * 0.32, cy - s * 0.04), (cx, cy - s * 0.36), (cx + s * 0.32, cy - s * 0.04)], b)
        c.rect(cx - s * 0.06, cy + s * 0.12, s * 0.14, s * 0.22, paper)
    elif kind == 1:
        c.line([(cx, cy), (cx, iy + ih * 0.92)], (110, 158, 96), 4)
        for i in range(5):
            c.oval(cx + (i - 2) * s * 0.1, cy - s * 0.12 - (2 - abs(i - 2)) * s * 0.06, s * 0.1, s * 0.1, a)
        c.oval(cx, cy - s * 0.1, s * 0.09, s * 0.09, b)
    elif kind == 2:
        c.pie(cx - s * 0.2, iy + ih, s * 0.42, s * 0.5, 180, 360, a)
        c.pie(cx + s * 0.22, iy + ih, s * 0.4, s * 0.36, 180, 360, b)
        c.oval(ix + iw * 0.78, iy + ih * 0.22, s * 0.1, s * 0.1, d)
    elif kind == 3:
        c.oval(cx - s * 0.05, cy, s * 0.28, s * 0.18, a)
        c.poly([(cx + s * 0.18, cy), (cx + s * 0.4, cy - s * 0.16), (cx + s * 0.4, cy + s * 0.16)], b)
        c.oval(cx - s * 0.18, cy - s * 0.04, s * 0.03, s * 0.03, paper)
    else:
        for i, tone in enumerate((a, b, d)):
            c.ring(cx, cy, s * (0.36 - i * 0.1), s * (0.36 - i * 0.1), tone, 4)


def gallery_wall(c: Canvas, m: Mood, x: float, y: float, columns: int, rows: int, size: float) -> None:
    """Hang pictures in a loose grid."""
    for row in range(rows):
        for col in range(columns):
            dx, dy = m.chance.uniform(-5, 5), m.chance.uniform(-5, 5)
            picture(c, m, x + col * size * 1.25 + dx, y + row * size * 1.1 + dy, size, size * 0.84)


def clock(c: Canvas, m: Mood, x: float, y: float, r: float) -> None:
    """Hang a wall clock."""
    c.oval(x + 3, y + 4, r, r, (70, 52, 50, 40))
    c.oval(x, y, r, r, m.accent())
    c.oval(x, y, r * 0.82, r * 0.82, (255, 253, 246))
    for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0)):
        c.oval(x + dx * r * 0.66, y + dy * r * 0.66, 2.4, 2.4, (90, 80, 84))
    c.line([(x, y), (x + m.chance.choice((-0.4, 0.35, 0.1)) * r, y - r * 0.3)], (90, 80, 84), 3)
    c.line([(x, y), (x + m.chance.choice((-0.1, 0.5, 0)) * r, y - r * 0.55)], (90, 80, 84), 2)
