"""The first half: reports that were looked at while the code that reads them was written."""

from __future__ import annotations

from tests.receive.reports.paper import ABOVE, LEFT, Paper, Pic, deleted, inserted, photo, run
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
_report = _SHELF.report


@_report("01", "表格：一格一项，图片在最后一格，下面写着图 1、图 2")
def form_table() -> Sent:
    aim = "通过观摩大班区域活动，使结对园教师了解区域材料分层投放的方法，学会在区域中观察幼儿、适时介入。"
    ready = "1.制定观摩方案，提前一周通知结对园；2.整理大班建构区、美工区、阅读区环境，补充低结构材料；3.印制观摩记录表20份。"
    course = (
        "上午9:00，黑泉镇幼儿园、金果果景隆幼儿园的教师来到我园大二班，观摩区域活动“我们的高台”。",
        "孩子们自选区域，用积木搭建湿地公园的木栈道，教师在一旁拍照、记录，只在材料不够时介入。",
        "10:20全体教师到会议室座谈，业务园长围绕“材料怎样投、教师怎样退”与大家交流，结对园教师提出的7个问题当场作了答复。",
    )
    effect = (
        "结对园教师反映看得懂、学得会，带回了材料分层投放表。不足之处是研讨时间偏短，下次观摩安排半天研讨。"
    )
    paper = Paper()
    paper.title("高台县幼儿园结对帮扶活动记录表")
    paper.table(
        ["活动名称", "大班区域活动观摩与研讨", "活动时间", "2020年5月14日"],
        ["活动地点", "光彩幼儿园大二班、会议室", "主持人", "业务园长"],
        ["帮扶园", "光彩幼儿园", "被帮扶园", "黑泉镇中心小学辖区内幼儿园、金果果景隆幼儿园"],
        ["参加人员", "接待结对园骨干教师4人，本园大班教师6人", "参加人数", "10人"],
        ["活动目的", aim, LEFT, LEFT],
        ["活动准备", ready, LEFT, LEFT],
        ["活动过程", "\n".join(course), LEFT, LEFT],
        ["活动效果及反思", effect, LEFT, LEFT],
        ["活动图片", [Pic(1), "图1：幼儿搭建湿地公园木栈道", Pic(2), "图2：观摩后座谈交流"], LEFT, LEFT],
    )
    return Sent(
        files={"光彩幼儿园5月14日活动记录.docx": paper.data()},
        records=(
            Expect(
                school="guangcai",
                date="2020-05-14",
                title="大班区域活动观摩与研讨",
                measure="area-observation",
                partners=("heiquan", "jinguoguo"),
                direction="host",
                sent=0,
                received=4,
                grades=("大班",),
                place="光彩幼儿园大二班、会议室",
                attendance=10,
                lead="业务园长",
                plan=(aim,),
                steps=(ready,),
                record=course,
                summary=(effect,),
                photos=("幼儿搭建湿地公园木栈道", "观摩后座谈交流"),
            ),
        ),
    )


