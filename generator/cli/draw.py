"""The command ``pairing draw``: draw schools and records to inspect, from a published seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
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

    plain = draws.normalise_seed(_read_seed(seed, seed_file))
    if not plain or len(plain) > _MOST_SEED or not plain.isprintable():
        raise click.UsageError(f"种子应当是一行文字，不超过 {_MOST_SEED} 个字")
    if source is not None and (not source.strip() or len(source) > _MOST_SEED or not source.isprintable()):
        raise click.UsageError(f"种子的来源应当是一行文字，不超过 {_MOST_SEED} 个字")
    corpus = read_archive(root)
    programme = _require_programme(corpus, month)
    made_on = read_today(as_of)
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
    atomic.write_file(path, draws.format_draw(made, schema=schema))
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
    programme = corpus.find_programme(int(month[:4]))
    if programme is None:
        raise click.UsageError(f"没有 {month[:4]} 年的方案数据；先运行 pairing check")
    if month not in programme.months:
        raise click.UsageError(f"{month} 不是帮扶月；帮扶月是：{'、'.join(programme.months)}")
    return programme
