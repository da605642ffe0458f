"""Share independent tasks between two processes where the system can fork, else do them one by one.

A fork needs no pickled input and no second start of the interpreter, so it pays for work of a second or
less, which a spawned pool does not. Windows and macOS cannot fork safely and take the plain loop: the
results are the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

R = TypeVar("R")

_NOTE = struct.Struct("<qqq")
"""A task's place, and where its result lies among all results: from which byte, how many."""


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
    return begin(tasks, fork=fork).finish(progress)


def begin(tasks: Sequence[Callable[[], R]], *, fork: bool = True) -> Shared[R]:
    """Let a second process begin on the tasks; `finish` of what is returned does its part and has the results."""
    shared = Shared(tasks)
    if fork and len(tasks) > 1 and can_fork():
        shared.start()
    return shared


class Shared(Generic[R]):
    """Tasks on which a second process may be at work already; ``found`` has results by the tasks' places."""

    def __init__(self, tasks: Sequence[Callable[[], R]]) -> None:
        """Hold the tasks; `begin` is the way in."""
        self._tasks = tasks
        self.found: dict[int, R] = {}
        self._process: multiprocessing.process.BaseProcess | None = None
        self._receiver: Connection | None = None
        self._results = -1
        self._taken = 0
        self._take: Callable[[], int] = self._take_alone

    def start(self) -> None:
        """Start the second process."""
        context = multiprocessing.get_context("fork")
        taken = context.Value("l", 0)

        def take() -> int:
            with taken.get_lock():
                index: int = taken.value
                taken.value = index + 1
            return index

        self._take = take
        self._receiver, sender = context.Pipe(duplex=False)
        # Results go into memory that both see: however many wait, the second process need not.
        self._results = os.memfd_create("results")
        self._process = context.Process(
            target=_second, args=(self._tasks, take, sender, self._results, os.getpid()), daemon=True
        )
        self._process.start()
        sender.close()

    def finish(self, progress: Callable[[int], None] | None = None) -> list[R]:
        """Do what is left and return all results in the tasks' order; raises as `run` does."""
        try:
            while (index := self._take()) < len(self._tasks):
                self.found[index] = self._tasks[index]()
                self._collect(wait=False)
                if progress:
                    progress(len(self.found))
            self._collect(wait=True, progress=progress)
        except BaseException:
            if self._process is not None:
                self._process.kill()
                self._process.join()
            raise
        finally:
            # A second process that has sent everything ends by itself: nobody need wait for it to be taken down.
            if self._receiver is not None:
                self._receiver.close()
                os.close(self._results)
        return [self.found[index] for index in range(len(self._tasks))]

    def _take_alone(self) -> int:
        self._taken += 1
        return self._taken - 1

    def _collect(self, *, wait: bool, progress: Callable[[int], None] | None = None) -> None:
        """Take in what the second process has sent, or with ``wait`` all that it still will."""
        receiver = self._receiver
        while receiver is not None and len(self.found) < len(self._tasks) and (wait or receiver.poll()):
            self._receive(receiver)
            if progress:
                progress(len(self.found))

    def _receive(self, receiver: Connection) -> None:
        try:
            index, start, length = _NOTE.unpack(receiver.recv_bytes())
        except EOFError:
            assert self._process is not None  # noqa: S101  # there is no pipe without it
            self._process.join()
            raise TaskError(f"the second process ended early (exit {self._process.exitcode})") from None
        data = b""
        while len(data) < length:
            data += os.pread(self._results, length - len(data), start + len(data))
        if index < 0:
            raise TaskError(data.decode())
        self.found[index] = pickle.loads(data)  # noqa: S301  # our own child wrote it


def _second(
    tasks: Sequence[Callable[[], object]],
    take: Callable[[], int],
    pipe: Connection,
    results: int,
    parent: int,
) -> None:
    """Take tasks until none is left, handing over each result at once."""
    gc.disable()  # a short life needs no collector
    written = 0

    def hand_over(index: int, data: bytes) -> None:
        nonlocal written
        view = memoryview(data)
        while view:
            view = view[os.write(results, view) :]
        pipe.send_bytes(_NOTE.pack(index, written, len(data)))
        written += len(data)

    try:
        while (index := take()) < len(tasks):
            result = tasks[index]()
            if os.getppid() != parent:  # a killed build must not go on writing
                os._exit(1)
            hand_over(index, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
    except BrokenPipeError:  # the first process is gone
        os._exit(1)
    except BaseException:  # a defect there is raised here, by the parent
        hand_over(-1, traceback.format_exc().encode())
    pipe.close()
    os._exit(0)
