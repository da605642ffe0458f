"""Has photos made by a few decoding processes; one that dies or hangs costs one photo, named, never the build.

A process has one photo at a time, so whose fault it was is known. What it answers counts for that photo
only, and only under the token that came with it: a process that says anything else is ended. A photo is refused
only by a process that has had no other before: what those left behind is no photo's fault.
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
import time
from collections import deque
from collections.abc import Generator, Sequence
from typing import IO, Any, Generic, TypeVar, cast

from generator.images.decoder import LIMITS, OUT_OF_MEMORY, Limits, Reduction, Task
from generator.images.faults import Fault, broke_down, too_much_memory, too_much_time
from generator.plumbing.project import PROJECT

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

_Answers = queue.SimpleQueue[tuple["_Worker[Any]", bytes]]


class CannotDecodeError(OSError):
    """The decoding processes cannot do their work here; no photo is to blame."""


def make_all(
    tasks: Sequence[_Task], workers: int, *, limits: Limits = LIMITS, program: str = PROGRAM
) -> Generator[tuple[_Task, Fault | None], None, None]:
    """Have every photo made; yield each task with its fault, or None when what it makes is there, as they are done.

    workers: processes at most.   program: Python for the processes to run, for tests.
    A photo that is refused by a process which had others before is tried again by a new one, last of all; so is one
    whose process died for no reason of its own, as when the machine runs out of memory. Raises CannotDecodeError when processes do not start, cannot write, or
    have no encoder.
    """
    if not all(isinstance(task, Reduction) for task in tasks):
        _require_encoder()
    waiting, again = deque(tasks), deque[_Task]()
    died: set[_Task] = set()
    answers: _Answers = queue.SimpleQueue()
    crew: list[_Worker[_Task]] = []
    false_starts = 0
    wanted = min(workers, 1 + len(tasks) // _ENOUGH)
    try:
        while waiting or again or any(worker.task for worker in crew):
            for worker in [w for w in crew if w.photos and not (w.task or waiting)]:
                crew.remove(worker)
                worker.end()
            while len(crew) < min(wanted, len(waiting) + len(again) + sum(1 for w in crew if w.task)):
                crew.append(_Worker(answers, limits, program))
            for worker in crew:
                if worker.ready and worker.task is None and (some := waiting or again):
                    worker.take(some.popleft())
            try:
                worker, line = answers.get(timeout=_pause(crew))
            except queue.Empty:
                for late in crew:
                    late.end_if_late()
                continue
            if worker not in crew:  # its end, which was wanted
                continue
            if line and not worker.ready:
                worker.greet()
                false_starts = 0
            elif line:
                if (answer := worker.read(line)) is None:
                    continue
                if answer[1] is None or worker.photos == 1:
                    yield answer
                else:
                    again.append(answer[0])
            else:
                crew.remove(worker)
                fault, is_sure = worker.epitaph()
                if worker.task is None:
                    false_starts += not worker.ready
                    if false_starts > _FALSE_STARTS:
                        raise CannotDecodeError("处理图片的程序启动不了")
                elif worker.photos == 1 and (is_sure or worker.task in died):
                    yield worker.task, fault
                else:
                    if not is_sure:
                        died.add(worker.task)
                    again.append(worker.task)
    finally:
        for worker in crew:
            worker.end()


def _require_encoder() -> None:
    """Raise CannotDecodeError when WebP cannot be encoded here, for which each photo would be called damaged."""
    from generator.images import yuv  # late: FFmpeg's libraries are not loaded for nothing

    if not yuv.can_encode():
        raise CannotDecodeError("这台电脑上的 PyAV 不会写 WebP。用 pip install --force-reinstall av 重新安装")


def _pause(crew: Sequence[_Worker[Any]]) -> float:
    soonest = min((worker.deadline for worker in crew), default=0.0)
    return min(_LONGEST_WAIT, max(0.0, soonest - time.monotonic()))


class _Worker(Generic[_Task]):
    """A decoding process and the photo that it has, if any. It must answer by its ``deadline``.

    photos: how many it was given.
    """

    def __init__(self, answers: _Answers, limits: Limits, program: str) -> None:
        self.task: _Task | None = None
        self.ready = False
        self.photos = 0
        self._limits = limits
        self._late = self._mad = False
        self._token = ""
        self.deadline = time.monotonic() + limits.clock
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
        self._listener = threading.Thread(target=self._listen, args=(answers,), daemon=True)
        self._listener.start()
        self._send(limits)

    def greet(self) -> None:
        """Note that the process has started."""
        self.ready = True
        self.deadline = float("inf")

    def take(self, task: _Task) -> None:
        """Give the process a photo."""
        self.photos += 1
        self.task, self._token = task, secrets.token_hex(8)
        self.deadline = time.monotonic() + self._limits.clock
        self._send((self._token, task))

    def read(self, line: bytes) -> tuple[_Task, Fault | None] | None:
        """Return the photo that is answered for and its fault; None when the process has gone mad, and is ended.

        Raises CannotDecodeError when it could not write what it made.
        """
        try:
            answer = json.loads(line)
            if self._mad or self.task is None or answer["token"] != self._token:
                raise ValueError("an answer to nothing that was asked")
            fault = Fault(message=answer["message"], fix=answer["fix"]) if "message" in answer else None
            error = answer.get("error")
        except (ValueError, TypeError, KeyError, AttributeError):
            self._mad = True
            self._process.kill()
            return None
        if error is not None:
            raise CannotDecodeError(f"图片缓存写不进去：{error}")
        task, self.task, self.deadline = self.task, None, float("inf")
        return task, fault

    def end_if_late(self) -> None:
        """End a process that hangs; the end of its answers tells."""
        if time.monotonic() > self.deadline:
            self._late = True
            self._process.kill()
            self.deadline = float("inf")

    def epitaph(self) -> tuple[Fault, bool]:
        """Return what the dead process tells of its photo, and whether that was surely the photo's fault."""
        code = self.end()
        if self._late:
            return too_much_time(), True
        if self._mad:
            return broke_down(), True
        if code == OUT_OF_MEMORY:
            return too_much_memory(), True
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return too_much_time(), True
        if sys.platform != "win32" and code == -signal.SIGKILL:
            return too_much_memory(), False  # by the system, most likely, as the machine has no more
        return broke_down(), False

    def end(self) -> int:
        """End the process and return its exit code."""
        self._process.kill()
        code = self._process.wait()
        self._listener.join()
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):  # what could not be sent any more
                pipe.close()
        return code

    def _send(self, what: Limits | tuple[str, _Task]) -> None:
        with contextlib.suppress(OSError):  # it is dead, and the end of its answers tells
            self._to.write(pickle.dumps(what))
            self._to.flush()

    def _listen(self, answers: _Answers) -> None:
        while line := self._from.readline(_LONGEST_LINE):
            answers.put((self, line))
        answers.put((self, b""))
