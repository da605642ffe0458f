"""The Jinja2 environment of the page templates: everything printed is escaped, and fast for thousands of pages."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).resolve().parents[2] / "theme_overrides" / "pages"

_FOR_BASE = "?base="


_SPECIAL = re.compile("[&<>\"']")


@functools.lru_cache(maxsize=1 << 14)
def _escaped(text: str) -> str:
    return str(escape(text)) if _SPECIAL.search(text) else text


class _CodeGenerator(CodeGenerator):
    """Compiles ``{{ … }}`` to the environment's own escape function, and ``a.b`` to Python's own ``a.b``.

    Jinja2's ``a.b`` also looks for ``a["b"]`` and may be undefined; the pages' values are objects that have
    what the templates ask for, and a template that asks for anything else is a defect either way.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write ``(object).name``."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Environment(Environment):
    """Escapes like Jinja2's, but escapes a text that comes again and again only once.

    A page prints a hundred values, and most of them (names, addresses, labels) stand on many pages.
    """

    code_generator_class = _CodeGenerator

    @staticmethod
    def escaped(value: object) -> str:
        """Return a value as HTML text; ``Markup`` passes as it is."""
        if value.__class__ is str:
            return _escaped(value)
        return value if isinstance(value, Markup) else escape(value)


class _Loader(FileSystemLoader):
    """Templates of a folder; ``NAME?base=PREFIX`` is the template with `base` already filled in."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        name, for_base, base = template.partition(_FOR_BASE)
        source, path, uptodate = super().get_source(environment, name)
        return source.replace("{{ base }}", base) if for_base else source, path, uptodate


def environment() -> Environment:
    """Return the Jinja2 environment of the page templates."""
    return _Environment(
        loader=_Loader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_compiled_templates(),
    )


def template_for(env: Environment, name: str, base: str) -> Template:
    """Return a template in which `base` is a constant: worth it where thousands of pages share one."""
    return env.get_template(f"{name}{_FOR_BASE}{base}")


def _compiled_templates() -> FileSystemBytecodeCache | None:
    """Keep compiled templates beside Python's own compiled modules.

    jinja2 keys them by the templates' sources, and their names by the source of the compiler, this module.
    """
    folder = Path(__file__).parent / "__pycache__"
    compiler = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return (
        FileSystemBytecodeCache(str(folder), f"template-{compiler}-%s.bin")
        if os.access(folder, os.W_OK)
        else None
    )
