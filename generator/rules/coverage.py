"""Which clauses of a plan are enforced, and by what: the leaves that neither a rule nor a human looks after."""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.plan_text import Clause, Plan
from generator.records.models import Programme
from generator.rules.rule import REQUIREMENTS


def leaves(plan: Plan) -> tuple[Clause, ...]:
    """Return the clauses that have no clause below them: those that ask for something."""
    return tuple(clause for clause in plan if not clause.children)


def enforced(programme: Programme) -> frozenset[str]:
    """Return the clauses that a rule cites or that a measure's expectation turns into a check."""
    cited = {clause for name, clause in programme.requirements.items() if name in REQUIREMENTS}
    return frozenset(cited | {m.clause for m in programme.measures if m.expectations})


def unattended(programme: Programme, plan: Plan) -> Iterator[str]:
    """Yield each leaf clause that is neither enforced nor listed as human judgement."""
    attended = enforced(programme) | {entry.clause for entry in programme.human_judgement}
    return (clause.id for clause in leaves(plan) if clause.id not in attended)


def unneeded(programme: Programme) -> Iterator[int]:
    """Yield the index of each human judgement whose clause is enforced, or is listed before."""
    done = set(enforced(programme))
    for index, entry in enumerate(programme.human_judgement):
        if entry.clause in done:
            yield index
        done.add(entry.clause)
