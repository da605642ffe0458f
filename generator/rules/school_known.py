"""Every school's folder belongs to a school of a programme and has a matching profile.

查什么
`records/` 下的每个文件夹都是方案里的校（园），里面有 `school.yml`；`id` 与文件夹同名；类别与帮扶对子一致；责任人是方案为这个对子列出的人。

为什么
方案没有安排的文件夹，里面的活动不计入任何对子。校（园）长是第一责任人，名字要与方案一致。

怎么改
文件夹名写错了，改成提示里的代号，把记录移过去。`school.yml` 的样子：

```yaml
id: leimeng
name: 蕾梦幼儿园
short: 蕾梦
kind: private
responsible: 白雪
archivist: 专职档案员（待指定）
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus, SchoolRecords
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.records.models import Pairing
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    known = {school for year in corpus.years if (p := corpus.programme(year)) for school in p.school_ids}
    if not known:
        return
    newest = corpus.programme(corpus.years[-1])
    office = newest.office if newest else ""
    for school in corpus.schools.values():
        profile = school.profile
        file = profile.file if profile else SourceFile(path=f"records/{school.id}/school.yml")
        if school.id not in known:
            near = find_nearest(school.id, known)
            fix = f"是不是 {near}（{corpus.name(near)}）？移到 records/{near}；" if near else ""
            message = f"方案里没有代号是“{school.id}”的校（园）"
            for at in [a.file for a in school.activities] or [file]:
                yield make_problem(
                    RULE.slug,
                    at.span(),
                    message,
                    f"{fix}新增的校（园）先由{office}写进 programme.yml",
                    excerpt="",
                )
        elif profile is None:
            if not any(p.span.file.path == file.path for p in school.problems):
                yield make_problem(
                    RULE.slug,
                    file.span(),
                    "这个校（园）还没有 school.yml",
                    f"新建 {file.path}，写上 id、name、short、kind、responsible、archivist",
                )
        else:
            yield from _profile(corpus, school, profile)


def _profile(corpus: Corpus, school: SchoolRecords, profile: YamlRecord) -> Iterator[Diagnostic]:
    data = profile.data
    if profile.knows("id") and data.id != school.id:
        message = f"代号“{data.id}”与文件夹“{school.id}”不同"
        yield make_problem(RULE.slug, profile.span("id"), message, f"改成 id: {school.id}")
    pairings = [p for year in corpus.years if (p := corpus.pairing(year, school.id))]
    if not pairings:
        return
    helps, is_helped = _sides(pairings, school.id)
    if profile.knows("kind") and not (helps if data.kind == "helper" else is_helped):
        right = "kind: helper" if helps else "kind: rural（农村园）或 kind: private（民办园）"
        message = f"方案里这是{'帮扶园' if helps else '被帮扶园'}，类别却写 {data.kind}"
        yield make_problem(RULE.slug, profile.span("kind"), message, f"改成 {right}")
    persons = [person for p in pairings for person in p.responsible]
    if profile.knows("responsible") and data.responsible not in persons:
        message = f"责任人“{data.responsible}”不在方案为这个对子列出的人里"
        fix = f"方案列出的是：{'、'.join(dict.fromkeys(persons))}"
        yield make_problem(RULE.slug, profile.span("responsible"), message, fix)


def _sides(pairings: list[Pairing], school: str) -> tuple[bool, bool]:
    return any(p.helper == school for p in pairings), any(school in p.helped for p in pairings)


RULE = Rule(
    slug="school-known",
    requirement="responsible",
    severity=Severity.ERROR,
    summary="校（园）在方案里，档案与方案一致",
    check=_check,
    text=__doc__,
)
