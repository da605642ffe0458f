"""What is read with, and what is read: the desk, the evidence of one activity, and what it came to so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from generator.actions.receive.checkboxes import choose_ticked
from generator.actions.receive.draft import Doubt, How, Value
from generator.actions.receive.folding import fold_text
from generator.actions.receive.labels import Fact
from generator.actions.receive.parts import Left, Sorted
from generator.actions.receive.people import mark_schools
from generator.actions.receive.school_names import SchoolNames
from generator.archive import Corpus
from generator.records.models import Programme

MOST_TEXT = 200
"""Characters of a field of one line."""
_MOST_PROSE = 6_000
_MOST_FORM = 60
"""Characters of a text that may name schools as a form's cell does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reports are read with: the archive, its programme of a year, the day, and what the archivist said.

    given_year: the programme's year is the archivist's word, and no report changes it.
    """

    corpus: Corpus
    programme: Programme
    names: SchoolNames
    today: dt.date
    school: str | None = None
    date: dt.date | None = None
    measure: str | None = None
    given_year: bool = False


@dataclass(slots=True)
class Reading:
    """What is read of an activity so far."""

    values: dict[str, Value] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def put(self, name: str, value: Value, source: str, how: How) -> None:
        """Note a value with the words that it comes from; what is found by less than a clear label is marked."""
        self.values[name], self.sources[name] = value, source
        if how.mark:
            self.unsure[name] = how.mark

    def doubt(self, name: str, why: str, candidates: Iterable[tuple[str, str]] = ()) -> None:
        """Note that a field is not settled."""
        self.doubts.append(Doubt(field=name, why=why, candidates=tuple(candidates)))


@dataclass(slots=True)
class Evidence:
    """All that a report says of one activity, and beside it.

    preamble: lines in front of the first of several activities.   hints: names of the file and its folders.
    margins: headers and footers.   sent: words that say when a message was sent.   title, form_title, school, partners: what was read of them, for what is read next.
    inferred_school: nothing says whose the report is, so all that is seen from its side is a guess.
    """

    desk: Desk
    found: Sorted
    preamble: Sequence[str]
    hints: Sequence[str]
    margins: Sequence[str]
    sent: Sequence[str] = ()
    reading: Reading = field(default_factory=Reading)
    title: str = ""
    form_title: str = ""
    school: str = ""
    inferred_school: bool = False
    partners: tuple[str, ...] = ()
    prose: str = ""

    def __post_init__(self) -> None:
        lines = [line for section in self.found.sections for line in section.lines]
        self.prose = "\n".join([*self.found.head, *lines])[:_MOST_PROSE]

    def facts(self, *names: str) -> list[Fact]:
        """Return the facts of these fields, those of the head before those within a part; of choices those that are ticked."""
        return [
            replace(fact, text=choose_ticked(fact.text))
            for fact, _ in (*self.found.facts, *self.found.within)
            if fact.field in names
        ]

    def first(self, name: str) -> Fact | None:
        """Return the first fact of a field that says something."""
        return next((fact for fact in self.facts(name) if fact.text), None)

    def mark(self, text: str) -> str:
        """Return a text with signs for the reporting school and its partners."""
        short = fold_text(text).replace(self.desk.names.county, "")
        named = self.desk.names.find(short, short=len(text) <= _MOST_FORM)
        return mark_schools(short, named, self.school, self.partners)
