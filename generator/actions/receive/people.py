"""Find numbers of people in a report and who came to whom: sent or received, seen from the school that reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.actions.receive.folding import fold_text
from generator.actions.receive.school_names import NamedSchool

OWN, OTHER = "\ue010", "\ue011"
"""Stand in a marked text for the reporting school and for a partner, whatever they were called."""

_LEADER = re.compile("(?:园长|主任|组长|书记)(?:和|与|带领|带着|率领|带)$")
"""Stands in front of a number that whoever leads is not counted in: 园长和3位老师."""
_OURS = re.compile("我园|本园|我们园|我校|我们幼儿园")
_HAN = "一二三四五六七八九"
_NUMBER = "(?P<n>[0-9]{1,4}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_PEOPLE = "(?:余)?(?:名|位|人)"
_UNIT = "(?:名|位|人|个(?=老师|教师|骨干|园长))"
_NO = "[^。;,!?0-9]"
_STAFF = "(?:骨干|教师|老师|园长|主任|组长|人员|成员|干部|领导|徒弟|师傅|业务)"
_TOTAL = re.compile(rf"(?:共计|合计|总计|一共|总共|共|合)(?:有)?{_NUMBER}{_PEOPLE}?")
_ANY = re.compile(rf"{_NUMBER}{_PEOPLE}")
_NEAR = 20
"""Characters behind a number in which 共2人 says what it is a part of."""
_BARE = re.compile(rf"约?{_NUMBER}(?:余)?(?:名|位|人)?")
_SENDING = "(?:选派|派出|派遣|委派|抽调|派|带领|带着)"
_SENT = (
    rf"(?<!{OTHER}){_SENDING}(?:了)?{_NO}{{0,14}}?{_NUMBER}{_UNIT}",
    rf"{OWN}(?:一行|派|组织|选派)?{_NO}{{0,12}}?{_NUMBER}{_UNIT}",
    rf"{_NUMBER}{_UNIT}{_NO}{{0,10}}{_STAFF}{_NO}{{0,12}}(?:前往|赴|走进|来到|到|去){OTHER}",
    rf"(?:一行|组成){_NUMBER}{_UNIT}",
    rf"(?:成员|组员|人员),?共(?:计)?{_NUMBER}{_UNIT}",
    rf"(?:小组|成员|组员|指导组|帮扶组)(?:为|共|有|由)?{_NUMBER}{_UNIT}",
)
_RECEIVED = (
    rf"(?:接待|迎来|来园|来访|到园|来校)(?:了)?{_NO}{{0,24}}?{_NUMBER}{_UNIT}",
    rf"(?<!{OWN}[和与、]){OTHER}(?:的)?(?:一行)?{_NO}{{0,12}}?{_NUMBER}{_UNIT}(?!家长|幼儿|孩子)",
    rf"{OTHER}[^。;!?]{{0,24}}?[和与及、]{_NUMBER}{_UNIT}{_NO}{{0,4}}(?:教师|老师)",
    rf"{_NUMBER}{_UNIT}{_NO}{{0,14}}(?:来到|走进|到|来){OWN}",
)
_GRADES = re.compile(
    "[大中小](?=[大中小]{1,2}班)|[大中小](?=(?:[、,和与][大中小]){1,2}(?:班|三个年级))|[大中小](?=[(]?[一二三四五六0-9]?[)]?班(?!额|化|组长|主任))"
)


def read_number(text: str) -> int:
    """Return a number in digits or in Chinese numerals below a hundred."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.find(text) + 1
    return (_HAN.find(tens) + 1 if tens else 1) * 10 + (_HAN.find(ones) + 1 if ones else 0)


def read_count(text: str) -> int | None:
    """Return the number that stands behind a label such as 参加人数: the total, the only number, the sum of parts."""
    folded = fold_text(text)
    if total := _TOTAL.search(folded):
        return read_number(total["n"])
    if whole := _BARE.fullmatch(folded):
        return read_number(whole["n"])
    numbers = [read_number(found["n"]) for found in _ANY.finditer(folded)]
    if "其中" in folded:  # the first is the whole, the others are parts of it
        return numbers[0] if numbers else None
    return sum(numbers) if numbers else None


def find_people_counts(text: str) -> tuple[int, ...]:
    """Return every number of people that a text names."""
    return tuple(read_number(found["n"]) for found in _ANY.finditer(fold_text(text)))


def read_total(text: str) -> int | None:
    """Return the number of 共14人, None where no total is said, or of a part alone."""
    folded = fold_text(text)
    total = _TOTAL.search(folded)
    if total is None:
        return None
    number = read_number(total["n"])
    return number if all(read_number(part["n"]) <= number for part in _ANY.finditer(folded)) else None


