"""A hostile request as a value, and the repository in which requests lie as commits.

Commits are written by ``git fast-import``, so a request may hold what no working tree can: any bytes as a name,
modules without a repository, ten thousand files.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import small_archive
from tests.scratch_photos import photo, photos_yaml
from tests.scratch_repository import git

ROOT = Path(__file__).resolve().parent.parent.parent
SCHOOL = "records/jia"
OLD = f"{SCHOOL}/2021/02/08-visit"
NEW = f"{SCHOOL}/2021/02/15-visit"
DAY = "2021-02-15"
TEACHER = "teacher-of-jia"
ACCOUNTS = f"""accounts:
  - {{name: officer, bureau: true}}
  - {{name: {TEACHER}, schools: [jia]}}
  - {{name: teacher-of-yi, schools: [yi]}}
"""
PHOTOS = """photos:
  - file: 01.jpg
    caption: 撤下了
    withdrawn: {date: 2021-02-15, reason: 家长要求, digest: %s}
""" % ("0f" * 32)
"""Of a record: a photo that counts and need not be there, since each one there costs a test a decoding process."""
GONE = None
"""In the place of a file's content: the request deletes it."""

Laid = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link with its target."""

    target: str


@dataclass(frozen=True, slots=True)
class Module:
    """A submodule: its commit, which nobody has."""

    commit: str = "0123456789" * 4


Content = str | bytes | Link | Module | None
Files = Mapping[Any, Content]
"""What is in files, by their paths: text, or bytes where a name is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request that somebody hostile makes.

    files: what it changes, by path from the repository's top.
    message: of its commit.
    orphan: it shares no commit with the base branch.
    refs: what he pushes besides, with the request that it then points at, by name.
    laid: what is done to the checkout, for what git cannot hold in reasonable time.
    refused: the forge's own checkout ends with an error, so nothing is checked.
    seconds, mebibytes: ceilings of the check's time and memory.
    """

    name: str
    files: Files = field(default_factory=dict)
    message: str = "材料"
    orphan: bool = False
    refs: Mapping[str, str] = field(default_factory=dict)
    laid: Laid | None = None
    refused: bool = False
    seconds: float = 10
    mebibytes: int = 400


def record(day: str = DAY, **fields: str) -> str:
    """Return a good activity of school ``jia``; ``fields`` as in :func:`tests.small_archive.activity`."""
    given = {"title": "二月观摩", "reported": DAY, "photos": PHOTOS, **fields}
    return small_archive.activity(day, **given)


def submitted(beside: Files | None = None, /, **fields: str) -> Files:
    """Return the files of a request with one new record, which has nothing to complain of, and others."""
    return {f"{NEW}/activity.md": record(**fields), **(beside or {})}


def base_files() -> dict[Any, Content]:
    """Return the base branch: the small archive with a record and a photo, and the project's own set-up files."""
    files: dict[Any, Content] = dict(small_archive.base())
    files["records/bureau/2021/accounts.yml"] = ACCOUNTS
    files[f"{OLD}/activity.md"] = small_archive.activity("2021-02-08", photos=photos_yaml("01.jpg"))
    files[f"{OLD}/01.jpg"] = photo(1200, 900)
    for name in (
        *(".gitattributes", ".gitignore", ".github/workflows/check.yml", ".github/CODEOWNERS", "Makefile"),
        *("mkdocs.yml", "requirements.txt", "requirements.in", "pyproject.toml", "README.md"),
        "generator/__init__.py",
    ):
        files[name] = (ROOT / name).read_bytes()
    return files


def make_repository(folder: Path, cases: Iterable[Case]) -> Path:
    """Write a bare repository with the base as `main` and each case as `refs/pull/NAME/head`; return it."""
    git(folder.parent, "init", "--quiet", "--bare", "--initial-branch", "main", str(folder))
    stream = [_commit("refs/heads/main", base_files(), "档案", "")]
    stream.append(_commit("refs/pull/orphan/head", {**base_files(), "README.md": "另一段历史\n"}, "档案", ""))
    for case in cases:
        files = {**base_files(), **case.files} if case.orphan else case.files
        parent = "" if case.orphan else "refs/heads/main"
        stream.append(_commit(f"refs/pull/{case.name}/head", files, case.message, parent))
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--force"]
    subprocess.run(command, input=b"".join(stream), check=True)
    return folder


def _commit(ref: str, files: Files, message: str, parent: str) -> bytes:
    who = b"Test <test@example.org> 1613350800 +0800"
    lines = [b"commit %s\nauthor %s\ncommitter %s\n%s" % (ref.encode(), who, who, _data(message.encode()))]
    if parent:
        lines.append(b"from %s\n" % parent.encode())
    for path, content in files.items():
        name = _quoted(path.encode() if isinstance(path, str) else path)
        match content:
            case None:
                lines.append(b"D %s\n" % name)
            case Module(commit):
                lines.append(b"M 160000 %s %s\n" % (commit.encode(), name))
            case Link(target):
                lines.append(b"M 120000 inline %s\n%s" % (name, _data(target.encode())))
            case str() | bytes():
                data = content.encode() if isinstance(content, str) else content
                lines.append(b"M 100644 inline %s\n%s" % (name, _data(data)))
    return b"".join((*lines, b"\n"))


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _quoted(path: bytes) -> bytes:
    """Return a path as fast-import reads it: all but plain characters as octal numbers."""
    plain = b"".join(b"%c" % c if 32 < c < 127 and c not in b'"\\' else b"\\%03o" % c for c in path)
    return b'"%s"' % plain


def fill_sparsely(path: Path, size: int) -> None:
    """Make a file as long as that without writing it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, size)
