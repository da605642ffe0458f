"""The JSON Schemas: current, in Chinese, and in agreement with what the models accept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.records import MODELS
from generator.records.schemas import find_stale_schemas, make_schema, write_schemas

# Keywords of JSON Schema 2020-12 that the schemas may use; any other is a leftover of a library.
KEYWORDS = {
    "$schema", "$defs", "anyOf", "$ref", "additionalProperties", "default", "description", "enum", "format", "items",
    "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minimum", "pattern", "patternProperties", "properties",
    "propertyNames", "required", "title", "type",
}  # fmt: skip


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema within a schema."""
    if not isinstance(schema, dict):
        return
    yield schema
    for name in ("properties", "patternProperties", "$defs"):
        for part in schema.get(name, {}).values():
            yield from _parts(part)
    for part in schema.get("anyOf", ()):
        yield from _parts(part)
    for name in ("items", "additionalProperties", "propertyNames"):
        yield from _parts(schema.get(name))


def test_committed_schemas_are_current(project_root: Path) -> None:
    assert find_stale_schemas(project_root) == (), "run: pairing schema"


@pytest.mark.parametrize("kind", MODELS)
def test_schemas_are_standard_and_chinese(kind: str) -> None:
    schema = make_schema(kind)
    json.dumps(schema)
    for part in _parts(schema):
        assert set(part) <= KEYWORDS
        for name, field in part.get("properties", {}).items():
            assert re.search("[一-鿿]", field["title"]), name
            assert re.search("[一-鿿]", field["description"]), name
        if "properties" in part:
            assert part["additionalProperties"] is False
    names = [part["$ref"] for part in _parts(schema) if "$ref" in part]
    assert {name.removeprefix("#/$defs/") for name in names} == set(schema.get("$defs", {}))


def test_writing_heals_every_kind_of_difference(tmp_path: Path) -> None:
    every = write_schemas(tmp_path)
    assert len(every) == len(MODELS)
    assert write_schemas(tmp_path) == ()
    folder = tmp_path / "records/schema"
    (folder / "plan.schema.json").unlink()
    (folder / "school.schema.json").write_bytes(b"\xff")
    (folder / "gone.schema.json").write_text("{}", encoding="utf-8")
    wrong = (
        "records/schema/gone.schema.json",
        "records/schema/plan.schema.json",
        "records/schema/school.schema.json",
    )
    assert find_stale_schemas(tmp_path) == wrong
    assert write_schemas(tmp_path) == wrong
    assert find_stale_schemas(tmp_path) == ()
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{kind}.schema.json" for kind in MODELS)


def test_schema_lines_of_the_records_lead_to_a_schema(project_root: Path) -> None:
    """An editor completes a record only when its first line leads to the schema of its kind."""
    kinds = {"school.yml": "school", "plan.yml": "plan", "roster.yml": "roster", "programme.yml": "programme"}
    kinds["activity.md"] = "activity"
    seen = 0
    for path in [*(project_root / "records").rglob("*.yml"), *(project_root / "records").rglob("*.md")]:
        line = re.search(r"\$schema=(\S+)", path.read_text(encoding="utf-8")[:200])
        if line is None:
            continue
        schema = (path.parent / line[1]).resolve()
        assert schema.is_file(), f"{path}: {line[1]}"
        if path.name in kinds:
            assert schema.name == f"{kinds[path.name]}.schema.json", path
        seen += 1
    assert seen
