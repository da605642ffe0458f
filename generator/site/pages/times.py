"""Times in the words of pages: who belongs where since and until when, former names, why a month is not owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.ledger import Cell, Ledger, Status
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.records.models import Pairing, Programme, School, Span
from generator.site.pages.site import Site

_ABSENT = {"已退出": "已退出帮扶", "未加入": "还没有加入帮扶", "未起算": "方案还没有起算"}


def describe_span(span: Span) -> str:
    """Return a time in words: 2020年9月1日起，到2020年12月31日; "" where it has neither beginning nor end."""
    begun = f"{format_chinese_date(span.first)}起" if span.first > dt.date.min else ""
    ended = f"到{format_chinese_date(span.last)}" if span.last < dt.date.max else ""
    return "，".join(filter(None, (begun, ended)))


def describe_stay(pairing: Pairing, school: str) -> str:
    """Return when a school takes part in a pairing, "" where it always does."""
    return "；".join(filter(None, map(describe_span, pairing.list_spans_of(school))))


def list_persons(pairing: Pairing) -> Iterator[tuple[str, str]]:
    """Yield each responsible person of a pairing with the time of the office, "" where it has no bounds."""
    for name in pairing.responsible:
        spans = (describe_span(person.span) for person in pairing.responsible_persons if person.name == name)
        yield name, "；".join(filter(None, spans))


def list_former_names(profile: School | None, today: dt.date) -> tuple[str, ...]:
    """Return the names that a school had, and up to when: 育红幼儿园，到2020年9月15日; the latest last."""
    former = (each for each in (profile.former_selves if profile else ()) if each.name and each.until)
    ended = sorted((each.until, each.name) for each in former if each.until and each.name)
    return tuple(
        f"{mask_private_words(name)}，到{format_chinese_date(until)}"
        for until, name in ended
        if until < today
    )


def list_former_persons(profile: School | None, today: dt.date) -> tuple[str, ...]:
    """Return the responsible persons that a school had, and up to when; the latest last."""
    former = (each for each in (profile.former_selves if profile else ()) if each.responsible and each.until)
    ended = sorted((each.until, each.responsible) for each in former if each.until and each.responsible)
    return tuple(
        f"{mask_private_words(name)}，到{format_chinese_date(until)}"
        for until, name in ended
        if until < today
    )


def describe_excused(programme: Programme, cell: Cell) -> str:
    """Say why a month need not be reported, who decided it and when."""
    excuse = programme.find_excuse(cell.school, cell.month)
    decided = (
        f"（{mask_private_words(excuse.decided_by)}{format_chinese_date(excuse.decided)}决定）"
        if excuse
        else ""
    )
    return f"本月免报：{mask_private_words(cell.reason).rstrip('。')}{decided}。"


def describe_month(programme: Programme, cell: Cell) -> str:
    """Say what is out of the ordinary with a school's month: excused, not in the programme, another deadline."""
    if cell.status is Status.EXCUSED:
        return describe_excused(programme, cell)
    if cell.status is Status.OFF:
        return f"{_ABSENT.get(cell.absent, '本月没有整月参加帮扶')}，不要求上报。"
    moved = programme.deadlines.get(cell.month)
    day = format_chinese_day(cell.deadline)
    return f"截止日改为{day}：{mask_private_words(moved.reason).rstrip('。')}。" if moved else ""


def describe_moved(programme: Programme, month: str) -> str:
    """Return why a month's deadline is another than usual, as it stands behind the day; or ""."""
    moved = programme.deadlines.get(month)
    return f"（{mask_private_words(moved.reason).rstrip('。')}，改期）" if moved else ""


def list_groups(site: Site, account: Ledger) -> Iterator[tuple[str, ...]]:
    """Yield the schools of a year in groups, the helper first, and each school once: with its helper of the day."""
    schools, seen = site.schools[account.year], set[str]()
    for pairing in account.programme.pairings:
        own = (s for s in pairing.helped if s not in seen and schools[s].helper == pairing.helper)
        group = tuple(dict.fromkeys((*(() if pairing.helper in seen else (pairing.helper,)), *own)))
        seen.update(group)
        if group:
            yield group
