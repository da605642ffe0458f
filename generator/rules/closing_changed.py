"""The records and photos that a closing counted are unchanged.

查什么
结了账的月份，结账里列出的每份记录都还在原来的文件夹，文字和图片与结账那天一样。不公开、撤下和改图片说明不算改动；换行格式和 BOM 也不算。

为什么
结账是考核的依据。事后改动、改名、删去记录，或换了图片，结论就没有了凭据。

怎么改
照提示改回结账时的样子，旧的内容在“修改记录”里都找得到。确实写错了要更正的，由教育局登记一次更正，写明原因和决定人：

```sh
pairing amend guangcai/2020/05/14-area-observation --reason 活动人数写错 --decided-by 基教股股长
```

更正会显示在活动的页面上。学校自己发现写错了的，改好记录、交合并请求，检查是红的；基教股同意更正，就把这份更正加进**同一个请求**，检查变绿以后合并，见[学校要更正](../../guides/bureau/#amend-request)。

有人要求撤下的，不用更正，当天就改、就合并：给记录或图片加上 `public: false`，撤下图片，或改掉写了姓名的图片说明。正文或标题里写了姓名的，先给记录加上 `public: false`，网站上就没有了；再改好正文，同时去掉 `public: false`，登记更正。

以前的版本结的账，只改图片说明也会报错：先改回，请基教股运行一次 `pairing file`，再改就不用更正。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.closings import (
    Difference,
    PhotoDifference,
    compare_with_seal,
    matches_digest,
    shorten_digest,
)
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.rules.rule import Rule, make_problem

_Found = Iterator[Diagnostic]


def _check(corpus: Corpus, today: dt.date) -> _Found:
    for year in corpus.bureau:
        settlement = corpus.find_settlement(year)
        for key, seal in settlement.seals.items():
            found = compare_with_seal(seal, corpus.by_key.get(key), settlement.cores)
            if found is None:
                continue
            if found.gone:
                yield _gone(corpus, found)
            else:
                yield from _changed(corpus, found, today)


def _gone(corpus: Corpus, found: Difference) -> Diagnostic:
    seal = found.seal
    place = _place(corpus, found)
    if place:
        message = f"{seal.number} 的记录结账以后改了名：结账时是 {seal.key}，现在是 {place}"
        fix = f"把文件夹改回原名；{_ask(corpus, seal.key)} --moved {seal.key} {place}"
    else:
        message = f"{seal.number} 的记录结账以后不见了（文字的校验值 {shorten_digest(seal.text)}）"
        fix = f"从修改记录里恢复整个文件夹；不愿公开的，不用更正，恢复以后加一行 public: false；{_ask(corpus, seal.key)}"
    return make_problem(RULE.slug, SourceFile(path=_path(seal.key)).make_span(), message, fix, excerpt="")


def _place(corpus: Corpus, found: Difference) -> str:
    """Return where the record was moved to: the same text in a folder that no closing knows."""
    school = corpus.schools.get(found.seal.key.partition("/")[0])
    seals = {key for year in corpus.bureau for key in corpus.find_settlement(year).seals}
    moved = [a for a in (school.activities if school else ()) if a.key not in seals]
    cores = corpus.find_settlement(int(found.seal.month[:4])).cores
    return next((a.key for a in moved if matches_digest(a, found.before, cores)), "")


def _changed(corpus: Corpus, found: Difference, today: dt.date) -> _Found:
    seal, record = found.seal, corpus.by_key[found.seal.key]
    fix = f"改回结账时的样子；{_ask(corpus, seal.key)}"
    if found.before != found.after:
        message = f"{seal.number} 的文字结账以后改动过：校验值当时是 {shorten_digest(found.before)}，现在是 {shorten_digest(found.after)}"
        yield make_problem(RULE.slug, record.file.make_span(), message, fix, excerpt="")
    folder = record.file.path.rpartition("/")[0]
    for photo in found.photos:
        span = SourceFile(path=f"{folder}/{photo.file}").make_span()
        mend = fix
        if not photo.after:
            gone = f"withdrawn: {{date: {today}, reason: 监护人要求, digest: {photo.before}}}"
            mend = f"从修改记录里恢复图片；有人要求撤下的，不用更正，在记录里这张图片的一项写上 {gone}"
            if all(p.file != photo.file for p in record.data.photos):
                mend = f"从修改记录里恢复图片和 photos 里它的一项；有人要求撤下的，不用更正，图片不恢复，在这一项写上 {gone}"
        yield make_problem(RULE.slug, span, f"{seal.number} 的图片 {_photo(photo)}", mend, excerpt="")


def _photo(photo: PhotoDifference) -> str:
    if not photo.after:
        return f"{photo.file} 结账以后不见了（校验值 {shorten_digest(photo.before)}）"
    if not photo.before:
        return f"{photo.file} 是结账以后加的（校验值 {shorten_digest(photo.after)}）"
    return f"{photo.file} 结账以后换过：校验值当时是 {shorten_digest(photo.before)}，现在是 {shorten_digest(photo.after)}"


def _path(key: str) -> str:
    return f"records/{key}/activity.md"


def _ask(corpus: Corpus, key: str) -> str:
    """Say who amends a closing, and where: not the school, and not in another request."""
    programme = corpus.find_programme(int(key.split("/")[1]))
    office = programme.office if programme else "教育局"
    command = f"pairing amend {key} --reason 原因 --decided-by 决定人"
    return f"确实要更正的，学校改到这里就行，由{office}在同一个请求里加上更正：{command}"


RULE = Rule(
    slug="closing-changed",
    requirement="truthful",
    severity=Severity.ERROR,
    summary="结了账的记录和图片没有变动",
    check=_check,
    text=__doc__,
)
