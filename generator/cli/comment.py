"""The command ``pairing comment``: the one comment on a request, made from the report of its check."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS
from generator.plumbing import atomic

if TYPE_CHECKING:
    from generator.actions.comments.forge_api import Forge


@click.command(
    cls=Command,
    examples=(
        ("pairing comment --report report.json", "把检查报告写成留言，看一看"),
        ("pairing comment --report report.json --out comment.md", "写到文件里"),
        (
            "pairing comment --report report.json --request 12 --head 5f2c…",
            "在第 12 个请求下面留言，或更新原来的",
        ),
        ("pairing comment --run 123456", "工作流 comment 用：为一次检查留言，报告从网站上取"),
    ),
)
@click.option(
    "--report",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="文件",
    help="pairing check --report 写出的报告。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="留言写到这个文件；不写就显示出来。",
)
@click.option("--request", type=click.IntRange(1, 2**31), metavar="编号", help="在这个请求下面留言。")
@click.option("--head", default="", metavar="版本", help="检查的是请求的哪一次提交，完整的版本号。")
@click.option(
    "--run",
    type=click.IntRange(1, 2**53),
    metavar="编号",
    help="为自动检查的这一次运行留言；请求、提交和结论都向网站核对。",
)
@click.option(
    "--author",
    default="github-actions[bot]",
    metavar="账号",
    help="令牌是哪个账号的：只更新它自己的留言；默认 github-actions[bot]。",
)
def comment(
    source: Path | None, out: Path | None, request: int | None, head: str, run: int | None, author: str
) -> int:
    """在合并请求下面留一条言：收到了什么，哪里要改。

    图片公开几张、这个月还欠几项也写在里面。有一条就更新那一条，不重复留言。报告里的文字只当作文字：不会变成链接、图片，不会提到别人的账号。

    向网站留言要环境变量 GITHUB_TOKEN（令牌）、GITHUB_REPOSITORY（组织/仓库），不是 github.com 的还要 GITHUB_API_URL。
    """
    from generator.actions.comments.compose import Circumstances, compose_comment
    from generator.actions.comments.forge_api import ForgeError
    from generator.actions.comments.post import comment_on_run, put_comment
    from generator.actions.comments.report import MOST_BYTES, ReportError, read_report
    from generator.site import site_address

    if (source is None) == (run is None):
        raise click.UsageError("--report 和 --run 写一个")
    if run is not None and (out or request or head):
        raise click.UsageError("--run 不与 --out、--request、--head 一起用：都向网站核对")
    if request is not None and out:
        raise click.UsageError("--request 和 --out 写一个")
    if (request or head) and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", head):
        raise click.UsageError("--head 写请求最后一次提交的完整版本号，40 位")
    site = site_address.normalise_address(os.environ.get(site_address.VARIABLE, "")) or ""
    try:
        if run is not None:
            posted = comment_on_run(_open_forge(), run, author=author, site=site)
        else:
            assert source is not None  # noqa: S101  # one of the two, as was seen to
            with source.open("rb") as file:
                report = read_report(file.read(MOST_BYTES + 1))
            about = Circumstances(head=head, passed=report.verdict == "green", site=site)
            body = compose_comment(report, about)
            if request is None:
                if out:
                    atomic.write(out, body)
                else:
                    click.echo(body, nl=False)
                return OK
            posted = put_comment(_open_forge(), request, body, author=author)
    except (ForgeError, ReportError) as error:
        click.echo(click.style("没有留言：", fg="red") + str(error), err=True)
        return PROBLEMS
    click.echo(f"{posted.what}{f'：{posted.address}' if posted.address else ''}")
    return OK


def _open_forge() -> Forge:
    """Return the repository that the environment names. Raises a usage error where it names none."""
    from generator.actions.comments.forge_api import Forge

    token, repository = os.environ.get("GITHUB_TOKEN", ""), os.environ.get("GITHUB_REPOSITORY", "")
    if not token or not repository:
        raise click.UsageError("要留言，先设环境变量 GITHUB_TOKEN 和 GITHUB_REPOSITORY")
    return Forge(
        api=os.environ.get("GITHUB_API_URL", "https://api.github.com"), repository=repository, token=token
    )
