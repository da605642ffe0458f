"""Furniture and things in a kindergarten room: shelves, tables, chairs, books, boxes, toys."""

from __future__ import annotations

from generator.sample.scenes.canvas import Canvas, Colour, clear, dark, light, mix
from generator.sample.scenes.mood import Mood
from generator.sample.scenes.nature import pot_plant


def shelf(
    c: Canvas, m: Mood, x: float, base: float, w: float, h: float, rows: int, columns: int
) -> list[tuple[float, float, float, float]]:
    """Draw an open shelf and return its compartments as (x, y, w, h)."""
    wood = light(m.wood, m.chance.choice((0.0, 0.25, 0.55)))
    c.shadow(x + w / 2, base, w * 0.54, 12)
    top = base - h
    c.rect(x, top, w, h, wood, 5)
    t = 9.0
    cw, ch = (w - t * (columns + 1)) / columns, (h - t * (rows + 1)) / rows
    cells = []
    for row in range(rows):
        for col in range(columns):
            px, py = x + t + col * (cw + t), top + t + row * (ch + t)
            c.rect(px, py, cw, ch, mix(dark(wood, 0.2), m.wall, 0.35))
            c.rect(px, py, cw, 7, (70, 48, 40, 44))
            cells.append((px, py, cw, ch))
    c.rect(x - 5, top - 6, w + 10, 11, light(wood, 0.2), 4)
    return cells


def books(c: Canvas, m: Mood, x: float, base: float, w: float, h: float) -> None:
    """Stand books in a row, some leaning."""
    px = x
    while px < x + w - 9:
        width = min(m.chance.uniform(8, 17), x + w - px)
        height = h * m.chance.uniform(0.66, 0.96)
        tone = m.toy()
        if m.chance.random() < 0.1 and px + width * 2.6 < x + w:
            c.poly([(px, base), (px + width, base), (px + width * 2.5, base - height * 0.9),
                    (px + width * 1.6, base - height * 0.95)], tone)  # fmt: skip
            px += width * 2.5
            continue
        c.rect(px, base - height, width - 1.2, height, tone)
        c.rect(px, base - height * 0.8, width - 1.2, 3.4, light(tone, 0.55))
        px += width


def book_covers(c: Canvas, m: Mood, x: float, base: float, w: float, h: float, count: int) -> None:
    """Show picture books with their covers to the front."""
    for i, tone in enumerate(m.chips(count)):
        bw = w / count * 0.84
        bx = x + i * w / count + w / count * 0.08
        c.rect(bx, base - h, bw, h, tone, 3)
        c.rect(bx, base - h, 6, h, dark(tone, 0.18), 2)
        c.rect(bx + bw * 0.24, base - h * 0.86, bw * 0.6, h * 0.14, (255, 252, 240, 215), 3)
        shape = m.chance.randrange(3)
        mark = light(m.accents[(i + 1) % 4], 0.35)
        cx, cy, s = bx + bw * 0.54, base - h * 0.36, min(bw, h) * 0.24
        if shape == 0:
            c.oval(cx, cy, s, s, mark)
        elif shape == 1:
            c.poly([(cx - s, cy + s), (cx, cy - s), (cx + s, cy + s)], mark)
        else:
            c.pie(cx, cy + s * 0.6, s * 1.2, s * 1.2, 180, 360, mark)


def fill(c: Canvas, m: Mood, cell: tuple[float, float, float, float], kind: str) -> None:
    """Put something into a compartment: books, box, blocks, jars, plant, basket, ball or bear."""
    x, y, w, h = cell
    base = y + h
    if kind == "books":
        books(c, m, x + 4, base, w - 8, h * 0.86)
    elif kind == "box":
        tone = m.toy()
        c.rect(x + w * 0.1, base - h * 0.6, w * 0.8, h * 0.6, tone, 5)
        c.rect(x + w * 0.32, base - h * 0.42, w * 0.36, h * 0.2, (255, 252, 242), 3)
        c.rect(x + w * 0.06, base - h * 0.64, w * 0.88, h * 0.12, dark(tone, 0.14), 4)
    elif kind == "blocks":
        blocks(c, m, x + w * 0.1, base, w * 0.8, h * 0.78)
    elif kind == "jars":
        for i in range(3):
            jar(c, m, x + w * (0.2 + i * 0.3), base, min(w * 0.13, 22), h * m.chance.uniform(0.5, 0.7))
    elif kind == "plant":
        pot_plant(c, m, x + w / 2, base, h * 0.9)
    elif kind == "basket":
        basket(c, m, x + w / 2, base, w * 0.38, h * 0.5)
    elif kind == "ball":
        ball(c, m, x + w / 2, base - h * 0.3, min(w, h) * 0.3)
    elif kind == "rings":
        rings(c, m, x + w / 2, base, h * 0.8)
    elif kind == "bear":
        bear(c, m, x + w / 2, base, h * 0.82)


