"""Choose and mix the colours of a scene from the palettes, hours and seasons of colours.yml."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _read() -> dict[str, Any]:
    text = (Path(__file__).parent / "parts" / "colours.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def mix_colours(colour: str, other: str, share: float) -> str:
    """Return the colour ``share`` (0 to 1) of the way from one ``#RRGGBB`` to another."""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in parts).hex()


def lighten_colour(colour: str, share: float) -> str:
    """Return a lighter tone."""
    return mix_colours(colour, "#fffcf4", share)


def darken_colour(colour: str, share: float) -> str:
    """Return a darker, slightly warm tone."""
    return mix_colours(colour, "#34282e", share)


def find_season(month: int) -> str:
    """Return the season of a month, 1 to 12."""
    seasons: dict[str, Any] = _read()["seasons"]
    return next(name for name, season in seasons.items() if month in season["months"])


def choose_colours(chance: random.Random, season: str, palette: int) -> dict[str, Any]:
    """Return the colours a template names; ``palette`` may be any number, neighbours get different palettes."""
    table = _read()
    codes: list[str] = table["palettes"][palette % len(table["palettes"])]
    shift = (chance.randrange(-7, 8), chance.randrange(-6, 7), chance.randrange(-9, 10))

    def vary(colour: str) -> str:
        parts = zip(bytes.fromhex(colour[1:]), shift, strict=True)
        return "#" + bytes(max(0, min(255, part + move)) for part, move in parts).hex()

    wall, panel, floor, wood = (vary(code) for code in codes[:4])
    accents = chance.sample(codes[4:], 4)
    hours = table["hours"]
    hour = chance.choices(list(hours), [each["share"] for each in hours.values()])[0]
    return {
        "wall": wall,
        "panel": panel,
        "floor": mix_colours(floor, wood, chance.random() * 0.25),
        "wood": wood,
        "accents": accents,
        **dict(zip("abcd", accents, strict=True)),
        "hour": hour,
        "sky": hours[hour]["sky"],
        "tint": hours[hour]["tint"],
        "season": season,
        "leaves": table["seasons"][season]["leaves"],
        "ground": table["seasons"][season]["ground"],
    }