@_report("02", "一、二、三、四各一个标题，前面几行写时间地点，图在后面，落款")
def headed() -> Sent:
    aim = (
        "为认真落实《高台县2020年幼儿园结对帮扶工作实施方案》，帮助新坝镇中心小学辖区内幼儿园改善室内外环境，结合两园实际，特制定本次活动方案。",
        "    目标是带着新坝镇幼儿园的老师一起动手，把中班走廊和阅读区改造出来，并留下一套可以照着做的办法。",
    )
    steps = (
        "1、园领导重视，成立由园长任组长的帮扶小组，下园前召开碰头会，明确分工。",
        "2、提前收集新坝镇幼儿园的环境照片12张，逐张提出修改建议。",
        "3、自带卡纸、麻绳、旧报纸等材料，就地再收集玉米皮、葫芦、石头。",
    )
    account = (
        "早上8点，我园两名骨干教师乘车前往新坝镇，9点10分到达。",
        "上午，大家先看了三个班级的环境，边看边拍，随后在中班教室里讨论。讨论集中在三个问题上：墙面太满、高度不合适、幼儿作品少。",
        "下午，两园教师一起动手，用玉米皮编了“丰收的田野”，用石头画了一条通往阅读区的小路。下午5点活动结束，园长对大家的劳动表示感谢。",
    )
    end = (
        "此次活动，新坝镇幼儿园的走廊和阅读区变了样，教师们学会了“少而精、低而真”的做法。",
        "存在的不足：时间紧，户外环境没有来得及看。下一步，我们将在十月份再去一次，重点帮助改造户外沙水区。",
    )
    paper = Paper()
    paper.title("第一幼儿园到新坝镇幼儿园开展环境创设指导活动")
    paper.lines(
        "活动时间：2020年9月22日（星期二）",
        "活动地点：新坝镇中心小学辖区内幼儿园",
        "活动方式：走出去",
        "参加人员：第一幼儿园派出骨干教师2名，新坝镇幼儿园教师9名",
        "负责人：保教主任",
    )
    paper.p("一、活动方案", bold=True)
    paper.lines(*aim)
    paper.p("二、活动措施", bold=True)
    paper.lines(*steps)
    paper.p("三、活动记录", bold=True)
    paper.lines(*account)
    paper.p("四、活动总结", bold=True)
    paper.lines(*end)
    paper.pictures(Pic(3))
    paper.p("改造后的中班走廊", centre=True)
    paper.pictures(Pic(4))
    paper.p("两园教师用石头铺画小路", centre=True)
    paper.p()
    paper.p("高台县第一幼儿园", right=True)
    paper.p("2020年9月24日", right=True)
    return Sent(
        files={"环创指导.docx": paper.data()},
        records=(
            Expect(
                school="diyi",
                date="2020-09-22",
                title="第一幼儿园到新坝镇幼儿园开展环境创设指导活动",
                measure="environment-guidance",
                partners=("xinba",),
                direction="visit",
                sent=2,
                received=0,
                place="新坝镇中心小学辖区内幼儿园",
                lead="保教主任",
                plan=aim,
                steps=steps,
                record=account,
                summary=end,
                photos=("改造后的中班走廊", "两园教师用石头铺画小路"),
            ),
        ),
    )


@_report("03", "没有小标题的通讯稿，供稿人和审核人在末尾")
def narrative() -> Sent:
    why = "为充分发挥省级示范园的辐射带动作用，进一步提高农村幼儿园教师的教育教学水平，10月15日，南苑幼儿园一行3名骨干教师走进骆驼城镇中心小学辖区内幼儿园，开展了送教下乡活动。"
    what = (
        "活动中，南苑幼儿园的三位教师分别在大班、中班、小班各上了一节示范课。大班科学活动《沉与浮》材料充分，孩子们一边猜想一边动手；中班语言活动《金色的房子》用指偶串起故事；小班音乐活动《小老鼠和泡泡糖》让孩子们在游戏中感受节奏。课后，两园教师围坐在一起评课议课，授课教师说了设计意图，听课教师谈了自己的疑问。",
        "随后，南苑幼儿园的教师还到各班看了一日活动，就进餐、午睡环节的组织提出了建议。",
    )
    good = "通过此次送教活动，搭建了城乡幼儿园交流的平台，使农村园教师近距离感受了新的教学理念，也让送教教师得到了锻炼。今后，我们将继续扎实开展结对帮扶，让更多的孩子受益。"
    paper = Paper()
    paper.title("送教下乡促交流  结对帮扶共成长")
    paper.p("——南苑幼儿园赴骆驼城镇开展送教下乡活动", centre=True)
    paper.p("　　" + why)
    paper.p("　　" + what[0])
    paper.pictures(Pic(5), Pic(6))
    paper.p("　　" + what[1])
    paper.pictures(Pic(7))
    paper.p("　　" + good)
    paper.p("（供稿：王丽    审核：汪丽娟）")
    return Sent(
        files={"2020.10南苑送教.docx": paper.data()},
        school="nanyuan",
        records=(
            Expect(
                school="nanyuan",
                date="2020-10-15",
                title="送教下乡促交流 结对帮扶共成长——南苑幼儿园赴骆驼城镇开展送教下乡活动",
                measure="demonstration-lesson",
                partners=("luotuocheng",),
                direction="visit",
                sent=3,
                received=0,
                grades=("大班", "中班", "小班"),
                plan=(why,),
                record=what,
                summary=(good,),
                photos=("", "", ""),
            ),
        ),
        unplaced=("供稿：王丽",),
    )


