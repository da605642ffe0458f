"""Order the links of the chain, closings and amendments alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.records import YamlRecord
from generator.records.closings.digests import digest_string
from generator.records.models import Amendment, Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A closing or an amendment. ``name`` is its path in the year's folder, ``closings/2020-05.yml``."""

    name: str
    record: YamlRecord
    serial: int
    month: str
    day: dt.date
    programme: str | None
    previous: str | None
    digest: str

    @property
    def closing(self) -> Closing | None:
        """The closing, unless the link is an amendment."""
        return self.record.data if isinstance(self.record.data, Closing) else None

    @property
    def amendment(self) -> Amendment | None:
        """The amendment, unless the link is a closing."""
        return self.record.data if isinstance(self.record.data, Amendment) else None


def order_links(closings: Iterable[YamlRecord], amendments: Iterable[YamlRecord]) -> tuple[Link, ...]:
    """Return the links that can be read whole, in order of their serial numbers."""
    found = [_link(record) for record in (*closings, *amendments) if record.complete]
    return tuple(sorted(found, key=lambda link: (link.serial, link.name)))


def _link(record: YamlRecord) -> Link:
    data: Closing | Amendment = record.data
    return Link(
        name="/".join(record.file.path.split("/")[-2:]),
        record=record,
        serial=data.serial,
        month=data.month,
        day=data.closed if isinstance(data, Closing) else data.amended,
        programme=data.programme,
        previous=data.previous,
        digest=digest_string(record.file.text),
    )
