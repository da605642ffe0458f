"""A year's dates from its programme and records: ends of reporting, documents that are due, “名园+” events.

The dates are those by which the ledger counts (五-3, 五-4 and the expectations of section 四), so that a
calendar never promises a day more than the archive grants.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Literal

from generator.accounts.expectations import ExpectationState, list_expectation_states
from generator.accounts.ledger import Cell, Ledger, Status
from generator.accounts.months import find_deadline, find_rule_deadline, name_month
from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.documents.bulletin import collect_private_names
from generator.records.models import Programme, format_month
from generator.site.pages.public_values import name_measure
from generator.site.pages.times import describe_moved

ALARM_DAYS = (7, 3, 1)
"""So many days before a date a calendar reminds of it."""

_DOCUMENTS = {"plan": "工作计划表", "roster": "师徒结对花名册", "agreement": "帮扶协议"}
_SIDES = {"helper": "帮扶园：", "helped": "被帮扶园："}
_MOST_NAMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One date.

    seed: never changes for the same thing, whatever its date or words.
    date: the last day that counts as in time, or the day of an event.
    schools: ids of those it concerns, in the order of the pairings.
    text: lines of plain text, masked.   clauses: of the plan, the source of the date.
    month: the programme's month (or the month of the day), which the bulletin of that date is about.
    place, record: of an event, where it is held and the path of its record.
    begun, changed: first and last day of the data behind it; from records, never from the clock.
    revised: when that was last changed, in seconds since ``BEGINNING``; ``None`` where no git knows it.
    """

    seed: str
    kind: Literal["report", "document", "event"]
    date: dt.date
    title: str
    schools: tuple[str, ...]
    text: str
    clauses: tuple[str, ...]
    month: str
    begun: dt.date
    changed: dt.date
    place: str = ""
    record: str = ""
    revised: int | None = None


def list_county_dates(corpus: Corpus, account: Ledger) -> tuple[Occasion, ...]:
    """Return a year's dates for everybody, in order of date: what falls due together is one occasion."""
    return tuple(sorted(_county(corpus, account), key=_order))


def list_school_dates(corpus: Corpus, account: Ledger) -> dict[str, tuple[Occasion, ...]]:
    """Return every school's own dates of a year, in order of date, with what it has reported so far."""
    found: dict[str, list[Occasion]] = {school: [] for school in account.programme.school_ids}
    for cell in account.cells.values():
        if cell.counts:
            found[cell.school].append(_own_report(corpus, account, cell))
    for state in _documents(corpus, account):
        found[state.school].append(_document(corpus, account, (state,), school=state.school))
    for event in _events(corpus, account):
        for school in event.schools:
            if school in found:
                found[school].append(event)
    return {school: tuple(sorted(own, key=_order)) for school, own in found.items()}


def _order(occasion: Occasion) -> tuple[dt.date, str]:
    return occasion.date, occasion.seed


def _county(corpus: Corpus, account: Ledger) -> Iterator[Occasion]:
    for month in account.programme.months:
        if any(cell.counts for cell in account.find_month(month)):
            yield _report(corpus, account, month)
    states = sorted(_documents(corpus, account), key=_together)
    for _, group in groupby(states, key=_together):
        yield _document(corpus, account, tuple(group))
    yield from _events(corpus, account)


# --- the end of reporting ------------------------------------------------------------------------


def _report(corpus: Corpus, account: Ledger, month: str) -> Occasion:
    programme, end = account.programme, find_deadline(account.programme, month)
    cells = account.find_month(month)
    owing = tuple(cell.school for cell in cells if cell.counts)
    schools = [f"{corpus.name_school(cell.school)}{cell.quota}项" for cell in cells if cell.counts]
    excused = [
        f"{corpus.name_school(c.school)}（{mask_private_words(c.reason)}）"
        for c in cells
        if c.status is Status.EXCUSED
    ]
    name = name_month(month)
    lines = (
        f"各校（园）把{name}的帮扶活动材料报{programme.office}备案。{end.month}月{end.day}日（含）前报到，才算按时。",
        _WHAT,
        f"应报：{_joined(schools)}。",
        *([f"免报：{_joined(excused)}。"] if excused else []),
        *_moved(programme, month),
    )
    begun = programme.terms[0].starts
    return Occasion(
        revised=_revised(corpus, account, owing),
        seed=f"report/{month}",
        kind="report",
        date=end,
        title=f"{name}帮扶材料上报截止{describe_moved(programme, month)}",
        schools=owing,
        text="\n".join(lines),
        clauses=_clauses(account, "monthly-report", "deemed-undone"),
        month=month,
        begun=begun,
        changed=begun,
    )


_WHAT = "每项活动一份记录：方案、措施、记录、总结和图片。"


def _own_report(corpus: Corpus, account: Ledger, cell: Cell) -> Occasion:
    programme, name = account.programme, name_month(cell.month)
    lines = (
        f"{corpus.name_school(cell.school)}{name}应完成{cell.quota}项，{cell.deadline.month}月{cell.deadline.day}日（含）前报{programme.office}。",
        _WHAT,
        _so_far(cell),
        *_moved(programme, cell.month),
    )
    begun = programme.terms[0].starts
    year, month = cell.month.split("-")
    return Occasion(
        revised=_revised(corpus, account, (cell.school,), f"records/{cell.school}/{year}/{month}"),
        seed=f"report/{cell.month}/{cell.school}",
        kind="report",
        date=cell.deadline,
        title=f"{name}帮扶材料上报截止（{'改期，' if cell.month in programme.deadlines else ''}应报{cell.quota}项）",
        schools=(cell.school,),
        text="\n".join(lines),
        clauses=_clauses(account, "monthly-report", "deemed-undone"),
        month=cell.month,
        begun=begun,
        changed=max((a.data.reported for a in cell.activities), default=begun),
    )