@_report("04", "带着修订：标题和日期里有删有增")
def revised() -> Sent:
    aim = "请合黎镇中心幼儿园、千字童幼儿园的老师到我园，一起备一节小班健康活动，学会抓住关键经验备课。"
    steps = "每园带一份教案来；先说课，再分组改，最后定一份三园共用的教案。"
    account = "6月11日下午2:30，教研准时开始。西苑幼儿园小班教研组长先说了《小青蛙捉害虫》的设计，三园教师分两组讨论，第一组改目标，第二组改游戏环节。四点半，形成了共用教案。"
    end = "教师们明白了目标要少、要看得见。下周三园各自试教，再把录像带来。"
    paper = Paper()
    paper.xml(run("园本教研活动") + deleted("计划") + inserted("材料"), '<w:jc w:val="center"/>')
    paper.xml(run("主题：小班健康活动集体备课"))
    paper.xml(run("时间：2020年6月") + deleted("10") + inserted("11") + run("日"))
    paper.xml(run("地点：西苑幼儿园多功能厅"))
    paper.xml(run("参加人数：") + deleted("12") + inserted("14") + run("人"))
    paper.xml(run("主持人：小班教研组长"))
    paper.xml(run("接待人数：合黎镇中心幼儿园3人、千字童幼儿园2人，共5人"))
    paper.xml(deleted("一、活动目的") + inserted("一、方案"))
    paper.xml(run(aim))
    paper.xml(inserted("二、措施"))
    paper.xml(run(steps) + deleted("另请县教研室指导。"))
    paper.xml(run("三、记录"))
    paper.xml(run(account))
    paper.xml(run("四、总结"))
    paper.xml(deleted("本次活动圆满成功。") + run(end))
    paper.pictures(Pic(8), text="三园教师分组改教案")
    return Sent(
        files={"西苑园本教研（修订）.docx": paper.data()},
        school="xiyuan",
        records=(
            Expect(
                school="xiyuan",
                date="2020-06-11",
                title="小班健康活动集体备课",
                measure="joint-research",
                partners=("heli", "qianzitong"),
                direction="host",
                sent=0,
                received=5,
                grades=("小班",),
                place="西苑幼儿园多功能厅",
                attendance=14,
                lead="小班教研组长",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
                photos=("三园教师分组改教案",),
            ),
        ),
        unplaced=("另请县教研室指导", "本次活动圆满成功"),
    )


@_report("05", "标题和图注在文本框里，标题用 Heading 样式")
def text_boxes() -> Sent:
    aim = "让农村园教师系统了解区域活动的价值，解决“区域活动就是自由玩”的误解。"
    steps = (
        "主讲教师提前到南华镇幼儿园听半日活动，收集了十二个问题；",
        "讲座用本园视频案例，不讲空话；",
        "讲座后留出半小时答疑。",
    )
    account = (
        "4月22日下午，东苑幼儿园教研主任在钉钉直播间作了《把区域还给孩子》专题讲座，南华、宣化、金太阳三园教师46人在线听讲。",
        "主讲人从“看见、看懂、支持”三个方面，用八段视频讲了教师什么时候退、什么时候进。",
    )
    end = ("各园教师在群里提交心得41份。", "以后讲座控制在一小时以内，多留时间讨论。")
    paper = Paper()
    paper.text_box("区域活动专题讲座：把区域还给孩子", "东苑幼儿园  2020年4月22日")
    paper.heading("活动背景与目标")
    paper.p(aim)
    paper.heading("具体措施")
    paper.lines(*steps)
    paper.heading("活动过程")
    paper.lines(*account)
    paper.pictures(Pic(9))
    paper.text_box("图1 直播讲座现场")
    paper.heading("活动成效与反思")
    paper.lines(*end)
    return Sent(
        files={"东苑讲座.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan",
                date="2020-04-22",
                title="区域活动专题讲座：把区域还给孩子",
                measure="area-lecture",
                partners=("nanhua", "xuanhua", "jintaiyang"),
                direction="online",
                attendance=46,
                plan=(aim,),
                steps=steps,
                record=account,
                summary=end,
                photos=("直播讲座现场",),
            ),
        ),
    )


