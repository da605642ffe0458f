"""The commands ``pairing draw`` and ``pairing survey import``: draw schools to visit, count survey answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import today
from generator.cli.command import Command, Group
from generator.cli.options import OK, PROBLEMS, Day, Month, read_archive, root_option
from generator.plumbing import atomic

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.records.models import Programme

_MOST_SEED = 200


@click.command(
    cls=Command,
    examples=(
        ("pairing draw --month 2020-05 --seed 试抽", "试抽一次，只看结果，不写进档案"),
        (
            "pairing draw --month 2020-05 --seed '04 11 17 22' --source 双色球第2020042期 --announced 2020-05-18 --out",
            "按事先公布的彩票号码抽 3 所，写进档案",
        ),
        (
            "pairing draw --month 2020-05 --count 1 --by-kind --exclude-visited --seed 试抽",
            "帮扶园、农村园、民办园各抽 1 所，本年核查过的不抽",
        ),
    ),
)
@root_option
@click.option("--month", type=Month(), required=True, metavar="月份", help="抽查哪个月的工作，如 2020-05。")
@click.option(
    "--count", type=click.IntRange(1, 1000), default=3, metavar="数量", help="抽几所校（园）；默认 3。"
)
@click.option(
    "--records",
    type=click.IntRange(0, 50),
    default=2,
    metavar="数量",
    help="每所抽几份记录核查；默认 2，0 为不抽。",
)
@click.option("--seed", metavar="文字", help="种子：事先公布、谁也左右不了的数字或文字。")
@click.option(
    "--seed-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="文件",
    help="从文件里读种子（UTF-8，一行）。",
)
@click.option("--source", metavar="文字", help="种子的来源，如 双色球第2020042期开奖号码。")
@click.option("--announced", type=Day(), metavar="日期", help="公布“用什么作种子”的日期，要在抽签那天以前。")
@click.option("--exclude-visited", is_flag=True, help="本年已经核查过的校（园）不抽。")
@click.option("--by-kind", is_flag=True, help="帮扶园、农村园、民办园分开抽，每类各抽 --count 所。")
@click.option("--as-of", type=Day(), metavar="日期", help="抽签的日期；默认今天。")
@click.option("--out", is_flag=True, help="写进档案 records/bureau/年度/draws；不写只显示结果。")
def draw(
    root: Path,
    month: str,
    count: int,
    records: int,
    seed: str | None,
    seed_file: Path | None,
    source: str | None,
    announced: dt.date | None,
    exclude_visited: bool,
    by_kind: bool,
    as_of: dt.date | None,
    out: bool,
) -> int:
    """抽签：随机抽出要入校核查的校（园）和记录。

    同样的种子、月份和名单，在任何电脑上抽出的都一样，谁都可以重抽一遍来核对。先公布用什么作种子（如某一期彩票的号码），开奖以后再抽。

    写进档案的抽签公布在网站上，pairing check 每次都会重抽核对；改动一个字就是错误。
    """
    from generator.accounts import draws
    from generator.actions import draw_schools

    plain = draws.plain_seed(_read_seed(seed, seed_file))
    if not plain or len(plain) > _MOST_SEED or not plain.isprintable():
        raise click.UsageError(f"种子应当是一行文字，不超过 {_MOST_SEED} 个字")
    if source is not None and (not source.strip() or len(source) > _MOST_SEED or not source.isprintable()):
        raise click.UsageError(f"种子的来源应当是一行文字，不超过 {_MOST_SEED} 个字")
    corpus = read_archive(root)
    programme = _require_programme(corpus, month)
    made_on = today(as_of)
    if out and (source is None or announced is None):
        raise click.UsageError("写进档案要说明种子的来历：加上 --source 来源 和 --announced 公布日期")
    if out and announced is not None and announced >= made_on:
        raise click.UsageError(f"种子来源 {announced} 才公布，{made_on} 还不能抽：要先公布，隔天以后再抽")
    request = draw_schools.DrawRequest(
        month=month,
        seed=plain,
        source=source or "试抽",
        announced=announced or made_on,
        made=made_on,
        count=count,
        records=records,
        by_kind=by_kind,
        exclude_visited=exclude_visited,
    )
    made = draw_schools.draw_month(corpus, programme, request)
    if made is None:
        click.echo("没有可以抽的校（园）：本年都已经核查过。去掉 --exclude-visited 再抽。", err=True)
        return PROBLEMS
    click.echo(draw_schools.describe_draw(corpus, made), nl=False)
    if not out:
        click.echo("这是试抽，没有写进档案；正式抽签加上 --source、--announced 和 --out。")
        return OK
    path, there = draw_schools.find_draw_file(corpus, made)
    shown = path.relative_to(corpus.root).as_posix()
    if there:
        click.echo(f"这次抽签已经在档案里：{shown}")
        return OK
    if path.stem != month:
        click.echo(
            click.style("提醒：", fg="yellow") + f"{month} 已经抽过，这一次另存；两次都会公布。", err=True
        )
    schema = "# yaml-language-server: $schema=../../../schema/draw.schema.json"
    atomic.write(path, draws.format_draw(made, schema=schema))
    click.echo(f"已写出 {shown}")
    return OK


def _read_seed(seed: str | None, seed_file: Path | None) -> str:
    if (seed is None) == (seed_file is None):
        raise click.UsageError("写 --seed 文字，或 --seed-file 文件，两个里写一个")
    if seed_file is None:
        return seed or ""
    with seed_file.open("rb") as file:
        data = file.read(4 * _MOST_SEED + 8)
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise click.UsageError(f"{seed_file.name} 不是 UTF-8 文字") from None


def _require_programme(corpus: Corpus, month: str) -> Programme:
    programme = corpus.programme(int(month[:4]))
    if programme is None:
        raise click.UsageError(f"没有 {month[:4]} 年的方案数据；先运行 pairing check")
    if month not in programme.months:
        raise click.UsageError(f"{month} 不是帮扶月；帮扶月是：{'、'.join(programme.months)}")
    return programme


@click.group(
    cls=Group,
    table={
        "import": (
            "oversight:import_survey",
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
            "pairing survey import 答卷.csv --school leimeng --audience parents --title 家长问卷 --date 2020-06-18",
            "先看汇总的结果",
        ),
        (
            "pairing survey import 答卷.csv --school leimeng --audience parents --title 家长问卷 --date 2020-06-18 --out",
            "写进档案 records/bureau/2020/surveys",
        ),
    ),
)
@root_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="文件")
@click.option("--school", required=True, metavar="代号", help="被调查园的代号，如 leimeng。")
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
    from generator.actions.import_survey import MOST_BYTES, count_answers, survey_text

    corpus = read_archive(root)
    programme = corpus.programme(day.year)
    if programme is None:
        raise click.UsageError(f"没有 {day.year} 年的方案数据；先运行 pairing check")
    if school not in programme.school_ids:
        raise click.UsageError(f"方案里没有代号是“{school}”的校（园）；有：{'、'.join(programme.school_ids)}")
    if not title.strip() or len(title) > _MOST_SEED or not title.isprintable():
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
    text = survey_text(
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
    atomic.write(path, text)
    click.echo(f"已写出 {shown}：{counted.respondents} 份答卷，{len(counted.questions)} 题。")
    return OK
