"""An activity has at least one photo.

查什么
每次活动至少有一张图片，并写进填写栏的 `photos`。

为什么
图片信息是备案材料的一部分。没有图片，这项活动的档案不完整。

怎么改
把图片放进活动文件夹，再写进填写栏：

```yaml
photos:
  - {file: 01.jpg, caption: 大班区域活动现场}
```

线上活动用会议或群聊的截图，遮住姓名和头像。不宜公开的图片加上 `public: false`，只存档，不上网站。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        if not activity.data.photos and not activity.photo_files and activity.knows("photos"):
            yield make_problem(
                RULE.slug,
                activity.find_span("photos"),
                "这次活动还没有图片",
                "把图片存为 01.jpg 放进这个文件夹，再在 photos: 下面写一行 - {file: 01.jpg, caption: 图片说明}",
            )


RULE = Rule(
    slug="photo-required",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="每次活动有图片信息",
    check=_check,
    text=__doc__,
)
