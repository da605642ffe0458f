"""A photo is the kind of picture that its suffix says.

查什么
`.jpg` 里是 JPEG 图片，`.png` 里是 PNG 图片，`.webp` 里是 WebP 图片，文件不是空的。

为什么
把 `.heic` 直接改名成 `.jpg`，里面并没有变，别人仍然打不开，网站也做不出小图。

怎么改
| 情形 | 怎么办 |
| --- | --- |
| 苹果手机的 HEIC | 经微信转存（不勾“原图”），或在“设置”“相机”“格式”里选“兼容性最佳”后重拍 |
| PNG 改名成了 `.jpg` | 改回 `.png`，`photos` 里也写 `.png` |
| GIF、BMP 等 | 用画图软件打开，“另存为”JPEG |
| 文件是空的 | 上传没有完成，重新上传 |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.records import PhotoFile
from generator.rules.rule import Rule, problem

_SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WebP": (".webp",)}
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP 压缩包或 Word"),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        for photo in activity.photo_files:
            found = _kind(photo.head)
            if photo.name.lower().endswith(_SUFFIXES.get(found, ())) and photo.size:
                continue
            if photo.head or not photo.size:
                message, fix = _advice(photo, found)
                yield problem(RULE.slug, photo.file.span(), message, fix, excerpt="")


def _kind(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return "HEIC" if head[8:12] in _HEIC_BRANDS else "AVIF" if head[8:12] == b"avif" else "一段视频"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


def _advice(photo: PhotoFile, found: str) -> tuple[str, str]:
    name = photo.name
    if not photo.size:
        return f"图片“{name}”是空的", "上传没有完成，重新上传这张图片"
    if found in _SUFFIXES:
        right = name.rpartition(".")[0] + _SUFFIXES[found][0]
        return (
            f"“{name}”里面是 {found} 图片，与扩展名不符",
            f"改名为 {right}，activity.md 里的 file 也写 {right}",
        )
    if found == "HEIC":
        return (
            f"“{name}”里面是苹果手机的 HEIC 图片，别人打不开",
            "经微信转存（不勾“原图”）成真正的 .jpg，换掉这一张",
        )
    if found == "一段视频":
        return f"“{name}”里面是一段视频，不是图片", "截一张图存为真正的 .jpg，换掉这一张"
    if found:
        return (
            f"“{name}”里面是 {found}，不是 JPEG、PNG 或 WebP 图片",
            "用画图软件打开，“另存为”JPEG，换掉这一张",
        )
    return f"“{name}”里面不是图片，或文件已损坏", "重新从手机导出这张图片，再上传"


RULE = Rule(
    slug="photo-content",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片的内容与扩展名相符",
    check=_check,
    module=__name__,
)
