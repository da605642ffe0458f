"""Photos: sizes planned, metadata gone, hostile files refused by name, the cache whole whatever happens."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generator.corpus import Corpus, read_corpus
from generator.renditions import RECIPE, Fault, Recipe, Size, render
from generator.renditions.album import Album, public_photos
from generator.renditions.pixels import MAX_BYTES, Developed, develop
from generator.renditions.store import Store
from tests import small_archive
from tests.conftest import MakeArchive

RECORD = "records/jia/2021/02/05-visit"


def photo(
    width: int = 400, height: int = 300, kind: str = "JPEG", mode: str = "RGB", seed: int = 0, **save: object
) -> bytes:
    """Return an encoded picture whose left upper corner is red, so that turning it shows."""
    picture = Image.new("RGB", (width, height), (40, 60 + 4 * seed, 250 - 4 * seed))
    picture.paste((230, 20, 20), (0, 0, width // 4, height // 4))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **save)
    return out.getvalue()


def photos_yaml(*names: str, hidden: tuple[str, ...] = ()) -> str:
    """Return the front matter's list of photos."""
    lines = [
        f"  - {{file: {n}, caption: 图{i}{', public: false' if n in hidden else ''}}}"
        for i, n in enumerate(names)
    ]
    return "\n".join(["photos:", *lines, ""])


def archive(make: MakeArchive, photos: dict[str, bytes], record: str | None = None) -> Corpus:
    """Return a corpus of one activity with these photos."""
    text = record or small_archive.activity("2021-02-05", photos=photos_yaml(*photos))
    files: dict[str, str | bytes] = {f"{RECORD}/{name}": data for name, data in photos.items()}
    return read_corpus(make({**small_archive.base(), f"{RECORD}/activity.md": text, **files}))


def chunks(webp: bytes) -> list[str]:
    """Return the names of a WebP file's chunks; nothing may follow the last."""
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp)
    found, at = [], 12
    while at < len(webp):
        length = struct.unpack("<I", webp[at + 4 : at + 8])[0]
        found.append(webp[at : at + 4].decode())
        at += 8 + length + length % 2
    return found


@pytest.mark.parametrize(
    ("source", "sizes"),
    [
        ((4000, 3000), [(1600, 1200), (800, 600), (320, 240)]),
        ((3000, 4000), [(1200, 1600), (600, 800), (240, 320)]),
        ((960, 720), [(960, 720), (800, 600), (320, 240)]),
        ((800, 600), [(800, 600), (320, 240)]),
        ((300, 200), [(300, 200)]),
        ((10_000, 16), [(1600, 3), (800, 1), (320, 1)]),
    ],
)
def test_sizes_are_never_enlarged(source: tuple[int, int], sizes: list[tuple[int, int]]) -> None:
    assert [(s.width, s.height) for s in RECIPE.sizes(*source)] == sizes


def test_the_key_depends_on_source_recipe_and_codecs() -> None:
    keys = {
        RECIPE.key("a", "webp=1"),
        RECIPE.key("b", "webp=1"),
        RECIPE.key("a", "webp=2"),
        Recipe(quality=70).key("a", "webp=1"),
        Recipe(edges=(1600, 320)).key("a", "webp=1"),
    }
    assert len(keys) == 5


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = develop(photo(exif=exif), "01.jpg", RECIPE)
    assert isinstance(made, Developed)
    assert [(e.size.width, e.size.height) for e in made.sizes] == (
        [(400, 300), (320, 240)] if orientation < 5 else [(300, 400), (240, 320)]
    )
    with Image.open(io.BytesIO(made.sizes[1].data)) as shown:
        width, height = shown.size
        spots = [(9, 9), (width - 9, 9), (width - 9, height - 9), (9, height - 9)]
        red = [i for i, spot in enumerate(spots) if _is_red(shown, spot)]
    # Where the stored picture's first row and column lie, by EXIF 2.3 table 6: clockwise from left above.
    assert red == [{1: 0, 2: 1, 3: 2, 4: 3, 5: 0, 6: 1, 7: 2, 8: 3}[orientation]]


