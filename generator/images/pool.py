"""Make photos in a few decoding processes: one that dies or hangs costs one photo, named, and never the build.

Photos keep processes of their own, apart from those that write pages, because their bytes are hostile: each process
has limits, is replaced when it dies, and answers in JSON, so that nothing it could forge is unpickled here.

A process has one photo at a time, so whose fault it was is known. Its answer counts only under the token that came
with the photo. A photo is refused only by a process that has had no other: what those left behind is not its fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, NamedTuple, Self, TypeVar, cast

from generator.images.decoder import LIMITS, OUT_OF_MEMORY, Limits, Reduction, Task
from generator.images.faults import Fault, report_crash, report_too_much_memory, report_too_much_time
from generator.plumbing.project import PROJECT
from generator.plumbing.system_errors import UnfitMachineError

if sys.platform != "win32":
    import signal

PROGRAM = "from generator.images.decoder import main; main()"
_ENOUGH = 4
"""So many photos are worth a further process: starting one takes as long as two or three photos."""
_FALSE_STARTS = 10
_LONGEST_LINE = 64 * 1024
_LONGEST_WAIT = 1.0
"""Seconds; on Windows a wait cannot be interrupted, and Ctrl-C should not have to wait long."""

# One arena: with one for each thread of libheif a process grows from photo to photo, to 235 MiB after twenty HEICs.
# So it stays at 75 to 140 after a hundred, as fast.
# Each photo wants the same 30 MB as the one before: that glibc keeps them, and need not be given them page by
# page each time, saves a decoder seven hundredths of its time, and large pages one more. Other systems'
# libraries do not look here.
ALLOCATION = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024**2),
    "MALLOC_TRIM_THRESHOLD_": str(64 * 1024**2),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


_Task = TypeVar("_Task", bound=Task)


class CannotDecodeError(UnfitMachineError):
    """The decoding processes cannot do their work here; no photo is to blame."""


def make_photos(
    tasks: Sequence[_Task], workers: int, *, limits: Limits = LIMITS, program: str = PROGRAM
) -> Generator[tuple[_Task, Fault | None], None, None]:
    """Make photos in decoding processes; yield each task as it ends, with its fault or None.

    workers: processes at most.   program: Python for the processes to run, for tests.
    What is not certain is tried again, last of all, by a new process: a photo that was refused by a process which
    had others before, or whose process died for no reason of its own, as when the machine runs out of memory.
    Raises CannotDecodeError when processes do not start, cannot write, or have no encoder.
    """
    with _Crew(min(workers, 1 + len(tasks) // _ENOUGH), limits, program) as crew:
        for task, fault in crew.make(tasks):
            if fault is not None and not isinstance(task, Reduction):
                _require_encoder()
            yield task, fault


def _require_encoder() -> None:
    """Raise CannotDecodeError when WebP cannot be encoded here, for which each photo would be called damaged."""
    from generator.images import yuv  # late: unless a photo is refused, FFmpeg is not loaded here

    if not yuv.can_encode():
        raise CannotDecodeError("这台电脑上的 PyAV 不会写 WebP。用 pip install --force-reinstall av 重新安装")


class _Outcome(NamedTuple):
    """What became of a photo, and whether no other process could say otherwise."""

    fault: Fault | None
    is_certain: bool


class _Crew:
    """A few threads, each with a decoding process for which it waits."""

    def __init__(self, workers: int, limits: Limits, program: str) -> None:
        self._threads = ThreadPoolExecutor(workers)
        self._own = threading.local()
        self._limits, self._program = limits, program
        self._processes: list[_Process] = []
        self._starting = threading.Lock()
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are doing; their threads follow."""
        with self._starting:
            self._is_over = True
        for process in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.end()

    def make(self, tasks: Sequence[_Task]) -> Iterator[tuple[_Task, Fault | None]]:
        """Yield each task with its fault, as they are done."""
        done: queue.SimpleQueue[Future[_Outcome]] = queue.SimpleQueue()
        waiting: dict[Future[_Outcome], tuple[_Task, bool]] = {}

        def submit(task: _Task, *, again: bool) -> None:
            future = self._threads.submit(self._attempt, task, afresh=again)
            waiting[future] = task, again
            future.add_done_callback(done.put)

        for task in tasks:
            submit(task, again=False)
        while waiting:
            with contextlib.suppress(queue.Empty):
                finished = done.get(timeout=_LONGEST_WAIT)
                task, again = waiting.pop(finished)
                fault, is_certain = finished.result()
                if is_certain or again:
                    yield task, fault
                else:
                    submit(task, again=True)

    def _attempt(self, task: Task, *, afresh: bool) -> _Outcome:
        process: _Process | None = getattr(self._own, "process", None)
        if process and (afresh or process.is_dead):
            process.end()
            process = None
        if process is None:
            process = self._own.process = self._start()
        return process.make(task)

    def _start(self) -> _Process:
        for _ in range(_FALSE_STARTS):
            with self._starting:
                if self._is_over:
                    break
                process = _Process(self._limits, self._program)
                self._processes.append(process)
            if process.has_started():
                return process
            process.end()
        raise CannotDecodeError("处理图片的程序启动不了")


