"""Options and exit codes that several commands share, and the archive that ``--root`` names."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from generator.cli.completion_values import complete_months
from generator.plumbing.progress import show_stages
from generator.plumbing.project import PROJECT

if TYPE_CHECKING:
    from generator.archive import Corpus

OK, PROBLEMS, USAGE, CRASH, INTERRUPTED = 0, 1, 2, 3, 130


class Day(click.ParamType[dt.date]):
    """A day as ``YYYY-MM-DD``."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the day, or fail with the right spelling."""
        if isinstance(value, dt.date):
            return value
        try:
            if len(str(value)) != 10:  # fromisoformat also takes 20200531
                raise ValueError
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2020-05-31 的样子", param, ctx)


class Month(click.ParamType[str]):
    """A month as ``YYYY-MM``."""

    name = "月份"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the month, or fail with the right spelling."""
        try:
            dt.date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"“{value}”不是月份，写成 2020-05 的样子", param, ctx)
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the programme's months."""
        return complete_months(ctx, param, incomplete)


class ShardNumber(click.ParamType[tuple[int, int]]):
    """A shard as ``2/4``: its number, from 1, and how many there are."""

    name = "第几/共几"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Return the two numbers, or fail with the right spelling."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})", str(value), re.ASCII)
        if not found or int(found[1]) > int(found[2]):
            self.fail(f"“{value}”写成 2/4 的样子：共 4 部分里的第 2 部分", param, ctx)
        return int(found[1]), int(found[2])


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    metavar="文件夹",
    help="档案所在的文件夹（里面有 records）；默认是当前文件夹。",
)
as_of_option = click.option(
    "--as-of", type=Day(), metavar="日期", help="按这一天来判断是否到期，如 2020-05-31；默认今天。"
)
dry_run_option = click.option("--dry-run", is_flag=True, help="只说会做什么，不动任何文件。")
site_dir_option = click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="生成的网站在哪里；默认是档案文件夹里的 site。",
)


def require_archive(root: Path) -> None:
    """Raise a usage error unless ``root`` holds an archive."""
    if not (root / "records").is_dir():
        raise click.UsageError(f"“{root}”里没有 records 文件夹；用 --root 指出档案所在的文件夹")


def read_archive(root: Path, *, base: Path | None = None) -> Corpus:
    """Read the archive below ``root``, with a count on a terminal. Raises a usage error where there is none.

    base: the checkout whose plan counts, where ``root`` is a stranger's submission to it.
    """
    from generator.archive import read_corpus

    require_archive(root)
    with show_stages(after=2, log=False) as report:
        return read_corpus(
            root, content=find_content(base or root), progress=lambda done: report("读取记录", done, 0)
        )


def find_content(root: Path) -> Path:
    """Return the folder with the plan's text: the archive's own, else the project's."""
    own = root / "content"
    return own if (own / "plan").is_dir() else PROJECT / "content"
