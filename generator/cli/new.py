"""The command ``pairing new``: the folder and the form of one activity's record."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.command import Command
from generator.cli.completion_values import complete_measures, complete_paths, complete_schools
from generator.cli.options import OK, as_of_option, read_archive, require_archive, root_option

if TYPE_CHECKING:
    from generator.actions.new_record.begin_record import Begun
    from generator.actions.new_record.record_form import Form
    from generator.archive import Corpus
    from generator.cli.questions import Desk
    from generator.images.faults import Fault


class _New(Command):
    """Lets several photos follow one ``--photos``, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given: list[str] = []
        photos = False
        for arg in args:
            if photos and not arg.startswith("-") and given[-1] != "--photos":
                given.append("--photos")
            photos = arg == "--photos" or (photos and not arg.startswith("-"))
            given.append(arg)
        return super().parse_args(ctx, given)


@click.command(
    cls=_New,
    examples=(
        ("pairing new 园代号 2020-05-14 帮扶内容代号", "新建一份，各栏以后再填"),
        ("pairing new 园名 5月14日 帮扶内容", "园名、帮扶内容写中文也行"),
        ("pairing new 园代号 --plan 2020-05-2", "照计划表的一项来，日期、内容、标题、负责人都填好"),
        (
            "pairing new 园代号 9.17 帮扶内容 --title 到帮扶园观摩 --partners 帮扶园代号 --direction visit --staff 2/0 --lead 业务园长 --photos 1.jpg 2.jpg",
            "一次写全，照片也放好",
        ),
    ),
)
@root_option
@click.argument("school", required=False, metavar="校（园）", shell_complete=complete_schools)
@click.argument("date", required=False, metavar="日期")
@click.argument("measure", required=False, metavar="帮扶内容", shell_complete=complete_measures)
@click.option(
    "--plan",
    metavar="编号",
    help="完成了计划表的哪一项，如 2020-05-2；没有写的日期、内容、标题、负责人照它填。",
)
@click.option("--title", metavar="标题", help="活动名称，一行。")
@click.option(
    "--partners",
    metavar="园名",
    shell_complete=complete_schools,
    help="参与园的代号或园名，几个之间用顿号或逗号。",
)
@click.option("--direction", metavar="方式", help="host 请进来、visit 走出去、online 线上。")
@click.option("--staff", metavar="派出/接待", help="本园派出、接待的业务骨干人数，如 2/0。")
@click.option("--grades", metavar="年级", help="涉及的年级，如 大班、中班。")
@click.option("--place", metavar="地点", help="活动地点，线上的写平台。")
@click.option("--attendance", metavar="人数", help="参加活动的总人数。")
@click.option("--lead", metavar="职务", help="负责人，只写职务。")
@click.option("--reported", metavar="日期", help="上报的日期，默认今天。")
@click.option(
    "--photos",
    metavar="照片…",
    multiple=True,
    shell_complete=complete_paths,
    help="照片，可以写几张；照 photos add 的办法缩小、改名。",
)
@click.option("--ask/--no-ask", default=None, help="缺的在终端里逐项问，或不问；默认在终端里就问。")
@as_of_option
def new(
    root: Path,
    school: str | None,
    date: str | None,
    measure: str | None,
    photos: tuple[str, ...],
    ask: bool | None,
    as_of: dt.date | None,
    **typed: str | None,
) -> int:
    """新建一份活动记录：建好文件夹和要填的各栏，照片一起放好。

    写校（园）、日期、帮扶内容：代号或中文都行，日期写成 2020-05-14、2020年5月14日、5月14日、5.14 都行，帮扶内容也可以写条款。文件夹照日期和帮扶内容起名，有了就加 -2、-3，原有的文件不动。

    没有写的栏写着“（请填写…）”，换成内容以前检查不会通过。
    """
    from generator.actions.transaction import ChangeError
    from generator.cli.clock import read_today
    from generator.cli.photos_messages import print_failure
    from generator.cli.questions import Desk

    if ask and not _is_terminal():
        raise click.UsageError("--ask 要在终端里用；不在终端里的，把各栏写成选项")
    require_archive(root)
    corpus, today = read_archive(root), read_today(as_of)
    desk = Desk(asks=_is_terminal() if ask is None else ask)
    found = _fill_form(corpus, desk, today, school, date, measure, typed)
    desk.refuse_faults()
    if found is None:
        raise click.UsageError("方案读不出来：先运行 pairing check")
    try:
        return _write(corpus, today, *found, photos)
    except (ChangeError, OSError) as error:
        return print_failure(error)


