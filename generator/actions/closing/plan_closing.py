"""Plan and write a month's closing and the filing numbers that it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.accounts.filing_numbers import assign_numbers
from generator.accounts.ledger import Status, conclude_month, find_deeming_clause
from generator.accounts.months import find_deadline
from generator.actions.transaction import ChangeError, Changes, open_transaction
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.closings import Core, compute_core, digest_photos, digest_programme, digest_text
from generator.records.closings.digests import digest_string
from generator.records.closings.formatting import format_closing
from generator.records.closings.register import Batch, append_batch, start_register
from generator.records.decoding import decode_record
from generator.records.models import ClosedRecord, ClosedSchool, Closing, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFiles:
    """What a command writes, ``files`` by path below the year's folder, and the numbers that it gives by key.

    cores: how many texts the register holds the core of from now on.
    """

    year: int
    files: Mapping[str, str]
    numbers: Mapping[str, str]
    cores: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClosing:
    """A closing with what is to be written."""

    closing: Closing
    writing: PlannedFiles


def plan_closing(corpus: Corpus, programme: Programme, month: str, day: dt.date) -> PlannedClosing:
    """Return the closing of a month on ``day``: what was there by then.

    What was reported by the deadline counts; what was reported later, until ``day``, is listed as late;
    what was reported after that is for the next closing to file.
    """
    settlement = corpus.find_settlement(programme.year)
    head = settlement.head
    numbers = assign_new_numbers(corpus, _to_file(corpus, programme, month, day))
    all_numbers = {**settlement.numbers, **numbers}
    closing = Closing(
        month=month,
        serial=head.serial + 1 if head else 1,
        closed=day,
        deadline=moved.date if (moved := programme.deadlines.get(month)) else None,
        programme=digest_programme(programme),
        previous=head.digest if head else None,
        sample=corpus.has_sample,
        schools=[
            _school(corpus, programme, school, month, day, all_numbers)
            for school in programme.list_members(month)
        ],
    )
    text = format_closing(closing, lambda school: corpus.name_school(school, on=day))
    name = f"closings/{month}.yml"
    closed = [r.record for line in closing.schools for r in (*line.records, *line.late)]
    cores = compute_new_cores(corpus, programme.year, closed)
    batch = Batch(filed=day, link=name, digest=digest_string(text), numbers=_by_number(numbers), cores=cores)
    register = format_register(corpus, programme.year, batch)
    return PlannedClosing(
        closing=closing,
        writing=PlannedFiles(
            year=programme.year, files={name: text, "filings.yml": register}, numbers=numbers
        ),
    )


def plan_missing_batch(corpus: Corpus, programme: Programme, month: str) -> PlannedFiles | None:
    """Return the register with a closing that was written and not registered: a run was interrupted.

    That can only be the last link. Where more is missing the register itself is lost, and with it numbers
    that no closing holds: it is not written anew.
    """
    bureau = corpus.bureau[programme.year]
    links = corpus.find_settlement(programme.year).links
    batches = bureau.filings.data.batches if bureau.filings else ()
    registered = {batch.link for batch in batches}
    if [link.name for link in links if link.name not in registered] != [f"closings/{month}.yml"]:
        return None
    link = links[-1]
    if link.closing is None or link.name in registered:
        return None
    if bureau.filings is not None and not bureau.filings.complete:
        return None
    there = {number for batch in batches for number in batch.numbers}
    numbers = {
        record.record: record.number
        for school in link.closing.schools
        for record in (*school.records, *school.late)
        if record.number not in there
    }
    batch = Batch(
        filed=link.day,
        link=link.name,
        digest=link.digest,
        numbers=_by_number(numbers),
        cores=compute_new_cores(corpus, programme.year),
    )
    register = format_register(corpus, programme.year, batch)
    return PlannedFiles(year=programme.year, files={"filings.yml": register}, numbers=numbers)


def plan_filing(corpus: Corpus, programme: Programme, day: dt.date) -> PlannedFiles | None:
    """Return the register with every record that has no number yet, and every core that it does not hold.

    ``None`` where there is neither.
    """
    numbers = assign_new_numbers(corpus, _to_file(corpus, programme, "9999-12", day))
    cores = compute_new_cores(corpus, programme.year)
    if not numbers and not cores:
        return None
    batch = Batch(filed=day, numbers=_by_number(numbers), cores=cores)
    register = format_register(corpus, programme.year, batch)
    return PlannedFiles(
        year=programme.year, files={"filings.yml": register}, numbers=numbers, cores=len(cores)
    )


def compute_new_cores(corpus: Corpus, year: int, frozen_now: Iterable[str] = ()) -> dict[str, Core]:
    """Return the cores, by digest of the text, that a year's register does not hold yet.

    Those of the records that are frozen now, by key, and those that an older version did not write, as far as
    the records are still as they were frozen.
    """
    settlement = corpus.find_settlement(year)
    records = [corpus.by_key[key] for key in frozen_now]
    for key, seal in settlement.seals.items():
        record = corpus.by_key.get(key)
        if seal.text not in settlement.cores and record and digest_text(record) == seal.text:
            records.append(record)
    found = {digest_text(record): compute_core(record) for record in records}
    return {text: each for text, each in found.items() if each and text not in settlement.cores}


def assign_new_numbers(corpus: Corpus, records: Iterable[ActivityRecord]) -> dict[str, str]:
    """Return new numbers by key for records of one year."""
    found = list(records)
    register = corpus.bureau[found[0].year].filings if found else None
    given = [n for batch in (register.data.batches if register else ()) for n in batch.numbers]
    return assign_numbers(found, given)


def format_register(corpus: Corpus, year: int, batch: Batch) -> str:
    """Return a year's register with a batch more."""
    register = corpus.bureau[year].filings
    text = register.file.text if register else start_register(year, sample=corpus.has_sample)
    return append_batch(text, batch)


