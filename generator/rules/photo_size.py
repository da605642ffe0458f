"""No photo is larger than 25 MB.

查什么
每张图片不超过 25 MB。

为什么
浏览器上传的文件最大 25 MB，再大的图片谁也下载不动。手机照片缩小以后不到 1 MB，看起来没有区别。

怎么改
用微信发给“文件传输助手”，不勾“原图”，再存下来；或在手机相册里“编辑”“调整大小”，选“中”。换掉文件夹里的大图，文件名不变。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, problem

LIMIT = 25 * 1024 * 1024


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        for photo in activity.photo_files:
            if photo.size > LIMIT:
                yield problem(
                    RULE.slug,
                    photo.file.span(),
                    f"图片“{photo.name}”有 {-(-photo.size // 1024**2)} MB，超过 25 MB",
                    "用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-size",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片不超过 25 MB",
    check=_check,
    module=__name__,
)
