"""The command ``pairing photos withdraw``: a photo out of the archive, the cache and the built site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_paths
from generator.cli.options import (
    OK,
    PROBLEMS,
    Day,
    dry_run_option,
    require_archive,
    root_option,
    site_dir_option,
)


@click.command(
    name="withdraw",
    cls=Command,
    examples=(
        (
            "pairing photos withdraw records/园代号/2020/09/17-area-observation/01.jpg --reason 监护人要求 --dry-run",
            "先看会删去什么",
        ),
        (
            "pairing photos withdraw records/园代号/2020/09/17-area-observation/01.jpg --reason 监护人要求",
            "撤下一张图片",
        ),
    ),
)
@root_option
@click.argument("path", metavar="图片", shell_complete=complete_paths)
@click.option(
    "--reason", default="", metavar="原因", help="撤下的原因，如 监护人要求；会写进记录，不写姓名。"
)
@click.option("--as-of", type=Day(), metavar="日期", help="撤下的日期，如 2020-09-30；默认今天。")
@site_dir_option
@dry_run_option
def withdraw_photo(
    root: Path,
    path: str,
    reason: str,
    as_of: dt.date | None,
    site_dir: Path | None,
    dry_run: bool,
) -> int:
    """撤下一张图片：从档案、缓存和生成的网站里删去。

    记录里留下撤下的日期和原因，所以这张图片仍然计数，已经结的账不变；图片说明不再公开。最后告诉您怎样从仓库的历史里清除。

    可以重复运行：已经撤下的，把没有删净的删净。
    """
    from generator.actions.photos.history import find_history
    from generator.actions.photos.paths import find_photo
    from generator.actions.photos.withdrawal import carry_out_withdrawal, plan_withdrawal
    from generator.actions.transaction import ChangeError, open_transaction
    from generator.cli.photos_messages import (
        advise_after_withdrawal,
        describe_withdrawal,
        find_caption_problem,
        print_failure,
        print_leftovers,
        print_refusal,
        replace_unprintable,
        require_place,
    )

    require_archive(root)
    place = require_place(find_photo(root, path))
    if reason and (problem := find_caption_problem(reason)):
        raise click.UsageError(f"--reason“{replace_unprintable(reason[:40])}”{problem}")
    site = site_dir or place.activity.root / "site"
    try:
        found = plan_withdrawal(place, reason=reason.strip(), today=read_today(as_of), site=site)
        if isinstance(found, tuple):
            return print_refusal("没有撤下：", found)
        past = find_history(place, found.digest)
        left: Sequence[Path] = ()
        if not dry_run:
            with open_transaction(place.activity.root) as changes:
                left = carry_out_withdrawal(found, changes)
    except (ChangeError, OSError) as error:
        return print_failure(error)
    for line in describe_withdrawal(found, dry_run=dry_run):
        click.echo(line)
    print_leftovers(left)
    for line in advise_after_withdrawal(found, past, site):
        click.echo(line)
    if dry_run:
        click.echo("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    return PROBLEMS if left else OK