@_report("06", "图片排成表格，说明在图下面的格里")
def picture_table() -> Sent:
    aim = "走访困境幼儿家庭，送去学习用品和陪伴，让孩子感受到温暖。"
    steps = "提前与村委会和家长联系；每户由一名教师、一名家长志愿者同去；不拍幼儿正脸。"
    account = "11月12日，光彩幼儿园与罗城镇幼儿园教师分成三组，走访了6户困境幼儿家庭，送去绘本、棉衣和书包，陪孩子读了一本绘本，和爷爷奶奶聊了孩子的饮食和作息。"
    end = "孩子们收到礼物很高兴。家长希望多教一些带孩子的办法，下学期安排一次入户指导。"
    paper = Paper()
    paper.title("“爱心暖童心”困境幼儿关爱活动")
    paper.lines("时间：2020.11.12", "地点：罗城镇天城村、河西村", "派出教师：3人", "负责人：后勤园长")
    paper.lines(
        "【活动方案】",
        aim,
        "【活动措施】",
        steps,
        "【活动记录】",
        account,
        "【活动总结】",
        end,
        "【活动图片】",
    )
    paper.table(
        [Pic(10), Pic(11)],
        ["教师整理爱心物资", "与爷爷奶奶聊孩子的作息"],
        [Pic(12), Pic(13)],
        ["陪孩子读绘本（背影）", "三个小组出发前合影"],
    )
    return Sent(
        files={"光彩/困境幼儿关爱.docx": paper.data()},
        school="guangcai",
        records=(
            Expect(
                school="guangcai",
                date="2020-11-12",
                title="“爱心暖童心”困境幼儿关爱活动",
                measure="hardship-care",
                partners=("luocheng",),
                direction="visit",
                sent=3,
                received=0,
                place="罗城镇天城村、河西村",
                lead="后勤园长",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
                photos=(
                    "教师整理爱心物资",
                    "与爷爷奶奶聊孩子的作息",
                    "陪孩子读绘本（背影）",
                    "三个小组出发前合影",
                ),
            ),
        ),
    )


@_report("07", "WPS：旧式图片、全角空格排版的栏目名、注音、软回车")
def wps() -> Sent:
    aim = "学习第一幼儿园阅读区的创设和图书管理办法。"
    steps = "业务园长带队，2名骨干教师各带一张观察表；看完当天晚上在群里分享。"
    account = (
        "9:00到园，先看晨间阅读。",
        "9:40进大一班、大三班阅读区，看幼儿怎样借书、还书、修书。",
        "11:00与第一幼儿园教师座谈。",
    )
    end = "回园后先把图书按“人、动物、植物”三类贴上标记，下月请第一幼儿园来看。"
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>lěi mèng</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>蕾梦</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    paper = Paper()
    paper.xml(ruby + run("幼儿园赴第一幼儿园观摩区域活动"), '<w:jc w:val="center"/>')
    paper.p("时　　间：2020年9月17日上午　　　　地　　点：第一幼儿园")
    paper.p("带 队 人：业务园长　　　　　　　　　派出骨干：2人")
    paper.p("方　式：走出去\n受援园：蕾梦幼儿园    帮扶园：第一幼儿园")
    paper.p("一 、方　案")
    paper.p("　　" + aim)
    paper.p("二 、措　施")
    paper.p("　　" + steps)
    paper.p("三 、记　录")
    paper.p("　　" + "\n　　".join(account))
    paper.p("四 、总　结")
    paper.p("　　" + end)
    paper.xml(paper.old_picture(14))
    paper.p("▲大一班阅读区的借书卡")
    paper.xml(paper.old_picture(15))
    paper.p("▲与第一幼儿园教师座谈")
    return Sent(
        files={"蕾梦区域观摩.docx": paper.data()},
        records=(
            Expect(
                school="leimeng",
                date="2020-09-17",
                title="蕾梦幼儿园赴第一幼儿园观摩区域活动",
                measure="area-observation",
                partners=("diyi",),
                direction="visit",
                sent=2,
                received=0,
                place="第一幼儿园",
                lead="业务园长",
                plan=(aim,),
                steps=(steps,),
                record=account,
                summary=(end,),
                photos=("大一班阅读区的借书卡", "与第一幼儿园教师座谈"),
            ),
        ),
    )


