"""The command ``pairing intake``: an issue of the form, with its attachments, becomes a request."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, as_of_option, root_option
from generator.cli.plan import read_archive_with_programme

if TYPE_CHECKING:
    from generator.actions.intake.attachments import Places

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(
    cls=Command,
    examples=(
        ('pairing intake --event "$GITHUB_EVENT_PATH"', "工作流 intake 用：把一份“交材料”的表变成请求"),
    ),
)
@root_option
@click.option(
    "--event",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=True,
    metavar="文件",
    help="网站写出的事件文件，工作流里是 GITHUB_EVENT_PATH。",
)
@click.option(
    "--author",
    default="github-actions[bot]",
    metavar="账号",
    help="GITHUB_TOKEN 是哪个账号的：只更新它自己的答复；默认 github-actions[bot]。",
)
@as_of_option
def intake(root: Path, source: Path, author: str, as_of: dt.date | None) -> int:
    """把“交材料”的表和附件收成记录，提出合并请求；工作流使用。

    表是网站上的 issue；做完在表下面答复。

    只在私有仓库里做；填表和编辑的账号要在主分支的账号名单里，只能交自己园的。附件只从网站自己的地方取。表改了再存，更新同一个分支和请求。

    要环境变量 GITHUB_TOKEN、GITHUB_REPOSITORY、GITHUB_SERVER_URL；PAIRING_BOT_TOKEN 是机器人账号的令牌，有它，提出的请求会自动检查。
    """
    from generator.actions.comments.forge_api import Forge, ForgeError
    from generator.actions.intake.issue import MOST_BYTES, EventError, read_event
    from generator.actions.intake.process_issue import Office, take_in_issue
    from generator.cli.options import find_content
    from generator.plumbing.progress import show_stages

    with source.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    try:
        event = read_event(data)
        if not event.is_submission:
            click.echo("不是刚填好或改好的“交材料”的表，什么也没有做。")
            return OK
        token, repository = os.environ.get("GITHUB_TOKEN", ""), os.environ.get("GITHUB_REPOSITORY", "")
        if not token or not repository:
            raise click.UsageError("先设环境变量 GITHUB_TOKEN 和 GITHUB_REPOSITORY")
        if repository.lower() != event.repository.full_name.lower():
            raise click.UsageError("事件不是这个仓库的")
        api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
        own = os.environ.get("PAIRING_BOT_TOKEN", "")
        corpus = read_archive_with_programme(root)
        office = Office(
            root=root.resolve(),
            corpus=corpus,
            content=find_content(root),
            today=read_today(as_of),
            forge=Forge(api=api, repository=repository, token=token),
            writer=Forge(api=api, repository=repository, token=own or token),
            places=_find_places(repository),
            bot=author,
            own_token=bool(own),
        )
        with show_stages(after=2, log=False) as progress:
            made, said = take_in_issue(office, event, lambda done, total: progress("处理照片", done, total))
    except (EventError, ForgeError) as error:
        click.echo(click.style("没有做完：", fg="red") + str(error), err=True)
        return PROBLEMS
    click.echo(("已提出或更新请求。" if made else "没有提出请求。") + said)
    return OK


def _find_places(repository: str) -> Places:
    """Return where attachments may come from, by the environment. Raises a usage error for an address without encryption."""
    from generator.actions.intake.attachments import GITHUB, GITHUB_STORES, Places

    server = os.environ.get("GITHUB_SERVER_URL", GITHUB).rstrip("/")
    parts = urlsplit(server)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise click.UsageError("GITHUB_SERVER_URL 应当以 https:// 开头")
    more = os.environ.get("PAIRING_ATTACHMENT_HOSTS", "").lower().split()
    stores = frozenset(more) | (GITHUB_STORES if server == GITHUB else frozenset())
    return Places(server=server, repository=repository, stores=stores)
