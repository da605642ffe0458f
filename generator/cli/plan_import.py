"""The command ``pairing plan import``: filled-in plan tables (附件3, Word or Excel) into the archive."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_schools
from generator.cli.options import OK, PROBLEMS, USAGE, root_option
from generator.cli.plan import read_archive_with_programme, year_option
from generator.plumbing.system_errors import describe_system_error


@click.command(
    name="import",
    cls=Command,
    examples=(
        ("pairing plan import 某园计划表.docx --dry-run", "先看会改什么"),
        ("pairing plan import 某园计划表.docx", "导入一所园的计划表"),
        ("pairing plan import 计划表.xlsx --school 园代号 --year 2020", "表里没有写园名和年度"),
    ),
)
@root_option
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option(
    "--school",
    metavar="代号",
    shell_complete=complete_schools,
    help="哪所校（园）；不写就从表的标题或文件名认。",
)
@year_option
@click.option("--drop", is_flag=True, help="表里没有了的任务，即使有活动记录写着它，也删去。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不动任何文件。")
def import_plan(
    root: Path, files: tuple[Path, ...], school: str | None, year: int | None, drop: bool, dry_run: bool
) -> int:
    """把填好的工作计划表（附件3，.docx 或 .xlsx）导入为 plan.yml。

    认得合并的月份、空行、全角数字，“3月5日、3.5、3/5、03-05、5日”等写法。表里哪一格没有用上，都会说明。

    再导入一次时，月份和任务相同的行编号不变；活动记录写着的任务，即使表里没有了也保留。
    """
    from generator.documents.tables.table_to_plan import (
        Refusal,
        describe_import,
        format_file_name,
        prepare_import,
        write_plan,
    )

    if school is not None and len(files) > 1:
        raise click.UsageError("--school 一次只能用在一个文件上")
    corpus = read_archive_with_programme(root)
    failed, planned = False, 0
    for number, file in enumerate(files):
        if number:
            click.echo()
        found = prepare_import(corpus, file, today=read_today(None), school=school, year=year, drop=drop)
        if isinstance(found, Refusal):
            failed = True
            click.echo(click.style(f"没有导入 {format_file_name(file)}：", fg="red"), err=True)
            for reason in found.reasons:
                click.echo(f"  {reason}", err=True)
            continue
        planned += 1
        if not dry_run:
            try:
                write_plan(found)
            except OSError as error:
                click.echo(
                    click.style("什么都没有改：", fg="red") + f"写不进去（{describe_system_error(error)}）",
                    err=True,
                )
                return USAGE
        for line in describe_import(corpus, found, dry_run=dry_run):
            click.echo(line)
    if dry_run and planned:
        click.echo("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    elif planned:
        click.echo("\n接着检查：pairing check")
    return PROBLEMS if failed else OK
