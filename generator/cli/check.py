"""The command ``pairing check``: the archive, a change or some paths against the plan and the format."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import job_summary
from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_paths
from generator.cli.missing_package import find_missing_photo_package
from generator.cli.options import OK, PROBLEMS, as_of_option, read_archive, root_option
from generator.plumbing import atomic

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.records.diagnostics import Diagnostic
    from generator.rules.submission.changed_paths import Submission
    from generator.rules.submission.reported_days import Days

_NO_RECORDS = "这个请求里没有 records 文件夹：它被删去了，或者换成了链接；从主分支恢复它，再放进自己的材料"


@click.command(
    cls=Command,
    examples=(
        ("pairing check", "检查全部记录"),
        ("pairing check --only records/园代号/2020/05", "只检查一个文件夹"),
        ("pairing check --changed-since origin/main", "只检查与主分支不同的部分"),
        ("pairing check --as-of 2020-05-31", "按 5 月 31 日来判断是否到期"),
        (
            "pairing check --changed-since origin/main --submitted 2020-05-28",
            "5 月 28 日交来的：核对新记录的上报日期",
        ),
        (
            "pairing check --changed-since origin/main --account 账号",
            "这个账号交来的：核对改的是不是自己园的文件夹",
        ),
    ),
)
@root_option
@click.option(
    "--changed-since", metavar="版本", help="只看与这个分支或 git 版本不同的部分，从两边分开的地方算起。"
)
@click.option(
    "--only",
    "only_paths",
    metavar="路径…",
    multiple=True,
    shell_complete=complete_paths,
    help="只看这些文件或文件夹，可以写几个。",
)
@click.argument("more_paths", nargs=-1, metavar="", shell_complete=complete_paths)
@click.option(
    "--submitted",
    metavar="日期",
    help="材料是哪天交来的，如 2020-05-28；也可写拉取请求的时间，或“提出/最后改动”。与 --changed-since 同用，核对新记录的上报日期。",
)
@click.option(
    "--base",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="文件夹",
    help="合并以前的档案在哪个文件夹；不写就从 git 里读。",
)
@click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="与 --changed-since 同用：把收到了什么、各月还欠几项另存成 JSON，给程序用。",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="与 --changed-since 同用：把全部结果存成 JSON，pairing comment 用它写请求下面的留言。",
)
@click.option(
    "--account",
    "accounts",
    metavar="账号",
    multiple=True,
    help="与 --changed-since 同用：谁交来的，可以写几次；照主分支的账号名单，核对可以改哪些文件夹。不写时看环境变量 PAIRING_ACCOUNT。",
)
@as_of_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    metavar="text|github|json",
    help="输出的样子：text 给人看，github 在拉取请求上标注，json 给程序用。",
)
def check(
    root: Path,
    changed_since: str | None,
    only_paths: tuple[str, ...],
    more_paths: tuple[str, ...],
    submitted: str | None,
    base: Path | None,
    receipt: Path | None,
    report_file: Path | None,
    accounts: tuple[str, ...],
    as_of: dt.date | None,
    output: str,
) -> int:
    """检查记录是否符合实施方案和填写格式。

    只看改动时，先说收到了什么：每份材料是新交、修改、移动还是删去，各月算下来还欠几项。

    一次列出全部问题：在哪个文件、哪一行，依据哪一条，应当怎么改。

    指定了路径或 --changed-since 时，里面的图片也照生成网站的办法逐张打开，打不开的在这里就指出来；
    检查全部记录时不打开图片，只看文件的结构。

    退出码：0 没有错误（可以有提醒），1 有错误，2 用法不对，3 程序出错。
    """
    from generator.cli import report_problems, report_receipt
    from generator.plumbing.git import RevisionError
    from generator.rules.submission import changed_paths, verdict

    if (submitted or base or receipt or report_file or accounts) and changed_since is None:
        raise click.UsageError(
            "--submitted、--base、--receipt、--report 和 --account 要与 --changed-since 一起用：它们核对的是改动"
        )
    if report_file and (advice := find_missing_photo_package()):
        raise click.UsageError(f"--report 是评判，图片要逐张打开看。{advice}")
    if more_paths and not only_paths:
        raise click.UsageError(f"要只检查这些路径，请写 --only {' '.join(more_paths)}")
    change = given = None
    day = read_today(as_of)
    try:
        if changed_since is not None:
            change = changed_paths.find_changes_since(root, changed_since)
        if only_paths:
            given = changed_paths.take_paths(root, (*only_paths, *more_paths))
        if change and not (root / "records").is_dir():
            raise RevisionError(_NO_RECORDS)
        corpus = read_archive(root, base=base)
        if change:
            when = _parse_submitted(submitted, corpus)
            judged = verdict.judge_change(corpus, day, change, base, when, _find_accounts(accounts))
        elif given:
            judged = verdict.judge_paths(corpus, day, given)
        else:
            judged = verdict.judge_archive(corpus, day)
    except RevisionError as error:
        reason = report_problems.replace_controls(str(error)).replace("##[", "## [")
        if output == "github":
            click.echo(report_problems.render_refusal_annotation(reason), nl=False)
            job_summary.append_to_summary(report_problems.render_refusal(reason))
        if report_file:
            from generator.cli import report_change

            atomic.write_file(report_file, report_change.make_refusal(reason))
        raise click.UsageError(reason) from None
    except FileNotFoundError as error:
        raise click.UsageError(f"找不到“{error}”（在档案文件夹 {root} 之内）") from None
    found = judged.diagnostics
    if touched := change or given:
        found = _add_photo_problems(corpus, touched, found)
    if given:
        found = tuple(d for d in found if given.is_concerned_by(d))
    if receipt and judged.receipt:
        atomic.write_file(receipt, report_receipt.render_json(judged.receipt))
    if report_file:
        from generator.cli import report_change  # late: a check on the spot needs none

        atomic.write_file(report_file, report_change.make_report(corpus, judged, found))
    site = _find_site_url(root, change, base)
    if output == "json":
        click.echo(report_problems.render_json(found, site), nl=False)
    elif output == "github":
        click.echo(report_receipt.render_log(judged.receipt), nl=False)
        click.echo(report_problems.render_annotations(found, judged.checked, site), nl=False)
        click.echo("".join(f"{note}\n" for note in judged.notes), nl=False)
        job_summary.append_to_summary(
            report_receipt.render_markdown(judged.receipt)
            + report_problems.render_markdown(found, judged.checked, site)
            + "".join(f"\n{report_problems.escape_markdown(note)}\n" for note in judged.notes)
        )
    else:
        click.echo(report_receipt.render_text(judged.receipt), nl=False)
        click.echo(report_problems.render_text(found, judged.checked, site), nl=False)
        click.echo("".join(f"{note}\n" for note in judged.notes), nl=False)
    return PROBLEMS if report_problems.count_problems(found)[0] else OK


def _add_photo_problems(
    corpus: Corpus, touched: Submission, found: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Add the faults of the touched photos that only decoding finds."""
    from generator.plumbing.progress import show_stages
    from generator.rules.submission.photo_trial import find_unpublishable

    if advice := find_missing_photo_package():
        click.echo(f"图片没有逐张打开看，只看了文件的结构。{advice}", err=True)
        return found
    with show_stages(after=2, log=False) as report:
        unpublishable = find_unpublishable(
            corpus,
            touched.paths,
            found,
            corpus.root / ".cache/photos",
            progress=lambda done, total: report("打开图片", done, total),
        )
    return tuple(sorted({*found, *unpublishable}, key=lambda d: d.sort_key))


