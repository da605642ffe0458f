"""A HEIC photo from an Apple phone is better submitted as JPEG.

查什么
图片最好不是 `.heic`（苹果手机默认的格式）。

为什么
`.heic` 很多电脑打不开，老师、别的园、基教股要看原图就看不成。网站要装了附加包才能由它做出小图；没有装，网站上就缺这一张，提示里会写明。

怎么改
不改也能交。想换成 JPG，选一个办法，换掉文件夹里的这一张：

- 手机上：在“设置”“相机”“格式”里选“兼容性最佳”，以后拍的就是 JPG；已经拍的，用微信发给“文件传输助手”，不勾“原图”，再存下来；
- 电脑上：`pairing photos add 记录文件夹 照片`，它会转成 JPG，并写好 `photos` 的那一行。
"""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_SHOWN = importlib.util.find_spec("pillow_heif") is not None
"""Whether the site shows such photos: it is built with the packages that its check is run with."""


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            # Under another suffix it is an error, which the rule photo-content names.
            if photo.facts and photo.facts.kind == "HEIC" and photo.name.lower().endswith((".heic", ".heif")):
                yield make_problem(
                    RULE.slug, photo.file.make_span(), *_words(photo.name, shown=_SHOWN), excerpt=""
                )


def _words(name: str, *, shown: bool) -> tuple[str, str]:
    mend = "经微信转存（不勾“原图”）成 .jpg，换掉这一张；或在电脑上用 pairing photos add 记录文件夹 照片"
    if shown:
        return f"图片“{name}”是苹果手机的 HEIC，很多电脑打不开", f"{mend}；不改也能交"
    message = f"图片“{name}”是苹果手机的 HEIC，网站没有装读它的附加包，不会显示这一张"
    return message, f"要显示就{mend}；不改也算交了图片"


RULE = Rule(
    slug="photo-heic",
    requirement="format",
    severity=Severity.WARNING,
    summary="图片最好是 JPG，不是 HEIC",
    check=_check,
    text=__doc__,
)
