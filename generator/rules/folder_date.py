"""An activity lies in the folder of its date.

查什么
活动文件夹的年、月、日与填写栏的 `date` 一致，名字是“两位日、短横线、英文短名”，如 `14-area-observation`。

为什么
活动记在哪个月，看它放在哪个月的文件夹里。日期和文件夹对不上，就说不清该算哪个月完成的。

怎么改
先看哪一个是对的，再改另一个。`date: 2020-09-17` 的活动放在：

```text
records/leimeng/2020/09/17-area-observation/activity.md
```

在浏览器里改文件夹名：打开 `activity.md`，点铅笔，在上方文件名处把路径改过来；图片也要移过去。
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import FOLDER, ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        folder = FOLDER.match(activity.folder)
        if folder is None:
            yield make_problem(
                RULE.slug,
                activity.file.make_span(),
                f"活动文件夹“{activity.folder}”的名字不合要求",
                f"改名为两位日、短横线、小写英文短名：{_right_folder(activity)}",
                excerpt="",
            )
        elif activity.knows("date"):
            date = activity.data.date
            if f"{activity.month}-{folder['day']}" != date.isoformat():
                right = f"{activity.school}/{date:%Y/%m/%d}-{folder['slug']}"
                written = f"{activity.month}-{folder['day']}"
                yield make_problem(
                    RULE.slug,
                    activity.find_span("date"),
                    f"日期是 {date}，文件夹却是 {activity.year}/{activity.month[5:]}/{activity.folder}",
                    f"日期对，就把文件夹改为 records/{right}；文件夹对，就改成 date: {written}"
                    if _is_day(written)
                    else f"日期对，就把文件夹改为 records/{right}",
                )


def _right_folder(activity: ActivityRecord) -> str:
    """Return where the record belongs, its short name kept where letters and hyphens are all that is wrong."""
    date = activity.data.date if activity.knows("date") else None
    place = f"records/{activity.school}/{date:%Y/%m/%d}" if date else "14"
    kept = re.fullmatch(r"(?:[0-9]{1,2}-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", activity.folder.lower())
    slug = activity.data.measure if activity.knows("measure") else "area-observation"
    return f"{place}-{kept[1] if kept else slug}"


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


RULE = Rule(
    slug="folder-date",
    requirement="format",
    severity=Severity.ERROR,
    summary="文件夹与活动日期一致",
    check=_check,
    text=__doc__,
)