def blocks(c: Canvas, m: Mood, x: float, base: float, w: float, h: float) -> None:
    """Pile a few blocks into the given space."""
    s = min(w / 3, h / 2.6)
    tones = m.chips(6)
    c.rect(x, base - s, s, s, tones[0], 2)
    c.rect(x + s * 1.08, base - s, s, s, tones[1], 2)
    c.rect(x + s * 2.16, base - s * 0.6, s * 0.8, s * 0.6, tones[2], 2)
    c.poly([(x + s * 0.5, base - s), (x + s, base - s * 1.9), (x + s * 1.5, base - s)], tones[3])
    c.pie(x + s * 2.0, base - s, s * 0.5, s * 0.5, 180, 360, tones[4]) if m.coin() else None


def jar(c: Canvas, m: Mood, cx: float, base: float, r: float, h: float) -> None:
    """Draw a glass jar with grain, beans or pebbles."""
    grain = m.chance.choice(((226, 184, 92), (176, 96, 70), (120, 146, 92), (236, 222, 190), (140, 132, 126)))
    c.rect(cx - r, base - h, 2 * r, h, (255, 255, 255, 150), r * 0.4)
    c.rect(cx - r * 0.86, base - h * 0.66, r * 1.72, h * 0.64, grain, r * 0.35)
    c.dots(((cx + m.chance.uniform(-0.7, 0.7) * r, base - h * m.chance.uniform(0.06, 0.6)) for _ in range(9)),
           r * 0.12, light(grain, 0.35))  # fmt: skip
    c.rect(cx - r * 0.9, base - h * 1.1, r * 1.8, h * 0.16, m.accent(), 3)


def basket(c: Canvas, m: Mood, cx: float, base: float, r: float, h: float) -> None:
    """Draw a woven basket with things in it."""
    straw = (212, 168, 104)
    for i, tone in enumerate(m.chips(5)):
        c.oval(cx + (i - 2) * r * 0.36, base - h - (2 - abs(i - 2)) * h * 0.1, r * 0.28, r * 0.28, tone)
    c.poly([(cx - r, base - h), (cx + r, base - h), (cx + r * 0.8, base), (cx - r * 0.8, base)], straw)
    for i in range(1, 4):
        c.line([(cx - r * 0.94, base - h * i / 4), (cx + r * 0.94, base - h * i / 4)], dark(straw, 0.18), 2)
    for i in range(-3, 4):
        c.line([(cx + i * r * 0.27, base - h), (cx + i * r * 0.22, base)], dark(straw, 0.12), 1.6)
    c.rect(cx - r * 1.06, base - h - 5, r * 2.12, 10, light(straw, 0.2), 5)


def ball(c: Canvas, m: Mood, x: float, y: float, r: float) -> None:
    """Draw a ball with a band."""
    tone = m.toy()
    c.oval(x, y, r, r, tone)
    c.pie(x, y, r, r, 200, 250, light(tone, 0.6))
    c.pie(x, y, r, r, 20, 70, light(m.accent(), 0.2))
    c.oval(x - r * 0.36, y - r * 0.4, r * 0.2, r * 0.16, (255, 255, 255, 150))


