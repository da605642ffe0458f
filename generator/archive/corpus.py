"""The archive as one frozen value, with what is looked up in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.archive.plan_clauses import Plan
from generator.archive.revisions import Revisions, read_revisions
from generator.records import ActivityRecord, NoteRecord, YamlRecord
from generator.records.closings import Settlement, order_links, replay_chain
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.records.models import Pairing, Programme, School

Photographed = ActivityRecord | NoteRecord
"""A record that photos lie beside: an activity, an inspection or an event."""


NO_PROGRAMME = "档案里还没有方案；先放进方案：pairing start --plan 实施方案.docx"
"""What to say where an archive, such as a new one, has no programme at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecords:
    """Everything one school's folder holds. Keys of the dicts are years; agreements go by helped school."""

    id: str
    profile: YamlRecord | None
    plans: dict[int, YamlRecord]
    rosters: dict[int, YamlRecord]
    agreements: dict[int, dict[str, NoteRecord]]
    activities: tuple[ActivityRecord, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauRecords:
    """The bureau's records of one year.

    Closings and bulletin notes go by the month that names their file; amendments, draws and assessments by
    their file's name.
    """

    year: int
    programme: YamlRecord | None
    plan: Plan | None
    plan_file: SourceFile | None
    closings: dict[str, YamlRecord]
    bulletins: dict[str, NoteRecord]
    inspections: tuple[NoteRecord, ...]
    events: tuple[NoteRecord, ...]
    surveys: tuple[YamlRecord, ...]
    amendments: dict[str, YamlRecord] = field(default_factory=dict)
    filings: YamlRecord | None = None
    sent: YamlRecord | None = None
    accounts: YamlRecord | None = None
    draws: dict[str, YamlRecord] = field(default_factory=dict)
    assessments: dict[str, YamlRecord] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The archive as it lies on disk on one day. ``problems`` are those found while reading."""

    root: Path
    bureau: dict[int, BureauRecords]
    schools: dict[str, SchoolRecords]
    problems: tuple[Diagnostic, ...] = field(repr=False)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that have a programme, oldest first."""
        return tuple(year for year, b in sorted(self.bureau.items()) if b.programme is not None)

    def find_programme(self, year: int) -> Programme | None:
        """Return a year's programme, or ``None`` when there is none (or it cannot be read)."""
        bureau = self.bureau.get(year)
        if bureau is None or bureau.programme is None:
            return None
        data: Programme = bureau.programme.data
        return data

    def find_profile(self, school: str) -> School | None:
        """Return a school's profile, or ``None``."""
        records = self.schools.get(school)
        if records is None or records.profile is None:
            return None
        data: School = records.profile.data
        return data

    def find_profile_on(self, school: str, day: dt.date | None) -> School | None:
        """Return a school's profile as it was on a day, or as it is; ``None`` where there is none."""
        profile = self.find_profile(school)
        return profile.find_state_on(day) if profile and day else profile

    def name_school(self, school: str, on: dt.date | None = None) -> str:
        """Return a school's Chinese name, of a day or the present one; its id where it has none."""
        profile = self.find_profile_on(school, on)
        return profile.name if profile else school

    def find_running_year(self, today: dt.date) -> int | None:
        """Return the year whose programme runs: the newest that has begun, else the oldest there is.

        A programme begins with its first term, or when it is adopted, whichever is later: next year's plan
        lies in the archive before it runs.
        """
        begun = [
            year
            for year in self.years
            if (programme := self.find_programme(year))
            and max(programme.terms[0].starts, programme.adopted or dt.date.min) <= today
        ]
        return begun[-1] if begun else next(iter(self.years), None)

    def find_pairing(self, year: int, school: str, month: str | None = None) -> Pairing | None:
        """Return the first pairing in which a school takes part in a month, or in the year; or ``None``."""
        if month is None:
            return self._pairings.get((year, school))
        programme = self.find_programme(year)
        return programme.find_pairing_of(school, month) if programme else None

    @cached_property
    def _pairings(self) -> dict[tuple[int, str], Pairing]:
        return {
            (year, school): pairing
            for year in self.years
            if (programme := self.find_programme(year))
            for pairing in reversed(programme.pairings)
            for school in (pairing.helper, *pairing.helped)
        }

    @cached_property
    def activities(self) -> tuple[ActivityRecord, ...]:
        """All activities, whole or not, by school and then by path."""
        return tuple(a for s in self.schools.values() for a in s.activities)

    @cached_property
    def by_school_month(self) -> dict[tuple[str, str], tuple[ActivityRecord, ...]]:
        """Complete activities by (school, month of the activity's date), each in order of date."""
        found: dict[tuple[str, str], list[ActivityRecord]] = {}
        for activity in self.activities:
            if activity.complete:
                found.setdefault((activity.school, activity.month), []).append(activity)
        return {key: tuple(sorted(v, key=lambda a: (a.data.date, a.folder))) for key, v in found.items()}

    @cached_property
    def by_key(self) -> dict[str, ActivityRecord]:
        """Activities by their key, ``school/2020/03/DD-slug``."""
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def photographed(self) -> tuple[Photographed, ...]:
        """All records that may have photos: activities, then the bureau's inspections and events."""
        notes = (note for b in self.bureau.values() for note in (*b.inspections, *b.events))
        return (*self.activities, *notes)

    @cached_property
    def private_names(self) -> dict[int, frozenset[str]]:
        """Names that any record of a year marks private."""
        names: dict[int, set[str]] = {}
        for record in self.photographed:
            if record.data.private:
                names.setdefault(record.year, set()).update(record.data.private)
        return {year: frozenset(found) for year, found in names.items()}

    def find_settlement(self, year: int) -> Settlement:
        """Return what the bureau closed and amended in a year; an empty one where it closed nothing."""
        return self._settlements.get(year) or Settlement()

    def filing_number(self, key: str) -> str:
        """Return the number under which a record is filed (备案号), "" for one that no closing has counted."""
        for year in self.bureau:
            settlement = self.find_settlement(year)
            if key in settlement.numbers:
                return settlement.numbers[key]
            if key in settlement.seals:
                return settlement.seals[key].number
        return ""

    @cached_property
    def _settlements(self) -> dict[int, Settlement]:
        return {
            year: replay_chain(
                order_links(bureau.closings.values(), bureau.amendments.values()), bureau.filings
            )
            for year, bureau in self.bureau.items()
        }

    @cached_property
    def revisions(self) -> Revisions:
        """When the texts of the archive were last revised, where git knows it; asked for when it is wanted."""
        return read_revisions(self.root)

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """SHA-256 of every photo that a record says is withdrawn."""
        photos = (photo for record in self.photographed for photo in record.data.photos)
        return frozenset(photo.withdrawn.digest for photo in photos if photo.withdrawn)

    @cached_property
    def has_sample(self) -> bool:
        """Say whether any record is marked ``sample: true``."""
        return any(getattr(r.data, "sample", False) for r in self.sampled_records)

    @property
    def sampled_records(self) -> Iterator[ActivityRecord | YamlRecord]:
        """Every record that may carry ``sample``: activities, plans, rosters, agreements, bureau's records."""
        for school in self.schools.values():
            yield from school.activities
            yield from school.plans.values()
            yield from school.rosters.values()
            for agreements in school.agreements.values():
                yield from agreements.values()
        for bureau in self.bureau.values():
            yield from bureau.closings.values()
            yield from bureau.amendments.values()
            if bureau.filings is not None:
                yield bureau.filings
            yield from bureau.bulletins.values()
            yield from bureau.inspections
            yield from bureau.events
            yield from bureau.surveys
            yield from bureau.draws.values()
            yield from bureau.assessments.values()
