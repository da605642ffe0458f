"""A bulletin does not end with the sample's telephone number.

查什么
`programme.yml` 的 `imprint`（简报末尾的发送范围和联系方式，网站页脚的单位和电话）里，没有留着样例的电话和“示例”二字。示例档案不查。

为什么
每期简报末尾都印着它，学校和家长照着打，会打不通。

怎么改
换成本科室的办公电话；没有要公布的，删去 `contact` 这一行：

| 错 | 对 |
| --- | --- |
| `contact: 基教股办公室（示例：电话 0936-×××××××）` | `contact: 基教股办公室，电话` 和号码 |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

_SAMPLE = re.compile(
    r"示例|样例|例如|[×xX*＊]{3,}|(?<![0-9])(?:0{6,8}|1{7,8}|1234567|12345678|88888888)(?![0-9])"
)


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    if corpus.has_sample:
        return
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        if programme is None or bureau.programme is None:
            continue
        imprint = programme.imprint
        places: list[tuple[str, tuple[str | int, ...]]] = [(imprint.contact or "", ("contact",))]
        site = imprint.site
        written = {"organiser": site.organiser, "operator": site.operator, "telephone": site.telephone}
        places += [(text or "", ("site", name)) for name, text in written.items()]
        for name in ("to", "copies"):
            places += [(text, (name, index)) for index, text in enumerate(getattr(imprint, name))]
        for text, place in places:
            if _SAMPLE.search(text):
                span = bureau.programme.find_span("imprint", *place)
                where = "网站页脚写" if place[0] == "site" else "简报末尾印"
                message = f"{where}的“{text[:40]}”还是样例"
                fix = (
                    f"换成{programme.office}的办公电话，如 contact: {programme.office}办公室，电话（区号-号码）；不公布就删去这一行"
                    if place == ("contact",)
                    else "换成实际的单位；不需要的删去"
                )
                yield make_problem(RULE.slug, span, message, fix)


RULE = Rule(
    slug="sample-contact",
    requirement="assessment",
    severity=Severity.WARNING,
    summary="简报末尾的联系方式不是样例",
    check=_check,
    text=__doc__,
)
