"""inspections, events, draws and surveys: what the bureau saw, gathered, drew and asked (四, 五-4)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.models.base import Digest, FindingWord, LongText, Method, Model, Sampled
from generator.records.models.photo import Pictured
from generator.records.scalars import Count, Day, Flag, Id, Month, Text


class LookedAt(Model):
    """A record that an inspection looked at."""

    activity: Text = Field(title="活动", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    finding: FindingWord | None = Field(
        None, title="结论", description="confirmed 属实、doubtful 存疑、false 虚报；还没有结论的不写。"
    )
    remark: Text | None = Field(None, title="说明", description="看到了什么、依据是什么，一句话。")


class Reply(Model):
    """What the school says to a finding."""

    date: Day = Field(title="日期", description="学校说明的日期。")
    text: LongText = Field(title="说明", description="学校的说明，照录；不写姓名。")
    by: Text | None = Field(None, title="说明人", description="只写职务，如 园长。")


class Inspection(Pictured):
    """督导核查记录。"""

    title: Text = Field(title="标题", description="核查名称。")
    date: Day = Field(title="日期", description="到校日期。")
    school: Id = Field(title="校（园）", description="被核查园代号。")
    place: Text | None = Field(None, title="地点", description="核查的地点，如 黑泉镇中心小学附设幼儿园。")
    methods: list[Method] = Field(
        default=[],
        title="方式",
        description="visit 入校检查、interview 走访师幼、survey 调查问卷，可写几种，如 [visit, interview]。",
        max_length=3,
    )
    inspectors: list[Text] = Field(
        default=[], title="核查人", description="只写职务，如 [基教股干部, 县教研员]。", max_length=20
    )
    draw: Text | None = Field(None, title="抽签", description="抽中这所园的抽签，如 2020-05。")
    records: list[LookedAt] = Field(
        default=[], title="核查的记录", description="看了哪些活动记录，逐份写结论和说明。", max_length=60
    )
    activity: Text | None = Field(
        None, title="活动", description="所核查的活动文件夹；核查几份记录的，写在 records 里。"
    )
    finding: FindingWord | None = Field(
        None,
        title="结论",
        description="confirmed 属实、doubtful 存疑、false 虚报；写了 records 的可以不写，以其中最重的为准。",
    )
    told: Day | None = Field(
        None, title="告知日期", description="把核查情况告诉学校、请学校说明的日期；存疑和虚报要写。"
    )
    reply: Reply | None = Field(None, title="学校说明", description="学校的说明，与结论一同公布。")
    decided: Day | None = Field(
        None, title="定论日期", description="作出结论的日期；虚报要在学校说明以后，或说明期限过后。"
    )


class EventPart(Model):
    """An item of an event's agenda."""

    kind: Literal["report", "tour", "discussion"] = Field(
        title="环节", description="report 帮扶园汇报、tour 实地查看、discussion 研讨交流。"
    )
    topic: Text = Field(title="内容", description="一句话，如 区角材料怎样就地取材。")
    school: Id | None = Field(None, title="校（园）", description="汇报或被查看的校（园）代号。")


class Event(Pictured):
    """“名园+”结对帮扶工作观摩互促活动。"""

    title: Text = Field(title="标题", description="活动名称。")
    date: Day = Field(title="日期", description="活动日期。")
    host: Id = Field(title="承办园", description="承办的帮扶园代号。")
    schools: list[Id] = Field(default=[], title="参加园", description="参加的校（园）代号。", max_length=100)
    place: Text | None = Field(None, title="地点", description="活动地点。")
    attendance: Count | None = Field(None, title="参加人数", description="参加活动的总人数。")
    agenda: list[EventPart] = Field(
        default=[], title="议程", description="汇报、查看、研讨，一项一行。", max_length=30
    )


class DrawGroup(Model):
    """Candidates among whom a number was drawn."""

    name: Text = Field(title="组别", description="如 全部校（园）、农村园。")
    count: Count = Field(title="抽取数", description="这一组抽几所。")
    candidates: list[Id] = Field(
        title="候选", description="候选校（园）代号，按字母顺序。", min_length=1, max_length=20_000
    )
    digest: Digest = Field(title="名单校验值", description="候选名单的 SHA-256，由命令填写。")
    drawn: list[Id] = Field(title="抽中", description="抽中的校（园），按抽出的顺序。", max_length=20_000)


class DrawnSchool(Model):
    """The records drawn for one school."""

    school: Id = Field(title="校（园）", description="抽中的校（园）代号。")
    candidates: list[Text] = Field(
        default=[], title="候选记录", description="这所园当月的活动记录，按字母顺序。", max_length=20_000
    )
    drawn: list[Text] = Field(default=[], title="抽中的记录", description="要核查的记录。", max_length=20_000)


class Draw(Sampled):
    """随机抽查的抽签：由 pairing draw 写成，任何人都能照种子重抽一遍。"""

    month: Month = Field(title="月份", description="抽查哪个月的工作，写成 2020-05。")
    seed: Text = Field(title="种子", description="抽签所用的公开数字或文字，照录。")
    source: Text = Field(title="种子来源", description="事先公布、事后可查的来源，如 某期彩票的开奖号码。")
    announced: Day = Field(title="公布日期", description="公布用什么作种子的日期，在抽签以前。")
    made: Day = Field(title="抽签日期", description="抽签的日期。")
    algorithm: Id = Field(title="算法", description="算法的名称 sha256-1，由命令填写。")
    records: Count = Field(0, title="每园记录数", description="每所抽中的园抽几份记录核查。")
    excluded: list[Id] = Field(
        default=[], title="除外", description="本年已经核查过、这次不抽的校（园）。", max_length=20_000
    )
    groups: list[DrawGroup] = Field(
        title="分组", description="候选名单和抽中的校（园）。", min_length=1, max_length=20
    )
    schools: list[DrawnSchool] = Field(title="抽中的记录", description="逐园列出。", max_length=20_000)

    @property
    def drawn(self) -> tuple[str, ...]:
        """All schools that were drawn, group by group."""
        return tuple(school for group in self.groups for school in group.drawn)


class Answer(Model):
    """The answers to one question of a survey."""

    question: Text = Field(title="问题", description="问卷题目；不问姓名和联系方式。")
    choices: dict[Text, Count] = Field(
        title="选项人数",
        description="每个选项的人数；不足 5 人的与别的选项合并，如 一般或不满意。",
        max_length=20,
    )
    multiple: Flag = Field(False, title="多选", description="一人可以选几项的题写 true。")


class Survey(Sampled):
    """走访与问卷结果（只有汇总人数，没有姓名和逐人答卷）。"""

    title: Text = Field(title="标题", description="问卷名称。")
    date: Day = Field(title="日期", description="调查日期。")
    school: Id = Field(title="校（园）", description="被调查园代号。")
    audience: Literal["teachers", "children", "parents"] = Field(
        title="对象", description="teachers 教师、children 幼儿、parents 家长。"
    )
    sent: Count | None = Field(None, title="发出份数", description="发出多少份问卷。")
    respondents: Count | None = Field(
        None, title="收回份数", description="收回多少份，或走访了多少人；不少于 5。"
    )
    note: LongText | None = Field(None, title="说明", description="怎样调查、有什么要说明的，可分段。")
    answers: list[Answer] = Field(title="结果", description="逐题人数。", max_length=50)
