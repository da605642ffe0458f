"""The command ``pairing fix``: mend what is unambiguous, and show it first."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Command
from generator.cli.completion_values import complete_paths
from generator.cli.options import OK, PROBLEMS, as_of_option, read_archive, require_archive, root_option

if TYPE_CHECKING:
    from generator.actions.fix.repairs import Doubt, Repair, RepairPlan
    from generator.archive import Corpus

_MOST_ROUNDS = 4
"""A record that was moved is looked at again in its place, with its photos."""


@click.command(
    cls=Command,
    examples=(
        ("pairing fix --dry-run", "看看哪些能改，不动文件"),
        ("pairing fix records/园代号/2020/09/17-area-observation", "改一份记录，逐处问过再改"),
        ("pairing fix --yes records/园代号", "本园的都改，不再问；要核对的还是要人看"),
    ),
)
@root_option
@click.argument("paths", nargs=-1, metavar="[路径…]", shell_complete=complete_paths)
@click.option("--yes", is_flag=True, help="不再问，能改的都改。")
@click.option("--dry-run", is_flag=True, help="只显示会改什么，不动任何文件；有要改的就以 1 退出。")
@as_of_option
@click.pass_context
def fix(
    context: click.Context,
    root: Path,
    paths: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    as_of: dt.date | None,
) -> int:
    """改好看得准的小毛病：先显示改前改后，再改。

    改的是：文件编码（GBK、UTF-16、BOM）和换行，填写栏里的全角标点和数字，日期的写法，参与园、帮扶内容、方式写的中文名称，各栏的次序，放错而看得准的文件夹，图片的扩展名和方向。注释和正文一字不动。看不准的不改，列出来。

    收材料时程序读出来、注明“# 请核对”的，在终端里一处一处地问，答“对”就去掉标记；--yes 不替人回答。

    已经备案的记录不动。不写路径，就看全部记录。不在终端里、又没有写 --yes 的，只显示。全部改好，或者一处也不改；改过的最后再检查一遍。
    """
    from generator.actions.transaction import ChangeError
    from generator.cli.check import check
    from generator.cli.fix_messages import describe_doubts
    from generator.cli.photos_messages import print_failure, print_leftovers
    from generator.rules.submission.changed_paths import take_paths

    if yes and dry_run:
        raise click.UsageError("--yes 和 --dry-run 只写一个")
    require_archive(root)
    try:
        given = take_paths(root, paths or ("records",)).paths
    except FileNotFoundError as error:
        raise click.UsageError(f"找不到“{error}”（在档案文件夹 {root} 之内）") from None
    everything = given
    corpus: Corpus | None = None
    plan: RepairPlan | None = None
    shows_only = dry_run or not (yes or _is_terminal())
    touched: dict[str, None] = {}
    passed: set[str] = set()
    doubts: list[Doubt] = []
    try:
        for _ in range(_MOST_ROUNDS):
            corpus, plan = _find(root, given, passed)
            doubts += [doubt for doubt in plan.doubts if doubt not in doubts]
            chosen = [each for each in plan.repairs if _show(each, ask=not (yes or shows_only))]
            if shows_only or not chosen:
                break
            passed |= {each.path for each in plan.repairs if each not in chosen}
            print_leftovers(_carry_out(root, chosen))
            for each in chosen:
                touched.pop(each.path, None)
                touched[each.target] = None
            given = tuple(touched)
        if corpus is not None:
            doubts += _settle_marks(corpus, everything, touched, ask=not (yes or shows_only))
    except (ChangeError, OSError) as error:
        return print_failure(error)
    for line in describe_doubts(doubts):
        click.echo(line)
    if shows_only:
        if plan and plan.repairs:
            click.echo(f"有 {len(plan.repairs)} 处可以改，还没有改；要改，加上 --yes 再运行。")
        elif not doubts:
            click.echo("没有要改的。")
        return PROBLEMS if plan and plan.repairs else OK
    if not touched:
        if not passed and not doubts:
            click.echo("没有要改的。")
        return OK
    click.echo(f"改好了 {len(touched)} 处。再检查一遍：\n")
    code: int = context.invoke(
        check, root=root, only_paths=tuple(str(root / path) for path in touched), as_of=as_of
    )
    return code


def _find(root: Path, given: tuple[str, ...], passed: set[str]) -> tuple[Corpus, RepairPlan]:
    from generator.actions.fix.find_repairs import find_repairs
    from generator.plumbing.progress import show_stages

    corpus = read_archive(root)
    with show_stages(after=2, log=False) as report:
        plan = find_repairs(corpus, given, lambda done, total: report("处理照片", done, total), passed=passed)
    return corpus, plan


def _settle_marks(
    corpus: Corpus, paths: tuple[str, ...], touched: dict[str, None], *, ask: bool
) -> list[Doubt]:
    """Ask about what a program read and nobody looked at, and take those marks away; return what stays marked."""
    from generator.actions.fix.find_unread import list_records, list_unread, remove_marks
    from generator.actions.fix.repairs import Doubt
    from generator.cli.fix_messages import describe_unread

    left: list[Doubt] = []
    repairs: list[Repair] = []
    for record in list_records(corpus, {*paths, *touched}):
        agreed: list[int] = []
        for unread in list_unread(record):
            if ask:
                for line in describe_unread(record.file.path, unread):
                    click.echo(line)
            if ask and click.confirm(
                "对吗？（y 是对，去掉标记；回车先留着）", default=False, show_default=False
            ):
                agreed.append(unread.line)
            else:
                what = f"第 {unread.line} 行还没有核对（{unread.why}）；在终端里运行 pairing fix，逐处回答"
                left.append(Doubt(path=record.file.path, why=what))
        if agreed and (found := remove_marks(record, (corpus.root / record.file.path).read_bytes(), agreed)):
            repairs.append(found)
    if repairs:
        _carry_out(corpus.root, repairs)
        touched |= dict.fromkeys(repair.path for repair in repairs)
    return left


def _carry_out(root: Path, chosen: list[Repair]) -> tuple[Path, ...]:
    from generator.actions.fix.carry_out_repairs import carry_out_repairs

    return carry_out_repairs(root, chosen)


def _show(repair: Repair, *, ask: bool) -> bool:
    """Show a repair and say whether it is wanted."""
    from generator.cli.fix_messages import describe_repair

    for line in describe_repair(repair):
        click.echo(line)
    wanted = (
        click.confirm("改这一处吗？（回车是改，n 是不改）", default=True, show_default=False) if ask else True
    )
    click.echo()
    return wanted


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
