"""The command ``pairing upgrade``: the files that the program gives an archive, of this version."""

from __future__ import annotations

from pathlib import Path

import click

from generator import __version__
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, USAGE, root_option
from generator.plumbing.system_errors import describe_system_error


@click.command(
    cls=Command,
    examples=(
        ("pairing upgrade --dry-run", "先看要换哪些文件"),
        ("pairing upgrade", "换成装好的这一版程序给的文件"),
    ),
)
@root_option
@click.option("--dry-run", is_flag=True, help="只列出会做什么，不动任何文件。")
def upgrade(root: Path, dry_run: bool) -> int:
    """新版程序：把它给档案的文件（指南、工作流）换成新的。

    记录、方案和网站设置不动。本县自己改过的文件也不动，只列出来。
    """
    from generator.actions.new_archive import format_changes
    from generator.actions.new_archive.given_files import MissingFilesError
    from generator.actions.new_archive.manifest import ManifestError, read_manifest
    from generator.actions.new_archive.upgrade import carry_out_upgrade, plan_upgrade
    from generator.actions.transaction import ChangeError

    try:
        manifest = read_manifest(root)
        planned = plan_upgrade(root, manifest)
        if not dry_run and not planned.is_empty:
            carry_out_upgrade(root, planned)
    except (ManifestError, MissingFilesError) as error:
        raise click.UsageError(str(error)) from None
    except ChangeError as error:
        click.echo(click.style("什么都没有改：", fg="red") + str(error), err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(click.style("没有做完：", fg="red") + describe_system_error(error), err=True)
        return USAGE
    verb = "将" if dry_run else "已"
    for word, paths in (("放进", planned.added), ("换掉", planned.replaced), ("删去", planned.removed)):
        for path in paths:
            click.echo(f"{verb}{word} {path}")
    for path in planned.kept:
        click.echo(f"没有动 {path}：本县改过，程序也改了；照新版的自己改")
    for words in format_changes.list_changes(since=planned.since):
        click.echo(f"格式有变：{words}")
    if planned.is_empty:
        click.echo(f"已经是 {__version__} 版给的文件，没有要换的。")
    else:
        click.echo(
            f"{verb}从 {planned.since} 版换到 {__version__} 版。看一看 git diff，再运行 pairing check。"
        )
    return OK
