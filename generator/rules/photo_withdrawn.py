"""A photo that was withdrawn is gone, under every name.

查什么
写了 `withdrawn` 的图片，文件夹里已经没有这个文件；整个档案里也没有别的文件与它一模一样。

为什么
撤下是答应了监护人或教师的事。文件还在，或者换个名字又传了上来，就等于没有撤。

怎么改
运行提示里的命令，它会删去文件和网站上的小图，并在记录里留下撤下的日期和原因：

```sh
pairing photos withdraw records/leimeng/2020/09/17-area-observation/01.jpg --reason 监护人要求
```

没有装命令的，在网页上打开那张图片，点 **⋯**、**Delete file**（删除文件）。记录里写着 `withdrawn` 的那一行**不要删**：有了它，这张图片仍然计数。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    gone: dict[str, tuple[str, dt.date]] = {}
    reported: set[str] = set()
    for activity in corpus.photographed:
        files = {photo.name: photo.file.path for photo in activity.photo_files}
        # A photo of the bureau's lies in a folder beside its note.
        path = activity.file.path
        folder = path.rpartition("/")[0] if path.endswith("/activity.md") else path.removesuffix(".md")
        for index, photo in enumerate(activity.data.photos):
            if not photo.withdrawn or not activity.knows("photos"):
                continue
            place = f"{folder}/{photo.file}"
            gone.setdefault(photo.withdrawn.digest, (place, photo.withdrawn.date))
            if photo.file in files:
                reported.add(files[photo.file])
                yield make_problem(
                    RULE.slug,
                    activity.find_span("photos", index, "file"),
                    f"“{photo.file}”在 {photo.withdrawn.date} 已经撤下，文件却还在，或又传了上来",
                    f"删去这个文件：pairing photos withdraw {place}",
                )
    if gone:
        yield from _returned(corpus, gone, reported)


def _returned(
    corpus: Corpus, gone: dict[str, tuple[str, dt.date]], reported: set[str]
) -> Iterator[Diagnostic]:
    """Report withdrawn pictures that lie in the archive under another name."""
    for activity in corpus.photographed:
        for file in activity.photo_files:
            if file.digest in gone and file.file.path not in reported:
                place, day = gone[file.digest]
                yield make_problem(
                    RULE.slug,
                    file.file.make_span(),
                    f"“{file.name}”就是 {day} 已经撤下的 {place}",
                    f"这里也要撤下：pairing photos withdraw {file.file.path} --reason 监护人要求",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-withdrawn",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="撤下的图片不再出现",
    check=_check,
    text=__doc__,
)
