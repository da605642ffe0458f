"""The archive's gate on a stand-in forge: the project's real check of a request, and its comment."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from generator.actions.comments.check_report import read_report
from generator.actions.comments.compose_comment import Circumstances, compose_comment
from tests.conftest import PAIRING
from tests.forge.state import ForgeState, Request


def judge(state: ForgeState, request: Request, *, day: str) -> bool:
    """Check a request's newest commit as the workflow does, comment on it and set its check; say whether it is green.

    day: of the request and of the check, as 2020-05-29.
    """
    head = state.head_of(request)
    with tempfile.TemporaryDirectory() as scratch:
        base, submission, report = (Path(scratch) / name for name in ("base", "submission", "report.json"))
        for folder, commit in ((base, state.main), (submission, head)):
            subprocess.run(["git", "clone", "--quiet", state.repository.path, folder], check=True)
            subprocess.run(["git", "-C", folder, "checkout", "--quiet", "--detach", commit], check=True)
        done = subprocess.run(
            [
                *(PAIRING, "check", "--root", submission, "--changed-since", f"origin/{state.main}"),
                *("--base", base, "--submitted", day, "--as-of", day),
                *("--account", request.author, "--report", report),
            ],
            capture_output=True,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise AssertionError(done.stderr.decode())
        green = done.returncode == 0
        body = compose_comment(read_report(report.read_bytes()), Circumstances(head=head, passed=green))
    found = state.comments.setdefault(request.number, [])
    if mine := next((each for each in found if each.author == "archive-bot"), None):
        mine.body = body
    else:
        state.comment(request, body)
    state.checks[head] = "success" if green else "failure"
    return green
