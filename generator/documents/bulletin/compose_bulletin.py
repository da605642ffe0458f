"""Compose the bulletin of a month from the ledger and the corpus."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.accounts.filing_numbers import find_filing_number
from generator.accounts.inspection_results import find_latest_finding, find_outcome, list_inspections
from generator.accounts.ledger import DEEMED_UNDONE, Cell, Ledger, Status, is_late
from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.archive.privacy import MASK, find_numbers
from generator.documents.bulletin.bulletin_content import (
    ActivityLine,
    Bulletin,
    ComingDeadline,
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
from generator.documents.bulletin.bulletin_month import BulletinMonth, find_issue_day
from generator.documents.bulletin.note import read_passages
from generator.records import ActivityRecord
from generator.records.models import Kind, format_month, span_month

_GROUPS: tuple[tuple[Kind, str], ...] = (("helper", "帮扶园"), ("rural", "农村园"), ("private", "民办园"))


def compose_bulletin(corpus: Corpus, account: Ledger, month: str) -> Bulletin:
    """Return the bulletin of a programme month. Raises KeyError for a month that is not in the programme.

    An issued bulletin tells what was there and what counted on its day; what was amended since, it only names.
    """
    facts = BulletinMonth(corpus, account, month)
    programme, note = facts.programme, facts.note
    groups = tuple(_list_groups(facts))
    found = [a for cell in facts.cells for a in cell.activities]
    pairings = tuple(_list_pairings(facts))
    public = [line for pairing in pairings for line in pairing.lines]
    following = next((m for m in programme.months if m > facts.month), None)
    moved = programme.deadlines.get(facts.month)
    clause = programme.requirements.get(DEEMED_UNDONE, "")
    return Bulletin(
        name=programme.bulletin,
        county=programme.county,
        title=_compose_title(facts),
        issuer=f"{programme.issuer}{programme.office}",
        year=facts.account.year,
        month=facts.month,
        month_name=name_month(facts.month),
        number=(note.number if note else None) or _find_number(facts),
        issued=facts.issued,
        as_of=facts.today,
        deadline=facts.deadline,
        moved=facts.mask_text(moved.reason) if moved and moved.date == facts.deadline else "",
        term_name=facts.term_name,
        groups=groups,
        excuses=tuple(_list_excuses(facts)),
        pairings=pairings,
        total=len(found),
        private=len(found) - len(public),
        highlights=tuple(_list_highlights(facts, public)),
        owed=tuple(
            line
            for group in groups
            for line in group.lines
            if line.status in (Status.SHORT, Status.MISSING, Status.LATE)
        ),
        deemed=facts.bureau.plan.find_clause(clause) if facts.bureau.plan else None,
        measures=tuple(_list_measures(facts)),
        inspections=tuple(_list_inspections(facts)),
        events=tuple(_list_events(facts)),
        corrections=tuple(_list_corrections(facts)),
        next_month=following,
        next_moved=_find_next_deadline(facts, following) if following else None,
        next_excuse=_find_next_excuse(facts, following) if following else None,
        next_tasks=tuple(_list_next_tasks(facts, following)) if following else (),
        note=read_passages(facts.bureau.bulletins[facts.month].markdown.body, facts.names) if note else (),
        sample=facts.archive.has_sample,
        seal=_find_seal(facts),
        sent_to=tuple(programme.imprint.to),
        copies=tuple(programme.imprint.copies),
        contact=_mask_contact(programme.imprint.contact or ""),
    )


def _find_number(facts: BulletinMonth) -> int:
    """Return the issue's number: how many months with members the year has up to this one."""
    return (
        sum(
            month == facts.month or bool(facts.programme.list_members(month))
            for month in facts.list_earlier_months()
        )
        + 1
    )


def _find_seal(facts: BulletinMonth) -> str:
    """Return the digest of the month's closing, if it was closed by the day of this bulletin."""
    until = facts.issued or facts.today
    links = facts.archive.find_settlement(facts.account.year).links
    closing = (link for link in links if link.closing and link.month == facts.month and link.day <= until)
    return next((link.digest for link in closing), "")


def _compose_title(facts: BulletinMonth) -> str:
    own = facts.note.title if facts.note else None
    return (
        facts.mask_text(own)
        if own
        else f"{facts.programme.county}{name_month(facts.month)}幼儿园结对帮扶工作情况"
    )


