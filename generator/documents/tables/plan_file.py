"""Rows of a plan → the text of plan.yml, as the sample year writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from generator.records.models import PlanRow

SCHEMA = "# yaml-language-server: $schema=../../schema/plan.schema.json\n"
_ID = re.compile(r"(?m)^(  - id: )'([0-9-]+)'$")


class _Indented(yaml.SafeDumper):
    """Lists below a key are indented, as editors do it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent lists too."""
        return super().increase_indent(flow, False)


def plan_text(rows: Sequence[PlanRow], *, sample: bool = False) -> str:
    """Return plan.yml with these rows."""
    data: dict[str, object] = {"sample": True} if sample else {}
    data["rows"] = [
        {name: value for name in PlanRow.model_fields if (value := getattr(row, name)) is not None}
        for row in rows
    ]
    text = yaml.dump(
        data, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=100_000, default_flow_style=False
    )
    return SCHEMA + _ID.sub(r"\1\2", text)  # YAML 1.1 would take 2020-03-10 for a day; here it is text


def has_remarks(text: str) -> bool:
    """Say whether a plan.yml holds comments beside the line for editors."""
    return any(line.lstrip().startswith("#") and "$schema" not in line for line in text.splitlines())