def _is_red(picture: Image.Image, spot: tuple[int, int]) -> bool:
    pixel = picture.convert("RGB").getpixel(spot)
    assert isinstance(pixel, tuple)
    return pixel[0] > 180 and pixel[1] < 80


def test_nothing_but_pixels_is_published() -> None:
    exif = Image.Exif()
    exif[0x010F] = "PHONEMAKER"
    exif.get_ifd(0x8825)[2] = (39.0, 22.0, 11.0)  # GPS latitude
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = photo(
        exif=exif, icc_profile=profile, comment=b"SECRETWORD", xmp=b"<x:xmpmeta>SECRETXMP</x:xmpmeta>"
    )
    for data, name in (
        (source, "01.jpg"),
        (source + b"<html>TRAILING</html>", "02.jpg"),
        (photo(kind="PNG", exif=exif, icc_profile=profile), "03.png"),
        (photo(kind="WEBP", exif=exif, icc_profile=profile, xmp=b"SECRETXMP"), "04.webp"),
    ):
        made = develop(data, name, RECIPE)
        assert isinstance(made, Developed), name
        for each in made.sizes:
            assert chunks(each.data) == ["VP8 "], name
            with Image.open(io.BytesIO(each.data)) as shown:
                assert not shown.getexif()
                assert not {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)