@_report("08", "复杂的合并格：左边竖排的栏目名跨几行")
def merged() -> Sent:
    aim = "规范一日生活各环节的保教常规，形成农村园可执行的制度。"
    steps = ("收集两园现有制度23项；", "逐条讨论，能合并的合并，做不到的删去。")
    morning = "上午：西苑幼儿园园长介绍本园教研、安全、档案三项制度是怎样落实的，千字童幼儿园教师对照自己的制度找差距。"
    noon = "下午：两园中层分三个组修改制度，形成《千字童幼儿园保教常规十条》初稿。"
    end = ("制度少了，能做到了。", "请西苑幼儿园十二月来看执行情况。")
    paper = Paper()
    paper.table(
        ["西苑幼儿园结对帮扶工作记录", LEFT, LEFT, LEFT],
        ["活动主题", "帮助千字童幼儿园健全保教制度", LEFT, LEFT],
        ["时间", "2020年11月18日 星期三", "地点", "千字童幼儿园会议室"],
        ["人员", "派出中层干部4人；千字童园8人", "负责人", "园长"],
        ["方案", "目的", aim, LEFT],
        ["措施", "1", steps[0], LEFT],
        [ABOVE, "2", steps[1], LEFT],
        ["记录", "上午", morning, LEFT],
        [ABOVE, "下午", noon, LEFT],
        ["总结", "收获", end[0], LEFT],
        [ABOVE, "打算", end[1], LEFT],
        ["图片", [Pic(16), "分组修改制度"], LEFT, LEFT],
    )
    return Sent(
        files={"制度建设.docx": paper.data()},
        records=(
            Expect(
                school="xiyuan",
                date="2020-11-18",
                title="帮助千字童幼儿园健全保教制度",
                measure="institution-building",
                partners=("qianzitong",),
                direction="visit",
                sent=4,
                received=0,
                place="千字童幼儿园会议室",
                lead="园长",
                plan=(f"目的：{aim}",),
                steps=(f"1：{steps[0]}", f"2：{steps[1]}"),
                record=(f"上午：{morning}", f"下午：{noon}"),
                summary=(f"收获：{end[0]}", f"打算：{end[1]}"),
                photos=("分组修改制度",),
            ),
        ),
    )


@_report("09", "聊天里转来的一段话，图片另外发，话里写着图 1、图 2")
def chat() -> Sent:
    text = """金果果景隆幼儿园 档案员 2020/5/27 20:13
活动名称：到光彩幼儿园跟岗实践
时间：5月26日
地点：光彩幼儿园
派出骨干教师2名，负责人：教研组长
方案：派两名新教师到光彩幼儿园中班跟岗一天，学习一日活动的组织。
措施：一人跟班级主班老师，一人跟配班老师；每个环节记一条最想学的。
记录：早上7:40到园，跟着老师做晨间接待、早操、集体教学、户外游戏和离园。中午两位老师把疑问写下来，和带教老师聊了四十分钟。
总结：学到了过渡环节用儿歌组织的办法，回园后先在中二班试。

图1：跟岗教师和带教老师一起准备材料
图2：午间交流疑问
"""
    return Sent(
        files={"mmexport1590580000001.jpg": photo(17), "mmexport1590580000002.jpg": photo(18)},
        text=text,
        records=(
            Expect(
                school="jinguoguo",
                date="2020-05-26",
                title="到光彩幼儿园跟岗实践",
                measure="staff-exchange",
                partners=("guangcai",),
                direction="visit",
                sent=2,
                received=0,
                place="光彩幼儿园",
                lead="教研组长",
                plan=("派两名新教师到光彩幼儿园中班跟岗一天，学习一日活动的组织。",),
                steps=("一人跟班级主班老师，一人跟配班老师；每个环节记一条最想学的。",),
                record=(
                    "早上7:40到园，跟着老师做晨间接待、早操、集体教学、户外游戏和离园。中午两位老师把疑问写下来，和带教老师聊了四十分钟。",
                ),
                summary=("学到了过渡环节用儿歌组织的办法，回园后先在中二班试。",),
                photos=("跟岗教师和带教老师一起准备材料", "午间交流疑问"),
            ),
        ),
    )


