"""Run the benchmarks and print their tables: build against Hugo and plain MkDocs, check, photos, hostile photos, evidence, bulletin, scale, search."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from generator.archive import read_corpus
from tests.bench.bulletin import bench_bulletin
from tests.bench.evidence import bench_evidence
from tests.bench.hostile import bench_hostile
from tests.bench.peers import write_hugo, write_mkdocs
from tests.bench.photos import FULL, QUICK, bench_photos
from tests.bench.search import bench_search
from tests.bench.timing import Result, Subject, compare, once

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def pairing(name: str, *arguments: str, cwd: Path = ROOT) -> Subject:
    """Return the installed command as a subject."""
    return Subject(name=name, command=[str(BIN / "pairing"), *arguments], cwd=cwd)


def sample(folder: Path, activities: int) -> Path:
    """Write an archive of so many activities without photos."""
    once(pairing("sample", "sample", "--out", str(folder), "--activities", str(activities), "--photos", "0"))
    return folder


def build_subject(name: str, archive: Path) -> Subject:
    """Return a cold build of an archive: the last site is removed first."""
    site = archive.with_name(archive.name + "-site")
    return Subject(
        name=name,
        command=[str(BIN / "pairing"), "build", "--root", str(archive), "--site-dir", str(site)],
        cwd=ROOT,
        before=lambda: shutil.rmtree(site, ignore_errors=True),
    )


def show(results: list[Result]) -> None:
    """Print the results, and every ratio to the first."""
    for result in results:
        print("  " + result.row())
    for other in results[1:]:
        print(f"  {results[0].name} / {other.name} = {results[0].median / other.median:.3f}")
    print()


def bench_build(folder: Path, activities: int, runs: int) -> None:
    """Build ``activities`` activities: ours, Hugo's and plain MkDocs + Material's."""
    print(f"## Build of {activities} activities without photos (cold, medians of {runs})\n")
    archive = sample(folder / f"archive-{activities}", activities)
    corpus = read_corpus(archive, content=ROOT / "content")
    ours = build_subject("pairing build", archive)
    site = archive.with_name(archive.name + "-site")
    compare([ours], 0)
    record = corpus.activities[len(corpus.activities) // 2]
    page = site / "schools" / record.key / "index.html"
    hugo, plain = folder / "hugo", folder / "mkdocs"
    write_hugo(corpus, page, record, hugo)
    write_mkdocs(corpus, plain)
    subjects = [
        ours,
        Subject(
            name=f"hugo {importlib.metadata.version('hugo')}",
            command=[str(BIN / "hugo"), "--quiet"],
            cwd=hugo,
            before=lambda: shutil.rmtree(hugo / "public", ignore_errors=True),
        ),
        Subject(
            name=f"plain MkDocs {importlib.metadata.version('mkdocs')} + Material",
            command=[str(BIN / "mkdocs"), "build", "-q"],
            cwd=plain,
            before=lambda: shutil.rmtree(plain / "site", ignore_errors=True),
            env={"NO_MKDOCS_2_WARNING": "1"},
        ),
    ]
    show(compare(subjects, runs))
    theirs = hugo / "public" / "schools" / record.key / "index.html"
    print(f"  one activity page: ours {page.stat().st_size} bytes, Hugo's {theirs.stat().st_size} bytes")
    print(
        f"  pages written: ours {sum(1 for _ in site.rglob('*.html'))}, Hugo's {sum(1 for _ in (hugo / 'public').rglob('*.html'))}\n"
    )


def bench_check(runs: int) -> None:
    """Check the sample year, and one changed record of it."""
    print(f"## pairing check (process start included, medians of {runs})\n")
    record = next(iter(sorted((ROOT / "records" / "leimeng").glob("*/*/*/activity.md"))))
    subjects = [
        pairing("the sample year", "check", "--as-of", "2021-01-31"),
        pairing("one record (--only)", "check", "--as-of", "2021-01-31", "--only", str(record.parent)),
        pairing("changed since HEAD", "check", "--as-of", "2021-01-31", "--changed-since", "HEAD"),
        Subject(name="python -c pass (floor)", command=[sys.executable, "-c", "pass"], cwd=ROOT),
    ]
    show(compare(subjects, runs))


def bench_scale(folder: Path, sizes: list[int], runs: int) -> None:
    """Build and check archives of growing size."""
    print(f"## Cost by size (no photos, medians of {runs})\n")
    for size in sizes:
        archive = sample(folder / f"scale-{size}", size)
        # Without photos every record has one problem, so that the report is part of the time.
        command = [str(BIN / "pairing"), "check", "--root", str(archive), "--as-of", "2021-01-31"]
        check = Subject(name=f"check {size}", command=command, cwd=ROOT, code=1)
        results = compare([build_subject(f"build {size}", archive), check], runs)
        for result in results:
            print(f"  {result.row()}  {result.median / size * 1000:.3f} ms each")
        shutil.rmtree(archive)
        shutil.rmtree(archive.with_name(archive.name + "-site"), ignore_errors=True)
    print()


def _memory() -> Path | None:
    """Return a file system in memory with room enough, where there is one."""
    shared = Path("/dev/shm")  # noqa: S108  # a folder of its own is made there
    enough = 4 * 1024**3
    return shared if shared.is_dir() and shutil.disk_usage(shared).free >= enough else None


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        choices=["build", "check", "scale", "photos", "hostile", "evidence", "bulletin", "search", []],
        help="default: all",
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--activities", type=int, default=4000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000, 16000])
    parser.add_argument(
        "--disk",
        action="store_true",
        help="build, scale: on the disk of TMPDIR, not in memory; a slow file system then weighs on all alike",
    )
    parser.add_argument("--quick", action="store_true", help="photos: fewer photos, peers and runs")
    arguments = parser.parse_args()
    parts = arguments.parts or ["check", "build", "photos", "hostile", "evidence", "bulletin", "scale"]
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    memory = _memory() if not arguments.disk else None
    with (
        tempfile.TemporaryDirectory(prefix="pairing-bench-") as name,
        tempfile.TemporaryDirectory(prefix="pairing-bench-", dir=memory) as fast,
    ):
        folder = Path(name)
        print(
            f"Builds without photos: {f'in memory ({memory})' if memory else f'on disk ({folder.parent})'}\n"
        )
        if "check" in parts:
            bench_check(arguments.runs)
        if "build" in parts:
            bench_build(Path(fast), arguments.activities, arguments.runs)
        if "photos" in parts:
            bench_photos(folder, QUICK if arguments.quick else FULL)
        if "hostile" in parts:
            bench_hostile(folder)
        if "evidence" in parts:
            bench_evidence(ROOT, quick=arguments.quick)
        if "bulletin" in parts:
            bench_bulletin(ROOT, arguments.runs)
        if (
            "search" in parts
        ):  # only when asked for: it builds 20,000 pages for a quarter of an hour of questions
            for activities in arguments.sizes:
                archive = sample(Path(fast) / f"search-{activities}", activities)
                subject = build_subject("search", archive)
                once(subject)
                bench_search(archive.with_name(archive.name + "-site"), 1000, max(arguments.runs, 5))
        if "scale" in parts:
            bench_scale(Path(fast), arguments.sizes, min(arguments.runs, 3))


if __name__ == "__main__":
    main()
