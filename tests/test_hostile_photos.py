"""Hostile and broken photos: each is refused in clear words or published as pixels only, in bounded time."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from generator.archive import Corpus, read_corpus
from generator.archive.album import Album, render_album
from generator.images.cache import Source, Store
from generator.images.decoder import Job, Limits, has_too_many_parts
from generator.images.facts import read_photo_facts
from generator.images.jpeg import MOST_SCANS, read_jpeg
from generator.images.png_chunks import is_truncated
from generator.images.pool import make_photos
from generator.images.recipe import RECIPE
from generator.rules import Scope, check_corpus
from generator.rules.submission.photo_trial import find_unpublishable
from tests import small_archive
from tests.conftest import MakeArchive
from tests.hostile_photos.cases import CASES, DAMAGED, PUBLISHED, SECRET
from tests.hostile_photos.formats import PNG, chunk, encoded, header, heic, many_scans, png, zeros
from tests.scratch_photos import RECORD, archive, photo, photos_yaml
from tests.strict_images import findings

KEY = "jia/2021/02/05-visit"
IN_A_RECORD = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of all cases in one archive, and the folder of the published pictures."""

    corpus: Corpus
    names: dict[str, str]
    album: Album
    site: Path


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, hostile_files: list[Path]) -> Tried:
    root = tmp_path_factory.mktemp("hostile")
    names = {case.kind: path.name for case, path in zip(CASES, hostile_files, strict=True)}
    files = small_archive.base()
    for at in range(0, len(CASES), IN_A_RECORD):
        folder, some = f"records/{_key(at)}", hostile_files[at : at + IN_A_RECORD]
        listed = photos_yaml(*(path.name for path in some))
        files[f"{folder}/activity.md"] = small_archive.activity(f"2021-02-{_day(at):02}", photos=listed)
        files |= {f"{folder}/{path.name}": path.read_bytes() for path in some}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    corpus = read_corpus(root)
    album = render_album(corpus, root / "cache", workers=2)
    album.write_pictures(root / "site")
    return Tried(corpus=corpus, names=names, album=album, site=root / "site")


def _day(number: int) -> int:
    return 5 + number // IN_A_RECORD


def _key(number: int) -> str:
    return f"jia/2021/02/{_day(number):02}-visit"


@pytest.mark.slow
def test_each_kind_is_refused_in_these_words_or_published(tried: Tried) -> None:
    kinds = {name: kind for kind, name in tried.names.items()}
    said = {p.message.split("“")[1].split("”")[0]: p.message for p in tried.album.problems}
    refused = {kinds[name]: message.partition("没有发布：")[2] for name, message in said.items()}
    keys = {(_key(n), n % IN_A_RECORD): case.kind for n, case in enumerate(CASES)}
    published = {keys[key]: PUBLISHED for key in tried.album.pictures}
    assert refused | published == {case.kind: case.expected for case in CASES}
    assert not refused.keys() & published.keys()


@pytest.mark.slow
def test_every_refusal_says_where_and_what_to_do(tried: Tried) -> None:
    assert len(tried.album.problems) + len(tried.album.pictures) == len(CASES)
    for problem in tried.album.problems:
        line = problem.span.file.read_line(problem.span.line)
        assert next(name for name in tried.names.values() if f"“{name}”" in problem.message) in line
        assert problem.fix


@pytest.mark.slow
def test_what_is_published_of_them_is_pixels_only(tried: Tried) -> None:
    published = sorted((tried.site / "photos").iterdir())
    assert len(published) > 100
    for path in published:
        data = path.read_bytes()
        assert findings(path.name, data) == [], path
        assert SECRET not in data


