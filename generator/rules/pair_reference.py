"""The pairs of teachers that an activity names are in the roster of its term.

查什么
`pairs` 里的编号，在帮扶园当学期的花名册（`roster.yml`）里有，而且徒弟所在的园参加了这次活动。

为什么
每对师徒做过几次、最近是哪一天，由活动记录里的编号数出来。编号对不上，就数不到那一对。

怎么改
打开帮扶园的 `roster.yml`，照抄那一对的 `id`：

```yaml
pairs: [leimeng-1, leimeng-2]
```

花名册里还没有编号的，先由帮扶园补上 `id`。不知道是哪一对的，删去 `pairs` 这一行。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.mentoring import find_roster, find_term
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    unread = {p.span.file.path for p in corpus.problems}
    for activity in corpus.activities:
        if not activity.data.pairs or not activity.knows("pairs") or not activity.knows("date"):
            continue
        programme = corpus.find_programme(activity.year)
        if programme is None or not programme.list_pairings_of(activity.school):
            continue
        now = programme.list_pairings_of(activity.school, activity.month) or programme.list_pairings_of(
            activity.school
        )
        paths = {pairing.helper: f"records/{pairing.helper}/{activity.year}/roster.yml" for pairing in now}
        term = find_term(programme, activity.data.date)
        if term is None or not unread.isdisjoint(paths.values()):
            continue  # another rule says so
        rosters = [find_roster(corpus, activity.year, helper, term.id) for helper in paths]
        schools = {pair.id: pair.school for roster in rosters if roster for pair in roster.pairs if pair.id}
        path = next(iter(paths.values()))
        for index, name in enumerate(activity.data.pairs):
            if found := _advice(corpus, activity, name, schools, f"{term.name}花名册", path):
                yield make_problem(RULE.slug, activity.find_span("pairs", index), *found)


def _advice(
    corpus: Corpus, activity: ActivityRecord, name: str, schools: dict[str, str], roster: str, path: str
) -> tuple[str, str] | None:
    if name not in schools:
        near = find_nearest(name, schools)
        if near:
            fix = f"是不是想写 {near}？"
        elif schools:
            fix = f"有这些编号：{'、'.join(schools)}"
        else:
            fix = f"先在 {path} 里给每一对写上 id，或删去 pairs 这一行"
        return f"{roster}里没有编号是“{name}”的对子", fix
    if schools[name] not in (activity.school, *activity.data.partners):
        where = corpus.name_school(schools[name])
        return (
            f"“{name}”的徒弟在{where}，这次活动却没有它参加",
            f"在 partners 里加上 {schools[name]}，或改正编号",
        )
    return None


RULE = Rule(
    slug="pair-reference",
    requirement="roster",
    severity=Severity.ERROR,
    summary="参加活动的师徒对子在花名册里",
    check=_check,
    text=__doc__,
)
