"""The command ``pairing start``: remove the sample and begin real use, for this county or another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, USAGE, read_archive, root_option
from generator.plumbing.system_errors import describe_system_error

if TYPE_CHECKING:
    from generator.documents.tables.new_county import NewCounty


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
        (
            "pairing start --plan 实施方案.docx --dry-run",
            "照本县的方案开始：条款、期限、数量、对子都从方案里读",
        ),
        ("pairing start --plan 实施方案.docx --pairings 附件2.docx", "结对安排表是另一个文件"),
        ("pairing start --pairings 附件2.docx --year 2021 --dry-run", "下一年：照新的结对安排表接着办"),
    ),
)
@root_option
@click.option(
    "--pairings",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="结对安排表（附件2，.docx 或 .xlsx）：照它写 programme.yml 的对子和各园的 school.yml。",
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="本县的实施方案（.docx）：写成 content/plan/年度.md，条款、期限、数量、帮扶内容写进 programme.yml。",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="检查=条款",
    help="方案里认不出的依据，自己指出，如 responsible=五-1；可以写几次。",
)
@click.option("--county", metavar="县名", help="县区名称，如 某某县；默认看表的标题。")
@click.option("--year", type=click.IntRange(2000, 2099), metavar="年度", help="方案年度；默认看表的标题。")
@click.option("--id", "ids", multiple=True, metavar="园名=代号", help="自己定一所园的代号，可以写几次。")
@click.option(
    "--owners",
    metavar="组织",
    help="代码托管平台上本局的组织或账号：写进 .github/CODEOWNERS，由它的小组批准合并请求。",
)
@click.option("--dry-run", is_flag=True, help="只列出会做什么，不动任何文件。")
def start(
    root: Path,
    pairings: Path | None,
    plan_file: Path | None,
    clauses: tuple[str, ...],
    county: str | None,
    year: int | None,
    ids: tuple[str, ...],
    owners: str | None,
    dry_run: bool,
) -> int:
    """删去全部示例数据，留下方案、学校和空白计划表，开始正式使用。

    只删标有 sample: true 的文件和它们的图片；真实记录一份不动。

    写了 --pairings，就照结对安排表建好校（园）：已有的园代号不变，新的园按拼音起代号，责任人按次序对上；对不上的都列出来。

    档案里已经有真实记录、表又是新的一年的，就是“下一年”：只写新一年的方案和空白计划表，以前各年一个字也不动。

    写了 --plan，方案的条款、期限、数量、帮扶内容和领导小组也照 Word 文件写好。方案没有的要求（如花名册）不作要求；认不出依据的，会问，或者用 --clause 指出。
    """
    from generator.actions.start_archive import (
        StartError,
        drop_unchanged,
        replace_files,
        start_archive,
        start_year,
    )
    from generator.cli import county_tables, start_owners
    from generator.documents.tables import arrangement
    from generator.documents.tables.untrusted_office import TableError

    start_owners.check_organisation(owners)
    table = pairings or plan_file
    asked = county_tables.CountyTables(pairings, plan_file, clauses, county, year, ids)
    try:
        if table is not None:
            planned = county_tables.prepare_tables(read_archive(root), asked)
            if isinstance(planned, arrangement.Refusal):
                return _refuse(planned.reasons)
            planned = replace(planned, files=drop_unchanged(root, planned.files))
            for line in arrangement.describe_county(planned, dry_run=dry_run):
                click.echo(line)
            start_owners.write_owners(root, planned.office, owners, dry_run=dry_run)
            if not dry_run:
                replace_files(root, planned.files, planned.removed)
            if planned.renews:
                plans = start_year(root, planned.year, planned.schools, dry_run=dry_run)
                return _report_renewal(planned, len(plans), dry_run=dry_run)
        else:
            start_owners.write_owners(root, "", owners, dry_run=dry_run)
        report = start_archive(root, dry_run=dry_run)
    except TableError as error:
        return _refuse((f"{plan_file.name if plan_file else ''}：{error}",))
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
        click.echo("真正执行时去掉 --dry-run" if table else "真正执行：pairing start")
    return OK


def _report_renewal(planned: NewCounty, plans: int, *, dry_run: bool) -> int:
    verb = "将" if dry_run else "已"
    if not planned.files and not plans:
        click.echo(f"{planned.year} 年已经开始，没有要改的；{planned.renews} 年的没有动。")
        return OK
    click.echo(
        f"{verb}写出 {len(planned.files)} 个文件、{plans} 份 {planned.year} 年的空白计划表；{planned.renews} 年的没有动。"
    )
    if dry_run:
        click.echo("真正执行时去掉 --dry-run")
    return OK


def _refuse(reasons: Iterable[str]) -> int:
    click.echo(click.style("什么都没有改：", fg="red"), err=True)
    for reason in reasons:
        click.echo(f"  {reason}", err=True)
    return PROBLEMS