class _Process:
    """A decoding process, of which one thing at a time is asked."""

    def __init__(self, limits: Limits, program: str) -> None:
        self.is_dead = False
        self._is_new, self._is_late = True, False
        self._limits = limits
        # Our folder is first on its path, and -P keeps the folder that the build was started in off it.
        begin = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); {program}"
        # Away from the terminal's Ctrl-C: the build decides when a photo is left unfinished.
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", begin],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | ALLOCATION,
            **apart,
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)

    def has_started(self) -> bool:
        """Wait until the process has begun; return False when it ended instead, or took too long."""
        return bool(self._ask(self._limits))

    def make(self, task: Task) -> _Outcome:
        """Have a photo made. Raises CannotDecodeError when what was made could not be written."""
        is_new, self._is_new = self._is_new, False
        token = secrets.token_hex(8)
        line = self._ask((token, task))
        if not line:
            fault, is_certain = self._explain_exit()
            return _Outcome(fault, is_new and is_certain)
        try:
            answer = json.loads(line)
            if answer["token"] != token:
                raise ValueError("an answer to nothing that was asked")
            found = Fault(message=answer["message"], fix=answer["fix"]) if "message" in answer else None
            error = answer.get("error")
        except (ValueError, TypeError, KeyError, AttributeError):
            self.is_dead = True  # it has gone mad
            return _Outcome(report_crash(), is_new)
        if error is not None:
            raise CannotDecodeError(f"图片缓存写不进去：{error}")
        return _Outcome(found, is_new or found is None)

    def kill(self) -> None:
        """Stop the process; whoever waits for its answer gets none."""
        self._process.kill()

    def end(self) -> int:
        """Stop the process and return its exit code."""
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):  # what could not be sent any more
                pipe.close()
        return code

    def _ask(self, what: Limits | tuple[str, Task]) -> bytes:
        """Return the line that the process answers; nothing when it ends, or is killed because it took too long."""
        timer = threading.Timer(self._limits.clock, self._kill_late)
        timer.start()
        try:
            with contextlib.suppress(OSError):  # it is dead, and the end of its answers tells
                self._to.write(pickle.dumps(what))
                self._to.flush()
            return self._from.readline(_LONGEST_LINE)
        finally:
            timer.cancel()
            timer.join()

    def _kill_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _explain_exit(self) -> tuple[Fault, bool]:
        """Map the exit status to a fault, and say whether the photo is certainly to blame for it."""
        self.is_dead = True
        code = self.end()
        if self._is_late:
            return report_too_much_time(), True
        if code == OUT_OF_MEMORY:
            return report_too_much_memory(), True
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return report_too_much_time(), True
        if sys.platform != "win32" and code == -signal.SIGKILL:
            return report_too_much_memory(), False  # by the system, most likely, as the machine has no more
        return report_crash(), False
