"""activity.md: one activity of a school (五-3)."""

from __future__ import annotations

from pydantic import Field

from generator.records.models.base import Direction, Grade, Model, Sampled
from generator.records.models.photo import Photo
from generator.records.scalars import Count, Day, Flag, Id, Text


class Staff(Model):
    """Numbers of key teachers, seen from the reporting school."""

    sent: Count = Field(0, title="派出人数", description="本园派出的业务骨干人数；没有就写 0。")
    received: Count = Field(0, title="接待人数", description="到本园来的业务骨干人数；没有就写 0。")


class Activity(Sampled):
    """帮扶活动：一个文件夹、一份 activity.md 和若干图片。"""

    title: Text = Field(title="标题", description="活动名称，一行，不超过 40 字为宜。")
    date: Day = Field(title="活动日期", description="活动当天，写成 2020-05-14。")
    measure: Id = Field(
        title="帮扶内容", description="实施方案第四部分的一项，填写其代号，如 area-observation。"
    )
    partners: list[Id] = Field(
        title="参与园",
        description="一同参加的对方园代号，如 [heiquan, jinguoguo]。",
        min_length=1,
        max_length=30,
    )
    direction: Direction = Field(
        title="方式", description="host 请进来、visit 走出去、online 线上，三者选一。"
    )
    staff: Staff = Field(title="业务骨干人数", description="如 {sent: 0, received: 2}。")
    grades: list[Grade] = Field(
        default=[], title="年级", description="涉及的年级：大班、中班、小班，如 [大班, 中班]。", max_length=3
    )
    place: Text | None = Field(None, title="地点", description="活动地点；线上活动可写平台名称，如 钉钉。")
    attendance: Count | None = Field(None, title="参加人数", description="参加活动的总人数。")
    lead: Text = Field(title="负责人", description="只写职务，如 业务园长。")
    reported: Day = Field(title="上报日期", description="材料报送基教股的日期，写成 2020-05-20。")
    plan: Id | None = Field(None, title="计划任务", description="所完成的计划表任务编号，如 2020-05-2。")
    pairs: list[Id] = Field(
        default=[],
        title="结对编号",
        description="参加的师徒对子，写花名册里的编号，如 [heiquan-1, heiquan-3]；结对学习请写上。",
        max_length=60,
    )
    photos: list[Photo] = Field(
        default=[], title="图片信息", description="每张图片一行：文件名与说明。", max_length=60
    )
    public: Flag = Field(True, title="公开", description="写 false 则整份记录不在网站公开，但仍计数。")
    private: list[Text] = Field(
        default=[],
        title="保密姓名",
        description="绝不能公开的姓名；正文或图片说明里出现就会报错并在网站上遮盖。",
        max_length=50,
    )
