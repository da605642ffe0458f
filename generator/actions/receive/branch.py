"""Put received records on a git branch of their own, and hand it in with a forge's own command-line tool."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.plumbing.git import RevisionError, run_git

_TOOLS = ("gh", "glab", "tea")
_HOSTS = (("github", "gh"), ("gitlab", "glab"), ("gitea", "tea"), ("forgejo", "tea"), ("codeberg", "tea"))
_SECONDS = 180


class BranchError(Exception):
    """The branch or the request was not made; the message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A branch's name, and the title and text of its commit and its request."""

    branch: str
    title: str
    body: str


def require_repository(root: Path) -> None:
    """Raise :class:`BranchError` unless a commit can be made at ``root`` now."""
    if shutil.which("git") is None:
        raise BranchError("这台电脑没有安装 git；不用 --branch 也可以收材料")
    if not _git(root, "rev-parse", "--verify", "--quiet", "HEAD"):
        raise BranchError("这个文件夹不是 git 仓库，或者还没有一次提交；不用 --branch 也可以收材料")
    if not _git(root, "var", "GIT_COMMITTER_IDENT"):
        raise BranchError(
            "git 还不知道您是谁；先运行 git config --global user.name 姓名 和 git config --global user.email 邮箱"
        )
    folder = root / os.fsdecode(_git(root, "rev-parse", "--git-path", "MERGE_HEAD")).strip()
    if folder.exists():
        raise BranchError("仓库里有没有做完的合并；先做完它")


def make_branch(root: Path, submission: Submission, paths: Sequence[str]) -> str:
    """Commit ``paths`` on a new branch and leave the working tree on it; return the branch that it was on before.

    What else was changed or staged stays as it is. Raises :class:`BranchError` with the old branch checked out again.
    """
    before = os.fsdecode(_git(root, "symbolic-ref", "--quiet", "--short", "HEAD")).strip()
    try:
        run_git(root, "checkout", "--quiet", "-b", submission.branch)
        run_git(root, "add", "--", *paths)
        message = f"{submission.title}\n\n{submission.body}"
        run_git(root, "commit", "--quiet", "--message", message, "--", *paths)
    except RevisionError as error:
        if before:
            _git(root, "reset", "--quiet", "--", *paths)
            _git(root, "checkout", "--quiet", before)
            _git(root, "branch", "--quiet", "-D", submission.branch)
        raise BranchError(f"没有建成分支（{_reason(error)}）；文件已经写好，可以自己提交") from None
    return before


def choose_branch(root: Path, wanted: str) -> str:
    """Return a branch's name that the repository does not have yet: ``wanted``, or with a number behind it."""
    number, name = 1, wanted
    while _git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}"):
        number += 1
        name = f"{wanted}-{number}"
    return name


def open_request(root: Path, submission: Submission) -> str:
    """Push the branch and open a request for it; return what the forge's tool answers. Raises :class:`BranchError`."""
    remote = os.fsdecode(_git(root, "remote")).split()
    if not remote:
        raise BranchError("这个仓库没有远程地址，推送不了；先运行 git remote add origin 网址")
    name = "origin" if "origin" in remote else remote[0]
    try:
        run_git(root, "push", "--quiet", "--set-upstream", name, submission.branch)
    except RevisionError as error:
        raise BranchError(
            f"推送不了（{_reason(error)}）；网络好了再运行 git push -u {name} {submission.branch}"
        ) from None
    tool = _find_tool(os.fsdecode(_git(root, "remote", "get-url", name)).strip())
    if tool is None:
        raise BranchError("已经推送；这台电脑没有 gh、glab 或 tea，请在网页上提出合并请求")
    return _run_tool(root, tool, submission)


def _find_tool(url: str) -> str | None:
    """Return the tool of the forge that an address is of, else any that is there."""
    fitting = [tool for mark, tool in _HOSTS if mark in url.lower()]
    return next((tool for tool in (*fitting, *(() if fitting else _TOOLS)) if shutil.which(tool)), None)


def _run_tool(root: Path, tool: str, submission: Submission) -> str:
    title, body, head = submission.title, submission.body, submission.branch
    arguments = {
        "gh": ["pr", "create", f"--head={head}", f"--title={title}", f"--body={body}"],
        "glab": [
            "mr",
            "create",
            f"--source-branch={head}",
            f"--title={title}",
            f"--description={body}",
            "--yes",
        ],
        "tea": ["pulls", "create", f"--head={head}", f"--title={title}", f"--description={body}"],
    }[tool]
    try:
        done = subprocess.run(  # a list of arguments; what records say is never a command
            [tool, *arguments],
            cwd=root,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise BranchError(f"已经推送；{tool} 没有运行成功，请在网页上提出合并请求") from None
    output = (done.stdout or done.stderr).decode("utf-8", "replace").strip()
    if done.returncode:
        said = output.splitlines()[-1][:200] if output else "原因不明"
        raise BranchError(f"已经推送；{tool} 没有提成请求（{said}），请在网页上提出合并请求")
    return output


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return run_git(root, *arguments, allow_failure=True)
    except RevisionError:
        return b""


def _reason(error: RevisionError) -> str:
    return re.sub(r"^git 不能比较版本，", "", str(error))
