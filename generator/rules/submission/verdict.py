"""Judge a submission, or the whole archive: by the rules, as a change, and by where its files lie."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator import rules
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.decoding import MAX_BYTES
from generator.records.diagnostics import Diagnostic
from generator.rules.submission import as_a_change, ownership
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import (
    list_blobs,
    list_files,
    make_base_reader,
    make_folder_reader,
)
from generator.rules.submission.find_misplaced import find_misplaced
from generator.rules.submission.make_receipt import list_removed, make_receipt
from generator.rules.submission.merged_archive import merge_base_branch
from generator.rules.submission.modules import refuse_modules
from generator.rules.submission.placement import VAGUE, Placement
from generator.rules.submission.receipt import Receipt, refuse_empty
from generator.rules.submission.relocation import relocate_records
from generator.rules.submission.reported_days import Days


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The diagnostics of a submission, and its receipt (``None`` for paths given by hand).

    ``checked`` names what was checked, to follow “已检查”; "" where there was nothing to check. ``notes`` are sentences
    on the check itself, for its summary.
    """

    diagnostics: tuple[Diagnostic, ...]
    checked: str
    receipt: Receipt | None = None
    notes: tuple[str, ...] = ()


def judge_paths(corpus: Corpus, today: dt.date, touched: Submission) -> Verdict:
    """Judge files and folders given by hand, as they lie there."""
    placement = _find_misplaced(corpus, list_files(corpus.root, touched.paths))
    return Verdict(
        diagnostics=_sorted(_of_files(corpus, today, touched, placement)),
        checked=f"指定的 {_count(touched, placement)} 处",
    )


def judge_change(
    corpus: Corpus,
    today: dt.date,
    touched: Submission,
    base: Path | None,
    when: Days | None,
    accounts: Sequence[str] | None = None,
) -> Verdict:
    """Judge what a submission changes; ``base`` is a checkout of the base branch, if there is one beside.

    accounts: who handed it in, as the forge says; None where nobody asks whose folders they are.

    Raises :class:`RevisionError` where git cannot show what was before.
    """
    root, tip = corpus.root, touched.before[-1]
    before = make_base_reader(root, touched.before, base)
    removed = list_removed(corpus, touched, before)
    there = {path for commit in touched.before for path in list_blobs(root, commit)}
    files = (p for p in list_files(root, touched.paths) if p.startswith("records/") or p not in there)
    placement = _find_misplaced(corpus, files, removed)
    merged = None
    if touched.behind:
        merged = merge_base_branch(
            corpus, touched, list_blobs(root, tip), make_base_reader(root, (tip,), base)
        )
    receipt = make_receipt(
        corpus, today, touched, before, removed=removed, placement=placement, merged=merged
    )
    found = set(_of_files(corpus, today, touched, placement))
    of_change = [
        *as_a_change.check_change(corpus, touched, before, when),
        *refuse_modules(corpus, touched),
        *receipt.list_warnings(),
    ]
    if when:
        of_change += refuse_empty(receipt)
    owners = ownership.read_owners(root, tip, base) if accounts is not None else None
    if owners and accounts is not None:
        of_change += ownership.find_trespasses(corpus, owners, accounts, touched.paths)
    for diagnostic in of_change:
        stamped = rules.stamp_diagnostic(corpus, rules.BY_SLUG[diagnostic.rule], diagnostic, today)
        found.add(dataclasses.replace(stamped, severity=diagnostic.severity))
    number = _count(touched, placement)
    return Verdict(
        diagnostics=_sorted(found),
        checked=f"改动的 {number} 处" if number or found else "",
        receipt=receipt,
        notes=(ownership.NO_LIST,) if accounts is not None and owners is None else (),
    )


def _find_misplaced(
    corpus: Corpus, files: Iterable[str], removed: Iterable[ActivityRecord] = ()
) -> Placement:
    return find_misplaced(corpus, files, make_folder_reader(corpus.root, most=MAX_BYTES), removed)


def _count(touched: Submission, placement: Placement) -> int:
    """Return how many records and other places are judged, misplaced ones outside ``records/`` included."""
    apart = tuple(path for path in touched.paths if path not in placement.along)
    outside = [each for each in placement.misplaced if not each.path.startswith("records/")]
    return dataclasses.replace(touched, paths=apart).count_records() + len(outside)


def _of_files(
    corpus: Corpus, today: dt.date, touched: Submission, placement: Placement
) -> Iterator[Diagnostic]:
    """Yield the faults of the files themselves, those of a misplaced record as if it lay where it belongs."""
    moved = relocate_records(corpus, placement.misplaced)
    checked = (
        moved.translate_diagnostic(d)
        for d in rules.check_corpus(moved.corpus, today, scopes=[rules.Scope.FILE])
    )
    found = {d for d in checked if touched.is_concerned_by(d)}
    for diagnostic in placement.replace_diagnostics(found):
        known = diagnostic in found
        yield (
            diagnostic
            if known
            else rules.stamp_diagnostic(corpus, rules.BY_SLUG[diagnostic.rule], diagnostic, today)
        )


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda d: d.sort_key))


def judge_archive(corpus: Corpus, today: dt.date) -> Verdict:
    """Judge the whole archive, including what is missing from it."""
    found = rules.check_corpus(corpus, today)
    unread = [d.span.file.path for d in found if d.rule in VAGUE]
    placement = _find_misplaced(corpus, list_files(corpus.root, unread))
    refined = (
        d if d in found else rules.stamp_diagnostic(corpus, rules.BY_SLUG[d.rule], d, today)
        for d in placement.replace_diagnostics(found)
    )
    return Verdict(
        diagnostics=_sorted(refined),
        checked=f" {len(corpus.schools)} 所校（园）的 {len(corpus.activities)} 份活动记录",
    )
