"""Compare two programmes month by month and school by school: what a change does to what is owed and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.accounts.ledger import Cell, Status, make_cell
from generator.archive import Corpus
from generator.records.models import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A school's month that a change touches, as it counts before and after.

    ``before`` is None for a school that joins. ``closed`` is the day on which the month was closed: what was counted
    then stands until it is amended.
    """

    school: str
    month: str
    before: Cell | None
    after: Cell | None
    closed: dt.date | None


def list_effects(before: Corpus, after: Corpus, year: int, today: dt.date) -> Iterator[Effect]:
    """Yield the months that count otherwise after a change, by school, as if none were closed."""
    old, new = before.find_programme(year), after.find_programme(year)
    if old is None or new is None:
        return
    settlement = before.find_settlement(year)
    before, after = _reopen(before, year), _reopen(after, year)
    for school in dict.fromkeys((*old.school_ids, *new.school_ids)):
        for month in dict.fromkeys((*old.months, *new.months)):
            was = _count(before, old, school, month, today)
            now = _count(after, new, school, month, today)
            if _compare(was) != _compare(now):
                closed = settlement.find_month(month, today)
                yield Effect(
                    school=school,
                    month=month,
                    before=was,
                    after=now,
                    closed=closed.closed if closed else None,
                )


def _reopen(corpus: Corpus, year: int) -> Corpus:
    """Return the archive as if no month of a year had been closed."""
    bureau = replace(corpus.bureau[year], closings={}, amendments={}, filings=None)
    return replace(corpus, bureau={**corpus.bureau, year: bureau})


def _count(corpus: Corpus, programme: Programme, school: str, month: str, today: dt.date) -> Cell | None:
    if school not in programme.school_ids:
        return None
    return make_cell(corpus, programme.year, school, month, today)


def _compare(cell: Cell | None) -> tuple[Status, int, int, int, dt.date, str]:
    if cell is None:
        return Status.OFF, 0, 0, 0, dt.date.min, ""
    deadline = cell.deadline if cell.quota else dt.date.min
    return cell.status, cell.quota, cell.on_time, cell.late, deadline, cell.reason
