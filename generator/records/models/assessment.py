"""assessments/*.yml: the published result of a term (五)."""

from __future__ import annotations

from pydantic import Field

from generator.records.models.base import LongText, Model, Sampled, Score
from generator.records.models.year_programme import AssessmentItem
from generator.records.scalars import Count, Day, Flag, Id, Text


class AssessedLine(Model):
    """What was published of one item for one school."""

    item: Id = Field(title="项目", description="考核项目代号。")
    got: Count = Field(title="做到", description="做到的数量。")
    of: Count = Field(title="应做", description="应做的数量。")
    zeroed: Flag = Field(False, title="按零分", description="因虚报按零分计算的写 true。")
    score: Score = Field(title="得分", description="两位小数，如 36.67。")


class AssessedSchool(Model):
    """What was published for one school."""

    school: Id = Field(title="校（园）", description="代号。")
    total: Score = Field(title="总分", description="各项得分之和，两位小数。")
    lines: list[AssessedLine] = Field(title="各项", description="逐项得分。", max_length=40)


class AssessmentRevision(Model):
    """A published result that was published again: what differed, and why."""

    date: Day = Field(title="日期", description="重新公布的日期。")
    reason: Text = Field(title="理由", description="为什么重新公布。")
    changes: list[LongText] = Field(title="变动", description="哪些分数变了。", max_length=10_000)


class PublishedAssessment(Sampled):
    """学期考核结果：由 pairing assess --publish 写出，不手工修改。"""

    term: Id = Field(title="学期", description="学期代号，如 spring。")
    published: Day = Field(title="公布日期", description="最近一次公布的日期。")
    items: list[AssessmentItem] = Field(
        title="项目与分值", description="公布时的考核项目；以后改分值，不影响已公布的结果。", max_length=40
    )
    schools: list[AssessedSchool] = Field(title="各校（园）", description="逐校结果。", max_length=1000)
    revisions: list[AssessmentRevision] = Field(
        default=[], title="更正", description="重新公布的经过，先后排列。", max_length=100
    )
