"""The open data as archive.json, one item a line, the same bytes every time; and its JSON Schema (2020-12)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator.site.open_data.columns import JSON, Column, Table
from generator.site.open_data.rows import WrittenActivity
from generator.site.open_data.tables import ACTIVITIES, ARCHIVE
from generator.site.pages.page import Excerpt
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity


def encode_archive(site: Site, excerpts: Mapping[str, Excerpt]) -> bytes:
    """Return everything public as one JSON object. The activities were encoded with their pages."""
    members = []
    for column in ARCHIVE.list_columns(JSON):
        if column.type.table is ACTIVITIES:
            value = join_json_lines(excerpts[activity.url].record for activity in site.activities)
        elif column.type.table:
            value = join_json_lines(map(encode_json, _objects(column.type.table, column.get(site))))
        else:
            value = encode_json(column.get(site))
        members.append(b"%s: %s" % (encode_json(column.name), value))
    return b"{\n%s\n}\n" % b",\n".join(members)


def encode_activity(activity: PublicActivity, parts: tuple[Part, ...]) -> bytes:
    """Return an activity's item in archive.json. Encoded with its page, so that its texts are rendered once."""
    (item,) = _objects(ACTIVITIES, [WrittenActivity(activity, parts)])
    return encode_json(item)


def make_archive_schema() -> dict[str, Any]:
    """Return the schema of archive.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archive.json",
        "description": "幼儿园结对帮扶档案的全部公开内容。格式版本不变时，只会增加名称，不会改名或删去。",
        **_object_schema(ARCHIVE),
    }


def encode_json(value: object) -> bytes:
    """Return a value as compact JSON."""
    return _encode(value).encode()


def join_json_lines(items: Iterable[bytes]) -> bytes:
    """Return a JSON list of encoded items, one a line."""
    lines = b",\n".join(items)
    return b"[\n%s\n]" % lines if lines else b"[]"


def _plain(value: dt.date | Decimal) -> str | float:
    return value.isoformat() if isinstance(value, dt.date) else float(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _objects(table: Table[Any], rows: Iterable[Any]) -> list[dict[str, Any]]:
    columns = table.list_columns(JSON)
    return [{column.name: _value(column, column.get(row)) for column in columns} for row in rows]


def _value(column: Column[Any], value: Any) -> Any:
    table = column.type.table
    if table is None:
        return value
    return _objects(table, value) if column.type.is_list else _objects(table, [value])[0]


def _object_schema(table: Table[Any]) -> dict[str, Any]:
    # Names may be added later without a new version: a reader must accept them.
    properties = {column.name: _schema(column) for column in table.list_columns(JSON)}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schema(column: Column[Any]) -> dict[str, Any]:
    schema = {**column.type.schema, "description": column.describe_meaning(JSON)}
    if column.is_nullable:
        schema["type"] = [schema["type"], "null"]
    if column.type.table:
        inner = _object_schema(column.type.table)
        schema |= {"items": inner} if column.type.is_list else inner
    return schema
