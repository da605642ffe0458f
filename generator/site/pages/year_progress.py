"""A year's progress on a day: what is due next, what was missed, and the numbers of the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.accounts.ledger import Cell, Ledger, Status, format_fraction
from generator.accounts.months import find_deadline, name_month
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_day
from generator.records.models import Programme, format_month
from generator.site.pages.site import Site
from generator.site.pages.times import describe_moved
from generator.site.pages.view import SchoolView


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A school's month that ended unmet, or is still open: what is owed and where it leads."""

    school: SchoolView
    month: str
    month_name: str
    status: str
    status_name: str
    quota: int
    on_time: int
    late: int
    owed: int
    deadline: dt.date
    closed: bool
    url: str

    @property
    def fraction(self) -> str:
        """What counts of what is owed, as it is shown everywhere."""
        return format_fraction(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A year as of a day.

    phase: `before` the first month begins, `month` while one's deadline is ahead, `between` while the next
        month has not begun yet, `over` after the last deadline.
    cancelled: what is said when the present month is cancelled for all, or "".
    month_name, deadline, days, moved: of the month that is due next ("" and None when the year is over).
    met, schools: how many schools have already met that month.   open: those that have not.
    debts: months that ended unmet and were not closed by the bureau.
    months_due, months_met: of all schools' months that count and whose deadline has passed.
    """

    phase: str
    month: str
    month_name: str
    deadline: dt.date | None
    deadline_text: str
    moved: str
    cancelled: str
    days: int
    met: int
    schools: int
    open: tuple[Debt, ...]
    debts: tuple[Debt, ...]
    months: int
    months_due: int
    months_met: int


def describe_debt(site: Site, account: Ledger, cell: Cell) -> Debt:
    """Return what a cell owes."""
    return Debt(
        school=site.schools[account.year][cell.school],
        month=cell.month,
        month_name=name_month(cell.month),
        status=cell.status.value,
        status_name=cell.status.label,
        quota=cell.quota,
        on_time=cell.on_time,
        late=cell.late,
        owed=cell.owed,
        deadline=cell.deadline,
        closed=cell.closed,
        url=f"{site.make_school_url(cell.school, account.year)}#m{cell.month}",
    )


def _say_cancelled(programme: Programme, month: str) -> str:
    excuse = programme.cancelled.get(month)
    return (
        f"{name_month(month)}各校（园）免报：{mask_private_words(excuse.reason).rstrip('。')}。"
        if excuse
        else ""
    )


def describe_standing(site: Site, account: Ledger) -> Standing:
    """Return a year's progress as of the account's day."""
    programme, today = account.programme, account.today
    month = account.find_next_due()
    past = [cell for cell in account.cells.values() if cell.deadline < today and cell.counts]
    cells = account.find_month(month) if month else ()
    due = find_deadline(programme, month) if month else None
    current = format_month(today)
    if month is None:
        phase = "over"
    elif month == current:
        phase = "month"
    else:
        phase = "before" if month == programme.months[0] else "between"
    return Standing(
        phase=phase,
        month=month or "",
        month_name=name_month(month) if month else "",
        deadline=due,
        deadline_text=format_chinese_day(due) if due else "",
        moved=describe_moved(programme, month) if month else "",
        cancelled=_say_cancelled(programme, current),
        days=(due - today).days if due else 0,
        met=sum(cell.status is Status.MET for cell in cells),
        schools=sum(cell.counts for cell in cells) if cells else len(programme.school_ids),
        open=tuple(describe_debt(site, account, cell) for cell in cells if cell.status is Status.OPEN),
        debts=tuple(describe_debt(site, account, cell) for cell in account.list_missing()),
        months=len(programme.months),
        months_due=len(past),
        months_met=sum(cell.status is Status.MET for cell in past),
    )
