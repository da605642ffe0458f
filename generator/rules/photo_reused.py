"""No photo is used for two activities.

查什么
同一个图片文件没有放进两次活动里（不论是不是同一个园、同一个月）。同一次活动里的连拍不算。

只有一模一样的文件在这里提示；缩小过、裁过、翻转过的，看 `pairing photos report` 的核查报告。

为什么
一张图片证明一次活动。同一张出现在两处，多半是选错了文件。提示写“疑似”，由人看过再定。

怎么改
- 选错了文件：换成这次活动的照片；
- 两园参加的是同一次活动：各放自己拍的；
- 确实只有这一张：留在一处，另一处删去，在“记录”里说明。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus, Photographed
from generator.records import PhotoFile
from generator.records.diagnostics import Diagnostic, Severity, Span
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    by_digest: dict[str, list[tuple[Photographed, PhotoFile]]] = {}
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if photo.size and photo.digest:
                by_digest.setdefault(photo.digest, []).append((activity, photo))
    for same in by_digest.values():
        if len(same) < 2 or len({activity.key for activity, _ in same}) < 2:
            continue
        for activity, photo in same:
            others = [other for owner, other in same if owner is not activity]
            more = f"等 {len(others)} 处" if len(others) > 1 else ""
            yield make_problem(
                RULE.slug,
                _place(activity, photo),
                f"图片疑似重复使用：“{photo.name}”与 {others[0].file.path} {more}是同一个文件".replace(
                    "  ", " "
                ),
                "选错了就换成这次活动的照片；两园同一次活动的，各放自己拍的",
            )


def _place(activity: Photographed, photo: PhotoFile) -> Span:
    """Return the line that names the photo, which shows its caption, or else the photo itself."""
    names = [each.file for each in activity.data.photos]
    if photo.name in names:
        return activity.find_span("photos", names.index(photo.name), "file")
    return photo.file.make_span()


RULE = Rule(
    slug="photo-reused",
    requirement="truthful",
    severity=Severity.WARNING,
    summary="一张图片只用于一次活动",
    check=_check,
    text=__doc__,
)
