"""Sort an activity's flow into the four parts, facts, pictures, what stands at the head, and what belongs nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile

from generator.actions.receive.days import list_days
from generator.actions.receive.flow_events import Apart, Event, Headed, Shown, Stated, Text, is_passage
from generator.actions.receive.folding import UNNUMBERED, fold_text, split_number
from generator.actions.receive.headings import Heading, find_heading, read_level
from generator.actions.receive.labels import Fact
from generator.actions.receive.narrative import measure_tones
from generator.actions.receive.vocabulary import CONTENT, PICTURES
from generator.records import PARTS

_ATTACHED = re.compile(
    r"\s*附\s*件?\s*(?:[:：]|[0-9０-９一二三四五六七八九十]{1,2}\s*[:：、.．])|\s*附件\s*[0-9０-９一二三四五六七八九十]{0,2}\s*\Z"
)
_OFFICE_NUMBER = re.compile(
    r"[〔\[(（]20[0-9]{2}[〕\])）]\s*[0-9]+\s*号|^\s*(?:总)?第\s*[0-9一二三四五六七八九十]+\s*期"
)
_DECORATION = re.compile(r"[\W_0-9０-９]*(?:END|THE END|end)?[\W_0-9０-９]*")
_CLOSING = re.compile(
    "\\s*(?:以上|特此)(?:报告|汇报|通知|函告)[。.！!]?\\s*|(?:共印|印发|印)\\s*[0-9]+\\s*份"
)
_BYLINE = re.compile(
    r".{0,40}?(?:20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)?\s*(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s*(?:阅读|浏览|点击|人气)(?:量|数|次数)?\s*[:：]?\s*[0-9万+.]+\s*次?"
)
"""Who published a page, when, and how often it was read."""
_ABOUT_IT = re.compile("概况|情况|信息|简介|概述|简况|安排|内容")
_NOTHING = re.compile("[无略/—-]|没有|暂无|空|[详另]?见(?:附件|附页|后|背面).{0,4}[。]?")
_TO_SOMEONE = re.compile(r"[\u4e00-\u9fff]{2,20}[:：]\Z")
_DAY_REST = re.compile(r"[0-9年月日号.\-/()上下午星期周一二三四五六七八九天]*")
_MOST_PLAIN = 3
_MOST_HEARD, _CLEAR = 12, 3
"""Events below an unknown heading that are listened to, and the points that tell its part."""
_LONGEST_HEADING = 12
_LONGEST_NAME = 30
_NAMES_PART = re.compile("(?:方案|措施|记录|总结|小结|通知)$")
_LABELLED = re.compile("\\s*(?:活动|工作|帮扶|教研)[\u4e00-\u9fff]{1,4}\\s*[:：]")
_ENDED = re.compile("[。；！？，;!?,]\\s*\\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Words that have no place in a record, and why, both for the archivist."""

    text: str
    why: str


@dataclass(slots=True)
class Section:
    """What stands under one heading. ``unsure``: a heading within, means no part that is known, or its own is not clear."""

    part: str
    words: str
    level: int
    lines: list[str] = field(default_factory=list)
    unsure: bool = False
    cut: bool = False


