"""Plan an amendment: what changed in closed months, and what the months count now."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.accounts.closed_months import MonthDifference, list_month_differences
from generator.accounts.ledger import Status, conclude_month, find_deeming_clause
from generator.accounts.months import find_deadline, find_rule_deadline
from generator.actions.closing.plan_closing import (
    PlannedFiles,
    assign_new_numbers,
    compute_new_cores,
    format_register,
)
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.closings import (
    ClosedLine,
    ClosedMonth,
    Difference,
    Seal,
    Settlement,
    compare_with_seal,
    digest_photos,
    digest_programme,
    digest_text,
)
from generator.records.closings.digests import digest_string
from generator.records.closings.formatting import format_amendment
from generator.records.closings.register import Batch
from generator.records.models import AmendedPhoto, AmendedRecord, Amendment, Programme, Recount


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendRequest:
    """What is to be amended: a closed month, or one record of it.

    moved: the new key of a record by its old one.   counted: late records that shall count.
    """

    month: str
    record: str = ""
    reason: str
    decided_by: str
    moved: Mapping[str, str] = field(default_factory=dict)
    counted: tuple[str, ...] = ()

    def concerns(self, key: str) -> bool:
        """Say whether a record is meant."""
        return self.record in ("", key)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAmendment:
    """An amendment with what is to be written; ``programme`` says that the programme's counting changed."""

    amendment: Amendment
    writing: PlannedFiles
    programme: bool


def list_reasons_not_to_amend(corpus: Corpus, programme: Programme, request: AmendRequest) -> Iterator[str]:
    """Yield what is wrong with the request itself."""
    settlement = corpus.find_settlement(programme.year)
    if request.month not in settlement.months:
        yield f"{request.month} 还没有结账：直接改记录就行，不用更正"
        return
    month = settlement.months[request.month]
    was = month.deadline or find_rule_deadline(programme, request.month)
    if not request.record and find_deadline(programme, request.month) < was:
        yield f"截止日只能往后改：{request.month} 是按 {was} 结的账，已经计入的不退回；把方案里的日期改回去"
    if request.record and request.record not in settlement.numbers and request.record not in request.counted:
        if request.record in corpus.by_key:
            yield f"{request.record} 没有备案号，结账时没有计入：直接改记录就行；要补计，写 --count {request.record}"
        else:
            near = difflib.get_close_matches(request.record, [*settlement.numbers, *corpus.by_key], 1, 0.6)
            guess = f"；是不是 {near[0]}？" if near else "；照抄活动文件夹的路径，前面不带 records/"
            yield f"没有“{request.record}”这份记录，结账里也没有{guess}"
        return
    for old, new in request.moved.items():
        record = corpus.by_key.get(new)
        if old not in settlement.numbers:
            yield f"“{old}”没有备案，不用 --moved"
        elif old in corpus.by_key:
            yield f"{old} 还在原处，不能说它改了名"
        elif record is None or not record.complete:
            yield f"没有“{new}”这份记录，或它填写有误"
        elif new in settlement.numbers:
            yield f"{new} 自己有备案号 {settlement.numbers[new]}"
        elif (record.school, record.month) != (old.partition("/")[0], request.month):
            yield f"{new} 不是同一所园、同一个月的：原来的删去，新的另行备案"
    for key in request.counted:
        record = corpus.by_key.get(key)
        line = _line(settlement, request.month, key)
        if record is None or not record.complete:
            yield f"没有“{key}”这份记录，或它填写有误"
        elif record.month != request.month:
            yield f"{key} 不是 {request.month} 的记录"
        elif line is None:
            yield f"{key} 的校（园）不在 {request.month} 的结账里"
        elif key in line.keys:
            yield f"{key} 已经计入了"


