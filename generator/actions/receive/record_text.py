"""Write a draft as activity.md: certain fields, a prompt for each that is not, and its text so that it shows as it was typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.actions.receive.draft import FIELDS, Doubt, Draft
from generator.records import PARTS
from generator.records.photo_lines import format_scalar
from generator.records.scaffold import CONFIRM, PRIVATE, UNREAD

_SUBHEADING = "### "
_MOST_CANDIDATES = 8
_HASHES = re.compile(r"^\s*#+")
_WIDE_HASHES = re.compile(r"^\s*＃")
_QUOTE = re.compile(r"^(\s*)>")
_RULE = re.compile(r"^\s*(?:-\s*){3,}$|^\s*(?:\*\s*){3,}$|^\s*(?:=\s*){3,}$")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|`|\*\*|\[(?=[^\]]*\]\(https?://)|<(?=https?://)", re.IGNORECASE)
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")


def prompt(field: str) -> str:
    """Return the words that stand where a field or part is to be filled in; the check refuses them."""
    return f"（请填写{FIELDS.get(field, field)}）"


def write_record(draft: Draft, reported: dt.date) -> str:
    """Return activity.md without photos. The draft's school and day must be known, or have candidates."""
    lines = ["---", *_list_fields(draft, reported), "---"]
    for part in PARTS:
        lines += ["", f"## {part}", ""]
        written = draft.sections.get(part, ())
        if part in draft.guessed:
            lines += [CONFIRM, ""]
        if part in draft.private:
            lines += [PRIVATE, ""]
        lines.append(format_part(written) if written else prompt(part))
    return "\n".join([*lines, ""])


def _list_fields(draft: Draft, reported: dt.date) -> Iterator[str]:
    values = draft.values
    doubts = {doubt.field: doubt for doubt in draft.doubts}
    yield f"title: {_scalar(draft, 'title')}{_mark(draft, 'title')}"
    yield f"date: {_scalar(draft, 'date')}{_candidates(doubts.get('date'))}{_mark(draft, 'date', 'school')}"
    yield f"measure: {_scalar(draft, 'measure')}{_candidates(doubts.get('measure'))}{_mark(draft, 'measure')}"
    partners = values.get("partners")
    listed = ", ".join(partners) if isinstance(partners, tuple) else prompt("partners")
    yield f"partners: [{listed}]{_candidates(doubts.get('partners'))}{_mark(draft, 'partners')}"
    yield f"direction: {_scalar(draft, 'direction')}{_candidates(doubts.get('direction'))}{_mark(draft, 'direction')}"
    yield f"staff: {{sent: {_scalar(draft, 'sent')}, received: {_scalar(draft, 'received')}}}{_mark(draft, 'sent', 'received')}"
    grades = values.get("grades")
    if isinstance(grades, tuple):
        yield f"grades: [{', '.join(grades)}]{_mark(draft, 'grades')}"
    for name in ("place", "attendance"):
        if name in values:
            yield f"{name}: {_scalar(draft, name)}{_mark(draft, name)}"
    yield f"lead: {_scalar(draft, 'lead')}{_mark(draft, 'lead')}"
    yield f"reported: {reported.isoformat()}"
    if "plan" in values:
        yield f"plan: {values['plan']}{_mark(draft, 'plan')}"
    if "图片" in draft.unsure:
        yield f"{UNREAD}图片的说明是{draft.unsure['图片']}"


def _scalar(draft: Draft, field: str) -> str:
    value = draft.values.get(field)
    if value is None:
        return prompt(field)
    return value.isoformat() if isinstance(value, dt.date) else format_scalar(str(value))


def _mark(draft: Draft, *fields: str) -> str:
    """Return a comment on values that are found by less than a clear label; the first field stands on the line."""
    whys = [
        why if name == fields[0] else f"{FIELDS[name]}是{why}"
        for name in fields
        if (why := draft.unsure.get(name))
    ]
    return f"  {UNREAD}{'；'.join(whys)}" if whys else ""


def _candidates(doubt: Doubt | None) -> str:
    """Return a comment that lists what a field may be."""
    if doubt is None or not doubt.candidates:
        return ""
    shown = "；".join(f"{value} {words}".strip() for value, words in doubt.candidates[:_MOST_CANDIDATES])
    return f"  # 可选：{shown}"


def format_part(lines: tuple[str, ...]) -> str:
    """Return a part's lines as Markdown."""
    return "\n".join(_format_lines(lines))


def _format_lines(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield a part's lines, a blank one between paragraphs; a table's rows stay together."""
    before = ""
    for line in lines:
        is_row = line.startswith("|") and line.rstrip().endswith("|")
        if before and not (is_row and before == "row"):
            yield ""
        yield line if is_row or line.startswith(_SUBHEADING) else escape_line(line)
        before = "row" if is_row else "text"


def escape_line(line: str) -> str:
    """Return a line of plain text so that the records' dialect of Markdown shows it as it was typed."""
    line = _ESCAPED.sub(lambda match: f"\\{match[0]}", line)
    if _WIDE_HASHES.match(line):
        return f"　{line}"
    if _HASHES.match(line) or _RULE.match(line) or (_TABLE_RULE.match(line) and "-" in line):
        return f"\\{line.lstrip()}"
    if quote := _QUOTE.match(line):
        return f"{quote[1]}\\{line[len(quote[1]) :]}"
    return line
