"""A bare git repository as a forge changes it: trees and commits without a working tree, branches moved atomically."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_NOWHERE = "0" * 40


class GitError(Exception):
    """Git refused; the message is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What lies in a folder: `kind` is blob or tree, `sha` git's id, `path` from the root."""

    kind: str
    sha: str
    path: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BareRepository:
    """A bare repository below `path`."""

    path: Path

    @classmethod
    def make(cls, path: Path, files: Mapping[str, bytes], *, branch: str = "main") -> BareRepository:
        """Make a repository whose branch holds these files in one commit."""
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", branch, path], check=True)
        made = cls(path=path)
        tree = made.write_tree(None, {name: made.write_blob(content) for name, content in files.items()})
        made.move_branch(branch, made.write_commit(tree, [], "The archive", author="bureau"), None)
        return made

    def git(self, *arguments: str, data: bytes | None = None, **variables: str) -> bytes:
        """Run git with these environment variables and return what it printed. Raises GitError."""
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            input=data,
            capture_output=True,
            check=False,
            env={**os.environ, **variables},
        )
        if done.returncode:
            raise GitError(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    def find(self, name: str) -> str | None:
        """Return the commit of a branch or of an id; None if there is none."""
        # Nothing here packs refs, so a branch is a file: half of a test's time went into asking git for it.
        branch = self.path / "refs" / "heads" / name
        if branch.is_file():
            return branch.read_text(encoding="ascii").strip()
        return name if re.fullmatch(r"[0-9a-f]{40}", name) else None

    def tree_of(self, commit: str) -> str:
        """Return the id of a commit's tree."""
        return self.git("rev-parse", f"{commit}^{{tree}}").decode().strip()

    def write_blob(self, content: bytes) -> str:
        """Keep a file's content and return its id."""
        return self.git("hash-object", "-w", "--stdin", data=content).decode().strip()

    def write_tree(self, base: str | None, blobs: Mapping[str, str | None]) -> str:
        """Return a tree like `base` with these blobs in their places; None takes a file away."""
        with tempfile.TemporaryDirectory() as folder:
            index = f"{folder}/index"
            if base:
                self.git("read-tree", base, GIT_INDEX_FILE=index)
            lines = "".join(
                f"100644 {sha}\t{path}\0" if sha else f"0 {_NOWHERE}\t{path}\0" for path, sha in blobs.items()
            )
            self.git("update-index", "-z", "--index-info", data=lines.encode(), GIT_INDEX_FILE=index)
            return self.git("write-tree", GIT_INDEX_FILE=index).decode().strip()

    def write_commit(self, tree: str, parents: Iterable[str], message: str, *, author: str) -> str:
        """Keep a commit, on no branch yet, and return its id."""
        lines = [part for parent in parents for part in ("-p", parent)]
        mail = f"{author}@example.cn"
        named = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": mail}
        named |= {"GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": mail}
        return self.git("commit-tree", tree, *lines, data=message.encode(), **named).decode().strip()

    def move_branch(self, name: str, commit: str, before: str | None) -> None:
        """Move a branch that stands at `before`, or make it where there is none. Raises GitError if it does not."""
        self.git("update-ref", f"refs/heads/{name}", commit, before or _NOWHERE)

    def drop_branch(self, name: str) -> None:
        """Delete a branch. Raises GitError if there is none."""
        self.git("update-ref", "-d", f"refs/heads/{name}", self.find(name) or _NOWHERE)

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Say whether a commit is the other's ancestor, or the same."""
        try:
            self.git("merge-base", "--is-ancestor", older, newer)
        except GitError:
            return False
        return True

    def list_folder(self, commit: str, folder: str) -> list[Entry]:
        """Return what lies in a folder; nothing if there is no such folder."""
        found = self.git("ls-tree", "-z", "--long", commit, f"{folder}/" if folder else ".").decode()
        entries = []
        for line in filter(None, found.split("\0")):
            facts, _, path = line.partition("\t")
            _, kind, sha, size = facts.split()
            entries.append(Entry(kind=kind, sha=sha, path=path, size=0 if size == "-" else int(size)))
        return entries

    def read_files(self, name: str) -> dict[str, bytes]:
        """Return every file of a branch or commit, by path."""
        commit = self.find(name)
        assert commit, name
        paths = self.git("ls-tree", "-r", "-z", "--name-only", commit).decode().split("\0")
        return {path: self.git("cat-file", "blob", f"{commit}:{path}") for path in paths if path}

    def count_commits(self, name: str, *, beyond: str = "main") -> int:
        """Return how many commits a branch has that another lacks."""
        return int(self.git("rev-list", "--count", f"refs/heads/{beyond}..refs/heads/{name}"))

    def branches(self) -> list[str]:
        """Return the branches' names."""
        return self.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").decode().split()

    def merge(self, head: str, into: str, message: str, *, author: str) -> str:
        """Merge a commit into a branch and return the merge. Raises GitError on a conflict."""
        before = self.find(into)
        assert before
        tree = self.git("merge-tree", "--write-tree", before, head).decode().split()[0]
        made = self.write_commit(tree, [before, head], message, author=author)
        self.move_branch(into, made, before)
        return made
