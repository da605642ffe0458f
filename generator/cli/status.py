"""The command ``pairing status``: what each school has done month by month, and what it owes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import job_summary
from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, Month, as_of_option, read_archive, root_option

if TYPE_CHECKING:
    from generator.accounts.ledger import Ledger


@click.command(
    cls=Command,
    examples=(
        ("pairing status", "看各校（园）各月完成情况和还欠什么"),
        ("pairing status --month 2020-05", "只看五月"),
        ("pairing status --year 2020", "看以前的一个年度"),
        ("pairing status --fail-missing", "有到期未完成的月份就以退出码 1 结束（用于自动检查）"),
    ),
)
@root_option
@click.option("--month", type=Month(), metavar="月份", help="只看一个月，如 2020-05。")
@click.option(
    "--year",
    type=click.IntRange(2000, 2099),
    metavar="年度",
    help="只看一个年度，如 2020；默认是正在进行的年度。",
)
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看，json 给程序用。",
)
@click.option("--fail-missing", is_flag=True, help="有到期未完成、又未经教育局结账的月份时，退出码为 1。")
def status(
    root: Path, month: str | None, year: int | None, as_of: dt.date | None, output: str, fail_missing: bool
) -> int:
    """查看各校（园）每月的完成情况，以及还欠什么。

    ✓ 完成  ◐ 不足  ✕ 未上报  ◔ 逾期  ○ 未到期
    """
    from generator.accounts import ledger
    from generator.archive import NO_PROGRAMME
    from generator.cli import report_status

    corpus = read_archive(root)
    day = read_today(as_of)
    if not corpus.years:
        raise click.UsageError(f"“{root}”：{NO_PROGRAMME}")
    ledgers = [found for year in corpus.years if (found := ledger.make_ledger(corpus, year, day))]
    if not ledgers:
        raise click.UsageError(
            f"“{root}”里没有可用的方案数据 records/bureau/年度/programme.yml；先运行 pairing check"
        )
    behind: list[Ledger] = []
    if month is not None and year is not None:
        raise click.UsageError("--month 和 --year 只写一个")
    if year is not None:
        known = "、".join(str(found.year) for found in ledgers)
        ledgers = [found for found in ledgers if found.year == year]
        if not ledgers:
            raise click.UsageError(f"档案里没有 {year} 年的方案（有 {known} 年的）")
    elif month is None:
        running = corpus.find_running_year(day) or ledgers[-1].year
        behind = [found for found in ledgers if found.year < running and found.list_missing()]
        ledgers = [found for found in ledgers if found.year == running] or ledgers[-1:]
    if month is not None:
        ledgers = [found for found in ledgers if month in found.programme.months]
        if not ledgers:
            raise click.UsageError(f"{month} 不是帮扶月")
    shown = [(found, (month,) if month else found.programme.months) for found in ledgers]
    missing = [c for found, months in shown for c in found.list_missing() if c.month in months]
    missing += [cell for found in behind for cell in found.list_missing()]
    if output == "json":
        click.echo(report_status.render_json(corpus, shown), nl=False)
    else:
        click.echo("\n".join(report_status.render_text(corpus, *one) for one in shown), nl=False)
        for found in behind:
            click.echo(
                f"\n{found.year} 年度还有 {len(found.list_missing())} 个校（园）月份到期未完成、没有结账：pairing status --year {found.year}"
            )
    if fail_missing:
        ready = [next_ for account, _ in shown if (next_ := report_status.find_next_closing(corpus, account))]
        job_summary.append_to_summary(
            report_status.render_missing_markdown(corpus, missing)
            + report_status.render_closing_markdown(ready)
        )
        for cell in missing if output == "json" else ():
            click.echo(report_status.describe_debt(corpus, cell), err=True)
        if missing:
            return PROBLEMS
    return OK
