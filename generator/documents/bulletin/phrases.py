"""The wording of a bulletin: sentences, titles and cells that all formats share."""

from __future__ import annotations

from collections import Counter

from generator.accounts.inspection_results import LABELS
from generator.accounts.ledger import Status, split_fraction
from generator.accounts.months import name_month
from generator.documents.bulletin.bulletin_content import (
    ActivityLine,
    Bulletin,
    Correction,
    ExcuseLine,
    Gathering,
    InspectionLine,
    SchoolGroup,
    SchoolLine,
)
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.records.models import DIRECTIONS


def format_issue_number(value: Bulletin) -> str:
    """Return the issue's number: 2020年第3期."""
    return f"{value.year}年第{value.number}期"


def format_bulletin_title(value: Bulletin) -> str:
    """Return a bulletin's name with its number: 《基教管理》2020年第3期."""
    return f"《{value.name}》{format_issue_number(value)}"


def format_date_line(value: Bulletin) -> str:
    """Return the day of issue, or of the account while nothing is issued."""
    return format_chinese_date(value.issued) if value.issued else f"截至{format_chinese_date(value.as_of)}"


def format_printed_line(value: Bulletin) -> str:
    """Return the last line of the document: when it was issued."""
    return f"{format_chinese_date(value.issued)}印发" if value.issued else "尚未印发"


def describe_state(value: Bulletin) -> str:
    """Return the line that marks a draft or a provisional issue, "" for a final one."""
    if is_past_deadline(value):
        return ""
    return f"{value.month_name}材料{format_chinese_day(value.deadline)}截止上报，本期内容随上报情况更新，截止之后印发。"


def list_notices(value: Bulletin) -> tuple[str, ...]:
    """Return what a reader must know first of a document that has left the site: of samples, and of drafts."""
    sample = "示例数据：仅作演示，不代表任何校（园）的真实工作。" if value.sample else ""
    return tuple(line for line in (sample, describe_state(value)) if line)


def is_past_deadline(value: Bulletin) -> bool:
    """Say whether the month's deadline has passed."""
    return value.deadline < value.as_of


def summarise_month(value: Bulletin) -> str:
    """Return the month in a sentence or two, as the bulletin begins."""
    schools = len(value.lines) - value.count_schools(Status.EXCUSED)
    met, late = value.count_schools(Status.MET), value.count_schools(Status.LATE)
    counts = [(met, "完成"), (late, "逾期")]
    counts += [(value.count_schools(status), status.label) for status in (Status.SHORT, Status.MISSING)]
    counts.append((value.count_schools(Status.OPEN), "待报"))
    state = "，".join(f"{count}所{what}" for count, what in counts if count)
    state = f"{schools}所校（园）中，{state}" if met < schools else f"{schools}所校（园）全部完成"
    excused = value.count_schools(Status.EXCUSED)
    state = f"{value.month_name}应上报的{state}" if schools else f"{value.month_name}各校（园）免报"
    state += f"；另有{excused}所免报" if excused and schools else ""
    moved = f"{value.month_name}材料改为{format_chinese_day(value.deadline)}截止上报（{value.moved}）。"
    ways = Counter(line.direction for line in value.activities)
    shares = "、".join(f"{name}{ways[key]}项" for key, name in DIRECTIONS.items() if ways[key])
    shares = f"，其中{shares}" if len(ways) > 1 or value.private else ""
    done = f"共开展帮扶活动{value.total}项" if value.total else "没有开展帮扶活动"
    return f"{state}。{done}{shares}。{moved if value.moved else ''}"


def summarise_term(value: Bulletin) -> str:
    """Return the term so far in a sentence."""
    owed = sum(line.term_quota for line in value.lines)
    done = sum(line.term_done for line in value.lines)
    owing = [line for line in value.lines if line.term_months]
    whole = sum(line.term_met == line.term_months for line in owing)
    months = max((line.term_months for line in owing), default=0)
    same = all(line.term_months == months for line in owing)
    kept = f"{months}个月均" if same else "应报月份均"
    kept = f"{kept if months > 1 else ''}按时完成的{whole}所"
    return f"{value.term_name}截至{value.month_name}，各校（园）应完成{owed}项，按时上报{done}项；{kept}。"


def count_group(group: SchoolGroup) -> str:
    """Say how many schools a group has, how many completed the month and how many need not report it."""
    excused = f"，免报{group.excused}所" if group.excused else ""
    return f"{len(group.lines)}所，完成{group.met}所{excused}"


