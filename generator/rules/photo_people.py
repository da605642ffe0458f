"""Every photo of a public record says who is in it.

查什么
公开的记录里，每张图片都写明图中人物 `people`。不公开的图片（`public: false`）和已经撤下的图片不查。

为什么
有幼儿的图片，要监护人书面同意才能公开。程序认不出谁是幼儿，只有拍照的人知道。没有写明时怎么办，由实施方案的数据（`unstated_people`）决定：照常公开，或者注明以前不公开。

怎么改
对着图片看一眼，从三个词里选一个：

| 图片里 | 写 |
| --- | --- |
| 没有人，或只有看不出是谁的背影、手 | `people: none` |
| 只有成人 | `people: adults` |
| 有幼儿，哪怕只有一名 | `people: children` |

```yaml
photos:
  - {file: 01.jpg, caption: 大班建构区的材料架, people: none}
  - {file: 02.jpg, caption: 两园教师座谈, people: adults}
```

拿不准的，写 `children`。在电脑上用 `pairing photos add` 放照片时，它会问这一项。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus, Photographed
from generator.archive.privacy import Withheld, find_withholding_reason
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_NAMED = 3


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if activity.data.photos and activity.data.public and activity.knows("photos", "public"):
            yield from _unstated(corpus, activity)


def _unstated(corpus: Corpus, activity: Photographed) -> Iterator[Diagnostic]:
    programme = corpus.find_programme(activity.year)
    silent = [
        index
        for index, photo in enumerate(activity.data.photos)
        if photo.people is None and find_withholding_reason(photo, programme) in (None, Withheld.UNSTATED)
    ]
    if not silent:
        return
    names = [activity.data.photos[index].file for index in silent]
    shown = "、".join(f"“{name[:40]}”" for name in names[:_NAMED])
    more = f"等 {len(names)} 张图片" if len(names) > _NAMED else ""
    kept_back = programme is not None and programme.unstated_people == "withhold"
    what = "注明以前不公开" if kept_back else "按实施方案的数据，未注明的照常公开"
    yield make_problem(
        RULE.slug,
        activity.find_span("photos", silent[0], "file"),
        f"{shown}{more}没有注明图中人物；{what}",
        "看一眼图片，加上 people: none（没有人）、people: adults（只有成人）或 people: children（有幼儿）",
    )


RULE = Rule(
    slug="photo-people",
    requirement="privacy",
    severity=Severity.WARNING,
    summary="图片注明图中人物",
    check=_check,
    text=__doc__,
)