def _to_file(corpus: Corpus, programme: Programme, last: str, day: dt.date) -> Iterable[ActivityRecord]:
    numbers = corpus.find_settlement(programme.year).numbers
    schools = frozenset(programme.school_ids)
    for (school, month), records in corpus.by_school_month.items():
        if school in schools and month[:4] == str(programme.year) and month <= last:
            yield from (r for r in records if r.key not in numbers and r.data.reported <= day)


def _by_number(numbers: Mapping[str, str]) -> dict[str, str]:
    return {number: key for key, number in sorted(numbers.items(), key=lambda pair: pair[1])}


def _school(
    corpus: Corpus,
    programme: Programme,
    school: str,
    month: str,
    day: dt.date,
    numbers: Mapping[str, str],
) -> ClosedSchool:
    end, quota = find_deadline(programme, month), programme.find_quota(school, month)
    excuse = programme.find_excuse(school, month)
    there = [a for a in corpus.by_school_month.get((school, month), ()) if a.data.reported <= day]
    on_time = [a for a in there if a.data.reported <= end]
    late = [a for a in there if a.data.reported > end]
    return ClosedSchool.model_validate(
        {
            "school": school,
            "quota": quota,
            "counted": len(on_time),
            "status": (Status.EXCUSED if excuse else conclude_month(quota, len(on_time), len(late))).value,
            "reason": excuse.reason if excuse else None,
            "deemed": find_deeming_clause(programme, quota, len(on_time)) or None,
            "records": _records(on_time, numbers),
            "late": _records(late, numbers),
        }
    )


def _records(records: Iterable[ActivityRecord], numbers: Mapping[str, str]) -> list[ClosedRecord]:
    found = [
        ClosedRecord(
            number=numbers[record.key],
            record=record.key,
            text=digest_text(record),
            photos=digest_photos(record),
        )
        for record in records
    ]
    return sorted(found, key=lambda record: record.number)


def list_planned_paths(writing: PlannedFiles) -> tuple[str, ...]:
    """Return what is written, POSIX and relative to the archive's root."""
    return tuple(f"records/bureau/{writing.year}/{name}" for name in writing.files)


def write_planned_files(root: Path, corpus: Corpus, writing: PlannedFiles) -> None:
    """Write the planned files. Raises ``ChangeError`` with everything as it was."""
    with open_transaction(root) as changes:
        for path, text in zip(list_planned_paths(writing), writing.files.values(), strict=True):
            target = root / path
            if path.endswith("/filings.yml") and (old := corpus.bureau[writing.year].filings):
                _append(changes, target, old.file.text, text)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                changes.add_file(target, text.encode())
        changes.carry_out()


def _append(changes: Changes, target: Path, old: str, text: str) -> None:
    data = target.read_bytes()
    if decode_record(target.name, data, most=len(data)).file.text != old:
        raise ChangeError(f"{target.name} 刚刚被别的程序改动了；再运行一次")
    changes.replace_file(target, text.encode(), old=data)
