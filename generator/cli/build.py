"""The command ``pairing build``: the website, whole, in a part, or merged from parts."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import click

from generator.cli import job_summary
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, ShardNumber, as_of_option, require_archive, root_option


@click.command(
    cls=Command,
    examples=(
        ("pairing build", "生成网站到 site 文件夹"),
        ("pairing build --root 样例 --site-dir 样例网站", "为另一份档案生成网站"),
        ("pairing build --shard 2/4 --out 部分2", "分给四台机器生成：这一台生成第 2 部分"),
        ("pairing build --merge 部分1 部分2 部分3 部分4", "把四台机器生成的部分合成网站"),
    ),
)
@root_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="网站放在哪里；默认是档案文件夹里的 site。",
)
@as_of_option
@click.option("--strict", is_flag=True, help="有任何问题就不更换网站，以退出码 1 结束。")
@click.option(
    "--shard",
    type=ShardNumber(),
    metavar="第几/共几",
    help="只生成网站的一部分，如 2/4；档案很大、分给几台机器生成时用，与 --out 同用。",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹", help="这一部分放在哪里。"
)
@click.option(
    "--merge",
    "parts",
    type=click.Path(path_type=Path),
    metavar="文件夹…",
    multiple=True,
    help="把 --shard 生成的各部分合成网站，与一台机器生成的完全相同。",
)
@click.argument("more_parts", nargs=-1, type=click.Path(path_type=Path), metavar="")
def build(
    root: Path,
    site_dir: Path | None,
    as_of: dt.date | None,
    strict: bool,
    shard: tuple[int, int] | None,
    out: Path | None,
    parts: tuple[Path, ...],
    more_parts: tuple[Path, ...],
) -> int:
    """生成网站：校园档案、活动图库、工作简报。

    先在旁边生成，全部完成才更换；中途停下，原来的网站不受影响。

    档案很大时可以分给几台机器：每台用 --shard 生成一部分，再在一台上用 --merge 合成。各台的档案要是同一个版本，--as-of 要写同一天；有图片的，先把 .cache/photos 复制到各台，不必每台都做一遍。
    """
    require_archive(root)
    if (shard is None) != (out is None):
        raise click.UsageError("--shard 和 --out 要一起写")
    if parts and (shard or as_of or strict):
        raise click.UsageError("--merge 不能与 --shard、--as-of、--strict 一起用：它们在生成各部分时写")
    if shard and site_dir:
        raise click.UsageError("--shard 生成的部分放在 --out 里，不写 --site-dir")
    if more_parts and not parts:
        raise click.UsageError(f"要合并这些文件夹，请写 --merge {' '.join(map(str, more_parts))}")
    from generator.plumbing.progress import show_stages
    from generator.site import plugin
    from generator.site.shards import Shard

    with show_stages() as progress:
        try:
            built: plugin.Built | str
            if parts:
                built = plugin.merge_parts(
                    (*parts, *more_parts), root=root, site_dir=site_dir, progress=progress
                )
            else:
                built = plugin.build_site(
                    root=root,
                    site_dir=out or site_dir,
                    strict=strict,
                    progress=progress,
                    as_of=as_of,
                    shard=Shard(number=shard[0], count=shard[1]) if shard else None,
                )
        except plugin.BuildFailed as error:
            built = str(error)
    if isinstance(built, str):
        click.echo(click.style("没有生成网站：", fg="red") + built, err=True)
        return PROBLEMS
    if shard:
        for warning in built.warnings:
            click.echo(click.style("提醒：", fg="yellow") + warning, err=True)
        number, count = shard
        click.echo(f"网站的第 {number} 部分（共 {count} 部分）已生成：{built.site}（{built.pages} 页）")
        click.echo(f"各部分都生成以后合成网站：{_find_command()} build --merge 各部分的文件夹")
        return OK
    room = None
    if (built.site / "photos").is_dir():  # a site without photos has room, and need not load their modules
        from generator.actions.photos import budget

        room = budget.warn_of_full_site(built.site)
    if room:
        job_summary.append_to_summary(f"**提醒**：{room}\n\n")
    for warning in (*built.warnings, *([room] if room else [])):
        click.echo(click.style("提醒：", fg="yellow") + warning, err=True)
    pictures = f"、{built.pictures} 张图片" if built.pictures else ""
    click.echo(f"网站已生成：{built.site}（{built.pages} 页{pictures}）")
    click.echo(f"查看：{_find_command()} serve，然后用浏览器打开 http://127.0.0.1:8000/")
    return OK


def _find_command() -> str:
    """Return the command as it can be typed here: ``pairing``, or its path where it is not on PATH."""
    found = shutil.which("pairing")
    own = Path(sys.argv[0])
    if found or not own.is_file():
        return "pairing"
    with contextlib.suppress(ValueError):  # another drive has no relative path
        return os.path.relpath(own)
    return str(own)
