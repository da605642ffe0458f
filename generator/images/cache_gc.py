"""What builds want of the cache, and the removal of what none of them wants any more.

Each build writes a roll of the entries that it wants before it looks for any of them, unless the newest
roll is the same. An entry in none of the :data:`KEPT` newest rolls is an orphan. So branches that take
turns keep their photos, a cache that CI saves and restores keeps its history, and no clock, no time of a
file and no order of a listing matters: a roll's number is in its name.

Orphans and unfinished folders go only while no other build uses the cache. A build takes part in the
cache through :func:`taking_part`; the lock behind it ends with its process, however that ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from generator.images import cache
from generator.plumbing import atomic

if sys.platform != "win32":
    import fcntl

KEPT = 10
"""How many rolls count, each another set of photos or another recipe."""
_FOLDER = "rolls"
_Alone = Callable[[], AbstractContextManager[bool]]
_NAME = re.compile(r"(?P<number>[0-9]{6,})-(?P<digest>[0-9a-f]{16})\.txt")


@contextmanager
def taking_part(folder: Path, wanted: Collection[str]) -> Iterator[None]:
    """Use the cache below ``folder`` while the block runs, for these entries.

    Orphans are removed first, if this build is alone. Raises OSError when the cache cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _presence(folder) as alone:
        new = _enrol(folder, wanted)
        with alone() as is_alone:
            if is_alone:
                cache.remove_unfinished(folder)
                if new:
                    _collect(folder)
        yield


def _enrol(folder: Path, wanted: Collection[str]) -> bool:
    """Write the roll of what is wanted; return False when the newest roll is the same."""
    text = "".join(f"{entry}\n" for entry in sorted(set(wanted)))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    known = _rolls(folder)
    if known and known[-1][1] == digest and _text(known[-1][2], digest) is not None:
        return False
    number = known[-1][0] + 1 if known else 1
    atomic.write(folder / _FOLDER / f"{number:06}-{digest}.txt", text)
    return True


def _collect(folder: Path) -> None:
    """Remove outdated rolls, and the entries that are in none of the others."""
    wanted: set[str] = set()
    kept: set[str] = set()
    for _, digest, path in reversed(_rolls(folder)):
        text = _text(path, digest)
        if text is None or digest in kept or len(kept) == KEPT:
            path.unlink(missing_ok=True)
        else:
            kept.add(digest)
            wanted.update(text.splitlines())
    for entry in cache.entries(folder):
        if entry not in wanted:
            cache.remove_entry(folder, entry)


def _rolls(folder: Path) -> list[tuple[int, str, Path]]:
    """Return (number, digest, path) of all rolls, oldest first."""
    try:
        paths = list((folder / _FOLDER).iterdir())
    except FileNotFoundError:
        return []
    matches = ((path, _NAME.fullmatch(path.name)) for path in paths)
    return sorted((int(match["number"]), match["digest"], path) for path, match in matches if match)


def _text(path: Path, digest: str) -> str | None:
    """Return a roll's text, or None when it is not what its name says."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data.decode("ascii", "replace") if hashlib.sha256(data).hexdigest()[:16] == digest else None


if sys.platform != "win32":

    @contextmanager
    def _presence(folder: Path) -> Iterator[_Alone]:
        """Hold a lock that builds share; it is had alone only by a build that no other runs beside."""
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            locked = _lock(descriptor, fcntl.LOCK_SH)

            @contextmanager
            def alone() -> Iterator[bool]:
                # A file system without locks tells nobody's presence: then nothing is ever removed.
                yield locked and _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Asking for more may have lost what was held; this build's roll protects its entries meanwhile.
                _lock(descriptor, fcntl.LOCK_SH)

            yield alone
        finally:
            os.close(descriptor)

    def _lock(descriptor: int, kind: int) -> bool:
        try:
            fcntl.flock(descriptor, kind)
        except OSError:
            return False
        return True

else:

    @contextmanager
    def _presence(folder: Path) -> Iterator[_Alone]:
        """Keep a file open: Windows removes none that is in use, so what can be removed was left by the dead."""
        present = folder / ".present"
        present.mkdir(exist_ok=True)
        own = present / f"{os.getpid()}-{secrets.token_hex(4)}"
        with own.open("wb"):

            @contextmanager
            def alone() -> Iterator[bool]:
                others = [path for path in present.iterdir() if path != own]
                for path in others:
                    with contextlib.suppress(OSError):
                        path.unlink()
                yield not any(path.exists() for path in others)

            yield alone
        with contextlib.suppress(OSError):
            own.unlink()
