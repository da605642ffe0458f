"""The command ``pairing schema``: the JSON Schemas of the record format, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, root_option


@click.command(
    cls=Command,
    examples=(
        ("pairing schema", "修改记录格式之后更新 records/schema"),
        ("pairing schema --check", "看是否需要更新"),
    ),
)
@root_option
@click.option("--check", "check_only", is_flag=True, help="只看是否需要更新；需要时退出码为 1。")
def schema(root: Path, check_only: bool) -> int:
    """更新编辑器使用的字段说明（JSON Schema）。维护程序的人使用。"""
    from generator.records import schemas

    stale = schemas.find_stale_schemas(root) if check_only else schemas.write_schemas(root)
    for path in stale:
        click.echo(f"{'需要更新' if check_only else '已更新'} {path}")
    return PROBLEMS if check_only and stale else OK