@_report("10", "记事本存的 GBK 文本，【】作标题，图片按说明起名")
def gbk_text() -> Sent:
    text = """七色果幼儿园结对帮扶材料

【活动主题】师徒结对学习——我跟师傅学说课
【活动时间】2020年12月10日下午
【活动地点】南苑幼儿园
【参与对象】本园3名徒弟（走出去），南苑幼儿园师傅3名
【活动负责】保教主任

【方案】
三对师徒各准备一节说课，徒弟先说，师傅示范，再说一遍。

【措施】
1. 提前两周定课题。
2. 师傅在线上改两次说课稿。

【记录】
下午两点半开始，三位徒弟依次说课。师傅听完，不急着评，先把同一个内容自己说了一遍。徒弟对照着找差别，又各说一遍，第二遍都比第一遍短了三分钟。

【总结】
徒弟知道了说课先说“为什么”。不足是语言还不精炼，下次录像回看。
"""
    return Sent(
        files={
            "结对学习/材料.txt": text.encode("gb18030"),
            "结对学习/1 徒弟说课.jpg": photo(19),
            "结对学习/2 师傅示范说课.jpg": photo(20),
        },
        records=(
            Expect(
                school="qiseguo",
                date="2020-12-10",
                title="师徒结对学习——我跟师傅学说课",
                measure="mentoring",
                partners=("nanyuan",),
                direction="visit",
                sent=3,
                received=0,
                place="南苑幼儿园",
                lead="保教主任",
                plan=("三对师徒各准备一节说课，徒弟先说，师傅示范，再说一遍。",),
                steps=("1. 提前两周定课题。", "2. 师傅在线上改两次说课稿。"),
                record=(
                    "下午两点半开始，三位徒弟依次说课。师傅听完，不急着评，先把同一个内容自己说了一遍。徒弟对照着找差别，又各说一遍，第二遍都比第一遍短了三分钟。",
                ),
                summary=("徒弟知道了说课先说“为什么”。不足是语言还不精炼，下次录像回看。",),
                photos=("徒弟说课", "师傅示范说课"),
            ),
        ),
    )


@_report("11", "繁体简体混着写，标题编号用自动编号")
def mixed_script() -> Sent:
    aim = "帮助巷道镇幼兒園老師學會利用麥草、瓶蓋等廢舊材料製作玩教具。"
    steps = ("准备热熔胶枪6把、剪刀20把；", "每人带来三样废旧材料。")
    account = "南苑幼儿园两位老师先展示了12件玩教具，再手把手教做“麥草龍”和“瓶蓋算盤”。一個上午，巷道镇幼儿园教师做出了21件。"
    end = "玩教具当天就投放到了区域里。下次帶孩子們一起做。"
    paper = Paper()
    paper.title("教學資源支持活動：廢舊材料變玩具")
    paper.lines(
        "活動時間：2020年10月27日",
        "活動地點：巷道镇中心小学辖区内幼儿园",
        "參加人員：南苑幼儿园派出骨干教师2名，巷道镇幼儿园全体教师",
        "負責人：教研主任",
    )
    for number, (name, lines) in enumerate(
        [("活動目標", (aim,)), ("活動準備", steps), ("活動過程", (account,)), ("活動反思", (end,))], 1
    ):
        paper.p(f"{'一二三四'[number - 1]}、{name}", bold=True)
        paper.lines(*lines)
    paper.pictures(Pic(21), text="图一  教師動手做“麥草龍”")
    return Sent(
        files={"南苑玩教具.docx": paper.data()},
        school="nanyuan",
        records=(
            Expect(
                school="nanyuan",
                date="2020-10-27",
                title="教學資源支持活動：廢舊材料變玩具",
                measure="resource-support",
                partners=("xiangdao",),
                direction="visit",
                sent=2,
                received=0,
                place="巷道镇中心小学辖区内幼儿园",
                lead="教研主任",
                plan=(aim,),
                steps=steps,
                record=(account,),
                summary=(end,),
                photos=("教師動手做“麥草龍”",),
            ),
        ),
    )


