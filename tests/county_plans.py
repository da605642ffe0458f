"""Three counties' plans in Word, in the manners in which such plans are written, and their tables of pairings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Lines = Sequence[str | tuple[str, str] | list[list[str]]]
"""Paragraphs; (style of numbering, text) where Word numbers it; rows of a table."""


@dataclass(frozen=True, kw_only=True)
class CountyPlan:
    """A county's two files. ``own``: words that its site must show; ``silent``: what its plan does not ask for."""

    plan: bytes
    pairings: bytes
    county: str
    year: int
    own: tuple[str, ...]
    silent: tuple[str, ...]


def make_word(lines: Lines) -> bytes:
    """Return a Word file of these lines."""
    document = Document()
    numbering = _Numbering(document)
    for line in lines:
        if isinstance(line, list):
            table = document.add_table(rows=0, cols=len(line[0]))
            for row in line:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif isinstance(line, tuple):
            numbering.number(document.add_paragraph(line[1]), line[0])
        else:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Numbering:
    """Numbers that Word makes: 一、 as level 0, （一） as level 1, 1. as level 2 of one list."""

    LEVELS = (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    )

    def __init__(self, document: DocumentType) -> None:
        root = document.part.numbering_part.element
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "77")
        for number, (kind, text) in enumerate(self.LEVELS):
            level = OxmlElement("w:lvl")
            level.set(qn("w:ilvl"), str(number))
            for name, value in (("start", "1"), ("numFmt", kind), ("suff", "nothing"), ("lvlText", text)):
                element = OxmlElement(f"w:{name}")
                element.set(qn("w:val"), value)
                level.append(element)
            abstract.append(level)
        root.insert(0, abstract)
        num = OxmlElement("w:num")
        num.set(qn("w:numId"), "77")
        of = OxmlElement("w:abstractNumId")
        of.set(qn("w:val"), "77")
        num.append(of)
        root.append(num)

    def number(self, paragraph: object, level: str) -> None:
        properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
        numbering = OxmlElement("w:numPr")
        for name, value in (("ilvl", level), ("numId", "77")):
            element = OxmlElement(f"w:{name}")
            element.set(qn("w:val"), value)
            numbering.append(element)
        properties.append(numbering)


_HEAD = ["帮扶园", "被帮扶农村园", "被帮扶民办园", "责任人"]

QINGSHAN = CountyPlan(
    plan=make_word(
        [
            "青山县2021年幼儿园结对帮扶工作实施方案",
            "为缩小城乡差距，推动全县学前教育优质均衡发展，结合我县实际，制定本方案。",
            "一、指导思想",
            "坚持公益普惠，以强带弱，共同发展。",
            "二、工作目标",
            "1.办园行为进一步规范，游戏活动成为幼儿的基本活动。",
            "2.教师队伍专业水平明显提升。",
            "三、帮扶措施",
            "（一）规范管理",
            "1.签订协议。帮扶园与被帮扶园签订结对帮扶协议，明确双方责任和年度目标。",
            "2.制度共建。帮扶园帮助被帮扶园修订保育教育、卫生保健、安全等制度。",
            "（二）提升质量",
            "1.跟岗学习。被帮扶园每月至少派2名教师到帮扶园跟岗实践，参加半日活动观摩。",
            "2.送教下乡。帮扶园每月到被帮扶园开展一次送教活动，大、中、小班各一节。",
            "3.家园共育。帮扶园每学期到被帮扶园开展家园共育活动不少于一次。",
            "四、工作要求",
            "1.加强领导。成立青山县幼儿园结对帮扶工作领导小组，各园园长为结对帮扶工作第一责任人。",
            "2.制定计划。学期初，各园制定结对帮扶工作计划表（附件3）报学前教育股。",
            "3.建好档案。各园要有专门的帮扶档案，活动有方案、有记录、有总结、有图片。各园每月28日前将当月的过程性资料报学前教育股备案。",
            "4.严格考核。帮扶园每月开展帮扶活动不少于两项，被帮扶园每月开展活动不少于1次；当月没有上报的视为未开展。每学期考核一次，弄虚作假的按零分计算。完成情况在《青山学前》简报上通报。",
            "附件1：青山县幼儿园结对帮扶工作领导小组",
            "组　长：赵远山　县教育和体育局局长",
            "副组长：钱江　县教育和体育局副局长",
            "成　员：孙立　学前教育股股长",
            "李秀　县直幼儿园园长",
            "附件2：青山县2021年幼儿园结对帮扶安排表",
            [
                _HEAD,
                ["县直幼儿园", "石桥镇中心幼儿园", "小太阳幼儿园", "李秀 周平 吴月"],
                ["第二幼儿园", "柳河镇中心幼儿园 云岭乡中心幼儿园", "", "郑兰 王田 冯雨"],
            ],
            "附件3：××幼儿园2021年结对帮扶工作计划表",
            [["月份", "帮扶时间", "帮扶任务", "负责人", "完成情况"], ["三", "", "", "", ""]],
        ]
    ),
    pairings=make_word(
        [
            "青山县2021年幼儿园结对帮扶安排表",
            [
                _HEAD,
                ["县直幼儿园", "石桥镇中心幼儿园", "小太阳幼儿园", "李秀 周平 吴月"],
                ["第二幼儿园", "柳河镇中心幼儿园 云岭乡中心幼儿园", "", "郑兰 王田 冯雨"],
            ],
        ]
    ),
    county="青山县",
    year=2021,
    own=("学前教育股", "青山学前", "县直幼儿园", "28日前"),
    silent=("roster",),
)

