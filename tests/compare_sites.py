"""Build the archive's site at two revisions and list the files that differ: ``python -m tests.compare_sites REVISION``.

Says whether a change of the code changed what is published. Each revision is cloned, given its own locked packages, and
built by its own code; the second is the working tree as git tracks it unless another revision is named. With
``--records`` both build the records of the working tree, so that only the code differs.
"""

from __future__ import annotations

import argparse
import difflib
import filecmp
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TEXT = frozenset(
    {".html", ".css", ".js", ".json", ".xml", ".csv", ".txt", ".md", ".svg", ".ics", ".webmanifest"}
)
_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    """A file of two sites that is not the same; ``kind`` is ``removed``, ``added``, ``renamed`` or ``changed``."""

    path: str
    kind: str
    lines: tuple[str, ...] = ()


def compare_sites(before: Path, after: Path) -> Iterator[FileDifference]:
    """Yield every difference between two folders in order of path, byte for byte; texts with their first lines.

    A file of the same bytes under another name is renamed; a text that differs in such names alone does not differ.
    """
    old, new = _files(before), _files(after)
    renamed = _renamed(before, after, old - new, new - old)
    names = {Path(path).name: Path(other).name for path, other in renamed.items()}
    arrived = set(renamed.values())
    for path in sorted(old | new):
        if path in renamed:
            yield FileDifference(path=path, kind="renamed", lines=(renamed[path],))
        elif path not in new:
            yield FileDifference(path=path, kind="removed")
        elif path not in old:
            if path not in arrived:
                yield FileDifference(path=path, kind="added")
        elif not filecmp.cmp(before / path, after / path, shallow=False):
            lines = _changed_lines(before / path, after / path, names)
            if lines:
                yield FileDifference(path=path, kind="changed", lines=lines)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _renamed(before: Path, after: Path, removed: set[str], added: set[str]) -> dict[str, str]:
    by_digest = {_digest(after / path): path for path in sorted(added)}
    found = ((path, by_digest.get(_digest(before / path))) for path in sorted(removed))
    return {path: other for path, other in found if other is not None}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _changed_lines(before: Path, after: Path, names: Mapping[str, str]) -> tuple[str, ...]:
    if before.suffix not in _TEXT:
        return (f"{before.stat().st_size} bytes -> {after.stat().st_size} bytes",)
    old, new = (path.read_text(encoding="utf-8") for path in (before, after))
    if names:
        old = re.sub(r"[\w-]+\.[a-z]+", lambda found: names.get(found[0], found[0]), old)
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    changed = [line[:160] for line in lines if not line.startswith(("---", "+++", "@@"))]
    if not changed and old != new:
        return ("other line ends",)
    return tuple(changed[:_LINES])


def _build(revision: str, folder: Path, records: Path | None) -> Path:
    """Build the site of a revision in a clone below ``folder``; return the site's folder."""
    project, site = folder / "project", folder / "site"
    _run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(project)], ROOT)
    _run(["git", "fetch", "--quiet", "origin", revision], project)
    _run(["git", "checkout", "--quiet", "--detach", "FETCH_HEAD"], project)
    if records:
        shutil.rmtree(project / "records")
        shutil.copytree(records, project / "records")
    _run([str(project / ".ci/venv"), "site"], project)
    _run(
        [str(project / ".venv/bin/pairing"), "build", "--root", str(project), "--site-dir", str(site)],
        project,
    )
    return site


def _commit_of(revision: str | None) -> str:
    """Return the commit of a revision; of the working tree's tracked files where none is given."""
    if revision is None:
        return _git("stash", "create") or _git("rev-parse", "HEAD")
    return _git("rev-parse", "--verify", f"{revision}^{{commit}}")


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def _run(command: list[str], folder: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "VIRTUAL_ENV"))
    }
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Print the differences; return 1 where there are any."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.compare_sites", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("before", help="the revision to compare with, such as main or v0.1.0")
    parser.add_argument("after", nargs="?", help="the other revision; the working tree unless given")
    parser.add_argument("--records", action="store_true", help="build the working tree's records with both")
    arguments = parser.parse_args()
    records = ROOT / "records" if arguments.records else None
    with tempfile.TemporaryDirectory(prefix="compare-sites-") as name:
        folder = Path(name)
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        before = _build(_commit_of(arguments.before), folder / "a", records)
        after = _build(_commit_of(arguments.after), folder / "b", records)
        found = list(compare_sites(before, after))
        for each in found:
            print(f"{each.kind:8}{each.path}", *(f"    {line}" for line in each.lines), sep="\n")
        print(f"{len(_files(after))} files, {len(found)} of them differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
