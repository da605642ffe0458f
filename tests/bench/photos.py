"""The benchmark of renditions: throughput, bytes and likeness against peers, memory, builds of many photos."""

from __future__ import annotations

import functools
import importlib.metadata
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from generator.images.pool import ALLOCATION
from generator.images.recipe import RECIPE
from tests.bench import photo_set
from tests.bench.galleries import write_hugo, write_sigal
from tests.bench.photo_judge import Judged
from tests.bench.photo_makers import VipsRecipe, command
from tests.bench.timing import Result, Subject, compare, once

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
_PEERS = ("pillow", "av", "pyvips-binary", "sigal", "hugo")
_OURS = "ours (three WebP sizes and a JPEG)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much work the benchmark does."""

    copies: int
    runs: int
    archive: int
    efforts: tuple[int, ...]
    judged: int


FULL = Scale(copies=16, runs=3, archive=2500, efforts=(0, 1, 2, 4), judged=12)
QUICK = Scale(copies=2, runs=3, archive=100, efforts=(1,), judged=4)


def bench_photos(folder: Path, scale: Scale) -> None:
    """Run everything and print it."""
    (folder / "set").mkdir()
    try:
        _python("-m", "tests.bench.photo_set", str(folder / "set"))
    except subprocess.CalledProcessError:
        print("## Photos: left out, because the photographs could not be had\n")
        return
    photos = sorted((folder / "set").glob("*.jpg"))
    _describe_set(photos)
    work = folder / "work"
    work.mkdir()
    for number in range(scale.copies):
        for photo in photos:
            target = work / f"{number}-{photo.name}"
            target.write_bytes(photo_set.variant(photo.read_bytes(), number))
    ours, candidates = _judge(photos[: scale.judged], scale)
    _throughput(folder, work, ours, candidates, scale)
    _memory(folder)
    shutil.rmtree(work)
    _builds(folder, photos, scale)


def _describe_set(photos: Sequence[Path]) -> None:
    print(f"## Photos: {len(photos)} of {', '.join(photo_set.PACKAGES)}, made into phone photos\n")
    for photo, (name, author, licence) in zip(photos, photo_set.PHOTOGRAPHS, strict=True):
        size = photo.stat().st_size / 1e6
        print(f"  {photo.name}  {size:.1f} MB  {name} ({author}, {licence})")
    print()


def _judge(photos: Sequence[Path], scale: Scale) -> tuple[Judged, dict[VipsRecipe, Judged]]:
    """Return our bytes and SSIM, and those of each libvips recipe at the quality that comes closest to our SSIM."""
    efforts = [RECIPE.methods, *((effort,) * len(RECIPE.edges) for effort in scale.efforts)]
    recipes = [
        VipsRecipe(loader=loader, kernel=kernel, efforts=effort)
        for loader, kernel in (("thumbnail", "lanczos3"), ("hand", "lanczos3"), ("hand", "cubic"))
        for effort in efforts
        if effort == RECIPE.methods or kernel != "cubic"
        if max(effort) < 3 or loader == "thumbnail"
    ]
    asked = json.dumps([asdict(recipe) for recipe in recipes])
    own, *matched = json.loads(_python("-m", "tests.bench.photo_judge", asked, *map(str, photos)))
    ours = Judged(**own)
    found = {VipsRecipe(**one.pop("recipe")): Judged(**one) for one in matched}
    print(f"## Bytes of three WebP sizes and SSIM, means of {len(photos)} photos\n")
    print(f"  {'ours':<48} {ours.row()}")
    for recipe, judged in found.items():
        note = "no larger, no less like" if judged.is_fair(ours) else ""
        print(f"  {recipe.name:<48} {judged.row()}  {note}")
    print()
    return ours, found


