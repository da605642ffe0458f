"""Check a submission as a change: its reporting dates, and that nothing rewrites the bureau's sealed files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.archive.privacy import find_numbers, mask_private_words
from generator.records import YamlRecord, parse_yaml
from generator.records.closings import compute_core, digest_text
from generator.records.decoding import MAX_BOOK_BYTES, decode_record
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.records.models import PublishedAssessment
from generator.records.sealed_files import find_remedy, is_sealed
from generator.rules import (
    assessment_published,
    closing_chain,
    draw_repeatable,
    dropped_months,
    filing_register,
    personal_number,
    programme_consistent,
)
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import FileReader
from generator.rules.submission.moved_records import find_earlier_records
from generator.rules.submission.reported_days import Days, check_reported_day

_PROGRAMME = re.compile(r"records/bureau/([0-9]{4})/programme\.yml")
_BOOK = re.compile(r"records/bureau/([0-9]{4})/(?:(?:closings|amendments)/[^/]+\.yml|filings\.yml)")
_DRAW = re.compile(r"records/bureau/([0-9]{4})/draws/([^/]+)\.yml")
_PUBLISHED = re.compile(r"records/bureau/([0-9]{4})/assessments/([^/]+)\.yml")


def check_change(
    corpus: Corpus, touched: Submission, base: FileReader, when: Days | None
) -> Iterator[Diagnostic]:
    """Yield the faults of a submission as a change: reporting dates, where ``when`` is known, and sealed files."""
    if when:
        earlier = find_earlier_records(corpus, touched.paths, base)
        for record in corpus.activities:
            if record.file.path in touched.paths and record.knows("reported"):
                yield from check_reported_day(corpus, record, earlier.get(record.file.path), when)
    for path in touched.paths:
        if is_sealed(path):
            yield from _numbers(corpus, path, base)
        if (match := _BOOK.fullmatch(path)) and (old := base(path)) is not None:
            text = decode_record(path, old, most=MAX_BOOK_BYTES).file.text
            yield from _book(corpus, int(match[1]), path, text, base)
        if (match := _PROGRAMME.fullmatch(path)) and (old := base(path)) is not None:
            yield from _months(corpus, int(match[1]), path, old)
        if (match := _DRAW.fullmatch(path)) and (old := base(path)) is not None:
            yield from _draw(
                corpus, int(match[1]), match[2], path, decode_record(path, old, most=MAX_BOOK_BYTES).file.text
            )
        if (match := _PUBLISHED.fullmatch(path)) and (old := base(path)) is not None:
            yield from _assessment(corpus, int(match[1]), match[2], path, old)


_WORDED: dict[str, tuple[str, ...]] = {"amendments": ("reason", "decided_by"), "draws": ("source",)}
"""Fields of sealed files that people word, besides an assessment's reasons: all else is digests and paths."""


def _numbers(corpus: Corpus, path: str, base: FileReader) -> Iterator[Diagnostic]:
    """Report telephone numbers in new words of a sealed file: once merged, nobody may edit them."""
    _, _, year, folder, *name = path.split("/")
    bureau = corpus.bureau.get(int(year))
    record = getattr(bureau, folder, {}).get(name[0].removesuffix(".yml")) if bureau and name else None
    if record is None or not record.complete:
        return
    old = decode_record(path, base(path) or b"", most=MAX_BOOK_BYTES).file.text
    places: list[tuple[str | int, ...]] = [(field,) for field in _WORDED.get(folder, ())]
    revisions = record.data.revisions if folder == "assessments" else ()
    places += [("revisions", index, "reason") for index in range(len(revisions))]
    for place in places:
        span = record.find_span(*place)
        line = record.file.read_line(span.line)
        if line not in old and any(find_numbers(line)):
            message = "这里有像电话或证件号码的数字"
            yield Diagnostic(
                rule=personal_number.RULE.slug,
                span=span,
                message=message,
                fix=find_remedy(path),
                excerpt=mask_private_words(line),
            )


def _book(corpus: Corpus, year: int, path: str, old: str, base: FileReader) -> Iterator[Diagnostic]:
    """Report a merged closing, amendment or register that the submission changes or deletes."""
    bureau = corpus.bureau.get(year)
    name = path.rpartition("/")[2]
    if name == "filings.yml":
        record = bureau.filings if bureau else None
        kept, slug = record is not None and record.file.text.startswith(old), filing_register.RULE.slug
        what = "备案登记簿只能续写，这次提交改动或删去了原有的登记"
        if kept and record is not None and record.complete:
            yield from _cores(corpus, year, record, path, old, base)
    else:
        closing = path.split("/")[3] == "closings"
        found = (bureau.closings if closing else bureau.amendments) if bureau else {}
        record = found.get(name.removesuffix(".yml"))
        kept, slug = record is not None and record.file.text == old, closing_chain.RULE.slug
        what = f"{'结账' if closing else '更正'} {name.removesuffix('.yml')} 已经合并，这次提交改动或删去了它"
    if not kept:
        span = record.file.make_span() if record else SourceFile(path=path).make_span()
        yield Diagnostic(
            rule=slug,
            span=span,
            message=what,
            fix="恢复合并以前的文件；结论要更正的，用 pairing amend",
            excerpt="",
        )


