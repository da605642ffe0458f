"""Where a post is asked for, no person is named.

查什么
活动和计划表的负责人 `lead`、核查人 `inspectors`、说明人 `by`、档案管理 `archivist`，写的是职务，不像人名，也不是方案里列出的人。

为什么
档案和网站是公开的，教师的姓名不公开；写明职务，就知道是谁的责任。校（园）长的名字由方案列出，写在 `school.yml` 的 `responsible` 里。

怎么改
| 错 | 对 |
| --- | --- |
| `lead: 王丽` | `lead: 业务园长` |
| `lead: 李老师` | `lead: 大班教师` |
| `lead: 园长王丽` | `lead: 园长` |
| `inspectors: [张股长]` | `inspectors: [基教股股长]` |

其实是职务而被当成人名的，写全一些，如 `高主任` 写成 `保教主任`。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.mentoring import list_known_persons
from generator.archive import Corpus
from generator.archive.privacy import names_person
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import Record

_Post = tuple[Record, int, str, tuple[str | int, ...], str]


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    persons = {year: list_known_persons(corpus, year) for year in corpus.years}
    places = [
        name
        for school in corpus.schools
        if (profile := corpus.find_profile(school))
        for name in (profile.name, profile.short)
    ]
    judged: dict[tuple[int, str], bool] = {}  # a few posts stand in thousands of records
    for record, year, text, path, example in _posts(corpus, corpus.find_running_year(today) or 0):
        if (year, text) not in judged:
            judged[year, text] = names_person(text, persons.get(year, ()), places)
        if judged[year, text]:
            message = f"“{text[:20]}”像是姓名，这里只写职务"
            yield make_problem(RULE.slug, record.find_span(*path), message, f"改成职务，如 {example}")


def _posts(corpus: Corpus, running: int) -> Iterator[_Post]:
    """Yield (record, year, what stands in the place of a post, where, an example)."""
    for school in corpus.schools.values():
        if (profile := school.profile) and profile.knows("archivist"):
            yield profile, running, profile.data.archivist, ("archivist",), "专职档案员"
        for activity in school.activities:
            if activity.knows("lead"):
                yield activity, activity.year, activity.data.lead, ("lead",), "业务园长"
        for year, plan in school.plans.items():
            for index, row in enumerate(plan.data.rows if plan.knows("rows") else ()):
                if row.lead:
                    yield plan, year, row.lead, ("rows", index, "lead"), "业务园长"
    for year, bureau in corpus.bureau.items():
        for inspection in bureau.inspections:
            yield from _of_inspection(inspection, year)


def _of_inspection(record: YamlRecord, year: int) -> Iterator[_Post]:
    data = record.data
    for index, inspector in enumerate(data.inspectors if record.knows("inspectors") else ()):
        yield record, year, inspector, ("inspectors", index), "基教股干部"
    if data.reply and data.reply.by and record.knows("reply"):
        yield record, year, data.reply.by, ("reply", "by"), "园长"


RULE = Rule(
    slug="post-named",
    requirement="privacy",
    severity=Severity.WARNING,
    summary="负责人等栏只写职务",
    check=_check,
    text=__doc__,
)
