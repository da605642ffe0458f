"""What an archive holds before `pairing start` changes it: years, programme, schools, and who has real records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.archive import Corpus, SchoolRecords
from generator.archive.plan_clauses import Plan
from generator.plumbing.project import PROJECT
from generator.records import ActivityRecord, YamlRecord, parse_yaml
from generator.records.models import Programme, School


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingArchive:
    """What the archive holds: its years, its newest programme's text and value, the schools, and who has real records.

    plan: the text of that programme's plan, if it is there.   schools: the profiles by id.   plans: paths of their plan tables.   real: who has records that are no samples
    ("bureau" too); an empty plan table is none.   is_model: nothing of it lies in the archive, which is empty.
    """

    years: tuple[int, ...]
    year: int
    text: str
    programme: Programme
    plan: Plan | None
    schools: Mapping[str, School]
    plans: Mapping[str, tuple[str, ...]]
    real: frozenset[str]
    is_model: bool = False


def read_existing(corpus: Corpus) -> ExistingArchive | None:
    """Return what the archive holds; of an empty one the program's own model. None without a programme to be read."""
    if not corpus.years:
        return _read_model()
    record = corpus.bureau[corpus.years[-1]].programme
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
        plan=corpus.bureau[corpus.years[-1]].plan,
        schools={i: p for i in corpus.schools if (p := corpus.find_profile(i))},
        plans={i: tuple(r.file.path for r in s.plans.values()) for i, s in corpus.schools.items()},
        real=frozenset(real),
    )


def _read_model() -> ExistingArchive | None:
    """Return the programme that the program comes with, without its schools."""
    for path in sorted(PROJECT.glob("records/bureau/[0-9][0-9][0-9][0-9]/programme.yml")):
        name = path.relative_to(PROJECT).as_posix()
        record, _ = parse_yaml("programme", name, path.read_bytes())
        if record is not None and record.complete:
            return ExistingArchive(
                years=(),
                year=record.data.year,
                text=record.file.text,
                programme=record.data,
                plan=None,
                schools={},
                plans={},
                real=frozenset(),
                is_model=True,
            )
    return None


def _is_real(school: SchoolRecords) -> bool:
    notes = [note for notes in school.agreements.values() for note in notes.values()]
    plans = [plan for plan in school.plans.values() if plan.data.rows]
    records: tuple[ActivityRecord | YamlRecord, ...]
    records = (*school.activities, *school.rosters.values(), *notes, *plans)
    return any(not record.data.sample for record in records) or bool(school.problems)
