"""A programme agrees with itself, with the plan's text and with the schools' folders.

查什么
`programme.yml` 前后一致：校（园）都有文件夹；起止日期不颠倒、不重叠，学期里每一天每个对子都有被帮扶园和责任人；改期、停办、免报的月份是帮扶月，免报的校（园）在方案里；学期的月份不重复、在学期之内；代号不重复；引用的条款在方案原文里都有；每一条条款要么有检查，要么写明由人判断；方案原文的编号连续。

为什么
全县的检查、统计和简报都从这个文件来。这里错一处，所有校（园）的结果都跟着错。

怎么改
这个文件由基教股和维护人员修改，学校不用管。照提示核对方案原文。

- 条款写法：`四-（二）-1`、`五-3`、`附件3-备注`，括号是中文的。
- 不能自动检查的条款写进 `human_judgement`，并说明理由。
- 新增的校（园）先建文件夹和 `school.yml`，再写进 `pairings`。
- 年中有变动的，原来的不删，写清起止：

```yaml
pairings:
  - helper: diyi
    helped: [xinba, {school: leimeng, until: 2020-09}, {school: heiquan, from: 2020-10}]
    responsible: [武校长, {name: 张园长, until: 2020-08-31}, {name: 李园长, from: 2020-09-01}]
deadlines:
  2020-10: {date: 2020-11-02, reason: 国庆放假}
cancelled:
  2020-05: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-05-10}
excused:
  - {school: xinba, months: [2020-11], reason: 封控停园, decided_by: 基教股股长, decided: 2020-11-05}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator

from generator.archive import BureauRecords, Corpus
from generator.records import YamlRecord, format_month
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme
from generator.rules.clause_coverage import find_unattended, find_unneeded
from generator.rules.dropped_months import find_dropped_months, is_changed_since_closing, locate_months
from generator.rules.programme_times import find_contradictions
from generator.rules.rule import (
    DISPENSABLE,
    OPTIONAL_REQUIREMENTS,
    REQUIREMENTS,
    Rule,
    make_problem,
    make_reading_check,
)
from generator.rules.subjects import find_nearest

_SLUG = "programme-consistent"
_Found = Iterator[Diagnostic]
_Place = tuple[str | int, ...]


def _check(corpus: Corpus, today: dt.date) -> _Found:
    yield from make_reading_check(_SLUG)(corpus, today)
    for year, bureau in corpus.bureau.items():
        record, programme = bureau.programme, corpus.find_programme(year)
        if record is None or programme is None:
            continue
        if programme.year != year:
            message = f"年度是 {programme.year}，文件夹却是 {year}"
            yield make_problem(
                _SLUG, record.find_span("year"), message, f"改成 year: {year}，或移到 {programme.year} 文件夹"
            )
        yield from _schools(corpus, record, programme)
        for found in find_contradictions(corpus, programme, today):
            span = record.find_span(*found.place, key=found.key)
            yield make_problem(_SLUG, span, found.message, found.fix)
        yield from _terms(record, programme)
        yield from _dropped_months(corpus, year)
        yield from _measures(record, programme)
        yield from _requirements(record, programme)
        yield from _clauses(record, programme, bureau)


def _repeated(values: Iterable[Hashable]) -> Iterator[int]:
    """Yield the index of every value that stood before."""
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index
        seen.add(value)


def _schools(corpus: Corpus, record: YamlRecord, programme: Programme) -> _Found:
    places: list[tuple[str, _Place]] = []
    for index, pairing in enumerate(programme.pairings):
        places.append((pairing.helper, ("pairings", index, "helper")))
        places += [
            (helped.school, ("pairings", index, "helped", n))
            for n, helped in enumerate(pairing.helped_schools)
        ]
    for school, place in places:
        if school not in corpus.schools:
            # A folder of a school that the programme names elsewhere is not meant: this one is new.
            near = find_nearest(school, [s for s in corpus.schools if s not in programme.school_ids])
            fix = (
                f"是不是想写 {near}（{corpus.name_school(near)}）？"
                if near
                else f"新建 records/{school}/school.yml，或改正代号"
            )
            yield make_problem(_SLUG, record.find_span(*place), f"没有校（园）文件夹 records/{school}", fix)


def _terms(record: YamlRecord, programme: Programme) -> _Found:
    for index in _repeated(t.id for t in programme.terms):
        yield _twice(record, programme.terms[index].id, "terms", index, "id")
    months = [
        (m, ("terms", i, "months", n)) for i, t in enumerate(programme.terms) for n, m in enumerate(t.months)
    ]
    for at in _repeated(month for month, _ in months):
        yield _twice(record, months[at][0], *months[at][1])
    for index, term in enumerate(programme.terms):
        if term.ends < term.starts:
            message = f"{term.name}的结束日期 {term.ends} 早于开学日期 {term.starts}"
            yield make_problem(_SLUG, record.find_span("terms", index, "ends"), message, "核对校历")
            continue
        for n, month in enumerate(term.months):
            if not format_month(term.starts) <= month <= format_month(term.ends):
                message = f"{month} 不在{term.name}（{term.starts} 至 {term.ends}）里"
                yield make_problem(
                    _SLUG,
                    record.find_span("terms", index, "months", n),
                    message,
                    "改月份，或改学期的起止日期",
                )
    terms = [t.id for t in programme.terms]
    if programme.events and programme.events.since not in terms:
        message = f"没有“{programme.events.since}”这个学期"
        fix = f"只能写：{'、'.join(terms)}"
        yield make_problem(_SLUG, record.find_span("events", "since"), message, fix)
    if [m for m, _ in months] != sorted(m for m, _ in months):
        yield make_problem(_SLUG, record.find_span("terms"), "帮扶月没有按先后排列", "学期和月份都从早到晚写")


def _dropped_months(corpus: Corpus, year: int) -> _Found:
    """Report each month once, here, and not in every plan table that names it."""
    for found in () if is_changed_since_closing(corpus, year) else find_dropped_months(corpus, year):
        if found.rows:
            span, line = locate_months(corpus, year, found.month)
            message = (
                f"方案里没有 {found.month} 这个帮扶月，{found.plans} 份计划表却有 {found.rows} 项任务写着它"
            )
            fix = f"漏了就加上：{line}；确实取消的，请各园从计划表里删去这个月的任务"
            yield make_problem(_SLUG, span, message, fix)


def _twice(record: YamlRecord, what: str, *place: str | int) -> Diagnostic:
    return make_problem(_SLUG, record.find_span(*place), f"“{what}”写了两次", "只写一次")


def _measures(record: YamlRecord, programme: Programme) -> _Found:
    for index in _repeated(m.id for m in programme.measures):
        yield _twice(record, programme.measures[index].id, "measures", index, "id")
    for index, measure in enumerate(programme.measures):
        for n, expectation in enumerate(measure.expectations):
            place = ("measures", index, "expectations", n)
            needed = {"document": expectation.document, "grades": expectation.grades}
            if expectation.kind in needed and not needed[expectation.kind]:
                message = f"要求种类是 {expectation.kind}，却没有写 {expectation.kind}"
                yield make_problem(
                    _SLUG, record.find_span(*place, "kind"), message, f"加上 {expectation.kind}: …"
                )
            elif expectation.kind != "document" and not expectation.at_least:
                yield make_problem(
                    _SLUG,
                    record.find_span(*place, "at_least"),
                    "最低数量是 0，等于没有要求",
                    "写 1 或更大的数",
                )


def _requirements(record: YamlRecord, programme: Programme) -> _Found:
    for name in programme.requirements:
        if name not in REQUIREMENTS and name not in OPTIONAL_REQUIREMENTS:
            near = find_nearest(name, REQUIREMENTS)
            fix = (
                f"是不是想写 {near}（{REQUIREMENTS[near]}）？"
                if near
                else f"只能写：{'、'.join(REQUIREMENTS)}"
            )
            yield make_problem(
                _SLUG, record.find_span("requirements", name, key=True), f"没有“{name}”这类检查", fix
            )
    for name, meaning in REQUIREMENTS.items():
        if name not in programme.requirements and name not in DISPENSABLE:
            message = f"没有写“{meaning}”（{name}）的依据"
            yield make_problem(
                _SLUG, record.find_span("requirements", key=True), message, f"加一行 {name}: 条款编号"
            )


def _clauses(record: YamlRecord, programme: Programme, bureau: BureauRecords) -> _Found:
    if bureau.plan is None or bureau.plan_file is None:
        return
    for found in bureau.plan.problems:
        line = bureau.plan_file.read_line(found.line)
        yield make_problem(
            _SLUG, bureau.plan_file.make_span(found.line, 1, len(line) + 1), found.message, found.fix
        )
    cited: list[tuple[str, _Place]] = [(c, ("requirements", n)) for n, c in programme.requirements.items()]
    cited += [(programme.events.clause, ("events", "clause"))] if programme.events else []
    cited += [(m.clause, ("measures", i, "clause")) for i, m in enumerate(programme.measures)]
    cited += [(o.clause, ("oddities", i, "clause")) for i, o in enumerate(programme.oddities)]
    cited += [(h.clause, ("human_judgement", i, "clause")) for i, h in enumerate(programme.human_judgement)]
    for clause, place in cited:
        if clause not in bureau.plan:
            near = find_nearest(clause, (c.id for c in bureau.plan))
            fix = f"是不是 {near}？" if near else "照方案原文的编号写，如 四-（二）-1"
            yield make_problem(_SLUG, record.find_span(*place), f"方案原文里没有条款“{clause}”", fix)
    for clause in find_unattended(programme, bureau.plan):
        message = f"条款 {clause} 既没有检查，也没有写明由人判断"
        yield make_problem(
            _SLUG,
            record.find_span("human_judgement", key=True),
            message,
            f"在 human_judgement 里加上 {clause} 和理由",
        )
    for index in find_unneeded(programme):
        clause = programme.human_judgement[index].clause
        message = f"条款 {clause} 已经有检查或已列出，不必再由人判断"
        yield make_problem(_SLUG, record.find_span("human_judgement", index, "clause"), message, "删去这一项")


RULE = Rule(
    slug=_SLUG,
    requirement="arrangement",
    severity=Severity.ERROR,
    summary="方案数据与原文、文件夹一致",
    check=_check,
    text=__doc__,
    found_in=("generator/archive/bureau_folder.py:_read_plan",),
)
