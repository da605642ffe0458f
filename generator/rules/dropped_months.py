"""Find months that a programme dropped although plan tables or closings still name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records import format_month
from generator.records.closings import digest_programme
from generator.records.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedMonth:
    """A month that a programme dropped: ``plans`` plan tables name it in ``rows`` rows; it was ``closed`` or not."""

    month: str
    plans: int
    rows: int
    closed: bool


def find_dropped_months(corpus: Corpus, year: int) -> tuple[DroppedMonth, ...]:
    """Return the months of a year that were closed, or that two and at least half of the plan tables name."""
    programme = corpus.find_programme(year)
    if programme is None:
        return ()
    known = set(programme.months)
    plans = [plan for s in corpus.schools.values() if (plan := s.plans.get(year)) and plan.knows("rows")]
    rows = Counter(row.month for plan in plans for row in plan.data.rows if row.month not in known)
    tables = Counter(
        month for plan in plans for month in {row.month for row in plan.data.rows} if month not in known
    )
    filings = corpus.bureau[year].filings
    registered = {batch.link for batch in filings.data.batches} if filings and filings.complete else set()
    closed = {m for m in corpus.find_settlement(year).months if f"closings/{m}.yml" in registered} - known
    common = {month for month, count in tables.items() if count >= max(2, len(plans) / 2)}
    return tuple(
        DroppedMonth(month=month, plans=tables[month], rows=rows[month], closed=month in closed)
        for month in sorted(common | closed)
        if month.startswith(f"{year}-")
    )


def is_changed_since_closing(corpus: Corpus, year: int) -> bool:
    """Say whether a programme counts otherwise than at the last closing, without an amendment since."""
    programme, head = corpus.find_programme(year), corpus.find_settlement(year).head
    return programme is not None and head is not None and head.programme != digest_programme(programme)


def locate_months(corpus: Corpus, year: int, month: str) -> tuple[Span, str]:
    """Return where the programme should name a month, and the line to write there."""
    bureau, programme = corpus.bureau[year], corpus.find_programme(year)
    assert bureau.programme is not None and programme is not None  # noqa: S101, PT018  # `find_dropped_months` read both
    terms = programme.terms
    held = [
        i for i, term in enumerate(terms) if format_month(term.starts) <= month <= format_month(term.ends)
    ]
    index = held[0] if held else len(terms) - 1
    whole = ", ".join(sorted({*terms[index].months, month}))
    return bureau.programme.find_span("terms", index, "months"), f"months: [{whole}]"


def describe_dropped_month(found: DroppedMonth) -> Iterator[str]:
    """Yield, in Chinese, what still names the month."""
    if found.closed:
        yield "这个月已经结账"
    if found.rows:
        yield f"{found.plans} 份计划表有 {found.rows} 项任务写着它"
