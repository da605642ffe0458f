"""The commands ``pairing close``, ``file`` and ``amend``: seal a month, number its records, correct what is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, USAGE, Day, Month, read_archive, root_option
from generator.plumbing.system_errors import describe_system_error

if TYPE_CHECKING:
    from generator.actions.closing.plan_closing import PlannedFiles
    from generator.archive import Corpus
    from generator.records.models import Programme

_Function = TypeVar("_Function", bound=Callable[..., Any])

_dry_run = click.option("--dry-run", is_flag=True, help="只说会写什么，不动任何文件。")


def _as_of_option(what: str) -> Callable[[_Function], _Function]:
    return click.option(
        "--as-of", type=Day(), metavar="日期", help=f"{what}的日期，如 2020-06-02；默认今天，不能是将来。"
    )


@click.command(
    cls=Command,
    examples=(
        ("pairing close 2020-05 --dry-run", "先看五月结账会写什么"),
        ("pairing close 2020-05", "五月结账"),
        ("pairing close 2020-05 --as-of 2020-06-02", "按 6 月 2 日结账：那天以后上报的不算"),
    ),
)
@root_option
@click.argument("month", type=Month(), metavar="月份")
@_as_of_option("结账")
@_dry_run
def close(root: Path, month: str, as_of: dt.date | None, dry_run: bool) -> int:
    """月度结账：把一个月各校（园）的完成情况固定下来，并给收下的材料编备案号。

    写出 records/bureau/年度/closings/月份.yml，再续写备案登记簿 filings.yml。以后收到的算逾期，不再计入；结过账的记录改动一个字、一张图片，pairing check 都会发现。

    没有过截止日、前面的月份没有结账、当月的记录还有错误，都不能结账；原因一次列出。已经结过的，再运行也不改动。
    """
    from generator.actions.closing.plan_closing import plan_closing, plan_missing_batch
    from generator.actions.closing.reasons import list_reasons_not_to_close
    from generator.cli.close_messages import describe_closing

    corpus = read_archive(root)
    programme = _require_programme(corpus, int(month[:4]))
    if month not in programme.months:
        raise click.UsageError(f"{month} 不是帮扶月；帮扶月是：{'、'.join(programme.months)}")
    settlement = corpus.find_settlement(programme.year)
    if done := settlement.months.get(month):
        writing = plan_missing_batch(corpus, programme, month)
        if writing is None:
            click.echo(f"{month} 已经在 {done.closed} 结账，没有改动。核对：pairing check")
            return OK
        code = OK if dry_run else _write(root, corpus, writing)
        if code == OK:
            click.echo(f"{month} 的结账上次没有写完：{'将' if dry_run else '已'}补登备案登记簿。")
        return code
    day = read_today(as_of)
    reasons = list_reasons_not_to_close(corpus, programme, month, day, read_today())
    if refused := dict.fromkeys(reasons):
        return _refuse(f"{month} 现在不能结账：", refused)
    planned = plan_closing(corpus, programme, month, day)
    if not dry_run and (code := _write(root, corpus, planned.writing)):
        return code
    return _print_lines(describe_closing(corpus, planned, dry_run=dry_run))


@click.command(
    cls=Command,
    name="file",
    examples=(
        ("pairing file --dry-run", "看还有哪些记录没有备案号"),
        ("pairing file", "给它们编号"),
    ),
)
@root_option
@_as_of_option("备案")
@_dry_run
def file_records(root: Path, as_of: dt.date | None, dry_run: bool) -> int:
    """备案：给还没有备案号的记录编号。

    结账时会自动编号，平时不用运行；结账以后补交的材料，想在下次结账以前就有号，运行它。

    备案号由年月、校（园）代号和序号组成，如 2020-05-园代号-01。撤下、删去以后，号也不再用。

    以前的版本结的账，登记簿里缺的骨架校验值也由它补登：有了它，结账以后改图片说明不用更正。
    """
    from generator.actions.closing.plan_closing import plan_filing
    from generator.actions.closing.reasons import list_reasons_not_to_file
    from generator.cli.close_messages import describe_filing

    corpus = read_archive(root)
    day, years = read_today(as_of), list(corpus.years)
    if not years:
        raise click.UsageError(f"“{root}”里没有方案数据；先运行 pairing check")
    code, done = OK, False
    for year in years:
        programme = _require_programme(corpus, year)
        writing = plan_filing(corpus, programme, day)
        if writing is None:
            continue
        done = True
        if refused := dict.fromkeys(list_reasons_not_to_file(corpus, programme, day, read_today())):
            code = _refuse(f"{year} 年度现在不能备案：", refused)
        elif not dry_run and (failed := _write(root, corpus, writing)):
            code = failed
        else:
            _print_lines(describe_filing(writing, dry_run=dry_run))
    if not done:
        click.echo("收下的记录都有备案号，没有改动。")
    return code


@click.command(
    cls=Command,
    examples=(
        (
            "pairing amend 园代号/2020/05/14-area-observation --reason 活动人数写错 --decided-by 分管股长",
            "结账以后改了一份记录，登记更正",
        ),
        (
            "pairing amend 2020-05 --count 园代号/2020/05/20-lesson --reason 按时送达，合并晚了 --decided-by 分管股长",
            "补计一份按时交来的",
        ),
        (
            "pairing amend 2020-05 --moved 园代号/2020/05/02-lesson 园代号/2020/05/20-lesson --reason 日期写错 --decided-by 分管股长",
            "文件夹改了名",
        ),
    ),
)
@root_option
@click.argument("target", metavar="月份|活动")
@click.option("--reason", required=True, metavar="原因", help="为什么更正，一句话，不写姓名。")
@click.option("--decided-by", required=True, metavar="决定人", help="由谁决定，只写职务，如 分管股长。")
@click.option(
    "--moved", nargs=2, multiple=True, metavar="原名 新名", help="文件夹改了名的记录：先原名，后新名。"
)
@click.option(
    "--count", "counted", multiple=True, metavar="活动", help="补计一份结账时没有计入的，可以写几次。"
)
@_as_of_option("更正")
@_dry_run
def amend(
    root: Path,
    target: str,
    reason: str,
    decided_by: str,
    moved: tuple[tuple[str, str], ...],
    counted: tuple[str, ...],
    as_of: dt.date | None,
    dry_run: bool,
) -> int:
    """更正已经结账的月份：先改好记录，再用它写明原因和决定人。

    结账文件本身不动，另写一份更正，接在结账的后面；活动的页面上会显示更正记录，需要时完成情况重新计算。撤下图片、改为不公开、改图片说明，都不用更正。
    """
    from generator.accounts.mentoring import list_known_persons
    from generator.actions.closing.plan_amendment import (
        AmendRequest,
        list_reasons_not_to_amend,
        plan_amendment,
    )
    from generator.actions.closing.reasons import (
        describe_errors,
        explain_unfit_words,
        find_errors_beyond_amendment,
        list_reasons_against_day,
    )
    from generator.archive.privacy import names_person
    from generator.cli.close_messages import describe_amendment

    for option, words in (("--reason", reason), ("--decided-by", decided_by)):
        if problem := explain_unfit_words(words):
            raise click.UsageError(f"{option}{problem}")
    corpus = read_archive(root)
    month, record = _parse_target(target)
    programme = _require_programme(corpus, int(month[:4]))
    if names_person(decided_by, list_known_persons(corpus, programme.year)):
        raise click.UsageError(
            f"--decided-by“{decided_by[:20]}”像是姓名；只写职务，如 {programme.office}股长"
        )
    request = AmendRequest(
        month=month,
        record=record,
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        moved={_parse_key(old): _parse_key(new) for old, new in moved},
        counted=tuple(dict.fromkeys(_parse_key(each) for each in counted)),
    )
    day = read_today(as_of)
    refused = dict.fromkeys(list_reasons_not_to_amend(corpus, programme, request))
    refused |= dict.fromkeys(list_reasons_against_day(corpus, programme, day, read_today()))
    planned = None if refused else plan_amendment(corpus, programme, request, day)
    if planned:
        keys = {r.moved_to or r.record for r in planned.amendment.records}
        refused = dict.fromkeys(
            describe_errors(find_errors_beyond_amendment(corpus, programme.year, keys, read_today()))
        )
    if refused:
        return _refuse("现在不能更正：", refused)
    if planned is None:
        click.echo(f"{target} 与结账时一样，没有要更正的，没有改动。")
        return OK
    if not dry_run and (code := _write(root, corpus, planned.writing)):
        return code
    return _print_lines(describe_amendment(corpus, planned, dry_run=dry_run))


def _require_programme(corpus: Corpus, year: int) -> Programme:
    programme = corpus.find_programme(year)
    if programme is None:
        raise click.UsageError(f"没有 {year} 年度的方案数据，或它读不出来；先运行 pairing check")
    return programme


def _parse_key(typed: str) -> str:
    """Return the key that a typed path means: from ``records``, with or without the record's name."""
    parts = [part for part in typed.replace("\\", "/").split("/") if part not in ("", ".")]
    if "records" in parts:
        parts = parts[parts.index("records") + 1 :]
    if parts[-1:] == ["activity.md"]:
        parts = parts[:-1]
    if len(parts) != 4 or not (parts[1] + parts[2]).isascii() or not (parts[1] + parts[2]).isdigit():
        raise click.UsageError(f"“{typed}”不是活动的文件夹，写成 园代号/2020/05/14-area-observation 的样子")
    return "/".join(parts)


