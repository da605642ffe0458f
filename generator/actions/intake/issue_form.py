"""Take an issue of the form apart: the answers of one line, and the text, with what was attached taken out of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from generator.actions.receive.evidence import Desk
from generator.records.models import Programme

SCHOOL, DATE, MEASURE, PEOPLE, FILES, TEXT = (
    "园名", "活动日期", "帮扶内容", "照片里的人", "照片、Word 文件或档案包", "文字",
)  # fmt: skip
LABELS = (SCHOOL, DATE, MEASURE, PEOPLE, FILES, TEXT)
"""The form's questions in its order; the text comes last, so nothing in it can pass for another answer."""
PEOPLE_ANSWERS = {"没有人": "none", "只有成人": "adults", "有幼儿，监护人都书面同意公开": "children"}
"""The form's choices; children are shown only with the consent that the third one states."""
_EMPTY = "_No response_"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the form says, each answer as it was written, "" for none."""

    school: str = ""
    date: str = ""
    measure: str = ""
    people: str = ""
    files: str = ""
    text: str = ""


def parse_form(body: str) -> Form:
    """Return the answers in an issue's text; one that was not made by the form is all text."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    found: dict[str, str] = {}
    rest, before = body, ""
    for label in LABELS:
        heading = re.search(rf"(?m)^### {re.escape(label)}[ \t]*$", rest)
        if heading is None:
            continue
        if before:
            found[before] = rest[: heading.start()]
        rest, before = rest[heading.end() :], label
    found[before or TEXT] = rest
    clean = {label: "" if text.strip() == _EMPTY else text.strip() for label, text in found.items()}
    lines = {label: " ".join(clean.get(label, "").split())[:_LONGEST] for label in LABELS[:4]}
    return Form(
        school=lines[SCHOOL],
        date=lines[DATE],
        measure=lines[MEASURE],
        people=PEOPLE_ANSWERS.get(lines[PEOPLE], ""),
        files=clean.get(FILES, ""),
        text=clean.get(TEXT, ""),
    )


def find_school(desk: Desk, written: str) -> str | None:
    """Return the school that is meant by its id or a name of it; None where that is none or several."""
    if written in desk.programme.school_ids:
        return written
    named = {found.school for found in desk.names.find(written, short=True)}
    return named.pop() if len(named) == 1 else None


def find_measure(programme: Programme, written: str) -> str | None:
    """Return the measure that is meant by its id or name."""
    return next((each.id for each in programme.measures if written and written in (each.id, each.name)), None)


def parse_day(written: str) -> dt.date | None:
    """Return a day written as 2020-05-14, 2020.5.14 or 2020年5月14日."""
    day = re.fullmatch(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", written)
    try:
        return dt.date(*map(int, day.groups())) if day else None
    except ValueError:
        return None
