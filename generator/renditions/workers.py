"""Runs many photos through worker processes; a worker that dies costs one photo, never the build."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from generator.renditions.pixels import MAX_BYTES, Fault, codecs, develop
from generator.renditions.recipe import Recipe
from generator.renditions.store import Store

ENOUGH = 12
"""From so many photos on, starting worker processes takes less time than it saves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One photo to make: where it lies, where its renditions belong, and how they are made."""

    source: Path
    cache: Path
    recipe: Recipe


def read_photo(source: Path) -> bytes | Fault:
    """Return a photo's bytes (at most one more than the limit), never through a link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(source, flags), "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return Fault(
            message=f"图片读不出来（{error.strerror}）", fix="检查文件是否存在、能否打开，再重新上传"
        )


def make(job: Job) -> str | Fault:
    """Make one photo's renditions; return their key in the cache. Runs in a worker process."""
    data = read_photo(job.source)
    if isinstance(data, Fault):
        return data
    developed = develop(data, job.source.name, job.recipe)
    if isinstance(developed, Fault):
        return developed
    key = job.recipe.key(hashlib.sha256(data).hexdigest(), codecs())
    Store(job.cache).put(key, developed)
    return key


def make_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, str | Fault]]:
    """Yield every job with its outcome, in the order in which they are done."""
    if len(jobs) < ENOUGH or workers < 2:
        for job in jobs:
            yield job, make(job)
        return
    waiting = list(reversed(jobs))
    while waiting:
        suspects: list[Job] = []
        yield from _run(waiting, suspects, workers)
        for job in suspects:
            # One of them brought its worker down: each is tried alone, so that only the culprit is named.
            broken: list[Job] = []
            yield from _run([job], broken, 1)
            for culprit in broken:
                yield (
                    culprit,
                    Fault(
                        message="图片无法处理（解码程序意外退出）", fix="换一张照片，或另存为 JPG 后重新上传"
                    ),
                )


def _run(waiting: list[Job], suspects: list[Job], workers: int) -> Iterator[tuple[Job, str | Fault]]:
    """Take jobs off ``waiting`` until none is left or a worker dies; ``suspects`` were then being worked on."""
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    running: dict[Future[str | Fault], Job] = {}
    try:
        while waiting or running:
            # A short queue: all that is in it is suspect when a worker dies.
            while waiting and len(running) < 2 * workers:
                job = waiting.pop()
                try:
                    running[pool.submit(make, job)] = job
                except BrokenProcessPool:
                    waiting.append(job)
                    break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    suspects.append(job)
                else:
                    yield job, future.result()
            if suspects:
                suspects += running.values()
                return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Prepare a worker: the parent alone answers Ctrl-C, and a worker does not outlive a killed parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
