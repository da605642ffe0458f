"""The command ``pairing photos budget``: how much of GitHub Pages' gigabyte the photos take."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, read_archive, root_option, site_dir_option
from generator.plumbing.progress import show_stages


@click.command(
    cls=Command,
    examples=(
        ("pairing photos budget", "看各校（园）的图片占多少，还放得下多少"),
        ("pairing photos budget --make", "先把还没有的小图做好，再算准数"),
        ("pairing photos budget --format json", "给程序用"),
    ),
)
@root_option
@site_dir_option
@click.option("--make", is_flag=True, help="先生成还没有的小图。")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看，json 给程序用。",
)
def budget(root: Path, site_dir: Path | None, make: bool, output: str) -> int:
    """看网站的图片占多少空间，还放得下多少。

    GitHub Pages 的网站最大 1 GB。按年度、按校（园）列出公开图片的张数和大小（网站上各种尺寸加在一起）。
    """
    from generator.actions.photos.budget import format_budget_json, format_budget_text, measure_budget
    from generator.actions.photos.withdrawal import CACHE_FOLDER
    from generator.archive.album import render_album
    from generator.cli.photos_messages import print_failure

    corpus = read_archive(root)
    cache = root / CACHE_FOLDER / "photos"
    if make:
        try:
            with show_stages(after=2) as progress:
                album = render_album(
                    corpus, cache, progress=lambda done, total: progress("处理图片", done, total)
                )
        except OSError as error:
            return print_failure(error)
        for problem in album.problems:
            where = f"{problem.span.file.path}:{problem.span.line}:{problem.span.column}"
            click.echo(
                click.style("提醒：", fg="yellow") + f"{where} {problem.message}；{problem.fix}", err=True
            )
    found = measure_budget(corpus, cache, site_dir or root / "site")
    if output == "json":
        click.echo(format_budget_json(corpus, found), nl=False)
    else:
        click.echo(format_budget_text(corpus, found, tried=make), nl=False)
    return OK
