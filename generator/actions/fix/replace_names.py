"""Put ids in the place of Chinese names in a record: of partners, the kind of help, the way; grades as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from generator.actions.new_record.words import (
    GRADES,
    find_measure,
    find_partners,
    read_direction,
    read_grades,
)
from generator.archive import Corpus
from generator.images.faults import Fault
from generator.records import ActivityRecord, parse_activity
from generator.records.models import Programme
from generator.records.scaffold import is_prompt

_LISTS = ("partners", "grades")
_CHINESE = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A value that is no id: its field and place in the tree, and what it means, or why that is not certain."""

    field: str
    path: tuple[str | int, ...]
    written: str
    meant: str | Fault


def replace_names(corpus: Corpus, path: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a record's text with the ids that are certainly meant, and what is left, in Chinese.

    path: where the record lies, which says whose it is.   text: with LF line ends, otherwise mended already.
    """
    record, _ = parse_activity(path, text.encode())
    programme = corpus.find_programme(record.year) if record else None
    if record is None or programme is None:
        return text, ()
    doubts = []
    for name in list(_list_names(corpus, programme, record)):
        if isinstance(name.meant, Fault):
            doubts.append(
                f"{name.field} 写的“{name.written[:40]}”不是代号：{name.meant.message}；{name.meant.fix}"
            )
        elif (new := _write(path, text, name, name.meant)) is not None:
            text = new
        else:
            doubts.append(
                f"{name.field} 写的“{name.written[:40]}”不是代号，这一行的写法程序不会改：改成 {name.meant}"
            )
    return text, tuple(doubts)


def _list_names(corpus: Corpus, programme: Programme, record: ActivityRecord) -> Iterator[_Name]:
    """Yield the values that are Chinese where an id is to stand, the last of a line first: edits move what follows."""
    values = record.tree.value
    measure, direction = values.get("measure"), values.get("direction")
    if _is_name(measure):
        yield _Name(
            field="measure",
            path=("measure",),
            written=measure,
            meant=find_measure(programme, measure, whole=True),
        )
    if _is_name(direction):
        yield _Name(
            field="direction", path=("direction",), written=direction, meant=read_direction(direction)
        )

    def find(typed: str) -> str | Fault:
        found = find_partners(corpus, programme, record.school, typed, whole=True)
        return found if isinstance(found, Fault) else ", ".join(found)

    def grade(typed: str) -> str | Fault:
        found = read_grades(typed)
        return found if isinstance(found, Fault) else ", ".join(found)

    for field, read in (("partners", find), ("grades", grade)):
        written = values.get(field)
        if _is_name(written):
            meant = read(written)
            listed = meant if isinstance(meant, Fault) else f"[{meant}]"
            yield _Name(field=field, path=(field,), written=written, meant=listed)
        for index, item in reversed(list(enumerate(written if isinstance(written, list) else ()))):
            if _is_name(item) and item not in GRADES:
                yield _Name(field=field, path=(field, index), written=item, meant=read(item))


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(_CHINESE.search(value)) and not is_prompt(value)


def _write(path: str, text: str, name: _Name, meant: str) -> str | None:
    """Return the text with a name's meaning in its place, None where more than that would change."""
    record, _ = parse_activity(path, text.encode())
    if record is None:
        return None
    span = record.find_span(*name.path)
    lines = text.split("\n")
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + meant + line[span.end_column - 1 :]
    new = "\n".join(lines)
    expected = dict(record.tree.value)
    if len(name.path) == 1:
        expected[name.field] = meant[1:-1].split(", ") if name.field in _LISTS else meant
    else:
        items, index = list(expected[name.field]), int(name.path[1])
        expected[name.field] = [*items[:index], *meant.split(", "), *items[index + 1 :]]
    read, _ = parse_activity(path, new.encode())
    same = read is not None and read.tree.value == expected and read.markdown.body == record.markdown.body
    return new if same else None