def _fill_form(
    corpus: Corpus,
    desk: Desk,
    today: dt.date,
    school: str | None,
    date: str | None,
    measure: str | None,
    typed: dict[str, str | None],
) -> tuple[str, Form] | None:
    """Return the school and the form, None where a fault is at the desk."""
    from generator.actions.new_record import words
    from generator.actions.new_record.plan_row import find_plan_row, guess_row_measure, make_title
    from generator.actions.new_record.record_form import Form
    from generator.images.faults import Fault

    missing = Fault(
        message="没有写校（园）", fix="写代号或园名，如 pairing new 园代号 2020-05-14 帮扶内容代号"
    )
    id_ = desk.settle_value(
        "校（园）的代号或园名", school, lambda text: words.find_school(corpus, text), missing=missing
    )
    row = None
    if id_ and typed["plan"]:
        row = desk.settle_value("计划任务", typed["plan"], lambda text: find_plan_row(corpus, id_, text))
    planned = row[1].date.isoformat() if row and row[1].date else None
    missing = Fault(message="没有写日期", fix="写活动那天，如 2020-05-14、5月14日、5.14")
    day = desk.settle_value(
        "活动日期", date or planned, lambda text: _read_day(corpus, id_, text, today), missing=missing
    )
    programme = corpus.find_programme(day.year if day else corpus.find_running_year(today) or today.year)
    if programme is None:
        return None
    planned = guess_row_measure(row[1], programme) if row else None
    missing = Fault(message="没有写帮扶内容", fix=words.list_measures(programme.measures))
    kind = desk.settle_value(
        "帮扶内容的代号、条款或名称",
        measure or planned,
        lambda text: words.find_measure(programme, text),
        missing=missing,
    )
    title = typed["title"] or (make_title(row[1], programme) if row else None)
    others = list(programme.list_partners_of(id_)) if id_ else []
    whom = "、".join(f"{other} {corpus.name_school(other)}" for other in others)
    title = desk.settle_value("标题", title, _read_text)
    partners = desk.settle_value(
        f"参与园（{whom}）",
        typed["partners"],
        lambda text: words.find_partners(corpus, programme, id_ or "", text) if id_ else (),
    )
    direction = desk.settle_value(
        "方式（host 请进来、visit 走出去、online 线上）", typed["direction"], words.read_direction
    )
    staff = desk.settle_value("业务骨干人数（派出/接待，如 2/0）", typed["staff"], words.read_staff)
    grades = desk.settle_value("年级（大班、中班、小班）", typed["grades"], words.read_grades)
    place = desk.settle_value("地点", typed["place"], _read_text)
    attendance = desk.settle_value("参加人数", typed["attendance"], _read_count)
    lead = desk.settle_value("负责人的职务", typed["lead"] or (row[1].lead if row else None), _read_text)
    reported = today
    if typed["reported"]:
        reported = (
            desk.settle_value("上报日期", typed["reported"], lambda text: words.read_day(corpus, text, today))
            or today
        )
    if not (id_ and day and kind):
        return None
    known = programme.find_measure(kind)
    return id_, Form(
        date=day,
        measure=kind,
        reported=max(day, reported) if not typed["reported"] else reported,
        title=title,
        partners=partners or (),
        direction=direction,
        staff=staff,
        grades=grades or (),
        place=place,
        attendance=attendance,
        lead=lead,
        plan=row[1].id if row else None,
        measure_said=f"{known.name}（{known.clause}）" if known else "",
        partners_said=f"可以写 {whom}" if whom else "",
    )


def _read_day(corpus: Corpus, school: str | None, text: str, today: dt.date) -> dt.date | Fault:
    """Return a day of a year in whose programme the school takes part."""
    from generator.actions.new_record.words import read_day
    from generator.images.faults import Fault

    day = read_day(corpus, text, today)
    if isinstance(day, Fault):
        return day
    programme = corpus.find_programme(day.year)
    if programme is None:
        years = "、".join(str(year) for year in corpus.years)
        return Fault(message=f"{day.year} 年没有实施方案", fix=f"有方案的年份：{years}")
    if school and school not in programme.school_ids:
        return Fault(
            message=f"{day.year} 年的方案里没有{corpus.name_school(school)}", fix="先请教育局写进方案"
        )
    return day


def _read_text(text: str) -> str | Fault:
    from generator.cli.photos_messages import find_caption_problem, replace_unprintable
    from generator.images.faults import Fault

    problem = find_caption_problem(text)
    return (
        Fault(message=f"“{replace_unprintable(text[:40])}”{problem}", fix="换一句话")
        if problem
        else text.strip()
    )


def _read_count(text: str) -> int | Fault:
    from generator.images.faults import Fault

    match = re.fullmatch(r"([0-9]{1,5})[人名]?", text.strip())
    return int(match[1]) if match else Fault(message=f"看不懂人数“{text[:40]}”", fix="只写数字，如 12")


def _write(corpus: Corpus, today: dt.date, school: str, form: Form, photos: tuple[str, ...]) -> int:
    from generator.actions.new_record.begin_record import prepare_record, write_new_record
    from generator.actions.photos.take_in_photos import PhotoOptions
    from generator.cli.photos_add import ask_entry
    from generator.cli.photos_messages import print_refusal, replace_unprintable
    from generator.images.faults import Fault
    from generator.plumbing.progress import show_stages

    with show_stages(after=2, log=False) as progress:
        begun = prepare_record(
            corpus.root, school, form, photos, lambda done, total: progress("处理照片", done, total)
        )
    if faults := begun.intake.faults:
        named = [Fault(message=f"{replace_unprintable(name)}：{f.message}", fix=f.fix) for name, f in faults]
        return print_refusal(f"有 {len(named)} 张照片放不进去，什么都没有建：", named)
    entries = [ask_entry(photo, begun.record, PhotoOptions(), None, False) for photo in begun.intake.taken]
    if wrong := write_new_record(begun, entries):
        return print_refusal("照片写不进记录，什么都没有建：", wrong)
    _describe(begun, form, entries, today)
    return OK


def _describe(begun: Begun, form: Form, entries: list[dict[str, str]], today: dt.date) -> None:
    from generator.cli.photos_messages import describe_intake
    from generator.records import PARTS

    click.echo(f"建好了 {begun.place.path}")
    for line in describe_intake(begun.intake, entries, begun.record, today):
        click.echo(f"  {line}")
    click.echo("\n接下来：")
    todo = [f"打开它，把“（请填写…）”换成内容：{'、'.join((*form.lacks, *PARTS))}"]
    if not begun.intake.taken:
        todo.append(f"放照片：pairing photos add records/{begun.place.key} 照片…")
    todo.append(f"检查：pairing check --only records/{begun.place.key}")
    for number, line in enumerate(todo, start=1):
        click.echo(f"  {number}. {line}")


def _is_terminal() -> bool:
    return sys.stdin.isatty()
