"""Turn a report into a flow: facts, headings, lines of text and pictures in their order, whatever tables hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text
from generator.actions.receive.headings import Heading, find_heading, match_part
from generator.actions.receive.labels import Fact, clean_value, match_label, split_facts
from generator.documents.reports.report_content import Block, Box, Image, Line, Table, has_images, list_lines

_LABEL_LENGTH = 14
_MOST_COLUMNS = 30
_LIST_HEAD = re.compile(
    "序号|(?:教师)?姓名|签名|签到|签字|单位|学校|园所|幼儿园|职务|职称|岗位|班级|电话|联系电话|家庭.{0,4}|身份证.{0,3}|.{0,2}住址|监护人.{0,3}|年龄|民族|联系方式|备注|时间|到会时间|签到时间|性别"
)
_SENTENCE = re.compile("[。！？；;!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text. ``fixed``: a table's label says what it belongs to. ``joined``: it stands in a picture's paragraph."""

    text: str
    fixed: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Facts that one line or cell states; ``line`` is all of it. ``form``: behind a table's label."""

    facts: tuple[Fact, ...]
    line: str
    form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A heading; ``form``: a table's label."""

    heading: Heading
    line: str
    form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture's place, with the caption that a table gives it ("" for none)."""

    number: int
    caption: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A new activity begins here, as a table's row or a table of its own says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Words that are no part of an activity, such as a list of who signed, and why."""

    text: str
    why: str


Event = Text | Stated | Headed | Shown | Begun | Apart


def list_events(blocks: Sequence[Block]) -> Iterator[Event]:
    """Yield a report's flow."""
    for block in blocks:
        match block:
            case Line():
                yield from _of_line(block.text, joined=not block.alone)
            case Image():
                yield Shown(number=block.number)
            case Table():
                yield from _of_table(block)


def _of_line(text: str, *, joined: bool = False) -> Iterator[Event]:
    heading = find_heading(text)
    facts = split_facts(text)
    if facts and facts[0].label and not (heading and _is_section(facts)):
        yield Stated(facts=facts, line=text)
    elif heading:
        yield Headed(heading=heading, line=text)
        if heading.rest:
            yield Text(text=heading.rest)
    elif facts and facts[0].text and len(facts) > 1 and not _SENTENCE.search(text):
        yield Stated(facts=facts, line=text)
    else:
        yield Text(text=text, joined=joined)


def _is_section(facts: Sequence[Fact]) -> bool:
    """Say whether words behind 活动内容 are a passage, not a name."""
    return facts[0].field == "topic" and is_passage(facts[0].text)


def is_passage(text: str) -> bool:
    """Say whether a text is told, not named: long, of several lines, or of sentences."""
    return len(text) > 40 or "\n" in text.strip() or bool(_SENTENCE.search(text))


# --- tables ----------------------------------------------------------------------------------------


def _of_table(table: Table) -> Iterator[Event]:
    if _is_attendance(table):
        for row in table.rows:
            yield Apart(text=" ".join(" ".join(box.text.split()) for box in row), why="签到表")
    elif (head := _find_ledger(table)) is not None:
        yield from _of_ledger(table, head)
    elif _is_form(table):
        yield Begun()
        yield from _of_form(table)
    elif has_images(table):
        yield from _of_gallery(table)
    elif all(len([box for box in row if not box.continued]) <= 1 for row in table.rows) or _is_signed(table):
        for row in table.rows:
            for box in row:
                yield from list_events(box.content)
    else:
        for line in format_table(table):
            yield Text(text=line, fixed=True)


def _is_attendance(table: Table) -> bool:
    """Say whether a table lists who was there: it is headed by 姓名 or 签名, and by nothing that tells of an activity."""
    head = [fold_text(box.text) for box in table.rows[0] if box.text.strip()] if table.rows else []
    return bool({"姓名", "签名", "签到", "签字", "教师姓名"} & set(head)) and all(
        map(_LIST_HEAD.fullmatch, head)
    )


def _is_signed(table: Table) -> bool:
    """Say whether a table only says who wrote and who checked the report."""
    facts = [split_facts(box.text) for row in table.rows for box in row if box.text.strip()]
    return bool(facts) and all(each and all(fact.field == "none" for fact in each) for each in facts)


