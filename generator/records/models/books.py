"""closings, amendments and filings.yml: the bureau's books of what counted (五-4)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.models.base import ClauseId, Digest, FileName, Model, Sampled
from generator.records.scalars import Count, Day, Id, Month, Text

MonthWord = Literal["met", "short", "missing", "late", "excused"]
RecountWord = Literal["met", "short", "missing", "late", "excused", "off"]


class ClosedRecord(Model):
    """A record in a closing, with the digests of what it was on that day."""

    number: Text = Field(title="备案号", description="年月、校（园）代号、序号，如 2020-05-guangcai-01。")
    record: Text = Field(title="记录", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    text: Digest = Field(
        title="文字校验值",
        description="activity.md 文字的 SHA-256：换行按 LF，不含 BOM，撤下图片留下的几项不算在内。",
    )
    photos: dict[FileName, Digest] = Field(
        default={}, title="图片校验值", description="每张图片文件的 SHA-256；撤下的图片用留下的校验值。"
    )


class ClosedSchool(Model):
    """What a closing froze for one school."""

    school: Id = Field(title="校（园）", description="代号。")
    quota: Count = Field(title="应完成", description="当月应完成项数。")
    counted: Count = Field(title="计入", description="按时上报、计入完成的项数。")
    status: MonthWord = Field(
        title="完成情况",
        description="当月结论：met 完成、short 不足、missing 未上报、late 逾期、excused 免报。",
    )
    deemed: ClauseId | None = Field(
        None, title="视为未开展", description="没有按时上报、视为当月未开展帮扶工作的，写所依据的条款。"
    )
    reason: Text | None = Field(None, title="免报原因", description="当月免报的，写明原因。")
    records: list[ClosedRecord] = Field(
        default=[], title="计入的记录", description="按时上报的记录。", max_length=100_000
    )
    late: list[ClosedRecord] = Field(
        default=[],
        title="逾期的记录",
        description="结账时已收到、但超过期限的记录，不计入。",
        max_length=2000,
    )


class Closing(Sampled):
    """月度结账：由 pairing close 写成，不手写。"""

    month: Month = Field(title="月份", description="写成 2020-05。")
    serial: Count = Field(0, title="第几环", description="结账和更正按先后连成一串，从 1 数起。")
    closed: Day = Field(title="结账日期", description="结账当天；这一天以后收到的，不计入。")
    deadline: Day | None = Field(
        None, title="截止日", description="当月另定的截止日；按方案的截止日算的不写。"
    )
    programme: Digest | None = Field(
        None,
        title="方案校验值",
        description="月份、截止日、数量要求和帮扶对子的校验值；方案的其他内容可以改。",
    )
    previous: Digest | None = Field(
        None, title="上一环校验值", description="上一份结账或更正的 SHA-256；第一份不写。"
    )
    schools: list[ClosedSchool] = Field(title="各校（园）", description="逐校结论。", max_length=1000)


class AmendedPhoto(Model):
    """A photo that an amendment accepts as it is now."""

    file: FileName = Field(title="文件名", description="图片文件名。")
    before: Digest | None = Field(None, title="原校验值", description="原来的 SHA-256；新加的图片不写。")
    after: Digest | None = Field(None, title="新校验值", description="现在的 SHA-256；已删去的图片不写。")


class AmendedRecord(Model):
    """A record that an amendment accepts as it is now."""

    number: Text = Field(title="备案号", description="如 2020-05-guangcai-01。")
    record: Text = Field(title="记录", description="更正以前的活动文件夹。")
    change: Literal["changed", "moved", "removed", "counted"] = Field(
        title="更正种类", description="changed 改动、moved 改名、removed 删去、counted 补计。"
    )
    moved_to: Text | None = Field(None, title="改名为", description="改名以后的活动文件夹。")
    before: Digest | None = Field(None, title="原文字校验值", description="原来的 SHA-256。")
    after: Digest | None = Field(None, title="新文字校验值", description="现在的 SHA-256；删去的不写。")
    photos: list[AmendedPhoto] = Field(default=[], title="图片", description="有变动的图片。", max_length=120)


class Recount(Model):
    """A school's month as an amendment counts it anew."""

    school: Id = Field(title="校（园）", description="代号。")
    counted_before: Count = Field(title="原计入", description="更正以前计入的项数。")
    counted: Count = Field(title="现计入", description="更正以后计入的项数。")
    status_before: RecountWord = Field(
        title="原结论", description="更正以前的结论；原来没有算这所园的写 off。"
    )
    status: RecountWord = Field(
        title="现结论",
        description="更正以后的结论：met 完成、short 不足、missing 未上报、late 逾期、excused 免报、off 不算这所园。",
    )
    quota: Count | None = Field(None, title="现应完成", description="更正以后应完成的项数；没有变的不写。")
    reason: Text | None = Field(None, title="免报原因", description="更正以后免报的，写明原因。")
    deemed: ClauseId | None = Field(
        None, title="视为未开展", description="更正以后视为当月未开展的，写所依据的条款。"
    )


class Amendment(Sampled):
    """结账更正：由 pairing amend 写成，不手写。"""

    month: Month = Field(title="月份", description="更正的是哪个月的结账，写成 2020-05。")
    serial: Count = Field(title="第几环", description="结账和更正按先后连成一串，从 1 数起。")
    amended: Day = Field(title="更正日期", description="更正当天。")
    reason: Text = Field(title="原因", description="为什么更正，一句话；不写姓名。")
    decided_by: Text = Field(title="决定人", description="由谁决定，只写职务，如 基教股股长。")
    programme: Digest = Field(title="方案校验值", description="更正当天的方案校验值，同结账。")
    previous: Digest = Field(title="上一环校验值", description="上一份结账或更正的 SHA-256。")
    deadline: Day | None = Field(None, title="截止日", description="结账以后另定的当月截止日；没有改的不写。")
    records: list[AmendedRecord] = Field(
        default=[], title="更正的记录", description="每份有变动的记录。", max_length=100_000
    )
    schools: list[Recount] = Field(
        default=[], title="重新计算", description="完成情况有变的校（园）。", max_length=1000
    )


class FilingBatch(Model):
    """Numbers that were given at one time, sealed with all that stands above them."""

    filed: Day = Field(title="备案日期", description="编号当天。")
    link: Text | None = Field(
        None, title="所随文件", description="随结账或更正登记的，写其路径，如 closings/2020-05.yml。"
    )
    digest: Digest | None = Field(None, title="文件校验值", description="该结账或更正的 SHA-256。")
    numbers: dict[Text, Text] = Field(title="备案号", description="备案号与活动文件夹，一行一份。")
    cores: dict[Digest, Digest] = Field(
        default={},
        title="骨架校验值",
        description=(
            "结账、更正里的文字校验值，和同一份文字去掉图片说明、public、withdrawn 以后的 SHA-256。"
            "结账以后撤下图片、改图片说明，照它核对别处没有动。"
        ),
    )
    hidden: dict[Digest, list[FileName]] = Field(
        default={},
        title="当时不公开的",
        description="那份文字里写了 public: false 的图片；activity.md 指整份记录。都公开的不写。",
    )
    seal: Digest = Field(title="封签", description="本行以上全部文字的 SHA-256。")


class Filings(Sampled):
    """备案登记簿：由 pairing close、file 和 amend 续写，只增不改。"""

    year: Count = Field(title="年度", description="与文件夹一致。")
    batches: list[FilingBatch] = Field(title="各次登记", description="按先后，每次一项。", max_length=5000)
