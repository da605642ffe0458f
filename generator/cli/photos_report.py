"""The command ``pairing photos report``: what was probably used twice, as a page, a job summary or JSON."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from generator.cli import job_summary
from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, as_of_option, read_archive, root_option
from generator.plumbing import atomic
from generator.plumbing.git import RevisionError
from generator.plumbing.progress import show_stages
from generator.reuse import REPORT, REUSE_CACHE


@click.command(
    cls=Command,
    examples=(
        ("pairing photos report", f"核对全部图片和文字，写出 {REPORT}，用浏览器打开"),
        ("pairing photos report --changed-since origin/main", "只看与主分支不同的记录，和全部档案核对"),
        ("pairing photos report --format json --out 核查.json", "给程序用"),
    ),
)
@root_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help=f"写到哪里；默认写 {REPORT}，markdown 和 json 默认直接显示。",
)
@click.option("--changed-since", metavar="版本", help="只看这个 git 版本之后改动过的记录。")
@click.option(
    "--format",
    "output",
    type=click.Choice(["html", "markdown", "json"]),
    default="html",
    metavar="html|markdown|json",
    help="html 是一个可以打印的网页，markdown 给拉取请求的摘要用，json 给程序用。",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help=f"小图和指纹留在哪里，下次不必重做；默认是档案里的 {REUSE_CACHE.as_posix()}。",
)
@as_of_option
def report(
    root: Path,
    out: Path | None,
    changed_since: str | None,
    output: str,
    cache: Path | None,
    as_of: dt.date | None,
) -> int:
    """核对图片和文字有没有疑似重复使用，写出一份供教育局内部看的报告。

    同一张图片（缩小、压缩、裁边、调明暗、左右翻转过的也认得出）出现在两次活动里，或者两份材料的正文大半相同、有一节几乎一样，就并排列出来。只说疑似，由人看过再定。

    报告不公开：不要放进 site，也不要提交到仓库。
    """
    # Late: the other commands for photos need no numbers and no templates.
    from generator.reuse import report_page, report_summary
    from generator.reuse.reuse_report import make_report
    from generator.rules.submission import changed_paths

    corpus = read_archive(root)
    touched: changed_paths.Submission | None = None
    if changed_since is not None:
        try:
            touched = changed_paths.find_changes_since(root, changed_since)
        except RevisionError as error:
            raise click.UsageError(str(error)) from None
    concerns = touched.covers if touched else lambda path: True
    with show_stages(after=2) as progress:
        found, pictures = make_report(
            corpus, cache or root / REUSE_CACHE, read_today(as_of), concerns, progress
        )
    if output == "html":
        out, text = out or Path(REPORT), report_page.render_html(corpus, found, pictures)
    elif output == "markdown":
        text = report_summary.render_markdown(corpus, found, report_summary.read_repository(os.environ))
    else:
        text = report_summary.render_json(corpus, found)
    if out is not None:
        atomic.write_file(out, text)
    elif output != "markdown" or not job_summary.append_to_summary(text):
        click.echo(text, nl=False)
        return OK
    click.echo(found.verdict)
    if out is not None:
        click.echo(f"报告：{out}")
    return OK
