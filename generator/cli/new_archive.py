"""The command ``pairing new-archive``: another county's archive, ready to push, without a copy of the program."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, USAGE
from generator.plumbing.system_errors import describe_system_error


@click.command(
    cls=Command,
    examples=(
        ("pairing new-archive 档案 --plan 实施方案.docx", "照本县的方案建：条款、期限、对子都从方案里读"),
        ("pairing new-archive 档案 --plan 实施方案.docx --pairings 附件2.docx", "结对安排表是另一个文件"),
        ("pairing new-archive 档案", "先建空的，以后再用 pairing start --plan 放进方案"),
        (
            "pairing new-archive 档案 --program https://例.example/pairing_archive-0.1.0-py3-none-any.whl",
            "写明程序的安装包放在哪里，工作流从那里装",
        ),
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="本县的实施方案（.docx）：写成方案全文、条款、期限、数量、帮扶内容。",
)
@click.option(
    "--pairings",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="结对安排表（附件2，.docx 或 .xlsx）。",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="检查=条款",
    help="方案里认不出的依据，自己指出，如 responsible=五-1；可以写几次。",
)
@click.option("--county", metavar="县名", help="县区名称；默认看方案和表的标题。")
@click.option("--year", type=click.IntRange(2000, 2099), metavar="年度", help="方案年度；默认看标题。")
@click.option("--id", "ids", multiple=True, metavar="园名=代号", help="自己定一所园的代号，可以写几次。")
@click.option(
    "--program",
    "address",
    metavar="网址",
    help="程序的安装包（.whl）在哪里；写进 program.txt，工作流从那里装。",
)
def new_archive(
    folder: Path,
    plan_file: Path | None,
    pairings: Path | None,
    clauses: tuple[str, ...],
    county: str | None,
    year: int | None,
    ids: tuple[str, ...],
    address: str | None,
) -> int:
    """另一个县：建一份新的档案，里面没有程序，装一次就能用。

    档案里有使用指南、网站设置、检查和发布用的工作流；写了 --plan 或 --pairings 的，方案、校（园）和空白计划表也建好。

    文件夹应当是新的。做到一半停下来，什么也不留下。
    """
    from generator.actions.code_owners import make_owners_file
    from generator.actions.new_archive.given_files import PIN, MissingFilesError
    from generator.actions.new_archive.write_archive import NotEmptyError, write_archive
    from generator.actions.start_archive import replace_files, start_archive
    from generator.archive import read_corpus
    from generator.cli import county_tables
    from generator.documents.tables import arrangement
    from generator.documents.tables.untrusted_office import TableError

    if address is not None and not address.startswith(("https://", "http://")):
        raise click.UsageError(f"--program {address}：写网址，以 https:// 开头")
    asked = county_tables.CountyTables(pairings, plan_file, clauses, county, year, ids)
    reasons: list[str] = []
    lines: list[str] = []

    def fill(root: Path) -> bool:
        if asked.plan is None and asked.pairings is None:
            return True
        planned = county_tables.prepare_tables(read_corpus(root, content=root / "content"), asked)
        if isinstance(planned, arrangement.Refusal):
            reasons.extend(planned.reasons)
            return False
        lines.extend(arrangement.describe_county(planned, dry_run=False))
        replace_files(root, planned.files, planned.removed)
        replace_files(root, make_owners_file(root, planned.office), ())
        start_archive(root)
        return True

    try:
        count = write_archive(folder, address=address, fill=fill)
    except (NotEmptyError, MissingFilesError) as error:
        raise click.UsageError(str(error)) from None
    except TableError as error:
        reasons.append(f"{plan_file.name if plan_file else ''}：{error}")
        count = None
    except OSError as error:
        click.echo(
            click.style("没有建成：", fg="red") + f"写不进去（{describe_system_error(error)}）", err=True
        )
        return USAGE
    if count is None:
        click.echo(click.style("没有建成：", fg="red"), err=True)
        for reason in reasons:
            click.echo(f"  {reason}", err=True)
        return PROBLEMS
    for line in lines:
        click.echo(line)
    click.echo(f"已建好 {folder}：{count} 个文件。")
    if not lines:
        click.echo(f"放进方案：pairing start --root {folder} --plan 实施方案.docx")
    if address is None:
        click.echo(f"{folder / PIN} 里写着装哪一版程序；把安装包（.whl）放进 {folder / 'wheels'}，或写上网址")
    click.echo(f"接着：pairing check --root {folder}；再照 {folder / 'README.md'} 放到网上")
    return OK
