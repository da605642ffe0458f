"""Match the photo names in a record with its files, and propose names for files whose names are refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.archive import Photographed
from generator.rules.subjects import find_nearest

_GOOD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|jpeg|png|webp|heic|heif)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A ``better`` name for a photo. ``written`` is the record's name for it, "" where it has none."""

    better: str
    written: str


def is_good_name(name: str) -> bool:
    """Say whether a photo may have this name."""
    return _GOOD.fullmatch(name) is not None


def propose_names(activity: Photographed) -> Mapping[str, Renaming]:
    """Return better names for the photos beside a record whose names are refused, by their present names."""
    refused = [photo.name for photo in activity.photo_files if not is_good_name(photo.name)]
    if not refused:
        return {}
    named = {photo.file for photo in activity.data.photos} if activity.knows("photos") else set(refused)
    meant = (
        {near: name for name, near in match_mistyped(activity).items()} if activity.knows("photos") else {}
    )
    taken = {photo.name for photo in activity.photo_files} | named
    found = {}
    for name in refused:
        written = name if name in named else meant.get(name, "")
        better = written if is_good_name(written) else propose_free_name(name, taken)
        taken.add(better)
        found[name] = Renaming(better=better, written=written)
    return found


def match_mistyped(activity: Photographed) -> Mapping[str, str]:
    """Return the unnamed photo that each name without a photo probably means, by that name."""
    there = {photo.name for photo in activity.photo_files}
    free = there - {photo.file for photo in activity.data.photos}
    lost = [p.file for p in activity.data.photos if p.file not in there and not p.withdrawn]
    found: dict[str, str] = {}
    for name in sorted(
        set(lost), key=lambda name: (name.lower() not in {f.lower() for f in free}, lost.index(name))
    ):
        if near := _guess_meant_file(name, free):
            found[name] = near
            free.discard(near)
    return found


def _guess_meant_file(name: str, free: Collection[str]) -> str | None:
    """Return the free photo that a wrong name means: the same but for case, a similar one, or the only one."""
    same = next((n for n in sorted(free) if n.lower() == name.lower()), None)
    return same or find_nearest(name, sorted(free)) or (next(iter(free)) if len(free) == 1 else None)


def propose_free_name(name: str, taken: Collection[str]) -> str:
    """Return the name in small letters or, where that will not do, the next free two-digit name, as in the guide."""
    if is_good_name(name.lower()) and name.lower() not in taken:
        return name.lower()
    suffix = name.rpartition(".")[2].lower()
    suffix = suffix if is_good_name(f"01.{suffix}") else "jpg"
    return next(n for i in range(1, len(taken) + 2) if (n := f"{i:02d}.{suffix}") not in taken)
