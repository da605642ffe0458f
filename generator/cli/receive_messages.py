"""Describe what was received: what lies where, what is still to be filled in, and what has no place."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence, Set

import click

from generator.actions.photos.budget import format_size
from generator.actions.receive.children import CHILDREN
from generator.actions.receive.draft import FIELDS, REQUIRED, Draft, Value
from generator.actions.receive.leftovers import list_left
from generator.actions.receive.packages import Package
from generator.actions.receive.parts import Left
from generator.actions.receive.placement import Earlier, PlacedPhoto, Placement
from generator.actions.receive.take_in import Outcome
from generator.archive import Corpus
from generator.cli.photos_messages import replace_unprintable
from generator.documents.tables.grid import abbreviate_text
from generator.records import PARTS
from generator.records.models import DIRECTIONS
from generator.records.scaffold import is_prompt

_OPEN = "要填"
_LABEL = 8
_MOST_SHOWN = 72
_MOST_LEFT = 200


def describe_placement(corpus: Corpus, placement: Placement) -> Iterator[str]:
    """Yield a record as it will lie in the archive: its folder, each field with the report's words, parts, photos."""
    yield click.style(f"{replace_unprintable(placement.source)} → {placement.path}/", bold=True)
    if placement.over is not None:
        yield _row("换掉", f"{placement.over.path}/，原来的在 git 的历史里")
        for number, change in enumerate(placement.over.changes):
            yield _row("" if number else "不同之处", _line(change))
        yield from (f"  {line}" for line in _advise_withdrawal(placement.over))
    if placement.alike:
        advice = "删去这一份，加上 --replace 再收；不是，就不用管"
        yield _row(
            "", f"{_mark('要核对')} 与 {placement.alike}/ 同一天、同标题，文字不同：是改过的同一份，{advice}"
        )
    if placement.draft is not None:
        yield from _describe_fields(corpus, placement.draft)
        yield from _describe_parts(placement.draft, _list_kept(placement))
    else:
        yield _row("标题", placement.record.data.title)
        yield _row("活动日期", placement.record.data.date.isoformat())
    if placement.draft is not None and (why := placement.draft.unsure.get("图片")):
        yield _row("图片说明", f"{_mark('要核对')} {why}")
    yield from _describe_photos(placement)


def _describe_fields(corpus: Corpus, draft: Draft) -> Iterator[str]:
    doubts = {doubt.field: doubt for doubt in draft.doubts}
    for field, name in FIELDS.items():
        if field in draft.values:
            value = _format_value(corpus, field, draft.values[field])
            source = draft.sources.get(field, "")
            shown = "" if _says_same(value, source) else f"  ← {abbreviate_text(_line(source), _MOST_SHOWN)}"
            check = f"{_mark('要核对')} {draft.unsure[field]}；" if field in draft.unsure else ""
            yield _row(name, check + value + click.style(shown, dim=True))
        elif field in REQUIRED:
            doubt = doubts.get(field)
            choices = (
                "；".join(f"{value} {words}".strip() for value, words in doubt.candidates) if doubt else ""
            )
            why = doubt.why if doubt else "没有写"
            yield _row(name, f"{_mark(_OPEN)} {why}" + (f"（可选：{choices}）" if choices else ""))


def _list_kept(placement: Placement) -> set[str]:
    """Return the parts that a report does not have and the archive's version has."""
    draft = placement.draft
    if placement.over is None or draft is None:
        return set()
    written = {s.title for s in placement.record.markdown.sections if not is_prompt(s.text.strip())}
    return {part for part in PARTS if part in written and part not in draft.sections}


def _describe_parts(draft: Draft, kept: Set[str]) -> Iterator[str]:
    for part in PARTS:
        lines = draft.sections.get(part, ())
        if part in kept:
            yield _row(part, "照档案里原来写的")
            continue
        if not lines:
            yield _row(part, f"{_mark(_OPEN)} 没有这一部分")
            continue
        count = sum(len(line) for line in lines if not line.startswith("### "))
        guess = f"{_mark('要核对')} 分得不一定对；" if part in draft.guessed else ""
        if part in draft.private:
            guess = f"{_mark('要核对')} {CHILDREN}；{guess}"
        first = next((line for line in lines if not line.startswith("### ")), lines[0])
        yield _row(part, f"{guess}{count} 字：{abbreviate_text(_line(first), 40)}")


def _describe_photos(placement: Placement) -> Iterator[str]:
    for number, photo in enumerate(placement.photos):
        yield _row("图片" if not number else "", _format_photo(photo))
    for source, reason in placement.skipped:
        yield _row("", f"{replace_unprintable(source)}：{reason}")
    for source, fault in placement.faults:
        yield _row("", f"{_mark('没有放')} {replace_unprintable(source)}：{fault.message}；{fault.fix}")
    if not placement.photos:
        yield _row("图片", f"{_mark(_OPEN)} 没有图片")


def _format_photo(photo: PlacedPhoto) -> str:
    caption = _line(photo.caption) or _mark("要填说明")
    parts = [f"{photo.file} {caption}（{replace_unprintable(photo.source)}，{format_size(len(photo.data))}"]
    if photo.day:
        parts.append(f"拍摄于 {photo.day}")
    if photo.located:
        parts.append("已去掉拍摄地点")
    text = "，".join(parts) + "）"
    return f"{text} 与 {photo.same} 一模一样" if photo.same else text


