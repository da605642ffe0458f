"""Write values as YAML that the reader takes for the same values, also after :mod:`generator.records.keyboard_fixes`.

The reader repairs what a Chinese keyboard does to signs between names and contents. A text that it would take for
such a sign, 【示范】 for one, therefore stands in quotes.
"""

from __future__ import annotations

from typing import Any

import yaml

from generator.records.diagnostics import SourceFile
from generator.records.keyboard_fixes import fix_keyboard_signs

_NO_FILE = SourceFile(path="", text="")
_WIDTH = 100_000  # characters: no text is broken into lines


class _Dumper(yaml.SafeDumper):
    """Lists below a key are indented, as editors do it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent lists too."""
        return super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = (f"name: {text}", f"- {text}")
    mended = any(fix_keyboard_signs(_NO_FILE, line, 1)[2] for line in lines)
    # On one line with \n: a line of dashes within a text would be taken for a divider.
    style = '"' if "\n" in text else "'" if mended else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


class _MachineDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # either is there
    """PyYAML's writer in C, seven times as fast; it does not indent lists below a key."""


for _each in (_Dumper, _MachineDumper):
    _each.add_representer(str, _represent_text)


def format_yaml(value: object, *, width: int = _WIDTH, for_people: bool = True) -> str:
    """Return mappings, lists, texts, numbers and days as block YAML in the order they come in.

    A line is broken at ``width`` characters. What no person edits need not be ``for_people``, and is written fast.
    Raises yaml.YAMLError for any other type.
    """
    dumper: Any = _Dumper if for_people else _MachineDumper
    return str(
        yaml.dump(
            value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=width, default_flow_style=False
        )
    )
