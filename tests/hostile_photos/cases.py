"""Hostile and broken photos, one of each kind, and what must become of each: a refusal in these words, or a picture."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from generator.images.faults import MAX_BYTES
from tests.hostile_photos.formats import (
    PNG,
    black_png,
    canvas,
    chunk,
    encoded,
    ended,
    header,
    heic,
    jpeg_claiming,
    jpeg_with,
    lossless_jpeg,
    many_scans,
    moving,
    picture,
    png,
    profile,
    riff,
    scan_by_scan,
    segment,
    tag,
    tiff_directory,
    webp_claiming,
    webp_frame,
    zeros,
)

PUBLISHED = ""
DAMAGED = "图片已损坏，打不开或不完整"
RARE = "这张 JPEG 的编码少见（无损、算术编码或 12 位），浏览器打不开"
HUGE = "图片尺寸过大（上限 6000 万像素）"
UNKNOWN = "文件内容不是 JPG、PNG 或 WebP 图片"
MOVING = "这是动图，不是照片"
_SECRET = b"SECRET-WORD-OF-THE-PHOTO"
_SCRIPT = b"<html><body><script>alert('" + _SECRET + b"')</script></body></html>"


def other(what: str) -> str:
    """Return the refusal of a file that is something else."""
    return f"这是{what}，不是 JPG、PNG 或 WebP 照片"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A hostile photo: ``expected`` is the whole refusal, or :data:`PUBLISHED` for a picture of pixels only.

    deep: only whoever decodes its pixels sees what is wrong.
    light: the same in few pixels, where one of as many as a build publishes takes long.
    """

    kind: str
    suffix: str
    make: Callable[[], bytes]
    expected: str
    deep: bool = False
    light: Callable[[], bytes] | None = None


def _case(
    kind: str,
    suffix: str,
    make: Callable[[], bytes],
    expected: str,
    *,
    deep: bool = False,
    light: Callable[[], bytes] | None = None,
) -> Case:
    return Case(kind=kind, suffix=suffix, make=make, expected=expected, deep=deep, light=light)


def _random(length: int) -> bytes:
    return random.Random(1).randbytes(length)  # noqa: S311  # the same bytes each time


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", _SECRET * 20)
    return out.getvalue()


def _large(width: int, height: int, kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 90)).save(out, kind)
    return out.getvalue()


def _two_pictures(second: bytes) -> bytes:
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(320, 240)])
    whole = out.getvalue()
    at = whole.rindex(b"\xff\xd8\xff")
    return whole[:at] + second + whole[at + len(second) :]


def _fake_kind(mark: bytes) -> bytes:
    return mark + _random(4000)


def _with_broken_exif(jpeg: bytes) -> bytes:
    return jpeg[:2] + segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff") + jpeg[2:]


def _jpeg_of_frame(marker: int, *, bits: int = 8) -> bytes:
    whole = encoded("JPEG")
    at = whole.index(b"\xff\xc0")
    return whole[: at + 1] + bytes((marker,)) + whole[at + 2 : at + 4] + bytes((bits,)) + whole[at + 5 :]


