"""Prints bytes and SSIM of our sizes, and at which quality libvips is as like the original: one process, two threads.

``… RECIPES PHOTO…``, where RECIPES is a JSON list of :class:`VipsRecipe` values; prints a JSON list of the same
with the quality found, led by ours.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

os.environ["VIPS_CONCURRENCY"] = "1"  # read when the library is loaded; the threads here are enough

from PIL import Image

from generator.images.develop import Developed, develop_photo
from generator.images.recipe import RECIPE
from tests.bench.likeness import mean_likeness, references
from tests.bench.photo_makers import VipsRecipe, vips_renditions

LARGER, LESS_LIKE = 1.005, 0.0005
"""Up to so much, bytes (as a factor) and SSIM (as a difference) are called equal."""
_AROUND = 4
"""So far from our quality an equal one is looked for: the encoder is the same."""

_Make = Callable[[bytes], Sequence[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Mean bytes of a photo's three WebP sizes, and their mean SSIM."""

    size: float
    ssim: float

    def is_as_like(self, other: Judged) -> bool:
        """Say whether this is no less like the original than another."""
        return self.ssim >= other.ssim - LESS_LIKE

    def is_fair(self, other: Judged) -> bool:
        """Say whether this is no less like the original and no larger than another."""
        return self.is_as_like(other) and self.size <= other.size * LARGER

    def row(self) -> str:
        """Return both as text."""
        return f"{self.size / 1000:6.1f} kB  SSIM {self.ssim:.4f}"


class Judge:
    """Measures makers on photos whose originals it has in mind."""

    def __init__(self, photos: Sequence[Path]) -> None:
        self._photos = [path.read_bytes() for path in photos]
        with ThreadPoolExecutor(2) as pool:
            self._originals = list(pool.map(lambda photo: references(photo, RECIPE.edges), self._photos))

    def judge(self, make: _Make) -> Judged:
        """Return what a maker's three sizes come to."""

        def one(photo: bytes, originals: Sequence[Image.Image]) -> tuple[int, float]:
            made = make(photo)[: len(originals)]
            return sum(map(len, made)), mean_likeness(originals, made)

        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(one, self._photos, self._originals))
        return Judged(
            size=sum(size for size, _ in found) / len(found), ssim=sum(ssim for _, ssim in found) / len(found)
        )

    def match(self, recipe: VipsRecipe, ours: Judged) -> tuple[VipsRecipe, Judged]:
        """Return the recipe with the least quality at which it is as like the original as ours."""
        low, high = RECIPE.quality - _AROUND, RECIPE.quality + _AROUND
        found: dict[int, Judged] = {}
        while low < high or low not in found:
            middle = (low + high) // 2
            matched = replace(recipe, quality=middle)
            found[middle] = self.judge(lambda photo, matched=matched: vips_renditions(photo, matched))  # type: ignore[misc]  # a default binds it now
            if found[middle].is_as_like(ours):
                high = middle
            else:
                low = middle + 1 if low < high else low
        return replace(recipe, quality=low), found[low]


def ours(photo: bytes) -> list[bytes]:
    """Return our three sizes of a photo."""
    developed = develop_photo(photo, "photo.jpg", RECIPE)
    assert isinstance(developed, Developed), developed
    return [each.data for each in developed.sizes]


def main(recipes: list[dict[str, Any]], photos: list[Path]) -> list[dict[str, Any]]:
    """Judge ours, and match each recipe to it."""
    judge = Judge(photos)
    own = judge.judge(ours)
    told: list[dict[str, Any]] = [asdict(own)]
    for values in recipes:
        recipe, judged = judge.match(VipsRecipe(**values), own)
        told.append({"recipe": asdict(recipe), **asdict(judged)})
    return told


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]), [Path(name) for name in sys.argv[2:]])))
