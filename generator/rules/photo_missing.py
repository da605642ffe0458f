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
from collections.abc import Collection, Iterator

from generator.archive import Corpus, Photographed
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.photo_names import is_good_name, match_mistyped, propose_free_name
from generator.rules.rule import Rule, make_problem

# A file with such a name is refused while reading: it may lie there and yet not be seen.
_REFUSED = re.compile(r"[^A-Za-z0-9._-]")


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    refused = {found.span.file.path for found in corpus.problems if found.rule == "file-name"}
    for activity in corpus.photographed:
        if activity.data.photos and activity.knows("photos"):
            yield from _photos(activity, refused)


def _photos(activity: Photographed, refused: Collection[str]) -> Iterator[Diagnostic]:
    there = {photo.name for photo in activity.photo_files}
    photos = activity.data.photos
    names = [photo.file for photo in photos]
    if there.issuperset(names) and len(set(names)) == len(names):
        return
    meant = match_mistyped(activity)
    folder = _photo_folder(activity)
    taken = there.union(names)
    for index, name in enumerate(names):
        if name in names[:index]:
            first = activity.find_span("photos", names.index(name), "file").line
            words = (f"图片“{name}”写了两次，前一次在第 {first} 行", "删去其中一行")
        elif name in there or photos[index].withdrawn:
            continue
        elif f"{folder}/{name}" in refused or not is_good_name(meant.get(name, "a.jpg")):
            continue  # the photo's own name is refused, and there it is said what to write here
        else:
            words = _advice(name, taken, meant.get(name))
            taken.add(propose_free_name(name, taken) if not is_good_name(name) else name)
        yield make_problem(RULE.slug, activity.find_span("photos", index, "file"), *words)


def _photo_folder(activity: Photographed) -> str:
    if isinstance(activity, ActivityRecord):
        return activity.file.path.rpartition("/")[0]
    return activity.file.path.removesuffix(".md")


def _advice(name: str, taken: Collection[str], near: str | None) -> tuple[str, str]:
    """Return message and fix; ``near`` is the photo that is probably meant."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    if last != name and last in taken:
        return f"“{name[:40]}”里带了文件夹", f"只写文件名：{last}"
    if last != name:
        return f"文件夹里没有图片“{name[:40]}”", f"把 {last} 上传到这个文件夹，这里只写文件名：{last}"
    if _REFUSED.search(name):
        what = "空格或特殊符号" if name.isascii() else "中文或特殊字符"
        better = propose_free_name(name, taken)
        return f"图片文件名“{name[:40]}”里有{what}", f"把图片改名为 {better}，这里也写 file: {better}"
    if near and near.lower() == name.lower():
        return f"文件夹里的图片叫“{near}”，与“{name}”大小写不同", f"这里改成 file: {near}"
    if near:
        return (
            f"文件夹里没有图片“{name}”",
            f"有一张还没写进来的 {near}；是它就改成 file: {near}，不是就上传 {name}",
        )
    if not is_good_name(name):
        better = propose_free_name(name, taken)
        return (
            f"文件夹里没有图片“{name}”",
            f"把它改名为 {better} 再上传，这里也写 file: {better}；没有就删去这一行",
        )
    return f"文件夹里没有图片“{name}”", f"把 {name} 上传到这个文件夹，或删去这一行"


RULE = Rule(
    slug="photo-missing",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="写了的图片都在",
    check=_check,
    text=__doc__,
)
