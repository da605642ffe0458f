"""A drawing surface in logical units, drawn at twice the size and reduced for smooth edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

Colour = tuple[int, ...]  # RGB or RGBA
Point = tuple[float, float]
Box = tuple[float, float, float, float]

_SCALE = 2


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return the colour ``share`` (0 to 1) of the way from ``a`` to ``b``, opaque."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a[:3], b[:3], strict=True))


def light(colour: Colour, share: float) -> Colour:
    """Return a lighter tone."""
    return mix(colour, (255, 252, 244), share)


def dark(colour: Colour, share: float) -> Colour:
    """Return a darker, slightly warm tone."""
    return mix(colour, (52, 40, 46), share)


def clear(colour: Colour, alpha: int) -> Colour:
    """Return the colour with an alpha of 0 to 255."""
    return (*colour[:3], alpha)


class Canvas:
    """A picture of ``width`` × ``height`` logical pixels; colours with alpha are blended."""

    __slots__ = ("_image", "_pen", "height", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), (240, 236, 228))
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    def finish(self, *, zoom: float = 1.0, at: Point = (0.0, 0.0)) -> Image.Image:
        """Return the picture at its logical size; ``zoom`` below 1 keeps only that share of it, cut at ``at``."""
        if zoom == 1.0:
            return self._image.reduce(_SCALE)
        w, h = self._image.size
        left, top = round(w * (1 - zoom) * at[0]), round(h * (1 - zoom) * at[1])
        box = (left, top, left + round(w * zoom), top + round(h * zoom))
        return self._image.resize((self.width, self.height), Image.Resampling.HAMMING, box)

    def lay(self, other: Canvas, x: float, y: float) -> None:
        """Lay another canvas in, its top left corner at ``x``/``y``."""
        self._image.paste(other._image, (round(x * _SCALE), round(y * _SCALE)))

    def _pts(self, points: Iterable[Point]) -> list[tuple[int, int]]:
        return [(round(x * _SCALE), round(y * _SCALE)) for x, y in points]

    def _box(self, box: Box) -> tuple[int, int, int, int]:
        x, y, w, h = box
        left, top = round(x * _SCALE), round(y * _SCALE)
        return left, top, max(left, round((x + w) * _SCALE) - 1), max(top, round((y + h) * _SCALE) - 1)

    def rect(self, x: float, y: float, w: float, h: float, colour: Colour, r: float = 0) -> None:
        """Fill a rectangle, with corners of radius ``r``."""
        if r:
            radius = min(r, w / 2, h / 2) * _SCALE
            self._pen.rounded_rectangle(self._box((x, y, w, h)), radius, fill=colour)
        else:
            self._pen.rectangle(self._box((x, y, w, h)), fill=colour)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self._pen.polygon(self._pts(points), fill=colour)

    def oval(self, cx: float, cy: float, rx: float, ry: float, colour: Colour) -> None:
        """Fill an ellipse around a centre."""
        self._pen.ellipse(self._box((cx - rx, cy - ry, 2 * rx, 2 * ry)), fill=colour)

    def ring(self, cx: float, cy: float, rx: float, ry: float, colour: Colour, width: float) -> None:
        """Draw the outline of an ellipse."""
        self._pen.ellipse(
            self._box((cx - rx, cy - ry, 2 * rx, 2 * ry)), outline=colour, width=round(width * _SCALE)
        )

    def pie(self, cx: float, cy: float, rx: float, ry: float, a: float, b: float, colour: Colour) -> None:
        """Fill a slice of an ellipse between two angles in degrees, clockwise from three o'clock."""
        self._pen.pieslice(self._box((cx - rx, cy - ry, 2 * rx, 2 * ry)), a, b, fill=colour)

    def arc(
        self, cx: float, cy: float, rx: float, ry: float, a: float, b: float, colour: Colour, width: float
    ) -> None:
        """Draw a part of an ellipse's outline between two angles in degrees."""
        box = self._box((cx - rx, cy - ry, 2 * rx, 2 * ry))
        self._pen.arc(box, a, b, fill=colour, width=max(1, round(width * _SCALE)))

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2, *, caps: bool = False) -> None:
        """Draw a line through points, with round ends when asked."""
        pts = self._pts(points)
        thick = max(1, round(width * _SCALE))
        self._pen.line(pts, fill=colour, width=thick, joint="curve" if len(pts) > 2 else None)
        if caps:
            r = thick / 2
            for x, y in (pts[0], pts[-1]):
                self._pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def gradient(self, x: float, y: float, w: float, h: float, top: Colour, bottom: Colour) -> None:
        """Fill a rectangle with a vertical gradient."""
        left, upper, right, lower = self._box((x, y, w, h))
        rows = lower - upper + 1
        column = Image.new("RGB", (1, rows))
        column.putdata([mix(top, bottom, i / max(1, rows - 1)) for i in range(rows)])
        self._image.paste(column.resize((right - left + 1, rows), Image.Resampling.NEAREST), (left, upper))

    def shadow(self, cx: float, cy: float, rx: float, ry: float, strength: int = 46) -> None:
        """Lay a soft shadow on the ground."""
        for share in (1.0, 0.82, 0.62):
            self.oval(cx, cy, rx * share, ry * share, (58, 44, 52, strength // 3))

    def dots(self, centres: Iterable[Point], radius: float, colour: Colour) -> None:
        """Draw many small discs."""
        for x, y in centres:
            self.oval(x, y, radius, radius, colour)