def mark_schools(text: str, named: Sequence[NamedSchool], own: str, partners: Iterable[str]) -> str:
    """Return a folded text in which OWN and OTHER stand for the schools; 我园 is the reporting school, too."""
    folded, known = fold_text(text), set(partners)
    pieces, at = [], 0
    for each in named:
        if each.start < at:
            continue
        sign = OWN if each.school == own else OTHER if each.school in known else folded[each.start : each.end]
        pieces += [folded[at : each.start], sign]
        at = each.end
    pieces.append(folded[at:])
    return re.sub(f"县(?=[{OWN}{OTHER}])", "", _OURS.sub(OWN, "".join(pieces)))


def find_numbers(marked: str, direction: str) -> tuple[int, ...]:
    """Return the numbers of staff that went (``visit``) or came (``host``), as a marked text has them, each once."""
    patterns = _SENT if direction == "visit" else _RECEIVED
    found = []
    for pattern in patterns:
        for match in re.finditer(pattern, marked):
            around = match[0] + marked[match.end() : match.end() + 4]
            if re.search("幼儿(?!园|教师)|孩子|家长|小朋友|儿童|学生", around):
                continue
            total = _TOTAL.search(re.split("[。;!?]", marked[match.start() : match.end() + _NEAR])[0])
            leads = total is None and _LEADER.search(marked[: match.start("n")]) is not None
            found.append(read_number((total or match)["n"]) + leads)
        if found:
            break
    return tuple(dict.fromkeys(found))


def find_direction(marked: str) -> set[str]:
    """Return which ways a marked text says that people went."""
    found = set()
    if re.search(
        f"走出去|外出|下园|入园指导|送教下乡|送教上门|走访(?:了)?{OTHER}|{OWN}{_NO}{{0,20}}(?<!迎)来了(?!{_NO}{{0,3}}{_NUMBER})",
        marked,
    ) or re.search(
        f"{OWN}[^。;,!?]{{0,12}}应邀|{OWN}[^。;!?]{{0,14}}在{OTHER}[^。;,!?]{{0,6}}(?:开展|进行|举行|举办|组织)|(?:前往|赴|走进|走入|深入|抵达|到达|奔赴|到|去|来到){OTHER}(?!的?(?:教师|老师|骨干|园长))",
        marked,
    ):
        found.add("visit")
    if re.search(
        f"{OTHER}[^。;,!?]{{0,20}}(?:应邀|前来|来(?:给|为)?(?:我|{OWN}))|迎来(?:了)?{_NO}{{0,4}}{OTHER}|{OTHER}{_NO}{{0,8}}(?:来了|派{_NO}{{0,10}}来)|请进来|来园|接待(?:了)?[^。;,!?]{{0,10}}(?:{OTHER}|[名位人]|教师|老师|一行|园长)|来{OWN}|(?:来到|走进|赴|前往|到){OWN}|(?:邀请|特邀){_NO}{{0,6}}{OTHER}|请{OTHER}",
        marked,
    ):
        found.add("host")
    return found


_ONLINE = re.compile(
    "线上|云端|钉钉|腾讯会议|视频|网络|直播|连线|微信群|远程|在线|qq群|zoom|企业微信|云教研|录播",
    re.IGNORECASE,
)
_MET_ONLINE = re.compile(
    "线上(?:活动|教研|培训|观摩|讲座|研讨|会议|方式|形式|平台|开展|进行|指导|教学)|钉钉(?:直播|会议|视频)|腾讯会议|视频会议|直播间|"
    "云(?:端|上)(?:教研|帮扶|观摩|讲座|活动|帮教)|在线(?:听|观看|参加|研讨)|空中课堂"
)


def is_online(text: str, *, told: bool = False) -> bool:
    """Say whether a text names a way of meeting at a distance; ``told``: in a passage, where a film may just be shown."""
    return (_MET_ONLINE if told else _ONLINE).search(fold_text(text)) is not None


def list_grades(text: str) -> tuple[str, ...]:
    """Return the grades that a text names, in the order 大班、中班、小班."""
    found = {match[0] for match in _GRADES.finditer(fold_text(text))}
    return tuple(f"{grade}班" for grade in "大中小" if grade in found)


_POST = "(?:[\u4e00-\u9fff]{0,4}(?:园长|主任|组长|校长|教研员|班主任|负责人|骨干教师))"
_LED = re.compile(
    f"由(?P<post>{_POST})(?:主持|牵头|带队|负责|带领|主讲)|在(?P<leading>{_POST})的?(?:带领|率领)下|"
    f"(?P<went>{_POST})(?:带队|率队|率领|带领[^。,;]{{0,8}}(?:名|位|教师|老师|一行))"
)
_WHOSE = re.compile("^.*(?:我园|本园|各自|两园|双方|我校|我们园|我们|该园|一行|由|在|的)")


def find_lead(text: str) -> tuple[str, str] | None:
    """Return the post of whom a text calls in charge, with the words that do; None where it calls none, or several."""
    found = {}
    for match in _LED.finditer(fold_text(text)):
        post = match["post"] or match["leading"] or match["went"]
        found[_WHOSE.sub("", post)] = match[0]
    return next(iter(found.items())) if len(found) == 1 else None
