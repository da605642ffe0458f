"""An activity's direction agrees with the numbers of staff sent and received.

查什么
方式与人数不矛盾：`host` 请进来，应当有接待的人；`visit` 走出去，应当有派出的人。人数从**本园**看。

为什么
每月派出、接待几名业务骨干要单独统计。写反了，派出就成了接待，当月的要求会显示没有完成。

怎么改
| 情形 | 写法 |
| --- | --- |
| 本园两人去对方园 | `direction: visit`，`staff: {sent: 2, received: 0}` |
| 对方园两人来本园 | `direction: host`，`staff: {sent: 0, received: 2}` |
| 在钉钉上开展 | `direction: online` |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        staff, direction = activity.data.staff, activity.data.direction
        if direction == "host" and staff.sent and not staff.received:
            message = f"方式是 host 请进来，人数却是派出 {staff.sent}、接待 0"
            fix = f"到对方园去的，改成 direction: visit；对方来的，改成 {{sent: 0, received: {staff.sent}}}"
        elif direction == "visit" and staff.received and not staff.sent:
            message = f"方式是 visit 走出去，人数却是派出 0、接待 {staff.received}"
            fix = f"对方来本园的，改成 direction: host；本园派出的，改成 {{sent: {staff.received}, received: 0}}"
        else:
            continue
        if activity.knows("direction", "staff"):
            yield make_problem(RULE.slug, activity.find_span("staff"), message, fix)


RULE = Rule(
    slug="direction-staff",
    requirement="truthful",
    severity=Severity.WARNING,
    summary="方式与派出、接待人数不矛盾",
    check=_check,
    text=__doc__,
)
