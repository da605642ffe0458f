"""Count each item of the assessment for one school and term: one small function for each kind of item.

Only activities that count in their month count here (五-4: what did not arrive in time was not carried out),
and only those that no inspection found false. A false report zeroes what it was reported for (五-4: 相关项目按零分计算):

- the month in which it was reported, in all items counted by month: the account of that month was false;
- the whole line of its measure in that term: the measure was not carried out;
- the plan row that it claimed to fulfil, unless another activity fulfils it;
- the whole line for truthful reports.

More work never lowers a count: `of` depends only on what is asked for.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.accounts.assessment.scores import Evidence, Line, Part, Side
from generator.accounts.expectations import ExpectationState, count_fulfilment
from generator.accounts.ledger import Cell, Status, list_counted, make_cell
from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.plumbing.chinese_days import format_chinese_day
from generator.records import ActivityRecord, YamlRecord
from generator.records.models import AssessmentItem, Expectation, Programme, Term

Inspected = Mapping[str, tuple[Evidence, ...]]
"""The inspections that found an activity to be false, by the activity's key."""


@dataclass(frozen=True, kw_only=True)
class SchoolTerm:
    """What one school did in one term, and which of its reports were found false.

    ``states`` are the school's expectations of the whole year.
    """

    corpus: Corpus
    programme: Programme
    year: int
    term: Term
    school: str
    side: Side
    today: dt.date
    inspected: Inspected
    states: tuple[ExpectationState, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The term's months."""
        return tuple(make_cell(self.corpus, self.year, self.school, m, self.today) for m in self.term.months)

    @cached_property
    def counting(self) -> tuple[Cell, ...]:
        """The term's months in which the school has to report: only these score."""
        return tuple(cell for cell in self.cells if cell.counts)

    @cached_property
    def working(self) -> tuple[Cell, ...]:
        """These and the months for which it is excused: what it did in them counts for the term as a whole."""
        return tuple(cell for cell in self.cells if cell.status is not Status.OFF)

    @cached_property
    def false(self) -> dict[str, tuple[Evidence, ...]]:
        """The inspections of false reports by the reports' month."""
        found: dict[str, tuple[Evidence, ...]] = {}
        for account in self.cells if self.inspected else ():
            for activity in account.activities:
                if activity.key in self.inspected:
                    found[account.month] = (*found.get(account.month, ()), *self.inspected[activity.key])
        return found

    @cached_property
    def valid(self) -> dict[str, tuple[ActivityRecord, ...]]:
        """Activities by month that count and are not false."""
        found = {c.month: list_counted(self.corpus, c, self.today) for c in self.working}
        if not self.inspected:
            return found
        return {m: tuple(a for a in all_ if a.key not in self.inspected) for m, all_ in found.items()}

    def make_part(self, account: Cell, got: int, of: int, evidence: tuple[Evidence, ...] = ()) -> Part:
        """Return a month's part; a month with a false report counts zero."""
        false = self.false.get(account.month, ())
        return Part(
            name=name_month(account.month),
            month=account.month,
            got=0 if false else got,
            of=of,
            zeroed=bool(false),
            evidence=(*false, *evidence),
        )


def count_item(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Count one item for one school and term."""
    return _KINDS[item.kind](item, points, done)


def _line(
    item: AssessmentItem, points: int, parts: tuple[Part, ...], *, of: int = 0, zeroed: bool = False
) -> Line:
    false = (e for part in parts for e in part.evidence if e.kind == "inspection")
    return Line(
        item=item,
        points=points,
        got=sum(part.got for part in parts),
        of=max(of, sum(part.of for part in parts)),
        zeroed=zeroed,
        parts=parts,
        false=tuple(dict.fromkeys(false)),
    )


def _quota(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Activities that count, up to each month's quota (附件3 备注)."""
    return _line(
        item,
        points,
        tuple(
            done.make_part(
                c,
                min(c.on_time, c.quota),
                c.quota,
                (*_activities(done.valid[c.month]), *_closing(c, done)),
            )
            for c in done.counting
        ),
    )


def _full_months(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Months whose quota was reported in time (五-3, 五-4)."""
    return _line(
        item,
        points,
        tuple(done.make_part(c, int(c.on_time >= c.quota), 1, _closing(c, done)) for c in done.counting),
    )


def _archive(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Activities with plan, steps, record, summary and pictures, up to each month's quota (五-3)."""
    parts = []
    for account in done.counting:
        whole, lacking = 0, []
        for activity in done.valid[account.month]:
            if whole >= account.quota:
                break
            if lacks := activity.lacks:
                text = f"缺{'、'.join(lacks)}"
                lacking.append(Evidence(kind="activity", key=activity.key, text=text))
            else:
                whole += 1
        # Once the quota is met, gaps in further activities do not matter.
        evidence = () if whole >= account.quota else tuple(lacking)
        parts.append(done.make_part(account, whole, account.quota, evidence))
    return _line(item, points, tuple(parts))


def _plan(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Rows of the plan table fulfilled in time, out of the quotas where the table has fewer rows."""
    fulfilled = {a.data.plan for found in done.valid.values() for a in found}
    records = done.corpus.schools.get(done.school)
    plan = records.plans.get(done.year) if records else None
    rows: dict[str, list[tuple[bool, Evidence]]] = {cell.month: [] for cell in done.counting}
    for row in plan.data.rows if plan else ():
        if row.month in rows:
            rows[row.month].append((row.id in fulfilled, Evidence(kind="row", key=row.id)))
    parts = tuple(
        Part(
            name=name_month(month),
            month=month,
            got=sum(done_ for done_, _ in found),
            of=len(found),
            evidence=tuple(row for done_, row in found if not done_),
        )
        for month, found in rows.items()
    )
    return _line(item, points, parts, of=sum(c.quota for c in done.counting))


def _measure(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """Periods in which the measure's expectations of this side were met (section 四)."""
    measure = done.programme.find_measure(item.measure or "")
    parts: list[Part] = []
    for expectation in measure.expectations if measure else ():
        if expectation.by == done.side and expectation.kind != "document":
            for name, months in _periods(expectation, done):
                found = [a for m in months for a in done.valid.get(m, ()) if a.data.measure == item.measure]
                _, met = count_fulfilment(expectation, found)
                month = months[0] if expectation.every == "month" else ""
                parts.append(Part(name=name, month=month, got=int(met), of=1, evidence=_activities(found)))
    false = tuple(
        e
        for c in (done.cells if done.inspected else ())
        for a in c.activities
        if a.data.measure == item.measure
        for e in done.inspected.get(a.key, ())
    )
    line = _line(item, points, tuple(parts), zeroed=bool(false))
    return _with_false(line, false)


def _periods(expectation: Expectation, done: SchoolTerm) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the periods that end in the term, each with the months of that term whose work counts in it."""
    if expectation.every == "month":
        yield from ((name_month(c.month), (c.month,)) for c in done.counting)
    elif expectation.every == "term" or done.term == done.programme.terms[-1]:
        yield done.term.name, tuple(c.month for c in done.working)


def _document(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """The required document, by its deadline, if it has one (四-（一）-2, 四-（三）-2, 附件3)."""
    parts = []
    for state in done.states:
        wanted = state.expectation.document
        if state.expectation.kind != "document" or wanted != item.document:
            continue
        if state.expectation.every == "term" and state.period != done.term.id:
            continue
        if state.begins > done.term.months[-1]:
            continue  # of a school that joined after this term
        of = len(state.helped) if wanted == "agreement" else 1
        got = min(state.got, of) if wanted == "agreement" else int(state.met)
        parts.append(Part(name=state.period_name, month="", got=got, of=of, evidence=_papers(item, done)))
    return _line(item, points, tuple(parts))


def _papers(item: AssessmentItem, done: SchoolTerm) -> tuple[Evidence, ...]:
    records = done.corpus.schools.get(done.school)
    if records is None:
        return ()
    papers: list[YamlRecord]
    if item.document == "agreement":
        papers = list(records.agreements.get(done.year, {}).values())
    else:
        by_year = records.plans if item.document == "plan" else records.rosters
        papers = [by_year[done.year]] if done.year in by_year else []
    return tuple(Evidence(kind="document", key=paper.file.path) for paper in papers)


def _truthful(item: AssessmentItem, points: int, done: SchoolTerm) -> Line:
    """No report of the term was found false (五-2, 五-4)."""
    false = tuple(e for found in done.false.values() for e in found)
    part = Part(name=done.term.name, month="", got=int(not false), of=1, zeroed=bool(false))
    return _with_false(_line(item, points, (part,), zeroed=bool(false)), false)


def _with_false(line: Line, false: tuple[Evidence, ...]) -> Line:
    return dataclasses.replace(line, false=tuple(dict.fromkeys(false)))


def _closing(account: Cell, done: SchoolTerm) -> tuple[Evidence, ...]:
    """Return the closing that settled a month, if there is one."""
    closing = done.corpus.bureau[done.year].closings.get(account.month) if account.closed else None
    if closing is None:
        return ()
    return (Evidence(kind="closing", key=account.month, text=format_chinese_day(closing.data.closed)),)


def _activities(found: Sequence[ActivityRecord]) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind="activity", key=a.key) for a in found)


_KINDS: dict[str, Callable[[AssessmentItem, int, SchoolTerm], Line]] = {
    "quota": _quota,
    "full-months": _full_months,
    "archive": _archive,
    "plan": _plan,
    "measure": _measure,
    "document": _document,
    "truthful": _truthful,
}
