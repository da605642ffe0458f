"""A fifth part: put down after the code was mended on the fourth; first-runs.txt has its first score."""

from __future__ import annotations

from tests.receive.reports.paper import LEFT, Paper, Pic, photo
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
_report = _SHELF.report


@_report("47", "活动纪要：参会人员一长串，议题一、议题二，最后是会议议定事项")
def minutes() -> Sent:
    talk = ("议题一：讨论光彩幼儿园与三所被帮扶园的教研制度。", "议题二：修订罗城镇幼儿园一日作息制度。")
    decided = ("1.教研制度四园共用，每月一次。", "2.作息制度从10月12日起试行。")
    paper = Paper()
    paper.title("健全教研制度和作息制度研讨会会议纪要")
    paper.lines(
        "会议时间：2020年9月29日下午",
        "会议地点：光彩幼儿园会议室",
        "主持人：园长",
        "参会人员：光彩幼儿园班子成员5人，黑泉、罗城、金果果三园负责人共3人",
    )
    paper.p("会议内容", bold=True)
    paper.lines(*talk)
    paper.p("会议结果", bold=True)
    paper.lines(*decided)
    return Sent(
        files={"会议纪要.docx": paper.data()},
        school="guangcai",
        records=(
            Expect(
                school="guangcai", date="2020-09-29", title="健全教研制度和作息制度研讨会会议纪要", measure="institution-building",
                partners=("heiquan", "luocheng", "jinguoguo"), direction="host", sent=0, received=3,
                place="光彩幼儿园会议室", lead="园长", record=talk, summary=decided,
            ),
        ),
    )  # fmt: skip


@_report("48", "表格带“学校自评”“教育局意见”空栏，页边有填表说明")
def with_office_cells() -> Sent:
    aim = "观摩第一幼儿园中班区域活动，重点看美工区。"
    how = "提前学习《指南》艺术领域，带着三个问题去。"
    went = "新坝镇幼儿园3名教师在中一班看了五十分钟，又和带班教师交流了半小时。"
    good = "学会了用透明袋展示材料，一目了然。"
    paper = Paper()
    paper.title("高台县幼儿园结对帮扶活动登记表")
    paper.table(
        ["填报单位", "新坝镇中心小学辖区内幼儿园", "填报日期", "2020年5月25日"],
        ["活动主题", "中班美工区观摩", "活动日期", "2020年5月19日"],
        ["活动地点", "第一幼儿园", "参加人数", "3"],
        ["带队人", "保教主任", "帮扶园", "第一幼儿园"],
        ["活动方案", aim, LEFT, LEFT],
        ["活动措施", how, LEFT, LEFT],
        ["活动记录", went, LEFT, LEFT],
        ["活动总结", good, LEFT, LEFT],
        ["学校自评", "", LEFT, LEFT],
        ["教育局意见", "", LEFT, LEFT],
    )
    paper.p("填表说明：1.一次活动一张表。2.照片另附。")
    return Sent(
        files={"登记表.docx": paper.data(), "美工区材料.jpg": photo(91)},
        records=(
            Expect(
                school="xinba", date="2020-05-19", title="中班美工区观摩", partners=("diyi",), direction="visit",
                sent=3, received=0, grades=("中班",), place="第一幼儿园", attendance=3, lead="保教主任",
                plan=(aim,), steps=(how,), record=(went,), summary=(good,), photos=("美工区材料",),
            ),
        ),
    )  # fmt: skip


@_report("49", "分条的总结式，阿拉伯数字编号，时间地点写在第一段")
def numbered_summary() -> Sent:
    first = "2020年10月22日，我园迎来了黑泉镇幼儿园和罗城镇幼儿园的4名骨干教师，开展了示范教学活动。"
    steps = "大、中、小班各推出一节示范课，执教教师均为区级骨干；每节课配一份活动设计。"
    went = (
        "第一节小班音乐《小手拍拍》，第二节中班科学《滚动》，第三节大班语言《云朵面包》。",
        "课后四位教师与执教教师一对一交流。",
    )
    good = "来园教师带走了三份活动设计，答应回去各上一节。"
    paper = Paper()
    paper.title("光彩幼儿园示范教学活动总结")
    paper.p(first)
    paper.p("1. 具体做法")
    paper.p(steps)
    paper.p("2. 活动过程")
    paper.lines(*went)
    paper.p("3. 活动效果")
    paper.p(good)
    paper.pictures(Pic(92))
    paper.p("图1 示范课《滚动》现场")
    paper.p("2020年10月26日", right=True)
    return Sent(
        files={"10月示范教学.docx": paper.data()},
        records=(
            Expect(
                school="guangcai", date="2020-10-22", title="光彩幼儿园示范教学活动总结", measure="demonstration-lesson",
                partners=("heiquan", "luocheng"), direction="host", sent=0, received=4, grades=("大班", "中班", "小班"),
                plan=(first,), steps=(steps,), record=went, summary=(good,), photos=("示范课《滚动》现场",),
            ),
        ),
    )  # fmt: skip


