"""A photo's file is not needlessly large.

查什么
图片以不超过 1.5 MB 为宜。

为什么
网站会另外生成小图，原图只存档。一年上千张，每张大一倍，整个档案就大一倍，网速慢的地方下载、上传都费力。

怎么改
不改也能交。想缩小，两个办法选一个，都换掉文件夹里的这一张：

- 手机上：用微信发给“文件传输助手”，不勾“原图”，再存下来；
- 电脑上：`pairing photos add 记录文件夹 照片`，它会缩小图片、去掉拍摄地点，并写好 `photos` 的那一行。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules import photo_size
from generator.rules.rule import Rule, make_problem

LIMIT = 1536 * 1024


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if LIMIT < photo.size <= photo_size.LIMIT:
                yield make_problem(
                    RULE.slug,
                    photo.file.make_span(),
                    f"图片“{photo.name}”有 {photo.size / 1024 / 1024:.1f} MB，偏大",
                    "用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张；"
                    "或在电脑上用 pairing photos add 记录文件夹 照片；不改也能交",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-weight",
    requirement="format",
    severity=Severity.WARNING,
    summary="图片以不超过 1.5 MB 为宜",
    check=_check,
    text=__doc__,
)