def plan_amendment(
    corpus: Corpus, programme: Programme, request: AmendRequest, day: dt.date
) -> PlannedAmendment | None:
    """Return the amendment that accepts what is there now; ``None`` where nothing differs."""
    year = programme.year
    settlement, bureau = corpus.find_settlement(year), corpus.bureau[year]
    head = settlement.head
    now = digest_programme(programme)
    request = _count_in_time(corpus, programme, settlement, request)
    counted = [corpus.by_key[key] for key in request.counted]
    numbers = assign_new_numbers(corpus, [r for r in counted if r.key not in settlement.numbers])
    facts = _list_facts(corpus, programme, settlement, request)
    records = [*_changed(corpus, settlement, request), *_counted(settlement, counted, numbers)]
    if head is None or not (records or facts or head.programme != now):
        return None
    records.sort(key=lambda record: record.number)
    draft = Amendment(
        month=request.month,
        serial=head.serial + 1,
        amended=day,
        reason=request.reason,
        decided_by=request.decided_by,
        programme=now,
        previous=head.digest,
        deadline=(
            find_deadline(programme, request.month) if any(f.kind == "deadline" for f in facts) else None
        ),
        records=records,
        sample=corpus.has_sample,
    )
    amendment = draft.model_copy(
        update={"schools": list(_recounts(corpus, programme, settlement, draft, facts))}
    )
    taken = len([name for name in bureau.amendments if name.startswith(f"{request.month}-amendment-")])
    number = next(
        n for n in range(taken + 1, taken + 1000) if f"{request.month}-amendment-{n}" not in bureau.amendments
    )
    name = f"amendments/{request.month}-amendment-{number}.yml"
    text = format_amendment(amendment, lambda school: corpus.name_school(school, on=amendment.amended))
    frozen_now = [r.moved_to or r.record for r in amendment.records if r.change != "removed"]
    batch = Batch(
        filed=day,
        link=name,
        digest=digest_string(text),
        numbers={number: key for key, number in numbers.items()},
        cores=compute_new_cores(corpus, year, [key for key in frozen_now if key in corpus.by_key]),
    )
    register = format_register(corpus, year, batch)
    return PlannedAmendment(
        amendment=amendment,
        writing=PlannedFiles(year=year, files={name: text, "filings.yml": register}, numbers=numbers),
        programme=head.programme != now,
    )


def _changed(corpus: Corpus, settlement: Settlement, request: AmendRequest) -> Iterator[AmendedRecord]:
    for key, seal in settlement.seals.items():
        new = request.moved.get(key, "")
        meant = request.concerns(key) or (new and request.concerns(new))
        if seal.month != request.month or not meant or key in request.counted:
            continue
        if found := compare_with_seal(seal, corpus.by_key.get(new or key), settlement.cores):
            yield _amended(found, new)
        elif new:
            yield AmendedRecord(
                number=seal.number,
                record=key,
                change="moved",
                moved_to=new,
                before=seal.text,
                after=seal.text,
            )
    for key, number in settlement.numbers.items():
        new = request.moved.get(key, "")
        meant = request.concerns(key) or (new and request.concerns(new))
        gone = key not in settlement.seals and key not in corpus.by_key
        if gone and meant and "-".join(key.split("/")[1:3]) == request.month:
            change: Literal["moved", "removed"] = "moved" if new else "removed"
            yield AmendedRecord(number=number, record=key, change=change, moved_to=new or None)


def _amended(found: Difference, new: str) -> AmendedRecord:
    change = "removed" if found.gone else "moved" if new else "changed"
    return AmendedRecord.model_validate(
        {
            "number": found.seal.number,
            "record": found.seal.key,
            "change": change,
            "moved_to": new or None,
            "before": found.before,
            "after": found.after or None,
            "photos": [
                AmendedPhoto(file=p.file, before=p.before or None, after=p.after or None)
                for p in found.photos
            ],
        }
    )


def _counted(
    settlement: Settlement, records: Iterable[ActivityRecord], numbers: Mapping[str, str]
) -> Iterator[AmendedRecord]:
    for record in records:
        seal: Seal | None = settlement.seals.get(record.key)
        before = dict(seal.photos) if seal else {}
        now = digest_photos(record)
        yield AmendedRecord(
            number=settlement.numbers.get(record.key) or numbers[record.key],
            record=record.key,
            change="counted",
            before=seal.text if seal else None,
            after=digest_text(record),
            photos=[
                AmendedPhoto(file=file, before=before.get(file), after=now.get(file))
                for file in sorted(before.keys() | now.keys())
                if before.get(file) != now.get(file)
            ],
        )