_BROKEN = (
    _case("zero bytes", ".jpg", lambda: b"", "图片是空文件（0 字节）"),
    _case("one byte", ".jpg", lambda: b"\xff", UNKNOWN),
    _case("text", ".jpg", "这不是图片".encode, UNKNOWN),
    _case("random bytes", ".jpg", lambda: _random(200_000), UNKNOWN),
    _case("random behind a JPEG's start", ".jpg", lambda: b"\xff\xd8\xff\xe0" + _random(200_000), UNKNOWN),
    _case("random behind a PNG's start", ".png", lambda: PNG + _random(200_000), DAMAGED),
    _case("JPEG cut in its header", ".jpg", lambda: encoded("JPEG")[:200], DAMAGED),
    _case("JPEG cut in the middle", ".jpg", lambda: encoded("JPEG", (3000, 2000))[:30_000], DAMAGED),
    _case("JPEG without its last bytes", ".jpg", lambda: encoded("JPEG")[:-40], DAMAGED),
    _case("JPEG whose second half is zeros", ".jpg", lambda: encoded("JPEG")[:4000] + bytes(4000), DAMAGED),
    _case("progressive JPEG cut", ".jpg", lambda: encoded("JPEG", progressive=True)[:5000], DAMAGED),
    _case("half a JPEG with an end mark", ".jpg", lambda: ended(encoded("JPEG"), 0.5), DAMAGED, deep=True),
    _case(
        "half a JPEG with restarts and an end mark",
        ".jpg",
        lambda: ended(encoded("JPEG", restart_marker_blocks=7), 0.5),
        DAMAGED,
        deep=True,
    ),
    _case(
        "half a JPEG and a whole one",
        ".jpg",
        lambda: encoded("JPEG")[:4000] + encoded("JPEG"),
        DAMAGED,
        deep=True,
    ),
    _case(
        "half a JPEG in CMYK with an end mark",
        ".jpg",
        lambda: ended(encoded("JPEG", mode="CMYK"), 0.5),
        DAMAGED,
        deep=True,
    ),
    _case(
        "half a progressive JPEG with an end mark",
        ".jpg",
        lambda: ended(encoded("JPEG", progressive=True), 0.5),
        DAMAGED,
    ),
    _case(
        "most of a progressive JPEG with an end mark",
        ".jpg",
        lambda: ended(encoded("JPEG", (1600, 1200), progressive=True), 0.97),
        DAMAGED,
        deep=True,
    ),
    _case("JPEG scan by scan", ".jpg", scan_by_scan, PUBLISHED),
    _case(
        "progressive JPEG with broken EXIF",
        ".jpg",
        lambda: _with_broken_exif(encoded("JPEG", progressive=True)),
        PUBLISHED,
    ),
    _case("JPEG scan by scan, two of three", ".jpg", lambda: ended(scan_by_scan(), 0.6), DAMAGED),
    _case(
        "JPEG scan by scan, the last one cut", ".jpg", lambda: ended(scan_by_scan(), 0.8), DAMAGED, deep=True
    ),
    _case("PNG cut in its header", ".png", lambda: encoded("PNG")[:20], DAMAGED),
    _case("PNG cut in the middle", ".png", lambda: encoded("PNG")[:1500], DAMAGED),
    _case("PNG with a wrong checksum", ".png", lambda: _wrong_sum(encoded("PNG")), DAMAGED),
    _case("PNG with half its rows", ".png", lambda: png(pixels=bytes(64 * 32)), DAMAGED),
    _case("WebP cut in its header", ".webp", lambda: encoded("WEBP")[:25], DAMAGED),
    _case("WebP cut in the middle", ".webp", lambda: encoded("WEBP")[:1200], DAMAGED),
    _case("WebP without pixels", ".webp", lambda: riff(canvas(64, 64)), DAMAGED),
    _case("HEIC cut in its header", ".heic", lambda: heic()[:100], DAMAGED),
    _case("HEIC cut in the middle", ".heic", lambda: heic()[:2000], DAMAGED),
    _case("JPEG without losses", ".jpg", lossless_jpeg, RARE),
    _case("half a JPEG without losses, with an end mark", ".jpg", lambda: ended(lossless_jpeg(), 0.5), RARE),
    _case("JPEG that says it is without losses", ".jpg", lambda: _jpeg_of_frame(0xC3), RARE),
    _case("JPEG in arithmetic coding", ".jpg", lambda: _jpeg_of_frame(0xC9), RARE),
    _case("JPEG of 12 bits", ".jpg", lambda: _jpeg_of_frame(0xC1, bits=12), RARE),
    _case("JPEG of extended process", ".jpg", lambda: _jpeg_of_frame(0xC1), PUBLISHED),
)


def _wrong_sum(whole: bytes) -> bytes:
    at = whole.index(b"IDAT") + 40
    return whole[:at] + bytes((whole[at] ^ 0xFF,)) + whole[at + 1 :]