def _moved(programme: Programme, month: str) -> Iterator[str]:
    """Yield the line that says why a month's deadline is another than usual."""
    if moved := programme.deadlines.get(month):
        end, usual = moved.date, find_rule_deadline(programme, month)
        reason = mask_private_words(moved.reason).rstrip("。")
        yield f"截止日由{usual.month}月{usual.day}日改为{end.month}月{end.day}日：{reason}。"


def _so_far(cell: Cell) -> str:
    late = f"，逾期上报{cell.late}项" if cell.late else ""
    rest = f"，还差{cell.owed}项" if cell.owed else "，已够数"
    return f"网站上已有：按时上报{cell.on_time}项{late}{rest}。"


def _revised(corpus: Corpus, account: Ledger, schools: Iterable[str], *paths: str) -> int | None:
    """Return when the sources were last revised: the programme, the schools' names, and the given files."""
    programme = f"records/bureau/{account.year}/programme.yml"
    return corpus.revisions.find_last(
        programme, *(f"records/{school}/school.yml" for school in schools), *paths
    )


def _clauses(account: Ledger, *names: str) -> tuple[str, ...]:
    found = (account.programme.requirements.get(name, "") for name in names)
    return tuple(dict.fromkeys(clause for clause in found if clause))


# --- documents -----------------------------------------------------------------------------------


def _documents(corpus: Corpus, account: Ledger) -> Iterator[ExpectationState]:
    for state in list_expectation_states(corpus, account.year, today=account.today):
        if state.expectation.kind == "document" and state.expectation.document:
            yield state


def _together(state: ExpectationState) -> tuple[str, str, dt.date]:
    return state.expectation.document or "", state.period, state.due


def _document(
    corpus: Corpus, account: Ledger, states: tuple[ExpectationState, ...], *, school: str = ""
) -> Occasion:
    first, programme = states[0], account.programme
    document = first.expectation.document or ""
    concerned = {state.school for state in states}
    schools = tuple(s for s in programme.school_ids if s in concerned)
    texts = {mask_private_words(s.expectation.text).rstrip("。"): _SIDES[s.expectation.by] for s in states}
    lines = [f"{side}{text}。" if len(texts) > 1 else f"{text}。" for text, side in texts.items()]
    if not school:
        lines.append(f"应交：{_joined(corpus.name_school(s) for s in schools)}。")
    if first.expectation.within_days:
        lines.append(f"期限是开学后{first.expectation.within_days}天之内。")
    else:
        lines.append("方案没有写明哪一天；档案按第一个帮扶月的上报截止日提醒。")
    begun = programme.terms[0].starts
    return Occasion(
        revised=_revised(corpus, account, schools),
        seed="/".join(filter(None, ("document", str(account.year), document, first.period, school))),
        kind="document",
        date=first.due - dt.timedelta(days=1),
        title=f"{_DOCUMENTS.get(document, name_measure(first.measure))}上报截止（{first.period_name}）",
        schools=schools,
        text="\n".join(lines),
        clauses=tuple(dict.fromkeys(state.measure.clause for state in states)),
        month=format_month(first.due - dt.timedelta(days=1)),
        begun=begun,
        changed=begun,
    )


# --- “名园+” --------------------------------------------------------------------------------------


def _events(corpus: Corpus, account: Ledger) -> Iterator[Occasion]:
    programme, names = account.programme, collect_private_names(corpus, account.year)
    for record in corpus.bureau[account.year].events:
        if not record.complete:
            continue
        data = record.data
        concerned = {data.host, *data.schools}
        schools = tuple(s for s in programme.school_ids if s in concerned)
        lines = [f"承办：{corpus.name_school(data.host)}。"]
        if guests := [corpus.name_school(s) for s in schools if s != data.host]:
            lines.append(f"参加：{_joined(guests)}。")
        topics = (mask_private_words(part.topic, names).rstrip("。") for part in data.agenda)
        if agenda := "；".join(topics):
            lines.append(f"内容：{agenda}。")
        begun = programme.terms[0].starts
        yield Occasion(
            revised=_revised(corpus, account, {*schools, data.host}, record.file.path),
            seed=f"event/{account.year}/{PurePosixPath(record.file.path).stem}",
            kind="event",
            date=data.date,
            title=mask_private_words(data.title, names),
            schools=schools,
            text="\n".join(lines),
            clauses=_clauses(account, "assessment"),
            month=format_month(data.date),
            begun=begun,
            changed=begun,
            place=mask_private_words(data.place or "", names),
            record=record.file.path,
        )


def _joined(words: Iterable[str]) -> str:
    """Return words as a list in a sentence; a county of hundreds of schools is cut, and says so."""
    listed = list(words)
    rest = f"等{len(listed)}所" if len(listed) > _MOST_NAMES else ""
    return "、".join(listed[:_MOST_NAMES]) + rest
