"""Run the check's step of `check.yml` on requests, measured: ``python -m tests.hostile_requests.gate``.

The program reads jobs as lines of JSON and forks for each, so that a job costs no start of Python and has a memory of
its own. What the job starts and connects to is written down by an audit hook.
"""

from __future__ import annotations

import json
import os
import resource
import string
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from tests.hostile_requests.case import DAY, ROOT, TEACHER
from tests.scratch_repository import expanded, load

CHECK = ROOT / ".github" / "workflows" / "check.yml"
_LONGEST = 60
"""Seconds after which a job is ended; a case's own ceiling is lower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a check ended: exit code, log (both streams), job summary, what it started and whom it asked.

    started: programs, git with its command.   connections: hosts and addresses.
    seconds of processor time, and mebibytes of memory, its children's included, as far as they exceed the parent's.
    """

    code: int
    log: str
    summary: str
    started: tuple[str, ...]
    connections: tuple[str, ...]
    seconds: float
    mebibytes: int


def find_steps() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what check.yml asks for the request's checkout, and the step that checks it."""
    (job,) = load(CHECK)["jobs"].values()
    (asked,) = (step["with"] for step in job["steps"] if step.get("with", {}).get("path") == "submission")
    (step,) = (step for step in job["steps"] if step.get("name") == "Check")
    return asked, step


def read_command(step: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Return a step's command of `pairing`, its variables replaced, and the variables that it is given."""
    given = {name: expanded(value) for name, value in step["env"].items()}
    given |= {"OPENED": f"{DAY}T01:00:00Z", "CHANGED": f"{DAY}T02:00:00Z"}
    given["PAIRING_ACCOUNT"] = f"{TEACHER} {TEACHER}"
    words = [string.Template(word.strip('"')).substitute(given) for word in step["run"].split()]
    assert words[0] == "pairing"
    return words[1:], given


class Gate:
    """A process that checks requests laid beside a checkout of the base branch."""

    def __init__(self, workspace: Path, scratch: Path) -> None:
        self.workspace, self.scratch = workspace, scratch
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.hostile_requests.gate"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process
        self._process.communicate()

    def check(self, request: Path) -> Outcome:
        """Check a request; ``request`` is its checkout, which check.yml calls `submission`."""
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        arguments, given = read_command(find_steps()[1])
        files = {name: str(self.scratch / name) for name in ("log", "summary", "audit")}
        for name in files.values():
            Path(name).write_bytes(b"")
        at = arguments.index("submission")
        job = {
            **files,
            "cwd": str(self.workspace),
            "arguments": [*arguments[:at], str(request), *arguments[at + 1 :]],
            "env": {**given, "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": files["summary"]},
        }
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        done = json.loads(self._process.stdout.readline())
        audit = [json.loads(line) for line in Path(files["audit"]).read_text(encoding="utf-8").splitlines()]
        return Outcome(
            code=done["code"],
            log=Path(files["log"]).read_bytes().decode("utf-8"),
            summary=Path(files["summary"]).read_bytes().decode("utf-8"),
            started=tuple(what for kind, what in audit if kind == "started"),
            connections=tuple(what for kind, what in audit if kind == "connected"),
            seconds=done["seconds"],
            mebibytes=done["mebibytes"],
        )


def main() -> None:
    """Serve jobs from standard input until it ends."""
    import generator.cli.check
    import generator.cli.report_problems
    import generator.cli.report_receipt
    import generator.rules.submission.photo_trial
    import generator.rules.submission.verdict  # noqa: F401  # all that a check loads, once

    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if not child:
            _do(job)
        _, status, used = os.wait4(child, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "mebibytes": used.ru_maxrss // 1024,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _do(job: dict[str, Any]) -> None:
    """Do a job and end this process with the command's exit code, whatever happens."""
    code = 99
    try:
        log = os.open(job["log"], os.O_WRONLY)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.stdout, sys.stderr = (open(f, "w", encoding="utf-8", closefd=False) for f in (1, 2))  # noqa: SIM115
        os.environ.update(job["env"])
        os.chdir(job["cwd"])
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
        with open(job["audit"], "w", encoding="utf-8") as audit:  # noqa: PTH123  # pathlib's would be audited
            sys.addaudithook(lambda event, given: _write_down(audit, event, given))
            from generator.cli.main import main as run

            code = run(job["arguments"])
            sys.stdout.flush()
            sys.stderr.flush()
    finally:
        os._exit(code)


def _write_down(audit: IO[str], event: str, given: tuple[Any, ...]) -> None:
    if audit.closed:
        return
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        audit.write(json.dumps(["started", _name_program(given)]) + "\n")
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        audit.write(
            json.dumps(["connected", repr(given[-1] if event == "socket.connect" else given[0])]) + "\n"
        )


def _name_program(given: tuple[Any, ...]) -> str:
    words = [os.fspath(word) for word in given[1]] if len(given) > 1 else [str(given[0])]
    if words[0] != "git":
        return "python" if words[0] == sys.executable else words[0]
    after = words.index("--no-pager") + 1 if "--no-pager" in words else 1
    return f"git {words[after]}"


if __name__ == "__main__":
    main()
