"""The ledger: what each school reported and owes in each month, from the archive and a day.

Counting follows 附件3 备注 (quotas), 五-3 (reports reach the bureau by the deadline day) and 五-4 (what did
not arrive by the end of the month counts as not carried out). Days are days in the programme's time zone.

Once the bureau has closed a month, only its closing decides what counts there. ``reported`` is written by the
school and was checked on submission; it is not used again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import Pairing, Programme

DEEMED_UNDONE = "deemed-undone"
"""The key of the requirement whose clause treats unreported work as not carried out."""


class Status(enum.StrEnum):
    """Month status (月度完成情况) of a school."""

    MET = "met"
    SHORT = "short"
    MISSING = "missing"
    LATE = "late"
    OPEN = "open"
    EXCUSED = "excused"
    OFF = "off"

    @property
    def label(self) -> str:
        """The Chinese name, as pages and messages show it."""
        return _LABELS[self][0]

    @property
    def symbol(self) -> str:
        """A sign that shows the status without colour."""
        return _LABELS[self][1]


_LABELS = {
    Status.MET: ("完成", "✓"),
    Status.SHORT: ("不足", "◐"),
    Status.MISSING: ("未上报", "✕"),
    Status.LATE: ("逾期", "◔"),
    Status.OPEN: ("未到期", "○"),
    Status.EXCUSED: ("免报", "—"),
    Status.OFF: ("非帮扶月", "·"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One school's month. ``on_time`` and ``late`` are numbers of activities; ``closed`` by the bureau.

    ``deemed`` is the clause under which a closing deems that nothing was carried out, or "". ``reason`` is why
    nothing need be reported (免报), or "". In a month that does not count for the school, or in which it
    need not report, the quota is 0 and ``on_time`` is what it did all the same. ``absent`` says how a month that
    does not count lies to the school's time: 已退出, 未加入; "" for any other month.
    """

    school: str
    month: str
    status: Status
    quota: int
    on_time: int
    late: int
    deadline: dt.date
    closed: bool
    activities: tuple[ActivityRecord, ...]
    deemed: str = ""
    reason: str = ""
    absent: str = ""

    @property
    def label(self) -> str:
        """The status in Chinese."""
        return self.absent or self.status.label

    @property
    def owed(self) -> int:
        """How many activities are still to be reported (0 when met, excused or off)."""
        return max(0, self.quota - self.on_time) if self.counts else 0

    @property
    def counts(self) -> bool:
        """Say whether the month counts for the school: neither off nor excused."""
        return self.status not in (Status.OFF, Status.EXCUSED)

    @property
    def due(self) -> bool:
        """Say whether the month has ended unmet."""
        return self.status in (Status.SHORT, Status.MISSING, Status.LATE)


def is_late(corpus: Corpus, activity: ActivityRecord, today: dt.date) -> bool:
    """Say whether an activity does not count because it came too late (五-4).

    In a month closed by ``today`` the closing decides, before that the deadline.
    """
    closed = corpus.find_settlement(activity.year).find_month(activity.month, today)
    line = closed.schools.get(activity.school) if closed else None
    if line is not None:
        return activity.key not in line.keys
    programme = corpus.find_programme(activity.year)
    if programme is None or activity.month not in programme.months:
        return closed is not None
    if closed is not None and programme.is_member(activity.school, activity.month):
        return True  # it was written into the programme later
    return activity.data.reported > find_deadline(programme, activity.month)


def make_cell(corpus: Corpus, year: int, school: str, month: str, today: dt.date) -> Cell:
    """Return a school's month as of ``today``."""
    programme = corpus.find_programme(year)
    if programme is None or month not in programme.months:
        return _blank(school, month, dt.date(int(month[:4]), int(month[5:]), 1))
    end = find_deadline(programme, month)
    activities = corpus.by_school_month.get((school, month), ())
    if closed := corpus.find_settlement(year).find_month(month, today):
        line = closed.schools.get(school)
        if line is None:  # it was no member
            return _off(corpus, programme, school, month)
        return Cell(
            school=school,
            month=month,
            status=Status(line.status),
            quota=line.quota,
            on_time=line.counted,
            late=sum(1 for a in activities if a.key not in line.keys),
            deadline=end,
            closed=True,
            activities=activities,
            deemed=line.deemed,
            reason=line.reason,
        )
    if not programme.is_member(school, month):
        return _off(corpus, programme, school, month)
    excuse, quota = programme.find_excuse(school, month), programme.find_quota(school, month)
    on_time = sum(1 for a in activities if a.data.reported <= end)
    late = len(activities) - on_time
    status = Status.OPEN if today <= end and on_time < quota else conclude_month(quota, on_time, late)
    if excuse:
        status = Status.EXCUSED
    return Cell(
        school=school,
        month=month,
        status=status,
        quota=quota,
        on_time=on_time,
        late=late,
        deadline=end,
        closed=False,
        activities=activities,
        reason=excuse.reason if excuse else "",
    )


