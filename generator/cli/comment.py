"""The command ``pairing comment``: the one comment on a request, made from the report of its check, and the verdict."""

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
    from generator.actions.comments.check_report import Report


@click.command(
    cls=Command,
    examples=(
        ("pairing comment --report report.json", "把检查报告写成留言，看一看"),
        ("pairing comment --report report.json --out comment.md", "写到文件里"),
        (
            "pairing comment --report report.json --request 12 --head 5f2c…",
            "在第 12 个请求下面留言，或更新原来的",
        ),
        (
            "pairing comment --report report.json --request 12 --head 5f2c… --checked success --status",
            "工作流 comment 用：留言，再把结论记在提交上",
        ),
    ),
)
@click.option(
    "--report",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
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
    "--checked",
    type=click.Choice(["success", "failure", "skipped", "cancelled"]),
    metavar="结果",
    help="检查那一步是怎样结束的：success 通过，failure 没有通过或没有做完（可以没有报告），skipped 文件取不下来。",
)
@click.option("--status", is_flag=True, help="与 --request 同用：把结论记在提交上，名叫 pairing/verdict。")
@click.option("--summary", default="", metavar="网址", help="运行记录的网址，写在留言里。")
@click.option("--preview", default="", metavar="网址", help="预览的网址，写在留言里。")
@click.option(
    "--author",
    default="github-actions[bot]",
    metavar="账号",
    help="令牌是哪个账号的：只更新它自己的留言；默认 github-actions[bot]。",
)
def comment(
    source: Path,
    out: Path | None,
    request: int | None,
    head: str,
    checked: str | None,
    status: bool,
    summary: str,
    preview: str,
    author: str,
) -> int:
    """在合并请求下面留一条言：收到了什么，哪里要改。

    图片公开几张、这个月还欠几项也写在里面。有一条就更新那一条，不重复留言。报告里的文字只当作文字：不会变成链接、图片，不会提到别人的账号。

    向网站留言要环境变量 GITHUB_TOKEN（令牌）、GITHUB_REPOSITORY（组织/仓库），不是 github.com 的还要 GITHUB_API_URL。
    """
    from generator.actions.comments.check_report import ReportError
    from generator.actions.comments.compose_comment import Circumstances, compose_comment
    from generator.actions.comments.forge_api import ForgeError
    from generator.actions.comments.post import put_comment, put_status
    from generator.cli.forge_access import open_forge
    from generator.site import site_address

    if request is not None and out:
        raise click.UsageError("--request 和 --out 写一个")
    if status and request is None:
        raise click.UsageError("--status 与 --request 一起用")
    if (request or head) and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", head):
        raise click.UsageError("--head 写请求最后一次提交的完整版本号，40 位")
    if checked is None and not source.is_file():
        raise click.UsageError(f"没有报告“{source}”")
    try:
        report = _read(source, lenient=checked is not None)
        green = report is not None and report.verdict == "green"
        about = Circumstances(
            head=head,
            passed=green and checked in (None, "success"),
            laid_out=checked != "skipped",
            summary=summary,
            preview=preview,
            site=site_address.normalise_address(os.environ.get(site_address.VARIABLE, "")) or "",
        )
        body = compose_comment(report, about)
        if request is None:
            if out:
                atomic.write_file(out, body)
            else:
                click.echo(body, nl=False)
            return OK
        forge = open_forge()
        if status:  # first: who cannot comment still has a verdict
            put_status(forge, head, passed=about.passed, address=summary)
        posted = put_comment(forge, request, body, author=author)
    except (ForgeError, ReportError) as error:
        click.echo(click.style("没有留言：", fg="red") + str(error), err=True)
        return PROBLEMS
    click.echo(f"{posted.what}{f'：{posted.address}' if posted.address else ''}")
    return OK


def _read(source: Path, *, lenient: bool) -> Report | None:
    """Return the report; None for none that can be read, where ``lenient``. Raises ReportError otherwise."""
    from generator.actions.comments.check_report import MOST_BYTES, ReportError, read_report

    try:
        with source.open("rb") as file:
            return read_report(file.read(MOST_BYTES + 1))
    except (OSError, ReportError) as error:
        if lenient:
            return None
        raise error if isinstance(error, ReportError) else ReportError("检查报告打不开") from error
