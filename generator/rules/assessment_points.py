"""The assessment's items add up to a hundred points for each side, and count what the programme asks for.

查什么
`programme.yml` 的 `assessment`（学期考核）：代号不重复；帮扶园、被帮扶园的分值各合计 100 分；依据的条款在方案原文里有；算法是 `measure` 的，那项帮扶内容对那一方有频次要求；算法是 `document` 的，方案要求那一方交那份文件。

为什么
考核的每一分都要说得出依据。分值合计不是 100，各园之间、各学期之间就没法比；考核方案没有要求的事，没有根据。

怎么改
分值由基教股定。两方分开算：只考核一方的项目，另一方不写或写 0。

```yaml
assessment:
  - {id: quota, name: 每月完成数量, clause: 附件3-备注, kind: quota, helper: 30, helped: 40}
  - {id: roster, name: 师徒结对花名册, clause: 四-（三）-2, kind: document, document: roster, helper: 4}
```

想先看改了分值会怎样，用 `pairing assess 2020-autumn --weight quota=40` 试算，什么也不会改。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.assessment.scores import FULL, SIDES, find_points
from generator.archive import Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import AssessmentItem, Programme
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest

_Found = Iterator[Diagnostic]


def _check(corpus: Corpus, today: dt.date) -> _Found:
    for year, bureau in corpus.bureau.items():
        record, programme = bureau.programme, corpus.find_programme(year)
        if record is None or programme is None or not programme.assessment:
            continue
        seen: set[str] = set()
        for index, item in enumerate(programme.assessment):
            place = ("assessment", index)
            if item.id in seen:
                yield make_problem(
                    RULE.slug, record.find_span(*place, "id"), f"“{item.id}”写了两次", "换一个代号"
                )
            seen.add(item.id)
            if bureau.plan is not None and item.clause not in bureau.plan:
                near = find_nearest(item.clause, (c.id for c in bureau.plan))
                fix = f"是不是 {near}？" if near else "照方案原文的编号写，如 四-（二）-1"
                message = f"方案原文里没有条款“{item.clause}”"
                yield make_problem(RULE.slug, record.find_span(*place, "clause"), message, fix)
            yield from _asked_for(record, programme, item, index)
        for side, name in SIDES.items():
            total = sum(find_points(item, side) for item in programme.assessment)
            if total != FULL:
                message = f"{name}各项合计 {total} 分，不是 {FULL} 分"
                yield make_problem(
                    RULE.slug, record.find_span("assessment", key=True), message, f"改 {side}: 后面的分值"
                )


def _asked_for(record: YamlRecord, programme: Programme, item: AssessmentItem, index: int) -> _Found:
    """Yield what is wrong with an item that counts a measure or a document."""
    place = ("assessment", index)
    if item.kind not in ("measure", "document"):
        return
    named = item.measure if item.kind == "measure" else item.document
    if named is None:
        message = f"算法是 {item.kind}，却没有写 {item.kind}"
        yield make_problem(RULE.slug, record.find_span(*place, "kind"), message, f"加上 {item.kind}: …")
        return
    if item.kind == "measure" and programme.find_measure(named) is None:
        near = find_nearest(named, (m.id for m in programme.measures))
        fix = f"是不是 {near}？" if near else "代号见 measures"
        yield make_problem(RULE.slug, record.find_span(*place, "measure"), f"没有帮扶内容“{named}”", fix)
        return
    asked = {
        expectation.by
        for measure in programme.measures
        for expectation in measure.expectations
        if (expectation.document == named if item.kind == "document" else measure.id == named)
        and (expectation.kind == "document") == (item.kind == "document")
    }
    for side, name in SIDES.items():
        if find_points(item, side) and side not in asked:
            message = f"方案没有要求{name}做“{item.name}”，不能考核"
            fix = f"{side} 写 0，或在 measures 里写明要求"
            yield make_problem(RULE.slug, record.find_span(*place, side), message, fix)


RULE = Rule(
    slug="assessment-points",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="学期考核的项目有依据，分值合计一百",
    check=_check,
    text=__doc__,
    only_if_asked=True,
)