@dataclass(slots=True)
class Sorted:
    """An activity's flow, sorted.

    head: lines in front of the first heading.   facts: with the whole line that states them.
    signature: lines at the end that name a school or a day.
    """

    head: list[str] = field(default_factory=list)
    facts: list[tuple[Fact, str]] = field(default_factory=list)
    within: list[tuple[Fact, str]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def parts(self) -> frozenset[str]:
        """The parts that have text."""
        return frozenset(section.part for section in self.sections if section.lines)


def sort_flow(events: Sequence[Event], is_school: Callable[[str], bool]) -> Sorted:
    """Return an activity's flow, sorted. ``is_school``: says whether a short line is a school's name."""
    events = list(events)
    found = Sorted()
    found.signature = _cut_signature(events, is_school)
    only_plain = len(
        {e.heading.part for e in events if isinstance(e, Headed) and e.heading.plain} & set(PARTS)
    )
    current: Section | None = None
    met: set[str] = set()  # the parts of all sections so far
    attached = False
    for at, event in enumerate(events):
        if isinstance(event, Headed):
            attached = False
        elif attached and isinstance(event, Text | Stated):
            found.left.append(
                Left(text=event.text if isinstance(event, Text) else event.line, why="附件里的")
            )
            continue
        match event:
            case Apart(text=text, why=why):
                found.left.append(Left(text=text, why=why))
            case Shown():
                found.pictures.append(event)
            case Headed(heading=heading, line=line):
                if current is not None and _is_below(event, current, only_plain >= _MOST_PLAIN):
                    current.lines.append(heading.words if heading.rest else line)
                    current.unsure |= heading.part != current.part and heading.level == current.level
                else:
                    current = Section(part=heading.part, words=heading.words, level=heading.level)
                    current.unsure = not heading.clear or _is_backward(met, heading.part)
                    found.sections.append(current)
                    met.add(current.part)
            case Stated():
                current = _state(found, event, current)
            case Text(text=text) if current is not None and (
                part := _tell_part(event, events[at + 1 : at + 1 + _MOST_HEARD], current)
            ):
                current = Section(part=part, words=text, level=current.level, unsure=True)
                found.sections.append(current)
                met.add(current.part)
                found.left.append(Left(text=text, why=f"小标题，下面的归到{part}"))
            case Text():
                _put(found, event, current)
        line = event.line if isinstance(event, Stated) else event.text if isinstance(event, Text) else ""
        # 附件1 over a form is its own number; behind the account it begins what is attached.
        attached = _ATTACHED.match(line) is not None and bool(found.parts & {"记录", "总结"})
    _leave_empty(found)
    _take_facts(found)
    _settle(found)
    return found


def _is_below(event: Headed, current: Section, only_plain: bool) -> bool:
    """Say whether a heading is one within the section, not the next section's."""
    heading: Heading = event.heading
    if event.form or heading.part == PICTURES or current.part == PICTURES:
        return False
    if only_plain:
        return not heading.plain
    if heading.plain:
        return False
    return current.level != UNNUMBERED and (heading.level > current.level or heading.level == UNNUMBERED)


def _state(found: Sorted, event: Stated, current: Section | None) -> Section | None:
    """File facts; within a section their line is its text as well, unless the form or its number sets it apart."""
    level, _ = split_number(event.line)
    apart = current is not None and level == current.level != UNNUMBERED
    if all(fact.field == "none" for fact in event.facts):
        found.left.append(Left(text=event.line, why="署名、附件一类"))
        return None if apart else current
    if event.form or current is None or apart:
        found.facts += [(fact, event.line) for fact in event.facts]
        return None if apart else current
    found.within += [(fact, event.line) for fact in event.facts]
    current.lines.append(event.line)
    return current


def _put(found: Sorted, event: Text, current: Section | None) -> None:
    text = event.text
    if not event.fixed and _BYLINE.fullmatch(text):
        found.signature.append(text)
        found.left.append(Left(text=text, why="署名、附件一类"))
    elif not event.fixed and (why := _why_left(text)):
        if current is not None and why != "花样":
            current.cut = True
        if why != "花样":
            found.left.append(Left(text=text, why=why))
    elif current is None:
        found.head.append(text)
    else:
        current.unsure = current.unsure or current.cut or _is_strange(event, current)
        current.lines.append(text)


def _is_strange(event: Text, current: Section) -> bool:
    """Say whether a line within a section looks like a heading of its rank: what follows may belong elsewhere."""
    level, words = split_number(event.text)
    if (heading := find_heading(event.text)) and heading.part in PARTS:
        return heading.part != current.part  # a cell with a heading of its own
    if not event.fixed and len(event.text) <= _LONGEST_NAME and _NAMES_PART.search(fold_text(event.text)):
        return True  # a document of its own, such as “师徒结对”活动记录
    if not event.fixed and _LABELLED.match(event.text):
        return True  # a label that is not known, perhaps misspelt
    return (
        not event.fixed
        and not event.joined
        and (0 < level <= current.level or (level == UNNUMBERED and bool(current.lines)))
        and 1 < len(fold_text(words)) <= _LONGEST_HEADING
        and not _ENDED.search(words)
        and not words.startswith("|")
    )


def _tell_part(event: Text, behind: Sequence[Event], current: Section) -> str | None:
    """Return the later part that an unknown heading of the section's rank begins, by the tone of what stands below it."""
    level, words = read_level(event.text)
    if event.fixed or current.part not in PARTS or not 0 < level == current.level:
        return None
    if not 1 < len(fold_text(words)) <= _LONGEST_HEADING or _ENDED.search(words):
        return None
    below = takewhile(lambda each: isinstance(each, Text) and read_level(each.text)[0] != level, behind)
    tones = [measure_tones(each.text) for each in below if isinstance(each, Text)]
    points = [sum(tone[at] for tone in tones) for at in range(len(PARTS))]
    best = max(range(len(PARTS)), key=points.__getitem__)
    clear = points[best] >= _CLEAR and points.count(points[best]) == 1
    return PARTS[best] if clear and best > PARTS.index(current.part) else None


def _is_backward(met: Set[str], part: str) -> bool:
    """Say whether a heading's part comes before one that has been: 下一步措施 behind the account is no 措施."""
    return part in PARTS and any(PARTS.index(each) > PARTS.index(part) for each in met if each in PARTS)


def _why_left(text: str) -> str:
    """Return why a line belongs to no record, "" where it may."""
    if _ATTACHED.match(text):
        return "附件"
    if _OFFICE_NUMBER.search(text) and len(text) <= 40:
        return "文号"
    if _CLOSING.fullmatch(text):
        return "客套话"
    if _DECORATION.fullmatch(text):
        return "花样"
    return ""


def _leave_empty(found: Sorted) -> None:
    """Leave what stands for nothing in a part: 无, 见附件."""
    for section in found.sections:
        if section.lines and all(_NOTHING.fullmatch(line.strip()) for line in section.lines):
            found.left += [Left(text=line, why="没有写内容") for line in section.lines]
            section.lines = []


def _take_facts(found: Sorted) -> None:
    """Take the facts out of a section that is nothing else, such as 活动概况 with 时间 and 地点."""
    stating = {line for _, line in found.within}
    for section in found.sections:
        if section.lines and _ABOUT_IT.search(section.words) and stating >= set(section.lines):
            moved = [each for each in found.within if each[1] in section.lines]
            found.facts += moved
            found.within = [each for each in found.within if each not in moved]
            section.lines = []


def _settle(found: Sorted) -> None:
    """Say what 活动内容 is, by what is beside it, and where a told passage under 精彩瞬间 belongs."""
    parts = {section.part for section in found.sections if section.lines}
    for section in found.sections:
        if section.part == CONTENT:
            section.part = "方案" if "记录" in parts else "记录"
            section.unsure = True
        elif section.part == PICTURES:
            told = [line for line in section.lines if is_passage(line)]
            if told and "记录" not in parts:
                section.part = "记录"
                section.unsure = True
                continue
            found.left += [Left(text=line, why="图片旁边的文字") for line in section.lines]
            section.lines = []


def _cut_signature(events: list[Event], is_school: Callable[[str], bool]) -> list[str]:
    """Take the lines at the end away that name a school or a day, and return them in order."""
    found: list[str] = []
    at = len(events)
    while at:
        event = events[at - 1]
        if isinstance(event, Shown | Apart) or (isinstance(event, Text) and _why_left(event.text)):
            at -= 1
            continue
        if isinstance(event, Stated) and all(fact.field == "none" for fact in event.facts):
            at -= 1
            continue
        if not isinstance(event, Text) or event.fixed or not (is_day(event.text) or is_school(event.text)):
            break
        found.insert(0, event.text)
        del events[at - 1]
        at -= 1
    return found


def is_day(text: str) -> bool:
    """Say whether a line is nothing but a day."""
    return (
        len(text) <= 24 and any(list_days(text)) and _DAY_REST.fullmatch(fold_text(_plain(text))) is not None
    )


def _plain(text: str) -> str:
    return re.sub("[〇零○]", "", text).replace("十", "")


def is_address(text: str) -> bool:
    """Say whether a line only addresses someone, as 县教育局基教股： does."""
    return _TO_SOMEONE.fullmatch(text) is not None or re.match("各位|尊敬的", text) is not None
