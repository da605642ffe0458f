"""Paint a sample's pictures: each drawn anew while they are few, else variants of drawn ones."""

from __future__ import annotations

import io

from PIL import Image

from generator.sample.dice import make_random
from generator.sample.phrasebook import read_bank
from generator.sample.scenes import draw_scene, encode_picture, find_season, stamp_picture, vary_picture

_DRAWN = 600  # beyond this a picture takes a third of the time as a variant of one drawn before
_KEPT = 3  # drawings kept for each scene and season


class Painter:
    """Paints a sample's pictures one after the other."""

    def __init__(self, *, seed: object, total: int) -> None:
        self._seed = seed
        self._many = total > _DRAWN
        self._number = 0
        self._kept: dict[tuple[str, str], list[bytes]] = {}

    def write_caption(self, scene: str, key: str, number: int) -> str:
        """Return the caption of a picture."""
        lines = read_bank("captions")[scene]
        return lines[make_random(self._seed, "caption", key, number).randrange(len(lines))][1]

    def paint_picture(self, scene: str, month: int) -> bytes:
        """Return the next picture as a JPEG file."""
        self._number += 1
        season = find_season(month)
        kept = self._kept.setdefault((scene, season), [])
        if self._many and len(kept) == _KEPT:
            with Image.open(io.BytesIO(kept[self._number % _KEPT]), formats=["JPEG"]) as base:
                picture = vary_picture(base, make_random(self._seed, "variant", self._number))
        else:
            chance = make_random(self._seed, "picture", self._number)
            picture = draw_scene(scene, season=season, number=self._number, chance=chance)
            if self._many:
                kept.append(encode_picture(picture, quality=88))
        return encode_picture(stamp_picture(picture))
