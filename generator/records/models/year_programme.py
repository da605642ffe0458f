"""programme.yml: the year's plan as data, from which everything is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from generator.records.models.base import ClauseId, FileName, Grade, LongText, Model
from generator.records.models.imprint import Imprint
from generator.records.models.membership import (
    Excuse,
    ExcusedSchool,
    MovedDeadline,
    Pairing,
    Span,
    Stay,
    find_gap,
    span_month,
)
from generator.records.scalars import Count, Day, Id, Month, Text


class Person(Model):
    """A member of the leading group (附件1)."""

    name: Text = Field(title="姓名", description="姓名。")
    post: Text = Field(title="职务", description="职务。")
    role: Literal["leader", "deputy", "member"] = Field(
        "member", title="组内职务", description="leader 组长、deputy 副组长、member 成员。"
    )


class Term(Model):
    """A term with the months in which help is given and reported."""

    id: Id = Field(title="代号", description="学期代号，如 spring。")
    name: Text = Field(title="名称", description="如 春学期。")
    starts: Day = Field(title="开学日期", description="开学第一天；花名册期限由此计算。")
    ends: Day = Field(title="结束日期", description="学期最后一天。")
    months: list[Month] = Field(title="帮扶月", description="应开展活动的月份。", min_length=1, max_length=12)


class Expectation(Model):
    """What a measure expects of one side of a pairing in each period.

    ``activities``: at least ``at_least`` activities of the measure. ``sent``/``received``: at least so many
    key teachers in activities of the measure. ``grades``: activities of the measure that cover all ``grades``.
    ``document``: the named document exists (and, with ``within_days``, was reported so soon after term start).
    """

    by: Literal["helper", "helped"] = Field(
        title="责任方", description="helper 由帮扶园完成，helped 由被帮扶园完成。"
    )
    every: Literal["month", "term", "year"] = Field(
        title="周期", description="month 每月、term 每学期、year 每年。"
    )
    kind: Literal["activities", "sent", "received", "grades", "document"] = Field(
        title="要求种类", description="活动次数、派出人数、接待人数、覆盖年级或应交文件。"
    )
    at_least: Count = Field(1, title="至少", description="最低数量。")
    grades: list[Grade] = Field(default=[], title="年级", description="应覆盖的年级。", max_length=3)
    document: Literal["plan", "roster", "agreement"] | None = Field(
        None, title="文件", description="应交的文件。"
    )
    within_days: Count | None = Field(None, title="期限天数", description="开学后多少天之内上报。")
    text: Text = Field(title="要求", description="用一句话写给学校看的要求。")


class Measure(Model):
    """A kind of help (section 四 of the plan) with its clause and expectations."""

    id: Id = Field(title="代号", description="英文代号，写在活动记录的 measure 里。")
    name: Text = Field(title="名称", description="中文名称。")
    clause: ClauseId = Field(title="条款", description="实施方案条款，如 四-（二）-1。")
    expectations: list[Expectation] = Field(
        default=[], title="频次要求", description="每月、每学期或每年的要求。", max_length=10
    )


class Oddity(Model):
    """A place where the plan does not agree with itself; kept as it is and noted on its page."""

    clause: ClauseId = Field(title="条款", description="所在条款。")
    note: LongText = Field(title="说明", description="哪里前后不一致，档案如何处理。")


class HumanJudgement(Model):
    """A clause that no rule can check, with the reason."""

    clause: ClauseId = Field(title="条款", description="条款编号。")
    reason: LongText = Field(title="理由", description="为什么要由人判断。")


class Gatherings(Model):
    """The “名园+” events that the bureau holds."""

    since: Id = Field(title="起始学期", description="从哪个学期起举行，如 autumn。")
    each_month: Count = Field(1, title="每月次数", description="每月至少几次。")
    clause: ClauseId = Field(title="条款", description="实施方案条款，如 五-4。")


class Quotas(Model):
    """The least number of activities a school carries out in each month (附件3 备注)."""

    helper: Count = Field(title="帮扶园", description="帮扶园每月最少项数。")
    helped: Count = Field(title="被帮扶园", description="被帮扶园每月最少次数。")


class AssessmentItem(Model):
    """One line of the term assessment (五-4): what is counted, and how many points it is worth to each side.

    ``quota``: activities that count, of those that the months ask for. ``full-months``: months in which
    enough came in time. ``archive``: of those asked for, how many have all parts. ``plan``: rows of the plan
    table that were fulfilled. ``measure``: periods in which the measure's expectations were met.
    ``document``: the document is there, in time where the programme says so. ``truthful``: nothing was found
    to be false.
    """

    id: Id = Field(title="代号", description="英文代号，不重复。")
    name: Text = Field(title="名称", description="考核项目的名称，如 每月完成数量。")
    clause: ClauseId = Field(title="条款", description="依据的条款。")
    kind: Literal["quota", "full-months", "archive", "plan", "measure", "document", "truthful"] = Field(
        title="算法",
        description="quota 完成数量、full-months 按时足额的月份、archive 材料齐全、plan 计划落实、measure 帮扶内容的频次要求、document 应交文件、truthful 如实填报。",
    )
    measure: Id | None = Field(None, title="帮扶内容", description="算法是 measure 时，填写帮扶内容代号。")
    document: Literal["plan", "roster", "agreement"] | None = Field(
        None, title="文件", description="算法是 document 时，填写 plan、roster 或 agreement。"
    )
    helper: Count = Field(0, title="帮扶园分值", description="对帮扶园值多少分；0 为不考核。")
    helped: Count = Field(0, title="被帮扶园分值", description="对被帮扶园值多少分；0 为不考核。")


class Programme(Model):
    """帮扶工作实施方案的数据：学期、月份、期限、数量、帮扶内容、对子与人员。"""

    year: Count = Field(title="年度", description="方案年度。")
    county: Text = Field(title="县区", description="县区名称。")
    title: Text = Field(title="方案名称", description="实施方案全称。")
    issuer: Text = Field(title="发文单位", description="教育局全称。")
    office: Text = Field(title="承办科室", description="收取材料的科室，如 基教股。")
    bulletin: Text = Field(title="简报名称", description="每月简报的名称。")
    imprint: Imprint = Field(
        default_factory=Imprint,
        title="版记",
        description="每期简报末尾的发送范围和联系方式；site 一栏写网站页脚的标识。",
    )
    plan_text: FileName = Field(title="方案原文", description="content/plan/ 下的文件名。")
    unstated_people: Literal["publish", "withhold"] = Field(
        "publish",
        title="未注明人物的图片",
        description="图片没有写 people 时：publish 公开，withhold 注明以前不公开。",
    )
    timezone: Text = Field("Asia/Shanghai", title="时区", description="期限按此时区计算。")
    deadline_day: Annotated[int, Field(ge=1, le=31)] = Field(
        title="截止日", description="每月上报截止日；当月不足此日的，以月末为准。"
    )
    adopted: Day | None = Field(
        None,
        title="起算日",
        description="方案从哪天起算，写成 2020-09-15；此前的月份和不满整月的当月不欠。从学期开始就算的不写。",
    )
    deadlines: dict[Month, MovedDeadline] = Field(
        default={},
        title="改期",
        description="个别月份另定的截止日和原因，如 2020-10: {date: 2020-11-02, reason: 国庆放假}。",
        max_length=24,
    )
    cancelled: dict[Month, Excuse] = Field(
        default={},
        title="停办月份",
        description="全县都免报的月份和原因，如 2020-05: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-05-10}。",
        max_length=24,
    )
    excused: list[ExcusedSchool] = Field(
        default=[], title="免报", description="个别校（园）免报的月份和原因，一所一项。", max_length=1000
    )
    reply_days: Count = Field(
        7, title="说明期限", description="核查结论存疑或虚报的，告知学校后等待说明的天数。"
    )
    events: Gatherings | None = Field(
        None, title="观摩互促活动", description="“名园+”活动从哪个学期起、多久一次；方案没有规定的不写。"
    )
    terms: list[Term] = Field(title="学期", description="各学期。", min_length=1, max_length=4)
    quotas: Quotas = Field(title="数量要求", description="每月最少活动数。")
    requirements: dict[Id, ClauseId] = Field(
        title="检查依据", description="每类检查所依据的条款。", max_length=60
    )
    measures: list[Measure] = Field(
        title="帮扶内容", description="第四部分各项。", min_length=1, max_length=60
    )
    pairings: list[Pairing] = Field(title="帮扶对子", description="附件2。", min_length=1, max_length=400)
    leading_group: list[Person] = Field(title="领导小组", description="附件1。", max_length=400)
    assessment: list[AssessmentItem] = Field(
        default=[],
        title="学期考核",
        description="考核项目与分值，帮扶园、被帮扶园各合计100分；不写就不考核。",
        max_length=40,
    )
    oddities: list[Oddity] = Field(
        default=[], title="原文存疑", description="原文前后不一致之处。", max_length=40
    )
    human_judgement: list[HumanJudgement] = Field(
        default=[], title="人工判断", description="不能自动检查的条款。", max_length=60
    )

    @property
    def months(self) -> tuple[str, ...]:
        """All months of the programme, in order, as ``YYYY-MM``."""
        return tuple(month for term in self.terms for month in term.months)

    @property
    def school_ids(self) -> tuple[str, ...]:
        """All schools of the year, whatever their time, in pairing order: each helper before its helped."""
        return tuple(dict.fromkeys(s for p in self.pairings for s in (p.helper, *p.helped)))

    def find_measure(self, measure_id: str) -> Measure | None:
        """Return the measure of that id, or ``None``."""
        return next((m for m in self.measures if m.id == measure_id), None)

    def list_stays(self, school_id: str) -> Iterator[Stay]:
        """Yield the times for which a school takes part, none of them before the programme was adopted."""
        since = Span(self.adopted or dt.date.min, dt.date.max)
        for pairing in self.pairings:
            for span in pairing.list_spans_of(school_id):
                if met := span.find_overlap(since):
                    yield Stay(pairing=pairing, is_helper=school_id == pairing.helper, span=met)

    def find_first_day(self, school_id: str, term: Term) -> dt.date:
        """Return the day from which a school's term runs: the term's first, or the school's own if that is later."""
        own = min((stay.span.first for stay in self.list_stays(school_id)), default=term.starts)
        return max(term.starts, own)

    def find_owed_days(self, month: str) -> Span | None:
        """Return the days of a month that lie within its term, all of them where none does.

        ``None`` outside the programme.
        """
        term = self.find_term_of(month)
        whole = span_month(month)
        return (whole.find_overlap(Span(term.starts, term.ends)) or whole) if term else None

    def is_member(self, school_id: str, month: str) -> bool:
        """Say whether a month counts for a school: it takes part on every day of the term in that month."""
        days = self.find_owed_days(month)
        return days is not None and find_gap((stay.span for stay in self.list_stays(school_id)), days) is None

    def is_member_on(self, school_id: str, day: dt.date) -> bool:
        """Say whether a school takes part on a day."""
        return any(stay.span.holds(day) for stay in self.list_stays(school_id))

    def takes_part(self, school_id: str, month: str) -> bool:
        """Say whether a school takes part on any day of a month."""
        return any(stay.span.find_overlap(span_month(month)) for stay in self.list_stays(school_id))

    def list_members(self, month: str) -> tuple[str, ...]:
        """Return the schools for which a month counts, in pairing order."""
        return tuple(school for school in self.school_ids if self.is_member(school, month))

    def list_members_on(self, day: dt.date) -> tuple[str, ...]:
        """Return the schools that take part on a day, in pairing order."""
        return tuple(school for school in self.school_ids if self.is_member_on(school, day))

    def list_pairings_of(self, school_id: str, month: str | None = None) -> tuple[Pairing, ...]:
        """Return the pairings in which a school takes part on any day of a month, or of the year."""
        if month is None:
            return tuple(p for p in self.pairings if school_id == p.helper or school_id in p.helped)
        days = span_month(month)
        found = [stay.pairing for stay in self.list_stays(school_id) if stay.span.find_overlap(days)]
        return tuple(p for n, p in enumerate(found) if p not in found[:n])

    def find_pairing_of(self, school_id: str, month: str | None = None) -> Pairing | None:
        """Return the first pairing in which a school takes part in a month, or in the year; or ``None``."""
        return next(iter(self.list_pairings_of(school_id, month)), None)

    def list_helped_in(self, pairing: Pairing, month: str) -> tuple[str, ...]:
        """Return the schools that a pairing helps on any day of a month."""
        days = span_month(month)
        return tuple(
            s for s in pairing.helped if any(span.find_overlap(days) for span in pairing.list_spans_of(s))
        )

    def list_helped_on(self, pairing: Pairing, day: dt.date) -> tuple[str, ...]:
        """Return the schools that a pairing helps on a day."""
        return tuple(s for s in pairing.helped if any(span.holds(day) for span in pairing.list_spans_of(s)))

    def list_helped_by(self, school_id: str, month: str | None = None) -> tuple[str, ...]:
        """Return the schools that a helper helps on any day of a month, or of the year."""
        found = [p for p in self.list_pairings_of(school_id, month) if p.helper == school_id]
        return tuple(
            dict.fromkeys(s for p in found for s in (self.list_helped_in(p, month) if month else p.helped))
        )

    def list_partners_of(self, school_id: str, month: str | None = None) -> tuple[str, ...]:
        """Return the other schools of a school's pairings on any day of a month, or of the year."""
        found = (
            other
            for p in self.list_pairings_of(school_id, month)
            for other in (p.helper, *(self.list_helped_in(p, month) if month else p.helped))
        )
        return tuple(dict.fromkeys(other for other in found if other != school_id))

    def list_responsible_on(self, pairing: Pairing, day: dt.date) -> tuple[str, ...]:
        """Return the persons who are responsible for a pairing on a day."""
        found = (person.name for person in pairing.responsible_persons if person.span.holds(day))
        return tuple(dict.fromkeys(found))

    def is_helper(self, school_id: str, month: str | None = None) -> bool:
        """Say whether a school is the helper of a pairing in a month, or in the year."""
        if month is None:
            return any(p.helper == school_id for p in self.pairings)
        return any(p.helper == school_id for p in self.list_pairings_of(school_id, month))

    def find_excuse(self, school_id: str, month: str) -> Excuse | None:
        """Return why a school need not report a month, or ``None``: it was cancelled, or the school excused."""
        if month in self.cancelled:
            return self.cancelled[month]
        return next((e for e in self.excused if e.school == school_id and month in e.months), None)

    def list_member_months(self, school_id: str) -> tuple[str, ...]:
        """Return the months that count for a school, those included for which it is excused."""
        return tuple(m for m in self.months if self.is_member(school_id, m))

    def list_owed_months(self, school_id: str) -> tuple[str, ...]:
        """Return the months in which a school has to report: it is a member and not excused."""
        return tuple(m for m in self.list_member_months(school_id) if not self.find_excuse(school_id, m))

    def find_quota(self, school_id: str, month: str | None = None) -> int:
        """Return how many activities a school owes each month (附件3 备注), or in one month: perhaps none."""
        if month is not None and (not self.is_member(school_id, month) or self.find_excuse(school_id, month)):
            return 0
        return self.quotas.helper if self.is_helper(school_id, month) else self.quotas.helped

    def find_term_of(self, month: str) -> Term | None:
        """Return the term that holds a month (``YYYY-MM``), or ``None`` outside the programme."""
        return next((t for t in self.terms if month in t.months), None)
