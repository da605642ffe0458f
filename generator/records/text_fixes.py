"""Mend a record's text where only one thing can be meant, and keep every other character, comments too.

The text is edited where the parser says that a thing stands, and read again after each step: a step is kept only
when the text still says what it said. What is in doubt is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.records import parse_activity, parse_note, parse_yaml
from generator.records.certain_text import decode_certain
from generator.records.conflicts import UNMERGED
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.records.key_order import ORDERED, order_keys
from generator.records.keyboard_fixes import fix_keyboard_signs, fix_unreadable_signs
from generator.records.markdown_record import split_markdown
from generator.records.photo_lines import IN_DOUBT
from generator.records.yaml_tree import Tree, read_yaml

NOTES = ("activity", "agreement", "inspection", "event", "bulletin")
"""Kinds that are Markdown with a front matter; the others are YAML alone."""
ANYWHERE = "records/school/0001/01/01-unknown/activity.md"
"""A path of the right shape for a record whose own is not: what it says of day and school is not asked."""

_SPELT = re.compile(r"(?:改成|改用半角：) ?([0-9]{1,6}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)")
_MOST_PASSES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFix:
    """A record's text before and after, both with LF line ends, and what a comparison of them does not show.

    changes: of encoding and line ends, in Chinese.   doubt: why nothing is mended, "" where something may be.
    """

    before: str = ""
    after: str = ""
    changes: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def is_needed(self) -> bool:
        """Say whether anything changes."""
        return self.before != self.after or bool(self.changes)


class _Read(NamedTuple):
    """What a text says: its values, the body below them, and what is wrong."""

    tree: Tree
    body: str
    problems: tuple[Diagnostic, ...]
    unread: frozenset[str]


def fix_text(kind: str, data: bytes) -> TextFix:
    """Return a record of ``kind`` (a key of ``MODELS``) mended. Never raises for bad input."""
    decoded = decode_certain(data)
    if isinstance(decoded, str):
        return TextFix(doubt=decoded)
    before = after = decoded.text
    if (read := _read(kind, after)) is not None and UNMERGED not in read.unread:
        for step in (_mend_fences, _mend_signs, _mend_values, _order):
            after = step(kind, after)
    return TextFix(before=before, after=after, changes=decoded.changes)


def _read(kind: str, text: str) -> _Read | None:
    data = text.encode("utf-8")
    if kind == "activity" or kind in NOTES:
        path = ANYWHERE if kind == "activity" else f"records/{kind}.md"
        note, problems = parse_activity(path, data) if kind == "activity" else parse_note(kind, path, data)
        return _Read(note.tree, note.markdown.body, tuple(problems), note.unread) if note else None
    table, problems = parse_yaml(kind, f"records/{kind}.yml", data)
    return _Read(table.tree, "", tuple(problems), table.unread) if table else None


def _says_the_same(kind: str, old: str, new: str) -> bool:
    """Say whether two texts say the same, and the new one has no more problems."""
    one, other = _read(kind, old), _read(kind, new)
    return (
        one is not None
        and other is not None
        and _strip(one.tree.value) == _strip(other.tree.value)
        and one.body == other.body
        and one.unread >= other.unread
        and len(one.problems) >= len(other.problems)
    )


def _strip(value: Any) -> Any:
    """Return values without the wide spaces around them, which a Chinese keyboard puts behind a colon."""
    if isinstance(value, Mapping):
        return {name: _strip(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_strip(each) for each in value]
    return value.strip("\u3000\u00a0 ") if isinstance(value, str) else value


def _find_front(kind: str, text: str) -> tuple[int, int] | None:
    """Return where the YAML begins and ends."""
    if kind not in NOTES:
        return 0, len(text)
    markdown, problems = split_markdown(SourceFile(path=ANYWHERE, text=text))
    if problems or markdown.front is None:
        return None
    return len("---\n"), len("---\n") + len(markdown.front)


def _edit_front(kind: str, text: str, edit: Callable[[str], str]) -> str:
    """Return the text with its YAML edited, where it then says the same."""
    place = _find_front(kind, text)
    if place is None:
        return text
    front = text[slice(*place)]
    new = edit(front)
    if new == front:
        return text
    edited = text[: place[0]] + new + text[place[1] :]
    return edited if _says_the_same(kind, text, edited) else text


def _mend_fences(kind: str, text: str) -> str:
    """Put the two lines ``---`` where the reader takes them to be."""
    if kind not in NOTES:
        return text
    markdown, problems = split_markdown(SourceFile(path=ANYWHERE, text=text))
    if not problems or markdown.front is None or not markdown.body.strip():
        return text
    new = f"---\n{markdown.front}\n---\n{markdown.body}"
    return new if _says_the_same(kind, text, new) else text


def _mend_signs(kind: str, text: str) -> str:
    return _edit_front(kind, text, _narrow_signs)


def _narrow_signs(front: str) -> str:
    file = SourceFile(path=ANYWHERE, text=front)
    for _ in range(_MOST_PASSES):
        mended, _, problems = fix_keyboard_signs(file, front, 1)
        if not problems or mended == front:
            break
        front = mended
    tree, found = read_yaml(file, front)
    if not any(problem.rule == "yaml-syntax" for problem in found):
        return front
    quoted, problems, left_out = fix_unreadable_signs(file, front, 1, {})
    if left_out or not problems:
        return front
    lines = zip(front.split("\n"), quoted.split("\n"), strict=True)
    quoted = "\n".join(new if old == new else new.rstrip() for old, new in lines)
    tree, found = read_yaml(file, quoted)
    return front if tree is None or tree.broken else quoted


def _mend_values(kind: str, text: str) -> str:
    """Write days, months and numbers as the archive does where the reader knows which is meant."""
    for _ in range(_MOST_PASSES):
        read = _read(kind, text)
        if read is None or any(problem.rule in IN_DOUBT for problem in read.problems):
            return text
        edits = list(filter(None, map(_spell, read.problems)))
        together = _spell_out(kind, text, edits)
        if together == text:
            for edit in edits:
                together = _spell_out(kind, together, [edit])
        if together == text:
            return text
        text = together
    return text


class _Spelling(NamedTuple):
    """A value's right spelling, and its place: a line and columns from 1, the end exclusive."""

    line: int
    column: int
    end: int
    right: str