def rings(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a tower of rings on a stick."""
    c.rect(x - h * 0.03, base - h, h * 0.06, h, light(m.wood, 0.3), 2)
    for i, tone in enumerate(m.chips(5)):
        half = h * (0.34 - i * 0.05)
        c.rect(x - half, base - h * 0.16 * (i + 1), half * 2, h * 0.15, tone, h * 0.07)


def bear(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a soft toy seen from behind, as everything here is without a face."""
    fur = m.chance.choice(((198, 150, 104), (226, 200, 164), (170, 128, 98), (214, 176, 170)))
    c.oval(x - h * 0.17, base - h * 0.88, h * 0.09, h * 0.09, fur)
    c.oval(x + h * 0.17, base - h * 0.88, h * 0.09, h * 0.09, fur)
    c.oval(x, base - h * 0.7, h * 0.23, h * 0.21, fur)
    c.oval(x, base - h * 0.28, h * 0.27, h * 0.28, dark(fur, 0.06))
    c.oval(x, base - h * 0.12, h * 0.07, h * 0.07, light(fur, 0.4))
    c.rect(x - h * 0.18, base - h * 0.53, h * 0.36, h * 0.07, m.accent(), 4)


def table(c: Canvas, m: Mood, cx: float, base: float, w: float, h: float) -> float:
    """Draw a low table; return the y of its top surface's middle."""
    wood = light(m.wood, m.chance.choice((0.1, 0.35)))
    top = m.chance.choice((light(m.wood, 0.45), light(m.accent(), 0.55), (250, 244, 230)))
    c.shadow(cx, base, w * 0.56, h * 0.14)
    for side in (-0.43, 0.39):
        c.rect(cx + w * side, base - h, w * 0.04, h, dark(wood, 0.12), 3)
    depth = h * 0.34
    c.poly([(cx - w * 0.44, base - h - depth), (cx + w * 0.44, base - h - depth), (cx + w * 0.52, base - h),
            (cx - w * 0.52, base - h)], top)  # fmt: skip
    c.rect(cx - w * 0.52, base - h, w * 1.04, h * 0.12, dark(top, 0.2), 3)
    return base - h - depth * 0.5


def round_table(c: Canvas, m: Mood, cx: float, base: float, r: float, h: float) -> float:
    """Draw a round table; return the y of its top surface's middle."""
    top = m.chance.choice((light(m.wood, 0.4), light(m.accent(), 0.6)))
    c.shadow(cx, base, r * 1.02, r * 0.16)
    for dx in (-0.62, -0.06, 0.56):
        c.rect(cx + r * dx, base - h, r * 0.09, h, dark(m.wood, 0.12), 3)
    c.oval(cx, base - h + 8, r, r * 0.3, dark(top, 0.2))
    c.oval(cx, base - h, r, r * 0.3, top)
    return base - h


def chair(c: Canvas, m: Mood, x: float, base: float, h: float, tone: Colour, *, back: bool = True) -> None:
    """Draw a small empty chair, from behind or without a back (a stool)."""
    w = h * 0.56
    c.shadow(x, base, w * 0.7, h * 0.06)
    leg = light(m.wood, 0.2)
    for dx in (-0.44, 0.36):
        c.rect(x + w * dx, base - h * 0.46, w * 0.09, h * 0.46, leg, 2)
    c.rect(x - w * 0.54, base - h * 0.52, w * 1.08, h * 0.12, tone, 4)
    if back:
        for dx in (-0.46, 0.38):
            c.rect(x + w * dx, base - h * 0.98, w * 0.08, h * 0.5, leg, 2)
        c.rect(x - w * 0.52, base - h, w * 1.04, h * 0.3, dark(tone, 0.06), 7)
        c.rect(x - w * 0.2, base - h * 0.89, w * 0.4, h * 0.08, light(tone, 0.45), 4)


def cushion(c: Canvas, m: Mood, x: float, y: float, r: float) -> None:
    """Draw a floor cushion."""
    tone = m.toy()
    c.oval(x, y + r * 0.16, r * 1.06, r * 0.42, (70, 52, 50, 44))
    c.oval(x, y, r, r * 0.4, dark(tone, 0.12))
    c.oval(x, y - r * 0.1, r * 0.96, r * 0.34, tone)
    c.oval(x, y - r * 0.12, r * 0.14, r * 0.06, dark(tone, 0.2))


def sheet(c: Canvas, m: Mood, x: float, y: float, w: float, h: float, lines: int = 4) -> None:
    """Lay a sheet of writing on a table, seen at a slant."""
    c.poly([(x + w * 0.1, y), (x + w * 1.02, y), (x + w * 0.92, y + h), (x, y + h)], (255, 254, 248))
    for i in range(lines):
        yy = y + h * (0.2 + i * 0.64 / max(1, lines - 1))
        shift = w * 0.1 * (1 - (yy - y) / h)
        c.line([(x + shift + w * 0.12, yy), (x + shift + w * m.chance.uniform(0.5, 0.82), yy)],
               clear(m.accents[2], 130), 1.8)  # fmt: skip


def cup(c: Canvas, m: Mood, x: float, base: float, s: float) -> None:
    """Draw a cup with steam."""
    tone = m.toy()
    c.ring(x + s * 0.5, base - s * 0.5, s * 0.26, s * 0.26, tone, s * 0.12)
    c.rect(x - s * 0.5, base - s, s, s, tone, s * 0.2)
    c.oval(x, base - s, s * 0.5, s * 0.14, light(tone, 0.6))
    for dx in (-0.2, 0.16):
        c.line([(x + dx * s, base - s * 1.3), (x + (dx + 0.12) * s, base - s * 1.6), (x + dx * s, base - s * 1.95)],
               (255, 255, 255, 130), 2.4)  # fmt: skip


def pencils(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a pot of pencils and brushes."""
    for i, tone in enumerate(m.chips(5)):
        px = x + (i - 2) * h * 0.09
        tip = (px + (i - 2) * h * 0.07, base - h * m.chance.uniform(0.85, 1.05))
        c.line([(px, base - h * 0.4), tip], tone, h * 0.06, caps=True)
    tone = m.accent()
    c.rect(x - h * 0.25, base - h * 0.52, h * 0.5, h * 0.52, light(tone, 0.25), 5)
    c.rect(x - h * 0.25, base - h * 0.36, h * 0.5, h * 0.1, light(tone, 0.7))


def carton(c: Canvas, m: Mood, x: float, base: float, w: float, h: float, *, ribbon: bool = False) -> None:
    """Draw an open carton or, with a ribbon, a parcel."""
    tone = m.toy() if ribbon else m.chance.choice(((206, 164, 112), (218, 178, 128), (190, 148, 100)))
    c.shadow(x + w / 2, base, w * 0.56, h * 0.09)
    c.rect(x, base - h, w, h, tone, 3)
    c.poly([(x + w, base - h), (x + w * 1.14, base - h * 1.1), (x + w * 1.14, base - h * 0.1), (x + w, base)],
           dark(tone, 0.16))  # fmt: skip
    if ribbon:
        band = light(m.accent(), 0.35)
        c.poly([(x, base - h), (x + w * 0.14, base - h * 1.1), (x + w * 1.14, base - h * 1.1), (x + w, base - h)],
               light(tone, 0.25))  # fmt: skip
        c.rect(x + w * 0.44, base - h, w * 0.12, h, band)
        c.oval(x + w * 0.44, base - h * 1.12, w * 0.12, h * 0.09, band)
        c.oval(x + w * 0.64, base - h * 1.12, w * 0.12, h * 0.09, band)
        c.oval(x + w * 0.54, base - h * 1.08, w * 0.05, h * 0.05, dark(band, 0.1))
    else:
        c.poly([(x, base - h), (x - w * 0.12, base - h * 0.86), (x + w * 0.3, base - h * 0.86), (x + w * 0.4, base - h)],
               light(tone, 0.2))  # fmt: skip
        c.rect(x + w * 0.3, base - h * 0.62, w * 0.4, h * 0.3, (255, 252, 242), 4)
        heart(c, x + w * 0.5, base - h * 0.46, min(w, h) * 0.085, m.accents[0])


def heart(c: Canvas, x: float, y: float, s: float, tone: Colour) -> None:
    """Draw a heart."""
    c.oval(x - s * 0.5, y - s * 0.3, s * 0.56, s * 0.56, tone)
    c.oval(x + s * 0.5, y - s * 0.3, s * 0.56, s * 0.56, tone)
    c.poly([(x - s * 1.0, y - s * 0.08), (x + s * 1.0, y - s * 0.08), (x, y + s * 1.1)], tone)


def satchel(c: Canvas, m: Mood, x: float, base: float, h: float) -> None:
    """Draw a child's backpack standing on the ground."""
    tone = m.toy()
    w = h * 0.74
    c.shadow(x, base, w * 0.6, h * 0.06)
    c.arc(x, base - h * 0.94, w * 0.16, h * 0.12, 180, 360, dark(tone, 0.3), h * 0.035)
    c.rect(x - w * 0.6, base - h * 0.5, w * 0.2, h * 0.36, dark(tone, 0.14), h * 0.08)
    c.rect(x + w * 0.4, base - h * 0.5, w * 0.2, h * 0.36, dark(tone, 0.14), h * 0.08)
    c.rect(x - w * 0.5, base - h * 0.94, w, h * 0.94, tone, h * 0.26)
    c.rect(x - w * 0.5, base - h * 0.3, w, h * 0.3, tone, h * 0.06)
    c.rect(x - w * 0.36, base - h * 0.44, w * 0.72, h * 0.36, light(tone, 0.3), h * 0.08)
    c.line([(x - w * 0.36, base - h * 0.34), (x + w * 0.36, base - h * 0.34)], dark(tone, 0.2), 2.4)
    c.line([(x - w * 0.34, base - h * 0.66), (x + w * 0.34, base - h * 0.66)], dark(tone, 0.22), 2.4)
    heart(c, x, base - h * 0.22, h * 0.05, m.accents[1])


def scales(c: Canvas, m: Mood, x: float, base: float) -> None:
    """Draw a pair of scales."""
    c.rect(x - 30, base - 12, 60, 12, dark(m.accents[2], 0.1), 4)
    c.rect(x - 4, base - 56, 8, 46, dark(m.accents[2], 0.1))
    c.line([(x - 46, base - 50), (x + 46, base - 58)], dark(m.accents[2], 0.1), 5, caps=True)
    for dx, y in ((-46, -50), (46, -58)):
        c.pie(x + dx, base + y + 14, 24, 16, 0, 180, light(m.accents[1], 0.1))
