"""Lock a file or folder for one process at a time; the lock ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def hold_lock(path: Path, *, wait: bool = False, make: bool = True) -> Iterator[bool]:
    """Hold ``path`` while the block runs; yield False where the file system, such as a network's, has no locks.

    path: a file or, except on Windows, a folder.   make: a file is made where there is nothing.
    wait: until it is free, instead of raising :class:`Busy`.
    Raises OSError where the path cannot be opened.
    """
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | (os.O_CREAT if make else 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        while (held := _try(descriptor)) is None:
            if not wait:
                raise Busy
            time.sleep(_PAUSE)
        yield held
    finally:
        os.close(descriptor)  # ends the lock, too


def _try(descriptor: int) -> bool | None:
    """Lock an open file: True when it is held now, None when another process holds it, False without locks."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (
        BlockingIOError,
        PermissionError,
    ):  # what POSIX and Windows raise while another process has the lock
        return None
    except OSError:
        return False
    return True