def _find_accounts(typed: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return who handed in the change; None where nobody asks. A variable that is there and empty is nobody's name."""
    if typed:
        return typed
    given = os.environ.get("PAIRING_ACCOUNT")
    return None if given is None else tuple(given.split())


def _find_site_url(root: Path, change: Submission | None, base: Path | None) -> str:
    """Return the site's address: from the environment, else from ``mkdocs.yml``, but not from one that the change brings."""
    from generator.plumbing.git import RevisionError
    from generator.rules.submission import file_readers
    from generator.site import site_address

    if address := site_address.normalise_address(os.environ.get(site_address.VARIABLE, "")):
        return address
    if base or change is None:
        read = file_readers.make_folder_reader(base or root)
    else:
        read = file_readers.make_base_reader(root, change.before)
    try:
        return site_address.read_site_url(read(site_address.CONFIGURATION))
    except RevisionError:
        return ""


def _parse_submitted(submitted: str | None, corpus: Corpus) -> Days | None:
    """Return the days of a submission as they were typed. Raises a usage error where they are none."""
    from generator.rules.submission import reported_days

    when = reported_days.parse_days(submitted, corpus) if submitted else None
    if submitted and when is None:
        raise click.UsageError(
            f"--submitted“{submitted[:60]}”不是日期，写成 2020-05-28，或 2020-05-28/2020-05-30 的样子"
        )
    return when