def format_table(table: Table) -> Iterator[str]:
    """Yield a table's lines as the guide writes tables, its first row as the head."""
    rows = [[" ".join(" ".join(list_lines(box.content)).split()) for box in row] for row in table.rows if row]
    width = min(max(map(len, rows), default=0), _MOST_COLUMNS)
    for number, row in enumerate(rows):
        cells = [cell.replace("|", "\\|") for cell in (*row, *[""] * (width - len(row)))]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{'---|' * len(cells)}"


def _name(box: Box) -> tuple[str | None, str | None]:
    """Return the field or the part that a cell labels; both are None for a cell of content."""
    text = box.text
    if box.images or box.tables or box.continued or not text.strip() or len(fold_text(text)) > _LABEL_LENGTH:
        return None, None
    if (part := match_part(text)) and match_label(text) != "topic":
        return None, part
    return match_label(text), None


def _is_label(box: Box) -> bool:
    return any(_name(box))


def _find_ledger(table: Table) -> int | None:
    """Return the row of a ledger's head: labels alone, among them day or name, over rows of activities."""
    for number, row in enumerate(table.rows[:3]):
        boxes = [box for box in row if not box.continued]
        names = [name for box in boxes for name in [_name(box)]]
        fields = {field for field, _ in names if field} | {part for _, part in names if part}
        if (
            len(boxes) >= 4
            and sum(any(name) for name in names) >= len(boxes) - 1
            and fields & {"date", "title", "topic"}
            and len(table.rows) > number + 1
        ):
            below = [box for box in table.rows[number + 1] if not box.continued]
            if not any(_is_label(box) for box in below):
                return number
    return None


def _of_ledger(table: Table, head: int) -> Iterator[Event]:
    for row in table.rows[:head]:
        for box in row:
            yield from list_events(box.content)
    labels = table.rows[head]
    for row in table.rows[head + 1 :]:
        written = [box for box in row if box.text.strip() or box.images]
        if len(written) < 2:
            for box in written:
                yield from list_events(box.content)
            continue
        yield Begun()
        for box in written:
            above = max(labels, key=lambda label: _shared(box, label), default=None)
            yield from _pair(above if above is not None and _shared(box, above) else None, box)


def _shared(box: Box, label: Box) -> int:
    return max(0, min(box.column + box.span, label.column + label.span) - max(box.column, label.column))


def _is_form(table: Table) -> bool:
    """Say whether a table's rows are labels with content beside them."""
    labelled = sum(1 for row in table.rows if len(row) > 1 and any(_is_label(box) for box in row[:-1]))
    return labelled >= 2 or (labelled == 1 and len(table.rows) <= 2)


def _of_form(table: Table) -> Iterator[Event]:
    tall: Box | None = None  # the label of several rows on the left
    for row in table.rows:
        boxes = list(row)
        if boxes and boxes[0].continued and tall is not None:
            yield from _more([box for box in boxes[1:] if not box.continued], tall)
            continue
        boxes = [box for box in boxes if not box.continued]
        tall = boxes[0] if boxes and _is_label(boxes[0]) and len(boxes) > 1 else None
        if len(boxes) == 1:
            yield from list_events(boxes[0].content)
            continue
        at = 0
        while at < len(boxes):
            label = boxes[at]
            if not _is_label(label) or at + 1 == len(boxes):
                if _is_stray(label) and at + 1 < len(boxes) and not _is_label(boxes[at + 1]):
                    yield from _unknown(label, boxes[at + 1])
                    at += 1
                elif _is_stray(label):
                    yield Apart(text=label.text, why="记录里没有这一栏")
                else:
                    yield from list_events(label.content)
                at += 1
                continue
            _, part = _name(label)
            rest = boxes[at + 1 :]
            if (
                part
                and len(rest) >= 2
                and _is_short(rest[0])
                and not _name(rest[0])[0]
                and not _is_label(rest[1])
            ):
                if not (_name(rest[0])[1] and _is_loose(label)):
                    yield from _head(label, part)
                yield from _more(rest, label)
                break
            yield from _pair(label, rest[0])
            at += 2