def describe_left(left: Sequence[Left]) -> Iterator[str]:
    """Yield what has no place, each with its words and the reason."""
    if not left:
        return
    yield f"没有放进记录的 {len(left)} 处："
    for each in left[:_MOST_LEFT]:
        yield f"  {_line(each.text)}（{each.why}）"
    if len(left) > _MOST_LEFT:
        yield f"  还有 {len(left) - _MOST_LEFT} 处，没有一一列出"


def list_all_left(placements: Sequence[Placement]) -> list[tuple[str, list[Left]]]:
    """Return what each record leaves out, headed by where the rest of it goes."""
    return [
        (f"{placement.source} → {placement.path}/", list(list_left(placement.draft)))
        for placement in placements
        if placement.draft is not None
    ]


def describe_earlier(source: str, earlier: Earlier) -> Iterator[str]:
    """Yield that the archive has another version of what was received, and what differs."""
    head = click.style(f"{replace_unprintable(source)}：", fg="yellow")
    yield f"{head}档案里已经有这份材料（{earlier.path}/），不同之处："
    yield from (f"  {_line(change)}" for change in earlier.changes)
    yield from (f"  {line}" for line in _advise_withdrawal(earlier))


def _advise_withdrawal(earlier: Earlier) -> Iterator[str]:
    """Yield how a photo is taken down for good: without its file the record's history still has it."""
    if earlier.gone:
        photos = "、".join(f"{earlier.path}/{_line(name)}" for name in earlier.gone)
        first = f"{earlier.path}/{_line(earlier.gone[0])}"
        yield (
            f"图片 {photos} 如果是要求撤下的，先用 pairing photos withdraw {first} --reason 原因："
            "只换记录，仓库的历史里还有它"
        )


def _advise_reported(package: Package, placement: Placement) -> str:
    """Return what to do where a package was made before the day that its record says, "" where it was not."""
    if not placement.record.knows("reported"):
        return ""
    made, day = package.made[:10], placement.record.data.reported.isoformat()
    if placement.over or made >= day:
        return ""
    return (
        f"上报日期写收进档案的这天 {day}；如果学校 {made} 就交到了，档案也不经过合并请求，加上 --reported {made}。"
        "要合并的，自动检查以提出请求的日子为准，按时交到的请教育局补计（pairing amend --count）"
    )


def describe_others(outcome: Outcome) -> Iterator[str]:
    """Yield what was received before, what packages say of themselves, and what is not taken."""
    placed = {placement.source: placement for placement in outcome.placements}
    for package in outcome.packages:
        kept = f"，另有 {package.kept_back} 张没有同意公开的留在手机上" if package.kept_back else ""
        yield f"{replace_unprintable(package.name)}：填报页的档案包，{_line(package.made[:10])} 存的{kept}"
        if (new := placed.get(package.name)) and (advice := _advise_reported(package, new)):
            yield f"  {advice}"
    for each in outcome.already:
        what = "这一次里交了两遍" if each.now else "已经收过"
        yield f"{replace_unprintable(each.source)}：{what}，与 records/{each.key}/ 一样，没有再写"
    for differing in outcome.differing:
        yield from describe_earlier(differing.source, differing.earlier)
        blocked = differing.earlier.blocked
        yield (
            f"  没有写。{blocked}"
            if blocked
            else "  没有写。要换成新的，加上 --replace 再收；原来的在 git 的历史里还有。"
        )
    for item in outcome.refused:
        head = click.style(f"没有收 {_line(item.name)}：", fg="red")
        yield f"{head}{item.reason}"


def count_open(placements: Sequence[Placement]) -> int:
    """Return how many fields, parts and captions are still to be filled in or confirmed."""
    count = 0
    for placement in placements:
        if placement.draft is not None:
            draft = placement.draft
            count += sum(field not in draft.values for field in REQUIRED)
            missing = set(PARTS) - set(draft.sections) - _list_kept(placement)
            count += len(missing) + len(draft.guessed) + len(draft.private) + len(draft.unsure)
        count += sum(not photo.caption for photo in placement.photos)
    return count


def _format_value(corpus: Corpus, field: str, value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if field == "school":
        return f"{value} {corpus.name_school(str(value))}"
    if field == "partners" and isinstance(value, tuple):
        return "、".join(f"{one} {corpus.name_school(one)}" for one in value)
    if field == "measure":
        names = {
            measure.id: measure.name
            for year in corpus.years
            if (programme := corpus.find_programme(year))
            for measure in programme.measures
        }
        return f"{value} {names.get(str(value), '')}".strip()
    if field == "direction":
        return f"{value} {DIRECTIONS.get(str(value), '')}".strip()
    return "、".join(value) if isinstance(value, tuple) else _line(str(value))


def _says_same(value: str, source: str) -> bool:
    """Say whether the report's words are the value, and need not be shown again."""
    words = source.rpartition("：")[2]
    return "".join(value.split()) in ("".join(source.split()), "".join(words.split()))


def _row(label: str, text: str) -> str:
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
    return f"  {label}{' ' * max(1, _LABEL + 2 - width)}{text}"


def _mark(text: str) -> str:
    return click.style(f"【{text}】", fg="yellow")


def _line(text: str) -> str:
    """Return a stranger's text on one line, safe for a terminal."""
    return replace_unprintable(" ".join(text.split()))