@_report("50", "聊天里一行一项，没有冒号用空格，部分名后换行")
def spaced_chat() -> Sent:
    text = """主题 走进南苑 学习区角
时间 2020年9月24日
地点 南苑幼儿园
参加人员 七色果幼儿园教师2人
负责人 教研组长

方案
看中班区角怎样分区、怎样定规则。
措施
一人画区角平面图，一人记规则。
记录
上午在中二班看了一个半小时，平面图画了两张，规则记了九条。
总结
回来先从进区牌做起。
"""
    return Sent(
        files={"区角平面图.jpg": photo(93)},
        text=text,
        school="qiseguo",
        records=(
            Expect(
                school="qiseguo", date="2020-09-24", title="走进南苑 学习区角", partners=("nanyuan",), direction="visit",
                sent=2, received=0, place="南苑幼儿园", lead="教研组长",
                plan=("看中班区角怎样分区、怎样定规则。",), steps=("一人画区角平面图，一人记规则。",),
                record=("上午在中二班看了一个半小时，平面图画了两张，规则记了九条。",), summary=("回来先从进区牌做起。",),
                photos=("区角平面图",),
            ),
        ),
    )  # fmt: skip


@_report("51", "两园合办，标题两行，正文先“活动亮点”后“活动回顾”，图注用“图片说明：”")
def two_lines_of_title() -> Sent:
    aim = "让千字童幼儿园的家长也能参加西苑幼儿园的家长课堂。"
    ready = "提前三天发邀请，准备签到台和儿童看护区。"
    went = "6月16日晚上七点，家长课堂在西苑幼儿园开讲，千字童幼儿园来了26位家长和2名教师。主讲教师讲了“怎样听孩子说话”。"
    light = "看护区很受欢迎，家长能安心听课。"
    paper = Paper()
    paper.title("西苑幼儿园 千字童幼儿园")
    paper.title("家长课堂联合活动")
    paper.p("一、活动宗旨")
    paper.p(aim)
    paper.p("二、活动筹备")
    paper.p(ready)
    paper.p("三、活动回顾")
    paper.p(went)
    paper.pictures(Pic(94))
    paper.p("图片说明：家长课堂现场")
    paper.p("四、活动亮点")
    paper.p(light)
    paper.p("西苑幼儿园", right=True)
    return Sent(
        files={"家长课堂.docx": paper.data()},
        records=(
            Expect(
                school="xiyuan", date="2020-06-16", title="家长课堂联合活动", measure="home-coeducation",
                partners=("qianzitong",), direction="host", sent=0, received=2,
                plan=(aim,), steps=(ready,), record=(went,), summary=(light,), photos=("家长课堂现场",),
            ),
        ),
    )  # fmt: skip


@_report("52", "旧模板：每项下面留着提示语，学校只填了一部分")
def old_template() -> Sent:
    aim = "到金太阳幼儿园帮助改造种植角。"
    went = "12月8日下午，我园两名教师带着花盆和工具到金太阳幼儿园，和孩子们一起种了蒜苗。"
    paper = Paper()
    paper.title("结对帮扶活动材料")
    paper.lines(
        "活动名称：种植角环境创设指导",
        "活动时间：2020年12月8日",
        "活动地点：金太阳幼儿园",
        "负责人：（填写职务）",
    )
    paper.p("一、方案（写明目的、对象、内容）")
    paper.p(aim)
    paper.p("二、措施（写明怎样做、谁来做）")
    paper.p("三、记录（写明时间、经过、人数）")
    paper.p(went)
    paper.p("四、总结（写明收获、不足、打算）")
    return Sent(
        files={"东苑种植角.docx": paper.data()},
        school="dongyuan",
        records=(
            Expect(
                school="dongyuan", date="2020-12-08", title="种植角环境创设指导", measure="environment-guidance",
                partners=("jintaiyang",), direction="visit", sent=2, received=0, place="金太阳幼儿园",
                plan=(aim,), record=(went,),
            ),
        ),
    )  # fmt: skip
