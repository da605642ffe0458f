"""Values that a shell completes: schools, kinds of help, months, files. Quick, and silent whatever the archive holds.

Nothing of the record format is loaded for this: of each file only a few names are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

VARIABLE = "_PAIRING_COMPLETE"
"""The environment variable by which a shell's script asks ``pairing`` for completions, as click names it."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
_MOST_BYTES, _MOST_FILES = 256 * 1024, 500
_Items = list[CompletionItem[str]]


def complete_schools(context: click.Context, _: click.Parameter, incomplete: str) -> _Items:
    """Return the schools whose id or name begins with what is typed."""
    files = sorted((_find_root(context) / "records").glob("*/school.yml"))[:_MOST_FILES]
    found = ((each.get("id"), each.get("name")) for each in map(_read, files))
    return _choose(found, incomplete)


def complete_measures(context: click.Context, _: click.Parameter, incomplete: str) -> _Items:
    """Return the kinds of help of the latest programme whose id or name begins with what is typed."""
    measures = _read_programme(context).get("measures")
    listed = [each for each in measures if isinstance(each, dict)] if isinstance(measures, list) else []
    return _choose(((each.get("id"), each.get("name")) for each in listed), incomplete)


def complete_months(context: click.Context, _: click.Parameter, incomplete: str) -> _Items:
    """Return the months of the latest programme that begin with what is typed, each with its term."""
    terms = _read_programme(context).get("terms")
    listed = [each for each in terms if isinstance(each, dict)] if isinstance(terms, list) else []
    months = ((month, term.get("name")) for term in listed for month in term.get("months") or ())
    return _choose(((month, name) for month, name in months if _MONTH.fullmatch(str(month))), incomplete)


def complete_paths(context: click.Context, _: click.Parameter, incomplete: str) -> _Items:
    """Have the shell complete a file or folder."""
    return [CompletionItem(incomplete, type="file")]


def _find_root(context: click.Context) -> Path:
    root = context.params.get("root")
    return root if isinstance(root, Path) else Path()


def _read_programme(context: click.Context) -> dict[str, Any]:
    files = sorted((_find_root(context) / "records/bureau").glob("[0-9][0-9][0-9][0-9]/programme.yml"))
    return _read(files[-1]) if files else {}


def _read(path: Path) -> dict[str, Any]:
    """Return a small YAML mapping of texts, an empty one for whatever is none."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if path.is_symlink() or not path.is_file():
            return {}
        with path.open("rb") as file:
            data = yaml.load(file.read(_MOST_BYTES), Loader=loader)  # noqa: S506  # texts, lists and mappings alone
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return {}
    return data if isinstance(data, dict) else {}


def _choose(found: Iterator[tuple[Any, Any]], incomplete: str) -> _Items:
    """Return items as a shell may print them: ids alone, and names without control characters."""
    items = []
    for id_, name in found:
        said = "".join(char for char in str(name or "") if char.isprintable())[:40]
        if _ID.fullmatch(str(id_)) and (str(id_).startswith(incomplete) or said.startswith(incomplete)):
            items.append(CompletionItem(str(id_), help=said or None))
    return items
