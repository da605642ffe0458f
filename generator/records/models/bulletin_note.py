"""bulletins/*.md and sent.yml: the officer's words for a month, and what was sent to whom."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.models.base import Digest, Model, Sampled
from generator.records.scalars import Count, Day, Month, Text


class Highlight(Model):
    """An activity that the officer praises in a bulletin."""

    activity: Text = Field(title="活动", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    remark: Text = Field(title="点评", description="一句话点评。")


class BulletinNote(Sampled):
    """《基教管理》简报的编者内容。"""

    month: Month = Field(title="月份", description="写成 2020-05。")
    title: Text | None = Field(
        None, title="标题", description="本期标题；不写则用“某月幼儿园结对帮扶工作情况”。"
    )
    number: Count | None = Field(None, title="期号", description="第几期；不写则按月份顺序。")
    issued: Day | None = Field(None, title="印发日期", description="印发日期。")
    highlights: list[Highlight] = Field(default=[], title="亮点", description="推荐的做法。", max_length=20)


class Dispatch(Model):
    """A message that was sent, or of which nobody knows whether it was."""

    what: Literal["bulletin", "reminder"] = Field(
        title="内容", description="bulletin 简报、reminder 催报提醒，二者选一。"
    )
    month: Month = Field(title="月份", description="哪个月的，写成 2020-05。")
    to: Literal["dingtalk", "wecom", "smtp"] = Field(
        title="发到", description="dingtalk 钉钉群、wecom 企业微信群、smtp 邮件，三者选一。"
    )
    date: Day = Field(title="日期", description="发送当天。")
    state: Literal["sent", "unknown"] = Field(
        title="结果", description="sent 对方已收下；unknown 发出后没有等到答复，不知收到没有。"
    )
    digest: Digest = Field(title="内容校验值", description="所发文字的 SHA-256，由命令填写。")


class Sent(Model):
    """发送登记：由 pairing notify 和 remind 续写，登记过的不再发第二次。"""

    messages: list[Dispatch] = Field(title="各次发送", description="按先后，每次一项。", max_length=5000)