def test_a_linked_photo_is_never_read(make_archive: MakeArchive, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(photo())
    corpus = archive(make_archive, {"02.jpg": photo(seed=1)})
    text = small_archive.activity("2021-02-05", photos=photos_yaml("01.jpg", "02.jpg"))
    (corpus.root / RECORD / "activity.md").write_text(text, encoding="utf-8", newline="\n")
    (corpus.root / RECORD / "01.jpg").symlink_to(outside)
    again = read_corpus(corpus.root)
    assert [(p.rule, p.span.file.path) for p in again.problems] == [("unsafe-path", f"{RECORD}/01.jpg")]
    assert set(render_album(again, tmp_path / "cache").pictures) == {(KEY, 1)}


def test_a_link_that_took_a_photos_place_is_not_followed(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo()})
    path = corpus.root / RECORD / "01.jpg"
    path.rename(tmp_path / "outside.jpg")
    path.symlink_to(tmp_path / "outside.jpg")
    album = render_album(corpus, tmp_path / "cache")
    assert not album.pictures
    assert "图片读不出来" in album.problems[0].message


def test_scans_are_counted_within_the_picture_only() -> None:
    """A short film behind a phone's photo holds anything."""
    film = encoded("JPEG") + b"\xff\xda\0\x02" * 5000
    thumbnail = encoded("JPEG")
    within = thumbnail[:2] + b"\xff\xe1\x40\0" + (b"\xff\xda" * 8191) + thumbnail[2:]
    assert [read_jpeg(data).has_too_many_scans for data in (film, within)] == [False, False]
    few, many = many_scans(64, MOST_SCANS - 10), many_scans(64, MOST_SCANS + 1)
    assert [read_jpeg(data).has_too_many_scans for data in (few, many)] == [False, True]


def test_too_many_parts_are_counted_without_a_decoder() -> None:
    """Which would take seconds to come to the same refusal."""
    cut = [
        case for case in CASES if re.search("of (six|two|three) million parts|come in a million", case.kind)
    ]
    assert [has_too_many_parts(data, read_jpeg(data)) for data in (case.make() for case in cut)] == [True] * 4
    sound = [encoded("JPEG", restart_marker_blocks=1), encoded("PNG"), encoded("WEBP"), heic()]
    assert not any(has_too_many_parts(data, read_jpeg(data)) for data in sound)


@pytest.mark.slow
def test_check_sees_what_a_build_refuses(tried: Tried) -> None:
    """By the bytes alone. Only what the pixels themselves tell is left to the build."""
    seen = {
        Path(problem.span.file.path).name
        for problem in check_corpus(tried.corpus, dt.date(2021, 3, 1))
        if problem.rule in ("photo-content", "photo-size")
    }
    refused = {tried.names[case.kind] for case in CASES if case.expected != PUBLISHED and not case.deep}
    assert seen == refused


@pytest.mark.slow
def test_check_of_a_change_calls_errors_what_a_build_leaves_out_and_nothing_else(
    tried: Tried, tmp_path: Path
) -> None:
    """Those that are decoded soon; of the others the same processes were asked by the build."""
    corpus = tried.corpus
    small = [
        photo
        for activity in corpus.photographed
        for photo in activity.photo_files
        if photo.size < 1024**2 and photo.facts and photo.facts.width * photo.facts.height < 2_000_000
    ]
    assert len(small) > 90
    found = check_corpus(corpus, dt.date(2021, 3, 1), scopes=[Scope.FILE])
    paths = [photo.file.path for photo in small]
    decoded = find_unpublishable(corpus, paths, found, tmp_path / "no-cache")
    told = {Path(p.span.file.path).name for p in found if p.rule in ("photo-content", "photo-size")}
    told |= {problem.message.split("“")[1].split("”")[0] for problem in decoded}
    refused = {problem.message.split("“")[1].split("”")[0] for problem in tried.album.problems}
    names = {photo.name for photo in small}
    assert told & names == refused & names


def test_structure_is_walked_in_bounded_time() -> None:
    """Many texts that fail after a megabyte each, and rows that are only counted up to an ordinary size."""
    text = chunk(b"zTXt", b"x\0\0" + zeros(1)[:-9] + b"\xff" * 9)
    many = png(*[text] * 15_000)
    begun = time.process_time()
    assert read_photo_facts(many).whole
    assert not is_truncated(PNG + header(7_700, 7_700) + chunk(b"IDAT", zlib.compress(b"")))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("laced", [False, True])