@_report("12", "日期写作 5月21日（星期四）下午，人数写在话里，附件一行")
def spoken_date() -> Sent:
    aim = "围绕“农村园自然材料的收集与利用”，与帮扶园一起教研，解决材料收来不会用的问题。"
    steps = "会前每位教师拍三张自然材料照片；会上两园教师混合编成三个小组。"
    account = (
        "5月21日（星期四）下午，光彩幼儿园3名骨干教师来到我园，与我园11名教师开展了园本教研活动。",
        "光彩幼儿园教研主任先作了微分享，随后三个小组各选一种材料——石头、玉米秆、沙子，设计出9种玩法。",
        "教研最后，业务园长作了小结。",
    )
    end = "大家说，材料就在身边，缺的是办法。六月份把9种玩法拿到班上试，做成小册子。"
    paper = Paper()
    paper.title("园本教研：农村园自然材料的收集与利用")
    paper.p("时间：5月21日（星期四）下午")
    paper.p("地点：黑泉镇中心小学辖区内幼儿园会议室")
    paper.p("主持：业务园长")
    paper.p("参加：两园教师共14人，其中来园骨干教师3人")
    paper.p("一、教研目的", bold=True)
    paper.p(aim)
    paper.p("二、教研准备", bold=True)
    paper.p(steps)
    paper.p("三、教研过程", bold=True)
    paper.lines(*account)
    paper.p("四、教研效果", bold=True)
    paper.p(end)
    paper.p("附件：1.签到表  2.教研记录原件")
    paper.p("黑泉镇中心小学辖区内幼儿园", right=True)
    paper.p("二〇二〇年五月二十五日", right=True)
    return Sent(
        files={"教研.docx": paper.data()},
        records=(
            Expect(
                school="heiquan",
                date="2020-05-21",
                title="园本教研：农村园自然材料的收集与利用",
                measure="joint-research",
                partners=("guangcai",),
                direction="host",
                sent=0,
                received=3,
                place="黑泉镇中心小学辖区内幼儿园会议室",
                attendance=14,
                lead="业务园长",
                plan=(aim,),
                steps=(steps,),
                record=account,
                summary=(end,),
            ),
        ),
        unplaced=("附件：1.签到表",),
    )


@_report("13", "一份文件里有两次活动，各一张表")
def two_activities() -> Sent:
    paper = Paper()
    paper.title("东苑幼儿园五月份结对帮扶活动材料")
    expects = []
    for number, (title, measure, day, partner, partner_name, direction, place, people, sent, received) in enumerate(
        [
            ("宣化镇教师来园观摩中班区域活动", "area-observation", 12, "xuanhua", "宣化镇幼儿园", "host",
             "东苑幼儿园", "接待宣化镇骨干教师2人", 0, 2),
            ("到金太阳幼儿园指导环境创设", "environment-guidance", 20, "jintaiyang", "金太阳幼儿园", "visit",
             "金太阳幼儿园", "派出骨干教师2人", 2, 0),
        ]
    ):  # fmt: skip
        texts = [
            f"为落实五月份帮扶计划，与{partner_name}开展第{number + 1}次活动。",
            f"与{partner_name}提前沟通，列出问题清单{number + 3}条。",
            f"5月{day}日上午，两园教师按问题清单逐条看、逐条议，{'重点看了美工区' if direction == 'host' else '重点改了楼梯间和门厅'}。",
            f"问题清单解决了{number + 2}条，其余的下月继续。",
        ]
        paper.table(
            ["活动名称", title, LEFT, LEFT],
            ["时间", f"2020年5月{day}日", "地点", place],
            ["对方园", partner_name, "人员", people],
            ["方案", texts[0], LEFT, LEFT],
            ["措施", texts[1], LEFT, LEFT],
            ["记录", texts[2], LEFT, LEFT],
            ["总结", texts[3], LEFT, LEFT],
            ["图片", [Pic(22 + number), f"{partner_name}活动现场"], LEFT, LEFT],
        )
        paper.p()
        expects.append(
            Expect(
                school="dongyuan",
                date=f"2020-05-{day}",
                title=title,
                measure=measure,
                partners=(partner,),
                direction=direction,
                sent=sent,
                received=received,
                grades=("中班",) if number == 0 else (),
                place=place,
                plan=(texts[0],),
                steps=(texts[1],),
                record=(texts[2],),
                summary=(texts[3],),
                photos=(f"{partner_name}活动现场",),
            )
        )
    return Sent(files={"东苑五月材料.docx": paper.data()}, records=tuple(expects))


