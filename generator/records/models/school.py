"""school.yml, plan.yml, roster.yml and agreement-*.md: what a school hands in once a year."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from generator.records.models.base import Kind, LongText, Model, Sampled, Short
from generator.records.scalars import Day, Id, LastDay, Month, Text


class FormerSelf(Short):
    """What a school was called, or was, up to a day."""

    name: Text | None = Field(
        None, title="名称", description="以前的全称，或大家常用的叫法；没有改名的不写。"
    )
    short: Text | None = Field(None, title="简称", description="当时的简称；没有改的不写。")
    kind: Kind | None = Field(None, title="类别", description="当时的类别；没有改的不写。")
    responsible: Text | None = Field(None, title="责任人", description="当时的责任人；没有换的不写。")
    until: LastDay | None = Field(
        None,
        title="止",
        description="到哪天为止是这样（含当天），写成 2020-08-31；写 2020-08 就是到当月最后一天。只是别的叫法的不写。",
    )


class School(Model):
    """校（园）档案。"""

    id: Id = Field(title="代号", description="与文件夹同名的英文代号。")
    name: Text = Field(title="名称", description="全称，与实施方案附件2一致。")
    short: Text = Field(title="简称", description="表格里用的简称，不超过 4 个字。")
    former_selves: list[FormerSelf] = Field(
        default=[],
        alias="former",
        title="别的名称",
        description="以前的园名和大家常用的叫法，收材料时凭它认出是哪所园，如 [育才幼儿园, 县一幼]；改名、换责任人的写明到哪天为止，如 {name: 育才幼儿园, until: 2020-08-31}。",
        max_length=20,
    )
    kind: Kind = Field(title="类别", description="helper 帮扶园、rural 农村园、private 民办园。")
    township: Text | None = Field(None, title="所在乡镇", description="农村园所在乡镇。")
    responsible: Text = Field(title="责任人", description="实施方案附件2列出的责任人。")
    archivist: Text = Field(title="档案管理", description="负责帮扶档案的专人，只写岗位。")
    profile: LongText | None = Field(None, title="简介", description="园所简介，可分段。")
    merged_into: Id | None = Field(
        None, title="并入", description="并入别的校（园）的，写那所的代号；自己的材料和网页都留着。"
    )
    until: LastDay | None = Field(
        None, title="办到", description="停办或并入的，办到哪天为止（含当天），写成 2020-08-31。"
    )

    @property
    def former(self) -> list[str]:
        """Former and other names of the school, each once."""
        return list(dict.fromkeys(former.name for former in self.former_selves if former.name))

    def find_state_on(self, day: dt.date) -> School:
        """Return the profile as it was on a day: its name, short name, kind and responsible person."""
        was = {
            field: value
            for former in sorted(
                (f for f in self.former_selves if f.until and f.until >= day),
                key=lambda f: f.until or day,
                reverse=True,
            )
            for field in ("name", "short", "kind", "responsible")
            if (value := getattr(former, field)) is not None
        }
        return self.model_copy(update=was) if was else self


class PlanRow(Model):
    """A row of the plan table (附件3)."""

    id: Id = Field(title="任务编号", description="月份加序号，如 2020-05-2，全表不重复。")
    month: Month = Field(title="月份", description="写成 2020-05。")
    date: Day | None = Field(None, title="帮扶时间", description="计划日期，写成 2020-05-14；未定可不写。")
    task: Text = Field(title="帮扶任务", description="一句话写清做什么。")
    measure: Id | None = Field(None, title="帮扶内容", description="对应的帮扶内容代号。")
    lead: Text | None = Field(None, title="负责人", description="只写职务。")


class PlanTable(Sampled):
    """工作计划表（附件3）。"""

    rows: list[PlanRow] = Field(title="计划任务", description="每项任务一行。", max_length=400)


class MentorPair(Model):
    """A pair of teachers (师徒结对)."""

    id: Id | None = Field(
        None, title="编号", description="这一对的编号，如 heiquan-1，一学期里不重复；活动记录的 pairs 写它。"
    )
    mentor: Text = Field(title="师傅", description="帮扶园教师，只写岗位。")
    mentee: Text = Field(title="徒弟", description="被帮扶园教师，只写岗位。")
    school: Id = Field(title="被帮扶园", description="徒弟所在园的代号。")
    focus: Text = Field(title="帮教内容", description="结对的重点。")


class RosterTerm(Model):
    """The roster of one term."""

    term: Id = Field(title="学期", description="spring 春学期或 autumn 秋学期。")
    reported: Day = Field(title="上报日期", description="报基教股的日期；应在开学第一周内。")
    pairs: list[MentorPair] = Field(
        title="结对名单", description="每对师徒一行。", min_length=1, max_length=300
    )


class Roster(Sampled):
    """师徒结对花名册。"""

    terms: list[RosterTerm] = Field(
        title="各学期花名册", description="每学期一份。", min_length=1, max_length=4
    )


class Agreement(Sampled):
    """帮扶协议：文件名 agreement-<被帮扶园代号>.md，正文是协议内容。"""

    title: Text = Field(title="标题", description="协议名称。")
    helped: Id = Field(title="被帮扶园", description="签约的被帮扶园代号，与文件名一致。")
    signed: Day = Field(title="签订日期", description="写成 2020-03-06。")
    goals: list[Text] = Field(
        title="年度目标", description="明确的年度帮扶目标，一条一行。", min_length=1, max_length=20
    )
