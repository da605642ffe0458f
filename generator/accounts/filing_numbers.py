"""备案号: the number under which an accepted record is filed, the same for ever (五-3, 五-4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.archive import Corpus
from generator.records import ActivityRecord

_NUMBER = re.compile(r"(?P<month>[0-9]{4}-[0-9]{2})-(?P<school>[a-z0-9-]+)-(?P<serial>[0-9]{2,})", re.ASCII)


def filing_number(corpus: Corpus, key: str) -> str | None:
    """Return the number of a record by its key (``school/2020/05/14-slug``), None while it is not filed."""
    parts = key.split("/")
    year = int(parts[1]) if len(parts) == 4 and parts[1].isdecimal() else 0
    return corpus.settlement(year).numbers.get(key)


def belongs(number: str, key: str) -> bool:
    """Say whether a number can be a record's: its month and its school."""
    found, parts = _NUMBER.fullmatch(number), key.split("/")
    return (
        found is not None
        and len(parts) == 4
        and (found["month"], found["school"]) == (f"{parts[1]}-{parts[2]}", parts[0])
    )


def new_numbers(records: Iterable[ActivityRecord], given: Iterable[str]) -> dict[str, str]:
    """Return numbers for records by key: for each school and month the next after all that were ever given.

    Records are numbered as they were reported, those of one day by the activity's date and name. ``given``
    are all numbers of the register, also those whose record is gone.
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
