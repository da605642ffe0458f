"""The cache of renditions: whole whatever happens, nothing made twice, nothing kept that nobody wants."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.archive import Corpus, album
from generator.archive.album import Album, render_album
from generator.images import cache_gc, pool
from generator.images.cache import Source, Store, Stored, forget_photo, list_entries
from generator.images.cache_gc import use_cache
from generator.images.decoder import Job
from generator.images.develop import Developed, develop_photo, list_codec_versions
from generator.images.recipe import RECIPE, Recipe, Size
from tests import small_archive
from tests.conftest import MakeArchive
from tests.scratch_photos import RECORD, archive, photo, photos_yaml
from tests.strict_images import findings

KEY = "jia/2021/02/05-visit"


def _state(cache: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in cache.rglob("*") if p.is_file()}


def _names(album: Album) -> dict[tuple[str, int], tuple[str, tuple[Size, ...], str]]:
    return {key: (p.name, p.sizes, p.colour) for key, p in album.pictures.items()}


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the photos that were given to a decoding process, as they come."""
    names: list[str] = []
    real = pool.make_photos

    def noting(jobs: tuple[Job, ...], *args: object, **options: object) -> object:
        names.extend(job.path.name for job in jobs)
        return real(jobs, *args, **options)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(album, "make_photos", noting)
    return names


# --- entries --------------------------------------------------------------------------------------


def test_a_second_run_decodes_and_touches_nothing(
    make_archive: MakeArchive, tmp_path: Path, decoded: list[str]
) -> None:
    photos = {f"{i:02}.jpg": photo(seed=i) for i in range(3)}
    corpus, cache = archive(make_archive, photos), tmp_path / "cache"
    first = render_album(corpus, cache)
    assert sorted(decoded) == sorted(photos)
    decoded.clear()
    before = _state(cache)
    steps: list[tuple[int, int]] = []
    assert render_album(corpus, cache, progress=lambda done, total: steps.append((done, total))) == first
    assert decoded == []
    assert _state(cache) == before
    assert steps == [(3, 3)]


def test_times_and_places_of_files_do_not_matter(
    make_archive: MakeArchive, tmp_path: Path, decoded: list[str]
) -> None:
    """A cache that CI saved and restored, beside a fresh checkout, is as good as the old one."""
    corpus, cache = archive(make_archive, {"01.jpg": photo()}), tmp_path / "cache"
    render_album(corpus, cache)
    decoded.clear()
    moved = tmp_path / "restored"
    cache.rename(moved)
    for path in (*moved.rglob("*"), *corpus.root.rglob("*")):
        os.utime(path, (1, 1))
    render_album(corpus, moved)
    assert decoded == []


def test_another_recipe_makes_other_pictures(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo()})
    first = render_album(corpus, tmp_path / "cache")
    second = render_album(corpus, tmp_path / "cache", recipe=Recipe(quality=50))
    assert {p.name for p in first.pictures.values()}.isdisjoint(p.name for p in second.pictures.values())


