"""GitLab's REST API, as far as a request by files needs it (docs.gitlab.com/api)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.forge.api import Answer, Ask, FileChange, RefusedError, blobs_of, commit_files, decode, route
from tests.forge.state import ForgeState, Request

BASE = "/api/v4"


# config/application.rb: any origin and any header for /api, without cookies.
def preflight(asked: Mapping[str, str]) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Headers": asked.get("Access-Control-Request-Headers") or "",
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "Access-Control-Max-Age": "7200",
    }


def allow() -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, "
        "X-Prev-Page, X-Gitlab-Blob-Id, X-Gitlab-Commit-Id",
    }


def read_key(headers: Mapping[str, str]) -> str | None:
    return headers.get("Private-Token")


def refuse(why: str) -> RefusedError:
    status, message = {
        "key": (401, "401 Unauthorized"),
        "forbidden": (403, "403 Forbidden"),
        "missing": (404, "404 Project Not Found"),
        "large": (413, "413 Request Entity Too Large"),
    }[why]
    return RefusedError(status, {"message": message})


def _user(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data={"id": 1, "username": ask.login, "name": ask.login, "state": "active"})


def _branch(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.find(ask.parts["branch"])
    if not sha:
        raise RefusedError(404, {"message": "404 Branch Not Found"})
    return Answer(data={"name": ask.parts["branch"], "commit": {"id": sha}, "protected": False})


def _tree(state: ForgeState, ask: Ask) -> Answer:
    commit = state.repository.find(ask.query.get("ref", state.main))
    if not commit:
        raise RefusedError(404, {"message": "404 Tree Not Found"})
    entries = state.repository.list_folder(commit, ask.query.get("path", ""))
    if not entries:
        raise RefusedError(404, {"message": "404 invalid revision or path Not Found"})
    most = int(ask.query.get("per_page", 20))
    return Answer(
        data=[
            {
                "id": each.sha,
                "name": each.path.rpartition("/")[2],
                "type": each.kind,
                "path": each.path,
                "mode": "100644",
            }
            for each in entries[:most]
        ]
    )


def _commit(state: ForgeState, ask: Ask) -> Answer:
    data = ask.data
    branch, start = data["branch"], data.get("start_branch")
    if start and start != branch and state.repository.find(branch):
        message = f"A branch called '{branch}' already exists. Switch to that branch in order to make changes"
        raise RefusedError(400, {"message": message})
    base = state.repository.find(start or branch)
    if not base:
        raise RefusedError(400, {"message": "You can only create or edit files when you are on a branch"})
    there = blobs_of(state, base, [each["file_path"] for each in data["actions"]])
    changes = [_read_action(each, each["file_path"] in there) for each in data["actions"]]
    sha = commit_files(
        state, branch, start if start != branch else None, changes, data["commit_message"], ask.login
    )
    return Answer(status=201, data={"id": sha, "short_id": sha[:8], "message": data["commit_message"]})


def _read_action(data: dict[str, Any], there: bool) -> FileChange:
    action = data["action"]
    if action not in {"create", "update", "delete"}:
        raise RefusedError(400, {"error": "actions[0][action] does not have a valid value"})
    if action == "create" and there:
        raise RefusedError(400, {"message": "A file with this name already exists"})
    if action != "create" and not there:
        raise RefusedError(400, {"message": "A file with this name doesn't exist"})
    if action == "delete":
        return FileChange(action=action, path=data["file_path"], content=None)
    if data.get("encoding", "text") not in {"text", "base64"}:
        raise RefusedError(400, {"error": "actions[0][encoding] does not have a valid value"})
    is_text = data.get("encoding", "text") == "text"
    try:
        content = data["content"].encode() if is_text else decode(data["content"])
    except ValueError as error:
        raise RefusedError(400, {"message": "invalid base64"}) from error
    return FileChange(action=action, path=data["file_path"], content=content)


def _as_merge(state: ForgeState, request: Request) -> dict[str, Any]:
    return {
        "iid": request.number,
        "web_url": f"{state.web}/{state.name}/-/merge_requests/{request.number}",
        "state": "opened" if request.state == "open" else request.state,
        "title": request.title,
        "description": request.body,
        "author": {"username": request.author},
        "source_branch": request.branch,
        "target_branch": state.main,
        "sha": state.head_of(request),
    }


def _list_merges(state: ForgeState, ask: Ask) -> Answer:
    wanted = {"opened": "open"}.get(ask.query.get("state", "all"), ask.query.get("state", "all"))
    found = [
        each
        for each in reversed(state.requests)
        if wanted in {"all", each.state}
        if ask.query.get("source_branch", each.branch) == each.branch
    ]
    return Answer(data=[_as_merge(state, each) for each in found[: int(ask.query.get("per_page", 20))]])


def _make_merge(state: ForgeState, ask: Ask) -> Answer:
    branch = ask.data["source_branch"]
    if found := state.find_open(branch):
        message = f"Another open merge request already exists for this source branch: !{found.number}"
        raise RefusedError(409, {"message": [message]})
    if not state.repository.find(branch):
        raise RefusedError(400, {"message": {"source_branch": ["is invalid"]}})
    made = state.open_request(branch, ask.data["title"], ask.data.get("description", ""), ask.login)
    return Answer(status=201, data=_as_merge(state, made))


def _merge(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data=_as_merge(state, _find(state, ask)))


def _edit_merge(state: ForgeState, ask: Ask) -> Answer:
    request = _find(state, ask)
    if ask.data.get("state_event") == "close" and request.state == "open":
        state.close(request)
    return Answer(data=_as_merge(state, request))


def _drop_branch(state: ForgeState, ask: Ask) -> Answer:
    if not state.repository.find(ask.parts["branch"]):
        raise RefusedError(404, {"message": "404 Branch Not Found"})
    state.repository.drop_branch(ask.parts["branch"])
    return Answer(status=204)


def _find(state: ForgeState, ask: Ask) -> Request:
    for each in state.requests:
        if str(each.number) == ask.parts["number"]:
            return each
    raise RefusedError(404, {"message": "404 Not found"})


def _notes(state: ForgeState, ask: Ask) -> Answer:
    request = _find(state, ask)
    found = [
        {"id": c.number, "body": c.body, "author": {"username": c.author}, "system": False}
        for c in state.comments.get(request.number, [])
    ]
    found.insert(
        0, {"id": 0, "body": "added 1 commit", "author": {"username": request.author}, "system": True}
    )
    return Answer(data=found if ask.query.get("sort", "desc") == "asc" else found[::-1])


def _pipelines(state: ForgeState, ask: Ask) -> Answer:
    head = state.head_of(_find(state, ask))
    verdict = state.checks.get(head)
    words = {"success": "success", "failure": "failed", "pending": "running"}
    return Answer(data=[{"id": 1, "sha": head, "ref": "x", "status": words[verdict]}] if verdict else [])


_PROJECT = "/projects/{repo}"
ROUTES = (
    route("GET", "/user", _user),
    route("GET", f"{_PROJECT}/repository/branches/{{branch}}", _branch),
    route("GET", f"{_PROJECT}/repository/tree", _tree),
    route("POST", f"{_PROJECT}/repository/commits", _commit),
    route("GET", f"{_PROJECT}/merge_requests", _list_merges),
    route("POST", f"{_PROJECT}/merge_requests", _make_merge),
    route("GET", f"{_PROJECT}/merge_requests/{{number}}", _merge),
    route("PUT", f"{_PROJECT}/merge_requests/{{number}}", _edit_merge),
    route("DELETE", f"{_PROJECT}/repository/branches/{{branch}}", _drop_branch),
    route("GET", f"{_PROJECT}/merge_requests/{{number}}/notes", _notes),
    route("GET", f"{_PROJECT}/merge_requests/{{number}}/pipelines", _pipelines),
)
