"""No phone or identity-card number appears in a record.

查什么
记录的填写栏、正文、图片说明和图片文件名里，没有像手机号、座机号、身份证号的数字。由命令写成的文件（结账、更正、登记簿、抽签、公布的考核结果）里的校验值、编号不是号码，不看；只在提交时看新写的理由和说明。

为什么
档案是公开的，号码一旦公开就收不回来。检查的信息里不会重复这个号码；网站上也会先遮住。

怎么改
删去号码。需要说明联系方式时写岗位：

| 错 | 对 |
| --- | --- |
| 请家长联系王老师 1██████████ | 请家长联系班主任 |
| 身份证号 6█████████████████ | 不写 |

号码如果已经合并进档案，请马上告诉基教股，见[隐私与图片](../../guides/privacy/)。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from generator.archive import Corpus
from generator.archive.privacy import find_numbers, mask_private_words
from generator.records import ActivityRecord, NoteRecord
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import Record, list_written, locate_secrets

_FIX = "删去号码；需要说明时只写岗位，如“请联系班主任”"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for record in list_written(corpus):
        yield from islice(_text(record), MOST_ALIKE + 1)
        photos = record.photo_files if isinstance(record, ActivityRecord | NoteRecord) else ()
        if any(any(find_numbers(photo.name)) for photo in photos):
            # Reported at the record: the photo's own path would repeat the number.
            fix = "改名为 01.jpg 这样的名字，记录里的 file 也跟着改"
            at = record.find_span("photos", key=True)
            yield make_problem(RULE.slug, at, "有图片的文件名里有像电话号码的数字", fix)


def _text(record: Record) -> Iterator[Diagnostic]:
    # One pass over the whole text first: nearly no record has anything to look at line by line.
    if not any(find_numbers(record.file.text)):
        return
    names = getattr(record.data, "private", ())
    for number, line in enumerate(record.file.text.split("\n"), 1):
        for at, secret, more in locate_secrets(record.file, number, find_numbers(line)):
            message = f"这一行还有 {more} 处像号码的数字" if more else f"这里有像{secret.kind}的数字"
            yield make_problem(RULE.slug, at, message, _FIX, excerpt=mask_private_words(line, names))


RULE = Rule(
    slug="personal-number",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="记录里没有电话和身份证号",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
