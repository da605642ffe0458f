"""Find where the times of a programme contradict each other: gaps, overlaps, excuses and deadlines that fit no month."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from generator.accounts.mentoring import list_known_persons
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.archive.privacy import names_person
from generator.records.models import (
    Excuse,
    HelpedSchool,
    Pairing,
    Programme,
    ResponsiblePerson,
    Span,
    find_gap,
    span_month,
)
from generator.rules.subjects import find_nearest

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A fault of a programme: its place in the file (the name there, with ``key``), what is wrong, what to write."""

    place: _Place
    message: str
    fix: str
    key: bool = False


_Found = Iterator[Contradiction]


def find_contradictions(corpus: Corpus, programme: Programme, today: dt.date) -> _Found:
    """Yield all contradictions of a programme's times."""
    yield from _adopted(programme)
    for index, pairing in enumerate(programme.pairings):
        yield from _turned(index, pairing)
        yield from _gaps(corpus, programme, index, pairing)
    yield from _overlaps(corpus, programme)
    yield from _ended_schools(corpus, programme)
    yield from _deadlines(corpus, programme, today)
    yield from _cancelled(corpus, programme, today)
    yield from _excused(corpus, programme, today)


def _adopted(programme: Programme) -> _Found:
    last = programme.terms[-1].ends
    if programme.adopted and programme.adopted > last:
        message = f"方案从 {programme.adopted} 起算，最后一个学期 {last} 就结束了"
        yield Contradiction(place=("adopted",), message=message, fix="核对起算日和学期的起止日期")


def _turned(index: int, pairing: Pairing) -> _Found:
    """Yield times that end before they begin, and those that lie outside of their pairing's."""
    at: _Place = ("pairings", index)
    if pairing.since and pairing.until and pairing.since > pairing.until:
        yield _turn(at, pairing)
        return
    timed: list[tuple[_Place, HelpedSchool | ResponsiblePerson, str]] = [
        *(((*at, "helped", n), helped, helped.school) for n, helped in enumerate(pairing.helped_schools)),
        *(((*at, "responsible", n), who, who.name) for n, who in enumerate(pairing.responsible_persons)),
    ]
    for place, item, name in timed:
        if item.since and item.until and item.since > item.until:
            yield _turn(place, item)
        elif item.span.find_overlap(pairing.span) is None:
            message = f"“{name}”的时间（{_say(item.span)}）不在这个对子的时间（{_say(pairing.span)}）里"
            yield Contradiction(place=place, message=message, fix="核对起止日期；写错了对子的，移到对的那个")


def _turn(place: _Place, item: Pairing | HelpedSchool | ResponsiblePerson) -> Contradiction:
    message = f"起 {item.since} 晚于止 {item.until}"
    return Contradiction(
        place=(*place, "from"), message=message, fix="核对起止日期；until 写最后一天，当天还算在内"
    )


def _gaps(corpus: Corpus, programme: Programme, index: int, pairing: Pairing) -> _Found:
    """Yield days of the terms on which a pairing helps nobody, or nobody is responsible for it."""
    name = corpus.name_school(pairing.helper)
    at: _Place = ("pairings", index)
    for days in _list_days(programme, pairing):
        gap = find_gap((s for school in pairing.helped for s in pairing.list_spans_of(school)), days)
        if gap:
            message = f"{name}的对子在 {_say(gap)} 没有被帮扶园"
            fix = f"写上这段时间的被帮扶园；对子到此为止的，写 until: {gap.first - dt.timedelta(days=1)}"
            yield Contradiction(place=(*at, "helped"), message=message, fix=fix, key=True)
        gap = find_gap((person.span for person in pairing.responsible_persons), days)
        if gap:
            message = f"{name}的对子在 {_say(gap)} 没有责任人"
            fix = f"写上这段时间的责任人，如 {{name: 姓名, from: {gap.first}}}"
            yield Contradiction(place=(*at, "responsible"), message=message, fix=fix, key=True)


