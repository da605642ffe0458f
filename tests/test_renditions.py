"""Photos: sizes planned, metadata gone, hostile files refused by name, the cache whole whatever happens."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generator.archive.album import list_public_photos, render_album
from generator.images.develop import Developed, develop_photo
from generator.images.faults import MAX_BYTES, Fault
from generator.images.recipe import RECIPE, Recipe, Size
from tests import small_archive
from tests.conftest import MakeArchive
from tests.scratch_photos import RECORD, archive, photo, photos_yaml


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
    assert [(s.width, s.height) for s in RECIPE.choose_sizes(*source)] == sizes


def test_the_key_depends_on_source_recipe_and_codecs() -> None:
    keys = {
        RECIPE.make_key("a", "webp=1"),
        RECIPE.make_key("b", "webp=1"),
        RECIPE.make_key("a", "webp=2"),
        Recipe(quality=70).make_key("a", "webp=1"),
        Recipe(methods=(2, 2, 2)).make_key("a", "webp=1"),
        Recipe(edges=(1600, 320)).make_key("a", "webp=1"),
    }
    assert len(keys) == 6


def test_only_what_is_opened_on_demand_is_encoded_in_haste() -> None:
    methods = [RECIPE.choose_method(size) for size in RECIPE.choose_sizes(4000, 3000)]
    assert methods == [0, 2, 2]
    between = [
        RECIPE.choose_method(Size(width=200, height=edge)) for edge in (320, 321, 800, 801, 1600, 2000)
    ]
    assert between == [2, 2, 2, 0, 0, 0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = develop_photo(photo(exif=exif), "01.jpg", RECIPE)
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
        made = develop_photo(data, name, RECIPE)
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
    made = develop_photo(photo(mode=mode, kind=kind), name, RECIPE)
    assert isinstance(made, Developed)
    with Image.open(io.BytesIO(made.sizes[0].data)) as shown:
        assert shown.mode == "RGB"
        assert _is_red(shown, (9, 9)) == (colour == "red")


def test_transparency_becomes_white_and_sixteen_bits_keep_their_greys() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (10, 10, 10, 0)).save(out, "PNG")
    clear = develop_photo(out.getvalue(), "a.png", RECIPE)
    out = io.BytesIO()
    Image.new("I;16", (100, 100), 0x8000).save(out, "PNG")
    grey = develop_photo(out.getvalue(), "a.png", RECIPE)
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
    "half a heic": ("01.jpg", lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "图片已损坏，打不开或不完整"),
    "video": ("01.jpg", lambda: b"\0\0\0\x18ftypisom\0\0\0\0", "这是 HEIC 等格式的图片或视频，网页显示不了"),
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
    refused = develop_photo(content(), name, RECIPE)
    assert isinstance(refused, Fault), refused
    assert refused.message == message
    assert refused.fix
    assert time.process_time() - begun < 5


def test_damaged_metadata_does_not_cost_the_photo() -> None:
    assert isinstance(develop_photo(_exif_bomb(), "01.jpg", RECIPE), Developed)
    made = develop_photo(photo(icc_profile=b"nonsense" * 99), "01.jpg", RECIPE)
    assert isinstance(made, Developed)
    assert [chunks(each.data) for each in made.sizes] == [["VP8 "]] * len(made.sizes)


def test_a_bad_photo_is_named_and_the_others_are_published(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo(), "02.jpg": b"GIF89a", "03.jpg": photo(500, 400)})
    album = render_album(corpus, tmp_path / "cache")
    key = "jia/2021/02/05-visit"
    assert set(album.pictures) == {(key, 0), (key, 2)}
    assert [p.sizes[0] for p in album.pictures.values()] == [
        Size(width=400, height=300),
        Size(width=500, height=400),
    ]
    assert [(p.rule, p.span.file.path, p.span.line, p.message) for p in album.problems] == [
        (
            "photo-content",
            f"{RECORD}/activity.md",
            12,
            "图片“02.jpg”没有发布：这是 GIF 动图，不是 JPG、PNG 或 WebP 照片",
        )
    ]


def test_what_is_not_public_is_not_rendered(make_archive: MakeArchive) -> None:
    photos = {"01.jpg": photo(), "02.jpg": photo(seed=1), "unnamed.jpg": photo(seed=2)}
    listed = photos_yaml("01.jpg", "02.jpg", "absent.jpg", "../../../jia/school.yml", hidden=("02.jpg",))
    corpus = archive(make_archive, photos, small_archive.activity("2021-02-05", photos=listed))
    assert [key[1] for key, _ in list_public_photos(corpus)] == [0]
    hidden = small_archive.activity("2021-02-05", photos=listed, extra="public: false\n")
    assert not list(list_public_photos(archive(make_archive, photos, hidden)))


def test_the_site_holds_renditions_only(make_archive: MakeArchive, tmp_path: Path) -> None:
    corpus = archive(make_archive, {"01.jpg": photo(1000, 750), "02.jpg": photo(1000, 750)})
    album = render_album(corpus, tmp_path / "cache")
    first, second = album.pictures.values()
    assert first == second
    assert album.write_pictures(tmp_path / "site") == 4
    names = sorted(path.name for path in (tmp_path / "site" / "photos").iterdir())
    assert names == sorted([f"{first.name}-800.jpg", *(f"{first.name}-{e}.webp" for e in (1000, 800, 320))])
    assert len(first.name) == 12
