"""The Jinja2 environment of the page templates: everything printed is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.plumbing.project import PROJECT

TEMPLATES = PROJECT / "theme_overrides" / "pages"


@cache
def make_environment() -> Environment:
    """Return the Jinja2 environment of the page templates; each is compiled once a process."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
