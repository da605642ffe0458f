"""Time whole processes in turn and report medians, spreads and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""So every Python program finds its modules compiled from its second run on, as where it is used, ours and others'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A command to time. ``before`` runs untimed ahead of each run, such as removing the last output.

    ``code`` is the exit code of a run that did what it should.
    """

    name: str
    command: Sequence[str]
    cwd: Path
    before: Callable[[], None] = lambda: None
    env: Mapping[str, str] = field(default_factory=dict)
    code: int = 0


class Run(NamedTuple):
    """Wall seconds, peak MiB of one process, and processor seconds of the process and all that it waited for."""

    seconds: float
    peak: float
    processor: float


@dataclass(slots=True, kw_only=True)
class Result:
    """Wall seconds of each run, its processors' seconds, and the largest peak of one process in MiB."""

    name: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def median(self) -> float:
        """Median wall time in seconds."""
        return statistics.median(self.seconds)

    def row(self) -> str:
        """Return median, spread, runs and memory as one line."""
        spread = f"{min(self.seconds):.3f}–{max(self.seconds):.3f}"
        return f"{self.name:<46} {self.median:8.3f} s  ({spread}, {len(self.seconds)} runs)  peak {self.peak:6.0f} MiB"


def once(subject: Subject) -> Run:
    """Run a subject; a failing command ends the bench."""
    subject.before()
    environment = {**os.environ, **_COMPILED, **subject.env}
    start = time.perf_counter()
    process = subprocess.Popen(
        list(subject.command),
        cwd=subject.cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != subject.code:
        sys.stderr.write(output.decode("utf-8", "replace")[-2000:])
        raise SystemExit(f"{subject.name}: exit {process.returncode}")
    # Linux counts in KiB, macOS in bytes.
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return Run(seconds, peak, usage.ru_utime + usage.ru_stime)


def compare(subjects: Sequence[Subject], runs: int) -> list[Result]:
    """Time subjects in turn, A B C A B C …, after one uncounted round, so that a drifting machine is fair."""
    results = [Result(name=s.name) for s in subjects]
    for number in range(runs + 1):
        for subject, result in zip(subjects, results, strict=True):
            run = once(subject)
            if number:
                result.seconds.append(run.seconds)
                result.processor.append(run.processor)
                result.peak = max(result.peak, run.peak)
            print(
                f"\r  {subject.name}: {run.seconds:.2f} s{' (warm-up)' if not number else ''}" + " " * 20,
                end="",
                flush=True,
            )
    print("\r" + " " * 90 + "\r", end="")
    return results
