"""Read the files of a submission, as they are now and as they were before it."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.archive import MOST_PHOTO_BYTES
from generator.plumbing.git import run_git
from generator.records.decoding import MAX_BOOK_BYTES

FileReader = Callable[[str], bytes | None]
"""Returns a file by its path, POSIX and relative to the archive's root; ``None`` where there is none."""

_MOST_BYTES = max(MAX_BOOK_BYTES, MOST_PHOTO_BYTES)
_MOST_PARTS = 32
"""Nobody's material lies deeper, and each part of a path is looked at: hundreds of them cost as many looks, squared."""


def make_folder_reader(root: Path, *, most: int = _MOST_BYTES) -> FileReader:
    """Return a reader of the files below ``root`` that follows no link; of larger ones ``most`` bytes and one.

    It finds no file in more than 31 folders.
    """

    def read(path: str) -> bytes | None:
        parts = PurePosixPath(path).parts
        if ".." in parts or len(parts) > _MOST_PARTS:
            return None
        places = [root.joinpath(*parts[: n + 1]) for n in range(len(parts))]
        try:
            if any(place.is_symlink() for place in places) or not places[-1].is_file():
                return None
            with places[-1].open("rb") as source:
                return source.read(most + 1)
        except OSError:
            return None

    return read


def list_files(root: Path, paths: Iterable[str]) -> Iterator[str]:
    """Yield the files that paths stand for, folders opened, links not followed; gone paths yield nothing."""
    for path in paths:
        place = root / path
        if place.is_dir() and not place.is_symlink():
            for folder, names, files in os.walk(place):
                names[:] = sorted(name for name in names if name != ".git")
                below = Path(folder).relative_to(root)
                yield from ((below / name).as_posix() for name in sorted(files))
        elif os.path.lexists(place):
            yield path


def make_base_reader(root: Path, commits: Sequence[str], folder: Path | None = None) -> FileReader:
    """Return a reader of the archive as it was: in the first of the commits that has the file.

    ``folder`` is a checkout of the base branch: a file that is the same there is read there, since a
    partial clone has no content of its own for it. The reader raises :class:`RevisionError` for a file
    that git knows of and cannot read.
    """
    beside = make_folder_reader(folder) if folder else None

    @functools.cache
    def read(path: str) -> bytes | None:
        found = next((oid for c in commits if (oid := list_blobs(root, c).get(path))), "")
        data = beside(path) if beside and found else None
        if data is not None and _hash(data, found) == found:
            return data
        return run_git(root, "cat-file", "blob", found) if found else None

    return read


@functools.lru_cache(maxsize=4)
def list_blobs(root: Path, commit: str) -> dict[str, str]:
    """Return the files below ``root`` in a commit, each with git's id of its content."""
    entries = (e.partition(b"\t") for e in run_git(root, "ls-tree", "-r", "-z", commit).split(b"\0") if e)
    return {os.fsdecode(path): head.split()[2].decode("ascii") for head, _, path in entries}


def _hash(data: bytes, like: str) -> str:
    """Return git's id of a file's content, by SHA-1 or SHA-256 as the id ``like`` is."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
