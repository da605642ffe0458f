"""Read a folder of the archive into one :class:`Corpus`: the bureau's folder and each school's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.archive.bureau_folder import read_bureau
from generator.archive.corpus import Corpus, SchoolRecords
from generator.archive.folder import Reading
from generator.archive.school_folder import read_school

Progress = Callable[[int], None]


def read_corpus(root: Path, *, content: Path | None = None, progress: Progress | None = None) -> Corpus:
    """Read the archive below ``root``.

    ``content`` is the folder that holds ``plan/`` (default ``root/content``). ``progress`` is called with
    the number of activities read so far, once a school. Never raises for bad input.
    """
    records = root / "records"
    reading = Reading(root)
    if records.is_symlink():
        reading.refuse_path(
            "unsafe-path", "records", "records 是一个链接（快捷方式），不是文件夹本身", "换成真正的文件夹"
        )
        return Corpus(root=root, bureau={}, schools={}, problems=tuple(reading.problems))
    bureau = read_bureau(root, content or root / "content")
    reading.problems += bureau.problems
    schools: dict[str, SchoolRecords] = {}
    activities = 0
    for entry in reading.list_entries(records):
        if entry.name in ("bureau", "schema"):
            continue
        if not entry.is_dir(follow_symlinks=False):
            reading.refuse_unknown(entry, "records 里只放各校（园）的文件夹和 bureau")
            continue
        schools[entry.name] = school = read_school(root, entry.name)
        activities += len(school.activities)
        if progress:
            progress(activities)
    problems = tuple(reading.problems) + tuple(p for s in schools.values() for p in s.problems)
    return Corpus(root=root, bureau=bureau.years, schools=schools, problems=problems)
