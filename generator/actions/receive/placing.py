"""Work out where received records will lie, make their photos ready, and write them: whole folders, never over others."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.actions.photos.paths import RECORD, ActivityPlace, list_withdrawn_digests
from generator.actions.photos.shrink import Progress
from generator.actions.photos.take_in_photos import (
    SCAFFOLD,
    Intake,
    PhotoOptions,
    SkippedPhoto,
    TakenPhoto,
    add_entries_to_record,
    examine_photos,
    make_photo_entry,
)
from generator.actions.receive.draft import Draft
from generator.actions.receive.packages import PackedRecord
from generator.actions.receive.record_text import write_record
from generator.actions.receive.sources import Refused
from generator.actions.transaction import Changes
from generator.archive import Corpus
from generator.images.faults import Fault
from generator.records import ActivityRecord, parse_activity
from generator.records.decoding import MAX_BYTES

_Namer = Callable[[str], str]
_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".heic",
    ".heif",
    ".gif",
    ".emf",
    ".wmf",
    ".bmp",
    ".tif",
    ".tiff",
)


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
class Placement:
    """A record that will be written: its key, its text, its photos, the photos that cannot be taken in and why."""

    key: str
    source: str
    text: bytes = field(repr=False)
    record: ActivityRecord = field(repr=False)
    photos: tuple[PlacedPhoto, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, Fault], ...] = ()
    draft: Draft | None = None

    @property
    def path(self) -> str:
        """The folder's path below the root, POSIX."""
        return f"records/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyThere:
    """What was received lies in the archive, word for word."""

    source: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAnswer:
    """What the archivist says of a photo; None is not said."""

    caption: str | None = None
    people: str = ""
    consent: bool = False


