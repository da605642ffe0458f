"""No photo tells where it was taken.

查什么
图片文件里没有拍摄地点（GPS 位置）。

为什么
手机会把经纬度写进照片。档案是公开的，原图谁都能下载，幼儿、教师常去的地方不该让人查到。网站上的小图已经去掉了这些，原图没有。

怎么改
两个办法选一个，都换掉文件夹里的这一张：

- 手机上：用微信发给“文件传输助手”，不勾“原图”，再存下来，地点就没有了；
- 电脑上：`pairing photos add 记录文件夹 照片`，它会去掉地点，只把拍摄日期写进记录。

以后不想再改：在手机“设置”“隐私”“定位服务”里，对“相机”选“永不”。
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
            if photo.facts and photo.facts.located:
                yield problem(
                    RULE.slug,
                    photo.file.span(),
                    f"图片“{photo.name}”里带有拍摄地点（GPS 位置）",
                    "用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张；"
                    "或在电脑上用 pairing photos add 记录文件夹 照片",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-location",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="图片里没有拍摄地点",
    check=_check,
    module=__name__,
)
