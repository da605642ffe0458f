"""Every picture of a built site is pixels and nothing else: no EXIF, XMP, IPTC, comment, profile or tail."""

from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from tests import small_archive
from tests.conftest import PAIRING, ROOT, MakeArchive
from tests.hostile_photos.formats import canvas, chunk, riff, segment, webp_frame
from tests.scratch_photos import photo, photos_yaml
from tests.strict_images import findings

SECRET = b"39.3722N-99.8194E-PHONE-SERIAL-0815"
PICTURES = {".webp", ".jpg", ".jpeg", ".png", ".gif", ".avif", ".heic", ".heif", ".tif", ".tiff", ".bmp"}


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif[0x0112] = 6
    exif[0x9003] = "2021:02:05 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (39.0, 22.0, 19.9)
    return exif.tobytes()


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _xmp() -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF>" + SECRET + b"</r:RDF></x:xmpmeta>"


def _iptc() -> bytes:
    record = b"\x1c\x02\x78" + len(SECRET).to_bytes(2, "big") + SECRET
    body = b"8BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record
    return segment(0xED, b"Photoshop 3.0\0" + body + b"\0" * (len(body) % 2))


def _jpeg(*segments: bytes, tail: bytes = b"") -> bytes:
    whole = photo()
    return whole[:2] + b"".join(segments) + whole[2:] + tail


def _png(*chunks: bytes, tail: bytes = b"") -> bytes:
    whole = photo(kind="PNG")
    return whole[:33] + b"".join(chunks) + whole[33:] + tail


def _extended_webp() -> bytes:
    frame = webp_frame(photo(kind="WEBP"))
    flags = 0x20 | 0x08 | 0x04
    return riff(
        canvas(400, 300, flags), (b"ICCP", _profile()), frame, (b"EXIF", _exif()[6:]), (b"XMP ", _xmp())
    )


def _lossless() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "WEBP", lossless=True)
    return out.getvalue()


# Each tells something beyond its pixels, and what the strict reading of the file itself says of it.
TALKATIVE: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "exif.jpg": (lambda: photo(exif=_exif()), ["segment 0xe1 b'Exif\\x00\\x00MM\\x00*\\x00\\x00'"]),
    "xmp.jpg": (
        lambda: _jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp())),
        ["segment 0xe1 b'http://ns.ad'"],
    ),
    "iptc.jpg": (lambda: _jpeg(_iptc()), ["segment 0xed b'Photoshop 3.'"]),
    "comment.jpg": (lambda: _jpeg(segment(0xFE, SECRET)), ["segment 0xfe b'39.3722N-99.'"]),
    "profile.jpg": (lambda: photo(icc_profile=_profile()), ["segment 0xe2 b'ICC_PROFILE\\x00'"]),
    "tail.jpg": (lambda: _jpeg(tail=SECRET), [f"{len(SECRET)} bytes behind the end"]),
    "thumbnail.jpg": (
        lambda: _jpeg(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"xyz")),
        ["a thumbnail or a second JFIF header"] * 2,
    ),
    "notes.jpg": (lambda: _jpeg(segment(0xEF, SECRET)), ["segment 0xef b'39.3722N-99.'"]),
    "exif.png": (lambda: _png(chunk(b"eXIf", _exif()[6:])), ["chunk b'eXIf'"]),
    "text.png": (lambda: _png(chunk(b"tEXt", b"Comment\0" + SECRET)), ["chunk b'tEXt'"]),
    "time.png": (lambda: _png(chunk(b"tIME", bytes(7))), ["chunk b'tIME'"]),
    "profile.png": (lambda: photo(kind="PNG", icc_profile=_profile()), ["chunk b'iCCP'"]),
    "tail.png": (lambda: _png(tail=SECRET), [f"{len(SECRET)} bytes behind the end"]),
    "extended.webp": (
        _extended_webp,
        ["chunk b'VP8X'", "chunk b'ICCP'", "chunk b'VP8 '", "chunk b'EXIF'", "chunk b'XMP '"],
    ),
    "strange.webp": (lambda: riff(webp_frame(photo(kind="WEBP")), (b"NOTE", SECRET)), ["chunk b'NOTE'"]),
    "tail.webp": (
        lambda: photo(kind="WEBP") + SECRET,
        [f"{len(SECRET)} bytes behind the end", f"chunk {SECRET[:4]!r}", "a chunk is cut short"],
    ),
    "lossless.webp": (_lossless, ["chunk b'VP8L'"]),
}


@pytest.mark.parametrize("name", TALKATIVE)
def test_the_scan_is_awake(name: str) -> None:
    make, found = TALKATIVE[name]
    assert findings(name, make()) == found


def test_the_scan_knows_no_other_kind_of_picture() -> None:
    assert findings("x.gif", photo(kind="GIF")) == ["not a kind of picture that is published: x.gif"]
    assert findings("x.webp", photo()) == ["no RIFF header"]
    assert findings("x.jpg", photo(kind="WEBP")) == ["no start of image"]
    assert findings("x.jpg", photo()[:-2]) == ["no end of image"]
    assert [findings(f"x.{k.lower()}", photo(kind=k)) for k in ("WEBP", "PNG")] == [[], []]
    assert [findings("x.jpg", photo(progressive=value)) for value in (False, True)] == [[], []]


def _scan(site: Path) -> dict[str, list[str]]:
    """Return what every picture of a site holds besides pixels, by path; nothing for a clean one."""
    pictures = [path for path in sorted(site.rglob("*")) if path.suffix.lower() in PICTURES]
    found = {p.relative_to(site).as_posix(): findings(p.name, p.read_bytes()) for p in pictures}
    assert found
    return {path: each for path, each in found.items() if each}


def test_the_sites_pictures_are_pixels_only(built_site: Path) -> None:
    assert any((built_site / "photos").iterdir())
    assert _scan(built_site) == {}


def test_what_photos_tell_never_reaches_the_site(make_archive: MakeArchive, tmp_path: Path) -> None:
    """Not in a picture, not on a page, not in a data file, whatever kind of photo told it."""
    photos = {name: make() for name, (make, _) in TALKATIVE.items()}
    photos |= {f"all-{name}": data for name, data in _told_at_once().items()}
    record = small_archive.activity("2021-02-05", photos=photos_yaml(*photos))
    files = {f"records/jia/2021/02/05-visit/{name}": data for name, data in photos.items()}
    root = make_archive({**small_archive.base(), "records/jia/2021/02/05-visit/activity.md": record, **files})
    site = tmp_path / "site"
    command: list[str | Path] = [
        PAIRING,
        "build",
        "--root",
        str(root),
        "--site-dir",
        str(site),
        "--as-of",
        "2021-02-20",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert f"{len(photos)} 张图片" in done.stdout
    assert _scan(site) == {}
    originals = {hashlib.sha256(data).hexdigest() for data in photos.values()}
    for path in (p for p in sorted(site.rglob("*")) if p.is_file()):
        data = path.read_bytes()
        assert SECRET not in data, path
        assert hashlib.sha256(data).hexdigest() not in originals, path
        assert not any(digest.encode() in data for digest in originals), path


def _told_at_once() -> dict[str, bytes]:
    jpeg = photo(exif=_exif(), icc_profile=_profile())
    return {
        "01.jpg": jpeg[:2] + _iptc() + segment(0xFE, SECRET) + jpeg[2:] + SECRET,
        "02.webp": _extended_webp() + SECRET,
        "03.png": _png(chunk(b"eXIf", _exif()[6:]), chunk(b"tEXt", b"x\0" + SECRET), tail=SECRET),
    }
