"""The rule registry: every rule of the archive, and the one function that runs them.

Each rule lives in a module of its own. Its docstring begins with one English line for the maintainer and
has three Chinese parts headed 查什么, 为什么 and 怎么改, which become the rule's page.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic, Severity
from generator.rules import file_bom, file_encoding
from generator.rules.rule import Rule, Scope

RULES: tuple[Rule, ...] = (
    file_encoding.RULE,
    file_bom.RULE,
)

BY_SLUG = {rule.slug: rule for rule in RULES}


def check(
    corpus: Corpus, today: dt.date, *, scopes: Collection[Scope] = tuple(Scope)
) -> tuple[Diagnostic, ...]:
    """Run the rules of ``scopes`` over the corpus and return their diagnostics, sorted and stamped."""
    found: set[Diagnostic] = set()
    for rule in RULES:
        if rule.scope in scopes:
            found.update(stamp(corpus, rule, d) for d in rule.check(corpus, today))
    return tuple(sorted(found, key=lambda d: d.sort_key))


def stamp(corpus: Corpus, rule: Rule, diagnostic: Diagnostic) -> Diagnostic:
    """Give a diagnostic its rule's severity and the clause that the programme names for it."""
    return dataclasses.replace(
        diagnostic, rule=rule.slug, severity=rule.severity, clause=clause_of(corpus, rule, diagnostic.span.file.path)
    )


def clause_of(corpus: Corpus, rule: Rule, path: str = "") -> str:
    """Return the clause behind a rule in the programme of the file's year (else of the newest year)."""
    parts = path.split("/")
    year = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0
    programme = corpus.programme(year) or (corpus.programme(corpus.years[-1]) if corpus.years else None)
    return programme.requirements.get(rule.requirement, "") if programme else ""


__all__ = ["BY_SLUG", "RULES", "Diagnostic", "Rule", "Scope", "Severity", "check", "clause_of"]