def _list_groups(facts: BulletinMonth) -> Iterator[SchoolGroup]:
    kinds = {cell.school: facts.find_kind(cell.school) for cell in facts.members}
    for kind, name in _GROUPS:
        lines = tuple(_describe_school(facts, cell) for cell in facts.members if kinds[cell.school] == kind)
        if lines:
            yield SchoolGroup(name=name, lines=lines)


def _list_excuses(facts: BulletinMonth) -> Iterator[ExcuseLine]:
    """Yield each reason once, with all schools that have it."""
    excused: dict[tuple[str, str, dt.date | None], list[str]] = {}
    for cell in facts.members:
        if cell.status is Status.EXCUSED:
            excuse = facts.programme.find_excuse(cell.school, facts.month)
            said = (excuse.decided_by, excuse.decided) if excuse else ("", None)
            excused.setdefault((cell.reason, *said), []).append(cell.school)
    for (reason, decided_by, decided), schools in excused.items():
        yield ExcuseLine(
            reason=facts.mask_text(reason),
            decided_by=facts.mask_text(decided_by),
            decided=decided,
            schools=tuple(map(facts.name_school, schools)),
            everyone=len(schools) == len(facts.members) and facts.month in facts.programme.cancelled,
        )


def _describe_school(facts: BulletinMonth, cell: Cell) -> SchoolLine:
    so_far = (facts.account.cells[cell.school, month] for month in facts.so_far)
    term = [each for each in so_far if each.counts]
    return SchoolLine(
        school=cell.school,
        name=facts.name_school(cell.school),
        quota=cell.quota,
        on_time=cell.on_time,
        late=cell.late,
        status=cell.status,
        term_done=sum(each.on_time for each in term),
        term_quota=sum(each.quota for each in term),
        term_met=sum(each.status is Status.MET for each in term),
        term_months=len(term),
        reason=facts.mask_text(cell.reason),
    )


def _list_pairings(facts: BulletinMonth) -> Iterator[PairingActivities]:
    groups: dict[str, list[ActivityRecord]] = {pairing.helper: [] for pairing in facts.programme.pairings}
    for cell in facts.cells:
        for activity in cell.activities:
            if activity.data.public:
                groups[facts.find_helper(activity)].append(activity)
    for helper, found in groups.items():
        lines = tuple(_describe_activity(facts, a) for a in sorted(found, key=lambda a: (a.data.date, a.key)))
        if lines:
            yield PairingActivities(helper=facts.name_school(helper), lines=lines)


def _describe_activity(facts: BulletinMonth, activity: ActivityRecord) -> ActivityLine:
    data = activity.data
    measure = facts.programme.find_measure(data.measure)
    return ActivityLine(
        key=activity.key,
        date=data.date,
        school=facts.name_school(activity.school),
        short=facts.shorten_school(activity.school),
        title=facts.mask_text(data.title),
        measure=measure.name if measure else data.measure,
        clause=measure.clause if measure else "",
        direction=data.direction,
        partners=tuple(
            facts.name_school(p) for p in data.partners if facts.programme.takes_part(p, facts.month)
        ),
        late=is_late(facts.corpus, activity, facts.account.today),
        filing=find_filing_number(facts.corpus, activity.key) or "",
        finding=find_latest_finding(facts.findings.get(activity.key, ())) or "",
    )


def _list_highlights(facts: BulletinMonth, public: Iterable[ActivityLine]) -> Iterator[Praise]:
    lines = {line.key: line for line in public}
    for highlight in facts.note.highlights if facts.note else ():
        if line := lines.get(highlight.activity):
            yield Praise(activity=line, remark=facts.mask_text(highlight.remark))


def _list_measures(facts: BulletinMonth) -> Iterator[MeasureLine]:
    term = [
        a
        for school in facts.programme.school_ids
        for month in facts.so_far
        for a in facts.account.cells[school, month].activities
    ]
    in_term = Counter(a.data.measure for a in term)
    in_month = Counter(a.data.measure for a in term if a.month == facts.month)
    for measure in facts.programme.measures:
        if done := in_term[measure.id]:
            yield MeasureLine(name=measure.name, clause=measure.clause, month=in_month[measure.id], term=done)


