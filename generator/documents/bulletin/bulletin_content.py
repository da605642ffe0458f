"""The bulletin as a value: every fact of 《基教管理》, without layout and without anything secret.

Clause 五-4 asks for it: the bureau answers each month with the completion of every school. Whatever output
shows a bulletin (page, document, message, calendar) is laid out from this value, so that all tell the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.accounts.ledger import Status
from generator.archive.plan_clauses import Clause
from generator.records.models import FindingWord


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school's month and its term so far.

    on_time, late: activities of the month.   term_done, term_quota: activities on time and owed from the
    term's first month to this one.   term_met: how many of these term_months months were met. Months that do
    not count for the school are in none of these.   reason: why the month need not be reported, or "".
    """

    school: str
    name: str
    quota: int
    on_time: int
    late: int
    status: Status
    term_done: int
    term_quota: int
    term_met: int
    term_months: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolGroup:
    """The schools of one kind."""

    name: str
    lines: tuple[SchoolLine, ...]

    @property
    def met(self) -> int:
        """How many of them completed the month."""
        return sum(line.status is Status.MET for line in self.lines)

    @property
    def excused(self) -> int:
        """How many of them need not report the month."""
        return sum(line.status is Status.EXCUSED for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseLine:
    """Why schools need not report the month; ``decided_by`` is "" and ``decided`` None where nobody says it.

    everyone: the month is cancelled for all.
    """

    reason: str
    decided_by: str
    decided: dt.date | None
    schools: tuple[str, ...]
    everyone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDeadline:
    """The coming month's own deadline, and why it is another than usual."""

    date: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """A public activity of the month.

    key: finds its page.   short: the school's short name.   filing: its 备案号, or "" while it has none.
    """

    key: str
    date: dt.date
    school: str
    short: str
    title: str
    measure: str
    clause: str
    direction: str
    partners: tuple[str, ...]
    late: bool
    filing: str
    finding: FindingWord | Literal[""]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingActivities:
    """The public activities of a pairing, all its schools', in order of date."""

    helper: str
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """Good practice that the officer picked, with a sentence."""

    activity: ActivityLine
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A row of a plan table for the coming month. ``date`` and ``lead`` may be open."""

    school: str
    short: str
    date: dt.date | None
    task: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingTasks:
    """What a pairing plans for the coming month, the helper's tasks first."""

    helper: str
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """How often a measure was carried out, this month and in the term so far."""

    name: str
    clause: str
    month: int
    term: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionLine:
    """An inspection of the month.

    finding: confirmed, doubtful or false, "" while there is none.   reply: what the school says to it, or "".
    """

    date: dt.date
    school: str
    title: str
    finding: FindingWord | Literal[""]
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A “名园+” event of the month."""

    date: dt.date
    host: str
    title: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A closed month that was amended since the last bulletin: why, who decided it, whom it concerns.

    after_issue: it was amended when this bulletin had been issued already, and changed what it says.
    """

    date: dt.date
    after_issue: bool
    month_name: str
    reason: str
    decided_by: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """Words of one kind within a passage, with line ends as typed; ``link`` is an http(s) address or ""."""

    text: str
    strong: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, a heading, an item of a list or a quotation of the officer's note.

    mark: what stands before an item, "•" or "1."; "" for anything else.   depth: of an item, from 0.
    """

    kind: Literal["paragraph", "heading", "item", "quote"]
    runs: tuple[TextRun, ...]
    mark: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """《基教管理》 of one month. Names are those of its day: the closing's, before that the month's deadline.

    title: the issue's own, above the text.   number: within the year, from 1.   issued: day of issue; None while the month is open and nothing is
    settled.   as_of: the day of the account.   total, private: activities carried out, and how many of
    them are counted but not public.   deemed: the clause behind ``owed``, if the plan has it.
    owed: schools that are short, missing or late.   note: the officer's words, masked.
    excuses: why schools need not report the month.   moved: why the deadline is another than usual, or "".
    sample: it tells of sample records.
    corrections: amendments of closed months since the bulletin before this one, and of what this one tells since
    it was issued.
    seal: SHA-256 of the month's closing, hexadecimal; "" while it is not closed. Printed and sent away, it is
    what a chain that somebody wrote anew from its beginning can be held against.
    sent_to, copies, contact: what the end says (版记); each may be empty.
    next_month: the programme's following month, or None after the last.   next_moved, next_excuse: its own
    deadline, and why nobody need report it, where that was decided by this bulletin's day.
    """

    name: str
    county: str
    title: str
    issuer: str
    year: int
    month: str
    month_name: str
    number: int
    issued: dt.date | None
    as_of: dt.date
    deadline: dt.date
    moved: str
    term_name: str
    groups: tuple[SchoolGroup, ...]
    excuses: tuple[ExcuseLine, ...]
    pairings: tuple[PairingActivities, ...]
    total: int
    private: int
    highlights: tuple[Praise, ...]
    owed: tuple[SchoolLine, ...]
    deemed: Clause | None
    measures: tuple[MeasureLine, ...]
    inspections: tuple[InspectionLine, ...]
    events: tuple[Gathering, ...]
    corrections: tuple[Correction, ...]
    next_month: str | None
    next_moved: ComingDeadline | None
    next_excuse: ExcuseLine | None
    next_tasks: tuple[PairingTasks, ...]
    note: tuple[Passage, ...]
    sample: bool
    seal: str
    sent_to: tuple[str, ...]
    copies: tuple[str, ...]
    contact: str

    @property
    def lines(self) -> tuple[SchoolLine, ...]:
        """All schools for which the month counts or that are excused, group by group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def activities(self) -> tuple[ActivityLine, ...]:
        """All public activities, pairing by pairing."""
        return tuple(line for pairing in self.pairings for line in pairing.lines)

    @property
    def deemed_words(self) -> str:
        """The sentence of ``deemed`` that says what counts as what, or the whole clause; "" without one."""
        if self.deemed is None:
            return ""
        sentences = [words for words in self.deemed.quote.split("。") if "视为" in words]
        return f"{sentences[0]}。" if len(sentences) == 1 else self.deemed.quote

    def count_schools(self, status: Status) -> int:
        """Return how many schools have that month status."""
        return sum(line.status is status for line in self.lines)
