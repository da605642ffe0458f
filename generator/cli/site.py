"""The commands ``pairing build`` and ``pairing serve``: the website, and a preview of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import shutil
import sys
from pathlib import Path

import click

from generator.cli import job_summary
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, as_of_option, require_archive, root_option


@click.command(
    cls=Command,
    examples=(
        ("pairing build", "生成网站到 site 文件夹"),
        ("pairing build --root 样例 --site-dir 样例网站", "为另一份档案生成网站"),
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
def build(root: Path, site_dir: Path | None, as_of: dt.date | None, strict: bool) -> int:
    """生成网站：校园档案、活动图库、工作简报。

    先在旁边生成，全部完成才更换；中途停下，原来的网站不受影响。
    """
    require_archive(root)
    from generator.archive import begin_reading

    begun = begin_reading(root.resolve())  # a second process reads while this one loads MkDocs
    from generator.plumbing.progress import stages
    from generator.site import plugin

    with stages() as progress:
        try:
            built: plugin.Built | str = plugin.build(
                root=root, site_dir=site_dir, strict=strict, progress=progress, as_of=as_of, begun=begun
            )
        except plugin.BuildFailed as error:
            built = str(error)
    if isinstance(built, str):
        click.echo(click.style("没有生成网站：", fg="red") + built, err=True)
        return PROBLEMS
    room = None
    if (built.site / "photos").is_dir():  # a site without photos has room, and need not load their modules
        from generator.actions.photos import budget

        room = budget.warning(built.site)
    if room:
        job_summary.append(f"**提醒**：{room}\n\n")
    for warning in (*built.warnings, *([room] if room else [])):
        click.echo(click.style("提醒：", fg="yellow") + warning, err=True)
    pictures = f"、{built.pictures} 张图片" if built.pictures else ""
    click.echo(f"网站已生成：{built.site}（{built.pages} 页{pictures}）")
    click.echo(f"查看：{_as_typed()} serve，然后用浏览器打开 http://127.0.0.1:8000/")
    return OK


@click.command(
    cls=Command,
    examples=(
        ("pairing serve", "在本机查看网站，改动后自动更新"),
        ("pairing serve --port 9000", "换一个端口"),
    ),
)
@root_option
@click.option("--host", default="127.0.0.1", metavar="地址", help="监听的地址；默认只有本机能打开。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="默认 8000。")
@as_of_option
def serve(root: Path, host: str, port: int, as_of: dt.date | None) -> int:
    """在本机查看网站；记录改动后自动更新。按 Ctrl+C 停止。"""
    from generator.plumbing.progress import stages
    from generator.site import plugin

    require_archive(root)
    gc.enable()  # a preview may run all day
    click.echo(f"正在生成，然后请用浏览器打开 http://{host}:{port}/ （按 Ctrl+C 停止）")
    try:
        with stages() as progress:
            plugin.serve(root=root, host=host, port=port, as_of=as_of, progress=progress)
    except plugin.BuildFailed as error:
        click.echo(click.style("没有生成网站：", fg="red") + str(error), err=True)
        return PROBLEMS
    except OSError as error:
        raise click.UsageError(f"不能使用端口 {port}（{error.strerror}）；用 --port 换一个") from None
    return OK


def _as_typed() -> str:
    """Return the command as it can be typed here: ``pairing``, or its path where it is not on PATH."""
    found = shutil.which("pairing")
    own = Path(sys.argv[0])
    if found or not own.is_file():
        return "pairing"
    with contextlib.suppress(ValueError):  # another drive has no relative path
        return os.path.relpath(own)
    return str(own)
