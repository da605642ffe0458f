"""A lock on an open file that ends with the process, on Windows too."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def lock(descriptor: int) -> bool:
    """Hold the file for this process alone; it is free again however the process ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # A network file system without locks: one command at a time is then the user's own care.
        return not isinstance(error, BlockingIOError | PermissionError)
    return True
