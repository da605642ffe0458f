"""What is read out of a photo's bytes: facts of every kind, truncation anywhere, hostile structure, no exception."""

from __future__ import annotations

import datetime as dt
import io
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.images import faults
from generator.images.appended import name_appended
from generator.images.facts import PhotoFacts, read_photo_facts
from generator.rules import photo_size

_SIZE = (60, 40)
_TAKEN = dt.datetime(2020, 5, 14, 10, 20, 30)  # noqa: DTZ001  # a camera's own time
_PLACE = ((39.0, 22.0, 30.5), (99.0, 49.0, 1.25))
_NOWHERE = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def picture(seed: int = 0) -> Image.Image:
    noise = Image.effect_noise((15, 10), 80).resize(_SIZE)
    return Image.merge("RGB", (noise, noise.point(lambda v: 255 - v), Image.new("L", _SIZE, 40 + seed)))


def exif(
    *, taken: str = "2020:05:14 10:20:30", place: tuple[tuple[float, ...], ...] | None = None
) -> Image.Exif:
    found = Image.Exif()
    found[0x010F] = "Phone"
    found[0x0132] = "2024:01:01 00:00:00"
    found.get_ifd(0x8769)[0x9003] = taken
    if place:
        gps = found.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", place[0], "E", place[1]
    return found


def encode(kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture().save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    return encode(kind, save_all=True, append_images=[picture(90)], duration=100)


def box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + kind + data


def heic(*, block: bytes = b"", brand: bytes = b"heic") -> bytes:
    """Return a HEIC's boxes around no pixels: a main picture, a tile, and an EXIF item."""
    kinds = box(b"infe", b"\2\0\0\0", b"\0\1\0\0hvc1\0") + box(b"infe", b"\2\0\0\0", b"\0\2\0\0Exif\0")
    sizes = box(b"ispe", b"\0\0\0\0", struct.pack(">II", 512, 512))
    sizes += box(b"ispe", b"\0\0\0\0", struct.pack(">II", 4032, 3024))
    item = struct.pack(">I", 6) + b"Exif\0\0" + block

    def meta(pixels_at: int) -> bytes:
        extents = struct.pack(">HHHII", 1, 0, 1, pixels_at, 100)
        extents += struct.pack(">HHHII", 2, 0, 1, pixels_at + 100, len(item))
        return box(
            b"meta",
            b"\0\0\0\0",
            box(b"iinf", b"\0\0\0\0\0\2", kinds),
            box(b"iloc", b"\0\0\0\0\x44\0", struct.pack(">H", 2), extents),
            box(b"iprp", box(b"ipco", sizes)),
        )

    head = box(b"ftyp", brand, b"\0\0\0\0mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", b"\0" * 100, item)


def tiff() -> bytes:
    return exif(place=_PLACE).tobytes().removeprefix(b"Exif\0\0")


JPEG = encode("JPEG")
PNG = encode("PNG")
_SHORT, _LONG = len(exif().tobytes()), len(exif(place=_PLACE).tobytes())  # "Exif", two zeros and the block
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\x5a" * 500

FACTS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "jpeg": (JPEG, {}),
    "progressive": (encode("JPEG", progressive=True, exif=exif()), {"taken": _TAKEN, "metadata": 4 + _SHORT}),
    "jpeg-place": (
        encode("JPEG", exif=exif(place=_PLACE)),
        {"taken": _TAKEN, "places": ("exif",), "metadata": 4 + _LONG},
    ),
    "jpeg-nowhere": (encode("JPEG", exif=exif(place=_NOWHERE)), {"taken": _TAKEN, "metadata": 4 + _LONG}),
    "jpeg-clock-never-set": (
        encode("JPEG", exif=exif(taken="0000:00:00 00:00:00")),
        {"metadata": 4 + _SHORT},
    ),
    "jpeg-xmp-place": (
        encode("JPEG", xmp=b'<x exif:GPSLatitude="39,22N"/>'),
        {"places": ("xmp",), "metadata": 63},
    ),
    "jpeg-comment": (encode("JPEG", comment=b"x" * 100), {"metadata": 104}),
    "png": (encode("PNG"), {"kind": "PNG"}),
    "png-place": (
        encode("PNG", exif=exif(place=_PLACE)),
        {"kind": "PNG", "taken": _TAKEN, "places": ("exif",), "metadata": 12 + _LONG - 6},
    ),
    "png-moving": (moving("PNG"), {"kind": "PNG", "frames": 2}),
    "webp": (encode("WEBP"), {"kind": "WebP"}),
    "webp-lossless": (encode("WEBP", lossless=True), {"kind": "WebP"}),
    "webp-place": (
        encode("WEBP", exif=exif(place=_PLACE)),
        {"kind": "WebP", "taken": _TAKEN, "places": ("exif",), "metadata": 8 + _LONG - 6},
    ),
    "webp-moving": (moving("WEBP"), {"kind": "WebP", "frames": 2}),
    "gif": (moving("GIF"), {"kind": "GIF"}),
    "heic": (
        heic(block=tiff()),
        {
            "kind": "HEIC",
            "width": 4032,
            "height": 3024,
            "taken": _TAKEN,
            "places": ("exif",),
            "metadata": 4 + _LONG,
        },
    ),
    "heic-cut": (
        heic(block=tiff())[:-50],
        {
            "kind": "HEIC",
            "width": 4032,
            "height": 3024,
            "taken": _TAKEN,
            "metadata": 4 + _LONG,
        }
        | {"whole": False},
    ),
    "avif": (
        heic(block=b"", brand=b"avif"),
        {"kind": "AVIF", "width": 4032, "height": 3024, "metadata": 10},
    ),
    "jpeg-padded": (JPEG + b"\0" * 512, {"appended": 512, "appended_kind": "padding"}),
    "jpeg-film": (JPEG + FILM, {"appended": len(FILM), "appended_kind": "phone"}),
    "jpeg-html": (JPEG + b"<HTML><p>x", {"appended": 10, "appended_kind": "HTML"}),
    "jpeg-cut": (JPEG[:-100], {"whole": False}),
    "jpeg-of-a-rare-process": (JPEG.replace(b"\xff\xc0", b"\xff\xc9"), {"rare": True}),
    "png-changed-on-the-way": (
        PNG[:200] + bytes([PNG[200] ^ 1]) + PNG[201:],
        {"kind": "PNG", "whole": False},
    ),
    "jpeg-without-pixels": (b"\xff\xd8\xff\xd9", {"width": 0, "height": 0}),
}


