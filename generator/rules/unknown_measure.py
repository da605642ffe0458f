"""Every measure that a record names is one of the programme's.

查什么
活动的 `measure`、计划表每一行的 `measure`，是方案第四部分的一项，写它的英文代号。

为什么
每项帮扶内容完成了多少，按这个代号汇总。代号不对，活动就归不到任何一项。

怎么改
照提示改成相近的代号，或从列出的代号里选最主要的一项。全部代号见[怎样写记录](../../guides/write-a-record/)。

| 错 | 对 |
| --- | --- |
| `measure: area-observe` | `measure: area-observation` |
| `measure: lecture` | `measure: area-lecture` |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import ActivityRecord, YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    measures = {
        year: {m.id: m.name for m in programme.measures}
        for year in corpus.years
        if (programme := corpus.find_programme(year))
    }
    for year, measure, record, path in _measures(corpus):
        names = measures.get(year)
        if names is None or measure in names:
            continue
        near = find_nearest(measure, names)
        listed = "、".join(f"{id_}（{name}）" for id_, name in names.items())
        fix = f"是不是想写 {near}（{names[near]}）？" if near else f"从这些代号里选一项：{listed}"
        yield make_problem(RULE.slug, record.find_span(*path), f"帮扶内容里没有代号“{measure}”", fix)


def _measures(
    corpus: Corpus,
) -> Iterator[tuple[int, str, YamlRecord | ActivityRecord, tuple[str | int, ...]]]:
    """Yield (year, measure, the record that names it, where)."""
    for activity in corpus.activities:
        if activity.knows("measure"):
            yield activity.year, activity.data.measure, activity, ("measure",)
    for school in corpus.schools.values():
        for year, plan in school.plans.items():
            for index, row in enumerate(plan.data.rows):
                if row.measure is not None:
                    yield year, row.measure, plan, ("rows", index, "measure")


RULE = Rule(
    slug="unknown-measure",
    requirement="measures",
    severity=Severity.ERROR,
    summary="帮扶内容的代号写对了",
    check=_check,
    text=__doc__,
)