def test_the_name_of_an_entry_depends_on_all_that_decides_its_pixels(tmp_path: Path) -> None:
    def name(
        content: str = "a" * 64, file: str = "01.jpg", recipe: Recipe = RECIPE, codecs: str = "x"
    ) -> str:
        return Store(tmp_path, recipe, codecs).locate_entry(Source.from_name(content, file))

    assert name(file="02.JPEG") == name()
    others = {
        name(content="b" * 64),
        name(file="01.png"),
        name(recipe=Recipe(quality=1)),
        name(codecs="y"),
    }
    assert len(others | {name()}) == 5


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _folder_for_file(folder: Path) -> None:
    (folder / "320.webp").unlink()
    (folder / "320.webp").mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no manifest": lambda folder: (folder / "picture.json").unlink(),
    "half a manifest": lambda folder: (folder / "picture.json").write_text("{", encoding="utf-8"),
    "another manifest": lambda folder: (folder / "picture.json").write_text("[1]", encoding="utf-8"),
    "no sizes": lambda folder: (folder / "picture.json").write_text(
        json.dumps(json.loads((folder / "picture.json").read_bytes()) | {"sizes": []}), encoding="utf-8"
    ),
    "no file": lambda folder: (folder / "320.webp").unlink(),
    "half a file": lambda folder: (folder / "320.webp").write_bytes((folder / "320.webp").read_bytes()[:50]),
    "one bit": lambda folder: _flip(folder / "320.webp"),
    "one bit of the fallback": lambda folder: _flip(folder / "fallback.jpg"),
    "a folder for a file": _folder_for_file,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_made_anew(
    make_archive: MakeArchive, tmp_path: Path, damage: str, decoded: list[str]
) -> None:
    corpus, cache = archive(make_archive, {"01.jpg": photo(), "02.jpg": photo(seed=1)}), tmp_path / "cache"
    first = render_album(corpus, cache)
    decoded.clear()
    DAMAGES[damage](first.pictures[KEY, 0].stored.folder)
    assert render_album(corpus, cache) == first
    assert decoded == ["01.jpg"]
    for picture in first.pictures.values():
        for path in (picture.stored.fallback_file, *map(picture.stored.locate_file, picture.sizes)):
            assert findings(path.name, path.read_bytes()) == []
    assert not list(cache.glob(".parts/*"))


def test_equal_bytes_are_made_once_and_under_a_wrong_suffix_refused(
    make_archive: MakeArchive, tmp_path: Path, decoded: list[str]
) -> None:
    """Whichever comes first, and whether or not the cache knows the bytes."""
    photos = {"01.png": photo(), "02.jpg": photo(), "03.jpeg": photo()}
    corpus, cache = archive(make_archive, photos), tmp_path / "cache"
    for names in (["01.png", "02.jpg"], ["01.png"]):
        decoded.clear()
        made = render_album(corpus, cache)
        assert decoded == names
        assert [key[1] for key in made.pictures] == [1, 2]
        assert len({p.name for p in made.pictures.values()}) == 1
        assert [p.message for p in made.problems] == ["图片“01.png”没有发布：文件名是 .png，内容却是 JPEG"]


def test_a_photo_that_changes_while_the_site_is_built_is_named(
    make_archive: MakeArchive, tmp_path: Path
) -> None:
    corpus, cache = archive(make_archive, {"01.jpg": photo(), "02.jpg": photo(seed=1)}), tmp_path / "cache"
    (corpus.root / RECORD / "01.jpg").write_bytes(photo(seed=2))
    made = render_album(corpus, cache)
    assert [key[1] for key in made.pictures] == [1]
    assert [p.message for p in made.problems] == ["图片“01.jpg”没有发布：图片在处理期间被改动"]
    assert len(list(list_entries(cache))) == 1


# --- many at once, and killed ----------------------------------------------------------------------


def test_many_processes_give_the_same_as_one(make_archive: MakeArchive, tmp_path: Path) -> None:
    photos = {f"{i:02}.jpg": photo(seed=i) for i in range(15)} | {"99.jpg": b"no photo"}
    corpus = archive(make_archive, photos)
    steps: list[tuple[int, int]] = []
    many = render_album(
        corpus, tmp_path / "many", workers=2, progress=lambda done, total: steps.append((done, total))
    )
    alone = render_album(corpus, tmp_path / "alone", workers=1)
    assert _names(many) == _names(alone)
    assert many.problems == alone.problems
    assert len(many.problems) == 1
    assert steps == [(done, 16) for done in range(17)]


