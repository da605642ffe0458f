"""Describe what became of photos that were added or withdrawn, and what is left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click
from pydantic import ValidationError

from generator.actions.photos.budget import format_size
from generator.actions.photos.history import History, describe_purge_steps
from generator.actions.photos.take_in_photos import SCAFFOLD, Intake, SkippedPhoto, TakenPhoto
from generator.actions.photos.withdrawal import Withdrawal
from generator.archive import Photographed
from generator.cli.options import PROBLEMS, USAGE
from generator.images.faults import Fault
from generator.plumbing.system_errors import describe_system_error
from generator.records.models import Photo

_Place = TypeVar("_Place")


def describe_intake(
    intake: Intake, entries: Sequence[Mapping[str, str]], known: Photographed, today: dt.date
) -> Iterator[str]:
    """Yield what became of the photos, one line each, then what is still to be done."""
    before = after = 0
    notes: list[str] = []
    said = dict(zip((id(photo) for photo in intake.taken), entries, strict=True))
    for each in intake.outcomes:
        if isinstance(each, SkippedPhoto):
            spare = f"；多出的 {each.spare} 已删去" if each.spare else ""
            yield f"{replace_unprintable(each.source)}：{each.reason}{spare}"
        if not isinstance(each, TakenPhoto):
            continue
        entry = said[id(each)]
        if each.data is None and each.index is not None and not entry:
            yield f"{each.name}：已经合适，不用改"
            continue
        before, after = before + each.before, after + each.after
        yield f"{each.name} ← {replace_unprintable(each.source)}：{_describe_saving(each)}"
        notes += _remind(each, entry, known, today)
    if before > after:
        yield f"共省下 {format_size(before - after)}（{format_size(before)} → {format_size(after)}）。"
    if new := sum(photo.index is None for photo in intake.taken):
        yield f"记录 {known.file.path} 的 photos 里加了 {new} 行。"
    yield from dict.fromkeys(notes)


def _describe_saving(photo: TakenPhoto) -> str:
    parts = [f"{format_size(photo.before)} → {format_size(photo.after)}"]
    if photo.before > photo.after:
        parts[0] += f"，省 {1 - photo.after / photo.before:.0%}"
    if photo.day:
        parts.append(f"拍摄于 {photo.day}")
    if photo.located and photo.data is not None:
        parts.append("已去掉拍摄地点")
    return "；".join(parts)


def _remind(
    photo: TakenPhoto, entry: Mapping[str, str], known: Photographed, today: dt.date
) -> Iterator[str]:
    old = known.data.photos[photo.index] if photo.index is not None else None
    people = entry.get("people") or (old and old.people)
    if not people:
        yield "提醒：还没有写图中人物；在图片那一行加上 people: none、adults 或 children。"
    if people == "children" and "consent" not in entry and not (old and old.consent):
        yield "提醒：图中有幼儿，没有写监护人同意（consent: true）：图片只存档，网站上不公开。"
    if entry.get("caption") == SCAFFOLD:
        yield f"提醒：图片说明还没有写；打开记录，把“{SCAFFOLD}”换成一句话。"
    if (
        photo.day
        and known.knows("date")
        and photo.day != known.data.date
        and _is_far(photo.day, known, today)
    ):
        yield f"提醒：{photo.name} 拍摄于 {photo.day}，活动日期是 {known.data.date}；请核对。"
    if photo.located and photo.old:
        yield "提醒：换下的原图带着拍摄地点；提交过的话，仓库的历史里还有，见“隐私与图片”。"


def _is_far(day: dt.date, known: Photographed, today: dt.date) -> bool:
    from generator.rules.photo_date import is_far  # late: the rules take longer to load than most of this

    return is_far(day, known, today)


def describe_withdrawal(found: Withdrawal, *, dry_run: bool) -> Iterator[str]:
    """Yield what was removed, or would be."""
    verb = "将" if dry_run else "已"
    name = found.place.path
    if found.again and not (found.there or found.site or found.cached):
        yield f"{name} 早已撤下，没有要删的了。"
        return
    yield f"{verb}撤下 {name}" if not found.again else f"{name} 早已撤下；{verb}把没有删净的删净"
    if found.record is not None:
        yield f"  记录：{verb}写上撤下的日期和原因；图片仍然计数，图片说明不再公开"
    elif not found.named:
        yield "  记录：没有写这张图片，不用改"
    if found.there:
        yield f"  文件：{verb}删去"
    if found.site:
        documents = sum(path.suffix in (".pdf", ".docx") for path in found.site)
        printed = f"、{documents} 个可能印着它的简报文件" if documents else ""
        yield f"  网站：{verb}删去 {len(found.site) - documents} 个小图{printed}"
    if found.cached:
        yield f"  缓存：{verb}删去 {len(found.cached)} 个文件"
    if found.report:
        yield f"  核对报告：{verb}删去 {found.report[0].name}；要看，再运行 pairing photos report"


def advise_after_withdrawal(found: Withdrawal, past: History | None, site: Path) -> Iterator[str]:
    """Yield what is left to people: copies, the published site, git's history."""
    if found.copies:
        yield "\n档案里还有一模一样的图片，也要撤下："
        yield from (f"  pairing photos withdraw {path} --reason 监护人要求" for path in found.copies)
    if site.is_dir() and found.site:
        yield f"\n{site} 里的网页还写着图片说明：运行 pairing build 更新。"
    if past is not None:
        yield "\n请马上提交并合并，公开的网站才会更新；提交说明里不写姓名，也不写原因的细节。"
        if past.paths or past.shared:
            yield ""
            yield from describe_purge_steps(past)
        elif not past.missing:
            yield "仓库的历史里没有这张图片，不用清除。"
        if past.missing:
            yield f"\n{past.missing}"


def replace_unprintable(text: str) -> str:
    """Return a text that a stranger may have written, such as a file's name, safe for a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def require_place(place: _Place | Fault) -> _Place:
    """Return the record or photo that was typed. Raises a usage error where there is none."""
    if isinstance(place, Fault):
        raise click.UsageError(f"{replace_unprintable(place.message)}；{replace_unprintable(place.fix)}")
    return place


def print_refusal(head: str, faults: Sequence[Fault]) -> int:
    """Say what is wrong and how to mend it; return the exit code."""
    click.echo(click.style(head, fg="red"), err=True)
    for fault in faults:
        click.echo(f"  {fault.message}\n    怎么改：{fault.fix}", err=True)
    return PROBLEMS


def print_failure(error: Exception) -> int:
    """Say why nothing was changed; return the exit code."""
    reason = describe_system_error(error) if isinstance(error, OSError) else str(error)
    click.echo(click.style("什么都没有改：", fg="red") + reason, err=True)
    return USAGE


def print_leftovers(left: Sequence[Path]) -> None:
    """Name the files that could not be deleted."""
    for path in left:
        click.echo(click.style("没有删掉：", fg="red") + f"{path}；请自己删去", err=True)


def find_caption_problem(text: str) -> str | None:
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
