"""What a measure expects each month was done in every past month.

查什么
方案对某项帮扶内容有每月要求的（如每月派两名业务骨干、每月大中小班各一节课），到期的月份都达到了。

为什么
每月的总项数之外，方案第四部分对各项内容还有自己的要求，学期考核时逐项核对。活动可以因故改期，所以只作提醒。

怎么改
已经做了没有交的，补交记录；交了没有算上的，看 `measure`、`staff`、`grades` 是不是写对了。例如示范教学：

```yaml
measure: demonstration-lesson
grades: [大班, 中班, 小班]
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, Scope
from generator.rules.subjects import find_missed, report_unmet


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, state in find_missed(corpus, today):
        if state.expectation.every == "month" and state.expectation.kind != "document":
            fix = "做了没有交的请补交，已交的核对 measure、staff、grades"
            yield report_unmet(RULE.slug, corpus, year, state, fix)


RULE = Rule(
    slug="monthly-expectation",
    requirement="measures",
    severity=Severity.WARNING,
    summary="各项帮扶内容的每月要求达到了",
    check=_check,
    text=__doc__,
    scope=Scope.ARCHIVE,
)
