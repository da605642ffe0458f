"""Put the names of a front matter into the order of its model, each with its comments."""

from __future__ import annotations

from generator.records.models import MODELS, Model, list_written_fields
from generator.records.models.base import Sampled
from generator.records.yaml_tree import Tree

ORDERED = ("activity", "agreement", "school")
"""Kinds whose names are put into order: those that schools write name by name."""

_EDITOR = "# yaml-language-server:"


def list_names(model: type[Model]) -> tuple[str, ...]:
    """Return a model's names in their order; what all records share comes last."""
    shared = [
        name for name in Sampled.model_fields if name in model.model_fields and issubclass(model, Sampled)
    ]
    return (*(name for name in list_written_fields(model) if name not in shared), *shared)


def order_keys(kind: str, text: str, tree: Tree) -> str:
    """Return a mapping's text with its names in order; as it is where it is in order, or no order is certain.

    text: what ``tree`` was read from, each name at the beginning of a line.
    """
    names = list_names(MODELS[kind])
    written = list(tree.root.keys)
    shared = tuple(Sampled.model_fields)
    own = [name for name in written if name not in shared]
    if any(name not in names for name in written) or own == [name for name in names if name in own]:
        return text
    lines = text.split("\n")
    starts = []
    for name in written:
        line, column, _ = tree.root.keys[name]
        index = line - tree.first_line
        if column != 1 or not lines[index].startswith(name):
            return text
        starts.append(index)
    begins = [
        _find_comments(lines, index, lowest)
        for index, lowest in zip(starts, [0, *(n + 1 for n in starts)], strict=False)
    ]
    ends = [*begins[1:], _find_end(lines, starts[-1])]
    blocks = {name: lines[a:b] for name, a, b in zip(written, begins, ends, strict=True)}
    kept = [line for name in sorted(written, key=names.index) for line in blocks[name]]
    return "\n".join([*lines[: begins[0]], *kept, *lines[ends[-1] :]])


def _find_comments(lines: list[str], index: int, lowest: int) -> int:
    """Return where the comments directly above a name begin; the editor's line belongs to no name."""
    while index > lowest and lines[index - 1].startswith("#") and not lines[index - 1].startswith(_EDITOR):
        index -= 1
    return index


def _find_end(lines: list[str], index: int) -> int:
    """Return where the last name's lines end; what follows at the margin is of none."""
    end = index + 1
    while end < len(lines) and (not lines[end] or lines[end][0] in " -"):
        end += 1
    while end > index + 1 and not lines[end - 1].strip():
        end -= 1
    return end