@pytest.mark.parametrize("name", FACTS)
def test_facts(name: str) -> None:
    data, expected = FACTS[name]
    whole: dict[str, Any] = {"kind": "JPEG", "width": _SIZE[0], "height": _SIZE[1]} | expected
    assert read_photo_facts(data) == PhotoFacts(**whole)


KINDS = {
    b"": "",
    b"hello": "",
    b"BM\0\0": "BMP",
    b"II*\0\x08": "TIFF",
    b"%PDF-1.4": "PDF",
    b"%!PS-Adobe": "EPS",
    b"PK\x03\x04": "ZIP",
    b"Rar!\x1a\x07\0": "RAR",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"RIFF\0\0\0\0AVI ": "video",
    b"\0\0\0\x20ftypqt  ": "video",
    b"\xef\xbb\xbf \n<svg>": "SVG",
    b"<?xml version='1.0'?><svg>": "SVG",
    b"<!DOCTYPE html>": "HTML",
}


@pytest.mark.parametrize("data", KINDS, ids=repr)
def test_what_is_no_photo(data: bytes) -> None:
    assert read_photo_facts(data) == PhotoFacts(kind=KINDS[data])


TAILS = {
    b"": "",
    b"\0\0": "padding",
    b"\r\n": "padding",
    b"<ScRiPt>": "script",
    b"\0\0<?php": "script",
    b"<svg xmlns='x'>": "HTML",
    b"PK\x03\x04" + b"x" * 9: "unknown",
    b"PK\x01\x02..PK\x05\x06" + b"\0" * 18: "ZIP",
    b"xx7z\xbc\xaf\x27\x1c": "7z",
    b"\x7fELF\2": "program",
    b"%PDF-1.7": "PDF",
    FILM + b"<script>": "script",
    JPEG + b"\x01depth": "phone",
    b"\x01\x02SEFH\0\0SEFT\0\0": "phone",
    b"\x01vivo{}": "phone",
    b"\x01" * 300 + b"LIVE_12345": "phone",
    b"\x01\x02\x03": "unknown",
}


