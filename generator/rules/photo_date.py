"""A photo was taken around the day of its activity.

查什么
照片里记着拍摄日期的（或记录的 `taken` 里写着的），应当在活动前三天到活动后三天之间；活动之后、上报之前拍的也可以。

下面这些不提示：照片里没有日期（微信转存、截图）；日期在今天以后；日期早于 2005 年，或是往年一月初（相机没电后从头计时的日子）。

为什么
图片信息是这次活动的证明。拍摄日期差得远，可能放错了照片，也可能只是相机的日期没有调好。提示请人看一眼，不是说材料有假。

怎么改
| 情形 | 怎么办 |
| --- | --- |
| 放错了照片 | 换成这次活动的照片 |
| 活动日期写错了 | 改正 `date` 和文件夹名 |
| 相机日期没调好 | 不用改，在“记录”里说明一句 |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus, Photographed
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

# Preparing and looking back belong to an activity, and a camera may live in another time zone.
_NEAR = dt.timedelta(days=3)
_DAY = dt.timedelta(days=1)
_FIRST_PHONES = 2005
_RESET_DAYS = 7


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if activity.knows("photos", "date"):
            yield from _photos(activity, today)


def _photos(activity: Photographed, today: dt.date) -> Iterator[Diagnostic]:
    taken_on = {p.name: p.facts.taken.date() for p in activity.photo_files if p.facts and p.facts.taken}
    for index, photo in enumerate(activity.data.photos):
        taken = taken_on.get(photo.file) or photo.taken
        if taken is None or not is_far(taken, activity, today):
            continue
        yield make_problem(
            RULE.slug,
            activity.find_span("photos", index, "file"),
            f"图片“{photo.file}”拍于 {taken}，活动日期是 {activity.data.date}",
            "放错了照片就换一张；活动日期写错了就改 date；相机日期没调好的，不用改",
        )


def is_far(taken: dt.date, activity: Photographed, today: dt.date) -> bool:
    """Say whether a photo was taken far from its activity's day, and no wrong camera clock explains that."""
    day = activity.data.date
    last = day + _NEAR
    if isinstance(activity, ActivityRecord) and activity.knows("reported"):
        last = max(last, activity.data.reported + _DAY)
    return not (day - _NEAR <= taken <= last or _is_clock(taken, day, today))


def _is_clock(taken: dt.date, day: dt.date, today: dt.date) -> bool:
    """Say whether a date shows a wrong camera clock: in the future, before phones, or just after a reset."""
    begun_anew = taken.month == 1 and taken.day <= _RESET_DAYS and taken.year < day.year
    return taken > today or taken.year < _FIRST_PHONES or begun_anew


RULE = Rule(
    slug="photo-date",
    requirement="truthful",
    severity=Severity.WARNING,
    summary="照片的拍摄日期与活动日期相近",
    check=_check,
    text=__doc__,
)
