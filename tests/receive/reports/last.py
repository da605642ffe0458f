"""A fourth part: put down after the code was mended on the third; first-runs.txt has its first score."""

from __future__ import annotations

from tests.receive.reports.paper import LEFT, Paper, Pic, photo
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
_report = _SHELF.report


@_report("41", "表格：甲方乙方式的栏目，活动流程列成小表，最后一格写成效和不足")
def two_sides() -> Sent:
    aim = "请南华镇幼儿园的教师参与我园大班“一课三研”，体会磨课的过程。"
    flow = (
        "第一研：执教教师试教，发现提问太碎。",
        "第二研：删去两个环节，加入操作。",
        "第三研：幼儿操作时间延长到十二分钟。",
    )
    good = "成效：南华镇教师第一次完整看了一节课是怎样磨出来的。"
    poor = "不足：三次研讨排在一天，大家都很累。"
    paper = Paper()
    paper.title("园本教研活动记载表")
    paper.table(
        ["教研主题", "大班“一课三研”", "教研日期", "2020年11月5日 星期四"],
        ["组织单位", "东苑幼儿园", "参与单位", "南华镇中心小学辖区内幼儿园"],
        ["主持人", "教研主任", "教研地点", "东苑幼儿园录播室"],
        ["参与人数", "16人（其中来园教师5人）", "教研形式", "请进来"],
        ["教研目标", aim, LEFT, LEFT],
        ["教研流程", "\n".join(flow), LEFT, LEFT],
        ["成效与不足", f"{good}\n{poor}", LEFT, LEFT],
    )
    return Sent(
        files={"一课三研.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan", date="2020-11-05", title="大班“一课三研”", measure="joint-research", partners=("nanhua",),
                direction="host", sent=0, received=5, grades=("大班",), place="东苑幼儿园录播室", attendance=16, lead="教研主任",
                plan=(aim,), record=flow, summary=(good, poor),
            ),
        ),
    )  # fmt: skip


@_report("42", "文字在前，照片全部放在最后，一页六张，图注只写“图1—图3 讲座现场”")
def captions_for_many() -> Sent:
    aim = "给合黎镇幼儿园教师讲清区域活动材料怎样一层一层地投。"
    steps = "讲前看了合黎镇幼儿园的区域照片，挑出十张作例子。"
    account = "6月3日下午，西苑幼儿园业务园长到合黎镇幼儿园作区域活动专题讲座，11名教师参加。讲完以后，大家当场给自己班的益智区列了材料清单。"
    end = "例子是自己的，听得进。七月看清单落实得怎么样。"
    paper = Paper()
    paper.title("西苑幼儿园区域活动专题讲座材料")
    paper.lines("时间：2020年6月3日", "地点：合黎镇中心幼儿园", "主讲人：业务园长", "派出人数：1人")
    paper.lines("一、方案", aim, "二、措施", steps, "三、记录", account, "四、总结", end, "五、图片资料")
    paper.pictures(Pic(81), Pic(82))
    paper.p("图1 讲座现场   图2 教师列材料清单")
    return Sent(
        files={"西苑讲座.docx": paper.data()},
        records=(
            Expect(
                school="xiyuan", date="2020-06-03", title="西苑幼儿园区域活动专题讲座材料", measure="area-lecture",
                partners=("heli",), direction="visit", sent=1, received=0, place="合黎镇中心幼儿园", lead="业务园长",
                plan=(aim,), steps=(steps,), record=(account,), summary=(end,), photos=("讲座现场", "教师列材料清单"),
            ),
        ),
    )  # fmt: skip


@_report("43", "通讯稿，导语、主体、结尾，夹着引语，落款写通讯员")
def press() -> Sent:
    first = "12月10日，骆驼城镇幼儿园的院子里格外热闹——南苑幼儿园的老师们带着一车图书和玩教具来了。"
    middle = (
        "“我们捐的不是旧东西，是挑了又挑的好东西。”带队的副园长说。这次捐赠的教学资源有绘本120册、积木8箱、自制玩教具23件。",
        "卸完车，南苑幼儿园的3名骨干教师分头进班，教老师们怎样用这些玩教具，怎样登记图书。",
    )
    last = "通过这次活动，骆驼城镇幼儿园的图书角和益智区充实了起来。两园约定，明年春天再补充一次。"
    paper = Paper()
    paper.title("一车图书暖童心")
    paper.p("南苑幼儿园向骆驼城镇幼儿园捐赠教学资源", centre=True)
    paper.lines(first, *middle)
    paper.pictures(Pic(83))
    paper.p(last)
    paper.p("（通讯员 小丁）", right=True)
    return Sent(
        files={"南苑捐赠.docx": paper.data()},
        school="nanyuan",
        records=(
            Expect(
                school="nanyuan", date="2020-12-10", title="一车图书暖童心", measure="resource-support",
                partners=("luotuocheng",), direction="visit", sent=3, received=0,
                record=(first, *middle), summary=(last,), photos=("",),
            ),
        ),
        unplaced=("通讯员 小丁",),
    )  # fmt: skip


