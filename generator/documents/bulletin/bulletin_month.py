"""A bulletin's month: what its sections look up, as it stands on the bulletin's day, private names masked."""

from __future__ import annotations

import datetime as dt

from generator.accounts.inspection_results import list_findings
from generator.accounts.ledger import Cell, Ledger, Status, make_ledger
from generator.accounts.months import find_deadline, find_rule_deadline
from generator.archive import Corpus
from generator.archive.earlier import replay_archive
from generator.archive.privacy import mask_private_words
from generator.records import ActivityRecord
from generator.records.models import BulletinNote, Kind, Programme


def list_bulletin_months(account: Ledger) -> tuple[str, ...]:
    """Return the months that have a bulletin: those that are due, and any with a record already."""
    return tuple(
        month
        for month in account.programme.months
        if (find_deadline(account.programme, month) < account.today and account.programme.list_members(month))
        or any(cell.activities for cell in account.find_month(month))
    )


def collect_private_names(corpus: Corpus, year: int) -> tuple[str, ...]:
    """Return every name that a record of a year marks private, longest first, so that none masks half of another."""
    return tuple(sorted(corpus.private_names.get(year, ()), key=lambda name: (-len(name), name)))


def find_issue_day(corpus: Corpus, account: Ledger, month: str) -> dt.date | None:
    """Return the day of issue: the officer's, else the closing's, else the day after the deadline; or ``None``."""
    bureau, end = corpus.bureau[account.year], find_deadline(account.programme, month)
    note, closing = bureau.bulletins.get(month), bureau.closings.get(month)
    stated: dt.date | None = note.data.issued if note and note.complete else None
    closed: dt.date | None = closing.data.closed if closing else None
    return stated or closed or (end + dt.timedelta(days=1) if end < account.today else None)


def _recall(corpus: Corpus, account: Ledger, month: str, issued: dt.date | None) -> tuple[Corpus, Ledger]:
    """Return the archive and the account as a bulletin knows them: what comes by the deadline always belongs to it."""
    if issued is None:
        return corpus, account
    ended = find_deadline(account.programme, month) + dt.timedelta(days=1)
    closed = corpus.find_settlement(account.year).find_month(month, issued)
    day = min(account.today, issued if closed else max(issued, ended))
    then = replay_archive(corpus, account.year, day)
    return then, make_ledger(then, account.year, day) or account


class BulletinMonth:
    """What the sections of a month's bulletin look up.

    corpus, account: as the bulletin knows them, of today until it is issued, then of its day.   archive, today:
    as they are.
    """

    def __init__(self, corpus: Corpus, account: Ledger, month: str) -> None:
        self.archive, self.today, self.month = corpus, account.today, month
        self.programme: Programme = account.programme
        self.issued = find_issue_day(corpus, account, month)
        self.corpus, self.account = _recall(corpus, account, month, self.issued)
        self.bureau = self.corpus.bureau[account.year]
        self.cells: tuple[Cell, ...] = self.account.find_month(month)
        self.members = tuple(cell for cell in self.cells if cell.status is not Status.OFF)
        self.deadline = self._find_deadline()
        closing = self.bureau.closings.get(month)
        self.day: dt.date = closing.data.closed if closing else self.deadline
        self.names = collect_private_names(corpus, account.year)
        term = self.programme.find_term_of(month)
        months = term.months if term else [month]
        self.term_name = term.name if term else ""
        until = self.issued or account.today
        self.findings = {
            key: tuple(finding for finding in found if finding.date <= until)
            for key, found in list_findings(self.corpus, account.year).items()
        }
        self.so_far = months[: months.index(month) + 1]

    @property
    def note(self) -> BulletinNote | None:
        """What the officer wrote for this month, if it can be read."""
        record = self.bureau.bulletins.get(self.month)
        return record.data if record and record.complete else None

    def _find_deadline(self) -> dt.date:
        """Return the deadline by which the month was closed, else the one of today."""
        closed = self.corpus.find_settlement(self.account.year).months.get(self.month)
        if closed is None:
            return find_deadline(self.programme, self.month)
        return closed.deadline or find_rule_deadline(self.programme, self.month)

    def list_earlier_months(self) -> tuple[str, ...]:
        """Return the programme's months before this one."""
        months = self.programme.months
        return months[: months.index(self.month)]

    def mask_text(self, text: str) -> str:
        """Black out private names and numbers."""
        return mask_private_words(text, self.names)

    def name_school(self, school: str) -> str:
        """Return a school's name as it is on the bulletin's day."""
        return self.corpus.name_school(school, on=self.day)

    def shorten_school(self, school: str) -> str:
        """Return a school's short name as it is on the bulletin's day."""
        profile = self.corpus.find_profile_on(school, self.day)
        return profile.short if profile else school

    def find_kind(self, school: str) -> Kind:
        """Return the group under which a school is listed."""
        profile = self.corpus.find_profile_on(school, self.day)
        if profile:
            return profile.kind
        return "helper" if self.programme.is_helper(school, self.month) else "rural"

    def find_helper(self, activity: ActivityRecord) -> str:
        """Return under whose pairing an activity is listed: the one that its partners are in, else the first."""
        school, day = activity.school, activity.data.date
        found = self.programme.list_pairings_of(school, self.month) or self.programme.list_pairings_of(school)
        met = (
            pairing
            for pairing in found
            if {pairing.helper, *self.programme.list_helped_on(pairing, day)}.intersection(
                activity.data.partners
            )
        )
        return next(met, found[0]).helper
