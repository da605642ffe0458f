"""Keep what has no place in a record: a text file beside what was received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.actions.receive.draft import Draft
from generator.actions.receive.parts import Left

_NAME = "（没有放进记录的内容）"


def is_leftover_name(name: str) -> bool:
    """Say whether a file is one that an earlier run left, and nothing that a school sent."""
    return _NAME in name


def list_left(draft: Draft) -> Iterator[Left]:
    """Yield all that a draft leaves out, what could not be read among it."""
    yield from draft.left
    for line in draft.lost:
        reason, _, words = line.partition("：")
        yield Left(text=words or reason, why=reason if words else "没有读")


def format_leftovers(items: Sequence[tuple[str, Sequence[Left]]]) -> str:
    """Return the file's text: under each heading (where the rest went) the words and why they are left."""
    lines = ["以下内容没有放进记录，原文照录，请看一看要不要补进去。里面可能有姓名，不要提交到仓库。", ""]
    for heading, left in items:
        if not left:
            continue
        lines += [f"== {heading} ==", ""]
        why = ""
        for each in left:
            if each.why != why:
                why = each.why
                lines += [f"[{why}]"]
            lines += [each.text, ""]
    return "\n".join(lines)


def find_free_file(folder: Path, stem: str) -> Path:
    """Return where the leftovers of a file may be written: beside it, under a name that nothing has."""
    number = 1
    while True:
        path = folder / f"{stem}{_NAME}{number if number > 1 else ''}.txt"
        if not path.exists():
            return path
        number += 1
