"""The command ``pairing survey import``: count questionnaires into anonymous totals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Command, Group
from generator.cli.completion_values import complete_schools
from generator.cli.options import OK, PROBLEMS, Day, read_archive, root_option
from generator.plumbing import atomic

if TYPE_CHECKING:
    pass

_LONGEST_TITLE = 200


@click.group(
    cls=Group,
    table={
        "import": (
            "survey:import_survey",
            "把问卷星等导出的 CSV 汇总成每题每项的人数；原始答卷一行也不留。",
        )
    },
)
def survey() -> None:
    """问卷：把答卷汇总成人数，写进档案。"""


@click.command(
    name="import",
    cls=Command,
    examples=(
        (
            "pairing survey import 答卷.csv --school 园代号 --audience parents --title 家长问卷 --date 2020-06-18",
            "先看汇总的结果",
        ),
        (
            "pairing survey import 答卷.csv --school 园代号 --audience parents --title 家长问卷 --date 2020-06-18 --out",
            "写进档案 records/bureau/2020/surveys",
        ),
    ),
)
@root_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="文件")
@click.option(
    "--school",
    required=True,
    metavar="代号",
    shell_complete=complete_schools,
    help="被调查园的代号，见 records 下的文件夹名。",
)
@click.option(
    "--audience",
    type=click.Choice(["teachers", "children", "parents"]),
    required=True,
    metavar="teachers|children|parents",
    help="问的是教师、幼儿还是家长。",
)
@click.option("--title", required=True, metavar="文字", help="问卷的名称。")
@click.option("--date", "day", type=Day(), required=True, metavar="日期", help="调查的日期，如 2020-06-18。")
@click.option("--sent", type=click.IntRange(1, 100_000), metavar="数量", help="发出多少份。")
@click.option("--out", is_flag=True, help="写进档案；不写只显示结果。")
def import_survey(
    root: Path, file: Path, school: str, audience: str, title: str, day: dt.date, sent: int | None, out: bool
) -> int:
    """把问卷星等导出的 CSV 汇总成每题每项的人数；原始答卷一行也不留。

    每行一份答卷，第一行是题目；UTF-8 或 GBK 都可以。姓名、电话、时间、IP 等栏自动丢掉，各人自己写的话不收，不足 5 人的选项与相邻的合并。
    """
    from generator.actions.import_survey import MOST_BYTES, count_answers, format_survey

    corpus = read_archive(root)
    programme = corpus.find_programme(day.year)
    if programme is None:
        raise click.UsageError(f"没有 {day.year} 年的方案数据；先运行 pairing check")
    if school not in programme.school_ids:
        raise click.UsageError(f"方案里没有代号是“{school}”的校（园）；有：{'、'.join(programme.school_ids)}")
    if not title.strip() or len(title) > _LONGEST_TITLE or not title.isprintable():
        raise click.UsageError("--title 应当是一行文字，不超过 200 个字")
    with file.open("rb") as source:
        counted = count_answers(source.read(MOST_BYTES + 1))
    if isinstance(counted, str):
        click.echo(f"{file.name}：{counted}", err=True)
        return PROBLEMS
    for name, reason in counted.left_out:
        click.echo(click.style("没有收：", fg="yellow") + f"“{name[:40]}”，{reason}", err=True)
    if not counted.questions:
        click.echo("没有可以汇总的题目。", err=True)
        return PROBLEMS
    if sent is not None and sent < counted.respondents:
        raise click.UsageError(f"发出 {sent} 份，答卷却有 {counted.respondents} 份")
    text = format_survey(
        counted, title=title.strip(), date=day.isoformat(), school=school, audience=audience, sent=sent
    )
    if not out:
        click.echo(text, nl=False)
        return OK
    path = corpus.root / "records" / "bureau" / str(day.year) / "surveys" / f"{day}-{school}-{audience}.yml"
    shown = path.relative_to(corpus.root).as_posix()
    if path.exists() and path.read_text(encoding="utf-8") != text:
        click.echo(f"{shown} 已经有了，内容不同；先看一看，要换就删去它再运行。", err=True)
        return PROBLEMS
    atomic.write_file(path, text)
    click.echo(f"已写出 {shown}：{counted.respondents} 份答卷，{len(counted.questions)} 题。")
    return OK
