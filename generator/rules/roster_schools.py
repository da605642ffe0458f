"""A term's roster has a pair of teachers for every helped school.

查什么
每学期的花名册里，本对子的每一所被帮扶园至少有一对师徒。

为什么
帮扶园的教师要和被帮扶园的教师结成帮教对子。漏了一所园，这所园的教师这一学期就没有师傅。

怎么改
在花名册里给提示的园补上一对：

```yaml
    pairs:
      - {id: xinba-1, mentor: 业务园长, mentee: 教研负责人, school: xinba, focus: 教学管理}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_schools


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for school in corpus.schools.values():
        for year, roster in school.rosters.items():
            programme = corpus.find_programme(year)
            if programme is None or not programme.is_helper(school.id):
                continue
            names = {term.id: term.name for term in programme.terms}
            for index, term in enumerate(roster.data.terms):
                there = {pair.school for pair in term.pairs}
                absent = [
                    helped
                    for helped in _list_helped(programme, school.id, term.term)
                    if helped not in there and helped in corpus.schools
                ]
                if absent:
                    yield make_problem(
                        RULE.slug,
                        roster.find_span("terms", index, "term"),
                        f"{names.get(term.term, term.term)}的花名册里没有这些园的对子：{list_schools(corpus, absent)}",
                        "给每一所补上一对师徒",
                    )


def _list_helped(programme: Programme, helper: str, term_id: str) -> tuple[str, ...]:
    """Return the schools for which any month of a term counts; all of the year's for an unknown term."""
    term = next((t for t in programme.terms if t.id == term_id), None)
    if term is None:
        return programme.list_helped_by(helper)
    there = {s for m in term.months for s in programme.list_helped_by(helper, m) if programme.is_member(s, m)}
    return tuple(s for s in programme.list_helped_by(helper) if s in there)


RULE = Rule(
    slug="roster-schools",
    requirement="roster",
    severity=Severity.WARNING,
    summary="每所被帮扶园都有师徒对子",
    check=_check,
    text=__doc__,
    only_if_asked=True,
)
