"""Messages for photos that cannot be published, each with what to do, and the limits of bytes and pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from generator.images import heic

_MIB = 1024 * 1024
MAX_BYTES = 25 * _MIB
MAX_PIXELS = 60_000_000
_MAX_SIDE = 20_000
_MIN_SIDE = 16

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    heic.FORMAT: heic.SUFFIXES,
}

# Known by their first bytes, so that the message can name what the file really is.
_OTHERS = (
    (b"GIF8", " GIF 动图"),
    (b"II*\0", " TIFF 图片"),
    (b"MM\0*", " TIFF 图片"),
    (b"BM", " BMP 图片"),
    (b"%PDF", " PDF 文档"),
    (b"PK\x03\x04", "压缩包或 Office 文档"),
    (b"<svg", " SVG 图形"),
    (b"<?xml", " SVG 图形"),
    (b"<!DOC", "网页"),
    (b"<html", "网页"),
    (b"%!PS", " EPS 图形"),
)
_TO_JPEG = "在手机“设置—相机—格式”里选“兼容性最佳”，或另存为 JPG 后重新上传"
_AGAIN = "在手机或电脑上打开这张照片，另存为 JPG 后重新上传"
_REPLACE = "在手机或电脑上打开这张照片，另存为 JPG 后换掉这一张"
_REDUCE = "缩小后重新上传，长边 2000 像素左右就够"
_SMALLER = (
    "用 pairing photos add 重新加入，会缩小到网站够用的大小；或在手机或电脑上缩小、另存为 JPG 后重新上传"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a photo cannot be published and what to do, both in Chinese."""

    message: str
    fix: str


def report_empty_file() -> Fault:
    """Return the fault of a file without a byte."""
    return Fault(message="图片是空文件（0 字节）", fix="重新上传这张图片")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most bytes and pixels that a photo may have."""

    bytes: int = MAX_BYTES
    pixels: int = MAX_PIXELS


PUBLISHED = Bounds()
"""Of a photo in the archive."""
OFFERED = Bounds(bytes=100 * _MIB, pixels=220_000_000)
"""Of a photo that is to be made small: phones take up to 200 megapixels."""


def report_too_many_bytes(bounds: Bounds = PUBLISHED) -> Fault:
    """Return the fault of a file of more bytes than a photo may have."""
    return Fault(message=f"图片超过 {bounds.bytes // _MIB} MB", fix=_advise_smaller(bounds))


def report_damage() -> Fault:
    """Return the fault of a photo that cannot be read to its end."""
    return Fault(message="图片已损坏，打不开或不完整", fix="重新上传原图；若原图也打不开，就换一张")


def report_too_much_memory() -> Fault:
    """Return the fault of a photo that took more memory than its process may."""
    return Fault(message="处理这张图片需要的内存超过上限", fix=_SMALLER)


def check_suffix(kind: str, name: str) -> Fault | None:
    """Return the fault of a file whose suffix is not that of its content.   kind: Pillow's name of the format."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES[kind]:
        if kind == heic.FORMAT:
            return Fault(message=f"文件名是 {suffix}，内容却是 HEIC", fix=_TO_JPEG)
        right = PurePath(name).stem + _SUFFIXES[kind][0]
        return Fault(
            message=f"文件名是 {suffix}，内容却是 {kind}", fix=f"改名为 {right}，activity.md 里的文件名一并改"
        )
    return None


def report_animation() -> Fault:
    """Return the fault of an animation."""
    return Fault(message="这是动图，不是照片", fix="换一张静止的照片（JPG、PNG 或 WebP）")


def check_size(width: int, height: int, bounds: Bounds = PUBLISHED) -> Fault | None:
    """Return the fault of a picture of more or of fewer pixels than a photo may have, and None of others."""
    if width * height > bounds.pixels or max(width, height) > _MAX_SIDE:
        return report_too_many_pixels(bounds)
    if min(width, height) < _MIN_SIDE:
        return Fault(message=f"图片只有 {width}×{height} 像素，看不清", fix="换一张更大的照片")
    return None


def report_too_many_pixels(bounds: Bounds = PUBLISHED) -> Fault:
    """Return the fault of a picture of more pixels than a photo may have."""
    limit = bounds.pixels // 10_000
    return Fault(message=f"图片尺寸过大（上限 {limit} 万像素）", fix=_advise_smaller(bounds))


def _advise_smaller(bounds: Bounds) -> str:
    return _SMALLER if bounds == PUBLISHED else _REDUCE


def report_missing_heic_reader() -> Fault:
    """Return the fault of a HEIC where the package that reads it is not installed."""
    return Fault(
        message="这是苹果手机的 HEIC 图片，这台电脑还不会读",
        fix="运行 pip install pillow-heif 装上附加包，再来一次；"
        "或在手机“设置—相机—格式”里选“兼容性最佳”、经微信转存（不勾“原图”），换成 JPG",
    )


def report_other_content(data: bytes) -> Fault:
    """Return the fault of bytes that are no picture of a kind that is read, and what they seem to be."""
    head = data[:16].lstrip()
    if data[4:8] == b"ftyp":
        return Fault(
            message="这是 HEIC 等格式的图片或视频，网页显示不了",
            fix=_TO_JPEG,
        )
    for mark, what in _OTHERS:
        if head.startswith(mark):
            return Fault(message=f"这是{what}，不是 JPG、PNG 或 WebP 照片", fix=_AGAIN)
    return Fault(message="文件内容不是 JPG、PNG 或 WebP 图片", fix=_AGAIN)


def report_too_many_layers() -> Fault:
    """Return the fault of a JPEG with so many scans that a few bytes keep a decoder busy for minutes."""
    return Fault(message="这张 JPEG 由几十层叠成，不是正常的照片", fix=_REPLACE)


def report_rare_coding() -> Fault:
    """Return the fault of a JPEG that browsers do not know."""
    return Fault(message="这张 JPEG 的编码少见（无损、算术编码或 12 位），浏览器打不开", fix=_REPLACE)


def report_too_much_time() -> Fault:
    """Return the fault of a photo whose decoder did not come to an end."""
    return Fault(message="处理这张图片的时间超过上限", fix=_REPLACE)


def report_crash() -> Fault:
    """Return the fault of a photo on which a decoder crashed."""
    return Fault(message="处理这张图片时解码程序意外退出", fix=_REPLACE)


def report_unreadable_file(reason: str) -> Fault:
    """Return the fault of a file that the system refuses to open, with its ``reason``."""
    return Fault(message=f"图片读不出来（{reason}）", fix="检查文件是否存在、能否打开，再重新上传")


def report_altered_file() -> Fault:
    """Return the fault of a file that changed after it was first read."""
    return Fault(message="图片在处理期间被改动", fix="再运行一次这个命令")


def report_still_too_large() -> Fault:
    """Return the fault of a photo that has too many bytes at every size that it may be reduced to."""
    return Fault(message="照片缩小后仍然太大", fix="换一张照片")
