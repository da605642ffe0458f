"""Tasks shared between two processes: the same results, in order; failures are not lost."""

from __future__ import annotations

import os
import threading
import time

import pytest

from generator.forks import TaskError, can_fork, run

forking = pytest.mark.skipif(not can_fork(), reason="one core, or a system that cannot fork safely")


@pytest.mark.parametrize("fork", [True, False])
def test_results_come_in_the_order_of_the_tasks(fork: bool) -> None:
    tasks = [lambda n=n: n * n for n in range(50)]
    seen: list[int] = []
    assert run(tasks, fork=fork, progress=seen.append) == [n * n for n in range(50)]
    assert seen[-1] == 50
    assert seen == sorted(seen)


@forking
def test_two_processes_take_part() -> None:
    def slow() -> int:
        time.sleep(0.02)
        return os.getpid()

    assert len(set(run([slow] * 20, fork=True))) == 2
    assert len(set(run([slow] * 3, fork=False))) == 1


@forking
def test_a_failure_in_either_process_is_raised() -> None:
    ours = os.getpid()

    def fails_there() -> None:
        time.sleep(0.02)
        if os.getpid() != ours:
            raise ZeroDivisionError("over there")

    def fails_here() -> None:
        time.sleep(0.02)
        if os.getpid() == ours:
            raise ZeroDivisionError("over here")

    with pytest.raises(TaskError, match="over there"):
        run([fails_there] * 20, fork=True)
    with pytest.raises(ZeroDivisionError, match="over here"):
        run([fails_here] * 20, fork=True)


@forking
def test_a_second_process_that_dies_is_not_waited_for() -> None:
    ours = os.getpid()

    def dies() -> None:
        time.sleep(0.02)
        if os.getpid() != ours:
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
