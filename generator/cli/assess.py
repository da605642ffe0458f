"""The command ``pairing assess``: a term's assessment, shown, explained, tried out with other weights, published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_schools
from generator.cli.options import as_of_option, read_archive, root_option


@click.command(
    cls=Command,
    examples=(
        ("pairing assess 2020-autumn", "看秋学期各校（园）的得分和失分的项目"),
        ("pairing assess 2020-autumn --explain 园代号", "一所园的每一项：依据的条款、算式和活动"),
        (
            "pairing assess 2020-autumn --weight quota:helper=36 --weight truthful:helper=0",
            "试算：改几项分值会怎样",
        ),
        ("pairing assess 2020-autumn --format xlsx --out 考核.xlsx", "存成工作簿，得分是公式"),
        ("pairing assess 2020-spring --publish --dry-run", "看要公布的结果，不写文件"),
        ("pairing assess 2020-spring --publish", "公布：把结果和分值固定下来"),
    ),
)
@root_option
@click.argument("term", metavar="学期")
@click.option(
    "--explain",
    metavar="校（园）",
    shell_complete=complete_schools,
    help="只看一所园（代号或园名），逐项列出条款、算式和依据。",
)
@click.option(
    "--what-if",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="按这个文件里的 assessment 试算；写法同 programme.yml。",
)
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="项目=分值",
    help="试算：改一项的分值，如 quota=40、quota:helper=40；可以写几次。",
)
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    metavar="text|json|xlsx",
    help="text 给人看，json 给程序用，xlsx 是工作簿。",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到这个文件。")
@click.option("--publish", is_flag=True, help="公布：写出 records/bureau/年度/assessments/ 下的结果文件。")
@click.option("--reason", metavar="理由", help="重新公布的理由；结果与公布的不同时要写。")
@click.option("--dry-run", is_flag=True, help="只看要公布什么，不写文件。")
def assess(root: Path, as_of: dt.date | None, **options: Any) -> int:
    """学期考核：各校（园）的得分，每一分从哪里来。

    学期写作 2020-autumn 的样子。分值在 programme.yml 的 assessment 里；公布以后再改分值，不影响已公布的结果。
    """
    from generator.cli.assess_term import AssessRequest, carry_out_assess

    return carry_out_assess(read_archive(root), root, read_today(as_of), AssessRequest(**options))