def test_no_sound_png_is_truncated(mode: str, laced: bool) -> None:
    whole = {"1": (1, 0), "L": (8, 0), "P": (8, 3), "RGB": (8, 2), "RGBA": (8, 6), "I;16": (16, 0)}
    depth, colour = whole[mode]
    for width, height in ((1, 1), (5, 3), (8, 8), (33, 17)):
        head = header(width, height, depth=depth, colour=colour, interlace=int(laced))
        exact = _rows(width, height, depth * {0: 1, 2: 3, 3: 1, 6: 4}[colour], laced)
        for missing in (0, 1):
            pixels = chunk(b"IDAT", zlib.compress(bytes(exact - missing)))
            palette = chunk(b"PLTE", bytes(3)) if colour == 3 else b""
            data = PNG + head + palette + pixels + chunk(b"IEND", b"")
            assert is_truncated(data) == bool(missing), (width, height)
            if not missing:
                with Image.open(io.BytesIO(data)) as shown:
                    shown.load()


def _rows(width: int, height: int, bits: int, laced: bool) -> int:
    if not laced:
        return height * (1 + -(-width * bits // 8))
    total = 0
    for x, y, across, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        columns, rows = len(range(x, width, across)), len(range(y, height, down))
        total += rows * (1 + -(-columns * bits // 8)) if columns else 0
    return total


# --- mutants ----------------------------------------------------------------------------------------


def _mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield sound photos of all kinds with a few bytes changed, cut out, doubled or exchanged."""
    chance = random.Random(seed)  # noqa: S311  # a test that can be repeated
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    sound = [
        (".jpg", encoded("JPEG", (320, 240), exif=exif)),
        (".jpg", encoded("JPEG", (320, 240), progressive=True, optimize=True)),
        (".jpg", encoded("JPEG", (320, 240), "CMYK")),
        (".png", encoded("PNG", (320, 240))),
        (".png", encoded("PNG", (320, 240), "P")),
        (".heic", heic(320, 240)),
        (".webp", encoded("WEBP", (320, 240))),
        (".webp", encoded("WEBP", (320, 240), "RGBA", lossless=True)),
    ]
    for number in range(count):
        suffix, whole = chance.choice(sound)
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            # Headers decide more than pixels do, so half of the changes fall there.
            at = chance.randrange(min(len(data), chance.choice((64, 700, len(data)))))
            match chance.randrange(5):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    data[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
                case 2:
                    del data[at : at + chance.randrange(1, 60)]
                case 3:
                    data[at:at] = data[at : at + chance.randrange(1, 2000)]
                case _:
                    data[at : at + 8] = chance.randbytes(8)
        yield f"{number:04}{suffix}", bytes(data)


def _job(folder: Path, name: str, data: bytes) -> Job:
    path = folder / name
    path.write_bytes(data)
    source = Source.from_name(hashlib.sha256(data).hexdigest(), name)
    return Job(path=path, source=source, cache=folder / "cache", recipe=RECIPE, codecs="x")


def _clean(folder: Path, job: Job) -> bool:
    """Say whether a photo's renditions are there; what is there holds nothing but pixels."""
    stored = Store(folder / "cache", RECIPE, "x").find_renditions(job.source)
    for path in (stored.fallback_file, *map(stored.locate_file, stored.sizes)) if stored else ():
        assert findings(path.name, path.read_bytes()) == []
    return stored is not None


@pytest.mark.parametrize("seed", [1, 2])
def test_mutants_are_refused_or_published_clean(tmp_path: Path, seed: int) -> None:
    jobs = [_job(tmp_path, name, data) for name, data in _mutants(80, seed)]
    begun = time.monotonic()
    made = dict(make_photos(jobs, 2, limits=Limits(processor=5, clock=20.0)))
    assert time.monotonic() - begun < 90
    assert set(made) == set(jobs)
    words: dict[str, int] = {}
    for job, fault in made.items():
        assert _clean(tmp_path, job) == (fault is None)
        word = fault.message if fault else PUBLISHED
        words[word] = words.get(word, 0) + 1
    assert words[DAMAGED] > 7
    assert words[PUBLISHED] > 7
    assert not any("意外退出" in word or "时间超过上限" in word for word in words), words
