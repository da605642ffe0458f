"""Every photo beside a record is named in it, with a caption.

查什么
活动文件夹里的每张图片，都写进了填写栏的 `photos`，并有一句说明。

为什么
没有说明的图片，过几个月谁也说不清拍的是什么，也不会出现在网站上。

怎么改
照提示在 `photos:` 下面加一行，把说明换成自己的话，不写幼儿姓名：

```yaml
photos:
  - {file: 01.jpg, caption: 大班区域活动现场}
  - {file: 02.jpg, caption: 两园教师座谈}
```

不需要的图片，从文件夹里删去。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus, Photographed
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.photo_names import is_good_name, match_mistyped
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if len(activity.photo_files) or activity.data.photos:
            yield from _photos(activity)


def _photos(activity: Photographed) -> Iterator[Diagnostic]:
    if not activity.knows("photos"):
        return
    named = {photo.file for photo in activity.data.photos}
    if named.issuperset(photo.name for photo in activity.photo_files):
        return
    named |= set(match_mistyped(activity).values())
    for photo in activity.photo_files:
        if photo.name not in named and is_good_name(
            photo.name
        ):  # else the rule photo-name says what to write
            yield make_problem(
                RULE.slug,
                activity.find_span("photos", key=True),
                f"图片“{photo.name}”在文件夹里，却没有写进 photos",
                f"{_where(activity)}  - {{file: {photo.name}, caption: 一句话说明}}",
            )


def _where(activity: Photographed) -> str:
    return "在 photos: 下面加一行：" if activity.data.photos else "在填写栏加 photos: 一行，再加一行："


RULE = Rule(
    slug="photo-unnamed",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="放进来的图片都有说明",
    check=_check,
    text=__doc__,
)
