"""Turn a report into a flow: facts, headings, lines of text and pictures in their order, whatever tables hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from generator.actions.receive.flow_events import (
    Apart,
    Begun,
    Event,
    Headed,
    Shown,
    Stated,
    Text,
    is_passage,
    read_line,
)
from generator.actions.receive.folding import fold_text
from generator.actions.receive.headings import Heading, match_part, replace_misspelt
from generator.actions.receive.labels import Fact, clean_value
from generator.actions.receive.table_kinds import (
    count_shared_columns,
    find_ledger,
    format_table,
    is_attendance,
    is_form,
    is_label,
    is_loose,
    is_short,
    is_signed,
    is_stray,
    name_cell,
)
from generator.documents.reports.report_content import Block, Box, Image, Line, Table, has_images, list_lines

_PAIR = 2
_LIST_NAME = re.compile("^[^。！？]{0,20}(?:名单|签到表|签到册|花名册|登记册|统计表|一览表|签到)\\s*[:：]?$")
"""The name of a list of people, in front of it."""


def list_events(blocks: Sequence[Block]) -> Iterator[Event]:
    """Yield a report's flow."""
    for block, behind in zip_longest(blocks, blocks[1:]):
        match block:
            case Line() if (
                isinstance(behind, Table) and is_attendance(behind) and _LIST_NAME.search(block.text)
            ):
                yield Apart(text=block.text, why="签到表")
            case Line():
                yield from read_line(block.text, joined=not block.alone)
            case Image():
                yield Shown(number=block.number)
            case Table():
                yield from _of_table(block)


# --- tables ----------------------------------------------------------------------------------------


def _of_table(table: Table) -> Iterator[Event]:
    if is_attendance(table):
        for row in table.rows:
            yield Apart(text=" ".join(" ".join(box.text.split()) for box in row), why="签到表")
    elif (head := find_ledger(table)) is not None:
        yield from _of_ledger(table, head)
    elif is_form(table):
        yield Begun()
        yield from _of_form(table)
    elif has_images(table):
        yield from _of_gallery(table)
    elif all(len([box for box in row if not box.continued]) <= 1 for row in table.rows) or is_signed(table):
        for row in table.rows:
            for box in row:
                yield from list_events(box.content)
    else:
        for line in format_table(table):
            yield Text(text=line, fixed=True)


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
            above = max(labels, key=lambda label: count_shared_columns(box, label), default=None)
            yield from _pair(above if above is not None and count_shared_columns(box, above) else None, box)


def _of_form(table: Table) -> Iterator[Event]:
    tall: Box | None = None  # the label of several rows on the left
    head: Box | None = None  # the label above rows of a step and what was done
    for row in table.rows:
        boxes = list(row)
        if head is not None and len(boxes) == _PAIR and not is_label(boxes[0]) and is_short(boxes[0]):
            yield from _more(boxes, head)
            continue
        head = None
        if len(boxes) == _PAIR and all(name_cell(box)[1] for box in boxes) and not boxes[0].continued:
            head = boxes[1]
            yield from _head(head, name_cell(head)[1] or "")
            continue
        if boxes and boxes[0].continued and tall is not None:
            yield from _more([box for box in boxes[1:] if not box.continued], tall)
            continue
        boxes = [box for box in boxes if not box.continued]
        tall = boxes[0] if boxes and is_label(boxes[0]) and len(boxes) > 1 else None
        if len(boxes) == 1:
            yield from list_events(boxes[0].content)
            continue
        at = 0
        while at < len(boxes):
            label = boxes[at]
            if not is_label(label) or at + 1 == len(boxes):
                if is_stray(label) and at + 1 < len(boxes) and not is_label(boxes[at + 1]):
                    yield from _unknown(label, boxes[at + 1])
                    at += 1
                elif is_stray(label):
                    yield Apart(text=label.text, why="记录里没有这一栏")
                else:
                    yield from list_events(label.content)
                at += 1
                continue
            _, part = name_cell(label)
            rest = boxes[at + 1 :]
            if (
                part
                and len(rest) >= 2
                and is_short(rest[0])
                and not name_cell(rest[0])[0]
                and not is_label(rest[1])
            ):
                if not (name_cell(rest[0])[1] and is_loose(label)):
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


def _head(label: Box, part: str) -> Iterator[Event]:
    words = " ".join(label.text.split())
    folded = fold_text(words)
    clear = replace_misspelt(folded) == folded
    heading = Heading(part=part, words=words, plain=folded == part, clear=clear)
    yield Headed(heading=heading, line=words, form=True)


def _more(boxes: Sequence[Box], label: Box) -> Iterator[Event]:
    """Yield more of a part: what a cell beside the content calls it stands in front of it."""
    if len(boxes) >= 2 and name_cell(boxes[0])[1] and is_loose(label):
        yield from _pair(boxes[0], boxes[1])
        yield from _fixed(boxes[2:])
    elif len(boxes) >= 2 and is_short(boxes[0]):
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
    field, part = name_cell(label) if label is not None else (None, None)
    if part and label is not None:
        yield from _head(label, part)
        yield from _fixed([box])
    elif field and label is not None:
        words = " ".join(label.text.split())
        text = clean_value(" ".join(box.text.split("\n")))
        if field in ("topic", "measure") and match_part(words) and is_passage(box.text):
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
            near = [
                each
                for each in beside
                if count_shared_columns(box, each) and each.text.strip() and not each.tables
            ]
            if len(box.content) == len(box.images) == len(near) == 1:
                used.add(id(near[0]))
                yield Shown(number=box.images[0].number, caption=" ".join(near[0].text.split()))
            else:
                yield from list_events(box.content)
    for row in rows:
        for box in row:
            if not box.images and id(box) not in used:
                yield from list_events(box.content)
