"""Compose the bulletin of a month from the ledger and the corpus."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.accounts.filing_numbers import find_filing_number
from generator.accounts.inspections import find_latest_finding, find_outcome, list_findings, list_inspections
from generator.accounts.ledger import DEEMED_UNDONE, Cell, Ledger, Status, is_late
from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus
from generator.archive.privacy import MASK, find_numbers, mask
from generator.documents.bulletin.content import (
    ActivityLine,
    Bulletin,
    Correction,
    ExcuseLine,
    Gathering,
    InspectionLine,
    MeasureLine,
    PairingActivities,
    PairingTasks,
    Praise,
    SchoolGroup,
    SchoolLine,
    TaskLine,
)
from generator.documents.bulletin.note import read_passages
from generator.records import ActivityRecord
from generator.records.models import BulletinNote, Kind, Programme, format_month, span_month

_GROUPS: tuple[tuple[Kind, str], ...] = (("helper", "帮扶园"), ("rural", "农村园"), ("private", "民办园"))


def list_bulletin_months(account: Ledger) -> tuple[str, ...]:
    """Return the months that have a bulletin: those that are due, and any with a record already."""
    return tuple(
        month
        for month in account.programme.months
        if (find_deadline(account.programme, month) < account.today and account.programme.members(month))
        or any(cell.activities for cell in account.month(month))
    )


def compose_bulletin(corpus: Corpus, account: Ledger, month: str) -> Bulletin:
    """Return the bulletin of a programme month. Raises KeyError for a month that is not in the programme."""
    return _Month(corpus, account, month).bulletin()


def collect_private_names(corpus: Corpus, year: int) -> tuple[str, ...]:
    """Return every name that a record of a year marks private, longest first, so that none masks half of another."""
    return tuple(sorted(corpus.private_names.get(year, ()), key=lambda name: (-len(name), name)))


def _office(contact: str) -> str:
    """Black out what is no office's: mobile and identity-card numbers. An office's telephone begins with 0."""
    private = [secret for secret in find_numbers(contact) if contact[secret.start] not in "0０"]
    signs = list(contact)
    for secret in private:
        signs[secret.start : secret.end] = MASK * (secret.end - secret.start)
    return "".join(signs)


class _Month:
    """What all parts of a month's bulletin look up."""

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
        until = self.issued() or account.today
        self.findings = {
            key: tuple(finding for finding in found if finding.date <= until)
            for key, found in list_findings(corpus, account.year).items()
        }
        self.so_far = months[: months.index(month) + 1]

    def bulletin(self) -> Bulletin:
        programme, note = self.programme, self.note
        groups = tuple(self._groups())
        found = [a for cell in self.cells for a in cell.activities]
        pairings = tuple(self._pairings())
        public = [line for pairing in pairings for line in pairing.lines]
        end = find_deadline(programme, self.month)
        following = next((m for m in programme.months if m > self.month), None)
        moved = programme.deadlines.get(self.month)
        clause = programme.requirements.get(DEEMED_UNDONE, "")
        return Bulletin(
            name=programme.bulletin,
            county=programme.county,
            title=self._title(),
            issuer=f"{programme.issuer}{programme.office}",
            year=self.account.year,
            month=self.month,
            month_name=name_month(self.month),
            number=(note.number if note else None) or self._number(),
            issued=self.issued(),
            as_of=self.account.today,
            deadline=end,
            moved=self._text(moved.reason) if moved else "",
            term_name=self.term_name,
            groups=groups,
            excuses=tuple(self._excuses()),
            pairings=pairings,
            total=len(found),
            private=len(found) - len(public),
            highlights=tuple(self._highlights(public)),
            owed=tuple(
                line
                for group in groups
                for line in group.lines
                if line.status in (Status.SHORT, Status.MISSING, Status.LATE)
            ),
            deemed=self.bureau.plan.clause(clause) if self.bureau.plan else None,
            measures=tuple(self._measures()),
            inspections=tuple(self._inspections()),
            events=tuple(self._events()),
            corrections=tuple(self._corrections()),
            next_month=following,
            next_tasks=tuple(self._next_tasks(following)) if following else (),
            note=read_passages(self.bureau.bulletins[self.month].markdown.body, self.names) if note else (),
            sample=self.corpus.has_sample,
            seal=self._seal(),
            sent_to=tuple(programme.imprint.to),
            copies=tuple(programme.imprint.copies),
            contact=_office(programme.imprint.contact or ""),
        )

    def _number(self) -> int:
        """Return the issue's number: how many months with members the year has up to this one."""
        return sum(month == self.month or bool(self.programme.members(month)) for month in self._past()) + 1

    def _past(self) -> tuple[str, ...]:
        months = self.programme.months
        return months[: months.index(self.month)]

    def _seal(self) -> str:
        """Return the digest of the month's closing, if it was closed by the day of this bulletin."""
        until = self.issued() or self.account.today
        links = self.corpus.settlement(self.account.year).links
        closing = (link for link in links if link.closing and link.month == self.month and link.day <= until)
        return next((link.digest for link in closing), "")

    def _title(self) -> str:
        own = self.note.title if self.note else None
        return (
            self._text(own)
            if own
            else f"{self.programme.county}{name_month(self.month)}幼儿园结对帮扶工作情况"
        )

    @property
    def note(self) -> BulletinNote | None:
        """What the officer wrote for this month, if it can be read."""
        record = self.bureau.bulletins.get(self.month)
        return record.data if record and record.complete else None

    def issued(self) -> dt.date | None:
        """Return the day of issue: the officer's, else the closing's, else the day after the deadline."""
        end = find_deadline(self.programme, self.month)
        if self.note and self.note.issued:
            return self.note.issued
        if closing := self.bureau.closings.get(self.month):
            day: dt.date = closing.data.closed
            return day
        return end + dt.timedelta(days=1) if end < self.account.today else None

    def _text(self, text: str) -> str:
        return mask(text, self.names)

    def _groups(self) -> Iterator[SchoolGroup]:
        kinds = {cell.school: self._kind(cell.school) for cell in self.members}
        for kind, name in _GROUPS:
            lines = tuple(self._school(cell) for cell in self.members if kinds[cell.school] == kind)
            if lines:
                yield SchoolGroup(name=name, lines=lines)

    def _kind(self, school: str) -> Kind:
        profile = self.corpus.profile_on(school, self.day)
        if profile:
            return profile.kind
        return "helper" if self.programme.is_helper(school, self.month) else "rural"

    def _name(self, school: str) -> str:
        return self.corpus.name(school, on=self.day)

    def _excuses(self) -> Iterator[ExcuseLine]:
        """Yield each reason once, with all schools that have it."""
        excused: dict[tuple[str, str, dt.date | None], list[str]] = {}
        for cell in self.members:
            if cell.status is Status.EXCUSED:
                excuse = self.programme.excuse(cell.school, self.month)
                said = (excuse.decided_by, excuse.decided) if excuse else ("", None)
                excused.setdefault((cell.reason, *said), []).append(cell.school)
        for (reason, decided_by, decided), schools in excused.items():
            yield ExcuseLine(
                reason=self._text(reason),
                decided_by=self._text(decided_by),
                decided=decided,
                schools=tuple(map(self._name, schools)),
                everyone=len(schools) == len(self.members) and self.month in self.programme.cancelled,
            )

    def _school(self, cell: Cell) -> SchoolLine:
        so_far = (self.account.cells[cell.school, month] for month in self.so_far)
        term = [each for each in so_far if each.counts]
        return SchoolLine(
            school=cell.school,
            name=self._name(cell.school),
            quota=cell.quota,
            on_time=cell.on_time,
            late=cell.late,
            status=cell.status,
            term_done=sum(each.on_time for each in term),
            term_quota=sum(each.quota for each in term),
            term_met=sum(each.status is Status.MET for each in term),
            term_months=len(term),
            reason=self._text(cell.reason),
        )

    def _short(self, school: str) -> str:
        profile = self.corpus.profile_on(school, self.day)
        return profile.short if profile else school

    def _pairings(self) -> Iterator[PairingActivities]:
        groups: dict[str, list[ActivityRecord]] = {pairing.helper: [] for pairing in self.programme.pairings}
        for cell in self.cells:
            for activity in cell.activities:
                if activity.data.public:
                    groups[self._helper(activity)].append(activity)
        for helper, found in groups.items():
            lines = tuple(self._line(a) for a in sorted(found, key=lambda a: (a.data.date, a.key)))
            if lines:
                yield PairingActivities(helper=self._name(helper), lines=lines)

    def _helper(self, activity: ActivityRecord) -> str:
        """Return under whose pairing an activity is listed: the one that its partners are in, else the first."""
        school, day = activity.school, activity.data.date
        found = self.programme.pairings_of(school, self.month) or self.programme.pairings_of(school)
        met = (
            pairing
            for pairing in found
            if {pairing.helper, *self.programme.helped_on(pairing, day)}.intersection(activity.data.partners)
        )
        return next(met, found[0]).helper

    def _line(self, activity: ActivityRecord) -> ActivityLine:
        data = activity.data
        measure = self.programme.measure(data.measure)
        return ActivityLine(
            key=activity.key,
            date=data.date,
            school=self._name(activity.school),
            short=self._short(activity.school),
            title=self._text(data.title),
            measure=measure.name if measure else data.measure,
            clause=measure.clause if measure else "",
            direction=data.direction,
            partners=tuple(self._name(p) for p in data.partners if self.programme.takes_part(p, self.month)),
            late=is_late(self.corpus, activity, self.account.today),
            filing=find_filing_number(self.corpus, activity.key) or "",
            finding=find_latest_finding(self.findings.get(activity.key, ())) or "",
        )

    def _highlights(self, public: Iterable[ActivityLine]) -> Iterator[Praise]:
        lines = {line.key: line for line in public}
        for highlight in self.note.highlights if self.note else ():
            if line := lines.get(highlight.activity):
                yield Praise(activity=line, remark=self._text(highlight.remark))

    def _measures(self) -> Iterator[MeasureLine]:
        term = [
            a
            for school in self.programme.school_ids
            for month in self.so_far
            for a in self.account.cells[school, month].activities
        ]
        in_term = Counter(a.data.measure for a in term)
        in_month = Counter(a.data.measure for a in term if a.month == self.month)
        for measure in self.programme.measures:
            if done := in_term[measure.id]:
                yield MeasureLine(
                    name=measure.name, clause=measure.clause, month=in_month[measure.id], term=done
                )

    def _inspections(self) -> Iterator[InspectionLine]:
        for record in list_inspections(self.corpus, self.account.year):
            if format_month(record.data.date) == self.month:
                yield InspectionLine(
                    date=record.data.date,
                    school=self._name(record.data.school),
                    title=self._text(record.data.title),
                    finding=find_outcome(record.data) or "",
                    reply=self._text(record.data.reply.text) if record.data.reply else "",
                )

    def _events(self) -> Iterator[Gathering]:
        for record in sorted(self.bureau.events, key=lambda r: (r.data.date, r.file.path)):
            if record.complete and format_month(record.data.date) == self.month:
                yield Gathering(
                    date=record.data.date,
                    host=self._name(record.data.host),
                    title=self._text(record.data.title),
                    schools=tuple(map(self._name, record.data.schools)),
                )

    def _corrections(self) -> Iterator[Correction]:
        """Yield what was amended after the bulletin before this one came out, and by this one's day.

        And what was amended since: a figure of this bulletin may be another now than on the paper that was
        sent, its month's by any amendment of that, its term's by one that counted anew.
        """
        earlier = self._past()
        since = _Month(self.corpus, self.account, earlier[-1]).issued() if earlier else None
        until = self.issued() or self.account.today
        term = self.programme.term_of(self.month)
        reported = {month for month in term.months if month < self.month} if term else set()
        for link in self.corpus.settlement(self.account.year).links:
            amendment = link.amendment
            if amendment is None or amendment.amended > self.account.today:
                continue
            after = amendment.amended > until
            concerned = amendment.month == self.month or (
                amendment.month in reported and bool(amendment.schools)
            )
            if not concerned if after else (since and amendment.amended <= since):
                continue
            schools = {record.record.partition("/")[0]: "" for record in amendment.records}
            for recount in amendment.schools:
                before, now = Status(recount.status_before).label, Status(recount.status).label
                schools[recount.school] = f"（由{before}改为{now}）" if before != now else ""
            yield Correction(
                date=amendment.amended,
                after_issue=after,
                month_name=name_month(amendment.month),
                reason=self._text(amendment.reason),
                decided_by=self._text(amendment.decided_by),
                schools=tuple(self._name(school) + recounted for school, recounted in schools.items()),
            )

    def _next_tasks(self, month: str) -> Iterator[PairingTasks]:
        """Yield the tasks of the schools that take part at this month's end and in the coming month.

        Who is written into the programme later does not change what was sent.
        """
        end, listed = span_month(self.month).last, set[str]()
        for pairing in self.programme.pairings:
            schools = [
                school
                for school in (pairing.helper, *pairing.helped)
                if school not in listed
                and any(span.holds(end) for span in pairing.spans_of(school))
                and self.programme.takes_part(school, month)
            ]
            listed.update(schools)
            tasks = tuple(
                TaskLine(
                    school=self._name(school),
                    short=self._short(school),
                    date=row.date,
                    task=self._text(row.task),
                    lead=self._text(row.lead or ""),
                )
                for school in schools
                if (records := self.corpus.schools.get(school))
                and (table := records.plans.get(self.account.year))
                for row in sorted(table.data.rows, key=lambda r: (r.date or dt.date.max, r.id))
                if row.month == month
            )
            if tasks:
                yield PairingTasks(helper=self._name(pairing.helper), tasks=tasks)
