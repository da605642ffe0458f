"""What a rule is: a slug, the requirement it enforces, a severity, a scope and a generator over the corpus."""

from __future__ import annotations

import datetime as dt
import enum
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity, Span


class Scope(enum.StrEnum):
    """Whom a diagnostic concerns: a submitted file, or the archive's completeness (design: two verdicts)."""

    FILE = "file"
    ARCHIVE = "archive"


Check = Callable[[Corpus, dt.date], Iterator[Diagnostic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """A rule's page: what it checks, why, and how to mend it, in Chinese Markdown."""

    checks: str
    why: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the archive.

    ``requirement`` is a key of the programme's ``requirements``, which gives the clause, so that a rule
    cites no clause number of one county's plan. ``check`` yields diagnostics made with :meth:`at`.
    ``module`` is the defining module, whose docstring documents the rule.
    """

    slug: str
    requirement: str
    severity: Severity
    summary: str
    check: Check
    module: str
    scope: Scope = Scope.FILE

    def documentation(self) -> Documentation:
        """Return the three parts of the module's docstring (查什么、为什么、怎么改)."""
        text = sys.modules[self.module].__doc__ or ""
        parts: dict[str, list[str]] = {}
        current: list[str] = []
        for line in text.splitlines():
            if line.strip() in ("查什么", "为什么", "怎么改"):
                current = parts.setdefault(line.strip(), [])
            else:
                current.append(line)
        joined = {name: "\n".join(lines).strip() for name, lines in parts.items()}
        return Documentation(
            checks=joined.get("查什么", ""), why=joined.get("为什么", ""), how=joined.get("怎么改", "")
        )


def problem(slug: str, span: Span, message: str, fix: str, *, excerpt: str | None = None) -> Diagnostic:
    """Make a diagnostic for the rule ``slug``; the registry stamps severity and clause."""
    return Diagnostic(rule=slug, span=span, message=message, fix=fix, excerpt=excerpt)


def found_while_reading(slug: str) -> Check:
    """Return a check that passes on what the parsers reported under ``slug``."""

    def check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
        return (d for d in corpus.problems if d.rule == slug)

    return check
