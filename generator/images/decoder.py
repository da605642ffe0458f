"""Run one decoding process: make photos one after another, each within limits of memory and time.

Photos are other people's bytes, so none is ever decoded in the process that builds the site. Here a
decoder may crash, hang or ask for the machine's whole memory: the process ends, and one photo is lost.

Memory: on Linux an allocation beyond the limit fails; on other Unix systems a watch ends the process soon
after. Windows has neither: there the size that a photo claims, which is checked before a pixel is decoded,
bounds what it takes. A decoder that gets no memory often says only that it failed, as of damaged bytes: so whatever
is refused is tried once more with twice the memory, and if it then fares otherwise, memory it was.
Time: on Unix the system ends the process after so much processor time for one photo; everywhere
:mod:`generator.images.pool` ends it after so much time on the clock.

Tasks arrive pickled, from the parent that is trusted. Answers are lines of JSON: nothing that a hostile
photo could make of this process is unpickled there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator.images import png_chunks, webp
from generator.images.cache import Source, Store
from generator.images.develop import Developed, develop_photo, normalise_photo
from generator.images.faults import (
    OFFERED,
    PUBLISHED,
    Bounds,
    Fault,
    report_altered_file,
    report_damage,
    report_rare_coding,
    report_too_many_layers,
    report_too_much_memory,
    report_unreadable_file,
)
from generator.images.jpeg import Jpeg, read_jpeg
from generator.images.png_chunks import has_bad_checksum
from generator.images.recipe import Recipe
from generator.plumbing.system_errors import describe_system_error, name_system_error

if sys.platform != "win32":
    import resource

MIB = 1024 * 1024
OUT_OF_MEMORY = 78
"""The exit code of a process that its own watch ended."""
_MOST_WRITTEN = 64 * MIB
_WATCH_SECONDS = 0.1

Develop = Callable[[bytes, str, Recipe], Developed | Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one photo may take: bytes of a process's memory, seconds of processor time, seconds on the clock.

    Enough for every photo of 60 megapixels, decoded whole: a WebP takes 954 MiB, since Pillow opens each as an
    animation, a PNG with a transparent colour 724, HEIC 430 to 570, progressive JPEG 233 (CMYK: 522).
    """

    memory: int = 1024 * MIB
    processor: int = 20
    clock: float = 60.0


LIMITS = Limits()
OFFERED_LIMITS = Limits(memory=2048 * MIB)
"""Of a photo that is to be made small, on its owner's machine: HEIC in tiles of 200 megapixels takes 1367 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One photo to make: where it lies, what it is, where its renditions belong, and how they are made."""

    path: Path
    source: Source
    cache: Path
    recipe: Recipe
    codecs: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the photo's bytes, hexadecimal."""
        return self.source.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """One photo to make fit for the archive: the JPEG of the largest of ``edges`` that has ``most`` bytes or less.

    digest: SHA-256 of the bytes at ``path``.   name: what the file would rightly be called.   target: a file
    to write, in a folder of the parent's own.
    """

    path: Path
    digest: str
    name: str
    target: Path
    edges: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One photo to make as a :class:`Job` and throw away, only to know whether it can be made.

    digest: SHA-256 of the bytes at ``path``.
    """

    path: Path
    digest: str
    recipe: Recipe


Task = Job | Reduction | Trial

_Tasks = queue.SimpleQueue[tuple[str, Task]]
"""Tasks, each with the token under which it is answered."""


def read_photo(path: Path, bounds: Bounds = PUBLISHED) -> bytes | Fault:
    """Return a photo's bytes (at most one more than the limit), never through a link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            # No more is asked for than there is: room for 25 MB takes longer to get than 3 MB to read.
            return file.read(min(os.fstat(file.fileno()).st_size, bounds.bytes) + 1) or b""
    except OSError as error:
        return report_unreadable_file(describe_system_error(error))


