"""The command ``pairing photos add``: photos from a phone into a record, made small, without their place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_paths
from generator.cli.options import OK, dry_run_option, require_archive, root_option
from generator.cli.photo_questions import PEOPLE, ask_caption, ask_people, is_terminal
from generator.plumbing.progress import show_stages

if TYPE_CHECKING:
    from generator.actions.photos.take_in_photos import PhotoOptions, TakenPhoto
    from generator.archive import Photographed


@click.command(
    cls=Command,
    examples=(
        ("pairing photos add 园代号/2020/09/17-area-observation IMG_2031.jpg IMG_2032.jpg", "放两张照片"),
        (
            "pairing photos add 园代号/2020/09/17-area-observation 材料架.jpg --people none --caption 大班建构区的材料架",
            "连图片说明一起写好",
        ),
        (
            "pairing photos add 园代号/2020/09/17-area-observation 现场.jpg --people children --consent",
            "图中有幼儿，监护人都书面同意公开",
        ),
        (
            "pairing photos add records/园代号/2020/09/17-area-observation/01.jpg",
            "已经放进去的照片太大，或带着拍摄地点：写它的路径，就地换成合适的",
        ),
    ),
)
@root_option
@click.argument("record", metavar="活动", shell_complete=complete_paths)
@click.argument("files", nargs=-1, metavar="照片…", shell_complete=complete_paths)
@click.option(
    "--people",
    type=click.Choice(PEOPLE),
    metavar="none|adults|children",
    help="图中人物：没有人、只有成人、有幼儿。",
)
@click.option(
    "--consent", is_flag=True, help="图中每名幼儿的监护人都书面同意公开（与 --people children 同用）。"
)
@click.option(
    "--caption", "captions", multiple=True, metavar="说明", help="图片说明，按照片的顺序，可以写几次。"
)
@dry_run_option
def add(
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
    from generator.actions.photos.paths import PhotoPlace, find_activity, find_photo
    from generator.actions.photos.take_in_photos import (
        Intake,
        PhotoOptions,
        add_entries_to_record,
        examine_photos,
        stage_changes,
    )
    from generator.actions.transaction import ChangeError, open_transaction
    from generator.cli.photos_messages import (
        describe_intake,
        find_caption_problem,
        print_failure,
        print_leftovers,
        print_refusal,
        replace_unprintable,
        require_place,
    )
    from generator.images.faults import Fault
    from generator.records import parse_photographed

    require_archive(root)
    photo = find_photo(root, record)
    if isinstance(photo, PhotoPlace) and photo.file.is_file():
        place, files = photo.activity, (_shorten_path(photo.file), *files)
    elif files:
        place = require_place(find_activity(root, record))
    else:
        raise click.UsageError("还要写照片：先写活动的文件夹，再写一张或几张照片")
    if consent and people != "children":
        raise click.UsageError("--consent 只和 --people children 一起用：它说的是图中幼儿的监护人同意公开")
    if len(captions) > len(files):
        raise click.UsageError(f"照片有 {len(files)} 张，--caption 却写了 {len(captions)} 次")
    for caption in captions:
        if problem := find_caption_problem(caption):
            raise click.UsageError(f"--caption“{replace_unprintable(caption[:40])}”{problem}")
    try:
        old = place.read_record()
        known, _ = parse_photographed(place.path, old)
        readable = add_entries_to_record(place, old, Intake(outcomes=()), ())
        if known is None or isinstance(readable, tuple):
            return print_refusal(
                "这份记录要先改好，才能放照片：", readable if isinstance(readable, tuple) else ()
            )
        with show_stages(after=2) as progress:
            intake = examine_photos(
                place, known, files, lambda done, total: progress("处理照片", done, total)
            )
        if intake.faults:
            faults = [
                Fault(message=f"{replace_unprintable(name)}：{fault.message}", fix=fault.fix)
                for name, fault in intake.faults
            ]
            return print_refusal(f"有 {len(faults)} 张照片放不进去，什么都没有改：", faults)
        options = PhotoOptions(people=people or "", consent=consent)
        asked = dict(zip(files, (caption.strip() for caption in captions), strict=False))
        entries = [
            ask_entry(photo, known, options, asked.get(photo.source), dry_run) for photo in intake.taken
        ]
        text = add_entries_to_record(place, old, intake, entries)
        if isinstance(text, tuple):
            return print_refusal("记录改不了，什么都没有改：", text)
        left: Sequence[Path] = ()
        if not dry_run:
            with open_transaction(place.root) as changes:
                stage_changes(place, old, text, intake, changes)
                left = changes.carry_out()
    except (ChangeError, OSError) as error:
        return print_failure(error)
    for line in describe_intake(intake, entries, known, read_today()):
        click.echo(line)
    print_leftovers(left)
    if dry_run:
        click.echo("以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    elif text != old or any(photo.data for photo in intake.taken):
        click.echo(f"\n接着检查：pairing check --only records/{place.key}")
    return OK


def ask_entry(
    photo: TakenPhoto,
    known: Photographed,
    options: PhotoOptions,
    caption: str | None,
    dry_run: bool,
) -> dict[str, str]:
    """Return what the record is to say of a photo; on a terminal, what is not given is asked for."""
    from generator.actions.photos.take_in_photos import SCAFFOLD, PhotoOptions, make_photo_entry
    from generator.cli.photos_messages import replace_unprintable

    if photo.index is None and not dry_run and is_terminal():
        shown = f"{photo.name}（{replace_unprintable(Path(photo.source).name)}）"
        if caption is None:
            caption = ask_caption(shown)
        if not options.people:
            options = PhotoOptions(people=ask_people(shown))
    if photo.index is None and caption is None:
        caption = SCAFFOLD
    return make_photo_entry(photo, known, options, caption)


def _shorten_path(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)
