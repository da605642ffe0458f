"""What a school sends, with what is to be made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

PARTS = ("plan", "steps", "record", "summary")
FACTS = (
    "school",
    "date",
    "title",
    "measure",
    "partners",
    "direction",
    "sent",
    "received",
    "grades",
    "place",
    "attendance",
    "lead",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """One record as a careful archivist would write it; None and () stand for what the report does not say.

    plan, steps, record, summary: the paragraphs of 方案、措施、记录、总结, without their headings.
    photos: captions in order, "" for none.
    """

    school: str
    date: str
    title: str | None = None
    measure: str | None = None
    partners: tuple[str, ...] = ()
    direction: str | None = None
    sent: int | None = None
    received: int | None = None
    grades: tuple[str, ...] = ()
    place: str | None = None
    attendance: int | None = None
    lead: str | None = None
    plan: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Files by name (a slash makes a folder), perhaps a pasted message, and the records that they come to.

    unplaced: words that belong nowhere in a record and must be shown.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    text: str = ""
    school: str | None = None
    records: tuple[Expect, ...]
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A case: its number, its manner in a few words, and what makes it."""

    number: str
    manner: str
    make: Callable[[], Sent]


@dataclass(slots=True)
class Shelf:
    """A collection of reports, filled by its decorator."""

    reports: list[Report] = field(default_factory=list)

    def report(self, number: str, manner: str) -> Callable[[Callable[[], Sent]], Callable[[], Sent]]:
        """Put a report on the shelf."""

        def add(make: Callable[[], Sent]) -> Callable[[], Sent]:
            self.reports.append(Report(number=number, manner=manner, make=cache(make)))
            return make

        return add
