"""Replay the chain: what each closed month counts, and what every record in it must still be."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.records import YamlRecord
from generator.records.closings.digests import Core
from generator.records.closings.links import Link
from generator.records.models import AmendedRecord, Amendment, ClosedRecord, Closing, FilingBatch

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """One school's closed month. ``counted`` is the number, ``keys`` are the records that it counts.

    ``reason`` is why nothing need be reported, or "".
    """

    quota: int
    counted: int
    status: str
    deemed: str
    keys: frozenset[str]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A closed month with its amendments: the schools of the programme of that day.

    ``deadline`` is the month's own, None where it was the programme's deadline day.
    """

    month: str
    closed: dt.date
    deadline: dt.date | None
    path: str
    schools: Mapping[str, ClosedLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a record of a closing must be: digests of its text and photos; ``link`` froze it last."""

    key: str
    number: str
    month: str
    text: str
    photos: Mapping[str, str]
    counted: bool
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an amendment did to a record, for its page."""

    amendment: Amendment
    record: AmendedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A year's chain replayed.

    months: closed months by ``YYYY-MM``.   seals: by the record's key as it is now.
    numbers: 备案号 by the record's key as it is now.   struck: keys that an amendment removed or renamed.
    changes: what amendments did, by the record's key as it is now.
    cores: what a take-down leaves of a frozen text, by the text's digest.
    """

    links: tuple[Link, ...] = ()
    months: Mapping[str, ClosedMonth] = field(default_factory=dict)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    struck: frozenset[str] = frozenset()
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    cores: Mapping[str, Core] = field(default_factory=dict)

    @property
    def head(self) -> Link | None:
        """The last link."""
        return self.links[-1] if self.links else None

    def find_month(self, month: str, today: dt.date) -> ClosedMonth | None:
        """Return a month that was closed by ``today``, or ``None``."""
        found = self.months.get(month)
        return found if found and found.closed <= today else None

    def list_amendments(self, month: str) -> tuple[Amendment, ...]:
        """Return the amendments of a month, in their order."""
        found = (link.amendment for link in self.links if link.month == month)
        return tuple(amendment for amendment in found if amendment)


def replay_chain(links: tuple[Link, ...], filings: YamlRecord | None) -> Settlement:
    """Replay the links in their order, and the register's batches between them."""
    replay = _Replay()
    waiting = deque[FilingBatch](filings.data.batches if filings and filings.complete else ())
    registered = {batch.link for batch in waiting}
    for link in links:
        while waiting and link.name in registered and waiting[0].link != link.name:
            replay.file(waiting.popleft())
        if link.closing:
            replay.close(link, link.closing)
        elif link.amendment:
            replay.amend(link, link.amendment)
    for batch in waiting:
        replay.file(batch)
    return Settlement(
        links=links,
        months=replay.months,
        seals=replay.seals,
        numbers=replay.numbers,
        struck=frozenset(replay.struck),
        changes={key: tuple(found) for key, found in replay.changes.items()},
        cores=replay.cores,
    )


class _Replay:
    """The state between two links."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}
        self.months: dict[str, ClosedMonth] = {}
        self.seals: dict[str, Seal] = {}
        self.struck: set[str] = set()
        self.changes: dict[str, list[Change]] = {}
        self.cores: dict[str, Core] = {}

    def file(self, batch: FilingBatch) -> None:
        self.numbers.update({key: number for number, key in batch.numbers.items()})
        for text, digest in batch.cores.items():
            core = Core(digest=digest, hidden=frozenset(batch.hidden.get(text, ())))
            self.cores.setdefault(text, core)  # what was written first counts

    def close(self, link: Link, closing: Closing) -> None:
        schools = {}
        for line in closing.schools:
            schools[line.school] = ClosedLine(
                quota=line.quota,
                counted=line.counted,
                status=line.status,
                deemed=line.deemed or "",
                keys=frozenset(record.record for record in line.records),
                reason=line.reason or "",
            )
            self._seal(link, line.records, counted=True)
            self._seal(link, line.late, counted=False)
        self.months[closing.month] = ClosedMonth(
            month=closing.month,
            closed=closing.closed,
            deadline=closing.deadline,
            path=link.record.file.path,
            schools=schools,
        )

    def _seal(self, link: Link, records: Iterable[ClosedRecord], *, counted: bool) -> None:
        for record in records:
            self.seals[record.record] = Seal(
                key=record.record,
                number=record.number,
                month=link.month,
                text=record.text,
                photos=record.photos,
                counted=counted,
                link=link,
            )
            self.numbers.setdefault(record.record, record.number)

    def amend(self, link: Link, amendment: Amendment) -> None:
        if month := self.months.get(amendment.month):
            joined = {
                recount.school: ClosedLine(quota=0, counted=0, status="off", deemed="", keys=frozenset())
                for recount in amendment.schools
                if recount.school not in month.schools and recount.status_before == "off"
            }
            self.months[month.month] = dataclasses.replace(
                month,
                deadline=amendment.deadline or month.deadline,
                schools={**month.schools, **joined},
            )
        for record in amendment.records:
            key = record.moved_to or record.record
            self.changes.setdefault(key, []).append(Change(amendment=amendment, record=record))
            self._amend(link, amendment.month, record)
        month = self.months.get(amendment.month)
        if month is None:
            return
        schools = dict(month.schools)
        for recount in amendment.schools:
            if recount.status == "off":
                schools.pop(recount.school, None)
            elif line := schools.get(recount.school):
                schools[recount.school] = dataclasses.replace(
                    line,
                    quota=line.quota if recount.quota is None else recount.quota,
                    counted=recount.counted,
                    status=recount.status,
                    deemed=recount.deemed or "",
                    reason=recount.reason or "",
                )
        self.months[amendment.month] = dataclasses.replace(month, schools=schools)

    def _amend(self, link: Link, month: str, record: AmendedRecord) -> None:
        old, new = record.record, record.moved_to or record.record
        seal = self.seals.pop(old, None)
        if record.change in ("removed", "moved"):
            self.struck.add(old)
            self.numbers.pop(old, None)
            self._count(month, old, None)
        if record.change == "removed":
            return
        if record.change == "moved":
            self.struck.discard(new)
            self.changes[new][:0] = self.changes.pop(old, []) if old != new else []
        self.numbers[new] = record.number
        counted = record.change == "counted" or bool(seal and seal.counted)
        if counted:
            self._count(month, None, new)
        self.seals[new] = Seal(
            key=new,
            number=record.number,
            month=month,
            text=record.after or (seal.text if seal else ""),
            photos=dict(_photos(seal.photos if seal else _NOTHING, record)),
            counted=counted,
            link=link,
        )

    def _count(self, month: str, out: str | None, into: str | None) -> None:
        """Take a record out of a month's counted ones, or put one in."""
        closed, key = self.months.get(month), into or out or ""
        school = key.partition("/")[0]
        line = closed.schools.get(school) if closed else None
        if closed is None or line is None:
            return
        keys = line.keys - {out} if out else line.keys | {key}
        schools = {**closed.schools, school: dataclasses.replace(line, keys=keys)}
        self.months[month] = dataclasses.replace(closed, schools=schools)


def _photos(before: Mapping[str, str], record: AmendedRecord) -> Iterator[tuple[str, str]]:
    changed = {photo.file: photo.after for photo in record.photos}
    for name, digest in before.items():
        if name not in changed:
            yield name, digest
    for name, after in changed.items():
        if after:
            yield name, after
