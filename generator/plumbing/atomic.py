"""Files that are there whole or not at all: written beside their place and renamed into it."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, data: bytes | str) -> None:
    """Put a file in its place, whatever was there; its folder is made. A text is UTF-8 with line feeds.

    Raises OSError, and then what was there is there still, and nothing beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another process may be putting the same file there.
    part = path.with_name(f".{path.name}-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        part.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
