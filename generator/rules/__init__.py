"""Register every rule and run the rules over the archive.

Each rule lives in a module of its own. Its docstring begins with one English line for the maintainer and
has three Chinese parts headed 查什么, 为什么 and 怎么改, which become the rule's page.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records.diagnostics import MOST_ALIKE, Diagnostic, limit_alike
from generator.records.sealed_files import find_remedy, is_sealed
from generator.rules import (
    account_folders,
    account_missing,
    agreement_content,
    agreement_late,
    archive_parts,
    assessment_points,
    assessment_published,
    bureau_records,
    closing_chain,
    closing_changed,
    copied_text,
    date_in_future,
    date_outside_term,
    direction_staff,
    document_due,
    draw_repeatable,
    empty_section,
    event_due,
    filing_register,
    folder_date,
    inspected_kept,
    inspection_fair,
    late_report,
    lesson_grades,
    month_quota,
    monthly_expectation,
    pair_reference,
    partner_outside_pairing,
    personal_number,
    photo_appended,
    photo_consent,
    photo_content,
    photo_date,
    photo_heic,
    photo_location,
    photo_missing,
    photo_name,
    photo_people,
    photo_required,
    photo_reused,
    photo_size,
    photo_unnamed,
    photo_weight,
    photo_withdrawn,
    plan_quota,
    plan_reference,
    plan_rows,
    post_named,
    private_name,
    programme_consistent,
    reading_faults,
    reported_date,
    roster_content,
    roster_late,
    roster_posts,
    roster_schools,
    sample_contact,
    sample_mixed,
    sample_unchanged,
    scaffold_unanswered,
    school_known,
    similar_text,
    survey_anonymous,
    term_expectation,
    unknown_measure,
    unsafe_markup,
)
from generator.rules.rule import Rule, Scope
from generator.rules.subjects import find_programme

RULES: tuple[Rule, ...] = (
    *reading_faults.RULES,
    archive_parts.RULE,
    empty_section.RULE,
    scaffold_unanswered.RULE,
    sample_unchanged.RULE,
    copied_text.RULE,
    similar_text.RULE,
    unsafe_markup.RULE,
    photo_required.RULE,
    photo_missing.RULE,
    photo_unnamed.RULE,
    photo_name.RULE,
    photo_size.RULE,
    photo_weight.RULE,
    photo_content.RULE,
    photo_heic.RULE,
    photo_appended.RULE,
    photo_location.RULE,
    photo_date.RULE,
    photo_reused.RULE,
    photo_people.RULE,
    photo_consent.RULE,
    photo_withdrawn.RULE,
    folder_date.RULE,
    date_in_future.RULE,
    date_outside_term.RULE,
    reported_date.RULE,
    late_report.RULE,
    partner_outside_pairing.RULE,
    direction_staff.RULE,
    unknown_measure.RULE,
    lesson_grades.RULE,
    plan_reference.RULE,
    plan_rows.RULE,
    plan_quota.RULE,
    roster_content.RULE,
    roster_late.RULE,
    roster_schools.RULE,
    roster_posts.RULE,
    pair_reference.RULE,
    agreement_content.RULE,
    agreement_late.RULE,
    personal_number.RULE,
    private_name.RULE,
    post_named.RULE,
    sample_mixed.RULE,
    school_known.RULE,
    account_folders.RULE,
    account_missing.RULE,
    bureau_records.RULE,
    inspection_fair.RULE,
    inspected_kept.RULE,
    draw_repeatable.RULE,
    survey_anonymous.RULE,
    closing_chain.RULE,
    closing_changed.RULE,
    filing_register.RULE,
    programme_consistent.RULE,
    sample_contact.RULE,
    assessment_points.RULE,
    assessment_published.RULE,
    month_quota.RULE,
    monthly_expectation.RULE,
    term_expectation.RULE,
    document_due.RULE,
    event_due.RULE,
)

BY_SLUG = {rule.slug: rule for rule in RULES}


def check_corpus(
    corpus: Corpus, today: dt.date, *, scopes: Collection[Scope] = tuple(Scope)
) -> tuple[Diagnostic, ...]:
    """Run the rules of ``scopes`` over the corpus and return their diagnostics, sorted and stamped."""
    found: set[Diagnostic] = set()
    for rule in RULES:
        if rule.scope in scopes:
            reported = (d for d in _limit(rule.check(corpus, today)) if _is_asked(corpus, rule, d, today))
            found.update(stamp_diagnostic(corpus, rule, d, today) for d in reported)
    return prepare_for_report(corpus, found)


def _is_asked(corpus: Corpus, rule: Rule, diagnostic: Diagnostic, today: dt.date) -> bool:
    """Say whether the plan of the file's year has what a rule enforces: not every county's plan has all of it."""
    if not rule.only_if_asked:
        return True
    programme = find_programme(corpus, diagnostic.span.file.path, today)
    return programme is None or rule.requirement in programme.requirements


def prepare_for_report(corpus: Corpus, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Prepare stamped diagnostics for a report: sorted, limited in number, private names and numbers masked."""
    names = {a.file.path: a.data.private for a in corpus.activities if a.data.private}
    shown = limit_alike(sorted(found, key=lambda d: d.sort_key))
    return tuple(_mask_texts(d, names.get(d.span.file.path, ())) for d in shown)


def _limit(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Pass on at most ten times as many diagnostics of a file as are shown: more would only cost time."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        path = diagnostic.span.file.path
        seen[path] += 1
        if seen[path] <= 10 * MOST_ALIKE:
            yield diagnostic


def stamp_diagnostic(corpus: Corpus, rule: Rule, diagnostic: Diagnostic, today: dt.date) -> Diagnostic:
    """Give a diagnostic its rule's severity and, unless it names a measure's own, the requirement's clause.

    In a sealed file the advice is replaced by the command to use, since nobody edits such a file.
    """
    path = diagnostic.span.file.path
    clause = diagnostic.clause or find_clause(corpus, rule, today, path)
    fix = find_remedy(path) if is_sealed(path) and not rule.heeds_seals else diagnostic.fix
    return dataclasses.replace(diagnostic, rule=rule.slug, severity=rule.severity, clause=clause, fix=fix)


def _mask_texts(diagnostic: Diagnostic, names: Collection[str]) -> Diagnostic:
    """Mask phone numbers and private names wherever a report quotes a record."""
    span, excerpt = diagnostic.span, diagnostic.excerpt
    if excerpt is None:
        line = span.file.read_line(span.line)
        masked = mask_private_words(line, names)
        excerpt = masked if masked != line else None
    message, fix = mask_private_words(diagnostic.message, names), mask_private_words(diagnostic.fix, names)
    return dataclasses.replace(diagnostic, message=message, fix=fix, excerpt=excerpt)


def find_clause(corpus: Corpus, rule: Rule, today: dt.date, path: str = "") -> str:
    """Return the clause behind a rule in the programme of the file's year (else of the running year)."""
    programme = find_programme(corpus, path, today)
    return programme.requirements.get(rule.requirement, "") if programme else ""


__all__ = [
    "BY_SLUG",
    "RULES",
    "Rule",
    "Scope",
    "check_corpus",
    "find_clause",
    "prepare_for_report",
]