LINJIANG = CountyPlan(
    plan=make_word(
        [
            "临教体发〔2022〕15号",
            "临江区教育体育局",
            "关于印发《临江区学前教育“手拉手”帮扶行动实施方案》的通知",
            "各幼儿园、中心小学：",
            "现将《临江区学前教育“手拉手”帮扶行动实施方案》印发给你们，请认真贯彻执行。",
            "2022年2月20日",
            "临江区学前教育“手拉手”帮扶行动",
            "实施方案",
            "根据上级精神，决定在全区开展“手拉手”帮扶行动。",
            "一、总体要求",
            "坚持政府主导、公办带动，促进城乡幼儿园共同发展。",
            "二、主要任务",
            "（一）教研共同体。牵头园每月组织一次联合教研，受援园教师全员参加。",
            "（二）课程共建。牵头园指导受援园改善户外游戏环境，共享游戏课程资源。",
            "（三）师资交流。牵头园每学期选派骨干教师到受援园支教不少于一周。",
            "三、组织实施",
            "（一）落实责任。各园园长是帮扶工作责任人，安排表见附件。",
            "（二）及时报送。各园每月至少开展1次活动，每月25日前将活动材料报送区教育体育局幼教科，材料包括方案、过程记录、总结和照片，如实填写，不得虚报。",
            "附件：临江区“手拉手”帮扶安排表",
        ]
    ),
    pairings=make_word(
        [
            "临江区2022年“手拉手”帮扶安排表",
            [
                _HEAD,
                ["江滨幼儿园", "沙洲镇中心幼儿园 白塔镇中心幼儿园", "童心幼儿园", "何静 吕林 施文 张悦"],
                ["实验幼儿园", "桃源乡中心小学附属幼儿园", "", "孔明 曹芳"],
            ],
        ]
    ),
    county="临江区",
    year=2022,
    own=("幼教科", "江滨幼儿园", "25日前"),
    silent=("agreement", "assessment", "deemed-undone", "plan-table", "roster"),
)

BAIYUN = CountyPlan(
    plan=make_word(
        [
            "白云市2021年城乡幼儿园结对共建工作方案",
            "为办好人民满意的学前教育，制定本方案。",
            ("0", "指导思想"),
            "以幼儿发展为本，城乡携手。",
            ("0", "结对任务"),
            ("1", "共建目标"),
            ("2", "一年内，共建园的班级环境达到市级规范。"),
            ("1", "工作内容"),
            ("2", "结对双方签订共建协议，制定年度工作计划表。"),
            ("2", "帮扶园每月派两名骨干教师到被帮扶园进行环境创设指导。"),
            ("2", "师徒结对。双方教师结成师徒，开学第一周内把师徒结对花名册报教育局基础教育科。"),
            ("2", "关爱留守幼儿，保护幼儿和家庭的个人信息。"),
            ("0", "工作保障"),
            ("2", "园长是结对共建的第一责任人，结对安排见附件2。"),
            (
                "2",
                "规范建档：活动方案、过程记录、总结、图片齐全，每月月底前报基础教育科。帮扶园每月开展活动不少于三次，被帮扶园每月不少于一次。",
            ),
            ("2", "市教育局每学期考核，发现走过场、虚报材料的，取消评优资格。"),
            "附件1",
            "白云市结对共建工作领导小组名单",
            [
                ["职务", "姓名", "单位"],
                ["组长：", "马骏", "市教育局局长"],
                ["成员：", "高洁", "基础教育科科长"],
            ],
            "附件2",
            "白云市2021年结对安排表",
        ]
    ),
    pairings=make_word(
        [
            "白云市2021年结对安排表",
            [
                _HEAD,
                ["市第三幼儿园", "龙泉镇中心幼儿园", "", "苏萍 丁勇"],
                ["朝阳幼儿园", "青石乡中心幼儿园", "金苹果幼儿园", "姚莉 谢强 邓丽"],
            ],
        ]
    ),
    county="白云市",
    year=2021,
    own=("基础教育科", "市第三幼儿园", "月底前"),
    silent=("deemed-undone",),
)

PLANS = {plan.county: plan for plan in (QINGSHAN, LINJIANG, BAIYUN)}