_OTHER_KINDS = (
    _case("PNG named .jpg", ".jpg", lambda: encoded("PNG"), "文件名是 .jpg，内容却是 PNG"),
    _case("WebP named .jpeg", ".jpeg", lambda: encoded("WEBP"), "文件名是 .jpeg，内容却是 WEBP"),
    _case("JPEG named .heic", ".heic", lambda: encoded("JPEG"), "文件名是 .heic，内容却是 JPEG"),
    _case("JPEG named .png", ".png", lambda: encoded("JPEG"), "文件名是 .png，内容却是 JPEG"),
    _case("JPEG named .webp", ".webp", lambda: encoded("JPEG"), "文件名是 .webp，内容却是 JPEG"),
    _case("GIF", ".jpg", lambda: encoded("GIF"), other(" GIF 动图")),
    _case("TIFF, little-endian", ".jpg", lambda: encoded("TIFF"), other(" TIFF 图片")),
    _case("TIFF, big-endian", ".jpg", lambda: _fake_kind(b"MM\0*"), other(" TIFF 图片")),
    _case("BMP", ".jpg", lambda: encoded("BMP"), other(" BMP 图片")),
    _case("SVG", ".png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", other(" SVG 图形")),
    _case("SVG with an XML head", ".png", lambda: b"\n<?xml version='1.0'?><svg/>", other(" SVG 图形")),
    _case(
        "EPS",
        ".jpg",
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
        other(" EPS 图形"),
    ),
    _case("PDF", ".jpg", lambda: encoded("PDF"), other(" PDF 文档")),
    _case("ZIP", ".jpg", _zip, other("压缩包或 Office 文档")),
    _case("HTML", ".jpg", lambda: _SCRIPT, other("网页")),
    _case("ICO", ".png", lambda: encoded("ICO", (64, 64)), UNKNOWN),
    _case("JPEG 2000", ".jpg", lambda: encoded("JPEG2000"), UNKNOWN),
    _case(
        "video",
        ".jpg",
        lambda: b"\0\0\0\x18ftypisom" + _random(4000),
        "这是 HEIC 等格式的图片或视频，网页显示不了",
    ),
    _case("HEIC named .jpg", ".jpg", heic, "文件名是 .jpg，内容却是 HEIC"),
    _case("moving GIF", ".jpg", lambda: moving("GIF"), other(" GIF 动图")),
    _case("moving WebP", ".webp", lambda: moving("WEBP"), MOVING),
    _case("moving PNG", ".png", lambda: moving("PNG"), MOVING),
)


_BOMBS = (
    _case("PNG claiming 50,000 × 50,000", ".png", lambda: PNG + header(50_000, 50_000) + _idat(b"\0"), HUGE),
    _case("PNG claiming 2³¹ × 2³¹", ".png", lambda: PNG + header(2**31 - 1, 2**31 - 1) + _idat(b"\0"), HUGE),
    _case("JPEG claiming 50,000 × 50,000", ".jpg", lambda: jpeg_claiming(50_000, 50_000), HUGE),
    _case("JPEG claiming 9,000 × 6,000", ".jpg", lambda: jpeg_claiming(9_000, 6_000), DAMAGED, deep=True),
    _case("JPEG claiming no height", ".jpg", lambda: jpeg_claiming(640, 0), UNKNOWN),
    _case("HEIC claiming 50,000 × 50,000", ".heic", lambda: heic(claimed=(50_000, 50_000)), HUGE),
    _case("HEIC claiming 2³¹ × 2³¹", ".heic", lambda: heic(claimed=(2**31, 2**31)), DAMAGED),
    _case("WebP claiming 16,383 × 16,383", ".webp", lambda: webp_claiming(16_383, 16_383), HUGE),
    _case(
        "WebP canvas of 2²⁴ × 200",
        ".webp",
        lambda: riff(canvas(2**24, 200), webp_frame(encoded("WEBP"))),
        DAMAGED,
    ),
    _case("PNG of 1.2 GB in 1.2 MB", ".png", lambda: _zlib_bomb(20_000, 20_000, 1200), HUGE),
    _case("PNG of 172 MB in 175 KB", ".png", lambda: _zlib_bomb(7_700, 7_700, 172), PUBLISHED),
    _case("small PNG with 500 MB behind its rows", ".png", lambda: _zlib_bomb(400, 300, 500), PUBLISHED),
    _case("61 megapixels", ".jpg", lambda: _large(9_600, 6_400, "JPEG"), HUGE),
    _case("60 megapixels", ".jpg", lambda: _large(9_000, 6_666, "JPEG"), PUBLISHED),
    _case(
        "60 megapixels, progressive",
        ".jpg",
        lambda: encoded("JPEG", (9_000, 6_666), progressive=True),
        PUBLISHED,
    ),
    _case("1 × 60,000", ".png", lambda: _large(1, 60_000, "PNG"), HUGE),
    _case("60,000 × 1", ".jpg", lambda: _large(60_000, 1, "JPEG"), HUGE),
    _case("15 × 3,000", ".png", lambda: _large(15, 3_000, "PNG"), "图片只有 15×3000 像素，看不清"),
    _case("1 × 1", ".png", lambda: _large(1, 1, "PNG"), "图片只有 1×1 像素，看不清"),
    _case("25 MB and one byte", ".jpg", lambda: encoded("JPEG") + bytes(MAX_BYTES), "图片超过 25 MB"),
    _case("24 MB of notes", ".jpg", lambda: jpeg_with(*[segment(0xFE, _SECRET * 2500)] * 400), PUBLISHED),
)


def _idat(data: bytes) -> bytes:
    return chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def _zlib_bomb(width: int, height: int, megabytes: int) -> bytes:
    return PNG + header(width, height) + chunk(b"IDAT", zeros(megabytes)) + chunk(b"IEND", b"")


