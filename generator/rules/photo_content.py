"""A photo is of the type that its suffix says, complete, and not animated.

查什么
`.jpg` 里是 JPEG 图片，`.png` 里是 PNG 图片，`.webp` 里是 WebP 图片，`.heic` 里是 HEIC 图片；文件不是空的，没有缺一截，也不是动图。

检查一次改动（合并请求，或 `pairing check --only`、`--changed-since`）时，动过的图片还照生成网站的办法逐张打开：网站不会发布的，合并以前就在这里指出来，并说明原因。一共只看 4 分钟，看不完的也算错误。检查全部记录时不打开图片。

为什么
把 `.heic` 直接改名成 `.jpg`，里面并没有变，别人仍然打不开。传了一半的图片，网站也做不出小图。

怎么改
| 情形 | 怎么办 |
| --- | --- |
| 苹果手机的 HEIC 改名成了 `.jpg` | 经微信转存（不勾“原图”），或在“设置”“相机”“格式”里选“兼容性最佳”后重拍 |
| PNG 改名成了 `.jpg` | 改回 `.png`，`photos` 里也写 `.png` |
| GIF、BMP 等 | 用画图软件打开，“另存为”JPEG |
| 动图 | 换一张静止的照片 |
| 由几十层叠成的 JPEG，无损、算术编码或 12 位的 JPEG | 打开它，另存为 JPG |
| 文件是空的、不完整 | 上传没有完成，重新上传 |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import PhotoFacts
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_SUFFIXES = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WebP": (".webp",),
    "HEIC": (".heic", ".heif"),
}
_OTHERS = {
    "video": "一段视频",
    "ZIP": "ZIP 压缩包或 Word 文档",
    "RAR": "RAR 压缩包",
    "7z": "7z 压缩包",
    "DOC": "Word 文档",
    "PDF": "PDF 文档",
    "HTML": "网页",
    "SVG": "SVG 图形",
    "EPS": "EPS 图形",
}


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if not photo.size:
                advice = f"图片“{photo.name}”是空的", "上传没有完成，重新上传这张图片"
            elif photo.facts is None or (found := _advice(photo.name, photo.facts)) is None:
                continue
            else:
                advice = found
            yield make_problem(RULE.slug, photo.file.make_span(), *advice, excerpt="")


def _advice(name: str, facts: PhotoFacts) -> tuple[str, str] | None:
    """Return what is wrong with a photo and how to mend it, or ``None``."""
    kind = facts.kind
    suffixes = _SUFFIXES.get(kind)
    if suffixes is None:
        return _other(name, kind)
    if not name.lower().endswith(suffixes):
        if kind == "HEIC":
            return (
                f"“{name}”里面是苹果手机的 HEIC 图片，别人打不开",
                "经微信转存（不勾“原图”）成真正的 .jpg，换掉这一张",
            )
        right = name.rpartition(".")[0] + suffixes[0]
        return (
            f"“{name}”里面是 {kind} 图片，与扩展名不符",
            f"改名为 {right}，记录里的 file 也写 {right}",
        )
    if not facts.whole or not facts.width or not facts.height:
        return f"图片“{name}”不完整，打开只有一部分或打不开", "重新上传这张图片；原图也打不开的，换一张"
    if facts.too_many_scans:
        return f"“{name}”由几十层叠成，不是正常的照片", "在手机或电脑上打开它，另存为 JPG 后换掉这一张"
    if facts.rare:
        return (
            f"“{name}”的编码少见（无损、算术编码或 12 位），浏览器打不开",
            "在手机或电脑上打开它，另存为 JPG 后换掉这一张",
        )
    if facts.frames > 1:
        return f"“{name}”是动图，不是照片", "换一张静止的照片"
    return None


def _other(name: str, kind: str) -> tuple[str, str]:
    if not kind:
        return f"“{name}”里面不是图片，或文件已损坏", "重新从手机导出这张图片，再上传"
    if kind == "video":
        return f"“{name}”里面是一段视频，不是图片", "截一张图存为真正的 .jpg，换掉这一张"
    if kind in _OTHERS:
        return f"“{name}”里面是{_spaced(_OTHERS[kind])}，不是照片", "换成照片；要留的图，截图存为 .jpg"
    return (
        f"“{name}”里面是 {kind}，不是 JPEG、PNG 或 WebP 图片",
        "用画图软件打开，“另存为”JPEG，换掉这一张",
    )


def _spaced(text: str) -> str:
    return f" {text}" if text[0].isascii() else text


RULE = Rule(
    slug="photo-content",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片的内容与扩展名相符，完整，不是动图",
    check=_check,
    text=__doc__,
)
