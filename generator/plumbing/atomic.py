"""Write a file whole or not at all: beside its place first, then renamed into it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_file(path: Path, data: bytes | str) -> None:
    """Write a file, replacing an older one; missing folders are made. A text is UTF-8 with line feeds.

    Raises OSError that names the file; then an older file is unchanged, and nothing is left beside it.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    # Another process may be writing the same file.
    part = path.with_name(f".{path.name[:60]}-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not (path.is_file() or path.is_dir()):  # /dev/null: no file takes its place
            path.write_bytes(content)
            return
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error
