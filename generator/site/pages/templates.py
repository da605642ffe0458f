"""The Jinja2 environment of the page templates: everything printed is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator.plumbing.project import PROJECT

TEMPLATES = PROJECT / "theme_overrides" / "pages"
COMPILED = PROJECT / ".cache" / "templates"
"""Templates as bytecode, kept as Python keeps its modules': a process that compiles all takes 0.35 s longer."""


@cache
def make_environment() -> Environment:
    """Return the Jinja2 environment of the page templates."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        bytecode_cache=_open_cache(),
    )


def _open_cache() -> BytecodeCache | None:
    """Return the cache, or None where the program's folder cannot be written."""
    try:
        COMPILED.mkdir(parents=True, exist_ok=True)
        probe = COMPILED / ".writable"
        probe.touch()
    except OSError:
        return None
    return FileSystemBytecodeCache(str(COMPILED))
