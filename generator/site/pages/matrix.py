"""The matrix of schools by months, and the strip of one school."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.accounts.ledger import Cell, Ledger, Status, format_fraction, split_fraction
from generator.accounts.months import name_month
from generator.archive.privacy import mask_private_words
from generator.records.models import format_month
from generator.site.pages.site import Site
from generator.site.pages.times import list_groups
from generator.site.pages.view import SchoolView


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One school's month: where it leads (a site path), what it shows and what a screen reader says.

    count, late: the two parts of its fraction; ``count`` is the status where nothing is owed.
    """

    month: str
    url: str
    status: str
    label: str
    count: str
    late: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """One school's months."""

    school: SchoolView
    url: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One month's head: a short name (``3`` or ``十二月``) and whether it is the current month."""

    month: str
    name: str
    number: int
    now: bool
    first_of_term: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A status with the number of months that have it."""

    status: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole table: a group of rows for each pairing."""

    columns: tuple[Column, ...]
    terms: tuple[tuple[str, int], ...]
    groups: tuple[tuple[SchoolRow, ...], ...]
    legend: tuple[LegendEntry, ...]


def make_matrix(site: Site, account: Ledger) -> Matrix:
    """Return the matrix of a year's account."""
    counts = Counter(cell.status for cell in account.cells.values())
    absent = Counter(cell.label for cell in account.cells.values() if cell.status is Status.OFF)
    return Matrix(
        columns=make_columns(account),
        terms=tuple((term.name, len(term.months)) for term in account.programme.terms),
        groups=tuple(
            tuple(make_row(site, account, school) for school in schools)
            for schools in list_groups(site, account)
        ),
        legend=(
            *(
                LegendEntry(status=status.value, name=status.label, count=counts[status])
                for status in Status
                if status is not Status.OFF
                and (counts[status] or status not in (Status.EXCUSED, Status.OPEN))
            ),
            *(LegendEntry(status=Status.OFF.value, name=name, count=absent[name]) for name in sorted(absent)),
        ),
    )


def make_columns(account: Ledger) -> tuple[Column, ...]:
    """Return the heads of a year's months."""
    current = format_month(account.today)
    firsts = {term.months[0] for term in account.programme.terms}
    return tuple(
        Column(
            month=month,
            name=name_month(month),
            number=int(month[5:]),
            now=month == current,
            first_of_term=month in firsts,
        )
        for month in account.programme.months
    )


def make_row(site: Site, account: Ledger, school: str) -> SchoolRow:
    """Return one school's row."""
    view = site.schools[account.year][school]
    url = site.make_school_url(school, account.year)
    current = format_month(account.today)
    return SchoolRow(
        school=view,
        url=url,
        squares=tuple(_square(cell, view, url, current) for cell in account.find_row(school)),
    )


def _said(cell: Cell) -> str:
    if cell.counts:
        return f"{cell.label} {format_fraction(cell)}"
    why = f"（{mask_private_words(cell.reason)}）" if cell.reason else ""
    return cell.label + why + (f" {format_fraction(cell)}" if cell.activities else "")


def _square(cell: Cell, school: SchoolView, url: str, current: str) -> Square:
    count, late = split_fraction(cell)
    return Square(
        month=cell.month,
        url=f"{url}#m{cell.month}",
        status=cell.status.value,
        label=f"{school.name} {name_month(cell.month)} {_said(cell)}",
        count=count if cell.quota else cell.label,
        late=late if cell.quota else "",
        now=cell.month == current,
    )