def _parse_target(typed: str) -> tuple[str, str]:
    """Return the month that is meant, and the record's key where it is one."""
    if "/" not in typed and "\\" not in typed:
        try:
            return str(Month().convert(typed, None, None)), ""
        except click.BadParameter:
            what = f"“{typed}”不是月份，也不是活动的文件夹"
            examples = "写成 2020-05，或 园代号/2020/05/14-area-observation 的样子"
            raise click.UsageError(f"{what}；{examples}") from None
    key = _parse_key(typed)
    _, year, month, _ = key.split("/")
    return f"{year}-{month}", key


def _refuse(head: str, reasons: Iterable[str]) -> int:
    click.echo(click.style(head, fg="red"), err=True)
    for reason in reasons:
        click.echo(f"  · {reason}", err=True)
    return PROBLEMS


def _print_lines(lines: Iterable[str]) -> int:
    for line in lines:
        click.echo(line)
    return OK


def _write(root: Path, corpus: Corpus, writing: PlannedFiles) -> int:
    from generator.actions.closing.plan_closing import write_planned_files
    from generator.actions.transaction import ChangeError

    try:
        write_planned_files(root, corpus, writing)
    except (ChangeError, OSError) as error:
        reason = describe_system_error(error) if isinstance(error, OSError) else str(error)
        click.echo(click.style("什么都没有改：", fg="red") + reason, err=True)
        return USAGE
    return OK
