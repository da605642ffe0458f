"""No photo is larger than 25 MB or 60 megapixels, nor too small to show anything.

查什么
每张图片不超过 25 MB，不超过 6000 万像素，长边不超过 20000 像素，短边不少于 16 像素。

为什么
浏览器上传的文件最大 25 MB，再大的图片谁也下载不动。有的文件很小，打开却要占几个 GB 的内存，会拖垮电脑。手机照片缩小以后不到 1 MB，看起来没有区别。

怎么改
用微信发给“文件传输助手”，不勾“原图”，再存下来；或在手机相册里“编辑”“调整大小”，选“中”。换掉文件夹里的大图，文件名不变。

在电脑上也可以用 `pairing photos add` 后面写这张照片的路径，它会就地缩小；手机拍的 1 亿、2 亿像素的照片（100 MB 以内）也行。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import MOST_PHOTO_BYTES, Corpus
from generator.records import PhotoFacts, PhotoFile
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

LIMIT = MOST_PHOTO_BYTES
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 20_000
SHORTEST_SIDE = 16

_SMALLER = "用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张；或在电脑上运行 pairing photos add "


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if photo.size > LIMIT:
                message = f"图片“{photo.name}”有 {-(-photo.size // 1024**2)} MB，超过 25 MB"
                yield make_problem(
                    RULE.slug, photo.file.make_span(), message, _SMALLER + photo.file.path, excerpt=""
                )
            elif photo.facts and (advice := _dimensions(photo, photo.facts)):
                yield make_problem(RULE.slug, photo.file.make_span(), *advice, excerpt="")


def _dimensions(photo: PhotoFile, facts: PhotoFacts) -> tuple[str, str] | None:
    name, width, height = photo.name, facts.width, facts.height
    shape = f"图片“{name}”有 {width}×{height} 像素"
    if width * height > MOST_PIXELS:
        return f"{shape}，超过 6000 万像素", _SMALLER + photo.file.path
    if max(width, height) > LONGEST_SIDE:
        return f"{shape}，长边超过 {LONGEST_SIDE} 像素", "裁开或缩小以后换掉这一张"
    if width and height and min(width, height) < SHORTEST_SIDE:
        return f"图片“{name}”只有 {width}×{height} 像素，看不清", "换一张更大的照片"
    return None


RULE = Rule(
    slug="photo-size",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片不超过 25 MB 和 6000 万像素",
    check=_check,
    text=__doc__,
)
