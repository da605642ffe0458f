"""The command ``pairing receive``: Word reports, messages, pictures and packages from schools into records."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_measures, complete_paths, complete_schools
from generator.cli.options import (
    OK,
    PROBLEMS,
    Day,
    as_of_option,
    dry_run_option,
    root_option,
)
from generator.cli.photo_questions import is_terminal
from generator.cli.plan import read_archive_with_programme, year_option

if TYPE_CHECKING:
    from generator.actions.receive.evidence import Desk
    from generator.actions.receive.inputs import Received
    from generator.actions.receive.take_in import Outcome
    from generator.archive import Corpus


@click.command(
    cls=Command,
    examples=(
        ("pairing receive 某园5月材料.docx --dry-run", "先看每一样会放到哪里"),
        ("pairing receive 某园5月材料.docx 示范课.zip 家访/", "几份一起收：Word、压缩包、文件夹"),
        (
            "pairing receive 照片1.jpg 照片2.jpg --text - --school 园代号",
            "聊天里的一段话，粘贴进来，按 Ctrl+D（Windows 按 Ctrl+Z、回车）结束",
        ),
        ("pairing receive 材料.docx --ask", "缺什么，就在终端上问什么"),
        ("pairing receive 材料.docx --request", "收好以后建分支、提交、推送，并提出合并请求"),
        ("pairing receive 改过的.docx --replace", "收过的材料学校又改了：换成新的"),
    ),
)
@root_option
@click.argument(
    "files", nargs=-1, metavar="文件…", type=click.Path(path_type=Path), shell_complete=complete_paths
)
@click.option("--text", metavar="文件", help="和图片一起的文字：写文件名；写 - 就从粘贴的文字里读。")
@click.option(
    "--school",
    metavar="代号",
    shell_complete=complete_schools,
    help="哪所校（园）的材料；不写就从文字和文件名认。",
)
@year_option
@click.option("--date", type=Day(), metavar="日期", help="活动日期，材料里没有写时用，如 2020-05-14。")
@click.option(
    "--measure",
    metavar="代号",
    shell_complete=complete_measures,
    help="帮扶内容，从文字认不出时用，如 area-observation。",
)
@click.option(
    "--reported",
    type=Day(),
    metavar="日期",
    help="材料是哪天交到的，如 2020-05-20；默认今天，换成新的就照原来那份。",
)
@click.option("--replace", is_flag=True, help="档案里已经有、内容不同的，换成新收的；不写就只说哪里不同。")
@click.option("--ask", is_flag=True, help="缺的、要核对的，在终端上一项一项地问；按回车就先留着。")
@click.option("--branch", is_flag=True, help="写好以后建一个分支并提交，不推送。")
@click.option("--request", is_flag=True, help="同 --branch，再推送，并用 gh、glab 或 tea 提出合并请求。")
@click.option(
    "--left",
    "left_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="没有放进记录的内容写到哪里；不写就放在收到的文件旁边。",
)
@dry_run_option
@as_of_option
def receive(
    root: Path,
    files: tuple[Path, ...],
    text: str | None,
    school: str | None,
    year: int | None,
    date: dt.date | None,
    measure: str | None,
    reported: dt.date | None,
    replace: bool,
    ask: bool,
    branch: bool,
    request: bool,
    left_file: Path | None,
    dry_run: bool,
    as_of: dt.date | None,
) -> int:
    """把学校交来的材料收进档案：Word 报告、档案包、文件夹、压缩包，或者图片加一段话。

    Word 收 .docx（WPS 存的也行），档案包是填报页存下来的。

    认出标题、时间、地点、人数、帮扶内容、参与园和方案、措施、记录、总结四部分，连同里面的图片和图注，写成记录。先列出每一样放在哪里、依据哪句话。

    拿不准的不猜：写上“（请填写……）”；从正文、标题里看出来的，后面注明“# 请核对”。填好、核对过，检查才通过。没有放进去的文字原样列出，另存一个文件，一个字也不丢。

    收过的认得出来，不再收；收过以后又改了的，说出哪里不同，加上 --replace 才换。旧的 .doc、PDF、扫描的页不收，会说明怎么办。
    """
    from generator.actions.receive import branch as branches
    from generator.actions.receive.inputs import open_desk

    if not files and text is None:
        raise click.UsageError("还要写收到的文件，或者用 --text - 粘贴一段文字")
    if ask and not is_terminal():
        raise click.UsageError("--ask 要在终端里用；不在终端里就去掉它，缺的会写成“（请填写……）”")
    corpus = read_archive_with_programme(root)
    day = read_today(as_of)
    if reported is not None and reported > day:
        raise click.UsageError(f"--reported {reported} 还没有到（今天是 {day}）")
    try:
        desk = open_desk(corpus, day, school=school, year=year, date=date, measure=measure)
    except LookupError:
        raise click.UsageError(
            f"档案里没有 {year} 年的方案（有 {'、'.join(map(str, corpus.years))} 年的）"
        ) from None
    _require_known(desk, school, measure)
    branch = branch or request
    if branch and not dry_run:
        try:
            branches.require_repository(root)
        except branches.BranchError as error:
            raise click.UsageError(str(error)) from None
    received = _read(files, text)
    with tempfile.TemporaryDirectory(prefix="pairing-receive-") as workspace:
        try:
            outcome = _place(desk, received, Path(workspace), ask=ask, replace=replace, reported=reported)
        except OSError as error:
            click.echo(click.style("什么都没有写：", fg="red") + (error.strerror or str(error)), err=True)
            return PROBLEMS
    _show(corpus, outcome)
    if dry_run:
        click.echo("\n以上只是试运行，什么都没有写；真正执行时去掉 --dry-run。")
        return PROBLEMS if not outcome.is_read or not (outcome.placements or outcome.already) else OK
    if not outcome.placements:
        _keep_left(outcome, files, left_file)
        click.echo("\n没有新的记录。")
        return PROBLEMS if not outcome.is_read or not outcome.already else OK
    if not _write(root, outcome):
        return PROBLEMS
    _keep_left(outcome, files, left_file)
    code = _check(root, outcome, as_of)
    if branch and not _hand_in(root, corpus, outcome, day, request=request):
        code = PROBLEMS
    if not branch:
        _say_next(outcome, code)
    return code if outcome.is_whole else PROBLEMS


def _require_known(desk: Desk, school: str | None, measure: str | None) -> None:
    if school is not None and school not in desk.programme.school_ids:
        raise click.UsageError(f"{desk.programme.year} 年的方案里没有代号是“{school}”的校（园）")
    known = {each.id: each.name for each in desk.programme.measures}
    if measure is not None and measure not in known:
        raise click.UsageError(
            f"没有“{measure}”这项帮扶内容；有 {'、'.join(f'{id_} {name}' for id_, name in known.items())}"
        )


def _read(files: Sequence[Path], text: str | None) -> Received:
    """Read what is named and what is pasted."""
    import dataclasses

    from generator.actions.receive.inputs import gather
    from generator.actions.receive.pasted import MOST_BYTES, decode_text
    from generator.actions.receive.reading_paths import read_paths

    pasted = None
    if text is not None:
        if text == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            found = read_paths([Path(text)])
            if found.refused:
                raise click.UsageError(f"--text“{text}”：{found.refused[0].reason}")
            data = b"".join(content for _, content in found.files)
        if len(data) > MOST_BYTES or (pasted := decode_text(data)) is None:
            raise click.UsageError("--text 里的不是文字，或者太长")
    read = read_paths(files)
    received = gather(read.files, pasted)
    return dataclasses.replace(received, refused=(*read.refused, *received.refused))


def _place(
    desk: Desk, received: Received, workspace: Path, *, ask: bool, replace: bool, reported: dt.date | None
) -> Outcome:
    """Work out where each record will lie, and ask for what is open."""
    from generator.actions.receive.take_in import take_in
    from generator.cli.receive_questions import Terminal
    from generator.plumbing.progress import show_stages

    with show_stages(after=2, log=False) as progress:
        return take_in(
            desk,
            received,
            workspace,
            lambda done, total: progress("处理照片", done, total),
            Terminal() if ask else None,
            replace=replace,
            reported=reported,
        )


def _show(corpus: Corpus, outcome: Outcome) -> None:
    from generator.actions.receive.leftovers import list_left
    from generator.cli import receive_messages

    for placement in outcome.placements:
        for line in receive_messages.describe_placement(corpus, placement):
            click.echo(line)
        if placement.draft is not None:
            for line in receive_messages.describe_left(list(list_left(placement.draft))):
                click.echo(f"  {line}")
        click.echo()
    for line in receive_messages.describe_left(outcome.left):
        click.echo(line)
    for line in receive_messages.describe_others(outcome):
        click.echo(line)


def _write(root: Path, outcome: Outcome) -> bool:
    from generator.actions.receive.take_in import write_outcome
    from generator.actions.transaction import ChangeError
    from generator.cli.photos_messages import print_failure

    try:
        write_outcome(root, outcome)
    except (ChangeError, OSError) as error:
        print_failure(error)
        return False
    click.echo(f"已写入 {len(outcome.placements)} 份记录。")
    return True


def _keep_left(outcome: Outcome, files: Sequence[Path], left_file: Path | None) -> None:
    """Write what has no place beside what was received, or say why it could not be kept."""
    from generator.actions.receive.inputs import PASTED
    from generator.actions.receive.leftovers import find_free_file, format_leftovers
    from generator.cli import receive_messages
    from generator.plumbing import atomic

    items = [*receive_messages.list_all_left(outcome.placements), ("不成一份材料的", outcome.left)]
    if not any(left for _, left in items):
        return
    first = files[0] if files else Path(PASTED)
    target = left_file or find_free_file(first.parent, first.stem or PASTED)
    if target.exists():
        click.echo(
            click.style("没有另存：", fg="red") + f"{target} 已经有了，不覆盖；以上列出的请自己留下", err=True
        )
        return
    try:
        atomic.write_file(target, format_leftovers(items))
    except OSError as error:
        click.echo(
            click.style("没有另存：", fg="red")
            + f"{target} 写不进去（{error.strerror}）；以上列出的请自己留下",
            err=True,
        )
        return
    click.echo(f"没有放进记录的内容另存在 {target}（可能有姓名，不要提交）。")


def _check(root: Path, outcome: Outcome, as_of: dt.date | None) -> int:
    """Run the check on what was written and return its exit code."""
    from generator.cli.check import check

    click.echo("\n检查刚写的记录：")
    code: int = click.get_current_context().invoke(
        check,
        root=root,
        only_paths=tuple(placement.path for placement in outcome.placements),
        more_paths=(),
        output="text",
        as_of=as_of,
    )
    return code


def _hand_in(root: Path, corpus: Corpus, outcome: Outcome, day: dt.date, *, request: bool) -> bool:
    """Commit on a branch, and open a request where that is asked for; say how it went."""
    from generator.actions.receive import branch as branches
    from generator.actions.receive.submission import make_submission

    wanted = make_submission(corpus, outcome.placements, day)
    submission = branches.Submission(
        branch=branches.choose_branch(root, wanted.branch), title=wanted.title, body=wanted.body
    )
    try:
        before = branches.make_branch(root, submission, outcome.paths)
        click.echo(f"\n已在分支 {submission.branch} 上提交：{submission.title}")
        if request:
            click.echo(branches.open_request(root, submission))
            click.echo("已提出合并请求。")
        else:
            click.echo(f"接着推送：git push -u origin {submission.branch}，再在网页上提出合并请求")
        if before:
            click.echo(f"回到原来的分支：git switch {before}")
    except branches.BranchError as error:
        click.echo(click.style("没有做完：", fg="red") + str(error), err=True)
        return False
    return True


def _say_next(outcome: Outcome, code: int) -> None:
    from generator.cli.receive_messages import count_open

    if count := count_open(outcome.placements):
        click.echo(
            f"\n还有 {count} 处要填或要核对：打开上面的 activity.md，把“（请填写……）”换成内容，核对过的删去“# 请核对……”；也可以运行 pairing fix 逐处核对。"
        )
    paths = " ".join(placement.path for placement in outcome.placements)
    again = "改好以后再检查" if code else "接着提交，或者再检查一次"
    click.echo(f"\n{again}：pairing check --only {paths}")
