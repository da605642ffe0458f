"""The words of reports: headings, labels, days, numbers of people, schools, captions, titles."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.actions.receive.captions import read_caption_in_name, split_captions
from generator.actions.receive.days import choose_day, find_relative_day, list_days
from generator.actions.receive.drafting import make_drafts
from generator.actions.receive.headings import find_heading
from generator.actions.receive.inputs import gather, group_sources, open_desk
from generator.actions.receive.labels import split_facts
from generator.actions.receive.measures import list_measures, list_possible_measures
from generator.actions.receive.pasted import decode_text, read_message
from generator.actions.receive.people import find_lead, is_online, list_grades, read_count
from generator.actions.receive.record_text import escape_line
from generator.actions.receive.school_names import SchoolNames, list_distinct
from generator.archive import read_corpus
from generator.documents.markup.dialect import make_record_parser
from tests.receive.archive import write_archive
from tests.receive.reports.paper import LEFT, Paper


@pytest.mark.parametrize(
    ("line", "part", "rest"),
    [
        ("一、活动方案", "方案", ""),
        ("（二）活动准备", "措施", ""),
        ("三 、记　录", "记录", ""),
        ("【总结】", "总结", ""),
        ("方案：派两名教师跟岗", "方案", "派两名教师跟岗"),
        ("活動目標", "方案", ""),
        ("活动成效与反思", "总结", ""),
        ("取得的成效及存在的问题", "总结", ""),
        ("实施步骤", "措施", ""),
        ("活动剪影", "图片", ""),
        ("五、下一步打算", "总结", ""),
        ("第三部分  活动记录", "记录", ""),
        ("活动经过：上午观摩，下午评课。", "记录", "上午观摩，下午评课。"),
        ("活动目地", "方案", ""),
        ("活动过呈：先看后评。", "记录", "先看后评。"),
        ("活动总节", "总结", ""),
        ("四、下一步工作措施", "总结", ""),
        ("六、今后努力的方向", "总结", ""),
        ("▌教研纪要▐", "记录", ""),
        ("二、物质准备与经验准备", "措施", ""),
        ("老师们的活动感受很深", None, ""),
        ("活动前", "措施", ""),
        ("携手同行 · 活动缘起", "方案", ""),
        ("活动现场", "图片", ""),
        ("家长讲座现场", None, ""),
        ("一 活动过程", "记录", ""),
        ("讨论结果：先改目标", None, ""),
        ("时间紧，任务重", None, ""),
        ("家园共育活动方案", None, ""),
        ("问题：怎样投放材料", None, ""),
        ("孩子们的收获很大，老师的总结也很好", None, ""),
    ],
)
def test_headings(line: str, part: str | None, rest: str) -> None:
    found = find_heading(line)
    assert (found and found.part, found.rest if found else "") == (part, rest)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("时　　间：5月14日　　　　地　　点：光彩幼儿园", [("date", "5月14日"), ("place", "光彩幼儿园")]),
        ("【活动主题】我跟师傅学说课", [("title", "我跟师傅学说课")]),
        ("一、参加人员：两园教师", [("people", "两园教师")]),
        ("派出骨干教师2名，负责人：教研组长", [("", "派出骨干教师2名"), ("lead", "教研组长")]),
        ("时间：__5月14日____ 负责人：__园长__", [("date", "5月14日"), ("lead", "园长")]),
        ("记录人：王丽", [("none", "王丽")]),
        ("带队：业务园长", [("lead", "业务园长")]),
        ("应到：16人  实到：15人", [("none", "16人"), ("count", "15人")]),
        ("外园参加人员：金果果3人", [("people", "金果果3人")]),
        ("中心发言人：教研组长", [("speaker", "教研组长")]),
        ("填报时间：5月20日", [("none", "5月20日")]),
        ("上午：参观大班", []),
        ("图1：跟岗教师", []),
    ],
)
def test_labels(line: str, facts: list[tuple[str, str]]) -> None:
    assert [(fact.field, fact.text) for fact in split_facts(line)] == facts


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天上午", "2020-09-17"),
        ("本周四，第一幼儿园来园", "2020-09-17"),
        ("上周五下午", "2020-09-11"),
        ("今天", "2020-09-18"),
        ("下周四再来", None),
        ("昨天看，前天也看", None),
        ("本周日", None),
    ],
)
def test_days_counted_from_a_message(text: str, day: str | None) -> None:
    found = find_relative_day(text, dt.date(2020, 9, 18))  # a Friday
    assert (found and found[0].isoformat()) == day


_TODAY = dt.date(2021, 1, 10)


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("2020年5月14日", "2020-05-14", ""),
        ("5月14日（星期四）下午", "2020-05-14", ""),
        ("5月14日（星期五）", "2020-05-14", "5月14日(星期五)写着星期五，2020-05-14 是星期四"),
        ("二〇二〇年五月十四日", "2020-05-14", ""),
        ("2020.5.14-5.15", "2020-05-14", ""),
        ("２０２０－０５－１４", "2020-05-14", ""),
        ("20200514", "2020-05-14", ""),
        ("十二月三十一日", "2020-12-31", ""),
        ("5.14", "2020-05-14", ""),
        ("2020-05-14 14:30", "2020-05-14", ""),
        ("2月30日", None, "日历上没有2月30日"),
        ("2021年3月5日", "2021-03-05", "2021-03-05 还没有到"),
        ("每周四", None, ""),
    ],
)
def test_days(text: str, day: str | None, doubt: str) -> None:
    found, why = choose_day(list(list_days(text, labelled=True)), [2021, 2020], _TODAY)
    assert (found and found.isoformat(), why) == (day, doubt)


def test_digits_in_a_text_are_no_days() -> None:
    assert [day.words for day in list_days("每月1-2名，3.5公里，9.10 开始，11月5日去")] == ["11月5日"]
    assert choose_day(list(list_days("5月14日")), [2020, 2019], _TODAY, unsure=True) == (
        dt.date(2020, 5, 14),
        "5月14日没有写是哪一年",
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12人", 12),
        ("4", 4),
        ("两园教师共14人", 14),
        ("合黎3人、千字童2人", 5),
        ("十二名", 12),
        ("若干", None),
    ],
)
def test_numbers_of_people(text: str, count: int | None) -> None:
    assert read_count(text) == count


def test_grades_leads_and_meeting_at_a_distance() -> None:
    assert list_grades("大、中、小班各一节") == ("大班", "中班", "小班")
    assert list_grades("大一班和小二班") == ("大班", "小班")
    assert list_grades("大（1）班、大中小班，大班额") == ("大班", "中班", "小班")
    assert list_grades("班级环境，小班化") == ()
    assert find_lead("我园业务园长带队，一行3人") == ("业务园长", "我园业务园长带队")
    assert find_lead("在教研组长的带领下") == ("教研组长", "在教研组长的带领下")
    assert find_lead("成立由教研主任牵头的小组") == ("教研主任", "由教研主任牵头")
    assert find_lead("由园长主持，由保教主任负责") is None
    assert is_online("钉钉")
    assert not is_online("教师播放了一段视频", told=True)
    assert is_online("在钉钉直播间开讲", told=True)


@pytest.mark.parametrize(
    ("line", "captions"),
    [
        ("图1：幼儿搭建", ("幼儿搭建",)),
        ("（图一：布置主题墙）", ("布置主题墙",)),
        ("图1 听课  图2 评课", ("听课", "评课")),
        ("左：示范  右：展览", ("示范", "展览")),
        ("▲借书卡", ("借书卡",)),
        ("图片依次是：1看区角 2改造娃娃家", ("看区角", "改造娃娃家")),
        ("图1-2 观摩现场", ("观摩现场", "观摩现场")),
        ("图书角的布置", ()),
        ("上午：参观", ()),
    ],
)
def test_captions(line: str, captions: tuple[str, ...]) -> None:
    assert split_captions(line) == captions


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("照片/讲座现场.jpg", "讲座现场"),
        ("1 徒弟说课.jpg", "徒弟说课"),
        ("图1建构区的火车站.png", "建构区的火车站"),
        ("座谈(2).jpg", "座谈"),
        ("IMG_2031.JPG", ""),
        ("mmexport1590580000001.jpg", ""),
        ("微信图片_20200527.jpg", ""),
        ("图片1.png", ""),
    ],
)
def test_captions_of_file_names(name: str, caption: str) -> None:
    assert read_caption_in_name(name) == caption


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("方案：学习", "utf-8"),
        ("方案：学习", "gb18030"),
        ("方案：学习", "utf-16"),
        ("方案:学习\n", "utf-16-le"),
        ("方案：学习", "utf-8-sig"),
    ],
)
def test_encodings(text: str, codec: str) -> None:
    assert decode_text(text.encode(codec)) == text


def test_a_chat_says_who_sent_it() -> None:
    content = read_message(
        "消息",
        "蕾梦幼儿园 档案员 2020/5/27 20:13\n时间：5月26日\n蕾梦幼儿园 档案员 5月27日 20:14:03\n方案：学习\n",
    )
    assert content.margins == ("蕾梦幼儿园 档案员",)
    assert [getattr(block, "text", "") for block in content.blocks] == ["时间：5月26日", "方案：学习"]


def test_schools_by_all_their_names(tmp_path: Path) -> None:
    root = write_archive(tmp_path / "archive")
    school = root / "records/leimeng/school.yml"
    school.write_text(school.read_text(encoding="utf-8") + "former: [育才幼儿园]\n", encoding="utf-8")
    corpus = read_corpus(root)
    programme = corpus.find_programme(2020)
    assert programme
    names = SchoolNames(corpus, programme)
    for text, schools in {
        "高台县第一幼儿园": ["diyi"],
        "县一幼": ["diyi"],
        "黑泉镇中心小学辖区内幼儿园": ["heiquan"],
        "黑泉中心幼儿园、黑泉镇幼儿园": ["heiquan"],
        "到罗城镇天城村走访": ["luocheng"],
        "骆驼城镇": ["luotuocheng"],
        "南華鎮幼兒園": ["nanhua"],
        "南华、宣化、金太阳三园教师": ["nanhua", "xuanhua", "jintaiyang"],
        "原育才幼儿园": ["leimeng"],
        "光彩的童年": [],
        "第一次活动": [],
    }.items():
        assert list(list_distinct(names.find(text))) == schools, text
    assert list_distinct(names.find("光彩、黑泉", short=True)) == ("guangcai", "heiquan")
    measures = programme.measures
    assert list_measures("区域活动专题讲座：把区域还给孩子", measures) == ("area-lecture",)
    assert list_measures("教师素养讲座", measures) == ()
    assert list_possible_measures("教师素养讲座", measures) == ("area-lecture",)
    assert list_measures("区域观摩和集体备课", measures) == ("area-observation", "joint-research")


@pytest.mark.parametrize(
    "line",
    [
        "# 一号",
        "## 方案",
        "＃＃ 方案",
        "> 引用",
        "---",
        "王**说**好",
        "`码`",
        "[网](https://a.b)",
        "<https://a.b>",
        r"a\*b",
        "3*4*5",
        "|---|",
    ],
)
def test_a_line_shows_as_it_was_typed(line: str) -> None:
    """In the records' own dialect: one paragraph, whose text is the line, and no heading that would begin a part."""
    written = escape_line(line)
    assert not written.startswith(("#", "＃"))
    opened, inline, closed = make_record_parser().parse(written)
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert "".join(t.content for t in inline.children or ()).strip("　") == line
    assert {t.type for t in inline.children or ()} <= {"text", "text_special"}


