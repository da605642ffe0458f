"""One manner of writing each: documents bound in one file, labels on lines of their own, ticked boxes, unknown headings, told parts."""

from __future__ import annotations

import pytest

from generator.actions.receive.checkboxes import choose_ticked
from generator.actions.receive.draft import Draft
from generator.actions.receive.drafting import Group, make_drafts
from generator.actions.receive.inputs import open_desk
from generator.actions.receive.narrative import sort_paragraphs
from generator.actions.receive.pasted import read_message
from generator.archive import Corpus, read_corpus
from generator.documents.reports.report_content import Block, Box, Embedded, Image, Line, ReportContent, Table
from tests.receive.archive import write_archive
from tests.receive_table import TODAY


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(write_archive(tmp_path_factory.mktemp("manners") / "archive"))


def _draft(corpus: Corpus, content: ReportContent) -> Draft:
    (draft,) = make_drafts(open_desk(corpus, TODAY), Group(contents=(content,))).drafts
    return draft


def _make_blocks(text: str) -> tuple[Block, ...]:
    """Return lines as blocks; each [图] is a picture."""
    pictures = iter(range(99))
    return tuple(
        Image(number=next(pictures)) if line == "[图]" else Line(text=line) for line in text.split("\n")
    )


def _make_report(text: str) -> ReportContent:
    pictures = tuple(Embedded(name="图", data=b"x") for _ in range(text.count("[图]")))
    return ReportContent(name="材料.docx", blocks=_make_blocks(text), pictures=pictures)


def _make_form(*rows: tuple[str, ...]) -> ReportContent:
    cells = tuple(
        tuple(Box(column=at, content=_make_blocks(text)) for at, text in enumerate(row, start=1))
        for row in rows
    )
    return ReportContent(name="登记表.docx", blocks=(Table(rows=cells),))


def _show(draft: Draft, *fields: str) -> dict[str, str]:
    """Return fields and parts, each with a question mark where it carries a mark."""
    shown = {name: f"{draft.values.get(name)}{'？' if name in draft.unsure else ''}" for name in fields}
    for part, lines in draft.sections.items():
        shown[part + ("？" if part in draft.guessed else "")] = "/".join(lines)
    return shown


def test_documents_bound_in_one_file_are_its_parts(corpus: Corpus) -> None:
    draft = _draft(
        corpus,
        _make_report(
            "光彩幼儿园家长课堂活动方案\n一、指导思想\n帮助家长。\n二、活动时间\n2020年6月18日\n三、参加人员\n光彩幼儿园教师2人\n"
            "四、活动要求\n提前通知。\n光彩幼儿园\n2020年6月10日\n光彩幼儿园家长课堂活动记录\n家长听了讲座。\n光彩幼儿园家长课堂活动总结\n家长们有收获。"
        ),
    )
    assert _show(draft, "title", "date") == {
        "title": "光彩幼儿园家长课堂活动",
        "date": "2020-06-18",
        "方案": "帮助家长。",
        "措施": "提前通知。",
        "记录": "家长听了讲座。",
        "总结": "家长们有收获。",
    }


def test_an_unknown_heading_goes_where_its_text_sounds_like(corpus: Corpus) -> None:
    draft = _draft(
        corpus,
        _make_report(
            "跟岗纪实\n01 活动缘起\n为提高水平，我园派2名教师跟岗。\n02 跟岗实录\n看了区域活动。\n[图]\n03 且行且思\n"
            "通过这次跟岗，教师们学会了观察。\n04 整装再出发\n今后每月去一次。"
        ),
    )
    assert _show(draft) == {
        "方案": "为提高水平，我园派2名教师跟岗。",
        "记录": "看了区域活动。",
        "总结？": "通过这次跟岗，教师们学会了观察。/04 整装再出发/今后每月去一次。",
    }
    assert [photo.caption for photo in draft.photos] == [""]
    assert ("03 且行且思", "小标题，下面的归到总结") in [(left.text, left.why) for left in draft.left]


def test_ticked_boxes_swapped_cells_misspelt_labels_and_rows_of_steps(corpus: Corpus) -> None:
    form = _make_form(
        ("活动名称", "室外活动指导", "活动形式", "□请进来 ☑走出去 □线上"),
        ("活动时间", "黑泉镇中心小学辖区内幼儿园操场", "活动地点", "2020年6月10日"),
        ("填报单位", "光彩幼儿园", "负责人", "李萍（保教主任）"),
        ("活动目地", "看看怎样分区。"),
        ("观摩环节", "观摩实录"),
        ("晨间", "玩了轮胎。"),
        ("上午", "分了四个区。"),
        ("受帮扶园反馈", "孩子不挤了。"),
    )
    assert _show(_draft(corpus, form), "date", "place", "direction", "lead") == {
        "date": "2020-06-10？",
        "place": "黑泉镇中心小学辖区内幼儿园操场？",
        "direction": "visit",
        "lead": "保教主任？",
        "方案？": "看看怎样分区。",
        "记录": "晨间：玩了轮胎。/上午：分了四个区。",
        "总结": "孩子不挤了。",
    }


