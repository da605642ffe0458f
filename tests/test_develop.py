"""Pixels of every kind: scaled rightly, in sRGB, upright, on white; one JPEG besides; phones' photos normalised."""

from __future__ import annotations

import io
from typing import Any

import pillow_heif
import pytest
from av.video.frame import VideoFrame
from PIL import Image, ImageChops, ImageStat

from generator.images import develop as develop_module
from generator.images import heic, yuv
from generator.images.develop import Developed, Normalised, develop_photo, normalise_photo
from generator.images.faults import Fault, report_too_much_memory
from generator.images.recipe import RECIPE, Recipe, Size
from tests import colour_profiles

RED, GREEN, BLUE = (220, 30, 30), (30, 180, 40), (24, 24, 222)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def plain(colour: Any, mode: str = "RGB", size: tuple[int, int] = (400, 300)) -> Image.Image:
    return Image.new(mode, size, colour)


def textured(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return a picture in which every pixel differs from its neighbours, nowhere so much that it is clipped."""
    bands = [Image.effect_noise((width, height), 20) for _ in Image.new(mode, (1, 1)).getbands()]
    return Image.merge(mode, bands) if len(bands) > 1 else bands[0]


def shown(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def developed(data: bytes, name: str) -> Developed:
    made = develop_photo(data, name, RECIPE)
    assert isinstance(made, Developed), made
    return made


def colour(data: bytes, name: str) -> tuple[int, int, int]:
    """Return the mean colour of what is published of a photo."""
    mean = ImageStat.Stat(shown(developed(data, name).sizes[0].data)).mean
    return round(mean[0]), round(mean[1]), round(mean[2])


def close(one: tuple[int, ...], other: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


# --- sizes ------------------------------------------------------------------------------------------


def test_a_jpeg_is_decoded_once_and_no_larger_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[tuple[int, int]] = []
    made: list[tuple[int, int, int, int]] = []
    of_rgb, smaller = yuv.convert_from_rgb, yuv.scale_planes

    def spy(picture: Image.Image, size: Size) -> VideoFrame:
        decoded.append(picture.size)
        return of_rgb(picture, size)

    def spy_smaller(picture: VideoFrame, size: Size) -> VideoFrame:
        made.append((picture.width, picture.height, size.width, size.height))
        return smaller(picture, size)

    monkeypatch.setattr(yuv, "convert_from_rgb", spy)
    monkeypatch.setattr(yuv, "scale_planes", spy_smaller)
    for width, height in ((4000, 3000), (3000, 4000), (8000, 6000), (3264, 1836)):
        decoded.clear()
        made.clear()
        developed(saved(plain(RED, size=(width, height)), "JPEG"), "01.jpg")
        times = 4 if max(width, height) > 6400 else 2
        assert decoded == [(width // times, height // times)]
        # From the second on, each size is made of the one before; the first is not made twice.
        edges = [(max(w, h), max(to)) for w, h, *to in made]
        assert edges == [(1600, 1600), (1600, 800), (800, 320)], (width, height)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("HEIF", "RGB")]
)
def test_a_large_picture_of_every_kind_is_upright_and_in_its_colours(kind: str, mode: str) -> None:
    """Though it is reduced by whole steps first, as a JPEG's decoder does."""
    heic.can_read()
    picture = plain(RED, size=(3300, 2475))
    picture.paste(BLUE, (0, 0, 1650, 1237))
    if mode == "RGBA":
        picture.putalpha(Image.new("L", picture.size, 255))
    exif = Image.Exif()
    exif[0x0112] = 6
    options: dict[str, Any] = {"enc_params": {"preset": "ultrafast"}} if kind == "HEIF" else {}
    data = saved(picture.quantize(8) if mode == "P" else picture, kind, exif=exif.tobytes(), **options)
    made = developed(data, {"PNG": "a.png", "WEBP": "a.webp", "HEIF": "a.heic"}[kind])
    assert [(e.size.width, e.size.height) for e in made.sizes] == [(1200, 1600), (600, 800), (240, 320)]
    small = shown(made.sizes[-1].data)
    spots = [small.getpixel(spot) for spot in ((230, 10), (230, 310), (10, 10), (10, 310))]
    for found, wanted in zip(spots, (BLUE, RED, RED, RED), strict=True):
        assert close(found, wanted, 12)  # type: ignore[arg-type]  # RGB: three numbers


@pytest.mark.parametrize(
    ("source", "fallback"), [((4000, 3000), (800, 600)), ((1200, 1600), (600, 800)), ((500, 400), (500, 400))]
)
def test_one_jpeg_for_old_browsers(source: tuple[int, int], fallback: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x010F] = "PHONEMAKER"
    profile = colour_profiles.swapped()
    data = saved(plain(RED, size=source), "JPEG", exif=exif, icc_profile=profile, comment=b"SECRET")
    made = developed(data, "01.jpg").fallback
    assert (made.size.width, made.size.height) == fallback
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", fallback)
        assert picture.info.keys() == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert made.data.endswith(b"\xff\xd9")
    # Of the same pixels as the WebP of that size.
    same = next(e for e in developed(data, "01.jpg").sizes if e.size == made.size)
    difference = ImageChops.difference(shown(made.data), shown(same.data))
    assert max(ImageStat.Stat(difference).mean) < 3


def test_each_size_is_encoded_by_its_own_method() -> None:
    data = saved(Image.effect_noise((1600, 1200), 40).convert("RGB"), "JPEG", quality=95)

    def sizes(*methods: int) -> list[bytes]:
        made = develop_photo(data, "01.jpg", Recipe(methods=methods))
        assert isinstance(made, Developed)
        return [each.data for each in made.sizes]

    same = [a == b for a, b in zip(sizes(0, 1, 2), sizes(2, 1, 0), strict=True)]
    assert same == [False, True, False]


# --- colour -----------------------------------------------------------------------------------------


def _cmyk(**options: Any) -> bytes:
    return saved(plain((0, 230, 220, 10), "CMYK"), "JPEG", **options)


def _with_clear_colour() -> bytes:
    return saved(plain(RED), "PNG", transparency=RED)


def _numbered() -> Image.Image:
    picture = plain(3, "P")
    picture.putpalette([0, 0, 0, 9, 9, 9, 90, 90, 90, *RED])
    return picture


COLOURS: dict[str, tuple[str, bytes, tuple[int, int, int]]] = {
    "rgb": ("a.jpg", saved(plain(RED), "JPEG"), RED),
    "rgb, profile that swaps": (
        "a.jpg",
        saved(plain(RED), "JPEG", icc_profile=colour_profiles.swapped()),
        BLUE,
    ),
    "png, profile that swaps": (
        "a.png",
        saved(plain(BLUE), "PNG", icc_profile=colour_profiles.swapped()),
        (222, 17, 17),
    ),
    "webp, profile that swaps": (
        "a.webp",
        saved(plain(RED), "WEBP", quality=95, icc_profile=colour_profiles.swapped()),
        BLUE,
    ),
    "palette, profile that swaps": (
        "a.png",
        saved(plain(RED).quantize(8), "PNG", icc_profile=colour_profiles.swapped()),
        BLUE,
    ),
    "grey": ("a.jpg", saved(plain(128, "L"), "JPEG"), (128, 128, 128)),
    "grey, linear profile": (
        "a.jpg",
        saved(plain(128, "L"), "JPEG", icc_profile=colour_profiles.grey(1.0)),
        (188, 188, 188),
    ),
    "grey with alpha, linear profile": (
        "a.png",
        saved(plain((128, 255), "LA"), "PNG", icc_profile=colour_profiles.grey(1.0)),
        (188, 188, 188),
    ),
    "grey, profile of colours": (
        "a.jpg",
        saved(plain(128, "L"), "JPEG", icc_profile=colour_profiles.swapped()),
        (128, 128, 128),
    ),
    "cmyk": ("a.jpg", _cmyk(), (245, 24, 34)),
    "cmyk, profile": ("a.jpg", _cmyk(icc_profile=colour_profiles.inks()), (132, 132, 132)),
    "cmyk, profile of colours": ("a.jpg", _cmyk(icc_profile=colour_profiles.swapped()), (245, 24, 34)),
    "rgb, profile of inks": ("a.jpg", saved(plain(RED), "JPEG", icc_profile=colour_profiles.inks()), RED),
    "rgb, damaged profile": (
        "a.jpg",
        saved(plain(RED), "JPEG", icc_profile=colour_profiles.swapped()[:200]),
        RED,
    ),
    "half clear": ("a.png", saved(plain((*RED, 128), "RGBA"), "PNG"), (237, 142, 142)),
    "half clear webp": ("a.webp", saved(plain((*RED, 128), "RGBA"), "WEBP", lossless=True), (237, 142, 142)),
    "clear grey": ("a.png", saved(plain((10, 0), "LA"), "PNG"), (255, 255, 255)),
    "a colour that is clear": ("a.png", _with_clear_colour(), (255, 255, 255)),
    "a palette entry that is clear": (
        "a.png",
        saved(_numbered(), "PNG", transparency=3),
        (255, 255, 255),
    ),
    "black and white": ("a.png", saved(plain(1, "1"), "PNG"), (255, 255, 255)),
    "16-bit grey": ("a.png", saved(plain(0x8080, "I;16"), "PNG"), (128, 128, 128)),
}


@pytest.mark.parametrize("kind", COLOURS)
def test_every_kind_of_colour_becomes_srgb_on_white(kind: str) -> None:
    name, data, expected = COLOURS[kind]
    assert close(colour(data, name), expected), colour(data, name)


def test_profiles_count_when_the_picture_is_scaled_too() -> None:
    for mode, profile, expected in (
        ("L", colour_profiles.grey(1.0), (188, 188, 188)),
        ("CMYK", colour_profiles.inks(), None),
        ("RGB", colour_profiles.swapped(), None),
    ):
        value = {"L": 128, "CMYK": (0, 230, 220, 10), "RGB": RED}[mode]
        large = saved(plain(value, mode, (2400, 1800)), "JPEG", icc_profile=profile)
        small = saved(plain(value, mode), "JPEG", icc_profile=profile)
        assert close(colour(large, "a.jpg"), expected or colour(small, "a.jpg"), 3)


def test_the_colour_before_the_picture_is_that_of_most_of_it() -> None:
    picture = plain((200, 0, 0))
    picture.paste((0, 0, 200), (0, 0, 150, 300))
    picture.paste((250, 250, 250), (300, 0, 400, 100))
    found = developed(saved(picture, "PNG"), "a.png").colour
    assert close(tuple(bytes.fromhex(found[1:])), (200, 0, 0), 3)
    # That of the pixels that are published, which have 220 levels of brightness.
    assert developed(saved(plain(RED), "PNG"), "a.png").colour == "#dc1f1f"
    assert developed(saved(plain(128, "L", (16, 900)), "PNG"), "a.png").colour == "#808080"


# --- kinds ------------------------------------------------------------------------------------------


def test_a_phones_picture_of_several_parts_is_its_first() -> None:
    data = saved(plain(RED), "MPO", save_all=True, append_images=[plain(BLUE)])
    assert Image.open(io.BytesIO(data)).format == "MPO"
    assert close(colour(data, "a.jpg"), RED)


def heic_photo(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=90, **options)
    return out.getvalue()


@pytest.mark.parametrize("options", [{}, {"tile_size": 128}], ids=["in one piece", "in tiles"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_read_upright(orientation: int, options: dict[str, Any]) -> None:
    picture = plain(BLUE, size=(480, 320))
    picture.paste(RED, (0, 0, 120, 80))
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = developed(heic_photo(picture, exif=exif.tobytes(), **options), "IMG_0001.HEIC")
    assert [(e.size.width, e.size.height) for e in made.sizes] == (
        [(480, 320), (320, 213)] if orientation < 5 else [(320, 480), (213, 320)]
    )
    photo = shown(made.sizes[0].data)
    width, height = photo.size
    spots = [(9, 9), (width - 9, 9), (width - 9, height - 9), (9, height - 9)]
    red = [number for number, spot in enumerate(spots) if close(photo.getpixel(spot), RED, 30)]  # type: ignore[arg-type]  # RGB
    assert red == [{1: 0, 2: 1, 3: 2, 4: 3, 5: 0, 6: 1, 7: 2, 8: 3}[orientation]]


def test_heic_with_a_profile_and_deep_colour() -> None:
    picture = plain(RED)
    picture.info["icc_profile"] = colour_profiles.swapped()
    assert close(colour(heic_photo(picture), "a.heic"), BLUE, 12)
    deep = pillow_heif.from_bytes("RGB;16", (64, 64), (0x8000).to_bytes(2, "little") * 3 * 64 * 64)
    out = io.BytesIO()
    deep.save(out, quality=-1)
    assert close(colour(out.getvalue(), "a.heif"), (128, 128, 128), 3)


def test_heic_is_named_where_it_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic_photo(plain(RED))
    monkeypatch.setattr(heic, "can_read", lambda: False)
    assert develop_photo(data, "a.heic", RECIPE) == Fault(
        message="这是苹果手机的 HEIC 图片，这台电脑还不会读",
        fix="运行 pip install pillow-heif 装上附加包，再来一次；"
        "或在手机“设置—相机—格式”里选“兼容性最佳”、经微信转存（不勾“原图”），换成 JPG",
    )
    assert normalise_photo(data, "a.heic") == develop_photo(data, "a.heic", RECIPE)
    # A video has the same beginning, and no program would help.
    video = develop_photo(b"\0\0\0\x18ftypqt  " + bytes(40), "a.heic", RECIPE)
    assert isinstance(video, Fault)
    assert video.message == "这是 HEIC 等格式的图片或视频，网页显示不了"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (heic_photo(plain(RED)), "a.jpg", "文件名是 .jpg，内容却是 HEIC"),
        (saved(plain(RED), "JPEG"), "a.heic", "文件名是 .heic，内容却是 JPEG"),
        (heic_photo(plain(RED))[:400], "a.heic", "图片已损坏，打不开或不完整"),
    ],
)
def test_heic_and_its_name(data: bytes, name: str, message: str) -> None:
    refused = develop_photo(data, name, RECIPE)
    assert isinstance(refused, Fault)
    assert refused.message == message


def test_versions_of_all_that_makes_pixels_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [part.partition("=")[0] for part in develop_module.list_codec_versions().split()] == [
        *("pil", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2", "av", "heif")
    ]
    installed = develop_module.list_codec_versions()
    monkeypatch.setattr(heic, "find_version", lambda: "")
    assert develop_module.list_codec_versions() != installed


# --- a phone's photo for the archive ----------------------------------------------------------------


def normal(data: bytes, name: str = "a.jpg", edge: int = 2048) -> Normalised:
    made = normalise_photo(data, name, (edge,))
    assert isinstance(made, Normalised), made
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (made.width, made.height))
        assert picture.info.keys() == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    return made


@pytest.mark.parametrize(
    ("source", "orientation", "expected"),
    [
        ((4000, 3000), 1, (2048, 1536)),
        ((4000, 3000), 6, (1536, 2048)),
        ((2048, 1152), 1, (2048, 1152)),
        ((640, 480), 8, (480, 640)),
    ],
)
def test_a_normalised_photo_is_upright_and_bare(
    source: tuple[int, int], orientation: int, expected: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "PHONEMAKER"
    exif.get_ifd(0x8825)[2] = (39.0, 22.0, 11.0)
    made = normal(saved(plain(RED, size=source), "JPEG", exif=exif, comment=b"SECRET"))
    assert (made.width, made.height) == expected


def test_a_normalised_photo_is_srgb_whatever_it_was() -> None:
    for name, data, expected in COLOURS.values():
        mean = ImageStat.Stat(shown(normal(data, name).data)).mean
        assert close(tuple(round(m) for m in mean), expected), name
    assert close(
        tuple(map(round, ImageStat.Stat(shown(normal(heic_photo(plain(GREEN)), "a.heic").data)).mean)), GREEN
    )


def test_saving_once_more_costs_next_to_nothing() -> None:
    photo = textured(80, 60).resize((1280, 960), Image.Resampling.BICUBIC)
    coarse = saved(photo, "JPEG", quality=60)
    again = normal(coarse)
    assert len(again.data) <= len(coarse)
    difference = ImageChops.difference(shown(coarse), shown(again.data))
    assert max(ImageStat.Stat(difference).mean) < 1
    fine = saved(photo, "JPEG", quality=97)
    assert len(normal(fine).data) < 0.6 * len(fine)


def test_a_photo_that_cannot_be_normalised_is_a_fault() -> None:
    assert normalise_photo(b"", "a.jpg") == Fault(message="图片是空文件（0 字节）", fix="重新上传这张图片")
    assert isinstance(normalise_photo(b"GIF89a", "a.jpg"), Fault)


def test_a_webp_that_takes_more_than_a_decoder_may_is_refused_by_its_header() -> None:
    data = saved(plain((*RED, 128), "RGBA"), "WEBP")
    at = data.index(b"VP8X") + 12
    large = data[:at] + (11_999).to_bytes(3, "little") + (10_999).to_bytes(3, "little") + data[at + 6 :]
    assert normalise_photo(large, "a.webp") == report_too_much_memory()
    assert isinstance(normalise_photo(data, "a.webp"), Normalised)


def test_libheif_without_memory_does_not_call_a_photo_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks_memory(*_: object) -> None:
        raise RuntimeError("Memory allocation error: Security limit exceeded")

    monkeypatch.setattr(develop_module, "_decode", lacks_memory)
    made = normalise_photo(saved(plain(RED), "JPEG"), "a.jpg")
    assert made == report_too_much_memory()
    assert "pairing photos add" in report_too_much_memory().fix
