"""The Jinja2 environment of the page templates: everything printed is escaped."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator.plumbing.project import PROJECT

TEMPLATES = PROJECT / "theme_overrides" / "pages"


def environment() -> Environment:
    """Return the Jinja2 environment of the page templates."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_compiled_templates(),
    )


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Keep compiled templates beside Python's own compiled modules."""
    folder = Path(__file__).parent / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), "template-%s.bin") if os.access(folder, os.W_OK) else None
