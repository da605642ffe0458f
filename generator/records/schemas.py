"""Generate the JSON Schemas of the record format from its models, for editors.

A record's first line names its schema (`# yaml-language-server: $schema=…`). The schemas lie in
``records/schema/`` and are committed; a test keeps them equal to the models.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from generator.plumbing import atomic
from generator.records import MODELS

FOLDER = "records/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BOUNDS = {"ge": "minimum", "le": "maximum"}
_HAN = re.compile(r"[一-鿿]")

Schema = dict[str, Any]


def make_schema(kind: str) -> Schema:
    """Return the JSON Schema (2020-12) of a kind of record, a key of :data:`generator.records.MODELS`."""
    model = MODELS[kind]
    schema = _standard(model.model_json_schema())
    for part in (schema, *schema.get("$defs", {}).values()):
        _speak_chinese(part)
    words = (model.__doc__ or "").strip()
    return {
        "$schema": _DIALECT,
        "title": re.sub("（[^）]*）$", "", re.split("[：。]", words)[0]),
        "description": words,
        **schema,
    }


def format_schema(kind: str) -> str:
    """Return the file of a kind's schema."""
    return json.dumps(make_schema(kind), ensure_ascii=False, indent=2) + "\n"


def list_schema_files() -> dict[str, str]:
    """Return the text of every schema by the name of its file."""
    return {f"{kind}.schema.json": format_schema(kind) for kind in MODELS}


def find_stale_schemas(root: Path) -> tuple[str, ...]:
    """Return the schemas that are missing, outdated or left over below ``root``, as paths relative to it."""
    folder, wanted = root / FOLDER, list_schema_files()
    there = {path.name: _text(path) for path in folder.glob("*.schema.json")}
    return tuple(f"{FOLDER}/{n}" for n in sorted(wanted | there) if wanted.get(n) != there.get(n))


def write_schemas(root: Path) -> tuple[str, ...]:
    """Bring ``records/schema/`` up to date; return the paths of the files that had to change."""
    stale, wanted = find_stale_schemas(root), list_schema_files()
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for path in stale:
        target = root / path
        if (text := wanted.get(target.name)) is None:
            target.unlink()
            continue
        atomic.write_file(target, text)
    return stale


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _standard(part: Any) -> Any:
    """Return a part of pydantic's schema in plain JSON Schema words.

    Bounds behind a validator of ours come out under pydantic's own names; and an optional field is one
    that is left out, never one that is written down as null.
    """
    if isinstance(part, list):
        return [_standard(each) for each in part]
    if not isinstance(part, dict):
        return part
    found = {_BOUNDS.get(key, key): _standard(value) for key, value in part.items()}
    kinds = found.get("anyOf")
    if isinstance(kinds, list) and {"type": "null"} in kinds and len(kinds) == 2:
        del found["anyOf"]
        found |= next(kind for kind in kinds if kind != {"type": "null"})
        found.pop("default", None)
    return found


def _speak_chinese(part: Schema) -> None:
    """Drop the names and docstrings of classes: they are for maintainers, an editor shows them to teachers."""
    for key in ("title", "description"):
        if not _HAN.search(str(part.get(key, ""))):
            part.pop(key, None)
