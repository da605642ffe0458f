"""A roster is reported within the number of days that the programme gives.

查什么
每学期的花名册在方案规定的开学后几天之内上报。

为什么
师徒结上对子，一学期的指导才能开始。晚了照样收下，所以只作提醒。

怎么改
日期写错了就改过来。确实晚了不用改，下学期请在开学第一周内报。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year in corpus.years:
        programme = corpus.find_programme(year)
        expectations = (e for m in programme.measures for e in m.expectations) if programme else ()
        days = next((e.within_days for e in expectations if e.document == "roster" and e.within_days), None)
        if programme is None or days is None:
            continue
        for helper in dict.fromkeys(pairing.helper for pairing in programme.pairings):
            begun = {t.id: programme.find_first_day(helper, t) for t in programme.terms}
            last = {term: day + dt.timedelta(days=days - 1) for term, day in begun.items()}
            records = corpus.schools.get(helper)
            roster = records.rosters.get(year) if records else None
            for index, term in enumerate(roster.data.terms if roster else ()):
                if term.reported > last.get(term.term, dt.date.max):
                    assert roster is not None  # noqa: S101  # it has terms
                    yield make_problem(
                        RULE.slug,
                        roster.find_span("terms", index, "reported"),
                        f"花名册 {term.reported} 才上报，应在 {last[term.term]} 前（含当日）",
                        "日期写错了就改过来；确实晚了不用改，下学期请在开学第一周内报",
                    )


RULE = Rule(
    slug="roster-late",
    requirement="roster",
    severity=Severity.WARNING,
    summary="花名册按时上报",
    check=_check,
    text=__doc__,
    only_if_asked=True,
)