def _recounts(
    corpus: Corpus,
    programme: Programme,
    settlement: Settlement,
    draft: Amendment,
    facts: tuple[MonthDifference, ...],
) -> Iterator[Recount]:
    """Yield the schools whose month is another now: numbers and conclusions, by the same rules."""
    month = settlement.months[draft.month]
    lines = _lines_after(month, draft)
    changed = {fact.school: fact.kind for fact in facts if fact.school}
    joined = [school for school, kind in changed.items() if kind == "joined"]
    for school in (*month.schools, *joined):
        line, keys = month.schools.get(school, _NO_LINE), lines.get(school, frozenset())
        if keys == line.keys and school not in changed:
            continue
        now = _conclude(corpus, programme, draft.month, school, line, keys, changed.get(school, ""))
        if replace(now, keys=line.keys) != line:
            yield Recount.model_validate(
                {
                    "school": school,
                    "counted_before": line.counted,
                    "counted": now.counted,
                    "status_before": line.status,
                    "status": now.status,
                    "quota": now.quota if now.quota != line.quota else None,
                    "reason": now.reason or None,
                    "deemed": now.deemed or None,
                }
            )


_NO_LINE = ClosedLine(quota=0, counted=0, status=Status.OFF.value, deemed="", keys=frozenset())


def _conclude(
    corpus: Corpus,
    programme: Programme,
    month: str,
    school: str,
    line: ClosedLine,
    keys: frozenset[str],
    kind: str,
) -> ClosedLine:
    """Return a school's closed month with other records, or as the programme says now (``kind`` of difference)."""
    if kind == "left":
        return _NO_LINE
    there = {a.key for a in corpus.by_school_month.get((school, month), ())}
    quota = programme.find_quota(school, month) if kind else line.quota
    excuse = programme.find_excuse(school, month) if kind else None
    reason = excuse.reason if excuse else line.reason if not kind else ""
    concluded = conclude_month(quota, len(keys), len(there - keys))
    return ClosedLine(
        quota=quota,
        counted=len(keys),
        status=(Status.EXCUSED if reason else concluded).value,
        deemed=find_deeming_clause(programme, quota, len(keys)),
        keys=keys,
        reason=reason,
    )


def _list_facts(
    corpus: Corpus, programme: Programme, settlement: Settlement, request: AmendRequest
) -> tuple[MonthDifference, ...]:
    """Return what the programme now says otherwise of the month, where the month as a whole is amended."""
    month = settlement.months.get(request.month)
    if month is None or request.record:
        return ()
    return tuple(list_month_differences(corpus, programme, month))


def _count_in_time(
    corpus: Corpus, programme: Programme, settlement: Settlement, request: AmendRequest
) -> AmendRequest:
    """Return the request with the records that count because the deadline was moved, or the school came in."""
    month, end = settlement.months[request.month], find_deadline(programme, request.month)
    facts = _list_facts(corpus, programme, settlement, request)
    joined = {fact.school for fact in facts if fact.kind == "joined"}
    schools = {*month.schools, *joined} if any(f.kind == "deadline" for f in facts) else joined
    found = [
        record.key
        for school in (*month.schools, *joined)
        if school in schools
        for record in corpus.by_school_month.get((school, request.month), ())
        if record.data.reported <= end and record.key not in month.schools.get(school, _NO_LINE).keys
    ]
    return replace(request, counted=tuple(dict.fromkeys((*request.counted, *found))))


def _lines_after(month: ClosedMonth, draft: Amendment) -> dict[str, frozenset[str]]:
    found = {school: line.keys for school, line in month.schools.items()}
    for record in draft.records:
        school = record.record.partition("/")[0]
        keys = found.get(school, frozenset())
        if record.change == "counted":
            keys |= {record.record}
        elif record.change == "removed":
            keys -= {record.record}
        elif record.change == "moved" and record.record in keys and record.moved_to:
            keys = (keys - {record.record}) | {record.moved_to}
        found[school] = keys
    return found


def _line(settlement: Settlement, month: str, key: str) -> ClosedLine | None:
    closed = settlement.months.get(month)
    return closed.schools.get(key.partition("/")[0]) if closed else None
