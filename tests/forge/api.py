"""What the APIs of the four kinds share: routes, refusals, changes of files."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.forge.repository import GitError
from tests.forge.state import ForgeState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A call to the API: `parts` of its path by name, decoded."""

    method: str
    path: str
    query: Mapping[str, str]
    data: Any
    login: str = ""
    may_write: bool = True
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the API answers: JSON."""

    status: int = 200
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """The API answers no: its status and its own words."""

    def __init__(self, status: int, data: Any) -> None:
        super().__init__(status, data)
        self.answer = Answer(status=status, data=data)


Handler = Callable[[ForgeState, Ask], Answer]
Route = tuple[str, re.Pattern[str], Handler]


class Api(Protocol):
    """One kind's API, as a module of this package is one."""

    BASE: str
    ROUTES: tuple[Route, ...]

    def preflight(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return the headers with which a browser's preflight, of these headers, is answered."""

    def allow(self) -> dict[str, str]:
        """Return the CORS headers of every other answer."""

    def read_key(self, headers: Mapping[str, str]) -> str | None:
        """Return the key that a call carries."""

    def refuse(self, why: str) -> RefusedError:
        """Return the kind's words for: key, forbidden, missing, large."""


def route(method: str, path: str, handler: Handler) -> Route:
    """Return a route; `{name}` stands for a step, `{name/}` for two, `{name*}` for several."""
    pattern = re.escape(path)
    for sign, steps in (("", "[^/]+"), ("/", "[^/]+/[^/]+"), (r"\\\*", ".+")):
        pattern = re.sub(rf"\\{{(\w+){sign}\\}}", rf"(?P<\1>{steps})", pattern)
    return method, re.compile(pattern), handler


def decode(content: Any) -> bytes:
    """Return a file's content from base64. Raises ValueError."""
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, TypeError) as error:
        raise ValueError("content is not base64") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file of a commit: `content` None deletes; `sha` is the blob that the caller knows there."""

    action: str
    path: str
    content: bytes | None
    sha: str | None = None


def commit_files(
    state: ForgeState, branch: str, start: str | None, changes: list[FileChange], message: str, login: str
) -> str:
    """Commit changes onto a branch, made from `start` if that is given. Raises GitError if the branch has moved."""
    repository = state.repository
    before = None if start else repository.find(branch)
    parent = before or repository.find(start or "")
    assert parent
    blobs = {
        each.path: None if each.content is None else repository.write_blob(each.content) for each in changes
    }
    tree = repository.write_tree(repository.tree_of(parent), blobs)
    made = repository.write_commit(tree, [parent], message, author=login)
    repository.move_branch(branch, made, before)
    return made


def blobs_of(state: ForgeState, commit: str, paths: list[str]) -> dict[str, str]:
    """Return the blobs that lie at these paths of a commit."""
    found = {}
    for path in paths:
        try:
            found[path] = (
                state.repository.git("rev-parse", "--verify", "--quiet", f"{commit}:{path}").decode().strip()
            )
        except GitError:
            continue
    return found
