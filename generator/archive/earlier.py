"""Replay what the archive knew of a year on an earlier day: what was reported, closed, amended and found by then."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from generator.archive.corpus import BureauRecords, Corpus, SchoolRecords
from generator.records import ActivityRecord, NoteRecord, YamlRecord
from generator.records.closings import Settlement, order_links, replay_chain
from generator.records.models import Amendment, Inspection


def replay_archive(corpus: Corpus, year: int, day: dt.date) -> Corpus:
    """Return the archive with nothing in a year that came after ``day``, and with no other year's records.

    A record came on its day of report; one that the closing of its month does not name came after that closing,
    whatever day it says. Titles and texts are today's, names too: the archive keeps no older ones.
    """
    bureau = _recall_bureau(corpus.bureau[year], day)
    links = order_links(bureau.closings.values(), bureau.amendments.values())
    settlement = replay_chain(links, bureau.filings)
    schools = {
        name: dataclasses.replace(records, activities=tuple(_recall(records, settlement, year, day)))
        for name, records in corpus.schools.items()
    }
    return Corpus(root=corpus.root, bureau={year: bureau}, schools=schools, problems=corpus.problems)


def _recall(
    records: SchoolRecords, settlement: Settlement, year: int, day: dt.date
) -> Iterator[ActivityRecord]:
    """Yield the year's activities that were in the archive by a day."""
    for activity in records.activities:
        if activity.year != year or not activity.complete:
            continue
        closed, reported = settlement.months.get(activity.month), activity.data.reported
        unnamed = closed and activity.school in closed.schools and reported <= closed.closed
        if activity.key in settlement.seals or (reported <= day and not unnamed):
            yield activity


def _recall_bureau(bureau: BureauRecords, day: dt.date) -> BureauRecords:
    return dataclasses.replace(
        bureau,
        closings={m: r for m, r in bureau.closings.items() if r.data.closed <= day},
        amendments={name: _recall_amendment(r, day) for name, r in bureau.amendments.items()},
        filings=_recall_register(bureau.filings, day),
        inspections=tuple(_recall_inspections(bureau.inspections, day)),
    )


def _recall_amendment(record: YamlRecord, day: dt.date) -> YamlRecord:
    """Return an amendment as it is, or of a later one what renames records: they are known by their names of today."""
    data: Amendment = record.data
    if data.amended <= day:
        return record
    moved = [each for each in data.records if each.change == "moved"]
    return dataclasses.replace(
        record, data=data.model_copy(update={"records": moved, "schools": [], "deadline": None})
    )


def _recall_register(register: YamlRecord | None, day: dt.date) -> YamlRecord | None:
    if register is None:
        return None
    batches = [batch for batch in register.data.batches if batch.filed <= day]
    return dataclasses.replace(register, data=register.data.model_copy(update={"batches": batches}))


def _recall_inspections(records: tuple[NoteRecord, ...], day: dt.date) -> Iterator[NoteRecord]:
    for record in records:
        data: Inspection = record.data
        if not record.complete:
            yield record
        elif data.date <= day:
            yield dataclasses.replace(record, data=data.model_copy(update=_unsay(data, day)))


def _unsay(data: Inspection, day: dt.date) -> Mapping[str, object]:
    """Return what an inspection did not say yet on a day: its finding, the school's reply."""
    later: dict[str, object] = {}
    if data.decided and data.decided > day:
        items = [each.model_copy(update={"finding": None}) for each in data.records]
        later |= {"finding": None, "records": items, "decided": None}
    if data.reply and data.reply.date > day:
        later["reply"] = None
    return later
