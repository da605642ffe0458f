"""Photos that were used before: recognised after ordinary changes, never confused with others, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from generator.archive import Corpus, read_corpus
from generator.reuse import fingerprint_cache
from generator.reuse.fingerprint import WINDOWS, Fingerprint
from generator.reuse.index import Index
from generator.reuse.likeness import Likeness
from generator.reuse.photo_pairs import Reuse, find_reuse, list_photos
from tests.bench.evidence import CHANGES, TARGETS, meetings, printed, recall, saved
from tests.conftest import MakeArchive
from tests.drawn_scenes import jpeg, scene
from tests.hostile_photos.cases import CASES
from tests.small_archive import activity, base


def _print(data: bytes) -> Fingerprint:
    found = printed(data)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def scenes() -> dict[str, bytes]:
    return {f"scene {seed}": jpeg(scene(seed)) for seed in range(12)}


def test_every_target_change_is_recognised(scenes: dict[str, bytes]) -> None:
    wanted = {name: CHANGES[name] for name in (*TARGETS, "mirrored", "mirrored, corner cut, q50")}
    assert recall(scenes, wanted) == dict.fromkeys(wanted, 1.0)


def test_different_scenes_are_never_one(scenes: dict[str, bytes]) -> None:
    known = [_print(data) for data in scenes.values()]
    index = Index([each.hashes for each in known])
    same = [
        (place, other)
        for place, photo in enumerate(known)
        for other, likeness in meetings(index, known, photo).items()
        if likeness.is_same
    ]
    assert same == [(place, place) for place in range(len(known))]


def _moved(seed: int) -> Image.Image:
    """Return a scene in which one thing of a quarter of the picture is another."""
    picture = scene(seed)
    picture.paste(scene(seed + 500).crop((0, 0, 320, 300)), (300, 150))
    return picture


def test_the_same_place_with_other_things_is_another_picture() -> None:
    for seed in range(6):
        one, other = _print(jpeg(scene(seed))), _print(jpeg(_moved(seed)))
        found = meetings(Index([one.hashes]), [one], other)
        assert not any(likeness.is_same for likeness in found.values())


def _with_line(colour: str) -> Image.Image:
    picture = Image.new("RGB", (400, 300), colour)
    ImageDraw.Draw(picture).line((0, 200, 400, 200), fill="grey", width=3)
    return picture


def _with_light() -> Image.Image:
    picture = Image.new("RGB", (400, 300), (8, 8, 10))
    ImageDraw.Draw(picture).ellipse((180, 130, 220, 160), fill=(240, 230, 200))
    return picture


PLAIN: dict[str, Callable[[], Image.Image]] = {
    "black": lambda: Image.new("RGB", (400, 300), "black"),
    "white with a line": lambda: _with_line("white"),
    "sky": lambda: Image.linear_gradient("L").resize((400, 300)).convert("RGB"),
    "dark stage": _with_light,
    "fog": lambda: scene(3).filter(ImageFilter.GaussianBlur(60)),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_picture_tells_nothing(name: str) -> None:
    assert not _print(jpeg(PLAIN[name]())).is_distinctive


def test_scenes_tell_enough(scenes: dict[str, bytes]) -> None:
    assert all(_print(data).is_distinctive for data in scenes.values())


def test_a_fingerprint_survives_the_cache(scenes: dict[str, bytes]) -> None:
    found = _print(scenes["scene 0"])
    again = Fingerprint.from_bytes(found.to_bytes())
    assert again is not None
    assert (again.hashes == found.hashes).all()
    assert (again.grey == found.grey).all()
    assert (again.colour == found.colour).all()
    assert Fingerprint.from_bytes(found.to_bytes()[:-1]) is None


def test_mirroring_twice_is_the_picture_itself(scenes: dict[str, bytes]) -> None:
    found = _print(scenes["scene 0"])
    twice = found.mirror_picture().mirror_picture()
    assert (twice.grey == found.grey).all()
    assert int(np.bitwise_count(twice.hashes ^ found.hashes).sum()) == 0


def test_the_index_finds_one_among_many() -> None:
    dice = np.random.default_rng(5)
    many = dice.integers(0, 2**63, (20_000, len(WINDOWS)), np.uint64)
    photo = _print(jpeg(scene(1)))
    many[12_345] = photo.hashes
    index = Index(list(many))
    found = [(one.place, one.distance, one.part) for one in index.look_up(photo)]
    assert found == [(12_345, 0, 0)]
    assert list(index.look_up(photo, 12_346)) == []
    assert list(Index([]).look_up(photo)) == []


LIMITS = {
    "nearly everywhere": (Likeness(share=0.95, median=0.8, colours=1, compared=40), True),
    "not everywhere, other colours": (Likeness(share=0.88, median=0.93, colours=0.3, compared=60), False),
    "not everywhere, same colours": (Likeness(share=0.75, median=0.75, colours=0.1, compared=60), True),
    "a mark over an exact copy": (Likeness(share=0.8, median=0.98, colours=0.5, compared=60), True),
    "too little to compare": (Likeness(share=1.0, median=1.0, colours=0.0, compared=15), False),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits(name: str) -> None:
    likeness, same = LIMITS[name]
    assert likeness.is_same is same


@pytest.mark.slow
def test_the_drawings_of_the_sample_year_are_not_confused(
    archive: Path, kept_evidence: Path, tmp_path: Path
) -> None:
    used = list_photos(read_corpus(archive))
    cache = shutil.copytree(kept_evidence, tmp_path / "kept")
    found = fingerprint_cache.load_fingerprints(archive, [u.photo for u in used], cache, _silent)
    assert set(found.fingerprints) == {u.photo.digest for u in used}
    assert find_reuse(used, found.fingerprints) == ()


# --- an archive -----------------------------------------------------------------------------------


def _silent(done: int, total: int) -> None:
    pass


def _archive(make_archive: MakeArchive, photos: dict[str, bytes]) -> Corpus:
    """Return an archive with these photos by path below ``records/``, each activity naming its own."""
    files = base()
    for path, data in photos.items():
        folder = path.rpartition("/")[0]
        school, year, month, name = folder.split("/")
        rows = "".join(
            f"  - {{file: {p.rpartition('/')[2]}, caption: 现场, people: none}}\n"
            for p in photos
            if p.startswith(folder + "/")
        )
        partner = "jia" if school == "yi" else "yi"
        files[f"records/{folder}/activity.md"] = activity(
            f"{year}-{month}-{name[:2]}", partner=partner, photos=f"photos:\n{rows}"
        )
        files[f"records/{path}"] = data
    return read_corpus(make_archive(files))


def _changed(seed: int, name: str) -> bytes:
    change, quality = CHANGES[name]
    return saved(change(scene(seed)), quality)


def _told(found: tuple[Reuse, ...]) -> list[tuple[str, str, str]]:
    return [(r.first.photo.file.path[8:], r.second.photo.file.path[8:], r.match.value) for r in found]


def _look(corpus: Corpus, cache: Path) -> fingerprint_cache.PhotoFingerprints:
    return fingerprint_cache.load_fingerprints(
        corpus.root, [u.photo for u in list_photos(corpus)], cache, _silent
    )


def test_reuse_is_found_across_schools_and_months_but_not_in_a_burst(
    make_archive: MakeArchive, tmp_path: Path
) -> None:
    corpus = _archive(
        make_archive,
        {
            "jia/2021/02/10-a/01.jpg": jpeg(scene(1)),
            "jia/2021/02/10-a/02.jpg": jpeg(scene(1)),
            "jia/2021/02/10-a/03.jpg": _changed(1, "saved at quality 60"),
            "jia/2021/03/10-b/01.jpg": jpeg(scene(2)),
            "jia/2021/03/10-b/02.jpg": _changed(3, "by messenger: 60 %, corner cut, brighter, q60"),
            "yi/2021/02/10-c/01.jpg": jpeg(scene(2)),
            "yi/2021/02/10-c/02.jpg": jpeg(scene(3)),
            "yi/2021/03/10-d/01.jpg": _changed(1, "mirrored"),
            "yi/2021/03/10-d/02.jpg": jpeg(scene(4)),
        },
    )
    used = list_photos(corpus)
    prints = _look(corpus, tmp_path / "cache").fingerprints
    everything = find_reuse(used, prints)
    assert _told(everything) == [
        ("jia/2021/03/10-b/01.jpg", "yi/2021/02/10-c/01.jpg", "exact"),
        ("jia/2021/02/10-a/01.jpg", "yi/2021/03/10-d/01.jpg", "mirrored"),
        ("jia/2021/02/10-a/02.jpg", "yi/2021/03/10-d/01.jpg", "mirrored"),
        ("jia/2021/02/10-a/03.jpg", "yi/2021/03/10-d/01.jpg", "mirrored"),
        ("jia/2021/03/10-b/02.jpg", "yi/2021/02/10-c/02.jpg", "near"),
    ]
    of_c = find_reuse(used, prints, lambda path: "/10-c/" in path)
    assert sorted(_told(of_c)) == sorted(_told(everything)[:1] + _told(everything)[-1:])


def test_pictures_are_made_once(
    make_archive: MakeArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = _archive(make_archive, {"jia/2021/02/10-a/01.jpg": jpeg(scene(1))})
    first = _look(corpus, tmp_path / "cache")
    (digest,) = first.fingerprints

    def nothing(jobs: tuple[object, ...], workers: int) -> list[object]:
        assert not jobs
        return []

    monkeypatch.setattr(fingerprint_cache, "make_photos", nothing)
    monkeypatch.setattr(fingerprint_cache, "compute_fingerprint", None)
    again = _look(corpus, tmp_path / "cache")
    assert again.fingerprints[digest].to_bytes() == first.fingerprints[digest].to_bytes()
    assert again.find_thumbnail(digest)[:4] == b"RIFF"
    assert again.find_thumbnail("0" * 64) == b""


def test_what_is_gone_from_the_archive_leaves_the_cache(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = _archive(
        make_archive,
        {"jia/2021/02/10-a/01.jpg": jpeg(scene(1)), "jia/2021/02/10-a/02.jpg": jpeg(scene(2))},
    )
    _look(corpus, tmp_path / "cache")
    (corpus.root / "records/jia/2021/02/10-a/02.jpg").unlink()
    left = read_corpus(corpus.root)
    _look(left, tmp_path / "cache")
    kept = {path.name for path in (tmp_path / "cache" / "fingerprints").rglob("*") if path.is_file()}
    assert kept == {list_photos(left)[0].photo.digest}


def test_hostile_photos_are_passed_by(make_archive: MakeArchive, tmp_path: Path) -> None:
    hostile = {f"jia/2021/02/10-a/{n:02}.jpg": case.make() for n, case in enumerate(CASES[:12], 2)}
    corpus = _archive(make_archive, {"jia/2021/02/10-a/01.jpg": jpeg(scene(1)), **hostile})
    found = _look(corpus, tmp_path / "cache")
    good = corpus.activities[0].photo_files[0].digest
    assert good in found.fingerprints