def _spell(problem: Diagnostic) -> _Spelling | None:
    match = _SPELT.fullmatch(problem.fix) if problem.rule in ("date-format", "full-width-digits") else None
    span = problem.span
    return _Spelling(span.line, span.column, span.end_column, match[1]) if match else None


def _spell_out(kind: str, text: str, edits: list[_Spelling]) -> str:
    """Return the text with these values spelt right, where nothing else of it changes."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column - 1] + edit.right + line[edit.end - 1 :]
    new = "\n".join(lines)
    old, read = _read(kind, text), _read(kind, new)
    if old is None or read is None or read.body != old.body or len(read.problems) > len(old.problems):
        return text
    changed = list(_list_changes(old.tree.value, read.tree.value))
    fits = None not in changed and sorted(filter(None, changed)) == sorted(edit.right for edit in edits)
    return new if fits else text


def _list_changes(old: Any, new: Any) -> list[str | None]:
    """Return the new texts where two trees of values differ, None for a difference that is no text's."""
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        return [change for name in old for change in _list_changes(old[name], new[name])]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [change for a, b in zip(old, new, strict=True) for change in _list_changes(a, b)]
    if old == new:
        return []
    return [new if isinstance(old, str) and isinstance(new, str) else None]


def _order(kind: str, text: str) -> str:
    read = _read(kind, text)
    if kind not in ORDERED or read is None or any(problem.rule in IN_DOUBT for problem in read.problems):
        return text
    return _edit_front(kind, text, lambda front: order_keys(kind, front, read.tree))
