"""Reference lists and garbage collection for the cache of renditions.

Each build writes a list of the entries that it wants before it looks for any of them, unless the newest list is the
same. An entry in none of the :data:`KEPT` newest lists is removed. So branches that take turns keep their photos, a
cache that CI saves and restores keeps its history, and no clock, no time of a file and no order of a listing matters:
a list's number is in its name.

Nothing is removed while another build uses the cache: each holds a file of its own in ``.present`` for as long.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.images import cache
from generator.plumbing import atomic
from generator.plumbing.locks import Busy, hold_lock

KEPT = 10
"""How many lists count, each another set of photos or another recipe."""
_LISTS = "rolls"
"""The folder's name since the first version: another would lose what older builds wrote."""
_NAME = re.compile(r"(?P<number>[0-9]{6,})-(?P<digest>[0-9a-f]{16})\.txt")


@contextmanager
def use_cache(folder: Path, wanted: Collection[str]) -> Iterator[None]:
    """Use the cache below ``folder`` while the block runs, for these entries.

    What no build wants any more is removed first, if no other build uses the cache. Raises OSError when the cache
    cannot be written.
    """
    present = folder / ".present"
    present.mkdir(parents=True, exist_ok=True)
    own = present / f"{os.getpid()}-{secrets.token_hex(4)}"
    is_new = _write_list(folder, wanted)
    try:
        with ExitStack() as stack:
            with hold_lock(folder / ".lock", wait=True):  # so that nobody comes in while another collects
                if _is_alone(present):
                    cache.remove_unfinished(folder)
                    if is_new:
                        _collect_garbage(folder)
                stack.enter_context(hold_lock(own))
            yield
    finally:
        own.unlink(missing_ok=True)


def _is_alone(present: Path) -> bool:
    """Return whether no other build uses the cache, and remove the files of those that were killed."""
    for other in tuple(present.iterdir()):
        try:
            with hold_lock(other) as held:
                if (
                    not held
                ):  # a file system without locks tells nobody's presence: then nothing is ever removed
                    return False
        except Busy:
            return False
        other.unlink(missing_ok=True)
    return True


def _write_list(folder: Path, wanted: Collection[str]) -> bool:
    """Write the list of what is wanted; return False when the newest list is the same."""
    text = "".join(f"{entry}\n" for entry in sorted(set(wanted)))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    known = _find_lists(folder)
    if known and known[-1][1] == digest and _read_list(known[-1][2], digest) is not None:
        return False
    number = known[-1][0] + 1 if known else 1
    atomic.write_file(folder / _LISTS / f"{number:06}-{digest}.txt", text)
    return True


def _collect_garbage(folder: Path) -> None:
    """Remove outdated lists, and the entries that are in none of the others."""
    wanted: set[str] = set()
    kept: set[str] = set()
    for _, digest, path in reversed(_find_lists(folder)):
        text = _read_list(path, digest)
        if text is None or digest in kept or len(kept) == KEPT:
            path.unlink(missing_ok=True)
        else:
            kept.add(digest)
            wanted.update(text.splitlines())
    for entry in cache.list_entries(folder):
        if entry not in wanted:
            cache.remove_entry(folder, entry)


def _find_lists(folder: Path) -> list[tuple[int, str, Path]]:
    """Return (number, digest, path) of all lists, oldest first."""
    try:
        paths = list((folder / _LISTS).iterdir())
    except FileNotFoundError:
        return []
    matches = ((path, _NAME.fullmatch(path.name)) for path in paths)
    return sorted((int(match["number"]), match["digest"], path) for path, match in matches if match)


def _read_list(path: Path, digest: str) -> str | None:
    """Return a list's text, or None when it is not what its name says."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data.decode("ascii", "replace") if hashlib.sha256(data).hexdigest()[:16] == digest else None