def _list_inspections(facts: BulletinMonth) -> Iterator[InspectionLine]:
    for record in list_inspections(facts.corpus, facts.account.year):
        if format_month(record.data.date) == facts.month:
            yield InspectionLine(
                date=record.data.date,
                school=facts.name_school(record.data.school),
                title=facts.mask_text(record.data.title),
                finding=find_outcome(record.data) or "",
                reply=facts.mask_text(record.data.reply.text) if record.data.reply else "",
            )


def _list_events(facts: BulletinMonth) -> Iterator[Gathering]:
    for record in sorted(facts.bureau.events, key=lambda r: (r.data.date, r.file.path)):
        if record.complete and format_month(record.data.date) == facts.month:
            yield Gathering(
                date=record.data.date,
                host=facts.name_school(record.data.host),
                title=facts.mask_text(record.data.title),
                schools=tuple(map(facts.name_school, record.data.schools)),
            )


def _list_corrections(facts: BulletinMonth) -> Iterator[Correction]:
    """Yield what was amended after the bulletin before this one came out, and by this one's day.

    And what was amended since: a figure of this bulletin counts otherwise now, its month's by any amendment of
    that, its term's by one that counted anew.
    """
    earlier = facts.list_earlier_months()
    since = find_issue_day(facts.archive, facts.account, earlier[-1]) if earlier else None
    until = facts.issued or facts.today
    term = facts.programme.find_term_of(facts.month)
    reported = {month for month in term.months if month < facts.month} if term else set()
    for link in facts.archive.find_settlement(facts.account.year).links:
        amendment = link.amendment
        if amendment is None or amendment.amended > facts.today:
            continue
        after = amendment.amended > until
        concerned = amendment.month == facts.month or (
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
            reason=facts.mask_text(amendment.reason),
            decided_by=facts.mask_text(amendment.decided_by),
            schools=tuple(facts.name_school(school) + recounted for school, recounted in schools.items()),
        )


def _find_next_deadline(facts: BulletinMonth, month: str) -> ComingDeadline | None:
    """Return the coming month's own deadline, if it was decided by this bulletin's day."""
    moved = facts.programme.deadlines.get(month)
    if moved is None or moved.decided is None or moved.decided > (facts.issued or facts.today):
        return None
    return ComingDeadline(date=moved.date, reason=facts.mask_text(moved.reason))


def _find_next_excuse(facts: BulletinMonth, month: str) -> ExcuseLine | None:
    """Return why nobody need report the coming month, if that was decided by this bulletin's day."""
    excuse = facts.programme.cancelled.get(month)
    if excuse is None or excuse.decided > (facts.issued or facts.today):
        return None
    return ExcuseLine(
        reason=facts.mask_text(excuse.reason),
        decided_by=facts.mask_text(excuse.decided_by),
        decided=excuse.decided,
        schools=(),
        everyone=True,
    )


def _list_next_tasks(facts: BulletinMonth, month: str) -> Iterator[PairingTasks]:
    """Yield the tasks of the schools that take part at this month's end and in the coming month.

    Who is written into the programme later does not change what was sent.
    """
    end, listed = span_month(facts.month).last, set[str]()
    for pairing in facts.programme.pairings:
        schools = [
            school
            for school in (pairing.helper, *pairing.helped)
            if school not in listed
            and any(span.holds(end) for span in pairing.list_spans_of(school))
            and facts.programme.takes_part(school, month)
        ]
        listed.update(schools)
        tasks = tuple(
            TaskLine(
                school=facts.name_school(school),
                short=facts.shorten_school(school),
                date=row.date,
                task=facts.mask_text(row.task),
                lead=facts.mask_text(row.lead or ""),
            )
            for school in schools
            if (records := facts.corpus.schools.get(school))
            and (table := records.plans.get(facts.account.year))
            for row in sorted(table.data.rows, key=lambda r: (r.date or dt.date.max, r.id))
            if row.month == month
        )
        if tasks:
            yield PairingTasks(helper=facts.name_school(pairing.helper), tasks=tasks)


def _mask_contact(contact: str) -> str:
    """Black out what is no office's: mobile and identity-card numbers. An office's telephone begins with 0."""
    private = [secret for secret in find_numbers(contact) if contact[secret.start] not in "0０"]
    signs = list(contact)
    for secret in private:
        signs[secret.start : secret.end] = MASK * (secret.end - secret.start)
    return "".join(signs)
