"""accounts.yml: which account of the forge, be it a person's or a key's, may change which schools' records."""

from __future__ import annotations

from pydantic import Field

from generator.records.models.base import Model
from generator.records.scalars import AccountName, Flag, Id, Text


class Account(Model):
    """An account and what it may change: the named schools' folders, or everything."""

    name: AccountName = Field(
        title="账号",
        description="网站上的用户名，照抄，不带 @，大小写不分；用钥匙交的，写钥匙所属的用户名。",
    )
    schools: list[Id] = Field(
        default=[], title="校（园）", description="可以改哪些校（园）的文件夹，写代号。", max_length=200
    )
    bureau: Flag = Field(
        False, title="教育局", description="教育局的账号写 true：什么都可以改；学校的不写这一行。"
    )
    note: Text | None = Field(None, title="说明", description="谁在用，只写岗位，如 专职档案员。")


class Accounts(Model):
    """账号名单：哪个账号可以改哪所校（园）的材料。主分支上最新一年的名单算数。"""

    accounts: list[Account] = Field(title="账号", description="每个账号一项。", min_length=1, max_length=2000)
