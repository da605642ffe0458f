"""The command ``pairing request``: the request that a run of the check was for, for the steps that judge it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS


@click.command(
    cls=Command,
    examples=(("pairing request --run 123456", "工作流 comment 用：查出是哪个请求、谁改过"),),
)
@click.option(
    "--run",
    type=click.IntRange(1, 2**53),
    required=True,
    metavar="编号",
    help="自动检查的哪一次运行。",
)
def request(run: int) -> int:
    """查出一次自动检查是哪个请求的、谁改过它；工作流使用。

    都向网站查，不看请求自己写的。提出的人、推送过这个分支的人、提交里写的账号，一个不少；最后改动的在最后。

    结果交给工作流后面的步骤（环境变量 GITHUB_OUTPUT 指定的文件）。没有要核对的请求，就什么也不交。

    要环境变量 GITHUB_TOKEN、GITHUB_REPOSITORY。
    """
    from generator.actions.comments.find_request import NoRequest, find_request
    from generator.actions.comments.forge_api import ForgeError
    from generator.cli.forge_access import open_forge

    try:
        found = find_request(open_forge(), run)
    except ForgeError as error:
        click.echo(click.style("没有查到：", fg="red") + str(error), err=True)
        return PROBLEMS
    if isinstance(found, NoRequest):
        click.echo(found.why)
        return OK
    outputs = {
        "number": str(found.number),
        "head": found.head,
        "submitted": f"{found.opened}/{found.changed}",
        "accounts": " ".join(found.accounts),
    }
    if path := os.environ.get("GITHUB_OUTPUT"):
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{name}={value}\n" for name, value in outputs.items())
    click.echo(f"第 {found.number} 个请求，{found.head}；改过的账号：{'、'.join(found.accounts)}")
    if not found.pushes_known:
        click.echo("网站没有给出这个分支的全部推送记录，只核对提出的人、最后改动的人和提交里写的账号。")
    return OK
