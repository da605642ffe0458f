"""Render a submission's receipt as lines for a terminal or a log, Markdown for a job's summary, or JSON.

A submission wrote the titles and paths: they are stripped of control characters, escaped for Markdown, and
no line of a log begins with one or holds a workflow command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.cli.report_problems import escape_markdown, make_encodable, replace_controls
from generator.rules.submission.receipt import Receipt, Received, describe_month

MOST_ROWS = 200
"""Nobody reads more; a summary has a limit, and the JSON has them all."""
_MOST_PATHS = 10
_NOTHING = "什么也没有收到：与主分支相比，没有任何改动。"


def render_text(receipt: Receipt | None) -> str:
    """Lay out a receipt for a terminal; "" where there is none."""
    if receipt is None:
        return ""
    if receipt.empty:
        return f"{_NOTHING}\n\n"
    lines = []
    if receipt.records:
        lines.append(f"收到 {len(receipt.records)} 份材料：")
        lines += [f"  {describe_record(receipt, record)}" for record in receipt.records[:MOST_ROWS]]
        if len(receipt.records) > MOST_ROWS:
            lines.append(f"  ……其余 {len(receipt.records) - MOST_ROWS} 份")
    else:
        lines.append("没有收到材料。")
    lines += _notes(receipt)
    return "\n".join(replace_controls(line) for line in lines) + "\n\n"


def render_log(receipt: Receipt | None) -> str:
    """Lay out a receipt for a workflow's log, where a line may not be taken for a command."""
    lines = render_text(receipt).replace("##[", "## [").splitlines()
    return "".join(f"· {line.strip()}\n" for line in lines if line)


def render_markdown(receipt: Receipt | None) -> str:
    """Return a receipt for a job's summary; "" where there is none."""
    if receipt is None:
        return ""
    if receipt.empty:
        return f"## 收到的材料\n\n{_NOTHING}\n\n"
    out = ["## 收到的材料", ""]
    if receipt.records:
        out += ["| 情况 | 校（园） | 月份 | 材料 |", "| --- | --- | --- | --- |"]
        for record in receipt.records[:MOST_ROWS]:
            cells = (
                record.change.label,
                _school(receipt, record),
                _month(record),
                _title(record) + _note(record),
            )
            out.append("| " + " | ".join(escape_markdown(cell) for cell in cells) + " |")
        out.append("")
        if len(receipt.records) > MOST_ROWS:
            out += [f"……其余 {len(receipt.records) - MOST_ROWS} 份。", ""]
    else:
        out += ["没有收到材料。", ""]
    out += [f"- {escape_markdown(line)}" for line in _notes(receipt)]
    return "\n".join(out).rstrip("\n") + "\n\n"


def render_json(receipt: Receipt) -> str:
    """Return a receipt as JSON: ``{records, months, others, unread, schools, behind}``."""
    value = {
        "records": [
            {
                "path": record.path,
                "kind": record.kind,
                "school": record.school,
                "month": record.month,
                "title": record.title,
                "change": record.change.value,
                "was": record.was,
                "read": record.read,
            }
            for record in receipt.records
        ],
        "months": [
            {
                "school": account.school,
                "month": account.month,
                "status": account.status.value,
                "quota": account.quota,
                "on_time": account.on_time,
                "late": account.late,
                "owed": account.owed,
                "deadline": account.deadline.isoformat(),
                "closed": account.closed,
            }
            for account in receipt.months
        ],
        "others": list(receipt.others),
        "unread": list(receipt.unread),
        "schools": list(receipt.schools),
        "behind": receipt.behind,
    }
    return make_encodable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _notes(receipt: Receipt) -> Iterator[str]:
    """Yield what is to be said besides the records, each in a line."""
    with_year = len({account.month[:4] for account in receipt.months}) > 1
    for account in receipt.months:
        yield f"{receipt.names.get(account.school, account.school)} {describe_month(account, with_year=with_year)}"
    if len(receipt.schools) > 1:
        names = "、".join(receipt.names[school] for school in receipt.schools)
        yield f"这个请求里有 {len(receipt.schools)} 所校（园）的材料：{names}"
    for what, paths in (
        ("读不到、不算收到的文件", receipt.unread),
        ("材料以外的文件", receipt.others),
    ):
        if paths:
            shown = "、".join(paths[:_MOST_PATHS])
            more = "……" if len(paths) > _MOST_PATHS else ""
            then = "，不作为材料读取" if paths is receipt.others else ""
            yield f"{what} {len(paths)} 个{then}：{shown}{more}"
    if receipt.behind and receipt.months:
        yield f"主分支在这以后又有 {receipt.behind} 次提交；上面各月的数已经把主分支的材料算在内"


def describe_record(receipt: Receipt, record: Received) -> str:
    """Return what a submission does to a record, in one line: what, whose, of which month."""
    parts = (record.change.label, _school(receipt, record), _month(record), _title(record))
    return "  ".join(part for part in parts if part) + _note(record)


def _school(receipt: Receipt, record: Received) -> str:
    if record.path.startswith("records/bureau/"):
        return "教育局"
    return receipt.names.get(record.school) or "（不知是哪一所）"


def _month(record: Received) -> str:
    year, _, month = record.month.partition("-")
    return f"{year}年{int(month)}月" if month else f"{year}年" if year else ""


def _title(record: Received) -> str:
    return record.title if record.kind == "活动" else f"{record.kind} {record.title}"


def _note(record: Received) -> str:
    was = f"（原在 {record.was.removesuffix('/activity.md')}）" if record.was else ""
    return was + ("" if record.read else "（放错位置，读不到）")
