"""Write placed records into the archive: new ones whole, newer versions over the old, whose photos go when they are named no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.actions.photos.paths import RECORD
from generator.actions.receive.placement import Earlier, Placement
from generator.actions.transaction import Changes


def write_placements(changes: Changes, root: Path, placements: Sequence[Placement]) -> None:
    """Put the records of these placements into ``changes``."""
    for placement in placements:
        photos = {photo.file: photo.data for photo in placement.photos}
        if placement.over is None:
            changes.add_folder(root / placement.path, {RECORD: placement.text, **photos})
        else:
            _replace(changes, root, placement, placement.over, photos)


def _replace(
    changes: Changes, root: Path, placement: Placement, over: Earlier, photos: dict[str, bytes]
) -> None:
    """Put a newer version in an older one's place, or where its new day belongs."""
    old, new = root / over.path, root / placement.path
    there = {photo.name: photo.digest for photo in over.record.photo_files}
    if new != old:
        for name in (RECORD, *(name for name in there if name in photos)):
            changes.move_file(old / name, new / name)
    changes.replace_file(new / RECORD, placement.text, old=over.text)
    for name, data in photos.items():
        if name in there:
            changes.replace_file(new / name, data)
        else:
            changes.add_file(new / name, data)
    for name in there:
        if name not in photos:
            changes.remove_file(old / name)