def _throughput(
    folder: Path, work: Path, ours: Judged, candidates: dict[VipsRecipe, Judged], scale: Scale
) -> None:
    photos = sorted(work.glob("*.jpg"))
    made = folder / "made"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PEERS)
    print(
        f"## Throughput: {len(photos)} photos, two cores, medians of {scale.runs}, all in turn ({versions})\n"
    )
    # Those that can be compared, with two processes and with two threads; others only to show what they cost.
    able = [recipe for recipe, judged in candidates.items() if judged.is_fair(ours)]
    others = [
        r
        for r in candidates
        if r not in able and set(r.efforts) in ({min(scale.efforts)}, {4}) and r.kernel != "cubic"
    ]
    recipes = [replace(r, processes=p, threads=3 - p) for r in able for p in (2, 1)] + others
    subjects = [
        _maker(_OURS, "ours", work, made),
        *(_maker(_how(recipe), "libvips", work, made, recipe) for recipe in recipes),
    ]
    counts = {subject.name: len(photos) for subject in subjects}
    for name, write, given in (
        ("sigal, two WebP", functools.partial(write_sigal, webp=True), photos),
        ("sigal, two JPEG", functools.partial(write_sigal, webp=False), photos),
        ("hugo, three WebP", write_hugo, photos[:12]),
    ):
        place = folder / name
        subjects.append(
            Subject(
                name=name,
                command=write(given, place),
                cwd=place,
                before=lambda place=place: _forget(place),  # type: ignore[misc]  # a default binds it now
            )
        )
        counts[subjects[-1].name] = len(given)
    results = compare(subjects, scale.runs)
    judged = {_how(recipe): candidates[replace(recipe, processes=2, threads=1)] for recipe in recipes}
    first = results[0]
    judged[first.name] = ours
    for result in results:
        count = counts[result.name]
        quality = judged[result.name].row() if result.name in judged else _weight(folder, result)
        print(
            f"  {result.name:<62} {count / result.median:5.1f} photos/s"
            f"  ({min(result.seconds):.1f}–{max(result.seconds):.1f} s)"
            f"  {statistics.median(result.processor) / count * 1000:5.0f} ms of processor a photo  {quality}"
        )
    fair = {_how(replace(r, processes=p, threads=3 - p)) for r in able for p in (2, 1)}
    fastest = sorted((r for r in results if r.name in fair), key=lambda r: r.median)[:1]
    print("\n  Ours is faster, by the clock and by processor time, than:")
    for other in (*fastest, *results[-3:]):
        note = ", the fastest libvips that is no larger and no less like" if other in fastest else ""
        share = counts[first.name] / counts[other.name]
        clock, processor = _faster(first, other)
        print(f"    × {clock * share:5.2f}  × {processor * share:5.2f}  {other.name}{note}")
    print()
    for result in results[-3:]:
        shutil.rmtree(folder / result.name)


def _faster(one: Result, other: Result) -> tuple[float, float]:
    """Return medians of the ratios within each round: a machine that slows down for a while slows both."""
    pairs = list(zip(one.seconds, other.seconds, strict=True))
    loads = list(zip(one.processor, other.processor, strict=True))
    return statistics.median(b / a for a, b in pairs), statistics.median(b / a for a, b in loads)


def _how(recipe: VipsRecipe) -> str:
    return f"{recipe.name}, {recipe.processes} × {recipe.threads}"


def _maker(name: str, maker: str, source: Path, target: Path, recipe: VipsRecipe | None = None) -> Subject:
    return Subject(
        name=name,
        command=[sys.executable, *command(maker, source, target, recipe)],
        cwd=ROOT,
        env=ALLOCATION,  # as our decoding processes: libvips gains by it too
        before=lambda: shutil.rmtree(target, ignore_errors=True),
    )


def _forget(place: Path) -> None:
    for made in ("made", "cache", "resources"):
        shutil.rmtree(place / made, ignore_errors=True)


