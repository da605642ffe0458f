"""Large pictures in strips: the same pixels as at once, from every kind of file, and an end to every broken one."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from generator.images import heic, png, strips
from generator.images.colour import scalable
from generator.images.memory import has_strips
from generator.images.png_webp import chunks
from generator.images.recipe import RECIPE, Size
from tests.hostile_photos.formats import PNG, chunk, encoded, header, picture

KINDS: dict[str, dict[str, object]] = {
    "L": {},
    "LA": {},
    "RGB": {},
    "RGBA": {},
    "P": {},
    "RGB with a clear colour": {"transparency": (255, 255, 255)},
    "P with clear colours": {"transparency": bytes(range(200))},
}
SIZE = (803, 601)


def textured(mode: str) -> Image.Image:
    whole = picture(*SIZE)
    whole = Image.blend(whole, Image.radial_gradient("L").resize(SIZE).convert("RGB"), 0.5)
    whole.paste((255, 255, 255), (100, 100, 300, 300))
    if mode in ("LA", "RGBA"):
        whole = whole.convert("RGBA")
        whole.putalpha(Image.linear_gradient("L").resize(SIZE))
    return whole.quantize(200) if mode == "P" else whole.convert(mode)


def saved(kind: str, name: str, **options: object) -> bytes:
    out = io.BytesIO()
    textured(name.partition(" ")[0]).save(out, kind, **KINDS[name], **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("height", [1, 48, 600, 601, 1000])
def test_the_strips_of_a_png_are_its_pixels(name: str, height: int) -> None:
    data = saved("PNG", name)
    assert len({line[0] for line in _lines(data)}) > 1 or name.startswith("P"), "several filters"
    whole, put = opened(data), Image.new(opened(data).mode, SIZE)
    assert has_strips(data)
    for number, strip in enumerate(png.strips(data, height)):
        assert (strip.mode, strip.width) == (whole.mode, whole.width)
        assert scalable(strip).mode == scalable(whole).mode
        put.paste(strip, (0, number * height))
    assert put.tobytes() == whole.tobytes()


def _lines(data: bytes) -> list[bytes]:
    pixels = zlib.decompress(b"".join(bytes(c.data) for c in chunks(data) if c.kind == b"IDAT"))
    length = len(pixels) // SIZE[1]
    return [pixels[n * length : (n + 1) * length] for n in range(SIZE[1])]


def _kinds_of_files() -> dict[str, bytes]:
    made = {f"PNG, {name}": saved("PNG", name) for name in KINDS}
    made |= {f"WebP, {name}": saved("WEBP", name, lossless=True) for name in ("RGB", "RGBA")}
    made |= {f"JPEG, {name}": saved("JPEG", name) for name in ("L", "RGB")}
    grey = io.BytesIO()
    Image.linear_gradient("L").resize(SIZE).convert("I").point(lambda v: v * 257).convert("I;16").save(
        grey, "PNG"
    )
    return made | {"PNG, 16 bits": grey.getvalue()}


@pytest.mark.parametrize("name", _kinds_of_files())
def test_means_strip_by_strip_are_the_means_at_once(name: str) -> None:
    data = _kinds_of_files()[name]
    size = Size(width=200, height=150)
    at_once = scalable(opened(data)).reduce(4)
    by_strips = strips.reduced(opened(data), data, size)
    assert (by_strips.mode, by_strips.size) == (at_once.mode, at_once.size) == (at_once.mode, (201, 151))
    assert by_strips.tobytes() == at_once.tobytes()


def test_a_heic_in_strips() -> None:
    pytest.importorskip("pillow_heif")
    assert heic.can_read()
    out = io.BytesIO()
    textured("RGBA").save(out, "HEIF", quality=90)
    data = out.getvalue()
    at_once = opened(data).convert("RGBA").reduce(4)
    assert strips.reduced(opened(data), data, Size(width=200, height=150)).tobytes() == at_once.tobytes()
    with pytest.raises(OSError, match="another size"):
        list(heic.strips(data, (SIZE[0], SIZE[1] + 2), 16))


def test_only_large_pictures_that_become_much_smaller_are_reduced() -> None:
    for size, large in (
        ((8160, 6120), True),
        ((5000, 4000), True),
        ((4000, 3000), False),
        ((20_000, 900), True),
    ):
        source = Image.new("1", size)
        assert strips.is_large(source, RECIPE.sizes(*size)[0]) == large, size
    assert not strips.is_large(Image.new("1", (5000, 4000)), Size(width=4000, height=3200))


@pytest.mark.parametrize(
    "data",
    [
        PNG + header(400, 300),
        PNG + header(400, 300) + chunk(b"IDAT", zlib.compress(bytes(1201 * 299))) + chunk(b"IEND", b""),
        PNG + header(400, 300) + chunk(b"IDAT", zlib.compress(bytes(1201 * 300))[:-200]),
        PNG + header(400, 300) + chunk(b"IDAT", zlib.compress(b"\x07" + bytes(1201 * 300))),
        PNG + header(400, 300) + chunk(b"IDAT", b"no zlib"),
        encoded("PNG")[:1500],
        encoded("PNG")[:20],
        b"",
    ],
)
def test_less_than_the_header_says_is_an_error(data: bytes) -> None:
    with pytest.raises((OSError, zlib.error, SyntaxError)):
        list(png.strips(data, 100))


def test_the_end_of_the_pixels_is_the_end_of_the_work() -> None:
    """Whatever a bomb has behind its rows is never inflated."""
    endless = zlib.compress(bytes(1201 * 300) + bytes(200_000_000), 1)
    data = PNG + header(400, 300) + chunk(b"IDAT", endless)
    assert sum(strip.height for strip in png.strips(data, 100)) == 300


def test_rare_kinds_of_png_have_no_strips() -> None:
    assert not any(
        has_strips(PNG + header(9, 9, **kind))
        for kind in ({"depth": 16}, {"depth": 1, "colour": 0}, {"interlace": 1}, {"colour": 5})
    )
    assert not has_strips(PNG + chunk(b"IHDR", b"short"))
    assert not has_strips(encoded("JPEG"))


def test_exif_is_found_wherever_it_stands() -> None:
    whole = encoded("PNG")
    at = whole.index(b"IEND") - 4
    late = whole[:at] + chunk(b"eXIf", b"II*\0") + whole[at:]
    assert (png.exif(whole), png.exif(late)) == (None, b"II*\0")
