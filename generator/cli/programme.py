"""The commands ``pairing programme …``: how each plans its change, shows it, asks and writes."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from generator.cli.clock import read_today
from generator.cli.command import Group
from generator.cli.completion_values import complete_months
from generator.cli.options import OK, PROBLEMS, USAGE, dry_run_option, read_archive, root_option
from generator.plumbing.system_errors import describe_system_error

if TYPE_CHECKING:
    from generator.actions.change_programme.edits import Time
    from generator.actions.change_programme.plan_change import Edit
    from generator.archive import NO_PROGRAMME, Corpus
    from generator.records.models import Programme

_Function = TypeVar("_Function", bound=Callable[..., Any])

COMMANDS = {
    "leave": ("programme_members:leave", "一所校（园）退出：从那时起不欠、不计、不考核、不抽查。"),
    "join": (
        "programme_members:join",
        "一所校（园）加入：从哪月起由哪所园帮扶。月中加入的，从下个整月起欠。",
    ),
    "move": ("programme_members:move", "一所被帮扶园换帮扶园：原来的对子到那时为止，新的从那时起。"),
    "merge": (
        "programme_members:merge",
        "一所校（园）并入另一所：退出对子，学校档案里写明并入哪里，以前的都留着。",
    ),
    "rename": (
        "programme_schools:rename",
        "改园名、简称或类别。代号、文件夹和网址不变；那以前的简报、协议、结账仍写以前的名字。",
    ),
    "person": (
        "programme_schools:person",
        "换责任人（园长、校长）：方案的对子和学校档案一起改，那以前的仍写以前的人。",
    ),
    "deadline": (
        "programme_months:deadline",
        "个别月份改截止日：网站、日历、提醒和简报都照新的，并写明原因。",
    ),
    "cancel": (
        "programme_months:cancel",
        "一个月全县免报：各处显示“免报”和原因，不算未上报，考核不加也不扣。",
    ),
    "excuse": (
        "programme_months:excuse",
        "一所校（园）一个月或几个月免报：各处显示“免报”和原因，不算未上报，考核不加也不扣。",
    ),
}


@click.group(cls=Group, table=COMMANDS)
def programme() -> None:
    """年中有变：退出、加入、改名、换人、改期、免报。

    先显示改什么、有什么影响，问过再改。

    改的是 records/bureau/年度/programme.yml 和各园的 school.yml，注释和次序都留着。改完像别的改动一样提交。
    """


class MonthOrDay(click.ParamType[Any]):
    """A time: a month as ``YYYY-MM``, which stays text, or a day as ``YYYY-MM-DD``."""

    name = "月份|日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | dt.date:
        """Return the month or the day, or fail with the right spelling."""
        text = str(value)
        months = len(text) == len("2020-10")
        try:
            day = dt.date.fromisoformat(f"{text}-01" if months else text)
        except ValueError:
            self.fail(f"“{value}”写成 2020-10（从当月起）或 2020-10-15（从这天起）的样子", param, ctx)
        return text if months else day

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the programme's months."""
        return complete_months(ctx, param, incomplete)


since_option = click.option(
    "--from",
    "since",
    type=MonthOrDay(),
    required=True,
    metavar="月份|日期",
    help="从哪个月（2020-10）或哪一天（2020-10-15）起。一个月里只参加了几天的，当月不欠。",
)
year_option = click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="年度", help="改哪一年的方案；默认看月份属于哪年。"
)
yes_option = click.option("--yes", is_flag=True, help="不再问，直接改。")


def add_change_options(function: _Function) -> _Function:
    """Add the options that every change takes."""
    for option in (yes_option, dry_run_option, year_option, root_option):
        function = option(function)
    return function


def find_programme(corpus: Corpus, year: int | None, time: Time) -> Programme:
    """Return the programme that is meant: of ``year``, else the one that has the month. Raises a usage error.

    Where two have it, the running one.
    """
    month = str(time)[:7]
    years = [year] if year else [each for each in corpus.years if _holds(corpus, each, month)]
    running = corpus.find_running_year(read_today(None))
    meant = running if running in years else years[-1] if years else int(month[:4])
    found = corpus.find_programme(meant)
    if found is None:
        raise click.UsageError(
            f"没有 {meant} 年度的方案数据，或它读不出来；用 --year 指出年度，或先运行 pairing check"
        )
    return found


def _holds(corpus: Corpus, year: int, month: str) -> bool:
    found = corpus.find_programme(year)
    return found is not None and any(
        str(term.starts)[:7] <= month <= str(term.ends)[:7] for term in found.terms
    )


def require_member(corpus: Corpus, programme: Programme, school: str) -> None:
    """Raise a usage error unless a school stands in the programme."""
    if school not in programme.school_ids:
        from generator.rules.subjects import find_nearest

        near = find_nearest(school, programme.school_ids)
        hint = (
            f"是不是 {near}（{corpus.name_school(near)}）？"
            if near
            else f"有：{'、'.join(programme.school_ids)}"
        )
        raise click.UsageError(f"{programme.year} 年的方案里没有代号是“{school}”的校（园）；{hint}")


def require_month(programme: Programme, *months: str) -> None:
    """Raise a usage error unless the months are the programme's."""
    for month in months:
        if month not in programme.months:
            raise click.UsageError(f"{month} 不是帮扶月；帮扶月是：{'、'.join(programme.months)}")


def make_change(
    root: Path,
    corpus: Corpus,
    year: int,
    *,
    dry_run: bool,
    yes: bool,
    programme: Edit | None = None,
    schools: Mapping[str, Edit] | None = None,
    new_schools: Mapping[str, dict[str, object]] | None = None,
) -> int:
    """Show what a change does, ask, and make it; return the exit code."""
    from generator.actions.change_programme.edits import EditError
    from generator.actions.change_programme.plan_change import plan_change, write_change
    from generator.actions.transaction import ChangeError
    from generator.cli.programme_messages import describe_change, describe_problems

    try:
        planned = plan_change(
            corpus, year, read_today(), programme=programme, schools=schools, new_schools=new_schools
        )
    except EditError as error:
        click.echo(click.style("没有改：", fg="red") + str(error), err=True)
        return PROBLEMS
    if planned.problems:
        click.echo(click.style("这样改，方案就自相矛盾了，没有改：", fg="red"), err=True)
        for line in describe_problems(planned.problems):
            click.echo(line, err=True)
        return PROBLEMS
    if not planned.files:
        click.echo("已经是这样，没有改动。")
        return OK
    for line in describe_change(planned):
        click.echo(line)
    if dry_run:
        click.echo("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
        return OK
    if not yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo("\n还没有改；要改，加上 --yes 再运行。")
            return PROBLEMS
        if not click.confirm("\n照这样改吗？（回车是改，n 是不改）", default=True, show_default=False):
            click.echo("没有改。")
            return OK
    try:
        write_change(root, planned)
    except (ChangeError, OSError) as error:
        reason = describe_system_error(error) if isinstance(error, OSError) else str(error)
        click.echo(click.style("什么都没有改：", fg="red") + reason, err=True)
        return USAGE
    click.echo(f"\n改好了：{'、'.join(file.path for file in planned.files)}。接着检查：pairing check")
    return OK


def open_archive(root: Path) -> Corpus:
    """Read the archive; raise a usage error where it has no programme."""
    corpus = read_archive(root)
    if not corpus.years:
        raise click.UsageError(f"“{root}”：{NO_PROGRAMME}")
    return corpus
