"""Large WebP and HEIC through FFmpeg: the pictures that the usual decoders give, upright, with what the files tell."""

from __future__ import annotations

import io
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageStat

from generator.images import develop as pixels
from generator.images import ffmpeg
from generator.images.develop import Developed, Normalised, develop, normalise
from generator.images.heif_tiles import Single, grid, single
from generator.images.memory import pillow_webp
from generator.images.png_webp import WebPHead, webp_chunks, webp_head
from generator.images.recipe import RECIPE
from tests.colour_profiles import swapped
from tests.hostile_photos.formats import encoded, picture, riff

SIZE = (640, 480)
ORIENTATION = 0x0112
CLOSE = 0.8
"""Mean difference of a channel: decoders round, and fill in colour, each in its own way."""
CLOSE_IF_CLEAR = 3.5
"""The same where what is clear has colours too, which each weighs in its own way."""


def differs(one: Image.Image, other: Image.Image) -> float:
    assert (one.mode, one.size) == (other.mode, other.size)
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def opened(data: bytes) -> Image.Image:
    pillow_heif.register_heif_opener()
    with Image.open(io.BytesIO(data)) as source:
        source.load()
        return source.copy()


@pytest.mark.parametrize("times", [1, 2, 4])
@pytest.mark.parametrize(
    ("mode", "options", "head"),
    [
        ("RGB", {"quality": 90}, WebPHead(width=640, height=480)),
        ("RGB", {"lossless": True}, WebPHead(width=640, height=480, lossless=True)),
        ("L", {"quality": 90}, WebPHead(width=640, height=480)),
        ("RGBA", {"quality": 90}, WebPHead(width=640, height=480, clear=True)),
        ("RGBA", {"lossless": True}, WebPHead(width=640, height=480, lossless=True, clear=True)),
    ],
)
def test_a_webp_is_what_pillow_makes_of_it(
    mode: str, options: dict[str, Any], head: WebPHead, times: int
) -> None:
    drawn = picture(*SIZE, mode)
    if mode == "RGBA":
        drawn.putalpha(Image.linear_gradient("L").resize(SIZE))
    out = io.BytesIO()
    drawn.save(out, "WEBP", **options)
    assert webp_head(out.getvalue()) == head
    made = ffmpeg.webp(out.getvalue(), head, SIZE[0] // times)
    assert made.format == "WEBP"
    assert made.mode == ("RGBA" if mode == "RGBA" else "RGB")
    wanted = opened(out.getvalue()).reduce(times)
    assert differs(made, wanted) < (CLOSE_IF_CLEAR if mode == "RGBA" else CLOSE)


def test_a_webp_tells_what_it_tells_pillow() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    data = encoded("WEBP", icc_profile=swapped(), exif=exif.tobytes())
    head = webp_head(data)
    assert head == WebPHead(width=640, height=480)
    made, usual = ffmpeg.webp(data, head, 640), opened(data)
    assert made.info["icc_profile"] == usual.info["icc_profile"] == swapped()
    assert dict(made.getexif()) == dict(usual.getexif()) == {ORIENTATION: 6}


@pytest.mark.parametrize("what", ["another size", "no picture", "two pictures"])
def test_what_is_not_the_one_picture_is_an_error(what: str) -> None:
    data, head = encoded("WEBP"), WebPHead(width=640, height=480)
    if what == "another size":
        head = WebPHead(width=320, height=240)
    if what == "no picture":
        data = data[:30]
    if what == "two pictures":
        out = io.BytesIO()
        picture(*SIZE).save(out, "WEBP", save_all=True, append_images=[picture(*SIZE, "L")])
        data = out.getvalue()
    with pytest.raises(Exception, match=r"not the one picture|Invalid data|pop from empty"):
        ffmpeg.webp(data, head, 640)


def heic(orientation: int = 1, *, mode: str = "RGB", **options: Any) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    out = io.BytesIO()
    pillow_heif.register_heif_opener()
    picture(*SIZE, mode).save(out, "HEIF", exif=exif.tobytes(), quality=90, **options)
    return out.getvalue()


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("clear", [False, True])
def test_rows_that_are_missing_are_an_error(kept: float, clear: bool) -> None:
    """As Pillow has it, however whole the file says it is."""
    drawn = Image.effect_noise(SIZE, 90).convert("RGBA" if clear else "RGB")
    if clear:
        drawn.putalpha(Image.linear_gradient("L").resize(SIZE))
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=90)
    parts = [(name, bytes(part)) for name, part in webp_chunks(out.getvalue())]
    whole = riff(*parts)
    cut = riff(*((name, part[: int(len(part) * kept)] if name == b"VP8 " else part) for name, part in parts))
    head = webp_head(whole)
    assert head
    assert ffmpeg.webp(whole, head, 640).size == SIZE
    with pytest.raises(OSError, match="failed to read"):
        opened(cut)
    with pytest.raises(OSError, match="rows that are missing"):
        ffmpeg.webp(cut, head, 640)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("times", [1, 2])
