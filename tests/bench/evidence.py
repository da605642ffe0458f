"""Benchmark of the evidence: what is recognised after which change, what is confused, how fast it is looked up."""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from generator.archive import read_corpus
from generator.images.develop import develop_photo
from generator.images.faults import Fault
from generator.reuse.fingerprint import WINDOWS, Fingerprint, compute_fingerprint
from generator.reuse.fingerprint_cache import RECIPE
from generator.reuse.index import Index
from generator.reuse.likeness import Likeness, compare_fingerprints
from tests.bench import evidence_set

Change = Callable[[Image.Image], Image.Image]


def scaled(share: float) -> Change:
    return lambda im: im.resize((max(16, int(im.width * share)), max(16, int(im.height * share))), 3)


def cut(left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Change:
    return lambda im: im.crop(
        (
            round(im.width * left),
            round(im.height * top),
            round(im.width * (1 - right)),
            round(im.height * (1 - bottom)),
        )
    )


def light(share: float) -> Change:
    return lambda im: ImageEnhance.Brightness(im).enhance(share)


def marked(width: float) -> Change:
    """Return the change that sets a logo with white ground, ``width`` of the picture's, into the lower corner."""

    def change(im: Image.Image) -> Image.Image:
        im = im.copy()
        draw, high = ImageDraw.Draw(im), width * 0.3
        box = (im.width * (0.98 - width), im.height * (0.97 - high), im.width * 0.98, im.height * 0.97)
        draw.rectangle(box, fill="white")
        draw.text((box[0] + 4, box[1] + 2), "幼儿园", fill=(180, 30, 30))
        return im

    return change


def after(*changes: Change) -> Change:
    def change(im: Image.Image) -> Image.Image:
        for each in changes:
            im = each(im)
        return im

    return change


def same(im: Image.Image) -> Image.Image:
    return im


CHANGES: dict[str, tuple[Change, int]] = {
    "scaled to 75 %": (scaled(0.75), 75),
    "scaled to 50 %": (scaled(0.5), 75),
    "scaled to 25 %": (scaled(0.25), 75),
    "saved at quality 90": (same, 90),
    "saved at quality 60": (same, 60),
    "saved at quality 30": (same, 30),
    "20 % brighter": (light(1.2), 75),
    "20 % darker": (light(0.8), 75),
    "5 % off the left": (cut(left=0.05), 75),
    "5 % off the top": (cut(top=0.05), 75),
    "5 % off right and bottom": (cut(right=0.05, bottom=0.05), 75),
    "5 % off left and top": (cut(left=0.05, top=0.05), 75),
    "2.5 % off all sides": (cut(0.025, 0.025, 0.025, 0.025), 75),
    "5 % off all sides": (cut(0.05, 0.05, 0.05, 0.05), 75),
    "10 % off the left": (cut(left=0.1), 75),
    "mirrored": (ImageOps.mirror, 75),
    "without colour": (lambda im: im.convert("L").convert("RGB"), 75),
    "20 % more contrast": (lambda im: ImageEnhance.Contrast(im).enhance(1.2), 75),
    "small logo (15 % wide)": (marked(0.15), 75),
    "large logo (36 % wide)": (marked(0.36), 75),
    "by messenger: 60 %, corner cut, brighter, q60": (
        after(scaled(0.6), cut(left=0.05, bottom=0.05), light(1.1)),
        60,
    ),
    "mirrored, corner cut, q50": (after(ImageOps.mirror, cut(left=0.05, top=0.05)), 50),
    "scaled to 25 %, brighter, q30": (after(scaled(0.25), light(1.2)), 30),
}
TARGETS = tuple(CHANGES)[:14]
"""Changes of which at least 95 % are to be recognised."""


def printed(data: bytes) -> Fingerprint | None:
    """Return a photo's fingerprint, made as the report makes it."""
    developed = develop_photo(data, "01.jpg", RECIPE)
    return None if isinstance(developed, Fault) else compute_fingerprint(developed.sizes[0].data)


def saved(picture: Image.Image, quality: int) -> bytes:
    """Return a picture as a JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def meetings(
    index: Index, known: list[Fingerprint], photo: Fingerprint, first: int = 0
) -> dict[int, Likeness]:
    """Return the photos that the index suggests for one, each with its best likeness, mirrored or not."""
    found: dict[int, Likeness] = {}
    for looked_for in (photo, photo.mirror_picture()):
        for one in index.look_up(looked_for, first):
            pair = (known[one.place], looked_for) if one.within else (looked_for, known[one.place])
            likeness = compare_fingerprints(*pair, WINDOWS[one.part])
            if one.place not in found or (likeness.is_same, likeness.share) > (
                found[one.place].is_same,
                found[one.place].share,
            ):
                found[one.place] = likeness
    return found


def recall(photos: Mapping[str, bytes], changes: Mapping[str, tuple[Change, int]]) -> dict[str, float]:
    """Return for each change the share of the telling photos that are recognised after it."""
    counted = dict.fromkeys(changes, 0)
    telling = 0
    for data in photos.values():
        original = printed(data)
        if original is None or not original.is_distinctive:
            continue
        telling += 1
        index = Index([original.hashes])
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        for name, (change, quality) in changes.items():
            copy = printed(saved(change(picture), quality))
            counted[name] += copy is not None and any(
                likeness.is_same for likeness in meetings(index, [original], copy).values()
            )
    return {name: count / max(1, telling) for name, count in counted.items()}


def confused(photos: Mapping[str, bytes]) -> tuple[int, int, list[tuple[str, str, Likeness]]]:
    """Return numbers of telling photos and of suggested pairs, and the pairs that are taken for one picture."""
    prints = {
        name: found for name, data in photos.items() if (found := printed(data)) and found.is_distinctive
    }
    names, known = list(prints), list(prints.values())
    index = Index([each.hashes for each in known])
    suggested = 0
    pairs = []
    for place, photo in enumerate(known):
        met = meetings(index, known, photo, place + 1)
        suggested += len(met)
        pairs += [(names[place], names[other], like) for other, like in met.items() if like.is_same]
    return len(known), suggested, pairs


def unknown(pairs: Collection[tuple[str, str, Likeness]]) -> list[tuple[str, str, Likeness]]:
    """Leave out the pairs that are known to be one picture."""
    return [p for p in pairs if frozenset(name[-10:] for name in p[:2]) not in evidence_set.SAME]


def bench_evidence(root: Path, *, quick: bool = False) -> None:
    """Print the tables; ``root`` is the archive whose pictures must not be confused either."""
    cache = root / ".cache" / "bench-evidence"
    dice = random.Random(20)  # noqa: S311  # a benchmark draws the same photos every time
    daily, sky = evidence_set.everyday(cache), evidence_set.stars(cache)
    drawn = {
        photo.file.path: (root / photo.file.path).read_bytes()
        for activity in read_corpus(root).activities
        for photo in activity.photo_files
    }
    print(f"## Evidence: {len(daily)} everyday photographs, {len(sky)} of the sky, {len(drawn)} drawings\n")
    chosen = {name: daily[name] for name in dice.sample(sorted(daily), 60 if quick else 300)}
    print(f"  recognised of {len(chosen)}, drawn by lot:")
    for name, share in recall(chosen, CHANGES).items():
        print(f"  {name:48} {share:7.1%}{'  (target 95 %)' if name in TARGETS else ''}")
    print("\n  confused, of all pairs of different pictures:")
    hard = evidence_set.cells(cache)
    sets = {
        "everyday and sky": daily | sky,
        "everyday, sky and drawings": daily | sky | drawn,
        "moments of one scene": evidence_set.moments(cache),
        "solar cells, 200 of them": {name: hard[name] for name in dice.sample(sorted(hard), 200)},
    }
    for name, photos in list(sets.items())[1:] if quick else sets.items():
        start = time.perf_counter()
        telling, suggested, pairs = confused(photos)
        wrong = unknown(pairs)
        print(
            f"  {name:28} {telling * (telling - 1) // 2:9} pairs ({len(photos) - telling} pictures too plain), "
            f"{suggested} suggested, {len(wrong)} wrong, {len(pairs) - len(wrong)} known to be the same "
            f"({time.perf_counter() - start:.0f} s)"
        )
        for one, other, likeness in wrong[:10] if len(wrong) < 50 else ():
            print(f"    {one} = {other}: {likeness}")
    bench_index([printed(data) for data in list(daily.values())[:100]])


def bench_index(new: list[Fingerprint | None]) -> None:
    """Time an index of 100,000 photos: random hashes, between which the real ones are looked for."""
    looked_for = [photo for photo in new if photo]
    filler = np.random.default_rng(1).integers(0, 2**63, (100_000, len(WINDOWS)), np.uint64)
    start = time.perf_counter()
    index = Index([*(photo.hashes for photo in looked_for), *filler])
    built = time.perf_counter() - start
    times = []
    for photo in looked_for:
        start = time.perf_counter()
        found = [*index.look_up(photo), *index.look_up(photo.mirror_picture())]
        times.append(time.perf_counter() - start)
        assert found
    print(
        f"\n  index of {len(index)} photos: built in {built:.2f} s, one looked up in "
        f"{statistics.median(times) * 1000:.0f} ms, {len(times)} new ones in {sum(times):.1f} s\n"
    )