def make_photo(task: Task, develop: Develop = develop_photo) -> Fault | None:
    """Make one photo's renditions and put them in the cache, or reduce it; or say why it cannot be.

    Raises OSError when what was made cannot be written.
    """
    data = read_photo(task.path, OFFERED if isinstance(task, Reduction) else PUBLISHED)
    if isinstance(data, Fault):
        return data
    if hashlib.sha256(data).hexdigest() != task.digest:
        return report_altered_file()
    jpeg = read_jpeg(data)
    if has_too_many_parts(data, jpeg) or has_bad_checksum(data):
        return report_damage()
    if jpeg.has_too_many_scans:
        return report_too_many_layers()
    if jpeg.is_rare:
        return report_rare_coding()
    made = _decode(data, task, develop)
    if isinstance(made, Fault):
        with _twice_the_memory():
            return made if _decode(data, task, develop) == made else report_too_much_memory()
    if isinstance(task, Reduction):
        task.target.write_bytes(cast("bytes", made))
    elif isinstance(task, Job):
        Store(task.cache, task.recipe, task.codecs).write_renditions(task.source, cast("Developed", made))
    return None


def has_too_many_parts(data: bytes, jpeg: Jpeg) -> bool:
    """Say whether finding the segments or chunks alone would take longer than decoding a photo."""
    has_too_many_chunks = png_chunks.has_too_many_chunks(data) or webp.has_too_many_chunks(data)
    return has_too_many_chunks or jpeg.has_too_many_segments


def _decode(data: bytes, task: Task, develop: Develop) -> Developed | bytes | Fault:
    try:
        if isinstance(task, Reduction):
            return _reduce(data, task)
        return develop(data, task.path.name, task.recipe)
    except MemoryError:
        return report_too_much_memory()


def _reduce(data: bytes, reduction: Reduction) -> bytes | Fault:
    made = normalise_photo(data, reduction.name, reduction.edges, reduction.most)
    return made if isinstance(made, Fault) else made.data


def main(develop: Develop = develop_photo) -> None:
    """Serve tasks from standard input until it ends; the first object there is the :class:`Limits`."""
    # Nothing that a library prints may get among the answers.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent alone answers Ctrl-C
    limits: Limits = pickle.load(sys.stdin.buffer)  # noqa: S301  # the parent is trusted
    tasks: _Tasks = queue.SimpleQueue()
    threading.stack_size(256 * 1024)
    _limit(limits)
    threading.Thread(target=_receive, args=(tasks,), daemon=True).start()
    answers.write(b"{}\n")
    while True:
        token, task = tasks.get()
        _limit_processor(limits)
        answers.write(json.dumps({"token": token} | _answer(task, develop)).encode() + b"\n")


def _answer(task: Task, develop: Develop) -> dict[str, str]:
    try:
        fault = make_photo(task, develop)
    except OSError as error:
        return {"error": name_system_error(error)}
    return {"message": fault.message, "fix": fault.fix} if fault else {}


def _receive(tasks: _Tasks) -> None:
    """Hand tasks over, and end the process with its parent, whatever it is doing."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))  # noqa: S301  # the parent is trusted
    os._exit(0)


if sys.platform != "win32":

    def _limit(limits: Limits) -> None:
        """Limit this process's memory and what it may write; no crash leaves a dump of someone's photo."""
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, _MOST_WRITTEN)
        if sys.platform == "linux":
            # Private writable pages, which is what decoders allocate. The address space (RLIMIT_AS) also holds
            # libraries, threads' stacks and what is only reserved: 725 MiB where 80 are used. Linux ignores
            # RLIMIT_RSS.
            _lower(resource.RLIMIT_DATA, limits.memory, 2 * limits.memory)
        else:
            threading.Thread(target=watch_memory, args=(limits.memory,), daemon=True).start()

    def _limit_processor(limits: Limits) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + limits.processor
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if hard == resource.RLIM_INFINITY or soft < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

    def _lower(kind: int, most: int, at_times: int | None = None) -> None:
        hard = resource.getrlimit(kind)[1]
        wanted = most if at_times is None else at_times
        hard = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (min(most, hard), hard))

    @contextlib.contextmanager
    def _twice_the_memory() -> Iterator[None]:
        """Let this process take as much again for a while, where an allocation beyond the limit fails."""
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def watch_memory(limit: int) -> None:
        """End this process soon after its memory exceeded ``limit`` bytes, where the system does not."""
        unit = 1 if sys.platform == "darwin" else 1024
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= limit:
            time.sleep(_WATCH_SECONDS)
        os._exit(OUT_OF_MEMORY)

else:

    def _limit(limits: Limits) -> None:
        pass

    def _limit_processor(limits: Limits) -> None:
        pass

    def _twice_the_memory() -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


if __name__ == "__main__":
    main()