def _unknown(label: Box, box: Box) -> Iterator[Event]:
    """Yield a form's cell whose label is none of a record's, such as 教育局意见: it must not run into the part above."""
    lines = [" ".join(line.split()) for line in list_lines(box.content)]
    words = f"{' '.join(label.text.split())}：{'；'.join(lines)}" if lines else " ".join(label.text.split())
    yield Apart(text=words, why="记录里没有这一栏")
    yield from (event for inner in box.content for event in _fixed_block(inner) if isinstance(event, Shown))


def _is_stray(box: Box) -> bool:
    """Say whether a form's cell is a word or two that state nothing and head nothing that is known."""
    return _is_short(box) and not box.tables and not split_facts(box.text) and not find_heading(box.text)


def _is_short(box: Box) -> bool:
    return not box.images and 0 < len(fold_text(box.text)) <= 8 and not _SENTENCE.search(box.text)


def _head(label: Box, part: str) -> Iterator[Event]:
    words = " ".join(label.text.split())
    yield Headed(
        heading=Heading(part=part, words=words, plain=fold_text(words) == part), line=words, form=True
    )


def _is_loose(label: Box) -> bool:
    """Say whether a label over others, such as 活动情况, only groups them: it names no part itself."""
    heading = find_heading(label.text)
    return heading is not None and not heading.plain and "情况" in label.text


def _more(boxes: Sequence[Box], label: Box) -> Iterator[Event]:
    """Yield more of a part: what a cell beside the content calls it stands in front of it."""
    if len(boxes) >= 2 and _name(boxes[0])[1] and _is_loose(label):
        yield from _pair(boxes[0], boxes[1])
        yield from _fixed(boxes[2:])
    elif len(boxes) >= 2 and _is_short(boxes[0]):
        name = " ".join(boxes[0].text.split())
        first = True
        for event in _fixed(boxes[1:]):
            if isinstance(event, Text) and first:
                yield Text(text=f"{name}：{event.text}", fixed=True)
                first = False
            else:
                yield event
    else:
        yield from _fixed(boxes)


def _pair(label: Box | None, box: Box) -> Iterator[Event]:
    """Yield what a label and the cell beside it say together."""
    field, part = _name(label) if label is not None else (None, None)
    if part and label is not None:
        yield from _head(label, part)
        yield from _fixed([box])
    elif field and label is not None:
        words = " ".join(label.text.split())
        text = clean_value(" ".join(box.text.split("\n")))
        if field == "topic" and is_passage(box.text):
            yield from _head(label, "内容")
            yield from _fixed([box])
            return
        if text:
            yield Stated(
                facts=(Fact(field=field, label=words, text=text),), line=f"{words}：{text}", form=True
            )
        for inner in box.content:
            if not isinstance(inner, Line):
                yield from _fixed_block(inner)
    else:
        yield from list_events(box.content)


def _fixed(boxes: Sequence[Box]) -> Iterator[Event]:
    """Yield cells' content, which a label assigns already."""
    for box in boxes:
        for block in box.content:
            yield from _fixed_block(block)


def _fixed_block(block: Block) -> Iterator[Event]:
    match block:
        case Line():
            yield Text(text=block.text, fixed=True, joined=not block.alone)
        case Image():
            yield Shown(number=block.number)
        case Table() if has_images(block):
            yield from _of_gallery(block)
        case Table():
            yield from (Text(text=line, fixed=True) for line in format_table(block))


def _of_gallery(table: Table) -> Iterator[Event]:
    """Yield a table's pictures: each with the words in its cell, else below it or, where words come first, above it."""
    rows = [[box for box in row if not box.continued] for row in table.rows]
    kinds = ["图" if any(b.images for b in row) else "字" if any(b.text for b in row) else "" for row in rows]
    above = next((kind for kind in kinds if kind), "") == "字" and kinds.count("字") >= kinds.count("图")
    used: set[int] = set()
    for number, row in enumerate(rows):
        other = number - 1 if above else number + 1
        beside = rows[other] if 0 <= other < len(rows) and kinds[other] == "字" else []
        for box in row:
            if not box.images:
                continue
            near = [each for each in beside if _shared(box, each) and each.text.strip() and not each.tables]
            if len(box.content) == len(box.images) == len(near) == 1:
                used.add(id(near[0]))
                yield Shown(number=box.images[0].number, caption=" ".join(near[0].text.split()))
            else:
                yield from list_events(box.content)
    for row in rows:
        for box in row:
            if not box.images and id(box) not in used:
                yield from list_events(box.content)
