"""Write closings and amendments as YAML that an officer can read: the same values, the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.records.models import (
    AmendedRecord,
    Amendment,
    ClosedRecord,
    ClosedSchool,
    Closing,
    Recount,
)
from generator.records.photo_lines import format_scalar

Names = Callable[[str], str]
"""Returns a school's Chinese name."""

_STATUS = {
    "met": "完成",
    "short": "不足",
    "missing": "未上报",
    "late": "逾期",
    "excused": "免报",
    "off": "不算这所园",
}
_CHANGE = {"changed": "改动", "moved": "改名", "removed": "删去", "counted": "补计"}


def format_closing(closing: Closing, names: Names) -> str:
    """Return a closing's file."""
    lines = [
        "# yaml-language-server: $schema=../../../schema/closing.schema.json",
        f"# {_month(closing.month)}结账。由 pairing close 写成，请不要手改：改动一个字，pairing check 就会发现。",
        "# 记录或图片结账以后有变动，要更正的，用 pairing amend 写明原因和决定人。",
        "# text 和 photos 是结账那天文字和图片的 SHA-256；previous 是上一份结账或更正的 SHA-256。",
        f"month: {closing.month}",
        f"serial: {closing.serial}",
        f"closed: {closing.closed}",
        *([f"deadline: {closing.deadline}"] if closing.deadline else []),
        f"programme: {closing.programme}",
        *([f"previous: {closing.previous}"] if closing.previous else []),
        *(["sample: true"] if closing.sample else []),
        "schools:" if closing.schools else "schools: []",
        *(line for school in closing.schools for line in _school(school, names)),
    ]
    return "\n".join(lines) + "\n"


def _month(month: str) -> str:
    return f"{int(month[:4])}年{int(month[5:])}月"


def _school(school: ClosedSchool, names: Names) -> Iterator[str]:
    yield f"  - school: {school.school} # {_comment(names(school.school))}"
    yield f"    quota: {school.quota}"
    yield f"    counted: {school.counted}"
    yield f"    status: {school.status} # {_STATUS[school.status]}"
    if school.deemed:
        yield f"    deemed: {format_scalar(school.deemed)} # 没有按时上报，视为当月未开展帮扶工作"
    if school.reason:
        yield f"    reason: {format_scalar(school.reason)}"
    for name, records in (("records", school.records), ("late", school.late)):
        if records:
            yield f"    {name}:"
            for record in records:
                yield from _record(record)


def _record(record: ClosedRecord) -> Iterator[str]:
    yield f"      - number: {record.number}"
    yield f"        record: {record.record}"
    yield f"        text: {record.text}"
    if record.photos:
        yield "        photos:"
        yield from _pairs("          ", record.photos)


def _pairs(margin: str, values: Mapping[str, str]) -> Iterable[str]:
    return (f"{margin}{format_scalar(name)}: {value}" for name, value in values.items())


def format_amendment(amendment: Amendment, names: Names) -> str:
    """Return an amendment's file."""
    lines = [
        "# yaml-language-server: $schema=../../../schema/amendment.schema.json",
        f"# 对{_month(amendment.month)}结账的更正。由 pairing amend 写成，请不要手改：改动一个字，pairing check 就会发现。",
        "# before 和 after 是更正以前和以后的 SHA-256；previous 是上一份结账或更正的 SHA-256。",
        f"month: {amendment.month}",
        f"serial: {amendment.serial}",
        f"amended: {amendment.amended}",
        f"reason: {format_scalar(amendment.reason)}",
        f"decided_by: {format_scalar(amendment.decided_by)}",
        *([f"deadline: {amendment.deadline}"] if amendment.deadline else []),
        f"programme: {amendment.programme}",
        f"previous: {amendment.previous}",
        *(["sample: true"] if amendment.sample else []),
    ]
    if amendment.records:
        lines.append("records:")
        for record in amendment.records:
            lines += _amended(record)
    if amendment.schools:
        lines.append("schools:")
        for recount in amendment.schools:
            lines += _recount(recount, names)
    return "\n".join(lines) + "\n"


def _amended(record: AmendedRecord) -> Iterator[str]:
    yield f"  - number: {record.number}"
    yield f"    record: {record.record}"
    yield f"    change: {record.change} # {_CHANGE[record.change]}"
    values = (("moved_to", record.moved_to), ("before", record.before), ("after", record.after))
    yield from (f"    {name}: {value}" for name, value in values if value)
    if record.photos:
        yield "    photos:"
    for photo in record.photos:
        digests = (("before", photo.before), ("after", photo.after))
        shown = "".join(f", {name}: {value}" for name, value in digests if value)
        yield f"      - {{file: {format_scalar(photo.file)}{shown}}}"


def _recount(recount: Recount, names: Names) -> Iterator[str]:
    yield f"  - school: {recount.school} # {_comment(names(recount.school))}"
    yield f"    counted_before: {recount.counted_before}"
    yield f"    counted: {recount.counted}"
    yield f"    status_before: {recount.status_before} # {_STATUS[recount.status_before]}"
    yield f"    status: {recount.status} # {_STATUS[recount.status]}"
    if recount.quota is not None:
        yield f"    quota: {recount.quota}"
    if recount.reason:
        yield f"    reason: {format_scalar(recount.reason)}"
    if recount.deemed:
        yield f"    deemed: {format_scalar(recount.deemed)} # 没有按时上报，视为当月未开展帮扶工作"


def _comment(text: str) -> str:
    return " ".join(text.split())
