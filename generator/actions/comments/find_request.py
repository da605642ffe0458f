"""Find the request that a run of the check was for, and every account that had a hand in it, as the forge tells them.

Nothing of it is a request's own text: a number, a commit, times, and names of accounts, each held to its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.actions.comments.forge_api import Forge, ForgeError, take_mapping, take_number

CHECK = ".github/workflows/check.yml"
"""The workflow after whose runs a request is judged."""
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:\[bot\])?", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_WEB = "web-flow"
"""The account in whose name GitHub itself commits what was typed on its pages; the author is who typed."""
_GHOST = "ghost"
"""Whom GitHub names for an account that is gone; nobody can register it."""
_MOST_COMMITS = 250
"""So many commits of a request GitHub lists; a request with more is not judged."""
_MOST_PUSHES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An open request to the default branch.

    head: its newest commit.   opened, changed: moments, ISO 8601 in UTC.
    accounts: all that had a hand in it, whoever changed it last at the end.
    pushes_known: whether the forge told who pushed the branch, all of it.
    """

    number: int
    head: str
    opened: str
    changed: str
    accounts: tuple[str, ...]
    pushes_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRequest:
    """Why there is none to judge, in Chinese."""

    why: str


def find_request(forge: Forge, run_id: int) -> Request | NoRequest:
    """Return the request whose newest commit a finished run of the check was for.

    Raises ForgeError where the forge says that this was no such run, or cannot be asked.
    """
    run = take_mapping(forge.fetch_json(f"/actions/runs/{run_id}"))
    path = str(run.get("path", "")).partition("@")[0]
    if run.get("event") != "pull_request" or path != CHECK or run.get("status") != "completed":
        raise ForgeError(f"{run_id} 不是一次做完的“{CHECK}”")
    if run.get("conclusion") not in ("success", "failure", "timed_out"):
        return NoRequest(why="检查被取消或等待批准，不核对")
    head = str(run.get("head_sha", ""))
    source = str(take_mapping(run.get("head_repository")).get("full_name", ""))
    branch = run.get("head_branch")
    if not _SHA.fullmatch(head) or not _REPOSITORY.fullmatch(source) or not isinstance(branch, str):
        raise ForgeError("这次运行没有写明是哪个分支的")
    found = list(_list_requests(forge, source, branch, head))
    if not found:
        return NoRequest(why="没有要核对的请求：已经关闭，或者又有了新的改动")
    # Whoever may push could make a branch with a list of accounts of his own, and have the same commit judged by that.
    pulls = [pull for pull in found if _is_for_default_branch(pull)]
    if not pulls:
        return NoRequest(why="请求不是要合并到默认分支的，不核对")
    if len(pulls) > 1:
        raise ForgeError(f"分支 {branch[:80]} 有 {len(pulls)} 个请求，不知道是哪一个的检查")
    (pull,) = pulls
    number = take_number(pull.get("number"))
    pushers = _list_pushers(replace(forge, repository=source), branch)
    last = pushers[-1] if pushers else _name(run.get("actor"))
    hands = [_name(pull.get("user")), _name(run.get("actor")), *_list_authors(forge, number), *pushers]
    accounts = dict.fromkeys(hand for hand in hands if hand.lower() != last.lower())
    return Request(
        number=number,
        head=head,
        opened=_take_moment(pull.get("created_at")),
        # When the run began, not the request's `updated_at`: a comment, ours too, changes that.
        changed=max(_take_moment(run.get("created_at")), _take_moment(pull.get("created_at"))),
        accounts=(*accounts, last),
        pushes_known=bool(pushers),
    )


def _list_requests(forge: Forge, source: str, branch: str, head: str) -> Iterator[Mapping[str, Any]]:
    """Yield the open requests of a repository's branch that stand at a commit."""
    owner = source.partition("/")[0]
    for each in forge.fetch_all("/pulls", state="open", head=f"{owner}:{branch}")[0]:
        pull = take_mapping(each)
        its_head, its_base = take_mapping(pull.get("head")), take_mapping(pull.get("base"))
        if (
            its_head.get("sha") == head
            and take_mapping(its_head.get("repo")).get("full_name") == source
            and str(take_mapping(its_base.get("repo")).get("full_name")).lower() == forge.repository.lower()
        ):
            yield pull


def _is_for_default_branch(pull: Mapping[str, Any]) -> bool:
    base = take_mapping(pull.get("base"))
    return bool(base.get("ref")) and base.get("ref") == take_mapping(base.get("repo")).get("default_branch")


def _list_authors(forge: Forge, number: int) -> Iterator[str]:
    """Yield the accounts to which the forge assigns a request's commits, by their mail address.

    Anybody can write another's address into a commit. It gives nobody rights, since all accounts must have them; that
    one's own address is in a commit, it proves no more than that, so this only ever makes a request red.
    """
    commits, _ = forge.fetch_all(f"/pulls/{number}/commits", pages=3)
    if len(commits) >= _MOST_COMMITS:
        raise ForgeError(
            f"请求有 {_MOST_COMMITS} 次以上的提交，看不全是谁改的；请从主分支另开分支，把材料放进去"
        )
    for commit in map(take_mapping, commits):
        for role in ("author", "committer"):
            who = commit.get(role)
            # An address that belongs to no account has none.
            if who and take_mapping(who).get("login") not in (None, _WEB):
                yield _name(who)


def _list_pushers(forge: Forge, branch: str) -> tuple[str, ...]:
    """Return who pushed a branch since it was last made, oldest first; nothing where the forge does not tell all of it.

    This is the forge's own record of who was signed in: no commit can forge it.
    """
    try:
        answer = forge.fetch_json("/activity", ref=f"refs/heads/{branch}", per_page=_MOST_PUSHES)
    except ForgeError:
        return ()
    found = []
    for each in map(take_mapping, answer if isinstance(answer, list) else []):
        found.append(_name(each.get("actor")))
        if each.get("activity_type") == "branch_creation":
            return tuple(reversed(found))
    return ()


def _name(account: Any) -> str:
    login = take_mapping(account).get("login")
    return login if isinstance(login, str) and _LOGIN.fullmatch(login) else _GHOST


def _take_moment(value: Any) -> str:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value
    raise ForgeError("答复里的时间看不懂")
