"""A rule: its slug, the requirement it enforces, severity, scope, and a generator over the corpus."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity, Span


class Scope(enum.StrEnum):
    """Whom a diagnostic concerns: a submitted file, or the archive's completeness (two verdicts)."""

    FILE = "file"
    ARCHIVE = "archive"


REQUIREMENTS = {
    "format": "填写格式",
    "archive-parts": "方案、措施、记录、总结、图片",
    "monthly-report": "每月上报",
    "privacy": "保护隐私",
    "deemed-undone": "逾期未报视为未开展",
    "assessment": "考核、督导与简报",
    "truthful": "如实填报",
    "quota": "每月数量",
    "plan-table": "工作计划表",
    "arrangement": "帮扶对子",
    "responsible": "第一责任人",
    "agreement": "帮扶协议",
    "roster": "师徒结对花名册",
    "measures": "帮扶内容",
}
"""Keys of a programme's ``requirements`` with their meaning: each names the clause behind some rules."""

OPTIONAL_REQUIREMENTS = {"term-start": "学期初的计划与协议"}
"""Keys that a programme may name besides: when plans and agreements are due, where the plan says so."""

DISPENSABLE = frozenset({"deemed-undone", "assessment", "plan-table", "agreement", "roster"})
"""Those of :data:`REQUIREMENTS` that a county's plan may not have: what only they ask for is then not asked."""

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
    cites no clause number of one county's plan. ``check`` yields diagnostics made with :func:`make_problem`.
    ``text`` is the defining module's docstring: an English line, then 查什么, 为什么 and 怎么改, each headed so.
    ``found_in`` names the functions that report it while files are read, as ``path:function``; a rule that
    finds everything itself has none. ``heeds_seals``: its advice never asks to edit what a command wrote; that
    of other rules is replaced there. ``only_if_asked``: it says nothing where the year's plan does not have the
    requirement.
    """

    slug: str
    requirement: str
    severity: Severity
    summary: str
    check: Check
    text: str
    scope: Scope = Scope.FILE
    found_in: tuple[str, ...] = ()
    heeds_seals: bool = False
    only_if_asked: bool = False

    def __post_init__(self) -> None:
        """Refuse a requirement that no programme could name."""
        if self.requirement not in REQUIREMENTS:
            raise ValueError(f"{self.slug}: no requirement is called {self.requirement}")

    def split_documentation(self) -> Documentation:
        """Return the three parts of the text (查什么、为什么、怎么改)."""
        parts: dict[str, list[str]] = {}
        current: list[str] = []
        for line in self.text.splitlines():
            if line.strip() in ("查什么", "为什么", "怎么改"):
                current = parts.setdefault(line.strip(), [])
            else:
                current.append(line)
        joined = {name: "\n".join(lines).strip() for name, lines in parts.items()}
        return Documentation(
            checks=joined.get("查什么", ""), why=joined.get("为什么", ""), how=joined.get("怎么改", "")
        )


def make_problem(
    slug: str, span: Span, message: str, fix: str, *, excerpt: str | None = None, clause: str = ""
) -> Diagnostic:
    """Make a diagnostic for the rule ``slug``; the registry stamps severity and, where none is given, clause."""
    return Diagnostic(rule=slug, span=span, message=message, fix=fix, excerpt=excerpt, clause=clause)


def make_reading_check(slug: str) -> Check:
    """Return a check that passes on what the readers of files reported under ``slug``."""

    def check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
        return (d for d in corpus.problems if d.rule == slug)

    return check


def make_reading_rule(
    slug: str, *, summary: str, found_in: tuple[str, ...], text: str, severity: Severity = Severity.ERROR
) -> Rule:
    """Make the rule of a fault that a reader of files reports under ``slug``; ``text`` as in :class:`Rule`."""
    return Rule(
        slug=slug,
        requirement="format",
        severity=severity,
        summary=summary,
        check=make_reading_check(slug),
        text=text,
        found_in=found_in,
    )
