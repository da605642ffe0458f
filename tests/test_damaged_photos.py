"""Damaged pictures: named and left out by a build and by `photos add`, never published half black; sound ones are."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.images.develop import Developed, develop_photo, normalise_photo
from generator.images.faults import Fault
from generator.images.png_chunks import has_bad_checksum
from generator.images.recipe import RECIPE
from tests.hostile_photos.formats import PNG, chunk, encoded, ended, header, jpeg_with, png, segment, zeros

DAMAGED = "图片已损坏，打不开或不完整"
_CHANNELS = {0: 1, 2: 3, 3: 1, 6: 4}


def _rows(
    size: tuple[int, int] = (64, 48),
    colour: int = 2,
    depth: int = 8,
    filters: Callable[[int], int] = lambda row: 0,
) -> bytes:
    """Return the uncompressed rows of a PNG with something in each."""
    length = size[0] * _CHANNELS[colour] * depth // 8
    return b"".join(
        bytes((filters(row),)) + bytes((row * 7 + n * 3) % (200 if colour != 3 else 4) for n in range(length))
        for row in range(size[1])
    )


def _png(
    rows: bytes, size: tuple[int, int] = (64, 48), *, colour: int = 2, depth: int = 8, laced: int = 0
) -> bytes:
    """Return a PNG whose pixels are these rows, in parts as an encoder makes them."""
    return _packed(zlib.compress(rows), size, colour=colour, depth=depth, laced=laced)


def _packed(
    packed: bytes, size: tuple[int, int] = (64, 48), *, colour: int = 2, depth: int = 8, laced: int = 0
) -> bytes:
    parts = [chunk(b"IDAT", packed[at : at + 2000]) for at in range(0, len(packed), 2000)]
    palette = chunk(b"PLTE", bytes(range(12))) if colour == 3 else b""
    head = header(*size, depth=depth, colour=colour, interlace=laced)
    return PNG + head + palette + b"".join(parts) + chunk(b"IEND", b"")


def _large(
    share: float, colour: int = 2, *, depth: int = 8, laced: int = 0, size: tuple[int, int] = (3000, 2400)
) -> bytes:
    """Return a PNG of seven megapixels or more with this share of its rows, whose compressed pixels end as they should."""
    width, height = size
    rows = (1 + width * _CHANNELS[colour] * depth // 8) * height
    return _png(bytes(int(rows * share)), size, colour=colour, depth=depth, laced=laced)


def _broken_deflate() -> bytes:
    packed = bytearray(zlib.compress(_rows()))
    packed[len(packed) // 2 : len(packed) // 2 + 20] = b"\xff" * 20
    return _packed(bytes(packed))


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _wrong_sum(kind: bytes) -> bytes:
    data = bytearray(_png(_rows(colour=3), colour=3))
    at = data.index(kind)
    data[at + 4 + int.from_bytes(data[at - 4 : at], "big")] ^= 1
    return bytes(data)


_BROKEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a filter of type 7": (".png", lambda: _png(_rows(filters=lambda row: 7 if row == 20 else 0))),
    "a filter of type 7, interlaced": (".png", lambda: _png(bytes(200) + b"\7" * 30_000, laced=1)),
    "deflate that breaks off": (".png", _broken_deflate),
    "pixels cut in the middle": (".png", lambda: _packed(_half(zlib.compress(_rows())))),
    "half the rows": (".png", lambda: _png(_rows()[: 24 * 193])),
    "half the rows, interlaced": (".png", lambda: _png(_rows()[: 24 * 193], laced=1)),
    "half the rows of seven megapixels": (".png", lambda: _large(0.5)),
    "half the rows of seven megapixels with alpha": (".png", lambda: _large(0.5, 6)),
    "half the rows of seven megapixels, 16 bits": (".png", lambda: _large(0.5, depth=16)),
    "half the rows of seven megapixels, interlaced": (".png", lambda: _large(0.5, laced=1)),
    "half the rows of 17 megapixels": (".png", lambda: _large(0.5, size=(4800, 3600))),
    "all but one row of seven megapixels": (".png", lambda: _large(2399 / 2400)),
    "a wrong checksum of the header": (".png", lambda: _wrong_sum(b"IHDR")),
    "a wrong checksum of the palette": (".png", lambda: _wrong_sum(b"PLTE")),
    "a wrong checksum of the pixels": (".png", lambda: _wrong_sum(b"IDAT")),
    "a palette of no whole colours": (".png", lambda: _png(_rows(colour=3), colour=3).replace(
        chunk(b"PLTE", bytes(range(12))), b"")),
    "no end": (".png", lambda: _png(_rows())[:-12]),
    "a colour type that is none": (".png", lambda: _png(_rows(), colour=2).replace(
        header(64, 48), header(64, 48, colour=5))),
    "a JPEG cut in the middle": (".jpg", lambda: ended(encoded("JPEG"), 0.5)),
    "a JPEG with notes, cut in the middle": (".jpg", lambda: ended(jpeg_with(segment(0xE1, b"Exif\0\0II*\0")), 0.6)),
    "a WebP cut in the middle": (".webp", lambda: encoded("WEBP")[:1200]),
}  # fmt: skip


def _fates(data: bytes, name: str) -> tuple[str, str]:
    """Return the words of a build and of `photos add`, "" where they take the photo."""
    if has_bad_checksum(data):  # as the decoding process does first
        return DAMAGED, DAMAGED
    made, kept = develop_photo(data, name, RECIPE), normalise_photo(data, name)
    return tuple(each.message if isinstance(each, Fault) else "" for each in (made, kept))  # type: ignore[return-value]


@pytest.mark.parametrize("kind", _BROKEN)
def test_damaged_photos_are_refused_by_a_build_and_by_photos_add(kind: str) -> None:
    suffix, make = _BROKEN[kind]
    assert _fates(make(), f"photo{suffix}") == (DAMAGED, DAMAGED)


def test_a_moving_gif_named_png_is_named_as_what_it_is() -> None:
    assert _fates(encoded("GIF"), "photo.png") == ("这是 GIF 动图，不是 JPG、PNG 或 WebP 照片",) * 2


_SOUND: dict[str, Callable[[], bytes]] = {
    "plain": lambda: _png(_rows()),
    "every filter": lambda: _png(_rows(filters=lambda row: row % 5)),
    "a text of two megabytes, compressed": lambda: png(chunk(b"zTXt", b"Raw profile type x\0\0" + zeros(2))),
    "a text of two megabytes": lambda: png(chunk(b"tEXt", b"x\0" + b"y" * 2_000_000)),
    "an international text of two megabytes": lambda: png(chunk(b"iTXt", b"x\0\1\0\0\0" + zeros(2))),
    "texts of 80 megabytes": lambda: png(*[chunk(b"zTXt", b"x\0\0" + zeros(1))] * 80),
    "a profile of two megabytes": lambda: png(chunk(b"iCCP", b"x\0\0" + zeros(2))),
    "a wrong checksum of a text behind the pixels": lambda: _png(_rows()).replace(
        chunk(b"IEND", b""), chunk(b"tEXt", b"x\0y")[:-1] + b"?" + chunk(b"IEND", b"")
    ),
    "seven megapixels": lambda: _large(1),
    "seven megapixels with alpha": lambda: _large(1, 6),
}


@pytest.mark.parametrize("kind", _SOUND)
def test_sound_photos_are_published(kind: str) -> None:
    assert _fates(_SOUND[kind](), "photo.png") == ("", "")


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.data())
def test_what_pillow_refuses_is_refused_and_what_it_takes_whole_is_published(chance: st.DataObject) -> None:
    """Pillow's strict load, asked first thing of a file, is the judge; but it does not count rows or checksums."""
    colour, depth = chance.draw(st.sampled_from(((2, 8), (2, 16), (0, 8), (0, 16), (3, 8), (6, 8))))
    rows = bytearray(_rows(colour=colour, depth=depth, filters=lambda row: row % 5))
    length = len(rows) // 48
    if chance.draw(st.booleans()):
        rows[chance.draw(st.integers(0, 47)) * length] = chance.draw(st.integers(0, 255))
    kept = chance.draw(st.sampled_from((None, None, 24 * length, length)))
    packed = bytearray(zlib.compress(bytes(rows[:kept])))
    if chance.draw(st.booleans()):
        packed[chance.draw(st.integers(0, len(packed) - 1))] = chance.draw(st.integers(0, 255))
    if chance.draw(st.booleans()):
        del packed[chance.draw(st.integers(0, len(packed))) :]
    data = bytearray(_packed(bytes(packed), colour=colour, depth=depth))
    if chance.draw(st.booleans()):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    whole = bytes(data[: chance.draw(st.sampled_from((None, None, None, -1, -12, -13, -40)))])
    taken = _pillow_takes(whole)
    fates = _fates(whole, "photo.png")
    assert (fates == ("", "")) == (taken and _is_whole(whole)), (taken, fates)


