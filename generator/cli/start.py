"""The command ``pairing start``: remove the sample and begin real use, for this county or another."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, USAGE, read_archive, root_option
from generator.plumbing.system_errors import describe_system_error


@click.command(
    cls=Command,
    examples=(
        ("pairing start --dry-run", "先看会删去哪些示例文件"),
        ("pairing start", "删去示例，开始正式使用"),
        ("pairing start --pairings 附件2.docx --dry-run", "照本县的结对安排表建校（园），先看代号对不对"),
        (
            "pairing start --pairings 附件2.docx --county 某县 --year 2021 --id 蓝天幼儿园=lantian",
            "另一个县、另一年，自己定一个代号",
        ),
    ),
)
@root_option
@click.option(
    "--pairings",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="结对安排表（附件2，.docx 或 .xlsx）：照它写 programme.yml 的对子和各园的 school.yml。",
)
@click.option("--county", metavar="县名", help="县区名称，如 高台县；默认看表的标题。")
@click.option("--year", type=click.IntRange(2000, 2099), metavar="年度", help="方案年度；默认看表的标题。")
@click.option("--id", "ids", multiple=True, metavar="园名=代号", help="自己定一所园的代号，可以写几次。")
@click.option("--dry-run", is_flag=True, help="只列出会做什么，不动任何文件。")
def start(
    root: Path,
    pairings: Path | None,
    county: str | None,
    year: int | None,
    ids: tuple[str, ...],
    dry_run: bool,
) -> int:
    """删去全部示例数据，留下方案、学校和空白计划表，开始正式使用。

    只删标有 sample: true 的文件和它们的图片；真实记录一份不动。

    写了 --pairings，就照结对安排表建好校（园）：已有的园代号不变，新的园按拼音起代号，责任人按次序对上；对不上的都列出来。
    """
    from generator.actions.start_archive import StartError, replace_files, start_archive

    if pairings is None and (county or year or ids):
        raise click.UsageError("--county、--year、--id 和 --pairings 一起用")
    try:
        if pairings is not None:
            from generator.documents.tables import arrangement

            planned = arrangement.prepare_county(
                read_archive(root), pairings, county=county, year=year, ids=ids
            )
            if isinstance(planned, arrangement.Refusal):
                click.echo(click.style("什么都没有改：", fg="red"), err=True)
                for reason in planned.reasons:
                    click.echo(f"  {reason}", err=True)
                return PROBLEMS
            for line in arrangement.describe_county(planned, dry_run=dry_run):
                click.echo(line)
            if not dry_run:
                replace_files(root, planned.files, planned.removed)
        report = start_archive(root, dry_run=dry_run)
    except StartError as error:
        click.echo(str(error), err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(
            click.style("没有做完：", fg="red")
            + f"写不进去（{describe_system_error(error)}）；可以再运行一次",
            err=True,
        )
        return USAGE
    verb = "将" if dry_run else "已"
    for path in report.removed if dry_run else ():
        click.echo(f"删去 {path}")
    click.echo(
        f"{verb}删去 {len(report.removed)} 个示例文件，{verb}写出 {len(report.plans)} 份空白计划表，保留真实记录 {len(report.kept)} 份。"
    )
    if dry_run:
        click.echo("真正执行时去掉 --dry-run" if pairings else "真正执行：pairing start")
    return OK
