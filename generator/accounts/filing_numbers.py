"""Filing numbers (备案号): the permanent number of each accepted record (五-3, 五-4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.archive import Corpus
from generator.records import ActivityRecord

_NUMBER = re.compile(r"(?P<month>[0-9]{4}-[0-9]{2})-(?P<school>[a-z0-9-]+)-(?P<serial>[0-9]{2,})", re.ASCII)


def find_filing_number(corpus: Corpus, key: str) -> str | None:
    """Return a record's number by its key (``school/2020/05/14-slug``), None while it is not filed."""
    parts = key.split("/")
    year = int(parts[1]) if len(parts) == 4 and parts[1].isdecimal() else 0
    return corpus.find_settlement(year).numbers.get(key)


def fits_record(number: str, key: str) -> bool:
    """Say whether a number has the month and the school of a record's key."""
    found, parts = _NUMBER.fullmatch(number), key.split("/")
    return (
        found is not None
        and len(parts) == 4
        and (found["month"], found["school"]) == (f"{parts[1]}-{parts[2]}", parts[0])
    )


def assign_numbers(records: Iterable[ActivityRecord], given: Iterable[str]) -> dict[str, str]:
    """Return new numbers by the records' keys: for each school and month they continue after all ``given`` ones.

    Records are numbered in the order of their reports, those of one day by the activity's date and name.
    ``given`` are all numbers of the register, including those of removed records.
    """
    last: dict[tuple[str, str], int] = {}
    for number in given:
        if found := _NUMBER.fullmatch(number):
            place = found["month"], found["school"]
            last[place] = max(last.get(place, 0), int(found["serial"]))
    numbers = {}
    for record in sorted(records, key=lambda r: (r.data.reported, r.data.date, r.key)):
        place = record.month, record.school
        last[place] = serial = last.get(place, 0) + 1
        numbers[record.key] = f"{record.month}-{record.school}-{serial:02d}"
    return numbers
