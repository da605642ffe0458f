"""A local stand-in for the part of GitHub's API by which comment.yml finds, judges and comments on a request."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

BOT = "github-actions[bot]"
TOKEN = "sesame"  # noqa: S105  # no secret


def commit_of(author: str | None, committer: str | None = None) -> dict[str, Any]:
    """Return a commit as a request lists it; a mail address that is no account's has no account."""
    return {
        role: name and {"login": name}
        for role, name in (("author", author), ("committer", committer or author))
    }


def push_of(login: str | None, kind: str = "push") -> dict[str, Any]:
    """Return a push as a repository's activity lists it."""
    return {"activity_type": kind, "actor": login and {"login": login}}


@dataclass
class Hub:
    """What the forge knows, and what it was asked: (method, path)."""

    run: dict[str, Any]
    pulls: list[dict[str, Any]]
    commits: list[dict[str, Any]]
    activity: Any
    source: str = "teacher/archive"
    branch: str = "patch/1"
    comments: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, method: str, path: str, query: str, body: Any) -> tuple[int, Any]:
        asked = parse_qs(query)
        page = int(asked.get("page", ["1"])[0])
        if (method, path) == ("GET", f"/api/repos/{self.source}/activity"):
            assert asked == {"ref": [f"refs/heads/{self.branch}"], "per_page": ["100"]}
            return (200, self.activity) if self.activity is not None else (404, {"message": "Not Found"})
        match method, path.removeprefix("/api/repos/county/archive"):
            case "GET", "/actions/runs/7":
                return 200, self.run
            case "GET", "/pulls":
                assert asked["head"] == [f"{self.source.partition('/')[0]}:{self.branch}"]
                return 200, self.pulls
            case "GET", "/pulls/12/commits":
                return 200, self.commits[100 * (page - 1) : 100 * page]
            case "GET", "/issues/12/comments":
                return 200, self.comments[100 * (page - 1) : 100 * page]
            case "POST", "/issues/12/comments":
                self.comments.append(
                    {
                        "id": 900 + len(self.comments),
                        "body": body["body"],
                        "user": {"login": BOT},
                        "html_url": "https://x/1",
                    }
                )
                return 201, self.comments[-1]
            case "PATCH", str(rest) if found := re.fullmatch(r"/issues/comments/(\d+)", rest):
                (one,) = [c for c in self.comments if c["id"] == int(found[1])]
                one["body"] = body["body"]
                return 200, one
            case "POST", str(rest) if found := re.fullmatch(r"/statuses/([0-9a-f]{40})", rest):
                self.statuses.append((found[1], body))
                return 201, body
        return 404, {"message": "Not Found"}


@contextmanager
def serving(state: Hub) -> Iterator[str]:
    """Serve what a hub knows on a free port of this machine, and return the API's address."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            path, _, query = self.path.partition("?")
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            state.asked.append((self.command, path))
            assert self.headers["Authorization"] == f"Bearer {TOKEN}"
            status, value = state.answer(self.command, path, query, body)
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