def _pillow_takes(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            picture.load()
    except Exception:
        return False
    return True


def _is_whole(data: bytes) -> bool:
    """Say whether what is shown has its checksums, the pixels all their rows, and the file its end."""
    at, pixels, end = 8, b"", False
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4].ljust(4, b"\0"))
        content, kind = data[at + 8 : at + 8 + length], data[at + 4 : at + 8]
        is_right = chunk(kind, content) == data[at : at + length + 12]
        if not is_right and kind in (b"IHDR", b"PLTE", b"IDAT"):
            return False
        pixels += content if kind == b"IDAT" else b""
        end, at = kind == b"IEND", at + length + 12
    width, height = struct.unpack(">II", data[16:24])
    inflate = zlib.decompressobj()
    try:
        found = len(inflate.decompress(pixels))
    except zlib.error:
        found = _until_error(pixels)
    row = 1 + width * _CHANNELS[data[25]] * data[24] // 8
    return end and at <= len(data) and min(width, height) >= 16 and found >= height * row


def _until_error(packed: bytes) -> int:
    """Return how many bytes come out before a compressed stream breaks, fed byte by byte."""
    inflate, found = zlib.decompressobj(), 0
    for byte in packed:
        try:
            found += len(inflate.decompress(bytes((byte,))))
        except zlib.error:
            break
    return found


