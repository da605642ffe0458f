"""The commands ``pairing photos …``, each in a module of its own."""

from __future__ import annotations

import click

from generator.cli.command import Group

COMMANDS = {
    "add": ("photos_add:add", "把手机里的照片放进一份活动记录。"),
    "withdraw": ("photos_withdraw:withdraw_photo", "撤下一张图片：从档案、缓存和生成的网站里删去。"),
    "budget": ("photos_budget:budget", "看网站的图片占多少空间，还放得下多少。"),
    "report": ("photos_report:report", "核对图片和文字有没有疑似重复使用，写出一份供教育局内部看的报告。"),
}


@click.group(cls=Group, table=COMMANDS)
def photos() -> None:
    """图片：放进档案，从档案撤下，看占多少空间。"""
