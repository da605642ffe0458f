"""Put the records of an issue on its own branch and push it; a branch that others have worked on is left alone."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.plumbing.git import RevisionError, run_git

_NAME, _MAIL = "pairing-intake", "pairing-intake@users.noreply.invalid"
_SECONDS = 180


class BranchError(Exception):
    """The branch was not made or pushed; the message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Where a branch is pushed: the remote's name, the forge's address for which the token is, the token."""

    server: str
    token: str = field(repr=False)
    name: str = "origin"


def read_tip(root: Path, remote: Remote, branch: str) -> str:
    """Return the commit that the remote's branch has, "" where there is none. Raises BranchError.

    Raises it as well for a branch whose newest commit is not ours: somebody has worked on it.
    """
    listed = _ask(root, remote, "ls-remote", "--", remote.name, f"refs/heads/{branch}").split()
    if not listed:
        return ""
    tip = listed[0]
    _ask(root, remote, "fetch", "--quiet", "--no-tags", "--depth=2", "--", remote.name, tip)
    mails = os.fsdecode(run_git(root, "log", "-1", "--format=%ce", "--end-of-options", tip)).strip()
    if mails != _MAIL:
        raise BranchError("已经有人在请求里改过，没有覆盖；要补的请写在请求下面，由教育局或档案员来改")
    return tip


def commit_records(root: Path, branch: str, paths: Sequence[str], message: str) -> str:
    """Commit folders on a branch begun anew from the checked out commit; return the commit. Raises BranchError.

    The folders leave the working tree with the branch, so that the next run finds the archive as it was.
    """
    before = os.fsdecode(run_git(root, "rev-parse", "HEAD")).strip()
    at = os.fsdecode(run_git(root, "symbolic-ref", "--quiet", "--short", "HEAD", allow_failure=True)).strip()
    who = ("-c", f"user.name={_NAME}", "-c", f"user.email={_MAIL}", "-c", "commit.gpgSign=false")
    try:
        run_git(root, "checkout", "--quiet", "-B", branch, before)
        run_git(root, "add", "--force", "--", *paths)
        run_git(root, *who, "commit", "--quiet", "--message", message, "--", *paths)
        return os.fsdecode(run_git(root, "rev-parse", "HEAD")).strip()
    except RevisionError as error:
        raise BranchError(f"没有建成分支：{error}") from None
    finally:
        run_git(root, "checkout", "--quiet", *([at] if at else ["--detach", before]), allow_failure=True)


def push_branch(root: Path, remote: Remote, branch: str, commit: str, tip: str) -> bool:
    """Make the remote's branch this commit, if it is still at ``tip``; False where it says the same already."""
    if tip and _tree(root, tip) == _tree(root, commit):
        return False
    place = f"refs/heads/{branch}"
    lease = f"--force-with-lease={place}:{tip}"
    _ask(root, remote, "push", "--quiet", lease, "--", remote.name, f"{commit}:{place}")
    return True


def _tree(root: Path, commit: str) -> bytes:
    return run_git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}")


def _ask(root: Path, remote: Remote, *arguments: str) -> str:
    """Run git with the token for the forge's host, which is neither in an argument nor in a file."""
    safe = (
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "http.followRedirects=false",
    )
    login = base64.b64encode(f"x-access-token:{remote.token}".encode()).decode("ascii")
    own = {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{remote.server}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}",
    }
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | own
    try:
        done = subprocess.run(  # fixed program; branch and commit are made of numbers, and nothing of an issue is here
            ["git", "-C", os.fspath(root), *safe, *arguments],
            capture_output=True,
            env=environment,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise BranchError("git 没有运行成功，或者等得太久；过一会儿把表再存一次") from None
    if done.returncode:
        raise BranchError(
            f"git {arguments[0]} 没有成功；请维护人员看工作流的权限（contents: write）和分支的保护"
        )
    return done.stdout.decode("ascii", "replace")