class Placer:
    """Places records one after the other into an archive; no folder is given twice, nothing is written.

    workspace: an empty folder of this run for photos on their way to the decoders.
    """

    def __init__(self, corpus: Corpus, today: dt.date, workspace: Path, progress: Progress) -> None:
        self._corpus, self._today = corpus, today
        self._root = corpus.root.resolve()
        self._workspace, self._progress = workspace, progress
        self._given: set[str] = set()
        self._withdrawn = list_withdrawn_digests(self._root)
        self._photos = {
            photo.digest: photo.file.path
            for record in corpus.photographed
            for photo in record.photo_files
            if photo.digest
        }
        self._runs = 0

    def place_draft(
        self, draft: Draft, answers: Mapping[int, PhotoAnswer] | None = None
    ) -> Placement | AlreadyThere | Refused:
        """Return where a draft's record will lie. ``answers``: about photos, by their index."""
        day = draft.date or next(iter(_candidate_days(draft)), None)
        if not draft.school:
            return Refused(
                name=draft.source, reason=f"{_why(draft, 'school')}；用 --school 写明，如 --school leimeng"
            )
        if day is None:
            return Refused(
                name=draft.source,
                reason=f"{_why(draft, 'date')}；用 --ask 回答，或用 --date 写明，如 --date 2020-05-14",
            )
        slug = str(draft.values.get("measure") or "activity")
        key = self._free(f"{draft.school}/{day:%Y}/{day:%m}/{day:%d}-{slug}")
        data = write_record(draft, self._today).encode("utf-8", "replace")
        if len(data) > MAX_BYTES:
            return Refused(
                name=draft.source,
                reason=f"一份记录的文字最多 {MAX_BYTES // 1024} KB；分成几次活动，或删去重复的",
            )
        record, _ = parse_activity(f"records/{key}/{RECORD}", data)
        if record is None:
            return Refused(name=draft.source, reason="文字写不成记录；把文字复制到文本文件里再试")
        if there := self._find_same(record):
            return AlreadyThere(source=draft.source, key=there)
        self._given.add(key.casefold())
        place = ActivityPlace(root=self._root, key=key)
        files = list(self._put_files([(photo.name, photo.data) for photo in draft.photos]))
        intake = self._examine(place, record, files)
        captions = [photo.caption for photo in draft.photos]
        return self._finish(
            place, record, data, intake, [p.name for p in draft.photos], captions, answers or {}, draft
        )

    def place_packed(self, packed: PackedRecord, source: str) -> Placement | AlreadyThere | Refused:
        """Return where a package's record will lie; its photos are made small and clean like any others."""
        record, _ = parse_activity(f"records/{packed.key}/{RECORD}", packed.text)
        if record is None:
            return Refused(name=source, reason=f"{packed.key} 的文字读不出来；在填报页上重新存一份")
        if there := self._find_same(record):
            return AlreadyThere(source=source, key=there)
        folder = self._workspace / "packed"
        self._runs += 1
        place = ActivityPlace(root=folder / str(self._runs), key=packed.key)
        place.folder.mkdir(parents=True)
        place.record.write_bytes(packed.text)
        for name, data in packed.photos:
            (place.folder / name).write_bytes(data)
        intake = self._examine(place, record, [place.folder / name for name, _ in packed.photos])
        key = self._free(packed.key)
        self._given.add(key.casefold())
        entries = [make_photo_entry(photo, record, PhotoOptions(), None) for photo in intake.taken]
        text = add_entries_to_record(place, packed.text, intake, entries)
        if isinstance(text, tuple):
            text = packed.text  # what is wrong with it is the check's to say
        photos = []
        for photo in intake.taken:
            data = photo.data if photo.data is not None else (place.folder / photo.name).read_bytes()
            photos.append(self._photo(photo, data, Path(photo.source).name, _caption_of(record, photo)))
        return self._make(key, source, text, photos, intake, lambda path: Path(path).name, None)

    def _examine(self, place: ActivityPlace, record: ActivityRecord, files: Sequence[Path]) -> Intake:
        found = examine_photos(place, record, [str(file) for file in files], self._progress)
        outcomes: list[TakenPhoto | SkippedPhoto | tuple[str, Fault]] = []
        for file, outcome in zip(files, found.outcomes, strict=True):
            kept = outcome
            gone = (
                self._withdrawn.get(hashlib.sha256(file.read_bytes()).hexdigest()) if file.is_file() else None
            )
            if gone and not isinstance(outcome, tuple):
                kept = (
                    str(file),
                    Fault(message=f"这张照片已经撤下（记在 {gone} 里），不能再放进来", fix="换一张照片"),
                )
            outcomes.append(kept)
        return Intake(outcomes=tuple(outcomes))

    def _finish(
        self,
        place: ActivityPlace,
        record: ActivityRecord,
        data: bytes,
        intake: Intake,
        names: Sequence[str],
        captions: Sequence[str],
        answers: Mapping[int, PhotoAnswer],
        draft: Draft,
    ) -> Placement | Refused:
        sources = [_source(outcome) for outcome in intake.outcomes]
        at = {source: number for number, source in enumerate(sources)}
        entries = []
        photos = []
        for photo in intake.taken:
            number = at[photo.source]
            answer = answers.get(number, PhotoAnswer())
            caption = answer.caption or captions[number]
            options = PhotoOptions(people=answer.people, consent=answer.consent)
            entries.append(make_photo_entry(photo, record, options, caption or SCAFFOLD))
            photos.append(self._photo(photo, photo.data or b"", names[number], caption))
        text = add_entries_to_record(place, data, intake, entries)
        if isinstance(text, tuple):
            return Refused(name=draft.source, reason="；".join(fault.message for fault in text))
        return self._make(place.key, draft.source, text, photos, intake, lambda path: names[at[path]], draft)

    def _make(
        self,
        key: str,
        source: str,
        text: bytes,
        photos: Sequence[PlacedPhoto],
        intake: Intake,
        name: _Namer,
        draft: Draft | None,
    ) -> Placement | Refused:
        record, _ = parse_activity(f"records/{key}/{RECORD}", text)
        if record is None:
            return Refused(name=source, reason="文字写不成记录；把文字复制到文本文件里再试")
        return Placement(
            key=key,
            source=source,
            text=text,
            record=record,
            photos=tuple(photos),
            skipped=tuple((name(each.source), each.reason) for each in intake.passed),
            faults=tuple((name(path), fault) for path, fault in intake.faults),
            draft=draft,
        )

    def _photo(self, taken: TakenPhoto, data: bytes, source: str, caption: str) -> PlacedPhoto:
        same = self._photos.get(hashlib.sha256(data).hexdigest(), "")
        return PlacedPhoto(
            file=taken.name,
            source=source,
            data=data,
            caption=caption,
            same=same,
            day=taken.day,
            located=taken.located,
        )

    def _put_files(self, photos: Sequence[tuple[str, bytes]]) -> Iterator[Path]:
        """Write photos for the decoders under names of our own, with the suffixes that theirs have."""
        self._runs += 1
        folder = self._workspace / f"draft-{self._runs}"
        folder.mkdir()
        for number, (name, data) in enumerate(photos, start=1):
            suffix = os.path.splitext(name.strip("）) "))[1].lower()  # noqa: PTH122  # a stranger's text, no path
            file = folder / f"{number:03}{suffix if suffix in _SUFFIXES else '.jpg'}"
            file.write_bytes(data)
            yield file

    def _free(self, key: str) -> str:
        """Return a key that neither the archive nor this run has."""
        number, free = 1, key
        while free.casefold() in self._given or os.path.lexists(self._root / "records" / free):
            number += 1
            free = f"{key}-{number}"
        return free

    def _find_same(self, record: ActivityRecord) -> str | None:
        """Return the record of the same school and month whose text is the same, word for word."""
        school = self._corpus.schools.get(record.school)
        text = "".join(record.markdown.body.split())
        for other in school.activities if school else ():
            if other.month == record.month and "".join(other.markdown.body.split()) == text:
                return other.key
        return None


def write_placements(changes: Changes, root: Path, placements: Sequence[Placement]) -> None:
    """Put the records of these placements into ``changes``, a folder each."""
    for placement in placements:
        files = {RECORD: placement.text, **{photo.file: photo.data for photo in placement.photos}}
        changes.create_folder(root / placement.path, files)


def _source(outcome: TakenPhoto | SkippedPhoto | tuple[str, Fault]) -> str:
    return outcome[0] if isinstance(outcome, tuple) else outcome.source


def _caption_of(record: ActivityRecord, photo: TakenPhoto) -> str:
    return record.data.photos[photo.index].caption if photo.index is not None else ""


def _candidate_days(draft: Draft) -> Iterator[dt.date]:
    for doubt in draft.doubts:
        if doubt.field == "date" and len(doubt.candidates) == 1:
            yield dt.date.fromisoformat(doubt.candidates[0][0])


def _why(draft: Draft, field_name: str) -> str:
    return next((doubt.why for doubt in draft.doubts if doubt.field == field_name), "没有写")