def test_what_a_form_or_a_heading_of_its_own_says_runs_into_no_part(tmp_path: Path) -> None:
    """A row that a record has no field for is left over; behind a heading that nobody knows, the part is marked."""
    corpus = read_corpus(write_archive(tmp_path / "archive"))
    form = Paper()
    form.table(
        ["活动主题", "跟岗学习", "时间", "2020年5月14日"],
        ["记录", "看了半日活动。", LEFT, LEFT],
        ["学校自评", "优秀，王丽签", LEFT, LEFT],
        ["姓名", "签名", "序号", "备注"],
    )
    paper = Paper()
    paper.lines(
        "一、活动方案",
        "学习。",
        "二、孩子们的节日",
        "热闹。",
        "三、活动总结",
        "有收获。",
        "附件：签到表",
        "张三",
    )
    for data, sections, guessed, left in (
        (form.data(), {"记录": ("看了半日活动。",)}, set(), ["学校自评：优秀，王丽签"]),
        (
            paper.data(),
            {"方案": ("学习。", "二、孩子们的节日", "热闹。"), "总结": ("有收获。",)},
            {"方案"},
            ["附件：签到表", "张三"],
        ),
    ):
        (group,) = group_sources(gather([("a.docx", data)]).sources)
        desk = open_desk(corpus, dt.date(2020, 12, 31), school="jinguoguo")
        (draft,) = make_drafts(desk, group).drafts
        assert dict(draft.sections) == sections
        assert draft.guessed == guessed
        assert [each.text for each in draft.left][: len(left)] == left
