"""Recognise the facts of a report by the words in front of them: 时间、地点、参加人员、主持人 and what schools write for these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text, split_number

_ABOUT = (
    "活动|教研|开展|帮扶|观摩|送教|授课|研讨|培训|讲座|会议|举办|实施|跟岗|上课|听课|走访|签约|执教|组织|参观|学习|交流|调研|慰问|"
    "结对|捐赠|课程|指导|工作|示范|研修|教学|本次|此次"
)
_A = f"(?:{_ABOUT})*"
_PATTERNS = {
    "title": rf"{_A}(?:名称|主题|题目|标题|课题|项目名称)|主题活动|活动名",
    "topic": rf"{_A}(?:内容|事项|项目)",
    "date": rf"{_A}(?:时间|日期)",
    "place": rf"{_A}(?:地点|场地|平台|会场|地址|场所)",
    "people": rf"(?:{_ABOUT}|参加|参与|参会|出席|与会|到会|主要|全体)*(?:人员|对象|参加人|参与人|参会人|参与者|参加者|教师)|参加|参与|出席|参会",
    "count": r"(?:参加|参与|参会|到会|出席|与会|活动|参训|受益|听课|现场|实到|总)*(?:教师|人员)?总?人数|参与总人数|规模",
    "sent": r"(?:派出|选派|外出|送教|派遣|带队|下派)(?:业务)?(?:骨干)?(?:教师|人员|老师)?(?:人数|数量|数)?|派出(?:骨干|业务骨干)(?:人数)?",
    "received": r"(?:接待|来园|来访|来校|到园)(?:业务)?(?:骨干)?(?:听课|观摩)?(?:教师|人员|老师|骨干)?(?:人数|数量|数)?",
    "staff": r"(?:业务)?骨干(?:教师)?(?:人数|数)?|(?:跟岗|听课|观摩|来访|参训|外出)(?:教师|人员|骨干)(?:人数)?",
    "lead": (
        rf"{_A}(?:主持人?|负责人?|主持教师|主持者|组织者|组织人|带队人?|带队|带队领导|带队教师|领队|牵头人|责任人|召集人|总负责人?|"
        r"分管领导|负责教师|主要负责人|责任领导)(?:职务)?"
    ),
    "speaker": rf"{_A}(?:主讲人?|执教人?|执教教师|授课教师|主讲教师|授课人|上课教师|指导教师)",
    "direction": rf"{_A}(?:方式|形式|类型|途径)",
    "schools": (
        r"(?:对口|结对|对方|合作|参与|参加|受援|受助|被|帮扶|支援|送教|受教|协作|共建|承办|来访|受|被帮|帮|派出|接收|援助|联合)*"
        r"(?:帮扶|结对|受援|受助|对口|送教|受教|支教)?(?:园所?|学校|单位|幼儿园|校园|校)(?:名称)?|帮扶对象|结对对象|对口帮扶单位"
    ),
    "own": r"(?:填报|报送|组织|主办|上报|填表|申报|报告|所在|本)(?:园所?|学校|单位|幼儿园)(?:名称)?|园名|园所名称|学校名称|幼儿园名称|单位名称|单位|学校|幼儿园|园所",
    "grades": rf"{_A}(?:年级|班级|年龄段|班次|年龄班|执教班级|涉及年级)|班别",
    "measure": r"帮扶(?:内容|项目|类别|类型|任务)|活动(?:类别|种类)|工作类别",
    "none": (
        r"(?:填报|填表|上报|报送|报告|制表|打印|审核)(?:时间|日期|人|人员)|记录(?:人|员|教师)|整理人?|供稿人?|撰稿人?|审核人?|摄影|拍照|(?:责任)?编辑|"
        r"来源|作者|通讯员|填表人|签字|签名|.{1,8}签字|.{1,8}签名|盖章|电话|联系电话|联系人|联系方式|备注|填表说明|说明|注|缺席|缺席人员|请假人员|序号|图文|文字|"
        r"责编|校对|初审|终审|复审|主送|抄送|签到|附件"
    ),
}  # fmt: skip
_LABELS = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS.items())
_ORDER = (
    "none",
    "own",
    "measure",
    "sent",
    "received",
    "staff",
    "count",
    "date",
    "place",
    "lead",
    "speaker",
    "direction",
)
_BY_NAME = dict(_LABELS)
_RANKED = tuple((name, _BY_NAME[name]) for name in dict.fromkeys((*_ORDER, *_BY_NAME)))
_LONGEST = 16
_GAP = re.compile(r"[\s　_；;，,。、|｜]")
_SPACED = re.compile("([\u4e00-\u9fff]{2,6})[ 　]+([^。；：:]{1,40})")
_PLAIN = frozenset(("date", "place", "title", "lead", "count"))
"""Fields whose labels stand in front of a space as well, on a short line."""
_MOST_LABELLED = 240
"""Characters of a line that may hold several facts; a longer line holds one at its beginning, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a report says behind a label: the field's name, the label, the words."""

    field: str
    label: str
    text: str


def match_label(words: str) -> str | None:
    """Return the field that words label, None where they label nothing."""
    text = re.sub(r"[(].*?[)]|[:*]", "", fold_text(words))
    if not 0 < len(text) <= _LONGEST:
        return None
    return next((name for name, pattern in _RANKED if pattern.fullmatch(text)), None)


def split_facts(line: str) -> tuple[Fact, ...]:
    """Return the facts that a line states as ``标签：内容``, several side by side; none where it states none.

    What stands in front of the first label is a fact without a label.
    """
    _, text = split_number(line)
    text = text.lstrip("【[〖（( 　")
    marks = list(_list_labels(text))
    if not marks:
        return _without_colon(text)
    before = clean_value(text[: marks[0][0]])
    return (*([Fact(field="", label="", text=before)] if before else ()), *_cut(text, marks))


def _without_colon(text: str) -> tuple[Fact, ...]:
    """Return the fact of a short line such as ``时间 10月21日上午``."""
    found = _SPACED.fullmatch(text.strip())
    name = match_label(found[1]) if found else None
    if found is None or name not in _PLAIN:
        return ()
    return (Fact(field=name, label=found[1], text=clean_value(found[2])),)


def _list_labels(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield where a label begins, where its text does, its field and its words."""
    at = 0
    for colon in re.finditer(r"\s*[】\]〗]?\s*[:：]|\s*[】\]〗]", text[:_MOST_LABELLED]):
        for start in range(at, colon.start()):
            if start and not (_GAP.match(text[start - 1]) or text[start - 1] in "【[〖"):
                continue
            words = text[start : colon.start()].strip(" 　【[〖_")
            if words and (name := match_label(words)):
                yield start, colon.end(), name, words
                at = colon.end()
                break


def _cut(text: str, marks: list[tuple[int, int, str, str]]) -> Iterator[Fact]:
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    for (_, begins, name, words), end in zip(marks, ends, strict=True):
        yield Fact(field=name, label=words, text=clean_value(text[begins:end]))


def clean_value(text: str) -> str:
    """Return a fact's words without the lines that a form has to be written on, and what parts them from the next."""
    return text.replace("_", " ").strip(" 　；;，,、【[〖|").strip()
