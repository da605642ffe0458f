"""Share independent tasks between two processes where the system can fork, else do them one by one.

A fork needs no pickled input and no second start of the interpreter, so it pays for work of a second or
less, which a spawned pool does not. Windows and macOS cannot fork safely and take the plain loop: the
results are the same.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

R = TypeVar("R")


class TaskError(Exception):
    """A task failed in the other process; the message holds that process's traceback."""


def can_fork() -> bool:
    """Say whether a second process would help: two cores, a safe fork, and no thread that it would lose."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return cores > 1 and threading.active_count() == 1


def run(
    tasks: Sequence[Callable[[], R]], *, fork: bool, progress: Callable[[int], None] | None = None
) -> list[R]:
    """Run every task once and return their results in the tasks' order.

    fork: share the tasks with a second process; each takes the next one that nobody has taken, so put long
    tasks first. Results of the second process are pickled.   progress: called with the number of tasks that
    are done. Raises what a task raises, or TaskError for a task of the second process.
    """
    if not fork or len(tasks) < 2 or not can_fork():
        results = []
        for task in tasks:
            results.append(task())
            if progress:
                progress(len(results))
        return results
    context = multiprocessing.get_context("fork")
    taken = context.Value("l", 0)
    done = context.Value("l", 0)

    def take() -> int:
        with taken.get_lock():
            index: int = taken.value
            taken.value = index + 1
        return index

    def work(finished: Callable[[], None]) -> dict[int, R]:
        found: dict[int, R] = {}
        while (index := take()) < len(tasks):
            found[index] = tasks[index]()
            with done.get_lock():
                done.value += 1
            finished()
        return found

    parent = os.getpid()

    def end_if_orphaned() -> None:
        if os.getppid() != parent:  # a killed build must not go on writing
            os._exit(1)

    def child(pipe: Connection) -> None:
        try:
            message = pickle.dumps((work(end_if_orphaned), ""), pickle.HIGHEST_PROTOCOL)
        except BaseException:  # a defect there is raised here, by the parent
            message = pickle.dumps(({}, traceback.format_exc()))
        pipe.send_bytes(message)
        pipe.close()

    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(sender,), daemon=True)
    process.start()
    sender.close()
    try:
        found = work(lambda: progress(done.value) if progress else None)
        try:
            theirs, failure = pickle.loads(receiver.recv_bytes())  # noqa: S301  # our own child wrote it
        except EOFError:
            raise TaskError(f"the second process ended early (exit {process.exitcode})") from None
        if failure:
            raise TaskError(failure)
        found.update(theirs)
        process.join()
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        receiver.close()
    if progress:
        progress(len(tasks))
    return [found[index] for index in range(len(tasks))]