@_report("44", "两张表接着两张表：先一张方案表，后一张记录表，同一次活动")
def plan_and_log() -> Sent:
    aim = "带蕾梦幼儿园教师看小班娃娃家的创设。"
    need = "参观时不打扰幼儿，手机静音。"
    account = "上午十点，蕾梦幼儿园2名教师走进小一班，看娃娃家、厨房、理发店三个区，逐样问材料从哪里来。"
    felt = "蕾梦幼儿园教师说，材料多半是家里有的，回去就能做。"
    paper = Paper()
    paper.p("附件1")
    paper.title("结对帮扶活动方案")
    paper.table(
        ["活动名称", "小班区域活动观摩"], ["活动时间", "2020年5月12日"], ["活动地点", "第一幼儿园小一班"],
        ["活动目的", aim], ["活动要求", need],
    )  # fmt: skip
    paper.p()
    paper.p("附件2")
    paper.title("结对帮扶活动记录")
    paper.table(
        ["活动名称", "小班区域活动观摩"], ["活动时间", "2020年5月12日"], ["记录", account], ["总结", felt],
        ["负责人", "教研组长"],
    )  # fmt: skip
    return Sent(
        files={"第一幼儿园观摩.docx": paper.data()},
        school="diyi",
        records=(
            Expect(
                school="diyi", date="2020-05-12", title="小班区域活动观摩", measure="area-observation", partners=("leimeng",),
                direction="host", sent=0, received=2, grades=("小班",), place="第一幼儿园小一班", lead="教研组长",
                plan=(aim,), steps=(need,), record=(account,), summary=(felt,),
            ),
        ),
    )  # fmt: skip


@_report("45", "短信式的一段，什么都连在一起写，图片两张没有名字")
def text_message() -> Sent:
    text = "金太阳幼儿园4月22日派教研组长和一名骨干教师共2人去东苑幼儿园跟岗一天，跟了小二班，看了一日活动，晚上写了跟岗笔记，收获是过渡环节不用等待。"
    return Sent(
        files={"IMG_0001.jpg": photo(84), "IMG_0002.jpg": photo(85)},
        text=text,
        records=(
            Expect(
                school="jintaiyang", date="2020-04-22", measure="staff-exchange", partners=("dongyuan",), direction="visit",
                sent=2, received=0, record=(text,), photos=("", ""),
            ),
        ),
    )  # fmt: skip


@_report("46", "标题用一级标题样式，正文有“过程一、过程二”的小节，日期在页脚")
def styled() -> Sent:
    aim = "让七色果幼儿园的家长懂得幼小衔接衔接的是习惯。"
    one, two = "大班家长28人听了南苑幼儿园园长的讲座。", "家长分三组讨论“孩子上小学最担心什么”。"
    end = "家长的担心从识字变成了习惯，这是最大的变化。"
    paper = Paper()
    paper.heading("幼小衔接家长会", 0)
    paper.p("活动时间：2020年6月11日 15:00—17:00")
    paper.p("活动地点：七色果幼儿园多功能厅")
    paper.p("参加人员：大班家长28人，南苑幼儿园来园指导教师2人，本园教师6人")
    paper.p("责任人：园长")
    paper.heading("活动目标")
    paper.p(aim)
    paper.heading("活动过程")
    paper.heading("过程一：讲座", 2)
    paper.p(one)
    paper.heading("过程二：讨论", 2)
    paper.p(two)
    paper.heading("活动反思")
    paper.p(end)
    paper.document.sections[0].footer.paragraphs[0].text = "七色果幼儿园  2020年6月"
    return Sent(
        files={"家长会.docx": paper.data()},
        records=(
            Expect(
                school="qiseguo", date="2020-06-11", title="幼小衔接家长会", measure="home-coeducation", partners=("nanyuan",),
                direction="host", sent=0, received=2, place="七色果幼儿园多功能厅", lead="园长", grades=(),
                plan=(aim,), record=("过程一：讲座", one, "过程二：讨论", two), summary=(end,),
            ),
        ),
    )  # fmt: skip
