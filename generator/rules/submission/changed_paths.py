"""Find the files that a submission touches: paths given by hand, or changed since a git revision."""

from __future__ import annotations

import functools
import os
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.plumbing.git import RevisionError, run_git
from generator.records.diagnostics import Diagnostic

_ACTIVITY = re.compile(r"(records/[^/]+/[0-9]{4}/[0-9]{2}/[^/]+)/")
_SCHOOL_YEAR = re.compile(r"(records/[^/]+/[0-9]{4})/(?:plan|roster)\.yml")
# A note of the bureau and the folder of its photos are one.
_NOTE = re.compile(r"(records/bureau/[0-9]{4}/(?:inspections|events)/[^/]+?)(?:\.md$|/)")


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Touched paths, POSIX and relative to the archive's root. A folder stands for all that is in it.

    A path outside the root, which only git can report, begins with ``../``. ``before`` are the git commits
    that the paths were compared with: the merge bases, then the tip of the base branch; empty for paths
    given by hand. ``behind`` counts the commits of the base branch that the submission lacks.
    """

    paths: tuple[str, ...]
    before: tuple[str, ...] = ()
    behind: int = 0

    def is_concerned_by(self, diagnostic: Diagnostic) -> bool:
        """Say whether a diagnostic is about something that this submission touches.

        A photo concerns its whole record, a plan table or roster its school's year, the programme
        everything, and a folder in the wrong place whatever was put in it.
        """
        path = diagnostic.span.file.path
        return self.covers(path) or path in self._folders

    def covers(self, path: str) -> bool:
        """Say whether a file, POSIX and relative to the archive's root, belongs to what is touched."""
        note = _NOTE.match(path)
        return not self._scopes.isdisjoint((*list_enclosing_folders(note[1] if note else path), "", "."))

    @functools.cached_property
    def _scopes(self) -> frozenset[str]:
        """What is touched: whole records, a school's year, all records, else single files and folders."""
        return frozenset(_scope(path).rstrip("/") for path in self.paths)

    @functools.cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(folder for path in self.paths for folder in list_enclosing_folders(path)[1:])

    def count_records(self) -> int:
        """Return how many places of ``records/`` (activity folders or single files) are touched."""
        return sum(1 for scope in self._scopes if scope in ("", ".") or scope.split("/")[0] == "records")


def _scope(path: str) -> str:
    if path.startswith("records/bureau/") and path.endswith("programme.yml"):
        return "records"
    match = _ACTIVITY.match(path) or _SCHOOL_YEAR.match(path) or _NOTE.match(path)
    return match[1] if match else path


def list_enclosing_folders(path: str) -> list[str]:
    """Return a path and all folders above it, the nearest first."""
    folders = [path]
    while (end := path.rfind("/", 0, len(folders[-1]))) >= 0:
        folders.append(path[:end])
    return folders


def take_paths(root: Path, paths: Iterable[str]) -> Submission:
    """Make a submission of paths that a user typed: relative to the current folder or to the root.

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


def find_changes_since(root: Path, revision: str) -> Submission:
    """Return what HEAD and the working tree change against the branch or commit ``revision``.

    A file is touched when it differs both from the merge base and from ``revision`` itself: what only the
    base branch changed since is not the submission's, nor is what the base branch has meanwhile, as after
    a squash. Of several merge bases (criss-cross merges) it must differ from each. Uncommitted and
    untracked files count.

    The checkout may be a stranger's: git runs no hook, filter, pager or external diff of it. Raises
    :class:`RevisionError` when the revision is unknown, when the merge base is (a shallow clone may hide
    it), or when the folder is no checkout.
    """
    if revision.startswith("-") or not revision:
        raise RevisionError(f"“{revision}”不是一个版本号")
    tip = _find_tip(root, revision)
    if not tip:
        run_git(root, "rev-parse", "--git-dir")  # no checkout at all has its own message
        raise RevisionError(f"没有版本“{revision}”；若是只取了最近历史的克隆，先运行 git fetch --unshallow")
    before = list(dict.fromkeys([*_merge_bases(root, tip, revision), tip]))
    touched = set.intersection(*(_differing(root, commit) for commit in before))
    untracked = run_git(
        root, "ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--", ":/"
    ).split(b"\0")
    touched.update(name.rstrip(b"/") for name in untracked if name)
    prefix = os.fsdecode(run_git(root, "rev-parse", "--show-prefix").rstrip(b"\n")) or "."
    paths = {posixpath.relpath(os.fsdecode(name), prefix) for name in touched}
    behind = _line(root, "rev-list", "--count", tip, "--not", "HEAD")
    return Submission(paths=tuple(sorted(paths)), before=tuple(before), behind=int(behind))


def _find_tip(root: Path, revision: str) -> str:
    """Return the commit of a revision, "" where there is none.

    A branch comes before a tag of the same name: whoever hands something in may push a tag `origin/main` of his own.
    """
    for name in (f"refs/remotes/{revision}", f"refs/heads/{revision}", revision):
        commit = ("rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}")
        if tip := _line(root, *commit, allow_failure=True):
            return tip
    return ""


def _merge_bases(root: Path, tip: str, revision: str) -> list[str]:
    """Return the best common ancestors of HEAD and ``tip``; never a false one of a shallow clone."""
    bases = _line(root, "merge-base", "--all", "HEAD", tip, allow_failure=True).split()
    boundary = _shallow_commits(root)
    if boundary:
        # Behind a cut commit there may be a later common ancestor, unless it is an ancestor of those found.
        searched = _line(root, "rev-list", "HEAD", tip, "--not", *bases).split()
        cut = [commit for commit in searched if commit in boundary]
        if cut and bases != [tip] and bases != [_line(root, "rev-parse", "HEAD")]:
            raise RevisionError(
                f"这个克隆只取了最近的历史，看不出是从“{revision}”的哪个版本开始改的；"
                f"先运行 git fetch --unshallow {_remote(root, revision)} {' '.join(cut)}，再检查一次"
            )
    if not bases:
        raise RevisionError(
            f"现在的版本与“{revision}”没有共同的历史，分不出哪些是这次改的；请从“{revision}”另开分支，把材料放进去"
        )
    return bases


def _shallow_commits(root: Path) -> frozenset[str]:
    """Return the commits whose parents were not fetched."""
    if _line(root, "rev-parse", "--is-shallow-repository") != "true":
        return frozenset()
    place = os.fsdecode(run_git(root, "rev-parse", "--git-path", "shallow").rstrip(b"\n"))
    return frozenset((root / place).read_text(encoding="ascii").split())


def _remote(root: Path, revision: str) -> str:
    """Return the remote that a revision such as ``origin/main`` names, else the first one."""
    remotes = _line(root, "remote").split("\n")
    return next(
        (name for name in remotes if name and revision.startswith(f"{name}/")), remotes[0] or "origin"
    )


def _differing(root: Path, commit: str) -> set[bytes]:
    """Return the paths, from the repository's top, that differ between a commit and the working tree."""
    # Of modules only the commit counts, whatever `.gitmodules` says, which a sparse checkout need not hold.
    options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative")
    modules = "--ignore-submodules=dirty"
    return {name for name in run_git(root, "diff", *options, modules, commit, "--").split(b"\0") if name}


def _line(root: Path, *arguments: str, allow_failure: bool = False) -> str:
    return run_git(root, *arguments, allow_failure=allow_failure).strip().decode("utf-8", "replace")
