"""Whole builds of many photos: one corrupt among five hundred, and one that was killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from generator.images.cache import list_entries
from tests import small_archive
from tests.conftest import PAIRING, ROOT, MakeArchive
from tests.scratch_photos import photos_yaml

IN_A_RECORD = 50


def _archive(make: MakeArchive, count: int, size: tuple[int, int]) -> tuple[Path, list[Path]]:
    """Write so many different photos into records of a month; return the archive and the photos' paths."""
    files = small_archive.base()
    paths = []
    for at in range(0, count, IN_A_RECORD):
        day = 2 + at // IN_A_RECORD
        folder = f"records/jia/2021/02/{day:02}-visit"
        names = [f"{number:03}.jpg" for number in range(at, min(count, at + IN_A_RECORD))]
        files[f"{folder}/activity.md"] = small_archive.activity(
            f"2021-02-{day:02}", title=f"第{at // IN_A_RECORD + 1}次观摩活动", photos=photos_yaml(*names)
        )
        paths += [f"{folder}/{name}" for name in names]
    root = make(files)
    chance = random.Random(count)  # noqa: S311  # the same photos each time
    for path in paths:
        tile = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3))
        tile.resize(size, Image.Resampling.BICUBIC).save(root / path)
    return root, [root / path for path in paths]


def _command(root: Path, site: Path, *options: str) -> list[str]:
    day = ("--as-of", "2021-02-28")
    return [str(PAIRING), "build", "--root", str(root), "--site-dir", str(site), *day, *options]


def _build(root: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = _command(root, site, *options)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_one_corrupt_photo_of_five_hundred_costs_itself(make_archive: MakeArchive, tmp_path: Path) -> None:
    root, paths = _archive(make_archive, 500, (96, 72))
    site = tmp_path / "site"
    victim = paths[287]
    victim.write_bytes(victim.read_bytes()[:-400])
    done = _build(root, site)
    warning = (
        "提醒：records/jia/2021/02/07-visit/activity.md:48:12 图片“287.jpg”没有发布："
        "图片已损坏，打不开或不完整；重新上传原图；若原图也打不开，就换一张"
    )
    # The other warning is that this archive has no text of its plan.
    assert [line for line in done.stderr.splitlines() if "图片“" in line] == [warning]
    assert done.returncode == 0
    assert "499 张图片）" in done.stdout
    assert len(list((site / "photos").glob("*.jpg"))) == 499
    page = (site / "schools/jia/2021/02/07-visit/index.html").read_text(encoding="utf-8")
    # Each of the others still has its own caption.
    for number in range(IN_A_RECORD):
        assert (f"图{number}<" in page or f'图{number}"' in page) == (number != 37), number
    before = sorted(path.name for path in (site / "photos").iterdir())
    strict = _build(root, site, "--strict")
    assert strict.returncode == 1
    assert "图片“287.jpg”没有发布" in strict.stderr
    assert sorted(path.name for path in (site / "photos").iterdir()) == before


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_build_after_a_killed_one_makes_only_the_rest(make_archive: MakeArchive, tmp_path: Path) -> None:
    root, _ = _archive(make_archive, 90, (1200, 900))
    site, cache = tmp_path / "site", root / ".cache" / "photos"
    with subprocess.Popen(
        _command(root, site), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as build:
        deadline = time.monotonic() + 60
        while len(list(list_entries(cache))) < 20 and time.monotonic() < deadline:
            time.sleep(0.02)
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL
    assert not site.exists()
    time.sleep(0.5)  # a decoding process that outlived its build would go on
    kept = {entry: (cache / entry / "picture.json").stat().st_ino for entry in list_entries(cache)}
    assert 20 <= len(kept) < 90
    done = _build(root, site)
    assert done.returncode == 0, done.stderr
    assert "90 张图片）" in done.stdout
    after = {entry: (cache / entry / "picture.json").stat().st_ino for entry in list_entries(cache)}
    assert len(after) == 90
    assert {entry: after[entry] for entry in kept} == kept
    assert not list(cache.glob(".parts/*"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site-build")] == []
