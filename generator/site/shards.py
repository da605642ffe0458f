"""Write a site in shards: each holds some of the pages and files, whichever process or machine writes it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.site.build import PreparedSite
from generator.site.pages.page import Progress
from generator.site.shell import Shell, Written

LARGE = 1000
"""From so many activities on, a second process saves more time than it takes to start and be given the site."""
MOST_WORKERS = 4
"""Each holds the whole site in memory."""

_STAGE = "写入网站"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The ``number``-th of ``count`` shards, counted from 1."""

    number: int = 1
    count: int = 1


WHOLE = Shard()


def default_workers(prepared: PreparedSite) -> int:
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
    work = [*prepared.file_writers(folder), *prepared.page_makers()][shard.number - 1 :: shard.count]
    written = []
    for done, make in enumerate(work, 1):
        # What writes files itself makes no pages.
        written.append(shell.write_pages(make() or (), folder))
        progress(_STAGE, done, len(work))
    return Written.join(written)


def write_site(
    prepared: PreparedSite, shell: Shell, folder: Path, progress: Progress, workers: int | None = None
) -> Written:
    """Write all pages and files below `folder`, a shard a process; the first shard is this process's.

    workers: how many processes; by default what the site and the machine call for.
    """
    count = workers or default_workers(prepared)
    if count == 1:
        return write_shard(prepared, shell, folder, WHOLE, progress)
    given = pickle.dumps((prepared, shell, folder), pickle.HIGHEST_PROTOCOL)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count - 1, mp_context=spawn, initializer=_end_with_parent) as pool:
        try:
            others = [
                pool.submit(_write_given, given, Shard(number=number, count=count))
                for number in range(2, count + 1)
            ]
            written = [write_shard(prepared, shell, folder, Shard(number=1, count=count), progress)]
            written += [other.result() for other in others]
        except BaseException:
            # Else the pool would wait for work that nobody wants any more.
            for process in multiprocessing.active_children():
                process.kill()
            raise
    return Written.join(written)


def _write_given(given: bytes, shard: Shard) -> Written:
    prepared, shell, folder = pickle.loads(given)  # noqa: S301  # our own parent's
    return write_shard(prepared, shell, folder, shard, lambda stage, done, total: None)


def _end_with_parent() -> None:
    """End this process when its parent does, however that ends; an interrupted parent ends it, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  # only workers call this

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
