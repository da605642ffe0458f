"""Make a new record's folder with its form and its photos, all at once; nothing is ever written over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.actions.new_record.record_form import Form, write_form
from generator.actions.photos.paths import RECORD, ActivityPlace
from generator.actions.photos.shrink import Progress
from generator.actions.photos.take_in_photos import Intake, add_entries_to_record, examine_photos
from generator.actions.transaction import open_transaction
from generator.images.faults import Fault
from generator.records import ActivityRecord, parse_activity
from generator.records.photo_lines import Entry

_NOTHING = Intake(outcomes=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A record that is about to be written: where, its text without photos as read, and its photos."""

    place: ActivityPlace
    text: bytes = field(repr=False)
    record: ActivityRecord = field(repr=False)
    intake: Intake = field(default=_NOTHING, repr=False)


def prepare_record(root: Path, school: str, form: Form, photos: Sequence[str], progress: Progress) -> Begun:
    """Return the record in the next free folder, with the photos made ready. Writes nothing.

    Raises OSError when no decoding process can do its work here.
    """
    base = root.resolve()
    day = form.date
    key = _find_free(base, f"{school}/{day:%Y}/{day:%m}/{day:%d}-{form.measure}")
    place = ActivityPlace(root=base, key=key)
    text = write_form(form).encode("utf-8")
    record, _ = parse_activity(place.path, text)
    if record is None:
        raise AssertionError(f"the form of {key} cannot be read")  # a defect
    intake = examine_photos(place, record, photos, progress) if photos else _NOTHING
    return Begun(place=place, text=text, record=record, intake=intake)


def write_new_record(begun: Begun, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Write the folder, photos with ``entries`` in the order of ``intake.taken``; return why it cannot be.

    Raises :class:`ChangeError` when the folder cannot be made; then nothing of it is there.
    """
    text = add_entries_to_record(begun.place, begun.text, begun.intake, entries) if entries else begun.text
    if isinstance(text, tuple):
        return text
    files = {
        RECORD: text,
        **{photo.name: photo.data for photo in begun.intake.taken if photo.data is not None},
    }
    with open_transaction(begun.place.root) as changes:
        changes.add_folder(begun.place.folder, files)
        changes.carry_out()
    return ()


def _find_free(root: Path, key: str) -> str:
    number, free = 1, key
    while os.path.lexists(root / "records" / free):
        number += 1
        free = f"{key}-{number}"
    return free
