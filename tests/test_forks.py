"""Tasks shared between two processes: the same results, in order; failures are not lost."""

from __future__ import annotations

import functools
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from generator.plumbing.forks import TaskError, can_fork, run
from tests.conftest import ROOT

CODE = "from tests.test_forks import {0}; {0}()"


def forking(test: Callable[[], None]) -> Callable[[], None]:
    """Run the test in a process of its own if this one has threads: an earlier test's server, for instance."""

    @pytest.mark.skipif(
        sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
        reason="one core, or a system that cannot fork safely",
    )
    @functools.wraps(test)
    def alone() -> None:
        if threading.active_count() > 1:
            subprocess.run([sys.executable, "-c", CODE.format(test.__name__)], cwd=ROOT, check=True)
        else:
            assert can_fork()
            test()

    return alone


@pytest.mark.parametrize("fork", [True, False])
def test_results_come_in_the_order_of_the_tasks(fork: bool) -> None:
    tasks = [lambda n=n: n * n for n in range(50)]
    seen: list[int] = []
    assert run(tasks, fork=fork, progress=seen.append) == [n * n for n in range(50)]
    assert seen[-1] == 50
    assert seen == sorted(seen)


class Meeting:
    """Neither process does all the work before the other has begun, however busy the machine is."""

    def __init__(self) -> None:
        self._ours = os.getpid()
        self._here = multiprocessing.get_context("fork").Event()
        self._there = multiprocessing.get_context("fork").Event()

    def is_there(self) -> bool:
        """Say whether this is the second process; each waits here for the other."""
        if os.getpid() != self._ours:
            self._there.set()
            assert self._here.wait(60), "the first process does not take part"
            return True
        self._here.set()
        assert self._there.wait(60), "no second process came"
        return False


@forking
def test_two_processes_take_part() -> None:
    meeting = Meeting()

    def task() -> int:
        meeting.is_there()
        return os.getpid()

    assert len(set(run([task] * 20, fork=True))) == 2
    assert set(run([os.getpid] * 3, fork=False)) == {os.getpid()}


@forking
def test_a_failure_in_either_process_is_raised() -> None:
    meeting = Meeting()

    def fails_there() -> None:
        if meeting.is_there():
            raise ZeroDivisionError("over there")

    ours = os.getpid()

    def fails_here() -> None:
        if os.getpid() == ours:
            raise ZeroDivisionError("over here")
        time.sleep(0.01)  # leaves some for the parent

    with pytest.raises(TaskError, match="over there"):
        run([fails_there] * 20, fork=True)
    with pytest.raises(ZeroDivisionError, match="over here"):
        run([fails_here] * 2000, fork=True)


@forking
def test_a_second_process_that_dies_is_not_waited_for() -> None:
    meeting = Meeting()

    def dies() -> None:
        if meeting.is_there():
            os._exit(9)

    with pytest.raises(TaskError, match="ended early"):
        run([dies] * 20, fork=True)


def test_a_process_with_threads_is_not_forked() -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        release.set()
        thread.join()


def test_a_process_with_threads_does_the_tasks_alone() -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert set(run([os.getpid] * 20, fork=True)) == {os.getpid()}
        test_two_processes_take_part()  # is started anew, without the thread
    finally:
        release.set()
        thread.join()
