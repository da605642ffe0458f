"""What becomes of a received record, as values: where it will lie, what the archive has of it already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from generator.actions.receive.draft import Draft
from generator.images.faults import Fault
from generator.records import ActivityRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPhoto:
    """A photo as it will lie in the archive.

    file: its name there.   source: what it was called.   caption: "" where it is still to be written.
    same: another photo of the archive with the same bytes, "" for none.   day: when it was taken.
    """

    file: str
    source: str
    data: bytes = field(repr=False)
    caption: str = ""
    same: str = ""
    day: dt.date | None = None
    located: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The archive's own version of a received record, and what the received one says differently.

    record, text: as it lies there.   changes: the differences, in Chinese.   gone: photos that are not there any more.
    blocked: why it may not be replaced, and what to do instead; "" where it may.
    """

    record: ActivityRecord = field(repr=False)
    text: bytes = field(repr=False)
    changes: tuple[str, ...]
    gone: tuple[str, ...] = ()
    blocked: str = ""

    @property
    def path(self) -> str:
        """The folder's path below the root, POSIX."""
        return f"records/{self.record.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A record that will be written: its key, its text, its photos, the photos that cannot be taken in and why.

    over: the archive's version, whose place it takes.   alike: a record that may be the same activity, "" for none.
    """

    key: str
    source: str
    text: bytes = field(repr=False)
    record: ActivityRecord = field(repr=False)
    photos: tuple[PlacedPhoto, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, Fault], ...] = ()
    draft: Draft | None = None
    over: Earlier | None = None
    alike: str = ""

    @property
    def path(self) -> str:
        """The folder's path below the root, POSIX."""
        return f"records/{self.key}"

    @property
    def paths(self) -> tuple[str, ...]:
        """Every folder that writing it changes, POSIX."""
        return tuple(dict.fromkeys((self.path, *((self.over.path,) if self.over else ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyThere:
    """What was received lies in the archive with all that it says; ``now``: it was received twice in this very run."""

    source: str
    key: str
    now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """The archive has this record in another version, which stays as it is; the draft is kept for what it leaves out."""

    source: str
    earlier: Earlier
    draft: Draft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAnswer:
    """What the archivist says of a photo; None is not said."""

    caption: str | None = None
    people: str = ""
    consent: bool = False


Placed = Placement | AlreadyThere | Differs
