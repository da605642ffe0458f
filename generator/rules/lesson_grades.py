"""A lesson that counts by grade names its grades.

查什么
按年级计算的帮扶内容（如示范教学）写明 `grades`。

为什么
这一项要求各年级都有。不写年级，就数不清大、中、小班是不是齐了，当月会显示没有完成。

怎么改
在填写栏加一行，写上这次活动的年级：

```yaml
grades: [大班, 中班]
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Measure
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    by_grade: dict[tuple[int, bool, str], Measure] = {
        (year, e.by == "helper", measure.id): measure
        for year in corpus.years
        if (programme := corpus.find_programme(year))
        for measure in programme.measures
        for e in measure.expectations
        if e.kind == "grades"
    }
    for activity in corpus.activities:
        if activity.data.grades or not activity.knows("grades", "measure"):
            continue
        programme = corpus.find_programme(activity.year)
        pairings = programme.list_pairings_of(activity.school, activity.month) if programme else ()
        is_helper = any(pairing.helper == activity.school for pairing in pairings)
        measure = by_grade.get((activity.year, is_helper, activity.data.measure))
        if pairings and measure:
            yield make_problem(
                RULE.slug,
                activity.find_span("measure"),
                f"{measure.name}按年级计算，这里没有写年级",
                "加一行 grades: [大班]，写上这次活动的年级",
                clause=measure.clause,
            )


RULE = Rule(
    slug="lesson-grades",
    requirement="measures",
    severity=Severity.WARNING,
    summary="按年级计算的活动写明年级",
    check=_check,
    text=__doc__,
)
