"""What makes a folder's photos into renditions, a process each: our decoding processes, and libvips.

``python -m tests.bench.photo_makers ours|libvips …`` is what the benchmark times. Both make three WebP sizes
and one JPEG of every photo, with two processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.images.recipe import RECIPE


@dataclass(frozen=True, slots=True, kw_only=True)
class VipsRecipe:
    """One way to have libvips make the sizes of :data:`RECIPE`.

    loader: ``thumbnail`` is the operation that its manual recommends; ``hand`` decodes a JPEG at the smallest
    size that suffices and resizes that with ``kernel``, as we do.   efforts: of the encoder for each size, the
    largest first.   processes × threads: how it uses the cores.
    """

    loader: str
    kernel: str = "lanczos3"
    efforts: tuple[int, ...] = RECIPE.methods
    quality: int = RECIPE.quality
    processes: int = 2
    threads: int = 1

    def __post_init__(self) -> None:
        """Take efforts from JSON too."""
        object.__setattr__(self, "efforts", tuple(self.efforts))

    @property
    def name(self) -> str:
        """How tables call it."""
        how = "thumbnail" if self.loader == "thumbnail" else f"by hand, {self.kernel}"
        effort = "/".join(map(str, self.efforts if len(set(self.efforts)) > 1 else self.efforts[:1]))
        return f"libvips {how}, effort {effort}, Q {self.quality}"


def vips_renditions(photo: bytes, recipe: VipsRecipe) -> list[bytes]:
    """Return the three WebP sizes, largest first, and the JPEG."""
    import pyvips

    edges = RECIPE.edges
    if recipe.loader == "thumbnail":
        picture = pyvips.Image.thumbnail_buffer(photo, edges[0], height=edges[0], size="down")
    else:
        head = pyvips.Image.new_from_buffer(photo, "")
        shrink = 2 ** max(0, min(3, int(math.log2(max(head.width, head.height) / edges[0]))))
        picture = pyvips.Image.jpegload_buffer(photo, shrink=shrink, access="sequential")
        picture = _resized(picture, edges[0], recipe.kernel)
        if head.get_typeof("orientation") and head.get("orientation") > 1:
            picture = picture.copy_memory().autorot()
    picture = picture.copy_memory()
    made: list[bytes] = []
    fallback = b""
    for edge, effort in zip(edges, recipe.efforts, strict=True):
        if edge != edges[0]:
            if recipe.loader == "thumbnail":
                picture = picture.thumbnail_image(edge, height=edge).copy_memory()
            else:
                picture = _resized(picture, edge, recipe.kernel).copy_memory()
        made.append(picture.webpsave_buffer(Q=recipe.quality, effort=effort, keep="none"))
        if not fallback and edge <= RECIPE.fallback_edge:
            fallback = picture.jpegsave_buffer(Q=RECIPE.fallback_quality, keep="none")
    return [*made, fallback]


def _resized(picture: Any, edge: int, kernel: str) -> Any:
    share = edge / max(picture.width, picture.height)
    width, height = round(picture.width * share), round(picture.height * share)
    return picture.resize(width / picture.width, vscale=height / picture.height, kernel=kernel)


def _vips_file(job: tuple[Path, Path, VipsRecipe]) -> None:
    source, target, recipe = job
    for number, data in enumerate(vips_renditions(source.read_bytes(), recipe)):
        target.joinpath(f"{source.stem}-{number}").write_bytes(data)


def make_with_vips(photos: Sequence[Path], target: Path, recipe: VipsRecipe) -> None:
    """Make the renditions of photos with libvips."""
    os.environ["VIPS_CONCURRENCY"] = str(recipe.threads)  # read when a process loads the library
    target.mkdir(parents=True)
    jobs = [(photo, target, recipe) for photo in photos]
    if recipe.processes == 1:
        for job in jobs:
            _vips_file(job)
        return
    with multiprocessing.get_context("spawn").Pool(recipe.processes) as pool:
        for _ in pool.imap_unordered(_vips_file, jobs):
            pass


def make_with_ours(photos: Sequence[Path], target: Path, workers: int) -> None:
    """Make the renditions of photos as a build does: hashed, checked, decoded within limits, put in the cache."""
    from generator.images.cache import Source
    from generator.images.decoder import Job
    from generator.images.develop import list_codec_versions
    from generator.images.pool import make_photos

    versions = list_codec_versions()

    def job(photo: Path) -> Job:
        source = Source.from_name(hashlib.sha256(photo.read_bytes()).hexdigest(), photo.name)
        return Job(path=photo, source=source, cache=target, recipe=RECIPE, codecs=versions)

    with ThreadPoolExecutor(2) as pool:
        jobs = list(pool.map(job, photos))
    for made, fault in make_photos(jobs, workers):
        if fault is not None:
            raise SystemExit(f"{made.path}: {fault.message}")


def command(
    maker: str, source: Path, target: Path, recipe: VipsRecipe | None = None, workers: int = 2
) -> list[str]:
    """Return the arguments that run a maker as a process of its own."""
    options = json.dumps(asdict(recipe)) if recipe else json.dumps({"workers": workers})
    return ["-m", "tests.bench.photo_makers", maker, str(source), str(target), options]


def main() -> None:
    """Run one maker over a folder, or over one photo."""
    parser = argparse.ArgumentParser()
    parser.add_argument("maker", choices=["ours", "libvips"])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("options", type=json.loads)
    arguments = parser.parse_args()
    source = arguments.source
    photos = [source] if source.is_file() else sorted(source.glob("*.jpg"))
    if arguments.maker == "ours":
        make_with_ours(photos, arguments.target, arguments.options["workers"])
    else:
        make_with_vips(photos, arguments.target, VipsRecipe(**arguments.options))


if __name__ == "__main__":
    main()
