"""Take in photos from a phone or camera: shrink and name them, and write their entries in the record.

Everything is read, decoded and named before anything changes; what cannot be taken in is a Fault.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.actions.photos.paths import ActivityPlace, list_withdrawn_digests
from generator.actions.photos.shrink import Offered, Progress, read_source, shrink_photos
from generator.actions.transaction import Changes
from generator.archive import Photographed
from generator.images.faults import Fault
from generator.records.diagnostics import Diagnostic
from generator.records.photo_lines import MOST, Entry, write_photos
from generator.records.scaffold import CAPTION

SCAFFOLD = CAPTION

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_NUMBER = re.compile(r"[0-9]{2}")
_LAST_NUMBER = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoOptions:
    """What a user says of all photos of one command; ``people`` is "" where nothing is said."""

    people: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPhoto:
    """A photo that is taken in.

    source: as typed.   name: its file in the archive.   index: its place in the record, None for a new one.
    data: what is written, None when the file is there already.   old: the file that it replaces.
    before, after: bytes.   day: when it was taken, where the file says so.   located: the place was in it.
    """

    source: str
    name: str
    index: int | None
    data: bytes | None
    old: str | None
    before: int
    after: int
    day: dt.date | None
    located: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPhoto:
    """A photo that needs nothing done, and why; ``spare`` is a file of the folder that is not needed."""

    source: str
    reason: str
    spare: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What becomes of each source, in the order typed: one outcome each."""

    outcomes: tuple[TakenPhoto | SkippedPhoto | tuple[str, Fault], ...]

    @property
    def taken(self) -> tuple[TakenPhoto, ...]:
        """The photos that are taken in."""
        return tuple(each for each in self.outcomes if isinstance(each, TakenPhoto))

    @property
    def passed(self) -> tuple[SkippedPhoto, ...]:
        """The photos that are there already."""
        return tuple(each for each in self.outcomes if isinstance(each, SkippedPhoto))

    @property
    def faults(self) -> tuple[tuple[str, Fault], ...]:
        """The sources that cannot be taken in, each with the reason."""
        return tuple(each for each in self.outcomes if isinstance(each, tuple))


def examine_photos(
    place: ActivityPlace, record: Photographed, sources: Sequence[str], progress: Progress
) -> Intake:
    """Read and name the photos ``sources`` for an activity, and have them decoded. Never raises for bad input.

    Writes nothing. Raises OSError when no decoding process can do its work here.
    """
    desk = _Desk(place, record)
    offered = shrink_photos([Path(source) for source in sources], progress)
    return Intake(outcomes=tuple(desk.take(*each) for each in zip(sources, offered, strict=True)))


def make_photo_entry(
    photo: TakenPhoto, record: Photographed, request: PhotoOptions, caption: str | None
) -> dict[str, str]:
    """Return what the record is to say of a photo: all for a new one, the changes for one that it names."""
    said: dict[str, str] = {}
    known = record.data.photos[photo.index] if photo.index is not None else None
    if known is None or known.file != photo.name:
        said["file"] = photo.name
    if caption is not None and (known is None or known.caption != caption):
        said["caption"] = caption
    if request.people and (known is None or known.people != request.people):
        said["people"] = request.people
    if request.consent and (known is None or not known.consent):
        said["consent"] = "true"
    if photo.day and (known is None or known.taken is None):
        said["taken"] = photo.day.isoformat()
    return said


def add_entries_to_record(
    place: ActivityPlace, old: bytes, intake: Intake, entries: Sequence[Entry]
) -> bytes | tuple[Fault, ...]:
    """Return the record's text with its photos (``entries`` in the order of ``intake.taken``), or why not."""
    both = list(zip(intake.taken, entries, strict=True))
    text, problems = write_photos(
        place.path,
        old,
        added=[said for photo, said in both if photo.index is None],
        changed={photo.index: said for photo, said in both if photo.index is not None and said},
    )
    return convert_diagnostics_to_faults(problems) if text is None else text


def convert_diagnostics_to_faults(problems: Sequence[Diagnostic]) -> tuple[Fault, ...]:
    """Return a record's problems as faults that name the line."""
    return tuple(
        Fault(message=f"{p.span.file.path} 第 {p.span.line} 行：{p.message}", fix=p.fix) for p in problems
    )


def stage_changes(place: ActivityPlace, old: bytes, text: bytes, intake: Intake, changes: Changes) -> None:
    """Put into ``changes`` the photos, the record's new text, and the removal of files that they replace."""
    place.folder.mkdir(exist_ok=True)  # a note's first photo
    for photo in intake.taken:
        if photo.data is None:
            continue
        if photo.old == photo.name:
            changes.replace_file(place.folder / photo.name, photo.data)
        else:
            changes.add_file(place.folder / photo.name, photo.data)
    if text != old:
        changes.replace_file(place.record, text, old=old)
    spare = [photo.old for photo in intake.taken if photo.old and photo.old != photo.name]
    for name in (*spare, *(passed.spare for passed in intake.passed if passed.spare)):
        changes.remove_file(place.folder / name)


