"""Runs Typst, where it can run: its threads do not survive a fork, and waiting for them would never end.

A build shares its work with a second process that it forks. In a preview the first process may have set a document
before that, and Typst's threads with it; the second then starts a fresh process for its documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_started_in: int | None = None
"""The process in which Typst has started its threads; a forked one finds its parent here."""

_FRESH = """
import sys, typst
sys.stdout.buffer.write(
    typst.compile(
        sys.argv[1], root=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, format="pdf",
        pdf_standards="ua-1",
    )
)
"""


def compiled(template: Path, fonts: Path) -> bytes:
    """Return a template as PDF/UA-1, set with the fonts of a folder; it may read what lies beside it."""
    global _started_in  # noqa: PLW0603  # as many as there are processes
    if _started_in not in (None, os.getpid()):
        command = [sys.executable, "-c", _FRESH, str(template), str(template.parent), str(fonts)]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    import typst  # 80 MB, which only a build of documents needs

    _started_in = os.getpid()
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no document")
    return made
