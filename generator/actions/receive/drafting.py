"""Make drafts of a group of files that belong together: reports and messages with the pictures sent along."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.actions.receive.bound_documents import find_bound_documents
from generator.actions.receive.captions import attach_captions, list_loose_captions, read_caption_in_name
from generator.actions.receive.children import hold_back_children
from generator.actions.receive.days import list_days, list_years
from generator.actions.receive.draft import Draft, DraftPhoto
from generator.actions.receive.evidence import Desk
from generator.actions.receive.find_schools import names_sender
from generator.actions.receive.flow import list_events
from generator.actions.receive.flow_events import Apart, Event, Headed, Shown, Stated, Text, is_passage
from generator.actions.receive.folding import fold_text, split_number
from generator.actions.receive.headings import match_part
from generator.actions.receive.interpret import read_facts
from generator.actions.receive.lone_labels import join_lone_labels
from generator.actions.receive.narrative import sort_paragraphs
from generator.actions.receive.parts import Left, Section, Sorted, is_address, sort_flow
from generator.actions.receive.school_names import SchoolNames
from generator.actions.receive.sources import Refused
from generator.actions.receive.splitting import begins_numbered, split_activities
from generator.documents.reports.report_content import ReportContent, list_lines
from generator.records import PARTS

_LAST_WORD = re.compile(
    "(?:活动|实施|工作)?(方案|计划|措施|记录|过程|总结|小结|反思)(?:材料|稿)?[0-9一二三四五六七八九十()（）]*$"
)
_SHOWN = re.compile("图片|照片|[上下左右]图|图(?:[0-9一二三四五六]|为|注)")
"""Words of a text that is, or has in it, about a picture."""
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMA = re.compile("[，,。]")
_MARGIN_WORDS = re.compile("[第共]?[0-9一二三四五六七八九十]*页|结对帮扶|帮扶|活动|工作|档案|资料|材料|记录")
_ENOUGH = 3
_LEAST_TEXT = 60
_SCHOOL_LINE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Files that belong together, as a folder of them does: reports in order, and pictures by name.

    hints: names of files and folders, the likeliest to name the school or the activity first.
    """

    contents: tuple[ReportContent, ...]
    pictures: tuple[DraftPhoto, ...] = ()
    hints: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The drafts of a group, and files of it that belong to none of them, each with the reason."""

    drafts: tuple[Draft, ...]
    left: tuple[Left, ...] = ()
    pictures: tuple[DraftPhoto, ...] = ()


@dataclass(slots=True)
class _Piece:
    """One activity of one file, sorted, with what the file says beside it."""

    content: ReportContent
    sorted: Sorted
    preamble: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    named: str | None = None
    contents: list[ReportContent] = field(default_factory=list)
    photos: list[DraftPhoto] = field(default_factory=list)


def make_drafts(desk: Desk, group: Group) -> Drafted:
    """Return the drafts that a group of files comes to."""
    desk = _turn_to_year(desk, group)
    pieces = [piece for content in group.contents for piece in _cut(desk, content, bool(group.pictures))]
    left = []
    known = []
    for piece in pieces:
        if _says_nothing(piece):
            lines = "\n".join(list_lines(piece.content.blocks))
            more = f"\n（里面还有 {len(piece.photos)} 张图片）" if piece.photos else ""
            left.append(Left(text=f"{piece.content.name}：\n{lines}{more}", why="不像一次活动的材料"))
        else:
            known.append(piece)
    merged = _merge(known, several=len(group.contents) > 1)
    if not merged:
        return Drafted(drafts=(), left=tuple(left), pictures=group.pictures)
    pictures = _share(merged, group.pictures)
    for piece, given in zip(merged, pictures[:-1], strict=True):
        used = {picture.caption for picture in given}
        unused = [caption for caption in piece.captions if caption not in used]
        piece.sorted.left += [Left(text=caption, why="不知道是哪一张图片的说明") for caption in unused]
    drafts = [
        hold_back_children(_draft(desk, piece, group.hints, given), desk.names)
        for piece, given in zip(merged, pictures[:-1], strict=True)
    ]
    return Drafted(drafts=tuple(drafts), left=tuple(left), pictures=tuple(pictures[-1]))


def _turn_to_year(desk: Desk, group: Group) -> Desk:
    """Return the desk with the programme of the one year that a group of files names, where the archive has it."""
    lines = "\n".join(line for content in group.contents for line in list_lines(content.blocks))
    years = set(list_years(lines)) & set(desk.corpus.years)
    programme = desk.corpus.find_programme(years.pop()) if len(years) == 1 and not desk.given_year else None
    if programme is None or programme.year == desk.programme.year:
        return desk
    return dataclasses.replace(desk, programme=programme, names=SchoolNames(desk.corpus, programme))


def _cut(desk: Desk, content: ReportContent, with_pictures: bool) -> Iterator[_Piece]:
    def is_school(text: str) -> bool:
        folded = fold_text(text).replace(desk.names.county, "")
        named = desk.names.find(folded)
        if not named or len(text) > _SCHOOL_LINE:
            return False
        return len(folded) - sum(each.end - each.start for each in named) <= 6

    bound = find_bound_documents(join_lone_labels(list(list_events(content.blocks))), is_school)
    split = split_activities(bound.events)
    preamble = [*filter(None, [bound.name]), *(_line_of(event) for event in split.preamble)]
    for activity in split.activities:
        events = attach_captions(_name_activity(activity, several=len(split.activities) > 1))
        captions: list[str] = []
        if with_pictures:
            for at, given in reversed(list(list_loose_captions(events))):
                captions[:0] = given
                del events[at]
        found = sort_flow(events, is_school)
        found.left += bound.left if activity is split.activities[0] else ()
        named = _named_part(content, found)
        yield _Piece(
            content=content,
            sorted=found,
            preamble=preamble,
            captions=captions,
            named=named,
            contents=[content],
            photos=[_embedded(content, shown) for shown in found.pictures],
        )


def _name_activity(events: Sequence[Event], *, several: bool) -> list[Event]:
    """Return an activity's flow without 活动二： in front of its name, where there are several activities."""
    found = list(events)
    if several and found and isinstance(first := found[0], Text):
        number = begins_numbered(first.text)
        name = first.text[number.end() :] if number else split_number(first.text)[1]
        found[0] = Text(text=name.strip() or first.text, fixed=first.fixed)
    return found


