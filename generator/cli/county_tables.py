"""Read a county's plan and table of pairings for the commands that begin with them; ask for what was not found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.archive import Corpus
from generator.documents.plan_file.word_plan import WordPlan, read_word_plan
from generator.documents.tables import arrangement
from generator.documents.tables.new_county import NewCounty
from generator.rules.rule import REQUIREMENTS


@dataclass(frozen=True, slots=True)
class CountyTables:
    """The files of a county, and what the officer says of them, as typed."""

    pairings: Path | None
    plan: Path | None
    clauses: Sequence[str]
    county: str | None
    year: int | None
    ids: Sequence[str]

    def __post_init__(self) -> None:
        """Raise a usage error where an option lacks the file that it speaks of."""
        if (
            self.pairings is None
            and self.plan is None
            and (self.county or self.year or self.ids or self.clauses)
        ):
            raise click.UsageError("--county、--year、--id、--clause 和 --pairings、--plan 一起用")
        if self.clauses and self.plan is None:
            raise click.UsageError("--clause 和 --plan 一起用")


def prepare_tables(corpus: Corpus, asked: CountyTables) -> NewCounty | arrangement.Refusal:
    """Return what the files change in an archive; nothing is written.

    Raises TableError for a file that cannot be read, and a usage error for an option that says nothing.
    """
    table = asked.pairings or asked.plan
    if table is None:
        raise click.UsageError("写明 --plan 或 --pairings")
    plan = _read_plan(asked.plan, asked.clauses) if asked.plan else None
    if plan and plan.faults:
        return arrangement.Refusal(reasons=plan.faults)
    return arrangement.prepare_county(
        corpus, table, county=asked.county, year=asked.year, ids=asked.ids, plan=plan
    )


def _read_plan(path: Path, clauses: Sequence[str]) -> WordPlan:
    """Read the plan; on a terminal ask for the clauses that were not found. What then is missing is a fault."""
    given: dict[str, str] = {}
    for typed in clauses:
        name, sign, clause = typed.replace("＝", "=").partition("=")
        if not sign or not name.strip() or not clause.strip():
            raise click.UsageError(f"--clause {typed}：写成 检查=条款，如 responsible=五-1")
        given[name.strip()] = clause.strip()
    plan = read_word_plan(path, given)
    if not plan.facts.missing or plan.faults:
        return plan
    if sys.stdin.isatty() and sys.stdout.isatty():
        for name in plan.facts.missing:
            given[name] = click.prompt(
                f"方案里没有认出“{REQUIREMENTS[name]}”的依据，是哪一条？写编号，如 五-1"
            ).strip()
        return read_word_plan(path, given)
    asked = tuple(
        f"方案里没有认出“{REQUIREMENTS[name]}”的依据；用 --clause {name}=条款编号 指出，如 --clause {name}=五-1"
        for name in plan.facts.missing
    )
    return replace(plan, faults=asked)
