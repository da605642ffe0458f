"""The photo entry of a record, and the bureau's records that have photos."""

from __future__ import annotations

from pydantic import Field

from generator.records.models.base import Digest, FileName, Model, People, Sampled
from generator.records.scalars import Day, Flag, Text


class Withdrawal(Model):
    """The tombstone of a photo that was taken out of the archive; the photo still counts."""

    date: Day = Field(title="撤下日期", description="撤下图片的日期，写成 2020-06-01。")
    reason: Text = Field(title="撤下原因", description="如 家长要求；不写姓名。")
    digest: Digest = Field(title="原图校验值", description="撤下的图片文件的 SHA-256，由命令填写。")


class Photo(Model):
    """A photo that lies beside the record."""

    file: FileName = Field(title="文件名", description="与 activity.md 同一文件夹内的图片文件名，如 01.jpg。")
    caption: Text = Field(title="图片说明", description="一句话说明图片拍的是什么；不写幼儿姓名。")
    people: People | None = Field(
        None,
        title="图中人物",
        description="none 没有人、adults 只有成人、children 有幼儿，三者选一。有幼儿而没有监护人同意的，不公开。",
    )
    consent: Flag = Field(
        False, title="监护人同意", description="图中每名幼儿的监护人都书面同意公开，写 true。"
    )
    taken: Day | None = Field(
        None, title="拍摄日期", description="由 pairing photos add 从照片中读出，写成 2020-05-14。"
    )
    public: Flag = Field(True, title="公开", description="写 false 则图片只存档、不在网站公开。")
    withdrawn: Withdrawal | None = Field(
        None, title="撤下", description="图片撤下后由 pairing photos withdraw 填写；图片仍然计数。"
    )


class Pictured(Sampled):
    """A bureau's record with photos in the folder of its name beside it. It is public, whatever it finds."""

    photos: list[Photo] = Field(
        default=[],
        title="图片信息",
        description="与记录同名的文件夹里的图片，每张一行；规定与活动的图片相同。",
        max_length=60,
    )
    private: list[Text] = Field(
        default=[],
        title="保密姓名",
        description="绝不能公开的姓名；正文或图片说明里出现就会报错并在网站上遮盖。",
        max_length=50,
    )

    @property
    def public(self) -> bool:
        """Say that the record is published, as an activity may not be."""
        return True
