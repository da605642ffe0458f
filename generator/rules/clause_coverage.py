"""Find the clauses of a plan that neither a rule nor a person checks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.plan_clauses import Clause, Plan
from generator.records.models import Programme
from generator.rules.rule import REQUIREMENTS


def list_leaves(plan: Plan) -> tuple[Clause, ...]:
    """Return the clauses without clauses below them: the ones that demand something."""
    return tuple(clause for clause in plan if not clause.children)


def list_enforced(programme: Programme) -> frozenset[str]:
    """Return the clauses that a rule cites or that a measure's expectations check."""
    cited = {clause for name, clause in programme.requirements.items() if name in REQUIREMENTS}
    return frozenset(cited | {m.clause for m in programme.measures if m.expectations})


def find_unattended(programme: Programme, plan: Plan) -> Iterator[str]:
    """Yield each leaf clause that is neither enforced nor listed as human judgement."""
    attended = list_enforced(programme) | {entry.clause for entry in programme.human_judgement}
    return (clause.id for clause in list_leaves(plan) if clause.id not in attended)


def find_unneeded(programme: Programme) -> Iterator[int]:
    """Yield the index of each human judgement whose clause is enforced, or is listed before."""
    done = set(list_enforced(programme))
    for index, entry in enumerate(programme.human_judgement):
        if entry.clause in done:
            yield index
        done.add(entry.clause)
