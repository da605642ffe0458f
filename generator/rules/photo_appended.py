"""No other data follow the end of a picture in its file.

查什么
图片文件到图片结束为止，后面没有接着别的东西：网页、程序、压缩包、PDF，或超过 4 KB 的不明数据。手机自己加的（动态照片的短片、第二个镜头、型号记录）不算。

为什么
把压缩包或网页接在图片后面，图片照样能看，里面的东西却躲过了检查。网站只发布重新生成的小图，但原文件仍在档案里。

怎么改
重新从手机导出这张照片。仍有提示的，用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张；或在电脑上用 `pairing photos add 记录文件夹 照片`。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import PhotoFacts
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_NAMES = {
    "HTML": "网页",
    "script": "网页程序",
    "program": "程序",
    "ZIP": " ZIP 压缩包",
    "RAR": " RAR 压缩包",
    "7z": " 7z 压缩包",
    "PDF": " PDF 文档",
}
_SLACK = 4096  # old cameras fill up their last block with whatever they had in memory


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if photo.facts and (what := _hidden(photo.facts)):
                yield make_problem(
                    RULE.slug,
                    photo.file.make_span(),
                    f"图片“{photo.name}”后面还接着{what}",
                    "重新从手机导出，或用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张",
                    excerpt="",
                )


def _hidden(facts: PhotoFacts) -> str:
    if facts.appended_kind in _NAMES:
        return _NAMES[facts.appended_kind]
    if facts.appended_kind == "unknown" and facts.appended > _SLACK:
        return f" {facts.appended / 1024:.0f} KB 不明数据"
    return ""


RULE = Rule(
    slug="photo-appended",
    requirement="format",
    severity=Severity.ERROR,
    summary="图片后面没有接着别的东西",
    check=_check,
    text=__doc__,
)
