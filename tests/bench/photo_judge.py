"""Prints the mean bytes and the mean SSIM of what a maker makes of photos: ``… MAKER OPTIONS PHOTO…``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.renditions.pixels import Developed, develop
from generator.renditions.recipe import RECIPE
from tests.bench.likeness import mean_likeness, reference
from tests.bench.photo_makers import VipsRecipe, vips_renditions


def judge(maker: str, options: str, photos: list[Path]) -> tuple[float, float]:
    """Return bytes of the three WebP sizes of a photo, and their SSIM."""
    sizes, likenesses = [], []
    for path in photos:
        photo = path.read_bytes()
        references = [reference(photo, edge) for edge in RECIPE.edges]
        if maker == "ours":
            developed = develop(photo, path.name, RECIPE)
            assert isinstance(developed, Developed), developed
            made = [each.data for each in developed.sizes]
        else:
            made = vips_renditions(photo, VipsRecipe(**json.loads(options)))[: len(references)]
        sizes.append(sum(map(len, made)))
        likenesses.append(mean_likeness(references, made))
    return sum(sizes) / len(sizes), sum(likenesses) / len(likenesses)


if __name__ == "__main__":
    print(*judge(sys.argv[1], sys.argv[2], [Path(name) for name in sys.argv[3:]]))
