"""Which part of the archive a submission touches: paths given by hand or changed since a git revision."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.git import RevisionError, run_git

_ACTIVITY = re.compile(r"(records/[^/]+/[0-9]{4}/[0-9]{2}/[^/]+)/")
_SCHOOL_YEAR = re.compile(r"(records/[^/]+/[0-9]{4})/(?:plan|roster)\.yml")
# A note of the bureau and the folder of its photos are one.
_NOTE = re.compile(r"(records/bureau/[0-9]{4}/(?:inspections|events)/[^/]+?)(?:\.md$|/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Touched paths, POSIX and relative to the archive's root. A folder stands for all that is in it.

    ``start`` is the git commit that they were compared with, "" for paths given by hand.
    """

    paths: tuple[str, ...]
    start: str = ""

    def keeps(self, diagnostic: Diagnostic) -> bool:
        """Say whether a diagnostic concerns something this submission touches.

        A photo concerns its whole record, a plan table or roster its school's year, and the programme
        everything.
        """
        return self.covers(diagnostic.span.file.path)

    def covers(self, path: str) -> bool:
        """Say the same of a path, POSIX and relative to the archive's root."""
        note = _NOTE.match(path)
        return any(_covers(scope, note[1] if note else path) for scope in self._scopes())

    def _scopes(self) -> Iterable[str]:
        for path in self.paths:
            if path.startswith("records/bureau/") and path.endswith("programme.yml"):
                yield "records"
            elif match := _ACTIVITY.match(path) or _SCHOOL_YEAR.match(path) or _NOTE.match(path):
                yield match[1]
            else:
                yield path

    def count_records(self) -> int:
        """Return how many records (activity folders or single files) are touched."""
        return len(set(self._scopes()))


def _covers(scope: str, path: str) -> bool:
    return path == scope or path.startswith(scope.rstrip("/") + "/") or scope in ("", ".")


def only(root: Path, paths: Iterable[str]) -> Submission:
    """Make a submission of paths typed by a user: relative to the current folder or to the root.

    Raises ``FileNotFoundError`` with the path that exists in neither place.
    """
    found = []
    base = root.resolve()
    for path in paths:
        for candidate in (Path(path), root / path):
            # The last part may itself be a link that the check refuses: resolve only its folder.
            if os.path.lexists(candidate):
                place = candidate.parent.resolve() / candidate.name
                if candidate.name in ("", ".", "..") or place == base:
                    place = candidate.resolve()
                if place == base or base in place.parents:
                    found.append(place.relative_to(base).as_posix())
                    break
        else:
            raise FileNotFoundError(path)
    return Submission(paths=tuple(found))


def changed_since(root: Path, revision: str) -> Submission:
    """Return what was changed in ``records/`` since ``revision`` (its merge base with HEAD), uncommitted
    and untracked files included.

    The checkout may be a stranger's: git runs no hook, filter, pager or external diff of it. Raises
    :class:`RevisionError` when the revision is unknown or the folder is no checkout.
    """
    if revision.startswith("-") or not revision:
        raise RevisionError(f"“{revision}”不是一个版本号")
    base = (
        run_git(root, "merge-base", "HEAD", revision, allow_failure=True).strip().decode("ascii", "replace")
    )
    commit = ("rev-parse", "--quiet", "--verify", "--end-of-options", revision + "^{commit}")
    start = base or run_git(root, *commit, allow_failure=True).strip().decode("ascii", "replace")
    if not start:
        run_git(root, "rev-parse", "--git-dir")  # no checkout at all has its own message
        raise RevisionError(f"没有版本“{revision}”；若是只取了最近历史的克隆，先运行 git fetch --unshallow")
    diff = (
        "diff",
        "--name-only",
        "-z",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--relative",
        start,
    )
    names = run_git(root, *diff, "--", "records") + run_git(
        root, "ls-files", "-z", "--others", "--exclude-standard", "--", "records"
    )
    paths = {os.fsdecode(name) for name in names.split(b"\0") if name}
    return Submission(paths=tuple(sorted(paths)), start=start)


def read_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return a file below ``root`` as it was in a commit, or ``None`` where it was not there."""
    there = run_git(root, "ls-tree", "-z", "--name-only", commit, "--", path, allow_failure=True)
    return run_git(root, "cat-file", "blob", f"{commit}:./{path}") if there else None