RUN = """
import signal, sys
from pathlib import Path
from generator.archive import read_corpus
from generator.archive.album import render_album
def show(done, total):
    print(done, flush=True)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits that it is ignored
render_album(read_corpus(Path(sys.argv[1])), Path(sys.argv[2]), workers=2, progress=show)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_a_run_that_was_ended_keeps_what_it_made(
    make_archive: MakeArchive, tmp_path: Path, how: str, decoded: list[str]
) -> None:
    photos = {f"{i:02}.jpg": photo(1500, 1100, seed=i) for i in range(40)}
    corpus, cache = archive(make_archive, photos), tmp_path / "cache"
    with subprocess.Popen(
        [sys.executable, "-c", RUN, corpus.root, cache],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) >= 5:
                run.send_signal(getattr(signal, how))
                break
        error = run.communicate(timeout=20)[1]
    assert run.returncode in (-signal.SIGKILL, -signal.SIGINT)
    assert how == "SIGKILL" or error.endswith("KeyboardInterrupt\n")
    before = _state(cache)
    left = len(list(list_entries(cache)))
    steps: list[int] = []
    made = render_album(corpus, cache, workers=2, progress=lambda done, total: steps.append(done))
    assert len(made.pictures) == 40
    kept = steps[0]  # after SIGKILL a decoding process may still have put the photo away that it was at
    assert 5 <= left <= kept < 40
    assert len(decoded) == 40 - kept
    after = _state(cache)
    kept_files = {path: stamp for path, stamp in before.items() if "/.p" not in path}  # .parts, .present
    assert {path: after.get(path) for path in kept_files} == kept_files
    assert not list(cache.glob(".parts/*"))


def test_two_runs_at_once_give_the_same(
    make_archive: MakeArchive, tmp_path: Path, decoded: list[str]
) -> None:
    corpus = archive(make_archive, {f"{i:02}.jpg": photo(900, 700, seed=i) for i in range(14)})
    cache = tmp_path / "cache"
    command = [sys.executable, "-c", RUN, str(corpus.root), str(cache)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0), (b"", 0)]
    assert len(render_album(corpus, cache).pictures) == 14
    assert decoded == []
    assert not list(cache.glob(".parts/*"))


# --- orphans ----------------------------------------------------------------------------------------


def _put(cache: Path, name: str) -> str:
    """Put some entry into the cache and return its path there."""
    source = Source.from_name(f"{name:0>64}", "01.jpg")
    store = Store(cache, RECIPE, "codecs")
    developed = develop_photo(photo(40, 30), "01.jpg", RECIPE)
    assert isinstance(developed, Developed)
    store.write_renditions(source, developed)
    return store.locate_entry(source)


def _build(cache: Path, *wanted: str) -> list[str]:
    """Do what a build does that wants these entries, and return what is then there."""
    with use_cache(cache, [_entry(cache, name) for name in wanted]):
        for name in wanted:
            if not (cache / _entry(cache, name)).is_dir():
                _put(cache, name)
    return sorted(Path(entry).parent.name.lstrip("0") for entry in list_entries(cache))


def _entry(cache: Path, name: str) -> str:
    return Store(cache, RECIPE, "codecs").locate_entry(Source.from_name(f"{name:0>64}", "01.jpg"))


def test_an_orphan_goes_after_so_many_other_builds(tmp_path: Path) -> None:
    assert _build(tmp_path, "a", "b") == ["a", "b"]
    for number in range(cache_gc.KEPT - 1):
        assert "b" in _build(tmp_path, "a", f"c{number}")
    assert "b" not in _build(tmp_path, "a", "d")
    assert _build(tmp_path, "a", "b") >= ["a", "b"]


def test_branches_that_take_turns_keep_their_photos(tmp_path: Path) -> None:
    for _ in range(2 * cache_gc.KEPT):
        assert _build(tmp_path, "a", "b")[:2] == ["a", "b"]
        _build(tmp_path, "a", "c")
    assert _build(tmp_path, "a", "b") == ["a", "b", "c"]
    assert len(list((tmp_path / "rolls").iterdir())) == 2


def test_an_unchanged_archive_never_loses_what_another_branch_wants(tmp_path: Path) -> None:
    _build(tmp_path, "a", "b")
    for _ in range(2 * cache_gc.KEPT):
        _build(tmp_path, "a")
    assert _build(tmp_path, "a") == ["a", "b"]


def test_a_damaged_list_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    _build(tmp_path, "a", "b")
    (roll,) = (tmp_path / "rolls").iterdir()
    roll.write_bytes(roll.read_bytes()[:-3])
    (tmp_path / "rolls" / "README").write_text("not a roll", encoding="utf-8")
    assert _build(tmp_path, "a") == ["a"]
    assert not roll.exists()


def test_nothing_is_removed_beside_another_build(tmp_path: Path) -> None:
    _build(tmp_path, "a")
    for number in range(cache_gc.KEPT):
        _build(tmp_path, f"c{number}")
    half = tmp_path / ".parts" / "1-half"
    with _another_process(tmp_path):
        _put(tmp_path, "orphan")
        half.mkdir()
        assert "orphan" in _build(tmp_path, "d")
        assert half.is_dir()
    assert "orphan" not in _build(tmp_path, "e")
    assert not half.exists()


@pytest.mark.parametrize("ending", ["at its end", "killed"])
def test_presence_ends_with_the_process(tmp_path: Path, ending: str) -> None:
    with _another_process(tmp_path) as other:
        if ending == "killed":
            other.kill()
            other.wait()
    half = tmp_path / ".parts" / "1-half"
    half.mkdir(parents=True)
    _build(tmp_path, "a")
    assert not half.exists()


PRESENT = """
import sys
from pathlib import Path
from generator.images.cache_gc import use_cache
with use_cache(Path(sys.argv[1]), []):
    print("here", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _another_process(cache: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", PRESENT, str(cache)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        yield other
        other.communicate()


def test_a_build_without_photos_leaves_no_cache(make_archive: MakeArchive, tmp_path: Path) -> None:
    record = small_archive.activity("2021-02-05", photos=photos_yaml("01.jpg", hidden=("01.jpg",)))
    render_album(archive(make_archive, {"01.jpg": photo()}, record), tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_all_that_was_made_of_a_photo_can_be_forgotten(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus, cache = archive(make_archive, {"01.jpg": photo(), "02.jpg": photo(seed=1)}), tmp_path / "cache"
    render_album(corpus, cache)
    render_album(corpus, cache, recipe=Recipe(quality=50))
    (activity,) = corpus.activities
    digest = activity.photo_files[0].digest
    assert len(list(list_entries(cache))) == 4
    assert [
        forget_photo(cache, digest),
        forget_photo(cache, digest),
        forget_photo(cache, ".."),
        forget_photo(cache, ""),
    ] == [
        True,
        False,
        False,
        False,
    ]
    assert {Path(entry).parent.name for entry in list_entries(cache)} == {activity.photo_files[1].digest}


def test_a_build_forgets_what_was_withdrawn(make_archive: MakeArchive, tmp_path: Path) -> None:
    """At once, not after so many builds, and on every machine: the record alone says so."""
    whole, cache = archive(make_archive, {"01.jpg": photo(), "02.jpg": photo(seed=1)}), tmp_path / "cache"
    render_album(whole, cache)
    gone = whole.activities[0].photo_files[0].digest
    (whole.root / RECORD / "01.jpg").unlink()
    listed = photos_yaml("01.jpg", "02.jpg").replace(
        "caption: 图0", f"caption: 图0, withdrawn: {{date: 2021-02-20, reason: 家长要求, digest: {gone}}}"
    )
    corpus: Corpus = archive(
        make_archive, {"02.jpg": photo(seed=1)}, small_archive.activity("2021-02-05", photos=listed)
    )
    assert corpus.activities[0].data.photos[0].withdrawn
    made = render_album(corpus, cache)
    assert [key[1] for key in made.pictures] == [1]
    assert not list(cache.glob(f"??/{gone}"))
    kept: Stored = made.pictures[KEY, 1].stored
    assert kept.folder.is_dir()


def test_only_names_of_heic_depend_on_its_reader(tmp_path: Path) -> None:
    with_reader, without, another = (
        Store(tmp_path, RECIPE, f"av=1 {heif}") for heif in ("heif=1.1", "heif=", "heif=2")
    )
    for suffix in ("jpg", "png", "webp"):
        source = Source.from_name("0" * 64, f"01.{suffix}")
        assert with_reader.make_key(source) == without.make_key(source) == another.make_key(source)
        assert with_reader.make_key(source) != Store(tmp_path, RECIPE, "av=2 heif=1.1").make_key(source)
    for suffix in ("heic", "heif"):
        source = Source.from_name("0" * 64, f"01.{suffix}")
        assert len({store.make_key(source) for store in (with_reader, without, another)}) == 3
    assert " heif=" in f" {list_codec_versions()}"