def _weight(folder: Path, result: Result) -> str:
    """Return what a gallery program's pictures weigh, for each photo."""
    made = folder / result.name / "made"
    pictures = [p for p in made.rglob("*") if p.suffix in (".jpg", ".webp") and "static" not in p.parts]
    photos = len({p.name.split("_hu")[0].removesuffix(".jpg") for p in pictures})
    size = sum(p.stat().st_size for p in pictures) / max(1, photos)
    return f"{size / 1000:6.1f} kB in {len(pictures) / max(1, photos):.0f} pictures"


def _memory(folder: Path) -> None:
    """Print each maker's peak on one photo of 50 megapixels, with one process."""
    photo = folder / "set" / "50mp.jpeg"
    print(
        "## Peak of the largest process on one photo of 50 megapixels (8160 × 6120), a JPEG where not said\n"
    )
    alone = VipsRecipe(loader="thumbnail", processes=1)
    subjects = [
        _maker("ours", "ours", photo, folder / "made"),
        _maker("ours, progressive", "ours", folder / "set" / "50mp-progressive.jpeg", folder / "made"),
        _maker("ours, PNG", "ours", folder / "set" / "50mp.png", folder / "made"),
        _maker("ours, WebP", "ours", folder / "set" / "50mp.webp", folder / "made"),
        _maker("ours, HEIC not in tiles", "ours", folder / "set" / "50mp.heic", folder / "made"),
        _maker("libvips thumbnail", "libvips", photo, folder / "made", alone),
        _maker("libvips by hand", "libvips", photo, folder / "made", replace(alone, loader="hand")),
    ]
    for name, write in (("sigal", functools.partial(write_sigal, webp=True)), ("hugo", write_hugo)):
        place = folder / f"{name}-50"
        subjects.append(Subject(name=name, command=write([photo], place), cwd=place))
    for subject in subjects:
        run = once(subject)
        print(f"  {subject.name:<24} {run.peak:6.0f} MiB  {run.seconds:5.2f} s")
    print()


def _builds(folder: Path, photos: Sequence[Path], scale: Scale) -> None:
    """Build an archive of many photos, twice: nothing is cached, then everything."""
    archive, site = folder / "archive", folder / "site"
    activities = scale.archive // 5
    _write_archive(archive, photos, activities)
    build = [str(BIN / "pairing"), "build", "--root", str(archive), "--site-dir", str(site)]
    print(f"## pairing build of {activities} activities with {activities * 5} photos, two cores\n")
    for name in ("cold", "warm"):
        run = once(Subject(name=name, command=build, cwd=ROOT))
        rate = f"{activities * 5 / run.seconds:.1f} photos/s" if name == "cold" else ""
        print(f"  {name}  {run.seconds:7.1f} s  {rate:<14}  peak of the largest process {run.peak:.0f} MiB")
    pictures = [path.stat() for path in (site / "photos").iterdir()]
    print(f"  {len(pictures)} published pictures, {sum(p.st_size for p in pictures) / 1e6:.0f} MB\n")
    shutil.rmtree(archive)
    shutil.rmtree(site)


def _write_archive(archive: Path, photos: Sequence[Path], activities: int) -> None:
    sample = [str(BIN / "pairing"), "sample", "--out", str(archive), "--photos", "0"]
    once(Subject(name="sample", command=[*sample, "--activities", str(activities)], cwd=ROOT))
    sources = [photo.read_bytes() for photo in photos]
    listed = "".join(f"  - {{file: 0{n}.jpg, caption: 活动现场{n}, people: none}}\n" for n in range(1, 6))
    for number, record in enumerate(sorted((archive / "records").glob("*/*/*/*/activity.md"))):
        text = record.read_text(encoding="utf-8")
        record.write_text(
            text.replace("\n---\n", f"\nphotos:\n{listed}---\n", 1), encoding="utf-8", newline="\n"
        )
        for each in range(5):
            data = photo_set.variant(sources[(number * 5 + each) % len(sources)], number * 5 + each)
            (record.parent / f"0{each + 1}.jpg").write_bytes(data)


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout
