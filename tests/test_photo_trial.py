"""The check of a change decodes the photos that it touches, as a build does: what either refuses, the other does."""

from __future__ import annotations

import functools
import io
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pillow_heif
import pytest

from generator.archive import album, read_corpus
from generator.archive.album import render_album
from generator.cli.main import main
from generator.images import pool
from generator.images.decoder import MIB, Limits, Task
from generator.rules.submission.photo_trial import find_unpublishable
from tests import small_archive
from tests.conftest import MakeArchive
from tests.hostile_photos.formats import encoded, ended, heic, picture
from tests.scratch_photos import RECORD, archive, photo, photos_yaml

HUGE = "处理这张图片需要的内存超过上限"
NOWHERE = Path("no-cache")
FAST: dict[str, Any] = {"quality": 40, "enc_params": {"preset": "ultrafast"}}


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the photos that are decoded from now on."""
    names: list[str] = []
    real = pool.make_photos

    def noting(tasks: Sequence[Task], *arguments: Any, **options: Any) -> Iterator[Any]:
        names.extend(task.path.name for task in tasks)
        return real(tasks, *arguments, **options)

    monkeypatch.setattr(pool, "make_photos", noting)
    return names


def test_what_will_be_left_out_is_named_where_the_photo_is_listed(
    make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    half = ended(encoded("JPEG"), 0.5)
    photos = {"01.jpg": photo(), "02.jpg": half, "03.png": encoded("JPEG"), "04.jpg": photo(seed=1)}
    root = archive(make_archive, photos).root
    (root / RECORD / "05.jpg").write_bytes(half)
    code = main(["check", "--root", str(root), "--only", f"{root}/{RECORD}", "--as-of", "2021-02-10"])
    said = capsys.readouterr()
    assert (code, said.err) == (1, "")
    assert [part.splitlines()[0] for part in said.out.split("\n\n") if "photo-content" in part] == [
        f"{RECORD}/03.png:1:1  错误  “03.png”里面是 JPEG 图片，与扩展名不符",
        f"{RECORD}/05.jpg:1:1  错误  图片“05.jpg”不会发布：图片已损坏，打不开或不完整",
        f"{RECORD}/activity.md:12:12  错误  图片“02.jpg”不会发布：图片已损坏，打不开或不完整",
    ]
    assert (
        """
  12 |   - {file: 02.jpg, caption: 图1}
     |            ^^^^^^
  怎么改：重新上传原图；若原图也打不开，就换一张
  依据：条款 二-1    规则 photo-content
"""
        in said.out
    )


def test_a_change_decodes_what_it_touches_and_nothing_else(
    make_archive: MakeArchive, tried: list[str]
) -> None:
    files: dict[str, str | bytes] = small_archive.base()
    for day in ("05", "06"):
        folder = f"records/jia/2021/02/{day}-visit"
        names = [f"{day}-{n}.jpg" for n in (1, 2)]
        files[f"{folder}/activity.md"] = small_archive.activity(f"2021-02-{day}", photos=photos_yaml(*names))
        files |= {f"{folder}/{name}": photo(seed=n) for n, name in enumerate(names, 2 * int(day))}
    corpus = read_corpus(make_archive(files))
    for paths, wanted in {
        (): [],
        ("records/jia/2021/plan.yml",): [],
        ("records/bureau/2021/programme.yml",): [],
        ("records/jia/2021/02/05-visit/05-2.jpg",): ["05-2.jpg"],
        ("records/jia/2021/02/05-visit/activity.md",): ["05-1.jpg", "05-2.jpg"],
        ("records/jia/2021/02/06-visit",): ["06-1.jpg", "06-2.jpg"],
        ("records/jia/2021/02/06-vis",): [],
        ("records/",): ["05-1.jpg", "05-2.jpg", "06-1.jpg", "06-2.jpg"],
        (".",): ["05-1.jpg", "05-2.jpg", "06-1.jpg", "06-2.jpg"],
    }.items():
        tried.clear()
        assert find_unpublishable(corpus, paths, (), NOWHERE) == ()
        assert sorted(tried) == wanted, paths


def test_a_photo_that_a_build_has_made_is_not_decoded_again(
    make_archive: MakeArchive, tmp_path: Path, tried: list[str]
) -> None:
    corpus = archive(make_archive, {"01.jpg": photo(), "02.jpg": ended(encoded("JPEG"), 0.5)})
    assert len(render_album(corpus, tmp_path / "cache").pictures) == 1
    (found,) = find_unpublishable(corpus, ["records"], (), tmp_path / "cache")
    assert found.message == "图片“02.jpg”不会发布：图片已损坏，打不开或不完整"
    assert tried == ["02.jpg"]


def test_the_same_photo_twice_is_decoded_once_and_named_twice(
    make_archive: MakeArchive, tried: list[str]
) -> None:
    half = ended(encoded("JPEG"), 0.5)
    corpus = archive(make_archive, {"01.jpg": half, "02.jpg": half})
    found = find_unpublishable(corpus, ["records"], (), NOWHERE)
    assert [(each.span.line, each.message.split("”")[0]) for each in found] == [
        (11, "图片“01.jpg"),
        (12, "图片“02.jpg"),
    ]
    assert tried == ["01.jpg"]


def test_photos_that_would_stall_the_check_are_one_error(make_archive: MakeArchive) -> None:
    corpus = archive(make_archive, {f"{n:02}.jpg": photo(seed=n) for n in range(1, 6)})
    (found,) = find_unpublishable(corpus, ["records"], (), NOWHERE, seconds=0.0)
    assert found.message.startswith("图片太多，0 分钟看不完：从“")
    assert found.message.endswith("起还有 4 张没有打开看")
    assert (found.severity.name, found.fix) == ("ERROR", "分几次交，每次少交一些图片")


def test_a_heic_that_cannot_be_read_here_is_left_to_its_rule(
    make_archive: MakeArchive, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = archive(make_archive, {"01.heic": heic(), "02.jpg": photo()})
    monkeypatch.setattr("generator.images.heic.can_read", lambda: False)
    assert find_unpublishable(corpus, ["records"], (), NOWHERE) == ()
    assert tried == ["02.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a limit makes allocations fail")
def test_a_photo_that_needs_too_much_memory_is_refused_by_both(
    make_archive: MakeArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = archive(make_archive, {"01.heic": heic(2400, 1800, **FAST), "02.jpg": photo()})
    make_photos = functools.partial(pool.make_photos, limits=Limits(memory=56 * MIB))
    monkeypatch.setattr(pool, "make_photos", make_photos)
    monkeypatch.setattr(album, "make_photos", lambda jobs, count, **options: make_photos(jobs, count))
    made = render_album(corpus, tmp_path / "cache")
    (found,) = find_unpublishable(corpus, ["records"], (), NOWHERE)
    assert [index for _, index in made.pictures] == [1]
    assert [each.message for each in made.problems] == [f"图片“01.heic”没有发布：{HUGE}"]
    assert found.message == f"图片“01.heic”不会发布：{HUGE}"
    assert found.span == made.problems[0].span


# --- the same set each time -------------------------------------------------------------------------


def _phone(kind: str) -> bytes:
    """Return a photo as one of three phones takes it: in tiles, in one piece, of ten bits."""
    width, height = {"tiles": (1200, 900), "one": (1024, 768), "deep": (800, 600)}[kind]
    drawn, out = picture(width, height), io.BytesIO()
    if kind == "deep":
        drawn16 = pillow_heif.from_bytes("RGB;16", drawn.size, drawn.resize((2 * width, height)).tobytes())
        drawn16.save(out, bit_depth=10, **FAST)
    else:
        pillow_heif.from_pillow(drawn).save(out, **FAST, **({"tile_size": 512} if kind == "tiles" else {}))
    return out.getvalue()


def test_two_builds_publish_the_same_set(make_archive: MakeArchive, tmp_path: Path) -> None:
    """Of fifty HEICs, hardly with the memory that each alone takes: what came before a photo never decides."""
    phones = [_phone(kind) for kind in ("tiles", "one", "deep")]
    # A box that tells nothing makes each another file.
    photos = {f"{n:02}.heic": phones[n % 3] + struct.pack(">I4sB", 9, b"free", n) for n in range(50)}
    corpus = archive(make_archive, photos)
    built = [
        render_album(corpus, tmp_path / name, workers=2, limits=Limits(memory=88 * MIB)) for name in "ab"
    ]
    published = [{place: each.name for place, each in made.pictures.items()} for made in built]
    assert published[0] == published[1]
    assert [made.problems for made in built] == [(), ()]
    assert len(published[0]) == 50