def _list_days(programme: Programme, pairing: Pairing) -> Iterator[Span]:
    """Yield the days of each term for which a pairing stands."""
    begun = Span(programme.adopted or dt.date.min, dt.date.max)
    for term in programme.terms:
        days = pairing.span.find_overlap(begun) if pairing.span.first <= pairing.span.last else None
        met = days.find_overlap(Span(term.starts, term.ends)) if days and term.starts <= term.ends else None
        if met:
            yield met


def _overlaps(corpus: Corpus, programme: Programme) -> _Found:
    """Yield a pair of schools, a helper, or a school's two sides, that are written twice for the same days."""
    helpers: list[tuple[str, Span, _Place]] = [
        (p.helper, p.span, ("pairings", n, "helper")) for n, p in enumerate(programme.pairings)
    ]
    helped: list[tuple[str, str, Span, _Place]] = [
        (p.helper, h.school, span, ("pairings", n, "helped", k))
        for n, p in enumerate(programme.pairings)
        for k, h in enumerate(p.helped_schools)
        if (span := h.span.find_overlap(p.span))
    ]
    for (first, early, _), (second, late, place) in itertools.combinations(helpers, 2):
        if first == second and (met := early.find_overlap(late)):
            message = f"{_name(corpus, second)}写了两个对子，时间重叠：{_say(met)}"
            fix = "同一段时间合成一个对子；前后两段的，前一个写 until，后一个写 from"
            yield Contradiction(place=place, message=message, fix=fix)
    for (helper, school, early, _), (other, again, late, place) in itertools.combinations(helped, 2):
        if (helper, school) == (other, again) and (met := early.find_overlap(late)):
            message = f"{_name(corpus, school)}与{corpus.name_school(helper)}写了两次，时间重叠：{_say(met)}"
            fix = "只写一次；前后两段的，前一段写 until，后一段写 from"
            yield Contradiction(place=place, message=message, fix=fix)
    for _, school, span, place in helped:
        for helper, other_span, _ in helpers:
            if helper == school and (met := span.find_overlap(other_span)):
                message = f"{_name(corpus, school)}又是帮扶园又是被帮扶园，时间重叠：{_say(met)}"
                fix = "核对附件2；先被帮扶、后帮扶别的园的，写清前一段的 until 和后一段的 from"
                yield Contradiction(place=place, message=message, fix=fix)


def _ended_schools(corpus: Corpus, programme: Programme) -> _Found:
    """Yield schools that take part after the day until which their profile says they exist."""
    for index, pairing in enumerate(programme.pairings):
        places: list[tuple[str, _Place, Span]] = [
            (pairing.helper, ("pairings", index, "helper"), pairing.span),
            *(
                (h.school, ("pairings", index, "helped", n), h.span)
                for n, h in enumerate(pairing.helped_schools)
            ),
        ]
        for school, place, span in places:
            profile = corpus.find_profile(school)
            end = min(span.last, pairing.span.last, programme.terms[-1].ends)
            if profile and profile.until and profile.until < end:
                message = f"{_name(corpus, school)}的 school.yml 写着办到 {profile.until}，方案里写到以后"
                fix = f"写成 {{school: {school}, until: {profile.until}}}"
                if school == pairing.helper:
                    fix = f"给这个对子加上 until: {profile.until}"
                yield Contradiction(place=place, message=message, fix=fix)


