"""A folder of the archive → one :class:`Corpus`: the schools' folders, which two processes may share, and the bureau's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from generator.archive.bureau_folder import ReadBureau, read_bureau
from generator.archive.folder import Reading
from generator.archive.school_folder import read_school
from generator.archive.value import Corpus, SchoolRecords
from generator.plumbing import forks

Progress = Callable[[int], None]

_LARGE = 1000
"""So many activities take long enough to read that a second process pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunReading:
    """Schools whose folders a second process has begun to read."""

    names: tuple[str, ...]
    shared: forks.Shared[SchoolRecords]


def begin_reading(root: Path) -> BegunReading:
    """Begin to read a large archive's schools in a second process, for :func:`read_corpus` to finish."""
    records = root / "records"
    # A folder that is refused yields nothing here; `read_corpus` says why.
    names = [] if records.is_symlink() else [e.name for e in Reading(root).entries(records) if _is_school(e)]
    tasks = [partial(read_school, root, name) for name in names]
    return BegunReading(names=tuple(names), shared=forks.begin(tasks, fork=_is_large(records, names)))


def _is_school(entry: os.DirEntry[str]) -> bool:
    return entry.name not in ("bureau", "schema") and entry.is_dir(follow_symlinks=False)


def _is_large(records: Path, names: Iterable[str]) -> bool:
    """Say whether so many activities lie there that a second process pays."""
    count = 0
    for name in names:
        for year in _folders(records / name):
            for month in _folders(year):
                count += len(_folders(month))
                if count >= _LARGE:
                    return True
    return False


def _folders(folder: str | os.PathLike[str]) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


def read_corpus(
    root: Path,
    *,
    content: Path | None = None,
    progress: Progress | None = None,
    begun: BegunReading | None = None,
    bureau: ReadBureau | None = None,
) -> Corpus:
    """Read the archive below ``root``.

    ``content`` is the folder that holds ``plan/`` (default ``root/content``). ``progress`` is called with
    the number of activities read so far, a few times a second. ``begun`` is what :func:`begin_reading`
    returned for this root, ``bureau`` what :func:`read_bureau` did. Never raises for bad input.
    """
    records = root / "records"
    reading = Reading(root)
    if records.is_symlink():
        reading.refuse(
            "unsafe-path", "records", "records 是一个链接（快捷方式），不是文件夹本身", "换成真正的文件夹"
        )
        return Corpus(root=root, bureau={}, schools={}, problems=tuple(reading.problems))
    begun = begun or begin_reading(root)
    bureau = bureau or read_bureau(root, content or root / "content")
    reading.problems += bureau.problems
    for entry in reading.entries(records):
        if entry.name not in ("bureau", "schema") and not entry.is_dir(follow_symlinks=False):
            reading.unknown(entry, "records 里只放各校（园）的文件夹和 bureau")
    found = begun.shared.finish(progress and _Activities(begun.shared, progress))
    schools = dict(zip(begun.names, found, strict=True))
    problems = tuple(reading.problems) + tuple(p for s in schools.values() for p in s.problems)
    return Corpus(root=root, bureau=bureau.years, schools=schools, problems=problems)


class _Activities:
    """Reports schools that are read as activities that are read."""

    def __init__(self, shared: forks.Shared[SchoolRecords], progress: Progress) -> None:
        self._shared, self._progress = shared, progress
        self._schools = self._activities = 0

    def __call__(self, schools: int) -> None:
        news = islice(self._shared.found.values(), self._schools, None)
        self._activities += sum(len(school.activities) for school in news)
        self._schools = schools
        self._progress(self._activities)
