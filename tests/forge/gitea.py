"""Gitea's and Forgejo's API, as far as a request by files needs it (docs.gitea.com/api, modules/structs/repo_file.go)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.forge.api import Answer, Ask, FileChange, RefusedError, blobs_of, commit_files, decode, route
from tests.forge.state import ForgeState, Request

BASE = "/api/v1"
_URL = "https://git.example.cn/api/swagger"


# routers/api/v1/api.go with app.ini's [cors] as it is when nothing but ENABLED is set: no header is exposed.
def preflight(asked: Mapping[str, str]) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Headers": "Authorization, X-Gitea-OTP, Content-Type, User-Agent",
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "Access-Control-Max-Age": "600",
    }


def allow() -> dict[str, str]:
    return {"Access-Control-Allow-Origin": "*"}


def read_key(headers: Mapping[str, str]) -> str | None:
    scheme, _, key = (headers.get("Authorization") or "").partition(" ")
    return key if scheme.lower() in {"bearer", "token"} else None


def refuse(why: str) -> RefusedError:
    status, message = {
        "key": (401, "invalid username, password or token"),
        "forbidden": (403, "user should have a permission to write to a branch"),
        "missing": (404, "The target couldn't be found."),
        "large": (413, "Request Entity Too Large"),
    }[why]
    return RefusedError(status, {"message": message, "url": _URL})


def _invalid(status: int, message: str) -> RefusedError:
    return RefusedError(status, {"message": message, "url": _URL})


def _user(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data={"id": 1, "login": ask.login, "full_name": ""})


def _branch(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.find(ask.parts["branch"])
    if not sha:
        raise refuse("missing")
    return Answer(data={"name": ask.parts["branch"], "commit": {"id": sha}, "protected": False})


def _contents(state: ForgeState, ask: Ask) -> Answer:
    commit = state.repository.find(ask.query.get("ref", state.main))
    entries = state.repository.list_folder(commit, ask.parts["path"]) if commit else []
    if not entries:
        raise refuse("missing")
    kinds = {"blob": "file", "tree": "dir"}
    return Answer(
        data=[
            {
                "name": each.path.rpartition("/")[2],
                "path": each.path,
                "sha": each.sha,
                "type": kinds[each.kind],
                "size": each.size,
            }
            for each in entries
        ]
    )


def _change_files(state: ForgeState, ask: Ask) -> Answer:
    data = ask.data
    branch, new = data.get("branch") or state.main, data.get("new_branch") or ""
    start = state.repository.find(branch)
    if not start:
        raise _invalid(404, f"branch does not exist [name: {branch}]")
    if len(new or branch) > 100:
        raise _invalid(422, "[NewBranchName]: MaxSize")
    if new and new != branch and state.repository.find(new):
        raise _invalid(422, f"branch already exists [name: {new}]")
    there = blobs_of(state, start, [each["path"] for each in data["files"]])
    changes = [_read_operation(each, there.get(each["path"])) for each in data["files"]]
    same = not new or new == branch
    commit = commit_files(
        state,
        branch if same else new,
        None if same else branch,
        changes,
        data.get("message") or "Update",
        ask.login,
    )
    files = [
        None if each.content is None else {"path": each.path, "type": "file", "size": len(each.content)}
        for each in changes
    ]
    return Answer(
        status=201, data={"files": files, "commit": {"sha": commit, "message": data.get("message")}}
    )


def _read_operation(data: dict[str, Any], there: str | None) -> FileChange:
    path, action, sha = data["path"], data["operation"], data.get("sha") or None
    if action not in {"create", "update", "delete"}:
        raise _invalid(422, "[Operation]: In")
    if action == "create" and there:
        raise _invalid(422, f"repository file already exists [path: {path}]")
    if action != "create" and not there:
        raise _invalid(404, f"repository file does not exist [path: {path}]")
    if action != "create" and not sha:
        raise _invalid(422, "a SHA or commit ID must be provided when updating a file")
    if action != "create" and sha != there:
        raise _invalid(422, f"sha does not match [given: {sha}, expected: {there}]")
    try:
        content = None if action == "delete" else decode(data["content"])
    except ValueError as error:
        raise _invalid(422, "illegal base64 data") from error
    return FileChange(action=action, path=path, content=content, sha=sha)


def _as_pull(state: ForgeState, request: Request) -> dict[str, Any]:
    return {
        "number": request.number,
        "html_url": f"{state.web}/{state.name}/pulls/{request.number}",
        "state": "open" if request.state == "open" else "closed",
        "merged": request.state == "merged",
        "title": request.title,
        "body": request.body,
        "user": {"login": request.author},
        "head": {"label": request.branch, "ref": request.branch, "sha": state.head_of(request)},
        "base": {"label": state.main, "ref": state.main},
    }


def _list_pulls(state: ForgeState, ask: Ask) -> Answer:
    wanted = ask.query.get("state", "open")
    found = [
        each
        for each in reversed(state.requests)
        if wanted == "all" or (each.state == "open") == (wanted == "open")
    ]
    return Answer(data=[_as_pull(state, each) for each in found[: min(50, int(ask.query.get("limit", 30)))]])


def _make_pull(state: ForgeState, ask: Ask) -> Answer:
    branch = ask.data["head"]
    if not state.repository.find(branch):
        raise refuse("missing")
    if found := state.find_open(branch):
        message = (
            f"pull request already exists for these targets [id: {found.number}, issue_id: {found.number}, "
            f"head_repo_id: 1, base_repo_id: 1, head_branch: {branch}, base_branch: {state.main}]"
        )
        raise _invalid(409, message)
    made = state.open_request(branch, ask.data["title"], ask.data.get("body", ""), ask.login)
    return Answer(status=201, data=_as_pull(state, made))


def _pull(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data=_as_pull(state, _find(state, ask)))


def _edit_pull(state: ForgeState, ask: Ask) -> Answer:
    request = _find(state, ask)
    if ask.data.get("state") == "closed" and request.state == "open":
        state.close(request)
    return Answer(status=201, data=_as_pull(state, request))


def _drop_branch(state: ForgeState, ask: Ask) -> Answer:
    if not state.repository.find(ask.parts["branch"]):
        raise refuse("missing")
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


def _status(state: ForgeState, ask: Ask) -> Answer:
    verdict = state.checks.get(ask.parts["sha"])
    statuses = [{"context": "check / records", "status": verdict}] if verdict else []
    return Answer(
        data={
            "state": verdict or "pending",
            "sha": ask.parts["sha"],
            "total_count": len(statuses),
            "statuses": statuses,
        }
    )


_REPO = "/repos/{repo/}"
ROUTES = (
    route("GET", "/user", _user),
    route("GET", f"{_REPO}/branches/{{branch*}}", _branch),
    route("GET", f"{_REPO}/contents/{{path*}}", _contents),
    route("POST", f"{_REPO}/contents", _change_files),
    route("GET", f"{_REPO}/pulls", _list_pulls),
    route("POST", f"{_REPO}/pulls", _make_pull),
    route("GET", f"{_REPO}/pulls/{{number}}", _pull),
    route("PATCH", f"{_REPO}/pulls/{{number}}", _edit_pull),
    route("DELETE", f"{_REPO}/branches/{{branch*}}", _drop_branch),
    route("GET", f"{_REPO}/issues/{{number}}/comments", _comments),
    route("GET", f"{_REPO}/commits/{{sha}}/status", _status),
)
