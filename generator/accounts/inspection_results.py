"""The bureau's inspections: their findings by activity, the finding that counts, and the monthly events.

Clause 五-4: the bureau checks by visits, talks and questionnaires what was really done; an activity that was
reported but not carried out scores zero. A finding never removes a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records import NoteRecord
from generator.records.models import FindingWord, Inspection, LookedAt, Reply, format_month

LABELS: dict[FindingWord, str] = {"confirmed": "属实", "doubtful": "存疑", "false": "虚报"}
"""Chinese names of the findings, the mildest first."""

PENDING = "核查中"
"""The label of an inspection without a finding: the school has not been heard yet."""

InspectedRecord = tuple[NoteRecord, LookedAt]
"""An inspection and one of the records that it looked at."""

_GRAVITY = {word: place for place, word in enumerate(LABELS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One inspection's finding about one activity; ``reply`` is the school's reply to the inspection."""

    activity: str
    finding: FindingWord
    date: dt.date
    remark: str
    inspection: NoteRecord
    reply: Reply | None


def list_inspections(corpus: Corpus, year: int) -> tuple[NoteRecord, ...]:
    """Return the inspections of a year whose records are complete, in order of date."""
    bureau = corpus.bureau.get(year)
    found = [record for record in bureau.inspections if record.complete] if bureau else []
    return tuple(sorted(found, key=_order))


def _order(record: NoteRecord) -> tuple[dt.date, str]:
    return record.data.date, record.file.path


def list_inspected(inspection: Inspection) -> tuple[LookedAt, ...]:
    """Return the records that an inspection looked at, whether written in the long or the short form."""
    if inspection.records or inspection.activity is None:
        return tuple(inspection.records)
    return (LookedAt(activity=inspection.activity, finding=inspection.finding),)


def find_outcome(inspection: Inspection) -> FindingWord | None:
    """Return an inspection's finding, else the gravest one of its records; None where there is none yet."""
    stated = [inspection.finding] if inspection.finding else [item.finding for item in inspection.records]
    return max((word for word in stated if word), key=_GRAVITY.__getitem__, default=None)


def group_by_activity(corpus: Corpus, year: int) -> dict[str, tuple[InspectedRecord, ...]]:
    """Return a year's inspected records by the activity's key, each activity's in order of date."""
    found: dict[str, list[InspectedRecord]] = {}
    for record in list_inspections(corpus, year):
        for item in list_inspected(record.data):
            found.setdefault(item.activity, []).append((record, item))
    return {key: tuple(each) for key, each in found.items()}


def list_findings(corpus: Corpus, year: int) -> dict[str, tuple[Finding, ...]]:
    """Return all findings of a year by the activity's key, each activity's in order of date."""
    found = {
        key: tuple(
            Finding(
                activity=key,
                finding=item.finding,
                date=record.data.date,
                remark=item.remark or "",
                inspection=record,
                reply=record.data.reply,
            )
            for record, item in inspected
            if item.finding
        )
        for key, inspected in group_by_activity(corpus, year).items()
    }
    return {key: each for key, each in found.items() if each}


def find_latest_finding(found: Sequence[Finding]) -> FindingWord | None:
    """Return the latest finding, which is the one that counts, or None."""
    return found[-1].finding if found else None


def list_events(corpus: Corpus, year: int) -> dict[str, tuple[NoteRecord, ...]]:
    """Return the “名园+” events of each month that should have one, in order; empty where none are asked for."""
    programme = corpus.find_programme(year)
    if programme is None or programme.events is None:
        return {}
    starts = next((t.starts for t in programme.terms if t.id == programme.events.since), None)
    months = [m for t in programme.terms if starts and t.starts >= starts for m in t.months]
    held = [record for record in corpus.bureau[year].events if record.complete]
    return {
        month: tuple(sorted((r for r in held if format_month(r.data.date) == month), key=_order))
        for month in months
    }