def test_a_heic_is_what_libheif_makes_of_it(orientation: int, times: int) -> None:
    data = heic(orientation)
    found = single(data)
    assert found
    usual = opened(data)
    assert found.size == usual.size
    assert (found.turn is None) == (orientation == 1)
    made = ffmpeg.heic(data, found, max(SIZE) // times)
    assert differs(made, usual.reduce(times)) < CLOSE


@pytest.mark.parametrize("options", [{"chroma": 444}, {"chroma": 422}, {"mode": "L"}])
def test_every_kind_of_heic(options: dict[str, Any]) -> None:
    data = heic(**options)
    found = single(data)
    assert found
    assert found == Single(number=found.number, width=640, height=480, formula=found.formula)
    assert differs(ffmpeg.heic(data, found, 640), opened(data).convert("RGB")) < CLOSE


@pytest.mark.parametrize(("matrix", "whole_range"), [(1, True), (2, True), (5, True), (6, False)])
def test_the_formula_of_a_heic_goes_before_what_its_coded_bytes_say(matrix: int, whole_range: bool) -> None:
    data = heic()
    at = data.index(b"colrnclx") + 12
    data = data[:at] + matrix.to_bytes(2, "big") + bytes((whole_range << 7,)) + data[at + 3 :]
    found = single(data)
    assert found
    assert found.formula == (matrix, whole_range)
    if not whole_range:  # while the coded bytes say so
        with pytest.raises(OSError, match="contradict"):
            ffmpeg.heic(data, found, 640)
        return
    assert differs(ffmpeg.heic(data, found, 640), opened(data)) < CLOSE


def test_an_uncommon_formula_is_libheifs() -> None:
    data = heic()
    at = data.index(b"colrnclx") + 12
    assert single(data[:at] + b"\0\0" + data[at + 2 :]) is None


def test_a_harmed_heic_is_an_error() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.effect_noise(SIZE, 90).convert("RGB")).save(out, quality=90)
    whole = out.getvalue()
    found = single(whole)
    assert found
    assert ffmpeg.heic(whole, found, 640).size == SIZE
    half = whole[: -len(whole) // 2] + bytes(len(whole) // 2)
    with pytest.raises(Exception, match="Invalid data"):
        ffmpeg.heic(half, found, 640)


def test_what_is_no_single_picture() -> None:
    deep = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", SIZE, bytes(640 * 480 * 6)).save(deep, bit_depth=10)
    tiled = heic(tile_size=256)
    assert grid(tiled)
    for data in (deep.getvalue(), tiled, heic(mode="RGBA"), encoded("JPEG"), heic()[:200], b""):
        assert single(data) is None


def test_a_photo_of_another_number_is_an_error() -> None:
    with pytest.raises(OSError, match="no picture of that number"):
        ffmpeg.heic(heic(), Single(number=77, width=640, height=480), 640)


def test_a_large_webp_is_published_upright_and_in_srgb(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for which Pillow would take more memory than there is."""
    most = 250_000_000
    monkeypatch.setattr(pixels, "MOST", most)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    size = (4200, 3100)
    data = encoded("WEBP", size, icc_profile=swapped(), exif=exif.tobytes(), quality=80, method=0)
    assert pillow_webp(data) > most
    made = develop(data, "photo.webp", RECIPE)
    assert isinstance(made, Developed)
    assert [(s.size.width, s.size.height) for s in made.sizes] == [(1181, 1600), (590, 800), (236, 320)]
    # Its profile swaps red and blue: the upper left was red, is blue and stands in the upper right.
    shown = opened(made.sizes[2].data)
    corners = [shown.getpixel(place) for place in ((230, 5), (230, 310))]
    assert [
        _near(corner, wanted)
        for corner, wanted in zip(corners, ((30, 40, 220), (120, 210, 200)), strict=True)
    ]
    archived = normalise(data, "photo.webp")
    assert isinstance(archived, Normalised)
    assert (archived.width, archived.height) == (1512, 2048)


def _near(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    assert all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True)), found
    return True
