"""The building blocks of picture files, put together as no camera would."""

from __future__ import annotations

import io
import struct
import zlib
from fractions import Fraction
from functools import cache
from typing import Any

import pillow_heif
from av import VideoCodecContext, VideoFrame
from PIL import Image, ImageCms, ImageDraw

PNG = b"\x89PNG\r\n\x1a\n"


def picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Return a picture that is easy to tell from a wrong one: coloured quarters and a line across."""
    made = Image.new("RGB", (width, height), (200, 210, 120))
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, width // 2, height // 2), fill=(220, 40, 30))
    draw.rectangle((width // 2, height // 2, width, height), fill=(30, 60, 210))
    draw.line((0, height, width, 0), fill=(250, 250, 250), width=5)
    return made.convert(mode)


@cache
def encoded(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    """Return a sound picture of a kind that Pillow writes."""
    out = io.BytesIO()
    picture(*size, mode).save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    """Return three pictures that follow each other."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def profile() -> bytes:
    """Return the bytes of an sRGB profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def heic(
    width: int = 640, height: int = 480, claimed: tuple[int, int] | None = None, **options: Any
) -> bytes:
    """Return a HEIC photo, as Apple's phones take them, whose boxes may claim another size."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture(width, height)).save(out, **options)
    whole = out.getvalue()
    if claimed:
        own, other = (b"ispe\0\0\0\0" + struct.pack(">II", *size) for size in ((width, height), claimed))
        whole = whole.replace(own, other)
    return whole


def lossless_jpeg(width: int = 640, height: int = 480) -> bytes:
    """Return a JPEG of the lossless process (ITU-T T.81, annex H), which libjpeg-turbo reads and no browser does."""
    coder = VideoCodecContext.create("ljpeg", "w")
    coder.width, coder.height, coder.pix_fmt, coder.time_base = width, height, "yuvj444p", Fraction(1, 25)
    drawn = picture(width, height)
    frame = VideoFrame(width, height, "rgb24")
    frame.planes[0].update(drawn.tobytes())
    frame = frame.reformat(format="yuvj444p")
    return b"".join(bytes(packet) for packet in coder.encode(frame) + coder.encode(None))


# --- PNG --------------------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk with its right checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, *, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """Return the chunk that claims a PNG's size."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def png(*chunks: bytes, size: tuple[int, int] = (64, 64), pixels: bytes | None = None) -> bytes:
    """Return a PNG with these chunks before its pixels (default: white ones)."""
    rows = (b"\0" + b"\xff" * (3 * size[0])) * size[1] if pixels is None else pixels
    parts = (header(*size), *chunks, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return PNG + b"".join(parts)


def zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros as a zlib stream of a thousandth of their size."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # Each block stands for itself, so one is enough; then an empty last one, and the checksum of zeros.
    checksum = (megabytes << 20) % 65521 << 16 | 1
    return b"\x78\xda" + block * megabytes + b"\x03\0" + struct.pack(">I", checksum)


def black_png(width: int, height: int, *chunks: bytes, interlace: int = 0) -> bytes:
    """Return a black PNG with these chunks before its pixels; made at once, of whatever size, unlike one that is drawn."""
    megabytes = -(-(3 * width + 1) * height >> 20) + 1
    head = header(width, height, interlace=interlace)
    return PNG + head + b"".join(chunks) + chunk(b"IDAT", zeros(megabytes)) + chunk(b"IEND", b"")


# --- JPEG -------------------------------------------------------------------------------------------


def segment(marker: int, data: bytes) -> bytes:
    """Return a JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*segments: bytes, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a sound JPEG with these segments behind its start."""
    whole = encoded("JPEG", size)
    return whole[:2] + b"".join(segments) + whole[2:]


def jpeg_claiming(width: int, height: int) -> bytes:
    """Return a sound JPEG whose frame header claims another size."""
    whole = encoded("JPEG")
    at = whole.index(b"\xff\xc0")
    return whole[: at + 5] + struct.pack(">HH", height, width) + whole[at + 9 :]


def ended(data: bytes, share: float) -> bytes:
    """Return the beginning of a JPEG, this share of it, closed as if it were the whole."""
    return data[: int(len(data) * share)].rstrip(b"\xff") + b"\xff\xd9"


def scan_by_scan(size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG that is not progressive, whose three channels come one after another."""
    grey = encoded("JPEG", size, "L")
    frame, scan = grey.index(b"\xff\xc0"), grey.index(b"\xff\xda")
    channels = b"".join(bytes((number, 0x11, 0)) for number in (1, 2, 3))
    head = segment(0xC0, grey[frame + 4 : frame + 9] + b"\x03" + channels)
    scans = [segment(0xDA, bytes((1, number, 0, 0, 63, 0))) + grey[scan + 10 : -2] for number in (1, 2, 3)]
    return grey[:frame] + head + grey[frame + 13 : scan] + b"".join(scans) + b"\xff\xd9"


def many_scans(side: int, times: int) -> bytes:
    """Return a progressive JPEG of an even grey whose last scan, of a few bytes, comes so many times.

    Each makes a decoder walk over every block of the picture.
    """
    out = io.BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    scan = whole[last:-2]
    tables = whole.rfind(b"\xff\xc4", 0, last)
    if tables > whole.rfind(b"\xff\xda", 0, last):  # its own Huffman table goes with it
        scan = whole[tables:-2]
    return whole[:-2] + scan * times + b"\xff\xd9"


def tiff_directory(entries: bytes, count: int, following: int = 0) -> bytes:
    """Return EXIF as a JPEG segment: one directory that says it has ``count`` entries."""
    body = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", count) + entries + struct.pack("<I", following)
    return segment(0xE1, body)


def tag(number: int, kind: int, count: int, value: int) -> bytes:
    """Return one entry of an EXIF directory."""
    return struct.pack("<HHII", number, kind, count, value)


# --- WebP -------------------------------------------------------------------------------------------


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP of these chunks."""
    body = b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    """Return the chunk that claims a WebP's size."""
    return b"VP8X", bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(
        3, "little"
    )


def webp_frame(data: bytes) -> tuple[bytes, bytes]:
    """Return the pixels' chunk of a simple WebP."""
    length = int.from_bytes(data[16:20], "little")
    return data[12:16], data[20 : 20 + length]


def webp_claiming(width: int, height: int) -> bytes:
    """Return a sound lossy WebP whose frame claims another size (16383 at most)."""
    data = bytearray(encoded("WEBP"))
    data[26:30] = struct.pack("<HH", width, height)
    return bytes(data)
