"""Read from git when each text was last revised, as times that never run backwards.

A calendar's reader must be able to tell a later version of a date from an earlier one. A record does not say how
often it was changed, and nobody should have to write that down; git knows. The moment of a revision is that of
the commit that brought it to this branch (the first parents: of a merge, its own), and at least a second later
than the last one of the same file, should a clock have been wrong. A number of commits would be simpler, but
falls when commits are squashed or history is cut off. In a clone without older history a file counts as revised
when that history ends: later than it was, but earlier than any change to come.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.plumbing.git import RevisionError, run_git

BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""From here moments are counted: so they stay within 31 bits till 2087, as iCalendar wants its numbers."""

_MOST = 2**31 - 2**20
_TEXTS = ("records/*.md", "records/*.yml")
_MOMENT = b"\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Moments in seconds since ``BEGINNING``, by path: of files, and of folders for all that is in them."""

    moments: Mapping[str, int]

    def find_last(self, *paths: str) -> int | None:
        """Return when any of these files or folders was last revised, ``None`` where that is not known."""
        return max((self.moments[path] for path in paths if path in self.moments), default=None)


def read_revisions(root: Path) -> Revisions:
    """Ask git for the revisions of the texts below ``root/records``; empty where no git knows them.

    A file that was changed and is not committed yet counts as revised once more.
    """
    moments: dict[str, int] = {}
    log = ("log", "--first-parent", "-m", "--reverse", "--no-renames", "--no-show-signature", "--name-only")
    try:
        output = run_git(root, *log, "-z", "--relative", "--format=%x01%ct", "HEAD", "--", *_TEXTS)
        head = int(run_git(root, "log", "-1", "--no-show-signature", "--format=%ct", "HEAD"))
        different = run_git(
            root,
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--relative",
            "HEAD",
            "--",
            *_TEXTS,
        )
        new = run_git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", *_TEXTS)
    except RevisionError:
        return Revisions(moments={})
    moment = 0
    for part in output.split(b"\0"):
        if part.startswith(_MOMENT):
            moment = int(part[1:])
        elif path := part.removeprefix(b"\n"):
            _revise(moments, path, moment)
    for path in (different + new).split(b"\0"):
        if path:
            _revise(moments, path, head)
    return Revisions(moments=_with_folders(moments))


def _revise(moments: dict[str, int], path: bytes, moment: int) -> None:
    name, seconds = os.fsdecode(path), moment - int(BEGINNING.timestamp())
    moments[name] = max(min(seconds, _MOST), moments.get(name, 0) + 1)


def _with_folders(moments: Mapping[str, int]) -> dict[str, int]:
    found = dict(moments)
    for path, moment in moments.items():
        for folder in map(str, PurePosixPath(path).parents):
            found[folder] = max(moment, found.get(folder, 0))
    return found
