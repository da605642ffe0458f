"""A photo of children is published only with their guardians' consent.

查什么
写了 `people: children` 的图片，同时写了 `consent: true`。没有写的，图片照样存档、照样计数，网站上不公开。

为什么
幼儿的照片能不能公开，由监护人决定。没有书面同意的记录，就当作不同意。

怎么改
| 情形 | 怎么写 |
| --- | --- |
| 图中每名幼儿的监护人都书面同意公开 | `people: children, consent: true` |
| 有一名没有同意 | 不写 `consent`；网站上显示“不公开” |
| 本来就不打算公开 | `people: children, public: false`，不再提醒 |

```yaml
photos:
  - {file: 01.jpg, caption: 大班区域活动现场, people: children, consent: true}
```

签字的同意书留在园里，不上传。监护人撤回同意时，用 `pairing photos withdraw` 撤下图片。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.archive.privacy import Withheld, find_withholding_reason
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if not activity.data.public or not activity.knows("photos", "public"):
            continue
        programme = corpus.find_programme(activity.year)
        for index, photo in enumerate(activity.data.photos):
            if find_withholding_reason(photo, programme) is Withheld.CONSENT:
                yield make_problem(
                    RULE.slug,
                    activity.find_span("photos", index, "people"),
                    f"“{photo.file[:40]}”里有幼儿，没有写明监护人同意：只存档，网站上不公开",
                    "每名幼儿的监护人都书面同意后，加上 consent: true；本来就不打算公开，加上 public: false",
                )


RULE = Rule(
    slug="photo-consent",
    requirement="privacy",
    severity=Severity.WARNING,
    summary="有幼儿的图片写明监护人同意",
    check=_check,
    text=__doc__,
)
