"""What an archive holds before `pairing start` changes it: years, programme, schools, and who has real records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.archive import Corpus, SchoolRecords
from generator.records import ActivityRecord, YamlRecord
from generator.records.models import Programme, School


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingArchive:
    """What the archive holds: its years, its newest programme's text and value, the schools, and who has real records.

    schools: the profiles by id.   plans: paths of their plan tables.   real: who has records that are no samples
    ("bureau" too); an empty plan table is none.
    """

    years: tuple[int, ...]
    year: int
    text: str
    programme: Programme
    schools: Mapping[str, School]
    plans: Mapping[str, tuple[str, ...]]
    real: frozenset[str]


def read_existing(corpus: Corpus) -> ExistingArchive | None:
    """Return what the archive holds, or None without a programme that can be read."""
    record = corpus.bureau[corpus.years[-1]].programme if corpus.years else None
    if record is None or not record.complete:
        return None
    real = {id_ for id_, school in corpus.schools.items() if _is_real(school)}
    for bureau in corpus.bureau.values():
        notes = (*bureau.inspections, *bureau.events, *bureau.bulletins.values())
        tables = (*bureau.closings.values(), *bureau.surveys)
        if any(not r.data.sample for r in notes) or any(not r.data.sample for r in tables):
            real.add("bureau")
    return ExistingArchive(
        years=corpus.years,
        year=corpus.years[-1],
        text=record.file.text,
        programme=record.data,
        schools={i: p for i in corpus.schools if (p := corpus.find_profile(i))},
        plans={i: tuple(r.file.path for r in s.plans.values()) for i, s in corpus.schools.items()},
        real=frozenset(real),
    )


def _is_real(school: SchoolRecords) -> bool:
    notes = [note for notes in school.agreements.values() for note in notes.values()]
    plans = [plan for plan in school.plans.values() if plan.data.rows]
    records: tuple[ActivityRecord | YamlRecord, ...]
    records = (*school.activities, *school.rosters.values(), *notes, *plans)
    return any(not record.data.sample for record in records) or bool(school.problems)
