"""A roster belongs to a helper, and covers the programme's terms and the helper's own helped schools.

查什么
师徒结对花名册放在帮扶园的文件夹里；学期代号是方案里的，每学期一份；徒弟所在园是本对子的被帮扶园；上报日期不在将来。

为什么
花名册由帮扶园负责报送。写了别的对子的园，师徒关系就落不到实处。

怎么改
```yaml
terms:
  - term: spring
    reported: 2020-03-05
    pairs:
      - {mentor: 大班骨干教师, mentee: 大班教师, school: leimeng, focus: 区域活动组织}
```

师傅、徒弟只写岗位，不写姓名。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import list_schools


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for school in corpus.schools.values():
        for year, roster in school.rosters.items():
            programme, pairing = corpus.find_programme(year), corpus.find_pairing(year, school.id)
            if programme is None or pairing is None:
                continue
            if not programme.is_helper(school.id):
                fix = f"删去这个文件；由{corpus.name_school(pairing.helper)}填在 records/{pairing.helper}/{year}/roster.yml"
                yield make_problem(RULE.slug, roster.file.make_span(), "师徒结对花名册由帮扶园报送", fix)
            elif roster.knows("terms"):
                helped = programme.list_helped_by(school.id)
                yield from _terms(corpus, programme, helped, roster, today)


def _terms(
    corpus: Corpus, programme: Programme, helped: tuple[str, ...], roster: YamlRecord, today: dt.date
) -> Iterator[Diagnostic]:
    names = {term.id: term.name for term in programme.terms}
    seen: set[str] = set()
    for index, term in enumerate(roster.data.terms):
        if term.term not in names:
            listed = "、".join(f"{id_}（{name}）" for id_, name in names.items())
            yield make_problem(
                RULE.slug,
                roster.find_span("terms", index, "term"),
                f"没有代号是“{term.term}”的学期",
                f"改成其中一个：{listed}",
            )
        elif term.term in seen:
            at = roster.find_span("terms", index, "term")
            yield make_problem(RULE.slug, at, f"{names[term.term]}的花名册写了两份", "合并成一份")
        seen.add(term.term)
        if term.reported > today:
            at = roster.find_span("terms", index, "reported")
            yield make_problem(
                RULE.slug,
                at,
                f"上报日期 {term.reported} 还没有到（今天是 {today}）",
                "改成材料报送那天的日期",
            )
        numbers: set[str] = set()
        for place, pair in enumerate(term.pairs):
            if pair.id in numbers:
                at = roster.find_span("terms", index, "pairs", place, "id")
                yield make_problem(
                    RULE.slug, at, f"编号“{pair.id}”这学期已经用过", "换一个没有用过的，如 leimeng-2"
                )
            numbers.update([pair.id] if pair.id else [])
            if pair.school not in helped:
                at = roster.find_span("terms", index, "pairs", place, "school")
                message = f"“{pair.school}”不是本园的被帮扶园"
                yield make_problem(RULE.slug, at, message, f"本园的被帮扶园：{list_schools(corpus, helped)}")


RULE = Rule(
    slug="roster-content",
    requirement="roster",
    severity=Severity.ERROR,
    summary="花名册的学期和园写对了",
    check=_check,
    text=__doc__,
)
