"""Which photo a name in a record means, and what a photo with a refused name is to be called."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.archive import Photographed
from generator.rules.subjects import nearest

_GOOD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|jpeg|png|webp|heic|heif)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What to call a photo. ``written`` is the name in the record that means it, "" where none does."""

    better: str
    written: str


def is_good(name: str) -> bool:
    """Say whether a photo may be called so."""
    return _GOOD.fullmatch(name) is not None


def renamings(activity: Photographed) -> Mapping[str, Renaming]:
    """Return for each photo beside a record whose name is refused what to call it."""
    refused = [photo.name for photo in activity.photo_files if not is_good(photo.name)]
    if not refused:
        return {}
    named = {photo.file for photo in activity.data.photos} if activity.knows("photos") else set(refused)
    meant = {near: name for name, near in mistaken(activity).items()} if activity.knows("photos") else {}
    taken = {photo.name for photo in activity.photo_files} | named
    found = {}
    for name in refused:
        written = name if name in named else meant.get(name, "")
        better = written if is_good(written) else free_name(name, taken)
        taken.add(better)
        found[name] = Renaming(better=better, written=written)
    return found


def mistaken(activity: Photographed) -> Mapping[str, str]:
    """Return for each name in a record that no photo has the photo, not named in it, that it probably means."""
    there = {photo.name for photo in activity.photo_files}
    free = there - {photo.file for photo in activity.data.photos}
    lost = [p.file for p in activity.data.photos if p.file not in there and not p.withdrawn]
    found: dict[str, str] = {}
    for name in sorted(
        set(lost), key=lambda name: (name.lower() not in {f.lower() for f in free}, lost.index(name))
    ):
        if near := _meant(name, free):
            found[name] = near
            free.discard(near)
    return found


def _meant(name: str, free: Collection[str]) -> str | None:
    """Return the unnamed photo that a wrong name means: same but for case, or alike, or the only one."""
    same = next((n for n in sorted(free) if n.lower() == name.lower()), None)
    return same or nearest(name, sorted(free)) or (next(iter(free)) if len(free) == 1 else None)


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the name in small letters or, where that will not do, the guide's next two-digit name."""
    if is_good(name.lower()) and name.lower() not in taken:
        return name.lower()
    suffix = name.rpartition(".")[2].lower()
    suffix = suffix if is_good(f"01.{suffix}") else "jpg"
    return next(n for i in range(1, len(taken) + 2) if (n := f"{i:02d}.{suffix}") not in taken)
