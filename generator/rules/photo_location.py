"""No photo's metadata reveal where it was taken.

查什么
图片文件里任何一处都没有拍摄地点。地点会藏在这些地方：

- 相机信息（EXIF）里的 GPS 经纬度，相机厂家自己的附注里的地名；
- 修图软件写的说明（XMP、IPTC）里的城市、地点；
- 图片说明、备注、注释里写的经纬度，PNG 的文字块里的也算；
- “动态照片”附带的短片、接在后面的第二张图，里面也各有自己的信息。

为什么
手机会把经纬度写进照片。档案是公开的，原图谁都能下载，幼儿、教师常去的地方不该让人查到。网站上的小图已经去掉了这些，原图没有。

怎么改
两个办法选一个，都换掉文件夹里的这一张：

- 电脑上：`pairing photos add` 后面写这张照片的路径，它会把地点连同短片、第二张图一起去掉，只把拍摄日期写进记录；
- 手机上：用微信发给“文件传输助手”，不勾“原图”，再存下来，地点就没有了。

以后不想再改：在手机“设置”“隐私”“定位服务”里，对“相机”选“永不”；相机里的“动态照片”（实况、Live）也关掉。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.images.revealed import EXIF, FILM, IPTC, MAKER, PICTURE, TEXT, XMP
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_WHERE = {
    EXIF: "相机信息（EXIF）",
    MAKER: "相机厂家的附注",
    XMP: "修图软件的说明（XMP）",
    IPTC: "图片说明（IPTC）",
    TEXT: "文字注释",
    FILM: "动态照片的短片",
    PICTURE: "附带的另一张图",
}


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.photographed:
        for photo in activity.photo_files:
            if photo.facts and photo.facts.located:
                where = "、".join(_WHERE[place] for place in photo.facts.places)
                camera = "；以后拍照前在相机里关掉“动态照片”" if FILM in photo.facts.places else ""
                yield make_problem(
                    RULE.slug,
                    photo.file.make_span(),
                    f"图片“{photo.name}”里记着拍摄地点，藏在{where}里",
                    f"在电脑上运行 pairing photos add {photo.file.path}；"
                    f"或在手机上用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张{camera}",
                    excerpt="",
                )


RULE = Rule(
    slug="photo-location",
    requirement="privacy",
    severity=Severity.ERROR,
    summary="图片里没有拍摄地点",
    check=_check,
    text=__doc__,
)
