"""Planes: scaled as Lanczos does, turned as EXIF says, back as the colours they were, and WebP that is only pixels."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from generator.archive.album import list_public_photos, render_album
from generator.images import yuv
from generator.images.develop import _TURNS
from generator.images.pool import CannotDecodeError
from generator.images.recipe import Size
from generator.reuse.fingerprint_cache import load_fingerprints
from tests.conftest import MakeArchive
from tests.scratch_photos import archive, photo
from tests.test_develop import BLUE, GREEN, RED, close, plain, textured

COLOURS = (RED, GREEN, BLUE, (0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 255, 0))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two pictures in brightness."""
    assert one.size == other.size
    return ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean[0]


@pytest.mark.parametrize("size", [(170, 127), (399, 300), (400, 299), (320, 241), (400, 300)])
def test_scaling_is_lanczos(size: tuple[int, int]) -> None:
    source = textured(400, 300, "L").convert("RGB")
    wanted, other = (source.resize(size, f) for f in (Image.Resampling.LANCZOS, Image.Resampling.BICUBIC))
    wished = Size(width=size[0], height=size[1])
    for made in (
        yuv.convert_from_rgb(source, wished),
        yuv.scale_planes(yuv.convert_from_rgb(source, Size(width=400, height=300)), wished),
    ):
        found = yuv.convert_to_rgb(made)
        assert difference(found, wanted) < 0.5
        assert difference(yuv.convert_to_rgb(made, fast=True), wanted) < 0.75
        if size != source.size:
            assert difference(found, other) > difference(found, wanted) + 0.4


@pytest.mark.parametrize("size", list(itertools.product((1, 2, 15, 16, 17, 1601), repeat=2)))
def test_every_shape_is_scaled_and_encoded(size: tuple[int, int]) -> None:
    width, height = (-(-side * 2 // 3) for side in size)
    made = yuv.convert_from_rgb(plain(GREEN, size=size), Size(width=width, height=height))
    with Image.open(
        io.BytesIO(yuv.encode_webp(yuv.scale_planes(made, Size(width=1, height=1)), 76, 2))
    ) as small:
        assert small.size == (1, 1)
    with Image.open(io.BytesIO(yuv.encode_webp(made, 76, 0))) as picture:
        assert picture.size == (width, height)
        bands: Any = picture.convert("RGB").getextrema()
    for band, level in zip(bands, GREEN, strict=True):
        assert close(band, (level, level))


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_are_kept(colour: tuple[int, int, int]) -> None:
    made = yuv.convert_from_rgb(plain(colour), Size(width=200, height=150))
    assert close(yuv.convert_to_rgb(made).getpixel((100, 75)), colour, 2)  # type: ignore[arg-type]  # RGB: three numbers
    with Image.open(io.BytesIO(yuv.encode_webp(made, 90, 2))) as picture:
        assert close(picture.convert("RGB").getpixel((100, 75)), colour, 3)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(160, 120), (161, 121)])
def test_turned_as_exif_says(orientation: int, size: tuple[int, int]) -> None:
    picture = Image.linear_gradient("L").resize(size)
    picture.paste(255, (0, 0, 40, 20))
    picture = picture.convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    picture.save(out, "PNG", exif=exif)
    with Image.open(out) as told:
        wanted = ImageOps.exif_transpose(told)
    made = yuv.convert_from_rgb(picture, Size(width=size[0], height=size[1]))
    turned = yuv.transpose_planes(made, _TURNS[orientation]) if orientation > 1 else made
    assert difference(yuv.convert_to_rgb(turned), wanted) < 1.5


def test_webp_is_only_pixels() -> None:
    made = yuv.convert_from_rgb(textured(320, 240), Size(width=320, height=240))
    data = yuv.encode_webp(made, 76, 2)
    assert (data[:4], data[8:16], int.from_bytes(data[4:8], "little") + 8) == (
        b"RIFF",
        b"WEBPVP8 ",
        len(data),
    )
    assert int.from_bytes(data[16:20], "little") + 20 in (len(data), len(data) - 1)
    assert len(yuv.encode_webp(made, 30, 2)) < len(data) / 2


def test_an_ffmpeg_without_the_encoder_is_named(
    make_archive: MakeArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked for when a photo is refused, as each is without it, and as this misnamed one is with it."""
    corpus = archive(make_archive, {"01.png": photo()})
    assert yuv.can_encode()
    monkeypatch.setattr(yuv, "_ENCODER", "no-such-encoder")
    with pytest.raises(CannotDecodeError, match="PyAV 不会写 WebP。用 pip install"):
        render_album(corpus, tmp_path / "cache")
    photos = [photo for _, photo in list_public_photos(corpus)]
    with pytest.raises(CannotDecodeError, match="PyAV 不会写 WebP"):
        load_fingerprints(corpus.root, photos, tmp_path / "cache", lambda done, total: None)