@pytest.mark.parametrize(
    ("mode", "kind", "colour"),
    [
        ("CMYK", "JPEG", "red"),
        ("L", "JPEG", "grey"),
        ("P", "PNG", "red"),
        ("1", "PNG", "grey"),
        ("RGBA", "WEBP", "red"),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(mode: str, kind: str, colour: str) -> None:
    name = {"JPEG": "a.jpg", "PNG": "a.png", "WEBP": "a.webp"}[kind]
    made = develop(photo(mode=mode, kind=kind), name, RECIPE)
    assert isinstance(made, Developed)
    with Image.open(io.BytesIO(made.sizes[0].data)) as shown:
        assert shown.mode == "RGB"
        assert _is_red(shown, (9, 9)) == (colour == "red")


def test_transparency_becomes_white_and_sixteen_bits_keep_their_greys() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (10, 10, 10, 0)).save(out, "PNG")
    clear = develop(out.getvalue(), "a.png", RECIPE)
    out = io.BytesIO()
    Image.new("I;16", (100, 100), 0x8000).save(out, "PNG")
    grey = develop(out.getvalue(), "a.png", RECIPE)
    assert isinstance(clear, Developed)
    assert isinstance(grey, Developed)
    assert (clear.colour, grey.colour) == ("#ffffff", "#7f7f7f")


def _png_of(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def _animated(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), c) for c in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def _exif_bomb() -> bytes:
    whole = photo()
    segment = b"Exif\0\0" + b"II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\xff\xff\xff\xff\xff\xff" * 5000
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + whole[2:]


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("01.jpg", lambda: b"", "图片是空文件（0 字节）"),
    "truncated": ("01.jpg", lambda: photo(2000, 1500)[:3000], "图片已损坏，打不开或不完整"),
    "truncated png": ("01.png", lambda: photo(kind="PNG")[:300], "图片已损坏，打不开或不完整"),
    "truncated webp": ("01.webp", lambda: photo(kind="WEBP")[:300], "图片已损坏，打不开或不完整"),
    "text": ("01.jpg", "这不是图片".encode, "文件内容不是 JPG、PNG 或 WebP 图片"),
    "gif": ("01.jpg", lambda: photo(kind="GIF"), "这是 GIF 动图，不是 JPG、PNG 或 WebP 照片"),
    "tiff": ("01.jpg", lambda: photo(kind="TIFF"), "这是 TIFF 图片，不是 JPG、PNG 或 WebP 照片"),
    "svg": (
        "01.png",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "这是 SVG 图形，不是 JPG、PNG 或 WebP 照片",
    ),
    "pdf": ("01.jpg", lambda: b"%PDF-1.7\n", "这是 PDF 文档，不是 JPG、PNG 或 WebP 照片"),
    "eps": (
        "01.jpg",
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "这是 EPS 图形，不是 JPG、PNG 或 WebP 照片",
    ),
    "heic": ("01.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "这是 HEIC 等格式的图片或视频，网页显示不了"),
    "wrong suffix": ("01.jpg", lambda: photo(kind="PNG"), "文件名是 .jpg，内容却是 PNG"),
    "animated webp": ("01.webp", lambda: _animated("WEBP"), "这是动图，不是照片"),
    "animated png": ("01.png", lambda: _animated("PNG"), "这是动图，不是照片"),
    "bomb": ("01.png", lambda: _png_of(60_000, 60_000), "图片尺寸过大（上限 6000 万像素）"),
    "above the limit": ("01.png", lambda: _png_of(9_000, 8_000), "图片尺寸过大（上限 6000 万像素）"),
    "absurd side": ("01.png", lambda: _png_of(30_000, 20), "图片尺寸过大（上限 6000 万像素）"),
    "tiny": ("01.png", lambda: _png_of(1, 1), "图片只有 1×1 像素，看不清"),
    "nothing in it": ("01.png", lambda: _png_of(800, 600), "图片已损坏，打不开或不完整"),
    "too many bytes": ("01.jpg", lambda: photo() + b"\0" * MAX_BYTES, "图片超过 25 MB"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_photos_are_refused_with_a_reason(kind: str) -> None:
    name, content, message = HOSTILE[kind]
    begun = time.process_time()  # what others do on this machine is not the photo's fault
    refused = develop(content(), name, RECIPE)
    assert isinstance(refused, Fault), refused
    assert refused.message == message
    assert refused.fix
    assert time.process_time() - begun < 5


def test_damaged_metadata_does_not_cost_the_photo() -> None:
    assert isinstance(develop(_exif_bomb(), "01.jpg", RECIPE), Developed)
    made = develop(photo(icc_profile=b"nonsense" * 99), "01.jpg", RECIPE)
    assert isinstance(made, Developed)
    assert [chunks(each.data) for each in made.sizes] == [["VP8 "]] * len(made.sizes)


def test_a_bad_photo_is_named_and_the_others_are_published(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo(), "02.jpg": b"GIF89a", "03.jpg": photo(500, 400)})
    album = render(corpus, tmp_path / "cache")
    key = "jia/2021/02/05-visit"
    assert set(album.pictures) == {(key, 0), (key, 2)}
    assert [p.sizes[0] for p in album.pictures.values()] == [
        Size(width=400, height=300),
        Size(width=500, height=400),
    ]
    assert [(p.rule, p.span.file.path, p.span.line, p.message) for p in album.problems] == [
        ("photo-content", f"{RECORD}/activity.md", 12, "这是 GIF 动图，不是 JPG、PNG 或 WebP 照片")
    ]


def test_what_is_not_public_is_not_rendered(make_archive: MakeArchive) -> None:
    photos = {"01.jpg": photo(), "02.jpg": photo(seed=1), "unnamed.jpg": photo(seed=2)}
    listed = photos_yaml("01.jpg", "02.jpg", "absent.jpg", "../../../jia/school.yml", hidden=("02.jpg",))
    corpus = archive(make_archive, photos, small_archive.activity("2021-02-05", photos=listed))
    assert [key[1] for key, _ in public_photos(corpus)] == [0]
    hidden = small_archive.activity("2021-02-05", photos=listed, extra="public: false\n")
    assert not list(public_photos(archive(make_archive, photos, hidden)))


def test_the_site_holds_renditions_only(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo(1000, 750), "02.jpg": photo(1000, 750)})
    album = render(corpus, tmp_path / "cache")
    first, second = album.pictures.values()
    assert first == second
    assert album.write(tmp_path / "site") == 3
    names = sorted(path.name for path in (tmp_path / "site" / "photos").iterdir())
    assert names == sorted(f"{first.name}-{edge}.webp" for edge in (1000, 800, 320))
    assert len(first.name) == 12


def _state(cache: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in cache.rglob("*") if p.is_file()}


def test_a_second_run_touches_nothing(make_archive: MakeArchive, tmp_path: Path) -> None:
    photos = {f"{i:02}.jpg": photo(seed=i) for i in range(3)}
    corpus, cache = archive(make_archive, photos), tmp_path / "cache"
    album = render(corpus, cache)
    before = _state(cache)
    steps: list[tuple[int, int]] = []
    assert render(corpus, cache, progress=lambda done, total: steps.append((done, total))) == album
    assert _state(cache) == before
    assert steps == [(3, 3)]


def test_another_recipe_makes_other_pictures(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo()})
    first = render(corpus, tmp_path / "cache")
    second = render(corpus, tmp_path / "cache", recipe=Recipe(quality=50))
    assert {p.name for p in first.pictures.values()}.isdisjoint(p.name for p in second.pictures.values())


