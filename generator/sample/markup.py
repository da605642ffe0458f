"""Write records as text: front matter and YAML, quoted only where necessary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from generator.sample.schedule import Slot
from generator.sample.writing import Account

# Letters, digits, Han and full-width signs never need quotes; everything else gets them.
_PLAIN = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff（）：，。、；《》“”—·？！—-]+")


def format_scalar(text: str) -> str:
    """Return a YAML scalar that reads back as ``text``."""
    return text if _PLAIN.fullmatch(text) and text[0] != "-" else json.dumps(text, ensure_ascii=False)


def format_schema_line(depth: int, model: str) -> str:
    """Return the line that tells editors the schema; ``depth`` is the number of folders below ``records``."""
    return f"# yaml-language-server: $schema={'../' * depth}schema/{model}.schema.json"


def format_activity(
    slot: Slot, account: Account, *, row: str | None, pairs: Sequence[str], captions: Iterable[str]
) -> str:
    """Return ``activity.md``; pictures are named 01.jpg, 02.jpg … in the order of their captions."""
    lines = [
        "---",
        format_schema_line(4, "activity"),
        f"title: {format_scalar(account.title)}",
        f"date: {slot.date}",
        f"measure: {slot.measure}",
        f"partners: [{', '.join(slot.partners)}]",
        f"direction: {slot.direction}",
        f"staff: {{sent: {slot.sent}, received: {slot.received}}}",
    ]
    if slot.grades:
        lines.append(f"grades: [{', '.join(slot.grades)}]")
    lines += [
        f"place: {format_scalar(account.place)}",
        f"attendance: {account.attendance}",
        f"lead: {format_scalar(account.lead)}",
        f"reported: {slot.reported}",
    ]
    if row:
        lines.append(f"plan: {row}")
    if pairs:
        lines.append(f"pairs: [{', '.join(pairs)}]")
    shown = [
        f"  - {{file: {n:02d}.jpg, caption: {format_scalar(text)}, people: none}}"  # drawings show nobody's face
        for n, text in enumerate(captions, start=1)
    ]
    if shown:
        lines += ["photos:", *shown]
    lines += ["sample: true", "---", "", account.body]
    return "\n".join(lines)


def format_plan(rows: Iterable[tuple[str, str, str, str, str, str]]) -> str:
    """Return ``plan.yml`` of rows (id, month, date, task, measure, lead)."""
    lines = [format_schema_line(2, "plan"), "sample: true", "rows:"]
    written = False
    for id_, month, date, task, measure, lead in rows:
        written = True
        lines += [
            f"  - id: {id_}",
            f"    month: {month}",
            f"    date: {date}",
            f"    task: {format_scalar(task)}",
            f"    measure: {measure}",
            f"    lead: {format_scalar(lead)}",
        ]
    if not written:
        lines[-1] = "rows: []"
    return "\n".join(lines) + "\n"
