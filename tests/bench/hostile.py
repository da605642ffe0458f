"""What each kind of hostile photo comes to: outcome, time and memory of a decoding process of its own.

Run as a module with a photo's path it tries that one and prints JSON. Each is tried by a small process, so
that the peak of its decoding process can be told: a new process begins with the peak of its parent.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from generator.images.cache import Source
from generator.images.decoder import LIMITS, MIB, Job
from generator.images.facts import read_photo_facts
from generator.images.faults import MAX_BYTES, report_damage
from generator.images.pool import make_photos
from generator.images.recipe import RECIPE

ROOT = Path(__file__).resolve().parents[2]
_PUBLISHED = "published, pixels only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a photo came to. ``peak`` is in MiB; 0 where its structure told enough and nothing was decoded."""

    words: str
    seconds: float
    peak: int


def bench_hostile(folder: Path) -> None:
    """Try every hostile photo, and a sound one of 12 megapixels for comparison, and print the table."""
    from tests.hostile_photos.cases import CASES, Case
    from tests.hostile_photos.formats import encoded

    print(
        f"## Hostile photos, each in a process of its own (limits: {LIMITS.memory // MIB} MiB, "
        f"{LIMITS.processor} s of processor time; start of the process included)\n"
    )
    sound = Case(
        kind="(a sound photo of 12 megapixels)",
        suffix=".jpg",
        make=lambda: encoded("JPEG", (4000, 3000)),
        expected="",
    )
    print("| kind | bytes | outcome | time | memory |\n|---|---:|---|---:|---:|")
    worst: list[Outcome] = []
    for number, case in enumerate((sound, *CASES)):
        path = folder / f"{number:03}{case.suffix}"
        path.write_bytes(case.make())
        found = try_photo(path)
        size = path.stat().st_size
        path.unlink()
        worst.append(found)
        memory = f"{found.peak} MiB" if found.peak else "not decoded"
        print(f"| {case.kind} | {size:,} | {found.words} | {found.seconds:.2f} s | {memory} |", flush=True)
        if found.words != (case.expected or _PUBLISHED):
            raise SystemExit(f"{case.kind}: expected {case.expected or _PUBLISHED}")
    slowest, largest = max(f.seconds for f in worst), max(f.peak for f in worst)
    print(f"\n  {len(CASES)} kinds; slowest {slowest:.2f} s, largest {largest} MiB\n")


def try_photo(path: Path) -> Outcome:
    """Do with a photo what a build does with it: look at its structure, then decode it apart."""
    data = path.read_bytes()
    begun = time.perf_counter()
    if len(data) <= MAX_BYTES and not read_photo_facts(data).whole:
        return Outcome(words=report_damage().message, seconds=time.perf_counter() - begun, peak=0)
    del data
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.hostile", str(path)], cwd=ROOT, capture_output=True, check=True
    )
    return Outcome(**json.loads(done.stdout))


def _decode(path: Path) -> Outcome:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = MAX_BYTES + 1
        while left and (part := file.read(min(left, 1 << 16))):
            digest.update(part)
            left -= len(part)
    with tempfile.TemporaryDirectory(prefix="pairing-hostile-") as cache:
        source = Source.from_name(digest.hexdigest(), path.name)
        job = Job(path=path, source=source, cache=Path(cache), recipe=RECIPE, codecs="")
        begun = time.perf_counter()
        ((_, fault),) = make_photos([job], 1)
        seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Outcome(words=fault.message if fault else _PUBLISHED, seconds=seconds, peak=used.ru_maxrss // 1024)


if __name__ == "__main__":
    outcome = _decode(Path(sys.argv[1]))
    print(json.dumps({"words": outcome.words, "seconds": outcome.seconds, "peak": outcome.peak}))