def _line_of(event: Event) -> str:
    match event:
        case Text() | Apart():
            return event.text
        case Stated() | Headed():
            return event.line
        case Shown():
            return event.caption
    return ""


def _named_part(content: ReportContent, found: Sorted) -> str | None:
    """Return the part that a file is by its own name or the line at its head, as 活动总结.docx is."""
    stem = content.name.rpartition("/")[2].rpartition(".")[0]
    for text in (*found.head[:1], stem):
        if match := _LAST_WORD.search(fold_text(text)):
            return match_part(match[1])
    return None


def _says_nothing(piece: _Piece) -> bool:
    """Say whether a file tells of no activity, as a list of contents does."""
    found = piece.sorted
    facts = {fact.field for fact, _ in found.facts}
    lines = "".join(list_lines(piece.content.blocks))
    told = lines.endswith("。") and (bool(piece.content.sent) or any(list_days(lines)))
    return not (found.parts or piece.named or "date" in facts or told) and len(lines) < _LEAST_TEXT


def _merge(pieces: list[_Piece], *, several: bool) -> list[_Piece]:
    """Return pieces with those joined that are parts of one activity: 方案.docx, 记录.docx and 总结.docx."""
    if several:
        for piece in pieces:
            if not piece.sorted.parts and piece.named and piece.sorted.head:
                words = piece.sorted.head.pop(0) if len(piece.sorted.head) > 1 else piece.named
                piece.preamble.append(words)
                section = Section(part=piece.named, words=words, level=0, lines=list(piece.sorted.head))
                piece.sorted.head.clear()
                piece.sorted.sections.append(section)
    found: list[_Piece] = []
    for piece in pieces:
        first = next((each for each in found if _belong(each, piece)), None)
        if first is None:
            found.append(piece)
            continue
        first.contents += piece.contents
        first.preamble += [*piece.preamble, *piece.sorted.head]
        first.captions += piece.captions
        first.photos += piece.photos
        for name in ("facts", "within", "sections", "signature", "left"):
            getattr(first.sorted, name).extend(getattr(piece.sorted, name))
    return found


def _belong(one: _Piece, other: _Piece) -> bool:
    """Say whether two pieces are parts of one activity: no part twice, no two days, and each is only some of it."""
    days = [{fold_text(f.text)[:10] for f, _ in p.sorted.facts if f.field == "date"} for p in (one, other)]
    return (
        bool(one.sorted.parts and other.sorted.parts)
        and not one.sorted.parts & other.sorted.parts
        and min(len(one.sorted.parts), len(other.sorted.parts)) < _ENOUGH
        and (not days[0] or not days[1] or bool(days[0] & days[1]))
    )


def _share(pieces: Sequence[_Piece], pictures: Sequence[DraftPhoto]) -> list[list[DraftPhoto]]:
    """Return the pictures sent along for each piece, and behind them those that nothing assigns."""
    if len(pieces) == 1:
        return [list(_name_captions(pieces[0].captions, pictures)), []]
    found: list[list[DraftPhoto]] = [[] for _ in range(len(pieces) + 1)]
    stems = [piece.content.name.rpartition("/")[2].rpartition(".")[0] for piece in pieces]
    for picture in pictures:
        name = picture.name.rpartition("/")[2]
        fitting = [at for at, stem in enumerate(stems) if stem and name.startswith(stem)]
        at = fitting[0] if len(set(fitting)) == 1 and stems.count(stems[fitting[0]]) == 1 else len(pieces)
        found[at] += _name_captions((), [picture])
    return found


