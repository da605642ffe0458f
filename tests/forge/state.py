"""What a stand-in forge knows besides its repository: accounts and keys, requests, comments, checks, faults to come."""

from __future__ import annotations

import base64
import json
import re
import threading
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.forge.repository import BareRepository

Kind = Literal["github", "gitea", "gitlab", "gitee"]
Verdict = Literal["pending", "success", "failure"]
State = Literal["open", "merged", "closed"]
# What a fault does to a call: hang up before the body is read, in its middle, or after all is done; or wait in its
# middle until the test lets go.
Cut = Literal["refuse", "cut", "lose", "hold"]


@dataclass(kw_only=True)
class Request:
    """A pull or merge request."""

    number: int
    branch: str
    title: str
    body: str
    author: str
    state: State = "open"
    head: str = ""
    """The newest commit when it was merged or closed; while it is open, the branch's."""


@dataclass(kw_only=True)
class Comment:
    """A comment on a request."""

    number: int
    author: str
    body: str


@dataclass(kw_only=True)
class Account:
    """Whose a key is, and whether it may write."""

    login: str
    may_write: bool = True


@dataclass(kw_only=True)
class Fault:
    """What befalls calls whose "METHOD path" matches: a cut, or an answer of (status, data, headers).

    after: how many of them are let through before.   times: how many it befalls then.
    """

    call: str
    what: Cut | tuple[int, Any, dict[str, str]]
    after: int = 0
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that came in, as its log keeps it. `size`: bytes of its body."""

    method: str
    address: str
    size: int


@dataclass(kw_only=True)
class ForgeState:
    """One repository on a forge, with all that tests set and look at."""

    kind: Kind
    repository: BareRepository
    name: str = "county/archive"
    main: str = "main"
    keys: dict[str, Account] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    checks: dict[str, Verdict] = field(default_factory=dict)
    """What the forge's own checks say of a commit."""
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    most: int = 50_000_000
    """The largest body that is taken, bytes."""
    speed: float = 0
    """Bytes of bodies that come in a second; 0 for as many as can."""
    keep_alive: bool = False
    """Whether a connection is used again. Chromium then repeats a call by itself, a POST too, if it is reset."""
    cors: bool = True
    held: threading.Event = field(default_factory=threading.Event)
    """Set while a call is held."""
    let_go: threading.Event = field(default_factory=threading.Event)
    lock: threading.RLock = field(default_factory=threading.RLock)
    web: str = ""

    def take_fault(self, call: str) -> Fault | None:
        """Return the fault that befalls a call, once less than before."""
        with self.lock:
            for fault in self.faults:
                if not re.search(fault.call, call):
                    continue
                if fault.after:
                    fault.after -= 1
                elif fault.times:
                    fault.times -= 1
                    return fault
        return None

    def open_request(self, branch: str, title: str, body: str, author: str) -> Request:
        """Open a request. The caller has seen that there is none open of this branch."""
        made = Request(number=len(self.requests) + 1, branch=branch, title=title, body=body, author=author)
        self.requests.append(made)
        return made

    def find_open(self, branch: str) -> Request | None:
        """Return the open request of a branch."""
        return next((each for each in self.requests if each.branch == branch and each.state == "open"), None)

    def head_of(self, request: Request) -> str:
        """Return the newest commit of a request."""
        if request.state == "open":
            request.head = self.repository.find(request.branch) or request.head
        return request.head

    def comment(self, request: Request, body: str, *, author: str = "archive-bot") -> None:
        """Comment on a request."""
        found = self.comments.setdefault(request.number, [])
        found.append(Comment(number=len(found) + 1, author=author, body=body))

    def report(self, request: Request, report: dict[str, Any], *, author: str = "archive-bot") -> None:
        """Put the gate's comment, with its report as the page reads it, on a request: the one there is, or a new one."""
        packed = base64.b64encode(json.dumps(report, ensure_ascii=False).encode()).decode()
        body = f"校验结果\n\n<!-- pairing-check:1 {packed} -->\n"
        found = self.comments.setdefault(request.number, [])
        mine = next(
            (each for each in found if each.author == author and "pairing-check:1" in each.body), None
        )
        if mine:
            mine.body = body
        else:
            self.comment(request, body, author=author)

    def merge(self, request: Request, *, by: str = "officer") -> None:
        """Merge a request, really, and delete its branch as forges can be told to."""
        head = self.head_of(request)
        message = f"Merge request {request.number}: {request.title}"
        self.repository.merge(head, self.main, message, author=by)
        request.state = "merged"
        self.repository.drop_branch(request.branch)

    def close(self, request: Request) -> None:
        """Close a request unmerged."""
        self.head_of(request)
        request.state = "closed"