_POLYGLOTS = (
    _case("JPEG and ZIP", ".jpg", lambda: encoded("JPEG") + _zip(), PUBLISHED),
    _case("JPEG and HTML", ".jpg", lambda: encoded("JPEG") + _SCRIPT, PUBLISHED),
    _case("JPEG with HTML as its comment", ".jpg", lambda: jpeg_with(segment(0xFE, _SCRIPT)), PUBLISHED),
    _case(
        "JPEG that is a script", ".jpg", lambda: jpeg_with(segment(0xE7, b"*/=" + _SECRET + b"/*")), PUBLISHED
    ),
    _case("PNG and HTML", ".png", lambda: encoded("PNG") + _SCRIPT, PUBLISHED),
    _case("PNG and ZIP", ".png", lambda: encoded("PNG") + _zip(), PUBLISHED),
    _case("PNG with HTML as its text", ".png", lambda: png(chunk(b"tEXt", b"Title\0" + _SCRIPT)), PUBLISHED),
    _case("WebP and ZIP", ".webp", lambda: encoded("WEBP") + _zip(), PUBLISHED),
    _case(
        "WebP with a strange chunk",
        ".webp",
        lambda: riff(webp_frame(encoded("WEBP")), (b"EVIL", _SCRIPT)),
        PUBLISHED,
    ),
    _case("HEIC and ZIP", ".heif", lambda: heic() + _zip(), PUBLISHED),
    _case("GIF and JAR", ".jpg", lambda: encoded("GIF") + _zip(), other(" GIF 动图")),
    _case("PDF and JPEG", ".jpg", lambda: b"%PDF-1.7\n" + encoded("JPEG"), other(" PDF 文档")),
    _case("HTML and JPEG", ".jpg", lambda: _SCRIPT + encoded("JPEG"), other("网页")),
    _case("two pictures (MPO)", ".jpg", lambda: _two_pictures(b"\xff\xd8\xff"), PUBLISHED),
    _case("two pictures, the second broken", ".jpg", lambda: _two_pictures(_random(300)), PUBLISHED),
)


def _icc_segments(data: bytes) -> bytes:
    parts = [data[at : at + 65_000] for at in range(0, len(data), 65_000)]
    return b"".join(
        segment(0xE2, b"ICC_PROFILE\0" + bytes((number, len(parts))) + part)
        for number, part in enumerate(parts, 1)
    )


def _exif(entries: bytes, count: int, following: int = 0) -> bytes:
    return jpeg_with(tiff_directory(entries, count, following))


