"""Make a draft's or a package's record with its photos, as it would lie in a folder; over an older version of it if there is one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.actions.photos.paths import RECORD, ActivityPlace, list_withdrawn_digests
from generator.actions.photos.shrink import Progress, read_source
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
from generator.actions.receive.keeping import complete_draft, keep_parts, keep_settings, keep_tombstones
from generator.actions.receive.packages import PackedRecord
from generator.actions.receive.placement import Earlier, PhotoAnswer, PlacedPhoto, Placement
from generator.actions.receive.record_text import write_record
from generator.actions.receive.sources import Refused
from generator.actions.receive.versions import list_changes, list_photos
from generator.archive import Corpus
from generator.images.faults import Fault
from generator.records import ActivityRecord, parse_activity
from generator.records.decoding import MAX_BYTES

_SUFFIXES = (
    ".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff",
)  # fmt: skip
_NOT_WRITTEN = "文字写不成记录；把文字复制到文本文件里再试"
_SET_BY_HAND = "档案里的这一份撤下过图片，或者设了不公开，程序带不过来：请在电脑上改好 {path}"


@dataclass(slots=True)
class _Desk:
    """A record on its way: where it would lie, its text, what became of its photos, and what each was called."""

    place: ActivityPlace
    source: str
    text: bytes
    intake: Intake
    names: Mapping[str, str]


class Builder:
    """Makes records, and writes nothing but into ``workspace``, an empty folder of this run.

    reported: the day on which everything was handed in; None for today, and for an older version's own.
    """

    def __init__(
        self, corpus: Corpus, today: dt.date, reported: dt.date | None, workspace: Path, progress: Progress
    ) -> None:
        self._corpus, self._today, self._reported = corpus, today, reported
        self._root = corpus.root.resolve()
        self._workspace, self._progress = workspace, progress
        self._withdrawn = list_withdrawn_digests(self._root)
        self._photos = {
            photo.digest: photo.file.path
            for record in corpus.photographed
            for photo in record.photo_files
            if photo.digest
        }
        self._runs = 0

    def parse_draft(self, key: str, draft: Draft, old: ActivityRecord | None) -> ActivityRecord | Refused:
        """Return a draft as a record that has no photos yet but the entries of those withdrawn from ``old``."""
        text = write_record(draft, self._find_day(old))
        data = (keep_parts(text, draft, old) if old else text).encode("utf-8", "replace")
        data = (keep_tombstones(key, data, old) if old else None) or data
        if len(data) > MAX_BYTES:
            reason = f"一份记录的文字最多 {MAX_BYTES // 1024} KB；分成几次活动，或删去重复的"
            return Refused(name=draft.source, reason=reason)
        record, _ = parse_activity(f"records/{key}/{RECORD}", data)
        return record or Refused(name=draft.source, reason=_NOT_WRITTEN)

    def build_draft(
        self, key: str, draft: Draft, answers: Mapping[int, PhotoAnswer], old: ActivityRecord | None
    ) -> Placement | Refused:
        """Return a draft's record with its photos. ``answers``: about photos, by their index."""
        draft = complete_draft(draft, old) if old else draft
        record = self.parse_draft(key, draft, old)
        if isinstance(record, Refused):
            return record
        text = record.file.text.encode()
        place = self._copy_photos(key, old) if old else ActivityPlace(root=self._root, key=key)
        files = list(self._put_files([(photo.name, photo.data) for photo in draft.photos]))
        names = {str(file): photo.name for file, photo in zip(files, draft.photos, strict=True)}
        intake = self._examine(place, record, files)
        at = {str(file): number for number, file in enumerate(files)}
        entries = []
        for photo in intake.taken:
            answer = answers.get(at[photo.source], PhotoAnswer())
            caption = answer.caption or draft.photos[at[photo.source]].caption or SCAFFOLD
            options = PhotoOptions(people=answer.people, consent=answer.consent)
            entries.append(make_photo_entry(photo, record, options, caption))
        written = add_entries_to_record(place, text, intake, entries)
        if isinstance(written, tuple):
            return Refused(name=draft.source, reason="；".join(fault.message for fault in written))
        desk = _Desk(place=place, source=draft.source, text=written, intake=intake, names=names)
        return self._make(desk, draft, old)

    def build_packed(
        self, key: str, packed: PackedRecord, source: str, old: ActivityRecord | None
    ) -> Placement | Refused:
        """Return a package's record with its photos, which are made small and clean like any others."""
        stones = keep_tombstones(key, packed.text, old) if old else packed.text
        text = packed.text if stones is None else stones
        record, _ = parse_activity(f"records/{key}/{RECORD}", text)
        if record is None:
            return Refused(name=source, reason=_NOT_WRITTEN)
        text = set_reported(record, text, self._find_day(old))
        place = self._make_place(key)
        place.record.write_bytes(text)
        for name, data in packed.photos:
            (place.folder / name).write_bytes(data)
        files = [place.folder / name for name, _ in packed.photos]
        intake = self._examine(place, record, files)
        entries = [make_photo_entry(photo, record, PhotoOptions(), None) for photo in intake.taken]
        written = add_entries_to_record(place, text, intake, entries)
        if not isinstance(written, tuple):  # else what is wrong with it is the check's to say
            text = written
        names = {str(file): file.name for file in files}
        desk = _Desk(place=place, source=source, text=text, intake=intake, names=names)
        return self._make(desk, None, old, blocked=stones is None)

    def _find_day(self, old: ActivityRecord | None) -> dt.date:
        """Return the day on which a record was handed in: a newer version keeps its first one's."""
        kept = old.data.reported if old and old.knows("reported") else self._today
        return self._reported or kept

    def _make(
        self, desk: _Desk, draft: Draft | None, old: ActivityRecord | None, *, blocked: bool = False
    ) -> Placement | Refused:
        """Return the record that is on the desk, with the archive's settings where it is a newer version."""
        key, text = desk.place.key, desk.text
        data = {photo.name: _read_photo(desk.place, photo) for photo in desk.intake.taken}
        known = list_photos(old) if old else {}
        digests = {
            photo.name: came
            if (came := _digest(Path(photo.source).read_bytes())) in known
            else _digest(data[photo.name])
            for photo in desk.intake.taken
        }
        if old is not None:
            kept = keep_settings(key, text, old, digests, known, draft=draft)
            blocked = blocked or kept is None
            text = kept or text
        record, _ = parse_activity(f"records/{key}/{RECORD}", text)
        if record is None:
            return Refused(name=desk.source, reason=_NOT_WRITTEN)
        captions = (
            {photo.file: photo.caption for photo in record.data.photos} if record.knows("photos") else {}
        )
        photos = tuple(
            self._describe(photo, data[photo.name], desk.names[photo.source], captions.get(photo.name, ""))
            for photo in desk.intake.taken
        )
        return Placement(
            key=key,
            source=desk.source,
            text=text,
            record=record,
            photos=photos,
            skipped=tuple((desk.names[each.source], _name(each.reason, desk)) for each in desk.intake.passed),
            faults=tuple((desk.names[path], fault) for path, fault in desk.intake.faults),
            draft=draft,
            over=self._compare(old, record, digests, blocked=blocked) if old else None,
        )

    def _compare(
        self, old: ActivityRecord, new: ActivityRecord, digests: Mapping[str, str], *, blocked: bool
    ) -> Earlier:
        changes, gone = list_changes(old, new, digests)
        place = ActivityPlace(root=self._root, key=old.key)
        why = _SET_BY_HAND.format(path=place.path) if blocked else ""
        if number := self._corpus.filing_number(old.key):
            why = (
                f"已经备案（{number}），这里不能换：请教育局在电脑上改好 {place.path}，"
                f"再运行 pairing amend {old.key} --reason 原因 --decided-by 决定人"
            )
        return Earlier(record=old, text=place.read_record(), changes=changes, gone=gone, blocked=why)

    def _examine(self, place: ActivityPlace, record: ActivityRecord, files: Sequence[Path]) -> Intake:
        """Have photos made; those that the archive has withdrawn, as they are or as they come out, do not come back."""
        found = examine_photos(place, record, [str(file) for file in files], self._progress)
        outcomes: list[TakenPhoto | SkippedPhoto | tuple[str, Fault]] = []
        for file, outcome in zip(files, found.outcomes, strict=True):
            made = outcome.data if isinstance(outcome, TakenPhoto) else None
            digests = [_digest(data) for data in (file.read_bytes(), made or b"")]
            gone = next((self._withdrawn[each] for each in digests if each in self._withdrawn), None)
            if gone and not isinstance(outcome, tuple):
                fault = Fault(message=f"这张照片已经撤下（记在 {gone} 里），不能再放进来", fix="换一张照片")
                outcomes.append((str(file), fault))
            else:
                outcomes.append(outcome)
        return Intake(outcomes=tuple(outcomes))

    def _describe(self, taken: TakenPhoto, data: bytes, source: str, caption: str) -> PlacedPhoto:
        return PlacedPhoto(
            file=taken.name,
            source=source,
            data=data,
            caption="" if caption == SCAFFOLD else caption,
            same=self._photos.get(_digest(data), ""),
            day=taken.day,
            located=taken.located,
        )

    def _make_place(self, key: str) -> ActivityPlace:
        """Return an empty folder of this run under a record's key."""
        self._runs += 1
        place = ActivityPlace(root=self._workspace / f"record-{self._runs}", key=key)
        place.folder.mkdir(parents=True)
        return place

    def _copy_photos(self, key: str, old: ActivityRecord) -> ActivityPlace:
        """Return a folder of this run with an older version's photos: those that come again keep their names."""
        place = self._make_place(key)
        for photo in old.photo_files:
            data = read_source(self._root / photo.file.path)
            if not isinstance(data, Fault):
                (place.folder / photo.name).write_bytes(data)
        return place

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


def set_reported(record: ActivityRecord, text: bytes, day: dt.date) -> bytes:
    """Return a record's text with another day of handing in; as it is where that cannot be read."""
    if not record.knows("reported") or record.data.reported == day:
        return text
    span = record.find_span("reported")
    try:
        lines = text.decode("utf-8").split("\n")
        line = lines[span.line - 1]
    except (UnicodeDecodeError, IndexError):
        return text
    lines[span.line - 1] = f"{line[: span.column - 1]}{day.isoformat()}{line[span.end_column - 1 :]}"
    new = "\n".join(lines).encode()
    read, _ = parse_activity(record.file.path, new)
    return new if read and read.knows("reported") and read.data.reported == day else text


def _read_photo(place: ActivityPlace, photo: TakenPhoto) -> bytes:
    return photo.data if photo.data is not None else (place.folder / photo.name).read_bytes()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _name(reason: str, desk: _Desk) -> str:
    """Return a reason with photos as they were called, in place of this run's own files."""
    for path, name in desk.names.items():
        reason = reason.replace(path, name)
    return reason
