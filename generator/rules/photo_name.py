"""A photo's file name consists of lower-case letters, digits and hyphens, with a lower-case suffix.

查什么
图片文件名只用小写英文字母、数字和短横线，结尾是小写的 `.jpg`、`.jpeg`、`.png`、`.webp` 或 `.heic`。

为什么
有的电脑分大小写，有的不分。`01.JPG` 和 `01.jpg` 在一台机器上是两张，在另一台上会互相覆盖，网页上还可能打不开。

怎么改
给图片改名，`photos` 里的 `file` 也跟着改：

| 错 | 对 |
| --- | --- |
| `01.JPG` | `01.jpg` |
| `IMG_2031.jpg` | `01.jpg` |
| `mmexport1589.jpg.jpg` | `02.jpg` |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.photo_names import Renaming, propose_names
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        better = propose_names(activity)
        for photo in activity.photo_files if better else ():
            if photo.name in better:
                what = "有大写字母" if re.search("[A-Z]", photo.name) else "有下划线或多余的点"
                message = f"图片文件名“{photo.name}”里{what}"
                yield make_problem(
                    RULE.slug, photo.file.make_span(), message, _fix(better[photo.name]), excerpt=""
                )


def _fix(renaming: Renaming) -> str:
    better = renaming.better
    if renaming.written == better:
        return f"改名为 {better}，记录里的 file 已经是这样写的"
    if renaming.written:
        return f"改名为 {better}，记录里的 file 也写 {better}"
    return f"改名为 {better}，再在 photos: 下面加一行：  - {{file: {better}, caption: 一句话说明}}"


RULE = Rule(
    slug="photo-name",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片文件名用小写字母、数字和短横线",
    check=_check,
    text=__doc__,
)
