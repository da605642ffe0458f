"""Gitee's API v5, as far as a request by files needs it (gitee.com/api/v5/swagger)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.forge.api import Answer, Ask, FileChange, RefusedError, blobs_of, commit_files, decode, route
from tests.forge.github import as_run
from tests.forge.state import ForgeState, Request

BASE = "/api/v5"


# What it answers to other origins is documented nowhere; this is as strict as a browser can still use.
def preflight(asked: Mapping[str, str]) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS, PATCH",
        "Access-Control-Max-Age": "7200",
    }


def allow() -> dict[str, str]:
    return {"Access-Control-Allow-Origin": "*"}


def read_key(headers: Mapping[str, str]) -> str | None:
    scheme, _, key = (headers.get("Authorization") or "").partition(" ")
    return key if scheme.lower() in {"bearer", "token"} else None


def refuse(why: str) -> RefusedError:
    status, message = {
        "key": (401, "401 Unauthorized: Access token does not exist"),
        "forbidden": (403, "403 Forbidden"),
        "missing": (404, "Not Found Project"),
        "large": (413, "Request Entity Too Large"),
    }[why]
    return RefusedError(status, {"message": message})


def _user(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data={"id": 1, "login": ask.login, "name": ask.login})


def _branch(state: ForgeState, ask: Ask) -> Answer:
    sha = state.repository.find(ask.parts["branch"])
    if not sha:
        raise RefusedError(404, {"message": "Branch"})
    return Answer(data={"name": ask.parts["branch"], "commit": {"sha": sha}, "protected": False})


def _make_branch(state: ForgeState, ask: Ask) -> Answer:
    name, start = ask.data["branch_name"], state.repository.find(ask.data["refs"])
    if not start:
        raise RefusedError(400, {"message": f"{ask.data['refs']} does not exist"})
    if state.repository.find(name):
        raise RefusedError(400, {"message": f"Branch {name} already exists"})
    state.repository.move_branch(name, start, None)
    return Answer(status=201, data={"name": name, "commit": {"sha": start}})


def _contents(state: ForgeState, ask: Ask) -> Answer:
    commit = state.repository.find(ask.query.get("ref", state.main))
    entries = state.repository.list_folder(commit, ask.parts["path"]) if commit else []
    kinds = {"blob": "file", "tree": "dir"}
    return Answer(
        data=[
            {
                "type": kinds[e.kind],
                "name": e.path.rpartition("/")[2],
                "path": e.path,
                "sha": e.sha,
                "size": e.size,
            }
            for e in entries
        ]
    )


def _commit(state: ForgeState, ask: Ask) -> Answer:
    data = ask.data
    base = state.repository.find(data["branch"])
    if not base:
        raise RefusedError(404, {"message": "Branch"})
    there = blobs_of(state, base, [each["path"] for each in data["actions"]])
    changes = []
    for each in data["actions"]:
        if each["action"] not in {"create", "update", "delete"}:
            raise RefusedError(400, {"message": "actions[action] does not have a valid value"})
        if (each["action"] == "create") == (each["path"] in there):
            wrong = "already exists" if each["path"] in there else "doesn't exist"
            raise RefusedError(400, {"message": f"A file with this name {wrong}"})
        gone = each["action"] == "delete"
        assert gone or each["encoding"] == "base64"
        content = None if gone else decode(each["content"])
        changes.append(FileChange(action=each["action"], path=each["path"], content=content))
    sha = commit_files(state, data["branch"], None, changes, data["message"], ask.login)
    return Answer(status=201, data={"sha": sha, "commit": {"message": data["message"]}})


def _as_pull(state: ForgeState, request: Request) -> dict[str, Any]:
    return {
        "number": request.number,
        "html_url": f"{state.web}/{state.name}/pulls/{request.number}",
        "state": request.state,
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
        if wanted in {"all", each.state}
        if ask.query.get("head", each.branch) == each.branch
    ]
    return Answer(data=[_as_pull(state, each) for each in found[: int(ask.query.get("per_page", 20))]])


def _make_pull(state: ForgeState, ask: Ask) -> Answer:
    branch = ask.data["head"]
    if not state.repository.find(branch):
        raise RefusedError(400, {"message": "源分支不存在"})
    if state.find_open(branch):
        raise RefusedError(400, {"message": "已存在相同源分支、目标分支的 Pull Request"})
    made = state.open_request(branch, ask.data["title"], ask.data.get("body", ""), ask.login)
    return Answer(status=201, data=_as_pull(state, made))


def _pull(state: ForgeState, ask: Ask) -> Answer:
    return Answer(data=_as_pull(state, _find(state, ask)))


def _edit_pull(state: ForgeState, ask: Ask) -> Answer:
    request = _find(state, ask)
    if ask.data.get("state") == "closed" and request.state == "open":
        state.close(request)
    return Answer(data=_as_pull(state, request))


def _find(state: ForgeState, ask: Ask) -> Request:
    for each in state.requests:
        if str(each.number) == ask.parts["number"]:
            return each
    raise RefusedError(404, {"message": "Not Found Pull Request"})


def _comments(state: ForgeState, ask: Ask) -> Answer:
    found = [
        {"id": c.number, "body": c.body, "user": {"login": c.author}}
        for c in state.comments.get(_find(state, ask).number, [])
    ]
    return Answer(data=found if ask.query.get("direction", "desc") == "asc" else found[::-1])


def _check_runs(state: ForgeState, ask: Ask) -> Answer:
    verdict = state.checks.get(ask.parts["sha"])
    runs = [as_run(verdict)] if verdict else []
    return Answer(data={"total_count": len(runs), "check_runs": runs})


_REPO = "/repos/{repo/}"
ROUTES = (
    route("GET", "/user", _user),
    route("GET", f"{_REPO}/branches/{{branch}}", _branch),
    route("POST", f"{_REPO}/branches", _make_branch),
    route("GET", f"{_REPO}/contents/{{path*}}", _contents),
    route("POST", f"{_REPO}/commits", _commit),
    route("GET", f"{_REPO}/pulls", _list_pulls),
    route("POST", f"{_REPO}/pulls", _make_pull),
    route("GET", f"{_REPO}/pulls/{{number}}", _pull),
    route("PATCH", f"{_REPO}/pulls/{{number}}", _edit_pull),
    route("GET", f"{_REPO}/pulls/{{number}}/comments", _comments),
    route("GET", f"{_REPO}/commits/{{sha}}/check-runs", _check_runs),
)
