"""Describe a closing, a filing or an amendment to the officer who made it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.accounts.ledger import Status
from generator.actions.closing.plan_amendment import PlannedAmendment
from generator.actions.closing.plan_closing import PlannedClosing, PlannedFiles, list_planned_paths
from generator.archive import Corpus
from generator.records.closings import shorten_digest
from generator.records.models import AmendedRecord, ClosedSchool, Closing, RecountWord

_CHANGE = {"changed": "改动", "moved": "改名", "removed": "删去", "counted": "补计"}


def describe_closing(corpus: Corpus, planned: PlannedClosing, *, dry_run: bool) -> Iterator[str]:
    """Yield a closing in words, and in a trial run the file itself."""
    closing = planned.closing
    verb = "将结账" if dry_run else "已结账"
    yield f"{verb}：{closing.month}（{closing.closed}，第 {closing.serial} 环）"
    yield from _describe_figures(corpus, closing)
    earlier = [n for key, n in planned.writing.numbers.items() if not n.startswith(closing.month)]
    if earlier:
        yield f"同时给结账以后收到的 {len(earlier)} 份编号：{'、'.join(sorted(earlier))}"
    yield from _describe_files(planned.writing, dry_run=dry_run)


def _describe_figures(corpus: Corpus, closing: Closing) -> Iterator[str]:
    for status in Status:
        lines = [line for line in closing.schools if line.status == status.value]
        if lines:
            yield f"  {status.symbol} {status.label} {len(lines)} 所"
        for line in lines if status is not Status.MET else ():
            yield f"      {corpus.name_school(line.school)}：{_describe_debt(line)}"
    counted = sum(line.counted for line in closing.schools)
    late = sum(len(line.late) for line in closing.schools)
    yield f"  计入 {counted} 份，逾期 {late} 份，备案号一份一个"


def _describe_debt(line: ClosedSchool) -> str:
    late = f"，逾期 {len(line.late)} 项" if line.late else ""
    deemed = f"；依据{line.deemed}，视为当月未开展" if line.deemed else ""
    if line.reason:
        return f"{line.reason}；报了 {line.counted} 项{late}"
    return f"应 {line.quota} 项，计入 {line.counted} 项{late}{deemed}"


def describe_filing(writing: PlannedFiles, *, dry_run: bool) -> Iterator[str]:
    """Yield the numbers that were given."""
    if writing.numbers:
        yield f"{'将给' if dry_run else '已给'} {len(writing.numbers)} 份记录编号："
    yield from (
        f"  {number}  {key}" for key, number in sorted(writing.numbers.items(), key=lambda pair: pair[1])
    )
    if writing.cores:
        yield f"{'将补登' if dry_run else '已补登'} {writing.cores} 份结过账的文字的骨架校验值：以后改图片说明不用更正。"
    yield from _describe_files(writing, dry_run=dry_run)


def describe_amendment(corpus: Corpus, planned: PlannedAmendment, *, dry_run: bool) -> Iterator[str]:
    """Yield an amendment in words, and in a trial run the file itself."""
    amendment = planned.amendment
    yield f"{'将更正' if dry_run else '已更正'}：{amendment.month}（{amendment.amended}，第 {amendment.serial} 环）"
    yield f"  原因：{amendment.reason}；决定人：{amendment.decided_by}"
    if amendment.deadline:
        yield f"  截止日：{amendment.deadline}"
    for record in amendment.records:
        yield from _describe_record(record)
    for school in amendment.schools:
        before, after = (
            _describe_count(school.counted_before, school.status_before),
            _describe_count(school.counted, school.status),
        )
        deemed = f"；依据{school.deemed}，视为当月未开展" if school.deemed else ""
        excused = f"；{school.reason}" if school.reason else ""
        yield f"  重新计算：{corpus.name_school(school.school)} 原来{before}，现在{after}{deemed}{excused}"
    if amendment.records and not amendment.schools:
        yield "  各校（园）完成情况不变"
    if planned.programme:
        yield f"  方案里与计数有关的部分改动过，从这一环起按新的（{shorten_digest(amendment.programme)}）；已结账的月份照旧"
    yield from _describe_files(planned.writing, dry_run=dry_run)


def _describe_record(record: AmendedRecord) -> Iterator[str]:
    moved = f" → {record.moved_to}" if record.moved_to else ""
    yield f"  {_CHANGE[record.change]} {record.number} {record.record}{moved}"
    if record.before != record.after:
        yield f"      文字：{shorten_digest(record.before)} → {shorten_digest(record.after)}"
    for photo in record.photos:
        yield f"      {photo.file}：{shorten_digest(photo.before)} → {shorten_digest(photo.after)}"


def _describe_count(counted: int, status: RecountWord) -> str:
    return f"计入 {counted} 项（{Status(status).label}）"


def _describe_files(writing: PlannedFiles, *, dry_run: bool) -> Iterator[str]:
    if not dry_run:
        yield f"写在 {'、'.join(list_planned_paths(writing))}；提交合并请求，合并以后生效。"
        return
    for path, text in zip(list_planned_paths(writing), writing.files.values(), strict=True):
        yield f"\n—— {path} ——"
        yield _show_added(path, text).rstrip("\n")
    yield "\n以上只是试运行，什么都没有写；真正执行时去掉 --dry-run。"


def _show_added(path: str, text: str) -> str:
    """Return a file as it would be; of the register, only what is added."""
    if not path.endswith("/filings.yml"):
        return text
    return "…\n" + text[text.rindex("  - filed: ") :]
