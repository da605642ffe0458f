"""Pack the Python that checks a draft in a browser: modules of this package and of others, as sources.

Bytecode would start faster, but only Pyodide's own Python makes what it can read, and `make site` is to need none but
the machine's: the browser keeps the bytecode that it made for the next time (checker-worker.js).
"""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from jinja2.meta import find_referenced_templates

from generator.plumbing.project import CODE
from generator.site.pages.templates import TEMPLATES, make_environment

ENTRY = "generator/cli/check_drafts.py"
"""The module that the browser starts. All that it imports is packed, late imports too."""

STAND_IN = "generator/site/checker/nh3_stand_in.py"
TIME_ZONE = "Asia/Shanghai"
"""The only zone that the check asks for; the worker lets Python find it below `zoneinfo/`."""

_TEMPLATE = "activity.html"
_PACKAGES = {
    "annotated_types": "annotated-types",
    "defusedxml": "defusedxml",
    "jinja2": "jinja2",
    "markdown_it": "markdown-it-py",
    "markupsafe": "markupsafe",
    "mdurl": "mdurl",
    "pydantic": "pydantic",
    "typing_extensions": "typing-extensions",
    "typing_inspection": "typing-inspection",
    "yaml": "pyyaml",
    "yaml_env_tag": "pyyaml-env-tag",
}
"""Packages of others, by the names that they are imported and distributed by: pure Python, or able to do without."""

_UNUSED = (
    *("defusedxml/lxml.py", "defusedxml/xmlrpc.py", "jinja2/ext.py", "jinja2/nativetypes.py"),
    *("markdown_it/cli/", "pydantic/experimental/", "pydantic/mypy.py", "pydantic/v1/"),
)
_FOR_TYPES = "TYPE_CHECKING"
_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
_ELSEWHERE = frozenset({"click", "nh3", "pydantic_core", "rich"})
"""Imported by what is packed, and not packed: compiled, stood in for, or for a terminal."""


def bundle_code() -> dict[str, bytes]:
    """Return the files to unpack where Python looks for modules, by path.

    Raises RuntimeError if a module imports a package that the browser will not have.
    """
    found = {path: (CODE / path).read_bytes() for path in _list_modules()}
    found["nh3.py"] = (CODE / STAND_IN).read_bytes()
    if importlib.util.find_spec("pillow_heif"):  # a rule asks whether the site shows such photos
        found["pillow_heif.py"] = b""
    for name, distribution in _PACKAGES.items():
        found.update(_pack_package(name))
        found.update(_pack_licences(distribution))
    for template in _list_templates(_TEMPLATE):
        found[f"theme_overrides/pages/{template}"] = (TEMPLATES / template).read_bytes()
    found[f"zoneinfo/{TIME_ZONE}"] = files("tzdata").joinpath("zoneinfo", TIME_ZONE).read_bytes()
    return dict(sorted(found.items()))


@functools.cache
def _list_modules() -> tuple[str, ...]:
    """Return the files of this package that the entry imports, by path below the project's folder."""
    found: set[str] = set()
    todo = [ENTRY]
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        packages = (parent / "__init__.py" for parent in Path(path).parents if parent.name)
        todo += [package.as_posix() for package in packages]
        for name in _list_imports(CODE / path):
            first = name.partition(".")[0]
            if first == "generator":
                todo += [file] if (file := _find_file(name)) else []
            elif first not in {*sys.stdlib_module_names, *_PACKAGES, *_ELSEWHERE}:
                raise RuntimeError(f"{path} imports {first}, which the check in a browser does not have")
    return tuple(sorted(found))


def _list_imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, late imports too, but not what only types need."""
    todo: list[ast.AST] = [ast.parse(path.read_bytes())]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not (
            isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == _FOR_TYPES
        ):
            # Expressions hold no import.
            todo += [each for each in ast.iter_child_nodes(node) if isinstance(each, _STATEMENTS)]


def _find_file(name: str) -> str:
    """Return the file of a dotted name, which is a module's or that of something in a module; "" if there is none."""
    parts = name.split(".")
    for known in (parts, parts[:-1]):
        for path in ("/".join(known) + ".py", "/".join((*known, "__init__.py"))):
            if (CODE / path).is_file():
                return path
    return ""


def _pack_package(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and source of each module of an installed package that a check can need."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"no installed package {name}")
    origin = Path(spec.origin)
    if not spec.submodule_search_locations:
        yield origin.name, origin.read_bytes()
        return
    for path in sorted(origin.parent.rglob("*.py")):
        inside = path.relative_to(origin.parent.parent).as_posix()
        if not inside.startswith(_UNUSED):
            yield inside, path.read_bytes()


def _pack_licences(distribution: str) -> Iterator[tuple[str, bytes]]:
    """Yield the licences of an installed distribution."""
    found = importlib.metadata.distribution(distribution)
    for file in found.files or ():
        if ".dist-info" in file.parts[0] and file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            yield f"licences/{distribution}-{file.name}", Path(str(file.locate())).read_bytes()


def _list_templates(name: str) -> Iterator[str]:
    """Yield a template and those that it includes or imports from, each once."""
    todo, seen = [name], set[str]()
    while todo:
        template = todo.pop()
        if template in seen:
            continue
        seen.add(template)
        yield template
        source = (TEMPLATES / template).read_text("utf-8")
        todo += [each for each in find_referenced_templates(make_environment().parse(source)) if each]