def test_a_chat_says_yesterday_and_others_answer(corpus: Corpus) -> None:
    message = read_message(
        "粘贴的文字",
        "光彩幼儿园档案员 2020/11/19 9:12\n@基教股 光彩幼儿园11月帮扶情况汇报\n昨天上午，黑泉镇幼儿园的老师带着三个老师来我园听课。\n"
        "基教股 2020/11/19 9:15\n收到",
    )
    draft = _draft(corpus, message)
    assert _show(draft, "school", "date", "direction", "received") == {
        "school": "guangcai",
        "date": "2020-11-18？",
        "direction": "host？",
        "received": "3？",
        "记录？": "昨天上午，黑泉镇幼儿园的老师带着三个老师来我园听课。",
    }
    assert draft.lost == ("群里别人的话：收到",)


def test_numbered_names_over_a_day_are_activities_of_their_own(corpus: Corpus) -> None:
    report = _make_report(
        "东苑幼儿园2020年5月小结\n五月共组织活动两次。\n一、南华镇幼儿园教师来园观摩\n时间：5月8日　　地点：东苑幼儿园\n"
        "我园邀请南华镇幼儿园园长和3名教师来园观摩。\n二、赴金太阳幼儿园开展讲座\n时间：5月22日　　地点：金太阳幼儿园\n我园选派2名教师前往金太阳幼儿园讲课。"
    )
    drafts = make_drafts(open_desk(corpus, TODAY), Group(contents=(report,))).drafts
    assert [_show(draft, "title", "date", "direction", "sent", "received") for draft in drafts] == [
        {
            "title": "南华镇幼儿园教师来园观摩",
            "date": "2020-05-08",
            "direction": "host？",
            "sent": "0？",
            "received": "4？",
            "记录？": "我园邀请南华镇幼儿园园长和3名教师来园观摩。",
        },
        {
            "title": "赴金太阳幼儿园开展讲座",
            "date": "2020-05-22",
            "direction": "visit",
            "sent": "2？",
            "received": "0",
            "记录？": "我园选派2名教师前往金太阳幼儿园讲课。",
        },
    ]


def test_a_form_counts_the_helping_and_the_helped_school(corpus: Corpus) -> None:
    form = _make_form(
        ("填报单位", "东苑幼儿园", "活动地点", "南华镇中心小学辖区内幼儿园"),
        ("活动名称", "制度建设指导", "活动日期", "2020年3月26日"),
        ("帮扶园参加人数", "3", "受援园参加人数", "6"),
        ("记录", "逐本翻看台账。"),
    )
    assert _show(_draft(corpus, form), "direction", "sent", "received") == {
        "direction": "visit",
        "sent": "3",
        "received": "0",
        "记录": "逐本翻看台账。",
    }


def test_captions_stand_above_their_pictures_where_a_row_begins_with_one(corpus: Corpus) -> None:
    text = "一、活动记录\n看了区域活动。\n图一：看区角\n[图]\n图二：评课\n[图]"
    assert [photo.caption for photo in _draft(corpus, _make_report(text)).photos] == ["看区角", "评课"]
    below = "一、活动记录\n看了区域活动。\n[图]\n图一：看区角\n[图]\n图二：评课"
    assert [photo.caption for photo in _draft(corpus, _make_report(below)).photos] == ["看区角", "评课"]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("□请进来 ☑走出去 □线上", "走出去"),
        ("来园□ 外出☑ 线上□", "外出"),
        ("请进来（ ） 走出去（√） 线上（ ）", "走出去"),
        ("☑大班 ☑中班 □小班", "大班、中班"),
        ("□大班 □中班", "□大班 □中班"),
        ("走出去", "走出去"),
    ],
)
def test_ticked_choices(text: str, chosen: str) -> None:
    assert choose_ticked(text) == chosen


def test_paragraphs_are_told_by_the_tone_of_their_sentences() -> None:
    told = (
        "金秋十月，天高云淡。",
        "为了加强交流，我园开展了观摩。",
        "活动前，教师们布置了区角。",
        "首先，大家看了区域活动。",
        "孩子们玩得很开心。",
        "相聚是为了更好地前行。此次活动让大家有了收获。",
    )
    assert sort_paragraphs(told) == {
        "方案": [*told[:2]],
        "措施": [told[2]],
        "记录": [*told[3:5]],
        "总结": [told[5]],
    }
    assert sort_paragraphs(["感谢大家。"]) == {"记录": ["感谢大家。"]}
    assert sort_paragraphs([]) == {}
