"""A photo that an Apple phone keeps as HEIC is better handed in as JPEG.

查什么
图片最好不是 `.heic`（苹果手机默认的格式）。

为什么
`.heic` 很多电脑打不开，老师、别的园、基教股要看原图就看不成。网站要装了附加包才能由它做出小图，没有装就缺这一张。

怎么改
不改也能交。想换成 JPG，选一个办法，换掉文件夹里的这一张：

- 手机上：在“设置”“相机”“格式”里选“兼容性最佳”，以后拍的就是 JPG；已经拍的，用微信发给“文件传输助手”，不勾“原图”，再存下来；
- 电脑上：`pairing photos add 记录文件夹 照片`，它会转成 JPG，并写好 `photos` 的那一行。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            # Under another suffix it is an error, which the rule photo-content names.
            if photo.facts and photo.facts.kind == "HEIC" and photo.name.lower().endswith((".heic", ".heif")):
                yield problem(
                    RULE.slug,
                    photo.file.span(),
                    f"图片“{photo.name}”是苹果手机的 HEIC，很多电脑打不开",
                    "经微信转存（不勾“原图”）成 .jpg，换掉这一张；"
                    "或在电脑上用 pairing photos add 记录文件夹 照片；不改也能交",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-heic",
    requirement="format",
    severity=Severity.WARNING,
    summary="图片最好是 JPG，不是 HEIC",
    check=_check,
    module=__name__,
)
