"""Tell what kind of table a table of a report is, and which of its cells label which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.actions.receive.flow_events import SENTENCE
from generator.actions.receive.folding import fold_text
from generator.actions.receive.headings import find_heading, match_part
from generator.actions.receive.labels import match_label, split_facts
from generator.documents.reports.report_content import Box, Table, list_lines

_LABEL_LENGTH = 14
_MAY_BE_TOLD = ("topic", "measure")
"""Fields whose labels head an account as often: 活动内容, 帮扶内容."""
_MOST_COLUMNS = 30
_LIST_HEAD = re.compile(
    "序号|(?:教师)?姓名|签名|签到|签字|单位|学校|园所|幼儿园|职务|职称|岗位|班级|电话|联系电话|家庭.{0,4}|身份证.{0,3}|.{0,2}住址|监护人.{0,3}|年龄|民族|联系方式|备注|时间|到会时间|签到时间|性别"
)


def is_attendance(table: Table) -> bool:
    """Say whether a table lists who was there: it is headed by 姓名 or 签名, and by nothing that tells of an activity."""
    head = [fold_text(box.text) for box in table.rows[0] if box.text.strip()] if table.rows else []
    return bool({"姓名", "签名", "签到", "签字", "教师姓名"} & set(head)) and all(
        map(_LIST_HEAD.fullmatch, head)
    )


def is_signed(table: Table) -> bool:
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


def name_cell(box: Box) -> tuple[str | None, str | None]:
    """Return the field or the part that a cell labels; both are None for a cell of content."""
    text = box.text
    if box.images or box.tables or box.continued or not text.strip() or len(fold_text(text)) > _LABEL_LENGTH:
        return None, None
    if (part := match_part(text)) and match_label(text) not in _MAY_BE_TOLD:
        return None, part
    return match_label(text), None


def is_label(box: Box) -> bool:
    """Say whether a cell labels a field or a part."""
    return any(name_cell(box))


def find_ledger(table: Table) -> int | None:
    """Return the row of a ledger's head: labels alone, among them day or name, over rows of activities."""
    for number, row in enumerate(table.rows[:3]):
        boxes = [box for box in row if not box.continued]
        names = [name for box in boxes for name in [name_cell(box)]]
        fields = {field for field, _ in names if field} | {part for _, part in names if part}
        if (
            len(boxes) >= 4
            and sum(any(name) for name in names) >= len(boxes) - 1
            and fields & {"date", "title", "topic"}
            and len(table.rows) > number + 1
        ):
            below = [box for box in table.rows[number + 1] if not box.continued]
            if not any(is_label(box) for box in below):
                return number
    return None


def count_shared_columns(box: Box, label: Box) -> int:
    """Return over how many columns two cells of different rows both lie."""
    return max(0, min(box.column + box.span, label.column + label.span) - max(box.column, label.column))


def is_form(table: Table) -> bool:
    """Say whether a table's rows are labels with content beside them."""
    labelled = sum(1 for row in table.rows if len(row) > 1 and any(is_label(box) for box in row[:-1]))
    return labelled >= 2 or (labelled == 1 and len(table.rows) <= 2)


def is_stray(box: Box) -> bool:
    """Say whether a form's cell is a word or two that state nothing and head nothing that is known."""
    return is_short(box) and not box.tables and not split_facts(box.text) and not find_heading(box.text)


def is_short(box: Box) -> bool:
    """Say whether a cell holds a word or two, no sentence."""
    return not box.images and 0 < len(fold_text(box.text)) <= 8 and not SENTENCE.search(box.text)


def is_loose(label: Box) -> bool:
    """Say whether a label over others, such as 活动情况, only groups them: it names no part itself."""
    words = fold_text(label.text)
    heading = find_heading(words)
    return heading is not None and not heading.plain and "情况" in words
