"""The command ``pairing serve``: a preview of the website, rebuilt while records change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, as_of_option, require_archive, root_option


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
    from generator.plumbing.progress import show_stages
    from generator.site import plugin

    require_archive(root)
    click.echo(f"正在生成，然后请用浏览器打开 http://{host}:{port}/ （按 Ctrl+C 停止）")
    try:
        with show_stages() as progress:
            plugin.serve_site(root=root, host=host, port=port, as_of=as_of, progress=progress)
    except plugin.BuildFailed as error:
        click.echo(click.style("没有生成网站：", fg="red") + str(error), err=True)
        return PROBLEMS
    except OSError as error:
        raise click.UsageError(f"不能使用端口 {port}（{error.strerror}）；用 --port 换一个") from None
    return OK
