"""GitHub's REST API, as far as a request by files needs it (docs.github.com/en/rest, version 2022-11-28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.forge.api import Answer, Ask, RefusedError, decode, route
from tests.forge.repository import GitError
from tests.forge.state import ForgeState, Request

BASE = ""
_DOCS = "https://docs.github.com/rest"


# docs.github.com/en/rest/using-the-rest-api/using-cors-and-jsonp-to-make-cross-origin-requests
def preflight(asked: Mapping[str, str]) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, "
        "If-Unmodified-Since, X-GitHub-OTP, X-Requested-With",
        "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
        "Access-Control-Max-Age": "86400",
    }


def allow() -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, "
        "X-RateLimit-Remaining, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval",
    }


def read_key(headers: Mapping[str, str]) -> str | None:
    scheme, _, key = (headers.get("Authorization") or "").partition(" ")
    return key if scheme.lower() in {"bearer", "token"} else None


def refuse(why: str) -> RefusedError:
    status, message = {
        "key": (401, "Bad credentials"),
        "forbidden": (403, "Resource not accessible by personal access token"),
        "missing": (404, "Not Found"),
        "large": (413, "Payload Too Large"),
    }[why]
    return RefusedError(status, {"message": message, "documentation_url": _DOCS, "status": str(status)})


def _invalid(words: str, **error: str) -> RefusedError:
    errors = {"errors": [error]} if error else {}
    return RefusedError(422, {"message": words, **errors, "documentation_url": _DOCS, "status": "422"})


def _user(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data={"login": ask.login, "id": 1, "type": "User"})


def _ref(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.find(ask.parts["branch"])
    if not sha:
        raise refuse("missing")
    return Answer(data=_as_ref(ask.parts["branch"], sha))


def _as_ref(branch: str, sha: str) -> dict[str, Any]:
    return {"ref": f"refs/heads/{branch}", "object": {"sha": sha, "type": "commit"}}


def _commit(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.find(ask.parts["sha"])
    if not sha:
        raise refuse("missing")
    return Answer(data={"sha": sha, "tree": {"sha": state.repository.tree_of(sha)}})


def _make_blob(state: ForgeState, ask: Ask) -> Answer:
    if ask.data.get("encoding", "utf-8") != "base64":
        return Answer(status=201, data={"sha": state.repository.write_blob(ask.data["content"].encode())})
    try:
        return Answer(status=201, data={"sha": state.repository.write_blob(decode(ask.data["content"]))})
    except ValueError as error:
        raise _invalid("Problems parsing content") from error


def _make_tree(state: ForgeState, ask: Ask) -> Answer:
    for entry in ask.data["tree"]:
        if entry.get("mode") != "100644" or entry.get("type") != "blob":
            raise _invalid("Must supply a valid tree.mode")
    blobs = {entry["path"]: entry["sha"] for entry in ask.data["tree"]}
    if None in blobs.values():
        there = (
            state.repository.git("ls-tree", "-r", "-z", "--name-only", ask.data["base_tree"])
            .decode()
            .split("\0")
        )
        if {path for path, sha in blobs.items() if sha is None} - set(there):
            raise _invalid("GitRPC::BadObjectState")
    try:
        return Answer(status=201, data={"sha": state.repository.write_tree(ask.data.get("base_tree"), blobs)})
    except GitError as error:
        raise _invalid("tree.sha is not a valid blob") from error


def _make_commit(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.write_commit(
        ask.data["tree"], ask.data.get("parents", []), ask.data["message"], author=ask.login
    )
    return Answer(status=201, data={"sha": sha, "tree": {"sha": ask.data["tree"]}})


def _make_ref(state: ForgeState, ask: Ask) -> Answer:
    branch = ask.data["ref"].removeprefix("refs/heads/")
    try:
        state.repository.move_branch(branch, ask.data["sha"], None)
    except GitError as error:
        raise _invalid("Reference already exists") from error
    return Answer(status=201, data=_as_ref(branch, ask.data["sha"]))


def _move_ref(state: ForgeState, ask: Ask) -> Answer:
    branch, sha = ask.parts["branch"], ask.data["sha"]
    before = state.repository.find(branch)
    if not before:
        raise _invalid("Reference does not exist")
    if not ask.data.get("force") and not state.repository.is_ancestor(before, sha):
        raise _invalid("Update is not a fast forward")
    state.repository.move_branch(branch, sha, before)
    return Answer(data=_as_ref(branch, sha))


def _contents(state: ForgeState, ask: Ask) -> Answer:
    commit = state.repository.find(ask.query.get("ref", state.main))
    entries = state.repository.list_folder(commit, ask.parts["path"]) if commit else []
    if not entries:
        raise refuse("missing")
    kinds = {"blob": "file", "tree": "dir"}
    return Answer(
        data=[
            {
                "type": kinds[each.kind],
                "size": each.size,
                "name": each.path.rpartition("/")[2],
                "path": each.path,
                "sha": each.sha,
            }
            for each in entries
        ]
    )


def _as_pull(state: ForgeState, request: Request) -> dict[str, Any]:
    return {
        "number": request.number,
        "html_url": f"{state.web}/{state.name}/pull/{request.number}",
        "state": "open" if request.state == "open" else "closed",
        "merged_at": "2020-06-01T08:00:00Z" if request.state == "merged" else None,
        "title": request.title,
        "body": request.body,
        "user": {"login": request.author},
        "head": {"ref": request.branch, "sha": state.head_of(request)},
        "base": {"ref": state.main},
    }


def _list_pulls(state: ForgeState, ask: Ask) -> Answer:
    owner = state.name.split("/")[0]
    wanted = ask.query.get("state", "open")
    found = [
        each
        for each in reversed(state.requests)
        if wanted == "all" or (each.state == "open") == (wanted == "open")
        if "head" not in ask.query or ask.query["head"] == f"{owner}:{each.branch}"
    ]
    return Answer(data=[_as_pull(state, each) for each in found[: int(ask.query.get("per_page", 30))]])


def _make_pull(state: ForgeState, ask: Ask) -> Answer:
    branch, owner = ask.data["head"], state.name.split("/")[0]
    if not state.repository.find(branch):
        raise _invalid("Validation Failed", resource="PullRequest", field="head", code="invalid")
    if state.find_open(branch):
        message = f"A pull request already exists for {owner}:{branch}."
        raise _invalid("Validation Failed", resource="PullRequest", code="custom", message=message)
    if not state.repository.count_commits(branch, beyond=state.main):
        message = f"No commits between {state.main} and {branch}"
        raise _invalid("Validation Failed", resource="PullRequest", code="custom", message=message)
    made = state.open_request(branch, ask.data["title"], ask.data.get("body", ""), ask.login)
    return Answer(status=201, data=_as_pull(state, made))


def _pull(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data=_as_pull(state, _find(state, ask)))


def _edit_pull(state: ForgeState, ask: Ask) -> Answer:
    request = _find(state, ask)
    if ask.data.get("state") == "closed" and request.state == "open":
        state.close(request)
    return Answer(data=_as_pull(state, request))


def _drop_ref(state: ForgeState, ask: Ask) -> Answer:
    if not state.repository.find(ask.parts["branch"]):
        raise _invalid("Reference does not exist")
    state.repository.drop_branch(ask.parts["branch"])
    return Answer(status=204)


def _find(state: ForgeState, ask: Ask) -> Request:
    for each in state.requests:
        if str(each.number) == ask.parts["number"]:
            return each
    raise refuse("missing")


def _comments(state: ForgeState, ask: Ask) -> Answer:
    found = state.comments.get(_find(state, ask).number, [])
    return Answer(data=[{"id": c.number, "body": c.body, "user": {"login": c.author}} for c in found])


def as_run(verdict: str) -> dict[str, Any]:
    """Return a check's run as GitHub and Gitee write it."""
    pending = verdict == "pending"
    return {"status": "in_progress" if pending else "completed", "conclusion": None if pending else verdict}