_METADATA = (
    _case("ICC profile that is noise", ".jpg", lambda: encoded("JPEG", icc_profile=_random(5000)), PUBLISHED),
    _case("ICC profile of 16 MB", ".jpg", lambda: jpeg_with(_icc_segments(profile() + bytes(16_000_000))), PUBLISHED),
    _case("ICC profile in 255 parts, most missing", ".jpg", lambda: jpeg_with(
        segment(0xE2, b"ICC_PROFILE\0\xff\xff" + profile())), PUBLISHED),
    _case("ICC profile that claims 4 GB", ".jpg", lambda: encoded(
        "JPEG", icc_profile=b"\xff\xff\xff\xff" + profile()[4:128] + b"\xff\xff\xff\xff" + profile()[132:]), PUBLISHED),
    _case("iCCP of 400 MB in 400 KB", ".png", lambda: png(chunk(b"iCCP", b"x\0\0" + zeros(400))), PUBLISHED),
    _case("zTXt of 400 MB in 400 KB", ".png", lambda: png(chunk(b"zTXt", b"x\0\0" + zeros(400))), PUBLISHED),
    _case("iTXt of 400 MB in 400 KB", ".png", lambda: png(chunk(b"iTXt", b"x\0\1\0\0\0" + zeros(400))), PUBLISHED),
    _case("a hundred zTXt of 1 MB", ".png", lambda: png(*[chunk(b"zTXt", b"x\0\0" + zeros(1)[:-1])] * 100), PUBLISHED),
    _case("EXIF of 65,535 entries", ".jpg", lambda: _exif(tag(0x112, 3, 1, 6) * 5000, 0xFFFF), PUBLISHED),
    _case("EXIF value of 4 GB", ".jpg", lambda: _exif(tag(0x10F, 2, 0xFFFFFFFF, 8), 1), PUBLISHED),
    _case("EXIF directory that follows itself", ".jpg", lambda: _exif(tag(0x112, 3, 1, 1), 1, 8), PUBLISHED),
    _case("EXIF directories within each other", ".jpg", lambda: _exif(
        tag(0x8769, 4, 1, 8) + tag(0x8825, 4, 1, 8) + tag(0xA005, 4, 1, 8), 3), PUBLISHED),
    _case("EXIF orientation of 99", ".jpg", lambda: _exif(tag(0x112, 3, 1, 99), 1), PUBLISHED),
    _case("EXIF orientation in words", ".jpg", lambda: _exif(tag(0x112, 2, 4, 0x41414141), 1), PUBLISHED),
    _case("EXIF in a PNG, cut", ".png", lambda: png(chunk(b"eXIf", b"II*\0\x08\0\0\0\xff\xff")), PUBLISHED),
    _case("XMP of 60 KB, unclosed", ".jpg", lambda: jpeg_with(
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<x:xmpmeta>" * 5000)), PUBLISHED),
)  # fmt: skip


_SLOW = (
    _case("JPEG of 1,000 scans", ".jpg", lambda: many_scans(7_700, 1_000), "这张 JPEG 由几十层叠成，不是正常的照片"),
    _case("JPEG of 50 scans", ".jpg", lambda: many_scans(7_700, 44), PUBLISHED,
          light=lambda: many_scans(1_600, 44)),
    _case("JPEG of six million parts", ".jpg", lambda: jpeg_with(segment(0xFE, b"") * 6_000_000), DAMAGED),
    _case("PNG of two million parts", ".png", lambda: png(chunk(b"teSt", b"") * 2_000_000), DAMAGED),
    _case("PNG whose pixels come in a million parts", ".png", lambda: _crumbs(1_000_000), DAMAGED),
    _case("WebP of three million parts", ".webp", lambda: riff(
        canvas(640, 480), *[(b"JUNK", b"")] * 3_000_000, webp_frame(encoded("WEBP"))), DAMAGED),
    _case("lossless WebP of 60 megapixels", ".webp", lambda: encoded(
        "WEBP", (9_000, 6_666), lossless=True, method=0), PUBLISHED,
          light=lambda: encoded("WEBP", lossless=True, method=0)),
    _case("lossless WebP of 20 megapixels", ".webp", lambda: encoded(
        "WEBP", (5_200, 3_900), lossless=True, method=0), PUBLISHED),
    _case("WebP of 60 megapixels", ".webp", lambda: encoded(
        "WEBP", (9_000, 6_666), quality=10, method=0), PUBLISHED, light=lambda: encoded("WEBP", quality=10)),
    _case("WebP of 61 megapixels", ".webp", lambda: encoded(
        "WEBP", (9_600, 6_400), quality=10, method=0), HUGE),
    _case("WebP of 60 megapixels, half of it", ".webp", lambda: _half(encoded(
        "WEBP", (9_000, 6_666), quality=10, method=0)), DAMAGED),
    _case("WebP of 4 megapixels that claims 60", ".webp", lambda: riff(
        canvas(9_000, 6_666), webp_frame(encoded("WEBP", (2_300, 1_725), method=0))), DAMAGED),
    _case("WebP that moves, 60 megapixels each", ".webp", lambda: riff(
        canvas(9_000, 6_666, flags=2), (b"ANIM", bytes(6)), *[(b"ANMF", bytes(16))] * 3), MOVING),
    _case("large WebP with a web page behind it", ".webp", lambda: encoded(
        "WEBP", (5_200, 3_900), method=0) + b"<html><script>alert(1)</script>", PUBLISHED),
    _case("large WebP called .jpg", ".jpg", lambda: encoded(
        "WEBP", (5_200, 3_900), method=0), "文件名是 .jpg，内容却是 WEBP"),
    _case("interlaced PNG of 60 megapixels", ".png", lambda: black_png(7_700, 7_700, interlace=1), PUBLISHED,
          light=lambda: black_png(1_600, 1_200, interlace=1)),
    _case("progressive JPEG in CMYK, 30 megapixels", ".jpg", lambda: encoded(
        "JPEG", (6_000, 5_000), mode="CMYK", progressive=True), PUBLISHED),
)  # fmt: skip


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _crumbs(count: int) -> bytes:
    whole = png(size=(64, 64))
    at = whole.index(b"IDAT") - 4
    return whole[:at] + chunk(b"IDAT", b"") * count + whole[at:]


CASES = (*_BROKEN, *_OTHER_KINDS, *_BOMBS, *_POLYGLOTS, *_METADATA, *_SLOW)
SECRET = _SECRET
assert len({case.kind for case in CASES}) == len(CASES)
