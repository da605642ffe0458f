"""The command ``pairing preview``: the pages that a submission changes, as they will be published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, as_of_option, require_archive, root_option


@click.command(
    cls=Command,
    examples=(
        ("pairing preview --changed-since origin/main", "看这次改动的网页，放在 preview 文件夹"),
        ("pairing preview --changed-since origin/main --out 预览", "放在别的文件夹"),
    ),
)
@root_option
@click.option(
    "--changed-since",
    required=True,
    metavar="版本",
    help="与这个分支或 git 版本不同的部分，从两边分开的地方算起。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("preview"),
    metavar="文件夹",
    help="预览放在哪里；默认是当前文件夹里的 preview。",
)
@click.option(
    "--base",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="主分支所在的文件夹：网站设置和方案用它的；默认用程序自己的。",
)
@as_of_option
def preview(root: Path, changed_since: str, out: Path, base: Path | None, as_of: dt.date | None) -> int:
    """预览：只做这次改动的网页，看合并以后是什么样子。

    改动的每份活动、所在的校园档案各一页，连同要公开的图片，放在一个文件夹里；打开里面的 index.html 就能看，不用联网。

    网页的样子和程序都用自己的，不用改动所在文件夹里的 mkdocs.yml。
    """
    require_archive(root)
    from generator.plumbing.git import RevisionError
    from generator.plumbing.progress import show_stages
    from generator.rules.submission.changed_paths import find_changes_since
    from generator.site import plugin
    from generator.site.change_preview import choose_pages

    try:
        chosen = choose_pages(find_changes_since(root, changed_since).paths)
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    if not chosen.activities and not chosen.schools:
        click.echo("这次改动没有要预览的网页。")
        return OK
    with show_stages() as progress:
        try:
            built = plugin.build_preview(
                root=root, base=base, target=out, preview=chosen, as_of=as_of, progress=progress
            )
        except plugin.BuildFailed as error:
            click.echo(click.style("没有生成预览：", fg="red") + str(error), err=True)
            return PROBLEMS
    click.echo(f"预览已生成：{built.site / 'index.html'}（{built.pages} 页、{built.pictures} 张图片）")
    return OK