def _name_captions(captions: Sequence[str], pictures: Sequence[DraftPhoto]) -> Iterator[DraftPhoto]:
    """Yield pictures with captions of their file names, else with the message's own, in order."""
    named = [read_caption_in_name(picture.name) for picture in pictures]
    waiting = list(captions) if named.count("") == len(captions) or not any(named) else []
    for picture, name in zip(pictures, named, strict=True):
        yield DraftPhoto(
            name=picture.name, data=picture.data, caption=name or (waiting.pop(0) if waiting else "")
        )


def _draft(desk: Desk, piece: _Piece, hints: Sequence[str], pictures: Sequence[DraftPhoto]) -> Draft:
    found = piece.sorted
    margins = [line for content in piece.contents for line in content.margins]
    names = [
        *(content.name.rpartition("/")[2].rpartition(".")[0] or content.name for content in piece.contents),
        *hints,
    ]
    told = not found.parts
    sent = [content.sent for content in piece.contents if content.sent]
    reading = read_facts(desk, found, piece.preamble, names, margins, sent)
    left = [*found.left, *reading.left, *_leave_margins(desk, piece)]
    sections: dict[str, list[str]] = {}
    guessed: set[str] = set()
    head = []
    first = next((at for at, line in enumerate(found.head) if is_passage(line)), 0)
    for at, line in enumerate(found.head):
        if told and at < first and not _COMMA.search(line):
            left.append(Left(text=line, why="材料的名称"))
        elif is_address(line) or (
            not is_passage(line) and (len(line) < 20 or names_sender(desk.names, line))
        ):
            left.append(Left(text=line, why="开头的话"))
        else:
            head.append(line)
    if told:
        sections = sort_paragraphs(head)
        guessed = set(sections)
        head = []
    else:
        sections = _join(found.sections)
        guessed |= {section.part for section in found.sections if section.unsure and section.part in PARTS}
    for line in head:
        if "方案" not in _join(found.sections):
            sections.setdefault("方案", []).append(line)
            guessed.add("方案")
        else:
            left.append(Left(text=line, why="各部分前面的话"))
    return Draft(
        source="、".join(content.name for content in piece.contents),
        values=reading.values,
        sources=reading.sources,
        doubts=tuple(reading.doubts),
        sections={part: tuple(sections[part]) for part in PARTS if sections.get(part)},
        guessed=frozenset(guessed),
        unsure={
            **reading.unsure,
            **_doubt_captions(
                [*piece.photos, *pictures], left, [line for lines in sections.values() for line in lines]
            ),
        },
        photos=(*piece.photos, *pictures),
        left=tuple(left),
        lost=tuple(line for content in piece.contents for line in content.lost),
    )


def _leave_margins(desk: Desk, piece: _Piece) -> Iterator[Left]:
    """Yield headers and footers that say more than whose file it is, and on which page."""
    for line in (line for content in piece.contents if not content.sent for line in content.margins):
        folded = fold_text(line).replace(desk.names.county, "")
        for each in reversed(desk.names.find(folded)):
            folded = folded[: each.start] + folded[each.end :]
        if _HAN.search(_MARGIN_WORDS.sub("", folded)):
            yield Left(text=line, why="页眉页脚")


def _doubt_captions(
    photos: Sequence[DraftPhoto], left: Sequence[Left], told: Sequence[str]
) -> dict[str, str]:
    """Return why captions have to be looked at: one was told by its place alone, or words beside pictures are left."""
    loose = any(each.why == "图片旁边的文字" for each in left) and not all(photo.caption for photo in photos)
    bare = [photo for photo in photos if not photo.caption]
    some = bool(bare) and (len(bare) < len(photos) or any(_SHOWN.search(line) for line in told))
    return {"图片": "按位置配的"} if loose or some or any(photo.unsure for photo in photos) else {}


def _join(sections: Sequence[Section]) -> dict[str, list[str]]:
    """Return the lines of each part; where several headings come to one part, each stays above its lines."""
    found: dict[str, list[str]] = {}
    for part in PARTS:
        those = [section for section in sections if section.part == part and section.lines]
        for section in those:
            if len(those) > 1:
                found.setdefault(part, []).append(f"### {section.words}")
            found.setdefault(part, []).extend(section.lines)
    return found


def _embedded(content: ReportContent, shown: Shown) -> DraftPhoto:
    picture = content.pictures[shown.number]
    name = content.name.rpartition("/")[2]
    return DraftPhoto(
        name=f"{name} {picture.name}", data=picture.data, caption=shown.caption, unsure=shown.unsure
    )