@_report("14", "负责人写了姓名，帮扶内容说不清，总结没有写")
def unclear() -> Sent:
    aim = "为了提高我园教师的业务能力，组织教师到西苑幼儿园学习。"
    steps = "园长带队，全体教师分两批参加。"
    account = "上午参观了西苑幼儿园的环境，听了一节大班语言课，下午参加了他们的教研活动。"
    paper = Paper()
    paper.title("合黎镇中心幼儿园外出学习活动记录")
    paper.lines("时间：2020年6月16日", "地点：西苑幼儿园", "负责人：文加丰", "参加人员：本园教师7人")
    paper.lines("1.活动方案", aim, "2.活动措施", steps, "3.活动记录", account, "4.活动总结")
    paper.pictures(Pic(24))
    return Sent(
        files={"合黎外出学习.docx": paper.data()},
        records=(
            Expect(
                school="heli",
                date="2020-06-16",
                title="合黎镇中心幼儿园外出学习活动记录",
                partners=("xiyuan",),
                direction="visit",
                sent=7,
                received=0,
                place="西苑幼儿园",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                photos=("",),
            ),
        ),
        unplaced=("文加丰",),
    )


@_report("15", "方案、记录、总结各一个文件，放在一个文件夹里，照片另放")
def several_files() -> Sent:
    aim = (
        "为使家长了解幼小衔接，转变“提前学小学内容”的观念，特制定本方案。",
        "计划请第一幼儿园园长作一次讲座，再请家长进班看半日活动。",
    )
    steps = ("1.发放问卷，了解家长最关心的问题。", "2.讲座安排在农闲的下午。")
    account = (
        "9月10日下午，新坝镇幼儿园大班家长58人来到幼儿园。",
        "第一幼儿园园长以《入学准备准备什么》为题作了讲座，第一幼儿园2名骨干教师还带着家长做了三个亲子游戏。",
    )
    end = ("家长会后留下来问问题的有二十多人，说明讲到了他们心里。", "建议以后每学期开学都讲一次。")
    plan, log, summary = Paper(), Paper(), Paper()
    plan.title("家园共育活动方案")
    plan.lines(
        "活动主题：入学准备准备什么",
        "活动时间：2020年9月10日下午3:00",
        "活动地点：新坝镇中心小学辖区内幼儿园大班活动室",
        "负责人：保教主任",
    )
    plan.lines("一、活动目的", *aim, "二、活动措施", *steps)
    log.title("家园共育活动记录")
    log.lines("时间：2020年9月10日", *account)
    summary.title("家园共育活动总结")
    summary.lines(*end)
    return Sent(
        files={
            "家园共育0910/方案.docx": plan.data(),
            "家园共育0910/活动记录.docx": log.data(),
            "家园共育0910/活动总结.docx": summary.data(),
            "家园共育0910/照片/讲座现场.jpg": photo(25),
            "家园共育0910/照片/亲子游戏.jpg": photo(26),
        },
        school="xinba",
        records=(
            Expect(
                school="xinba",
                date="2020-09-10",
                title="入学准备准备什么",
                measure="home-coeducation",
                partners=("diyi",),
                direction="host",
                sent=0,
                received=2,
                grades=("大班",),
                place="新坝镇中心小学辖区内幼儿园大班活动室",
                lead="保教主任",
                plan=aim,
                steps=steps,
                record=account,
                summary=end,
                photos=("讲座现场", "亲子游戏"),
            ),
        ),
    )
