"""Write a site in shards: each holds some of the pages and files, whichever process or machine writes it."""

from __future__ import annotations

import functools
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from generator.site.pages.page import Progress
from generator.site.prepare import PreparedSite
from generator.site.shell import Shell, Written

LARGE = 1000
"""From so many activities on, a second process saves more time than it takes to start and be given the site."""
MOST_WORKERS = 4
"""Each holds the whole site in memory."""
SHARDS_A_WORKER = 8
"""So many that none has to wait long for the last one to finish."""
AHEAD = 2
"""Shards that a worker is given at a time: the one it writes, and the next."""

_STAGE = "写入网站"


class WorkerKilledError(Exception):
    """The system ended a process that was writing pages; the text is Chinese. Nothing was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The ``number``-th of ``count`` shards, counted from 1."""

    number: int = 1
    count: int = 1


WHOLE = Shard()


def choose_worker_count(prepared: PreparedSite) -> int:
    """Return how many processes write a site: one, unless it is large and the machine has several cores."""
    if len(prepared.site.activities) < LARGE:
        return 1
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def write_shard(
    prepared: PreparedSite, shell: Shell, folder: Path, shard: Shard, progress: Progress
) -> Written:
    """Write a shard's pages and files below `folder`.

    Every ``count``-th piece of work is the shard's: each school's pages of a year are one, and each kind of
    page or file. As the longest come first, all shards take about as long.
    """
    work = [*prepared.list_file_writers(folder), *prepared.list_page_makers()][
        shard.number - 1 :: shard.count
    ]
    written = []
    for done, make in enumerate(work, 1):
        # What writes files itself makes no pages.
        written.append(shell.write_pages(make() or (), folder))
        progress(_STAGE, done, len(work))
    return Written.join_parts(written)


def write_site(
    prepared: PreparedSite, shell: Shell, folder: Path, progress: Progress, workers: int | None = None
) -> Written:
    """Write all pages and files below `folder`, a staging folder.

    workers: how many processes; by default what the site and the machine call for.
    """
    workers = workers or choose_worker_count(prepared)
    if workers == 1:
        return write_shard(prepared, shell, folder, WHOLE, progress)
    count = workers * SHARDS_A_WORKER
    waiting = deque(Shard(number=number, count=count) for number in range(1, count + 1))
    own: list[Written] = []
    others: list[Future[Written]] = []
    # Through a file: a worker that dies while reading a pipe would leave this process writing for ever. It holds what
    # is not published, so it lies where the next build clears away what a killed one left, and is gone before this ends.
    with tempfile.TemporaryDirectory(prefix=".given-", dir=folder) as name:
        given = Path(name) / "site.pickle"
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers - 1, spawn, _start_worker) as pool:
            try:
                for _ in range(workers - 1):  # each starts with its first task, while the site is pickled
                    pool.submit(os.getpid)
                given.write_bytes(pickle.dumps((prepared, shell, folder), pickle.HIGHEST_PROTOCOL))
                while waiting:
                    unfinished = sum(not each.done() for each in others)
                    if unfinished < AHEAD * (workers - 1):
                        others.append(pool.submit(_write_given, given, waiting.popleft()))
                    else:
                        shard = waiting.popleft()
                        own.append(write_shard(prepared, shell, folder, shard, lambda *step: None))
                    progress(_STAGE, len(own) + sum(each.done() for each in others), count)
                for future in others:
                    future.result()
                    progress(_STAGE, len(own) + sum(each.done() for each in others), count)
            except BrokenProcessPool:
                raise WorkerKilledError(
                    "写网站的一个进程被系统结束了，多半是内存不够；请关掉别的程序再试一次。"
                ) from None
            except BaseException:
                # Else the pool would wait for work that is no longer needed.
                for process in multiprocessing.active_children():
                    process.kill()
                raise
    return Written.join_parts([*own, *(each.result() for each in others)])


def _write_given(given: Path, shard: Shard) -> Written:
    return write_shard(*_read_given(given), shard, lambda *step: None)


@functools.cache
def _read_given(given: Path) -> tuple[PreparedSite, Shell, Path]:
    """Return the site that this process is to write shards of; read once a process."""
    site: tuple[PreparedSite, Shell, Path] = pickle.loads(given.read_bytes())  # noqa: S301  # our own parent's
    return site


def _start_worker() -> None:
    """End when the parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends this one
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  # only workers call this
    parent.join()
    os._exit(1)