def _cores(
    corpus: Corpus, year: int, register: YamlRecord, path: str, old: str, base: FileReader
) -> Iterator[Diagnostic]:
    """Report cores in new batches that differ from those of the frozen texts: a wrong core fits another text.

    A text that this submission freezes may have had something taken down since. One that was frozen before
    must be unchanged, since only the record itself shows what it was.
    """
    settlement = corpus.find_settlement(year)
    before = parse_yaml("filings", path, old.encode("utf-8", "surrogatepass"))[0]
    known = {text for batch in before.data.batches for text in batch.cores} if before else set()
    seals = {seal.text: seal for seal in settlement.seals.values()}
    for index, batch in enumerate(register.data.batches):
        for text in batch.cores.keys() - known:
            seal = seals.get(text)
            record = corpus.by_key.get(seal.key) if seal else None
            now, frozen = compute_core(record) if record else None, settlement.cores[text]
            fits = now is not None and now.digest == frozen.digest and now.hidden >= frozen.hidden
            if fits and seal and record and base(seal.link.record.file.path) is not None:
                fits = digest_text(record) == text and now == frozen
            if not fits:
                yield Diagnostic(
                    rule=filing_register.RULE.slug,
                    span=register.find_span("batches", index, "cores", text),
                    message=f"登记的骨架校验值 {frozen.digest[:12]} 与记录不符"
                    + (f"：{seal.key}" if seal else ""),
                    fix="恢复合并以前的 filings.yml，先让记录恢复结账时的样子，再运行 pairing file",
                )


def _months(corpus: Corpus, year: int, path: str, data: bytes) -> Iterator[Diagnostic]:
    """Warn of a month with records that the programme drops: they would silently count no more.

    Months that plan tables or closings still name are reported by the rules, which need no base.
    """
    before, programme = parse_yaml("programme", path, data)[0], corpus.find_programme(year)
    if before is None or not before.complete or programme is None:
        return
    reported = {found.month for found in dropped_months.find_dropped_months(corpus, year)}
    for month in sorted({*before.data.months} - {*programme.months} - reported):
        if count := sum(record.month == month for record in corpus.activities):
            span, line = dropped_months.locate_months(corpus, year, month)
            message = f"方案里去掉了 {month} 这个帮扶月，这个月却已经有 {count} 份材料，合并以后都不再计数"
            fix = f"漏了就加上：{line}；确实取消的，请教育局合并以前看一眼"
            yield Diagnostic(
                rule=programme_consistent.RULE.slug,
                span=span,
                message=message,
                fix=fix,
                severity=Severity.WARNING,
            )


def _draw(corpus: Corpus, year: int, name: str, path: str, old: str) -> Iterator[Diagnostic]:
    """Report a published draw that is changed or deleted: nobody may draw again until the lots please."""
    bureau = corpus.bureau.get(year)
    record = bureau.draws.get(name) if bureau else None
    if record is None or record.file.text != old:
        span = record.file.make_span() if record else SourceFile(path=path).make_span()
        yield Diagnostic(
            rule=draw_repeatable.RULE.slug,
            span=span,
            message=f"抽签 {name} 已经公布，这次提交改动或删去了它",
            fix="恢复合并以前的文件；要再抽的，用 pairing draw 另存一份，两次都公布",
            excerpt="",
        )


def _assessment(corpus: Corpus, year: int, name: str, path: str, data: bytes) -> Iterator[Diagnostic]:
    """Report a published assessment that is deleted, has other points, or other scores without a reason.

    The rule recomputes a published result by the points in its own file, so it sees neither changed points nor
    deleted revisions.
    """
    before = parse_yaml("assessment", path, data)[0]
    if before is None or not before.complete:
        return
    bureau = corpus.bureau.get(year)
    record = bureau.assessments.get(name) if bureau else None
    if record is None:
        what = "删去了它，或它读不出来"
    elif record.complete:
        what = _rewritten(before.data, record.data)
    else:
        return  # the rules report its faults
    if what:
        span = record.file.make_span() if record else SourceFile(path=path).make_span()
        message = f"考核结果 {name} 已经公布，这次提交{what}"
        fix = (
            f"恢复合并以前的文件；档案的变化属实，就用 pairing assess {name} --publish --reason 理由 重新公布"
        )
        yield Diagnostic(rule=assessment_published.RULE.slug, span=span, message=message, fix=fix, excerpt="")


def _rewritten(old: PublishedAssessment, new: PublishedAssessment) -> str:
    """Return which forbidden change a published result has, or ""."""
    if new.items != old.items or new.term != old.term:
        return "改动了公布时的项目或分值"
    if new.revisions[: len(old.revisions)] != old.revisions:
        return "改动或删去了重新公布的经过"
    if new.schools != old.schools and len(new.revisions) == len(old.revisions):
        return "改动了分数，没有写明理由"
    return ""
