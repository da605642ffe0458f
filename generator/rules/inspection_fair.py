"""A finding against a school states its reasons, and the school was heard before it.

查什么
督导核查的结论：

- 一份记录的结论与整份核查的结论不矛盾；
- 存疑和虚报，写明哪天告诉了学校（`told`），不早于核查，也不在将来；
- 学校的说明（`reply`）不早于告知；
- 虚报写明定论日期（`decided`），在学校说明以后；学校没有说明的，在说明期限（方案数据 `reply_days`）过后；
- 虚报的依据写清楚：正文和说明合起来不少于 40 字；
- 写明核查人和方式。

为什么
虚报使一项工作按零分计算，又公开写着校（园）的名字。没有听过学校的说明就定论，不公平，也站不住。说明期限是档案的规定，方案没有写；由教育局在 `programme.yml` 里定。

怎么改
还没有听学校说明的，先写存疑，或者先不写结论（网站上显示“核查中”）：

```yaml
told: 2020-05-29
reply: {date: 2020-06-02, by: 园长, text: 当天改为线上开展，方式填写有误。}
decided: 2020-06-04
```
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.accounts.inspection_results import LABELS, find_outcome
from generator.archive import Corpus
from generator.records import NoteRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Inspection, Programme
from generator.rules.rule import Rule, make_problem

LEAST_REASONS = 40
"""So many characters a finding of false report gives as its reasons, at least."""


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        for record in bureau.inspections:
            if programme is not None and record.complete:
                yield from _finding(record)
                yield from _hearing(record, programme, today)
                yield from _reasons(record)


def _finding(record: NoteRecord) -> Iterator[Diagnostic]:
    data: Inspection = record.data
    gravest = find_outcome(data.model_copy(update={"finding": None}))
    if data.finding and data.records and gravest != data.finding:
        said = f"最重的是“{LABELS[gravest]}”" if gravest else "都还没有结论"
        message = f"整份核查的结论是“{LABELS[data.finding]}”，各份记录{said}"
        yield make_problem(
            RULE.slug, record.find_span("finding"), message, "删去 finding 这一行，以各份记录的结论为准"
        )


def _hearing(record: NoteRecord, programme: Programme, today: dt.date) -> Iterator[Diagnostic]:
    data: Inspection = record.data
    finding = find_outcome(data)
    adverse = finding in ("doubtful", "false")
    if finding and adverse and data.told is None:
        message = f"结论是“{LABELS[finding]}”，没有写哪天告诉了学校"
        fix = "告知学校以后加一行 told: 日期；还没有告知的，先不写结论"
        yield make_problem(RULE.slug, record.find_span(*_where(data)), message, fix)
    days = (("told", data.told, data.date, "核查"), ("decided", data.decided, data.told or data.date, "告知"))
    for field, day, first, what in days:
        if day and day < first:
            message = f"{day} 早于{what}的日期 {first}"
            yield make_problem(RULE.slug, record.find_span(field), message, "核对年、月、日")
        elif day and day > today:
            message = f"日期 {day} 还没有到（今天是 {today}）"
            yield make_problem(RULE.slug, record.find_span(field), message, "核对年、月、日")
    if data.reply and data.reply.date < (data.told or data.date):
        message = f"学校的说明在 {data.reply.date}，早于{'告知' if data.told else '核查'}的日期"
        yield make_problem(RULE.slug, record.find_span("reply", "date"), message, "核对年、月、日")
    if finding == "false" and data.told is not None:
        yield from _decision(record, data, programme)


def _decision(record: NoteRecord, data: Inspection, programme: Programme) -> Iterator[Diagnostic]:
    assert data.told is not None  # noqa: S101  # asked for by the caller
    last = data.told + dt.timedelta(days=programme.reply_days)
    where = record.find_span(*(("decided",) if data.decided else _where(data)))
    if data.decided is None:
        fix = f"听过学校说明，或 {last} 以后，加一行 decided: 日期；在那以前结论写 doubtful"
        yield make_problem(RULE.slug, where, "结论是“虚报”，没有写定论日期", fix)
    elif data.reply and data.decided < data.reply.date:
        message = f"定论在 {data.decided}，学校的说明在 {data.reply.date}：没有听说明就定了论"
        yield make_problem(RULE.slug, where, message, "听过说明再定论；核对两个日期")
    elif data.reply is None and data.decided <= last:
        message = f"学校还没有说明，说明期限到 {last}，{data.decided} 就定了论"
        yield make_problem(RULE.slug, where, message, "期限过后再定论；在那以前结论写 doubtful")


def _reasons(record: NoteRecord) -> Iterator[Diagnostic]:
    data: Inspection = record.data
    finding = find_outcome(data)
    written = [record.markdown.body, *(item.remark or "" for item in data.records if item.finding == "false")]
    if finding == "false" and len(re.sub(r"\s", "", "".join(written))) < LEAST_REASONS:
        message = f"结论是“虚报”，依据不足 {LEAST_REASONS} 字"
        fix = "在正文里写清看了什么、问了谁（只写岗位）、与记录哪里不符"
        yield make_problem(RULE.slug, record.find_span(*_where(data)), message, fix)
    if finding in ("doubtful", "false"):
        for field, title in (("inspectors", "核查人"), ("methods", "方式")):
            if not getattr(data, field):
                message = f"结论是“{LABELS[finding]}”，没有写{title}"
                fix = (
                    "加一行 inspectors: [基教股干部]，只写职务"
                    if field == "inspectors"
                    else "加一行 methods: [visit]（visit 入校检查、interview 走访师幼、survey 调查问卷）"
                )
                yield make_problem(RULE.slug, record.find_span(*_where(data)), message, fix)


def _where(data: Inspection) -> tuple[str | int, ...]:
    """Return the place of the finding that counts."""
    if data.finding:
        return ("finding",)
    gravest = find_outcome(data)
    index = next((i for i, item in enumerate(data.records) if item.finding == gravest), 0)
    return ("records", index, "finding")


RULE = Rule(
    slug="inspection-fair",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="不利于学校的核查结论，听过学校说明，写明依据",
    check=_check,
    text=__doc__,
)