@pytest.mark.parametrize("tail", TAILS, ids=lambda t: repr(t[:24]))
def test_what_stands_behind_the_end(tail: bytes) -> None:
    assert name_appended(tail) == TAILS[tail]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_anywhere_is_not_whole(kind: str) -> None:
    data = encode(kind, exif=exif())
    assert read_photo_facts(data).whole
    assert [cut for cut in range(16, len(data)) if read_photo_facts(data[:cut]).whole] == []


HOSTILE: dict[str, Callable[[], bytes]] = {
    "fill bytes": lambda: b"\xff\xd8\xff" + b"\xff" * 25_000_000,
    "stuffed bytes": lambda: b"\xff\xd8\xff\xe0" + b"\xff\x00" * 12_000_000,
    "tiny segments": lambda: b"\xff\xd8" + b"\xff\xe1\x00\x02" * 6_000_000,
    "tiny scans": lambda: b"\xff\xd8" + b"\xff\xda\x00\x02" * 6_000_000,
    "tiny chunks": lambda: b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0aaaa\0\0\0\0" * 2_000_000,
    "tiny frames": lambda: b"RIFF\xff\xff\xff\x01WEBP" + b"ANMF\0\0\0\0" * 3_000_000,
    "tiny boxes": lambda: box(b"ftyp", b"heic\0\0\0\0mif1") + b"\0\0\0\x08free" * 3_000_000,
    "items without size": lambda: (
        box(b"ftyp", b"heic\0\0\0\0mif1")
        + box(b"meta", b"\0" * 4, *[box(b"iloc", b"\1\0\0\0\0\0\xff\xff" + b"\xff" * 900_000)] * 20)
    ),
    "a table of items before much else": lambda: (
        box(b"ftyp", b"heic\0\0\0\0mif1")
        + box(
            b"meta",
            bytes(4),
            box(b"iinf", bytes(6), box(b"infe", b"\2\0\0\0\0\1\0\0hvc1") * 4000),
            box(b"iprp", box(b"ipco", box(b"ispe") * 1000) * 1000),
        )
        + box(b"mdat", bytes(20_000_000))
    ),
    "scans of all components": lambda: (
        b"\xff\xd8\xff\xc2"
        + struct.pack(">HBHHB", 8 + 3 * 255, 8, 64, 64, 255)
        + b"".join(bytes((n, 17, 0)) for n in range(255))
        + (b"\xff\xda\2\4\xff" + b"".join(bytes((n, 0)) for n in range(255)) + b"\0\x3f\0") * 30_000
    ),
    "brackets": lambda: JPEG + b"<HTM" * 6_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_structure_costs_little(name: str) -> None:
    data = HOSTILE[name]()
    start = time.process_time()
    read_photo_facts(data)
    assert time.process_time() - start < 2


_SEEDS = [data for data, _ in FACTS.values()]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(_SEEDS),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8),
    st.integers(0, 5000),
)
def test_no_bytes_raise(seed: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(seed)
    for at, value in changes:
        data[at % len(data)] = value
    read_photo_facts(bytes(data[: cut or None]))


def test_the_check_and_the_build_have_the_same_limits() -> None:
    assert (photo_size.LIMIT, photo_size.MOST_PIXELS) == (faults.MAX_BYTES, faults.MAX_PIXELS)
    assert (photo_size.LONGEST_SIDE, photo_size.SHORTEST_SIDE) == (faults._MAX_SIDE, faults._MIN_SIDE)
