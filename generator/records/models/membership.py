"""Who takes part in a programme, and when: pairings, responsible persons, excused schools, moved deadlines."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import Field

from generator.records.models.base import Model, Short
from generator.records.scalars import Day, FirstDay, Id, LastDay, Month, Text

_FROM = "从哪天起，写成 2020-10-15；写 2020-10 就是从当月第一天起。一直都是的不写。"
_UNTIL = "到哪天为止（含当天），写成 2020-10-15；写 2020-10 就是到当月最后一天。一直都是的不写。"


class Span(NamedTuple):
    """A time by its first and its last day, both included."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        """Say whether a day lies within."""
        return self.first <= day <= self.last

    def find_overlap(self, other: Span) -> Span | None:
        """Return the days that two times share, None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


ALWAYS = Span(dt.date.min, dt.date.max)


def span_month(month: str) -> Span:
    """Return the days of a month (``YYYY-MM``)."""
    year, number = int(month[:4]), int(month[5:])
    return Span(dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1]))


def find_gap(spans: Iterable[Span], whole: Span) -> Span | None:
    """Return the first days of ``whole`` that none of the spans holds, None where all are held."""
    begin = whole.first
    for span in sorted(spans):
        if span.first > begin:
            return Span(begin, min(span.first - dt.timedelta(days=1), whole.last))
        if span.last >= whole.last:
            return None
        begin = max(begin, span.last + dt.timedelta(days=1))
    return Span(begin, whole.last)


class HelpedSchool(Short):
    """A helped school of a pairing, with the time for which it is helped."""

    school: Id = Field(title="被帮扶园", description="被帮扶园代号。")
    since: FirstDay | None = Field(None, alias="from", title="起", description=_FROM)
    until: LastDay | None = Field(None, title="止", description=_UNTIL)

    @property
    def span(self) -> Span:
        """The days for which the school is helped, as far as this line says."""
        return Span(self.since or dt.date.min, self.until or dt.date.max)


class ResponsiblePerson(Short):
    """A responsible person of a pairing, with the time of the office."""

    name: Text = Field(title="姓名", description="姓名。")
    since: FirstDay | None = Field(None, alias="from", title="起", description=_FROM)
    until: LastDay | None = Field(None, title="止", description=_UNTIL)

    @property
    def span(self) -> Span:
        """The days on which the person is responsible."""
        return Span(self.since or dt.date.min, self.until or dt.date.max)


class Pairing(Model):
    """A helper with its helped schools and the responsible persons (附件2)."""

    helper: Id = Field(title="帮扶园", description="帮扶园代号。")
    since: FirstDay | None = Field(None, alias="from", title="起", description=f"这个对子{_FROM}")
    until: LastDay | None = Field(None, title="止", description=f"这个对子{_UNTIL}")
    helped_schools: list[HelpedSchool] = Field(
        alias="helped",
        title="被帮扶园",
        description="被帮扶园代号；中途加入、退出的，写明起止，如 {school: heiquan, from: 2020-09, until: 2020-12}。",
        min_length=1,
        max_length=30,
    )
    responsible_persons: list[ResponsiblePerson] = Field(
        alias="responsible",
        title="责任人",
        description="按附件2的顺序；中途换人的，写明起止，如 {name: 张某某, from: 2020-09-01}。",
        min_length=1,
        max_length=40,
    )

    @property
    def span(self) -> Span:
        """The days for which the pairing as a whole stands."""
        return Span(self.since or dt.date.min, self.until or dt.date.max)

    @property
    def helped(self) -> list[str]:
        """All helped schools of the year, whatever their time, each once."""
        return list(dict.fromkeys(helped.school for helped in self.helped_schools))

    @property
    def responsible(self) -> list[str]:
        """All responsible persons of the year, whatever their time, each once."""
        return list(dict.fromkeys(person.name for person in self.responsible_persons))

    def list_spans_of(self, school: str) -> list[Span]:
        """Return the times for which a school takes part in this pairing."""
        if school == self.helper:
            return [self.span]
        met = (
            self.span.find_overlap(helped.span) for helped in self.helped_schools if helped.school == school
        )
        return [span for span in met if span]


class MovedDeadline(Model):
    """A month's own deadline."""

    date: Day = Field(title="截止日", description="这一天以后收到的算逾期，写成 2020-11-02。")
    reason: Text = Field(title="原因", description="为什么改，如 国庆放假。")
    decided: Day | None = Field(
        None,
        title="决定日期",
        description="哪天决定的，写成 2020-10-09；写了，上一期简报也预告，订阅里有一条。",
    )


class Excuse(Model):
    """Why nothing is owed for a month, who decided that and when."""

    reason: Text = Field(title="原因", description="为什么免报，如 疫情防控、封控停园。")
    decided_by: Text = Field(title="决定人", description="由谁决定，只写单位或职务，如 基教股股长。")
    decided: Day = Field(title="决定日期", description="写成 2020-05-10。")


class ExcusedSchool(Excuse):
    """A school that owes nothing for some months."""

    school: Id = Field(title="校（园）", description="代号。")
    months: list[Month] = Field(
        title="月份", description="免报的月份，如 [2020-11]。", min_length=1, max_length=12
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A time for which a school takes part in a pairing, as its helper or helped."""

    pairing: Pairing
    is_helper: bool
    span: Span
