"""The commands ``pairing photos …``: what they take and ask, and how they end."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import click
from pydantic import ValidationError

from generator.actions.photos import budget as budgets
from generator.actions.photos import history as histories
from generator.actions.photos import intake as intakes
from generator.actions.photos import withdrawal as withdrawals
from generator.actions.photos.paths import PhotoPlace, find_activity, find_photo
from generator.actions.transaction import ChangeError, changing
from generator.archive import Photographed
from generator.archive.album import render
from generator.cli.chinese_click import Command
from generator.cli.options import OK, PROBLEMS, Clock, Day, read_archive, require_archive, root_option
from generator.cli.photos_messages import after_withdrawal, plain, taken_in, withdrawn
from generator.cli.photos_report import report
from generator.images.faults import Fault
from generator.plumbing.progress import late_stages
from generator.records import parse_photographed
from generator.records.models import Photo

_PEOPLE = ("none", "adults", "children")

_dry_run = click.option("--dry-run", is_flag=True, help="只说会做什么，不动任何文件。")
_site_dir = click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="生成的网站在哪里；默认是档案文件夹里的 site。",
)


@click.command(
    cls=Command,
    examples=(
        ("pairing photos add leimeng/2020/09/17-area-observation IMG_2031.jpg IMG_2032.jpg", "放两张照片"),
        (
            "pairing photos add leimeng/2020/09/17-area-observation 材料架.jpg --people none --caption 大班建构区的材料架",
            "连图片说明一起写好",
        ),
        (
            "pairing photos add leimeng/2020/09/17-area-observation 现场.jpg --people children --consent",
            "图中有幼儿，监护人都书面同意公开",
        ),
        (
            "pairing photos add records/leimeng/2020/09/17-area-observation/01.jpg",
            "已经放进去的照片太大，或带着拍摄地点：写它的路径，就地换成合适的",
        ),
    ),
)
@root_option
@click.argument("record", metavar="活动")
@click.argument("files", nargs=-1, metavar="照片…")
@click.option(
    "--people",
    type=click.Choice(_PEOPLE),
    metavar="none|adults|children",
    help="图中人物：没有人、只有成人、有幼儿。",
)
@click.option(
    "--consent", is_flag=True, help="图中每名幼儿的监护人都书面同意公开（与 --people children 同用）。"
)
@click.option(
    "--caption", "captions", multiple=True, metavar="说明", help="图片说明，按照片的顺序，可以写几次。"
)
@_dry_run
@click.pass_obj
def add(
    clock: Clock,
    root: Path,
    record: str,
    files: tuple[str, ...],
    people: str | None,
    consent: bool,
    captions: tuple[str, ...],
    dry_run: bool,
) -> int:
    """把手机里的照片放进一份活动记录。

    照片缩到长边 2048 像素以内，去掉拍摄地点等附带信息（拍摄日期先写进记录），改名为 01.jpg、02.jpg…，再在记录的 photos 里各加一行。原来的照片不动。

    有一张放不进去，就一张也不放，记录也不改。
    """
    require_archive(root)
    photo = find_photo(root, record)
    if isinstance(photo, PhotoPlace) and photo.file.is_file():
        place, files = photo.activity, (_from_here(photo.file), *files)
    elif files:
        place = _found(find_activity(root, record))
    else:
        raise click.UsageError("还要写照片：先写活动的文件夹，再写一张或几张照片")
    if consent and people != "children":
        raise click.UsageError("--consent 只和 --people children 一起用：它说的是图中幼儿的监护人同意公开")
    if len(captions) > len(files):
        raise click.UsageError(f"照片有 {len(files)} 张，--caption 却写了 {len(captions)} 次")
    for caption in captions:
        if problem := _caption_problem(caption):
            raise click.UsageError(f"--caption“{plain(caption[:40])}”{problem}")
    try:
        old = place.read()
        known, _ = parse_photographed(place.path, old)
        readable = intakes.record_with(place, old, intakes.Intake(outcomes=()), ())
        if known is None or isinstance(readable, tuple):
            return _refused("这份记录要先改好，才能放照片：", readable if isinstance(readable, tuple) else ())
        with late_stages() as progress:
            intake = intakes.examine(
                place, known, files, lambda done, total: progress("处理照片", done, total)
            )
        if intake.faults:
            faults = [
                Fault(message=f"{plain(name)}：{fault.message}", fix=fault.fix)
                for name, fault in intake.faults
            ]
            return _refused(f"有 {len(faults)} 张照片放不进去，什么都没有改：", faults)
        wish = intakes.PhotoOptions(people=people or "", consent=consent)
        asked = dict(zip(files, (caption.strip() for caption in captions), strict=False))
        entries = [_entry(photo, known, wish, asked.get(photo.source), dry_run) for photo in intake.taken]
        text = intakes.record_with(place, old, intake, entries)
        if isinstance(text, tuple):
            return _refused("记录改不了，什么都没有改：", text)
        left: Sequence[Path] = ()
        if not dry_run:
            with changing(place.root) as changes:
                intakes.stage_changes(place, old, text, intake, changes)
                left = changes.carry_out()
    except (ChangeError, OSError) as error:
        return _failed(error)
    for line in taken_in(intake, entries, known, clock(None)):
        click.echo(line)
    _say_left(left)
    if dry_run:
        click.echo("以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    elif text != old or any(photo.data for photo in intake.taken):
        click.echo(f"\n接着检查：pairing check --only records/{place.key}")
    return OK


def _entry(
    photo: intakes.TakenPhoto,
    known: Photographed,
    wish: intakes.PhotoOptions,
    caption: str | None,
    dry_run: bool,
) -> dict[str, str]:
    """Return what the record is to say of a photo; on a terminal, what is not given is asked for."""
    if photo.index is None and not dry_run and _is_terminal():
        shown = f"{photo.name}（{plain(Path(photo.source).name)}）"
        if caption is None:
            caption = _ask_caption(shown)
        if not wish.people:
            wish = intakes.PhotoOptions(people=_ask_people(shown))
    if photo.index is None and caption is None:
        caption = intakes.SCAFFOLD
    return intakes.photo_entry(photo, known, wish, caption)


def _ask_people(shown: str) -> str:
    question = f"{shown}图中人物：none 没有人、adults 只有成人、children 有幼儿（以后再写就按回车）"
    while True:
        answer: str = click.prompt(question, default="", show_default=False).strip().lower()
        if answer in ("", *_PEOPLE):
            return answer
        click.echo("只能写 " + "、".join(_PEOPLE))


def _ask_caption(shown: str) -> str | None:
    while True:
        caption: str = click.prompt(f"{shown}的说明（以后再写就按回车）", default="", show_default=False)
        if not caption.strip():
            return None
        if not (problem := _caption_problem(caption)):
            return caption.strip()
        click.echo(f"说明{problem}")


@click.command(
    cls=Command,
    examples=(
        (
            "pairing photos withdraw records/leimeng/2020/09/17-area-observation/01.jpg --reason 监护人要求 --dry-run",
            "先看会删去什么",
        ),
        (
            "pairing photos withdraw records/leimeng/2020/09/17-area-observation/01.jpg --reason 监护人要求",
            "撤下一张图片",
        ),
    ),
)
@root_option
@click.argument("path", metavar="图片")
@click.option(
    "--reason", default="", metavar="原因", help="撤下的原因，如 监护人要求；会写进记录，不写姓名。"
)
@click.option("--as-of", type=Day(), metavar="日期", help="撤下的日期，如 2020-09-30；默认今天。")
@_site_dir
@_dry_run
@click.pass_obj
def withdraw(
    clock: Clock,
    root: Path,
    path: str,
    reason: str,
    as_of: dt.date | None,
    site_dir: Path | None,
    dry_run: bool,
) -> int:
    """撤下一张图片：从档案、缓存和生成的网站里删去。

    记录里留下撤下的日期和原因，所以这张图片仍然计数，已经结的账不变；图片说明不再公开。最后告诉您怎样从仓库的历史里清除。

    可以重复运行：已经撤下的，把没有删净的删净。
    """
    require_archive(root)
    place = _found(find_photo(root, path))
    if reason and (problem := _caption_problem(reason)):
        raise click.UsageError(f"--reason“{plain(reason[:40])}”{problem}")
    site = site_dir or place.activity.root / "site"
    try:
        found = withdrawals.plan_withdrawal(place, reason=reason.strip(), today=clock(as_of), site=site)
        if isinstance(found, tuple):
            return _refused("没有撤下：", found)
        past = histories.find_history(place, found.digest)
        left: Sequence[Path] = ()
        if not dry_run:
            with changing(place.activity.root) as changes:
                left = withdrawals.withdraw(found, changes)
    except (ChangeError, OSError) as error:
        return _failed(error)
    for line in withdrawn(found, dry_run=dry_run):
        click.echo(line)
    _say_left(left)
    for line in after_withdrawal(found, past, site):
        click.echo(line)
    if dry_run:
        click.echo("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    return PROBLEMS if left else OK


@click.command(
    cls=Command,
    examples=(
        ("pairing photos budget", "看各校（园）的图片占多少，还放得下多少"),
        ("pairing photos budget --make", "先把还没有的小图做好，再算准数"),
        ("pairing photos budget --format json", "给程序用"),
    ),
)
@root_option
@_site_dir
@click.option("--make", is_flag=True, help="先生成还没有的小图。")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看，json 给程序用。",
)
def budget(root: Path, site_dir: Path | None, make: bool, output: str) -> int:
    """看网站的图片占多少空间，还放得下多少。

    GitHub Pages 的网站最大 1 GB。按年度、按校（园）列出公开图片的张数和大小（网站上各种尺寸加在一起）。
    """
    corpus = read_archive(root)
    cache = root / withdrawals.CACHE / "photos"
    if make:
        try:
            with late_stages() as progress:
                album = render(corpus, cache, progress=lambda done, total: progress("处理图片", done, total))
        except OSError as error:
            return _failed(error)
        for problem in album.problems:
            where = f"{problem.span.file.path}:{problem.span.line}:{problem.span.column}"
            click.echo(
                click.style("提醒：", fg="yellow") + f"{where} {problem.message}；{problem.fix}", err=True
            )
    found = budgets.measure_budget(corpus, cache, site_dir or root / "site")
    if output == "json":
        click.echo(budgets.json_budget(corpus, found), nl=False)
    else:
        click.echo(budgets.text_budget(corpus, found, tried=make), nl=False)
    return OK


def _from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)


_Place = TypeVar("_Place")


def _found(place: _Place | Fault) -> _Place:
    if isinstance(place, Fault):
        raise click.UsageError(f"{plain(place.message)}；{plain(place.fix)}")
    return place


def _refused(head: str, faults: Sequence[Fault]) -> int:
    click.echo(click.style(head, fg="red"), err=True)
    for fault in faults:
        click.echo(f"  {fault.message}\n    怎么改：{fault.fix}", err=True)
    return PROBLEMS


def _failed(error: Exception) -> int:
    reason = str(error) if isinstance(error, ChangeError) else getattr(error, "strerror", None) or str(error)
    click.echo(click.style("什么都没有改：", fg="red") + reason, err=True)
    return PROBLEMS


def _say_left(left: Sequence[Path]) -> None:
    for path in left:
        click.echo(click.style("没有删掉：", fg="red") + f"{path}；请自己删去", err=True)


def _caption_problem(text: str) -> str | None:
    """Return what is wrong with one line of text for a record, None when it will do."""
    try:
        Photo(file="01.jpg", caption=text)
    except ValidationError as error:
        (detail, *_) = error.errors(include_url=False)
        if detail["type"] == "string_too_long":
            return f"太长，最多 {detail['ctx']['max_length']} 个字"
        if detail["type"] == "string_too_short":
            return "是空的"
        return "里有看不见的字符，请重新打一遍"
    return None


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


COMMANDS: tuple[click.Command, ...] = (add, withdraw, budget, report)