def _check_runs(state: ForgeState, ask: Ask) -> Answer:
    raise refuse("forbidden")  # of fine-grained keys, which have no permission for checks


def _runs(state: ForgeState, ask: Ask) -> Answer:
    verdict = state.checks.get(ask.query["head_sha"])
    runs = [as_run(verdict)] if verdict else []
    return Answer(data={"total_count": len(runs), "workflow_runs": runs})


_REPO = "/repos/{repo/}"
ROUTES = (
    route("GET", "/user", _user),
    route("GET", f"{_REPO}/git/ref/heads/{{branch*}}", _ref),
    route("GET", f"{_REPO}/git/commits/{{sha}}", _commit),
    route("POST", f"{_REPO}/git/blobs", _make_blob),
    route("POST", f"{_REPO}/git/trees", _make_tree),
    route("POST", f"{_REPO}/git/commits", _make_commit),
    route("POST", f"{_REPO}/git/refs", _make_ref),
    route("PATCH", f"{_REPO}/git/refs/heads/{{branch*}}", _move_ref),
    route("GET", f"{_REPO}/contents/{{path*}}", _contents),
    route("GET", f"{_REPO}/pulls", _list_pulls),
    route("POST", f"{_REPO}/pulls", _make_pull),
    route("GET", f"{_REPO}/pulls/{{number}}", _pull),
    route("PATCH", f"{_REPO}/pulls/{{number}}", _edit_pull),
    route("DELETE", f"{_REPO}/git/refs/heads/{{branch*}}", _drop_ref),
    route("GET", f"{_REPO}/issues/{{number}}/comments", _comments),
    route("GET", f"{_REPO}/commits/{{sha}}/check-runs", _check_runs),
    route("GET", f"{_REPO}/actions/runs", _runs),
)