@pytest.mark.parametrize("damage", ["manifest", "file", "half"])
def test_a_damaged_entry_is_made_anew(make_archive: MakeArchive, tmp_path: Path, damage: str) -> None:
    corpus, cache = archive(make_archive, {"01.jpg": photo()}), tmp_path / "cache"
    (picture,) = render(corpus, cache).pictures.values()
    victim = picture.stored.folder / ("picture.json" if damage == "manifest" else "320.webp")
    if damage == "half":
        victim.write_bytes(victim.read_bytes()[:50])
    elif damage == "file":
        victim.unlink()
    else:
        victim.write_text("{", encoding="utf-8")
    (again,) = render(corpus, cache).pictures.values()
    assert again == picture
    assert chunks(again.stored.file(again.sizes[-1]).read_bytes()) == ["VP8 "]
    assert not list(cache.rglob(".part-*"))


def test_worker_processes_give_the_same(make_archive: MakeArchive, tmp_path: Path) -> None:
    photos = {f"{i:02}.jpg": photo(seed=i) for i in range(15)} | {"99.jpg": b"no photo"}
    corpus = archive(make_archive, photos)
    steps: list[tuple[int, int]] = []
    many = render(
        corpus, tmp_path / "many", workers=2, progress=lambda done, total: steps.append((done, total))
    )
    alone = render(corpus, tmp_path / "alone", workers=1)
    assert _names(many) == _names(alone)
    assert many.problems == alone.problems
    assert len(many.problems) == 1
    assert steps == [(done, 16) for done in range(17)]


def _names(album: Album) -> dict[tuple[str, int], tuple[str, tuple[Size, ...], str]]:
    return {key: (p.name, p.sizes, p.colour) for key, p in album.pictures.items()}


KILLED = """
import sys
from pathlib import Path
from generator.corpus import read_corpus
from generator.renditions import render
if __name__ == "__main__":
    def show(done, total):
        print(done, flush=True)
    render(read_corpus(Path(sys.argv[1])), Path(sys.argv[2]), workers=2, progress=show)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_killed_run_keeps_what_it_made(make_archive: MakeArchive, tmp_path: Path) -> None:
    photos = {f"{i:02}.jpg": photo(1500, 1100, seed=i) for i in range(40)}
    corpus, cache = archive(make_archive, photos), tmp_path / "cache"
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, corpus.root, cache], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) >= 5:
                run.send_signal(signal.SIGKILL)
                break
    store = Store(cache)
    kept = [path.name for path in cache.glob("??/*") if store.find(path.name)]
    assert 5 <= len(kept) < 40
    before = {path: stamp for path, stamp in _state(cache).items() if Path(path).parent.name in kept}
    steps: list[int] = []
    album = render(corpus, cache, workers=2, progress=lambda done, total: steps.append(done))
    assert len(album.pictures) == 40
    assert steps[0] >= 5
    assert {path: stamp for path, stamp in _state(cache).items() if path in before} == before


def test_two_runs_at_once_give_the_same(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {f"{i:02}.jpg": photo(900, 700, seed=i) for i in range(14)})
    cache, script = tmp_path / "cache", tmp_path / "run.py"
    script.write_text(KILLED, encoding="utf-8")
    command = [sys.executable, str(script), str(corpus.root), str(cache)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0), (b"", 0)]
    assert len(render(corpus, cache, progress=_none_left).pictures) == 14
    assert not list(cache.rglob(".part-*"))


def _none_left(done: int, total: int) -> None:
    assert done == total
