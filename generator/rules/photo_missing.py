"""Every photo that a record names lies beside it, and is named once.

查什么
`photos` 里写的每个文件名，在同一个文件夹里都有这张图片，大小写也一样；同一张图片只写一次。

为什么
写了名字、没有图片，档案里就缺这一张。

怎么改
看提示：是名字写错了，还是图片忘了上传。

| `photos` 里写的 | 文件夹里的 | 怎么办 |
| --- | --- | --- |
| `file: 01.jpg` | `01.jpeg` | 改成 `file: 01.jpeg` |
| `file: 1.jpg` | `01.jpg` | 改成 `file: 01.jpg` |
| `file: 02.jpg` | 没有 | 上传这张图片，或删去这一行 |
| `file: 图片/01.jpg` | `01.jpg` | 只写文件名 |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.corpus import Corpus, Photographed
from generator.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, problem
from generator.rules.subjects import nearest

# A file with such a name is refused while reading: it may lie there and yet not be seen.
_REFUSED = re.compile(r"[^A-Za-z0-9._-]")


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        if activity.knows("photos"):
            yield from _photos(activity)


def _photos(activity: Photographed) -> Iterator[Diagnostic]:
    there = {photo.name for photo in activity.photo_files}
    names = [photo.file for photo in activity.data.photos]
    for index, name in enumerate(names):
        if name in names[:index]:
            first = activity.span("photos", names.index(name), "file").line
            words = (f"图片“{name}”写了两次，前一次在第 {first} 行", "删去其中一行")
        elif name not in there and not activity.data.photos[index].withdrawn:
            words = _advice(name, there, there.difference(names))
        else:
            continue
        yield problem(RULE.slug, activity.span("photos", index, "file"), *words)


def mistaken(activity: Photographed) -> set[str]:
    """Return the photos that a wrong name in the record probably means: they need no further report."""
    named = {photo.file for photo in activity.data.photos}
    there = {photo.name for photo in activity.photo_files}
    gone = {photo.file for photo in activity.data.photos if photo.withdrawn}
    free, named = there - named, named - gone
    return {near for name in named - there if (near := _meant(name, free))} if free else set()


def _meant(name: str, free: set[str]) -> str | None:
    """Return the unnamed photo that a wrong name means: same but for case, or alike, or the only one."""
    same = next((n for n in sorted(free) if n.lower() == name.lower()), None)
    return same or nearest(name, sorted(free)) or (next(iter(free)) if len(free) == 1 else None)


def _advice(name: str, there: set[str], free: set[str]) -> tuple[str, str]:
    """Return message and fix; ``free`` are the photos that the record does not name."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    if last != name and last in there:
        return f"“{name[:40]}”里带了文件夹", f"只写文件名：{last}"
    if last != name:
        return f"文件夹里没有图片“{name[:40]}”", f"把 {last} 上传到这个文件夹，这里只写文件名：{last}"
    if _REFUSED.search(name):
        what = "空格或特殊符号" if name.isascii() else "中文或特殊字符"
        return f"图片文件名“{name[:40]}”里有{what}", "把图片改名为 01.jpg，这里也写 file: 01.jpg"
    near = _meant(name, free)
    if near and near.lower() == name.lower():
        better = name.lower()
        return f"文件夹里的图片叫“{near}”，与“{name}”大小写不同", f"图片和这里都改成 {better}"
    if near:
        return (
            f"文件夹里没有图片“{name}”",
            f"有一张还没写进来的 {near}；是它就改成 file: {near}，不是就上传 {name}",
        )
    return f"文件夹里没有图片“{name}”", f"把 {name} 上传到这个文件夹，或删去这一行"


RULE = Rule(
    slug="photo-missing",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="写了的图片都在",
    check=_check,
    module=__name__,
)