# --- Turned as browsers turn ------------------------------------------------------------------------

_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def _exif(orientation: int) -> bytes:
    made = Image.Exif()
    made[0x0112] = orientation
    return made.tobytes()


def _xmp_png() -> bytes:
    return png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _XMP), size=(64, 32))


@pytest.mark.parametrize(
    ("name", "data", "upright"),
    [
        ("a.jpg", encoded("JPEG", (64, 32), xmp=_XMP), (64, 32)),
        ("a.png", _xmp_png(), (64, 32)),
        ("a.webp", encoded("WEBP", (64, 32), xmp=_XMP), (64, 32)),
        ("a.jpg", encoded("JPEG", (64, 32), exif=_exif(6)), (32, 64)),
        ("a.png", encoded("PNG", (64, 32), exif=_exif(6)), (32, 64)),
        ("a.webp", encoded("WEBP", (64, 32), exif=_exif(6)), (32, 64)),
        ("a.jpg", encoded("JPEG", (64, 32), xmp=_XMP, exif=_exif(1)), (64, 32)),
        ("a.jpg", encoded("JPEG", (64, 32), xmp=_XMP, exif=_exif(8)), (32, 64)),
        ("a.png", png(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n      32\n" + _exif(6).hex().encode()),
                      size=(64, 32)), (64, 32)),
        ("a.png", png(size=(64, 32)).replace(chunk(b"IEND", b""), chunk(b"eXIf", _exif(6)[6:]) + chunk(b"IEND", b"")),
         (32, 64)),
    ],
)  # fmt: skip
def test_only_exif_turns_a_picture(name: str, data: bytes, upright: tuple[int, int]) -> None:
    made, kept = develop_photo(data, name, RECIPE), normalise_photo(data, name)
    assert isinstance(made, Developed)
    assert not isinstance(kept, Fault)
    assert (made.sizes[0].size.width, made.sizes[0].size.height) == upright == (kept.width, kept.height)


# --- A colour that is clear is white ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "colour", "clear", "other"),
    [
        (16, 0, struct.pack(">H", 20_000), struct.pack(">H", 20_001)),
        (16, 0, struct.pack(">H", 0x1122), struct.pack(">H", 0x2211)),
        (16, 2, struct.pack(">HHH", 1000, 2000, 3000), struct.pack(">HHH", 3000, 2000, 1000)),
        (8, 0, b"\x40", b"\x41"),
        (8, 2, b"\x40\x41\x42", b"\x42\x41\x40"),
        (4, 0, b"\x33", b"\x55"),
        (2, 0, b"\x55", b"\xaa"),
    ],
)
def test_a_clear_colour_is_white_at_every_depth(depth: int, colour: int, clear: bytes, other: bytes) -> None:
    pixel = len(clear) if depth >= 8 else 1
    per_row = 64 * pixel if depth >= 8 else 64 * depth // 8
    rows = b"".join(b"\0" + (clear if row < 32 else other) * (per_row // pixel) for row in range(64))
    sample = clear if depth == 16 else b"".join(bytes((0, byte)) for byte in clear)
    if depth < 8:
        sample = bytes((0, clear[0] & (1 << depth) - 1))
    head = header(64, 64, depth=depth, colour=colour)
    data = PNG + head + chunk(b"tRNS", sample) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    kept = normalise_photo(data, "a.png")
    assert not isinstance(kept, Fault)
    with Image.open(io.BytesIO(kept.data)) as shown:
        corners = shown.getpixel((30, 10)), shown.getpixel((30, 55))
    assert min(corners[0]) > 250  # type: ignore[arg-type]
    assert min(corners[1]) < 200  # type: ignore[arg-type]
