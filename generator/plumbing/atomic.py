"""Write a file whole or not at all: beside its place first, then renamed into it."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, data: bytes | str) -> None:
    """Write a file, replacing an older one; missing folders are made. A text is UTF-8 with line feeds.

    Raises OSError; then an older file is unchanged, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another process may be writing the same file.
    part = path.with_name(f".{path.name}-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        part.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