def list_counted(corpus: Corpus, account: Cell, today: dt.date) -> tuple[ActivityRecord, ...]:
    """Return the activities of a month that count: all but those that :func:`is_late` excludes."""
    if not account.closed:
        return tuple(a for a in account.activities if a.data.reported <= account.deadline)
    closed = corpus.find_settlement(int(account.month[:4])).find_month(account.month, today)
    line = closed.schools.get(account.school) if closed else None
    return tuple(a for a in account.activities if line and a.key in line.keys)


def conclude_month(quota: int, on_time: int, late: int) -> Status:
    """Return the status of a month that has ended: only timely reports count, late ones explain the rest."""
    if on_time >= quota:
        return Status.MET
    if on_time + late >= quota:
        return Status.LATE
    return Status.SHORT if on_time + late else Status.MISSING


def find_deeming_clause(programme: Programme, quota: int, on_time: int) -> str:
    """Return the clause that deems a school to have done nothing if it reported nothing in time (五-4), or ""."""
    return programme.requirements.get(DEEMED_UNDONE, "") if quota and not on_time else ""


def format_fraction(cell: Counted) -> str:
    """Return a month's account as every page and output shows it: 3/3, or 0/3，另逾期 5.

    What came too late is never added to what counts. Where nothing is owed, the number alone.
    """
    return "，".join(filter(None, split_fraction(cell)))


def split_fraction(cell: Counted) -> tuple[str, str]:
    """Return the two parts of a fraction, for where they stand apart: 0/3, and 另逾期 5 or ""."""
    counted = f"{cell.on_time}/{cell.quota}" if cell.quota else f"{cell.on_time}"
    return counted, f"另逾期 {cell.late}" if cell.late else ""


class Counted(Protocol):
    """What a fraction is made of: a cell, or a line that was made of one."""

    @property
    def quota(self) -> int:
        """How many activities are owed."""

    @property
    def on_time(self) -> int:
        """How many count."""

    @property
    def late(self) -> int:
        """How many came too late."""


def _off(corpus: Corpus, programme: Programme, school: str, month: str) -> Cell:
    """Return a month that does not count for a school; what it did in it is extra."""
    end = find_deadline(programme, month)
    activities = corpus.by_school_month.get((school, month), ())
    on_time = sum(1 for a in activities if a.data.reported <= end)
    blank = _blank(school, month, end)
    return dataclasses.replace(
        blank,
        activities=activities,
        on_time=on_time,
        late=len(activities) - on_time,
        absent=_explain_absence(programme, school, month),
    )


def _explain_absence(programme: Programme, school: str, month: str) -> str:
    """Say how a month that does not count for a school lies to its time; "" where it is a member by now."""
    days = programme.find_owed_days(month)
    if days is None or programme.is_member(school, month):
        return ""
    if programme.adopted and programme.adopted > days.last:
        return "未起算"
    spans = [stay.span for stay in programme.list_stays(school)]
    if all(span.last < days.first for span in spans):
        return "已退出"
    if all(span.first > days.last for span in spans):
        return "未加入"
    return "未满月" if any(span.find_overlap(days) for span in spans) else "未参加"


def _blank(school: str, month: str, end: dt.date) -> Cell:
    return Cell(
        school=school,
        month=month,
        status=Status.OFF,
        quota=0,
        on_time=0,
        late=0,
        deadline=end,
        closed=False,
        activities=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A year's account: cells by (school, month), in the order of the pairings and months."""

    year: int
    today: dt.date
    programme: Programme
    cells: dict[tuple[str, str], Cell]

    @property
    def rows(self) -> Iterator[tuple[Pairing, tuple[str, ...]]]:
        """Each pairing with its schools, the helper first."""
        for pairing in self.programme.pairings:
            yield pairing, (pairing.helper, *pairing.helped)

    def find_row(self, school: str) -> tuple[Cell, ...]:
        """Return a school's cells in order of month."""
        return tuple(self.cells[school, month] for month in self.programme.months)

    def find_month(self, month: str) -> tuple[Cell, ...]:
        """Return all schools' cells of a month, in pairing order."""
        return tuple(self.cells[school, month] for school in self.programme.school_ids)

    def list_missing(self) -> tuple[Cell, ...]:
        """Return the cells that are due, not met and not closed by the bureau (五-4)."""
        return tuple(c for c in self.cells.values() if c.due and not c.closed)

    def find_next_due(self) -> str | None:
        """Return the first month that counts whose deadline has not passed, or ``None`` after the programme."""
        months = (m for m in self.programme.months if any(cell.counts for cell in self.find_month(m)))
        return next((m for m in months if find_deadline(self.programme, m) >= self.today), None)


def make_ledger(corpus: Corpus, year: int, today: dt.date) -> Ledger | None:
    """Return a year's account as of ``today``, or ``None`` when there is no programme."""
    programme = corpus.find_programme(year)
    if programme is None:
        return None
    cells = {
        (school, month): make_cell(corpus, year, school, month, today)
        for school in programme.school_ids
        for month in programme.months
    }
    return Ledger(year=year, today=today, programme=programme, cells=cells)
