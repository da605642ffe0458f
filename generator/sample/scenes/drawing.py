"""Draw a scene from its SVG template: Jinja2 fills it in at random, Typst renders it, Pillow encodes it."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import typst
from markupsafe import Markup
from PIL import Image, ImageChops

from generator.sample.scenes.colours import choose_colours, darken_colour, lighten_colour, mix_colours

_FOLDER = Path(__file__).parent
_PARTS = _FOLDER / "parts"

SCENES = tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))
"""The names of all scenes; each is a template beside this module."""

_UPRIGHT = {"reading", "art", "planting", "washing", "corridor", "screen", "front", "lesson", "slide", "home"}


def draw_scene(scene: str, *, season: str, number: int, chance: random.Random) -> Image.Image:
    """Draw a scene, 960 × 720 or for some 720 × 960; ``number`` counts pictures and turns the palettes."""
    upright = scene in _UPRIGHT and chance.random() < 0.2
    colours = choose_colours(chance, season, number * 7)
    choices = _random_choices(chance, colours["accents"])
    values = {"scene": scene, **_choose_view(chance, upright), **colours, **choices}
    picture = _render(_environment().get_template("parts/frame.svg").render(values)).convert("RGB")
    return ImageChops.multiply(picture, _vertical_gradient(picture.size, *colours["tint"]))


def _choose_view(chance: random.Random, upright: bool) -> dict[str, Any]:
    """Choose which part of the stage is seen; an upright picture sees more of ceiling and floor."""
    width = chance.uniform(620, 680) if upright else chance.uniform(830, 960)
    height = width * (4 / 3 if upright else 3 / 4)
    top = (720 - height) * chance.uniform(0.6 if upright else 0, 1)
    left = (960 - width) * (chance.uniform(0.35, 0.65) if upright else chance.random())
    return {
        "upright": upright,
        "size": (720, 960) if upright else (960, 720),
        "view": (left, top, width, height),
        "mirrored": chance.random() < 0.5,
    }


def _random_choices(chance: random.Random, accents: list[str]) -> dict[str, Any]:
    """Return the functions by which a template varies; ``accents`` are the picture's four colours."""

    def tones(count: int) -> list[str]:
        """Return colours of which neighbours differ."""
        start, step = chance.randrange(4), chance.choice((1, 3))
        return [lighten_colour(accents[(start + i * step) % 4], 0.12 * (i % 3)) for i in range(count)]

    return {
        "between": chance.uniform,
        "coin": lambda share=0.5: chance.random() < share,
        "pick": lambda *of: chance.choice(of),
        "shuffled": lambda *of: chance.sample(of, len(of)),
        "toy": lambda: lighten_colour(chance.choice(accents), chance.choice((0.0, 0.0, 0.22, 0.4))),
        "tones": tones,
    }


def _at(x: float, y: float, scale: float = 1, turn: float = 0) -> Markup:
    """Return the attribute that moves, turns and scales a part; ``turn`` is in degrees, clockwise."""
    text = Markup('transform="translate({:.1f} {:.1f}) rotate({:.1f}) scale({:.3f})"')
    return text.format(x, y, turn, scale)


def _vertical_gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    """Return a vertical gradient."""
    share = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), share)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: round(value, 1) if isinstance(value, float) else value,
    )
    environment.filters.update(light=lighten_colour, dark=darken_colour, mix=mix_colours)
    environment.globals.update(at=_at)
    return environment


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(_PARTS / "page.typ", ignore_system_fonts=True)


def _render(svg: str) -> Image.Image:
    """Render a drawing at its own size: an inch has 96 units of SVG."""
    data = _compiler().compile(format="png", ppi=96, sys_inputs={"svg": svg})
    if not isinstance(data, bytes):
        raise TypeError("Typst returned no picture")
    return Image.open(io.BytesIO(data), formats=["PNG"])


def vary_picture(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Return another light and cut of a picture already drawn: far faster than drawing anew."""
    w, h = picture.size
    zoom = chance.uniform(0.84, 0.98)
    left, top = w * (1 - zoom) * chance.random(), h * (1 - zoom) * chance.random()
    box = (round(left), round(top), round(left + w * zoom), round(top + h * zoom))
    cut = picture.resize((w, h), Image.Resampling.BILINEAR, box)
    shares = (chance.uniform(0.88, 1.0), chance.uniform(0.9, 1.0), chance.uniform(0.84, 1.0))
    bands = [
        band.point([round(i * s) for i in range(256)]) for band, s in zip(cut.split(), shares, strict=True)
    ]
    return Image.merge("RGB", bands)


@cache
def _seal() -> Image.Image:
    return _render((_PARTS / "seal.svg").read_text(encoding="utf-8"))


def stamp_picture(picture: Image.Image) -> Image.Image:
    """Return the picture with the mark 示例 in its lower right corner."""
    seal = _seal()
    picture.paste(seal, (picture.width - seal.width - 22, picture.height - seal.height - 22), seal)
    return picture


def encode_picture(picture: Image.Image, *, quality: int = 58) -> bytes:
    """Return the JPEG file of a picture, without any metadata."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
    return out.getvalue()
