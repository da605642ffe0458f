"""Run git with a repository's hooks, pagers, file monitors and replaced commits switched off: it may be a stranger's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class RevisionError(Exception):
    """Git is missing or failed; the message, in Chinese, is for the user."""


def run_git(root: Path, *arguments: str, allow_failure: bool = False) -> bytes:
    """Return git's output in ``root``; none of the repository's hooks, pagers and file monitors is started.

    A commit is itself, whatever `refs/replace/` says.

    allow_failure: return nothing when git fails.   Raises :class:`RevisionError` otherwise, and without git.
    """
    settings = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false")
    safe = ("--no-replace-objects", *(word for each in settings for word in ("-c", each)))
    # In English whatever the machine's language: one of git's messages is recognised below.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {"LC_ALL": "C"}
    try:
        result = subprocess.run(  # fixed program and options; the revision follows --end-of-options
            ["git", "-C", os.fspath(root), *safe, "--no-pager", *arguments],  # git from PATH
            capture_output=True,
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise RevisionError("这台机器没有安装 git；不用 --changed-since 也可以检查全部记录") from None
    if result.returncode and not allow_failure:
        reason = result.stderr.decode("utf-8", "replace").strip().splitlines()
        if reason and "not a git repository" in reason[0]:
            raise RevisionError("这个文件夹不是 git 仓库；不用 --changed-since 也可以检查全部记录")
        raise RevisionError(
            f"git 不能比较版本，git 的原话是“{reason[0]}”" if reason else "git 不能比较版本，没有说原因"
        )
    return b"" if result.returncode else result.stdout
