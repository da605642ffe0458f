"""Diagnostics: what is wrong, and the span of the source file where it is.

Bad input never raises: parsers and rules alike produce :class:`Diagnostic` values. The rule registry
stamps severity and clause, so whoever finds a problem only says where, what and how to mend it.
"""

from __future__ import annotations

import bisect
import enum
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace


class Severity(enum.StrEnum):
    """How much a diagnostic weighs: an error fails the check, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@functools.lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    # Diagnostics of one file come together, and each asks for its line.
    return text.split("\n")


@functools.lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def find_position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of a character of a text."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


MOST_ALIKE = 100
"""The most problems of one rule that are shown for one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the archive. ``path`` is POSIX and relative to the archive's root; ``text`` may be empty."""

    path: str
    text: str = field(default="", repr=False, compare=False)

    def read_line(self, number: int) -> str:
        """Return line ``number`` (from 1) without its line end, or ``""`` when there is no such line."""
        lines = _lines(self.text)
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def make_span(self, line: int = 1, column: int = 1, end_column: int | None = None) -> Span:
        """Return the place at ``line``/``column`` (both from 1; ``end_column`` is exclusive)."""
        return Span(file=self, line=line, column=column, end_column=end_column or column + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place within one line of a file. Lines and columns count characters from 1; the end is exclusive."""

    file: SourceFile
    line: int = 1
    column: int = 1
    end_column: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem at one place.

    ``rule`` is the slug of the rule whose page explains it. ``message`` says what is wrong and ``fix``
    what to type instead, both in Chinese. ``severity`` and ``clause`` are stamped by the registry.
    ``excerpt`` replaces the source line in reports where the line itself must not be repeated.
    """

    rule: str
    span: Span
    message: str
    fix: str
    severity: Severity = Severity.ERROR
    clause: str = ""
    excerpt: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Order of reports: by file, then place, then rule; nothing is left to chance."""
        return (self.span.file.path, self.span.line, self.span.column, self.rule, self.message, self.fix)


def limit_alike(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Pass on at most :data:`MOST_ALIKE` diagnostics of one rule in one file, and one that says there are more."""
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in diagnostics:
        key = (diagnostic.span.file.path, diagnostic.rule)
        seen[key] += 1
        if seen[key] <= MOST_ALIKE:
            yield diagnostic
        elif seen[key] == MOST_ALIKE + 1:
            message, fix = "这个文件里同样的问题还有很多", "先改好上面的，再检查一次"
            yield replace(diagnostic, message=message, fix=fix)