class _Desk:
    """Takes photos in one by one for one activity."""

    def __init__(self, place: ActivityPlace, record: Photographed) -> None:
        self._place = place
        self._photos = record.data.photos
        self._entries = {photo.file: index for index, photo in enumerate(record.data.photos)}
        self._files = {
            make_photo_entry.name: make_photo_entry.stat(follow_symlinks=False).st_size
            for make_photo_entry in (os.scandir(place.folder) if place.folder.is_dir() else ())
            if make_photo_entry.is_file(follow_symlinks=False)
        }
        self._withdrawn = list_withdrawn_digests(place.root)
        self._names = {name.lower().partition(".")[0] for name in (*self._files, *self._entries)}
        self._new: dict[str, str] = {}  # digests of what was offered or taken in so far, with the source
        self._count = len(record.data.photos)
        self._given: set[str] = set()  # names that photos of this run have been given
        self._done: set[str] = set()  # the folder's own files that were taken
        self._digests: dict[str, str] = {}

    def take(self, source: str, offered: Offered | Fault) -> TakenPhoto | SkippedPhoto | tuple[str, Fault]:
        """Return what becomes of the photo whose path is ``source``."""
        if isinstance(offered, Fault):
            return source, offered
        path, best = Path(source), offered.data
        own = path.name if self._is_here(path) else None
        if own is not None and own in self._done:
            return SkippedPhoto(source=source, reason="这张照片写了两次，只算一次")
        self._done.add(own or "")
        if own in self._entries and self._photos[self._entries[own]].withdrawn:
            return source, Fault(
                message=f"{own} 已经撤下，不能再放进来", fix="删去这个文件；是另一张照片的，先给它改个名字"
            )
        digests = {offered.digest, _digest(best)}
        for digest in digests:
            if key := self._withdrawn.get(digest):
                message = f"这张照片已经撤下（记在 {key} 里），不能再放进来"
                return source, Fault(message=message, fix="换一张照片")
            if own not in self._entries and (first := self._new.get(digest)):
                return SkippedPhoto(source=source, reason=f"与 {first} 是同一张，只放一次")
        self._new |= dict.fromkeys(digests, source)
        twin = self._twin(digests, own)
        if own not in self._entries:
            if twin in self._entries:
                return SkippedPhoto(source=source, reason=f"已经在这份记录里：{twin}", spare=own)
            if self._count >= MOST:
                return source, Fault(
                    message=f"一份记录最多 {MOST} 张图片，放不下了", fix="挑出最能说明问题的几张"
                )
            self._count += 1
        name = self._name(own)
        there = name == own and offered.digest == _digest(best)
        if twin is not None and name != own and twin not in self._entries:
            # A run that was killed had put the file there, but had not written the record yet.
            name, there = twin, True
        self._names.add(name.partition(".")[0])
        self._given.add(name)
        return TakenPhoto(
            source=source,
            name=name,
            index=self._entries.get(own or ""),
            data=None if there else best,
            old=own,
            before=offered.size,
            after=len(best),
            day=offered.facts.taken.date() if offered.facts.taken else None,
            located=offered.facts.located,
        )

    def _is_here(self, path: Path) -> bool:
        return path.name in self._files and path.parent.resolve() == self._place.folder

    def _twin(self, digests: set[str], own: str | None) -> str | None:
        """Return the file of the folder, other than ``own``, that has one of these digests."""
        for name in self._files:
            if name != own and name.lower().endswith(".jpg") and name not in self._digests:
                found = read_source(self._place.folder / name)
                self._digests[name] = "" if isinstance(found, Fault) else _digest(found)
        return next(
            (name for name, digest in self._digests.items() if digest in digests and name != own), None
        )

    def _name(self, own: str | None) -> str:
        """Return a photo's name in the archive: its own where that is a good name, else the next number."""
        if own is not None:
            stem, _, suffix = own.rpartition(".")
            if _NAME.fullmatch(stem) and suffix in ("jpg", "jpeg"):
                return own
            wanted = f"{stem}.jpg"
            # On Windows 01.JPG and 01.jpg are one file: what lies there decides, not the list of names.
            free = wanted not in self._given and not os.path.lexists(self._place.folder / wanted)
            if _NAME.fullmatch(stem) and free:
                return wanted
        numbers = [int(name) for name in self._names if _NUMBER.fullmatch(name)]
        # Numbers of photos that are gone are not used again while there are others: history is purged by path.
        after = max(numbers, default=0) + 1
        if after > _LAST_NUMBER:
            after = next(n for n in range(1, _LAST_NUMBER + MOST + 2) if f"{n:02d}" not in self._names)
        return f"{after:02d}.jpg"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
