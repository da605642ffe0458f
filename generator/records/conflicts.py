"""Report git's conflict markers, and keep the first side's text for reading on.

Git leaves both sides in the file between lines of seven signs. The first side keeps its lines, everything else of the
conflict becomes empty lines, so that the rest of the file is checked in the same run, at its own lines.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from generator.records.diagnostics import Diagnostic, SourceFile

UNMERGED = "（没有合并好）"
"""Stands among the fields that could not be read: such a record is neither counted nor published."""

_MARK = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
_Mark = tuple[int, str]  # index of its line, and its sign


def keep_first_side(file: SourceFile) -> tuple[SourceFile, list[Diagnostic]]:
    """Return the file with the first side of each conflict, and one problem for each; both as given without any."""
    if "<<<<<<<" not in file.text and ">>>>>>>" not in file.text and "\n=======\n" not in file.text:
        return file, []
    lines = file.text.split("\n")
    marks = [(n, match[0][0]) for n, line in enumerate(lines) if (match := _MARK.fullmatch(line))]
    problems: list[Diagnostic] = []
    for conflict in _conflicts(marks):
        problems.append(_problem(file, conflict))
        kept = range(conflict[0][0] + 1, conflict[1][0]) if len(conflict) > 1 else ()
        for number in range(conflict[0][0], conflict[-1][0] + 1):
            if number not in kept:
                lines[number] = ""
    return dataclasses.replace(file, text="\n".join(lines)), problems


def drop_consequences(
    problems: Iterable[Diagnostic], unmerged: SourceFile, kept: SourceFile
) -> list[Diagnostic]:
    """Leave out what was found on lines that a conflict emptied."""
    return [p for p in problems if unmerged.read_line(p.span.line) == kept.read_line(p.span.line)]


def _conflicts(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    """Yield whole conflicts, from ``<`` over ``=`` to ``>``; a mark that belongs to none is one of its own."""
    signs = "".join(sign for _, sign in marks)
    for match in re.finditer(r"<\|?=>|.", signs):
        yield marks[match.start() : match.end()]


def _problem(file: SourceFile, conflict: list[_Mark]) -> Diagnostic:
    first, last = conflict[0][0] + 1, conflict[-1][0] + 1
    line = file.read_line(first)
    if len(conflict) > 1:
        own_end, other_begins = conflict[1][0] + 1, conflict[-2][0] + 1
        message = f"第 {first} 至 {last} 行是没有解决的合并冲突，两份文字都在里面"
        sides = [_lines(first + 1, own_end - 1), _lines(other_begins + 1, last - 1)]
        one = "和".join(side for side in sides if side)
        fix = f"{one}只留对的一份，再删去 <<<<<<<、=======、>>>>>>> 开头的行"
    else:
        message = f"合并冲突留下的记号“{line[:7]}”没有删去"
        fix = "删去这一行；上下的文字如果重复，只留对的一份" + (
            "；要画横线，写 ----" if line[0] == "=" else ""
        )
    return Diagnostic(
        rule="conflict-markers", span=file.make_span(first, 1, len(line) + 1), message=message, fix=fix
    )


def _lines(first: int, last: int) -> str:
    """Name the lines of one side, "" for a side without any."""
    if last < first:
        return ""
    return f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"