def format_share(line: SchoolLine) -> str:
    """Return what a school reported in time of what it owes: 2/3; where it owes nothing the number alone."""
    return split_fraction(line)[0] if line.quota or line.on_time else "—"


def format_term_share(line: SchoolLine) -> str:
    """Return the term so far likewise: 5/6, or a dash where nothing was owed in it."""
    return f"{line.term_done}/{line.term_quota}" if line.term_months else "—"


def describe_shortfall(line: SchoolLine) -> str:
    """Describe how far a school is from completing the month."""
    if line.status is Status.MISSING:
        return f"应完成{line.quota}项，没有上报"
    parts = [f"应完成{line.quota}项"]
    parts += [f"按时上报{line.on_time}项"] if line.on_time else []
    parts += [f"逾期上报{line.late}项"] if line.late else []
    parts += [f"还差{line.quota - line.on_time - line.late}项"] if line.status is Status.SHORT else []
    return "，".join(parts)


def describe_excuse(line: ExcuseLine) -> str:
    """Say which schools need not report the month, why, who decided it and when."""
    schools = "各校（园）" if line.everyone else "、".join(line.schools)
    day = format_chinese_date(line.decided) if line.decided else ""
    decided = f"（{line.decided_by}{day}决定）" if line.decided_by else ""
    return f"{schools}免报：{line.reason.rstrip('。')}{decided}。"


def list_coming(value: Bulletin) -> tuple[str, ...]:
    """Say what is out of the ordinary with the coming month: another deadline, or nothing to report."""
    month = name_month(value.next_month) if value.next_month else ""
    moved, excuse = value.next_moved, value.next_excuse
    deadline = f"{month}材料改为{format_chinese_day(moved.date)}截止上报（{moved.reason}）。" if moved else ""
    return tuple(filter(None, (deadline, f"{month}{describe_excuse(excuse)}" if excuse else "")))


def list_reservations(line: ActivityLine) -> tuple[str, ...]:
    """Return what must be said with an activity's title: that it was late, that a visit found it wanting."""
    late = ("逾期上报",) if line.late else ()
    doubted = (f"核查{LABELS[line.finding]}",) if line.finding in ("doubtful", "false") else ()
    return late + doubted


def describe_inspection(inspection: InspectionLine) -> str:
    """Return an inspection as a sentence."""
    found = f"核查结论为{LABELS[inspection.finding]}" if inspection.finding else "核查尚未作出结论"
    reply = f"学校说明：{inspection.reply}" if inspection.reply else ""
    return (
        f"{format_chinese_day(inspection.date)}，到{inspection.school}：{inspection.title}，{found}。{reply}"
    )


def describe_event(event: Gathering) -> str:
    """Return a “名园+” event as a sentence."""
    came = f"，参加的有{'、'.join(event.schools)}" if event.schools else ""
    return f"{format_chinese_day(event.date)}，{event.host}承办{event.title}{came}。"


def format_corrections_title(value: Bulletin) -> str:
    """Return the title of the amendments: those of this month came when the bulletin was issued already."""
    return "更正" if any(each.after_issue for each in value.corrections) else "以前月份的更正"


def describe_correction(correction: Correction) -> str:
    """Return an amendment of a closed month as a sentence."""
    concerned = f"，涉及{'、'.join(correction.schools)}" if correction.schools else ""
    day = (
        f"本期印发以后，{format_chinese_date(correction.date)}"
        if correction.after_issue
        else format_chinese_day(correction.date)
    )
    return (
        f"{day}，更正{correction.month_name}结账{concerned}："
        f"{correction.reason.rstrip('。')}（{correction.decided_by}决定）。"
    )


def describe_private(value: Bulletin) -> str:
    """Say how many activities count without being public, or "" for none."""
    return f"另有{value.private}项已备案并计入完成情况，按要求不公开。" if value.private else ""


SEAL_SIGNS = 32
"""So many signs of a closing's SHA-256 are printed: 128 bits, more than anybody can search through."""


def list_imprint_lines(value: Bulletin) -> tuple[str, ...]:
    """Return the lines of the block at the end (版记), above the issuer's."""
    lines = (
        ("抄送", "、".join(value.copies)),
        ("发", "、".join(value.sent_to)),
        ("联系方式", value.contact),
        ("结账校验值", value.seal[:SEAL_SIGNS]),
    )
    return tuple(f"{label}：{text}" for label, text in lines if text)
