"""A bulletin's month: what its sections look up, as it stands on the bulletin's day, private names masked."""

from __future__ import annotations

import datetime as dt

from generator.accounts.inspection_results import list_findings
from generator.accounts.ledger import Cell, Ledger, Status
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.archive.privacy import mask
from generator.records import ActivityRecord
from generator.records.models import BulletinNote, Kind, Programme


def list_bulletin_months(account: Ledger) -> tuple[str, ...]:
    """Return the months that have a bulletin: those that are due, and any with a record already."""
    return tuple(
        month
        for month in account.programme.months
        if (find_deadline(account.programme, month) < account.today and account.programme.members(month))
        or any(cell.activities for cell in account.month(month))
    )


def collect_private_names(corpus: Corpus, year: int) -> tuple[str, ...]:
    """Return every name that a record of a year marks private, longest first, so that none masks half of another."""
    return tuple(sorted(corpus.private_names.get(year, ()), key=lambda name: (-len(name), name)))


class BulletinMonth:
    """What the sections of a month's bulletin look up."""

    def __init__(self, corpus: Corpus, account: Ledger, month: str) -> None:
        self.corpus, self.account, self.month = corpus, account, month
        self.programme: Programme = account.programme
        self.bureau = corpus.bureau[account.year]
        self.cells: tuple[Cell, ...] = account.month(month)
        self.members = tuple(cell for cell in self.cells if cell.status is not Status.OFF)
        closing = self.bureau.closings.get(month)
        self.day: dt.date = closing.data.closed if closing else find_deadline(self.programme, month)
        self.names = collect_private_names(corpus, account.year)
        term = self.programme.term_of(month)
        months = term.months if term else [month]
        self.term_name = term.name if term else ""
        until = self.issued or account.today
        self.findings = {
            key: tuple(finding for finding in found if finding.date <= until)
            for key, found in list_findings(corpus, account.year).items()
        }
        self.so_far = months[: months.index(month) + 1]

    @property
    def note(self) -> BulletinNote | None:
        """What the officer wrote for this month, if it can be read."""
        record = self.bureau.bulletins.get(self.month)
        return record.data if record and record.complete else None

    @property
    def issued(self) -> dt.date | None:
        """Return the day of issue: the officer's, else the closing's, else the day after the deadline."""
        end = find_deadline(self.programme, self.month)
        if self.note and self.note.issued:
            return self.note.issued
        if closing := self.bureau.closings.get(self.month):
            day: dt.date = closing.data.closed
            return day
        return end + dt.timedelta(days=1) if end < self.account.today else None

    def list_earlier_months(self) -> tuple[str, ...]:
        """Return the programme's months before this one."""
        months = self.programme.months
        return months[: months.index(self.month)]

    def mask_text(self, text: str) -> str:
        """Black out private names and numbers."""
        return mask(text, self.names)

    def name_school(self, school: str) -> str:
        """Return a school's name as it is on the bulletin's day."""
        return self.corpus.name(school, on=self.day)

    def shorten_school(self, school: str) -> str:
        """Return a school's short name as it is on the bulletin's day."""
        profile = self.corpus.profile_on(school, self.day)
        return profile.short if profile else school

    def find_kind(self, school: str) -> Kind:
        """Return the group under which a school is listed."""
        profile = self.corpus.profile_on(school, self.day)
        if profile:
            return profile.kind
        return "helper" if self.programme.is_helper(school, self.month) else "rural"

    def find_helper(self, activity: ActivityRecord) -> str:
        """Return under whose pairing an activity is listed: the one that its partners are in, else the first."""
        school, day = activity.school, activity.data.date
        found = self.programme.pairings_of(school, self.month) or self.programme.pairings_of(school)
        met = (
            pairing
            for pairing in found
            if {pairing.helper, *self.programme.helped_on(pairing, day)}.intersection(activity.data.partners)
        )
        return next(met, found[0]).helper
