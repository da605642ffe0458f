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
former:
  - {name: 育才幼儿园, until: 2020-08-31}
  - {responsible: 张某某, until: 2020-08-31}
```

改了名、换了责任人的，上面写现在的，`former` 写以前的和到哪天为止。
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
    known = {school for year in corpus.years if (p := corpus.find_programme(year)) for school in p.school_ids}
    if not known:
        return
    newest = corpus.find_programme(corpus.find_running_year(today) or 0)
    office = newest.office if newest else ""
    for school in corpus.schools.values():
        profile = school.profile
        file = profile.file if profile else SourceFile(path=f"records/{school.id}/school.yml")
        if school.id not in known:
            near = find_nearest(school.id, known)
            fix = f"是不是 {near}（{corpus.name_school(near)}）？移到 records/{near}；" if near else ""
            message = f"方案里没有代号是“{school.id}”的校（园）"
            for at in [a.file for a in school.activities] or [file]:
                yield make_problem(
                    RULE.slug,
                    at.make_span(),
                    message,
                    f"{fix}新增的校（园）先由{office}写进 programme.yml",
                    excerpt="",
                )
        elif profile is None:
            if not any(p.span.file.path == file.path for p in school.problems):
                yield make_problem(
                    RULE.slug,
                    file.make_span(),
                    "这个校（园）还没有 school.yml",
                    f"新建 {file.path}，写上 id、name、short、kind、responsible、archivist",
                )
        else:
            yield from _profile(corpus, school, profile, today)


def _profile(
    corpus: Corpus, school: SchoolRecords, profile: YamlRecord, today: dt.date
) -> Iterator[Diagnostic]:
    data = profile.data
    if profile.knows("id") and data.id != school.id:
        message = f"代号“{data.id}”与文件夹“{school.id}”不同"
        yield make_problem(RULE.slug, profile.find_span("id"), message, f"改成 id: {school.id}")
    if profile.knows("merged_into") and data.merged_into and data.merged_into not in corpus.schools:
        near = find_nearest(data.merged_into, corpus.schools)
        fix = f"是不是想写 {near}（{corpus.name_school(near)}）？" if near else "写并入的那所校（园）的代号"
        message = f"没有代号是“{data.merged_into}”的校（园）"
        yield make_problem(RULE.slug, profile.find_span("merged_into"), message, fix)
    pairings = [
        p
        for year in corpus.years
        if (programme := corpus.find_programme(year))
        for p in programme.list_pairings_of(school.id)
    ]
    if not pairings:
        return
    helps, is_helped = _sides(corpus, pairings, school.id, today)
    if profile.knows("kind") and not (helps if data.kind == "helper" else is_helped):
        right = "kind: helper" if helps else "kind: rural（农村园）或 kind: private（民办园）"
        message = f"方案里这是{'帮扶园' if helps else '被帮扶园'}，类别却写 {data.kind}"
        yield make_problem(RULE.slug, profile.find_span("kind"), message, f"改成 {right}")
    last = _find_last_days(pairings)
    day = min(data.until or today, _find_last_day(corpus, school.id))
    now = [person for person, until in last.items() if until >= day]
    if profile.knows("responsible") and data.responsible not in now:
        known = last.get(data.responsible)
        message = f"责任人“{data.responsible}”不在方案为这个对子列出的人里"
        fix = f"方案列出的是：{'、'.join(now or last)}"
        if known:
            message = f"方案里责任人“{data.responsible}”到 {known} 为止"
            fix = f"改成现在的：{'、'.join(now)}；以前的写进 former：{{responsible: {data.responsible}, until: {known}}}"
        yield make_problem(RULE.slug, profile.find_span("responsible"), message, fix)
    if profile.knows("former"):
        yield from _former(profile, last)


def _former(profile: YamlRecord, last: dict[str, dt.date]) -> Iterator[Diagnostic]:
    """Yield what of a school's former selves lacks its day, says nothing, or names a person of no pairing."""
    for index, former in enumerate(profile.data.former_selves):
        span = profile.find_span("former", index)
        if former.until is None and (former.short or former.kind or former.responsible):
            message, fix = "没有写到哪天为止是这样", "加上 until，如 until: 2020-08-31"
            yield make_problem(RULE.slug, span, message, fix)
        elif not (former.name or former.short or former.kind or former.responsible):
            message, fix = "没有写那时是什么样", "写上当时的 name、short、kind 或 responsible"
            yield make_problem(RULE.slug, span, message, fix)
        elif former.responsible and former.responsible not in last:
            message = f"以前的责任人“{former.responsible}”不在方案为这个对子列出的人里"
            yield make_problem(RULE.slug, span, message, f"方案列出的是：{'、'.join(last)}")


def _find_last_day(corpus: Corpus, school: str) -> dt.date:
    """Return the last day on which a school takes part in any programme: one that left keeps its person."""
    programmes = (programme for year in corpus.years if (programme := corpus.find_programme(year)))
    return max((s.span.last for p in programmes for s in p.list_stays(school)), default=dt.date.max)


def _find_last_days(pairings: list[Pairing]) -> dict[str, dt.date]:
    """Return the persons of pairings, each with the last day of the office."""
    found: dict[str, dt.date] = {}
    for person in (person for p in pairings for person in p.responsible_persons):
        found[person.name] = max(found.get(person.name, dt.date.min), person.span.last)
    return found


def _sides(corpus: Corpus, pairings: list[Pairing], school: str, day: dt.date) -> tuple[bool, bool]:
    """Say whether a school helps, and is helped: on a day, or at any time where it takes part in nothing then."""
    now = [
        stay
        for year in corpus.years
        if (programme := corpus.find_programme(year))
        for stay in programme.list_stays(school)
        if stay.span.holds(day)
    ]
    if now:
        return any(stay.is_helper for stay in now), any(not stay.is_helper for stay in now)
    return any(p.helper == school for p in pairings), any(school in p.helped for p in pairings)


RULE = Rule(
    slug="school-known",
    requirement="responsible",
    severity=Severity.ERROR,
    summary="校（园）在方案里，档案与方案一致",
    check=_check,
    text=__doc__,
)