def _deadlines(corpus: Corpus, programme: Programme, today: dt.date) -> _Found:
    months = programme.months
    for month, moved in programme.deadlines.items():
        place: _Place = ("deadlines", month)
        if month not in months:
            yield _no_month(programme, place, month)
            continue
        following = next((find_deadline(programme, m) for m in months if m > month), None)
        last = max(
            (a.data.date for s in programme.school_ids for a in corpus.by_school_month.get((s, month), ())),
            default=span_month(month).first,
        )
        if moved.date < last:
            message = f"{month} 的截止日 {moved.date} 在当月的活动（{last}）以前"
            yield Contradiction(place=(*place, "date"), message=message, fix="核对日期；截止日不能早于活动")
        elif following and moved.date >= following:
            message = f"{month} 的截止日 {moved.date} 不早于下一个帮扶月的截止日 {following}"
            fix = f"写成 {following} 以前的一天；下一个月也改期的，一起写进 deadlines"
            yield Contradiction(place=(*place, "date"), message=message, fix=fix)
        if moved.decided:
            yield from _decided(place, moved.decided, today)


def _no_month(programme: Programme, place: _Place, month: str, *, key: bool = True) -> Contradiction:
    fix = f"帮扶月是：{'、'.join(programme.months)}"
    return Contradiction(place=place, message=f"{month} 不是方案规定的帮扶月", fix=fix, key=key)


def _cancelled(corpus: Corpus, programme: Programme, today: dt.date) -> _Found:
    for month, excuse in programme.cancelled.items():
        if month not in programme.months:
            yield _no_month(programme, ("cancelled", month), month)
        yield from _decision(corpus, programme, ("cancelled", month), excuse, today)


def _excused(corpus: Corpus, programme: Programme, today: dt.date) -> _Found:
    seen: set[tuple[str, str]] = set()
    for index, excuse in enumerate(programme.excused):
        school, at = excuse.school, ("excused", index)
        yield from _decision(corpus, programme, at, excuse, today)
        if school not in programme.school_ids:
            near = find_nearest(school, programme.school_ids)
            fix = f"是不是想写 {near}（{corpus.name_school(near)}）？" if near else "代号见 pairings"
            message = f"方案里没有代号是“{school}”的校（园）"
            yield Contradiction(place=(*at, "school"), message=message, fix=fix)
            continue
        for n, month in enumerate(excuse.months):
            place: _Place = (*at, "months", n)
            if month not in programme.months:
                yield _no_month(programme, place, month, key=False)
            elif not programme.is_member(school, month):
                message = f"{_name(corpus, school)}{month} 本来就不用报：它当月没有一直在方案里"
                yield Contradiction(place=place, message=message, fix="删去这个月")
            elif month in programme.cancelled:
                message = f"{month} 全县都免报，不用再写{corpus.name_school(school)}"
                yield Contradiction(place=place, message=message, fix="删去这个月")
            elif (school, month) in seen:
                message = f"{_name(corpus, school)}{month} 免报写了两次"
                yield Contradiction(place=place, message=message, fix="只写一次")
            seen.add((school, month))


def _decision(corpus: Corpus, programme: Programme, at: _Place, excuse: Excuse, today: dt.date) -> _Found:
    yield from _decided(at, excuse.decided, today)
    if names_person(excuse.decided_by, list_known_persons(corpus, programme.year)):
        message = f"决定人“{excuse.decided_by[:20]}”像是姓名"
        fix = f"只写单位或职务，如 {programme.office}股长"
        yield Contradiction(place=(*at, "decided_by"), message=message, fix=fix)


def _decided(at: _Place, day: dt.date, today: dt.date) -> _Found:
    if day > today:
        message = f"决定日期 {day} 还没有到（今天是 {today}）"
        yield Contradiction(place=(*at, "decided"), message=message, fix="核对年、月、日")


def _name(corpus: Corpus, school: str) -> str:
    return f"{corpus.name_school(school)}（{school}）"


def _say(span: Span) -> str:
    """Return a time in words: 2020-03-02 至 2020-07-10, 2020-09-01 起, 2020-08-31 以前."""
    if span.first == dt.date.min:
        return "整个年度" if span.last == dt.date.max else f"{span.last} 以前"
    return f"{span.first} 起" if span.last == dt.date.max else f"{span.first} 至 {span.last}"
