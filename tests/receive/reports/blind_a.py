"""Set A: sixteen reports, their truth by a person's reading. A line that begins with ？ in a part is a small heading
that may stay or go (both are right).
"""

from __future__ import annotations

from tests.receive.reports.blind_paper import Extra, Sheet, old_doc
from tests.receive.reports.paper import ABOVE, LEFT, Pic, deleted, inserted, photo, run
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
report = _SHELF.report
EXTRA = Extra()


@report("A01", "送教下乡记录表：时　间、地　点、主　讲（姓名）、参与对象，图在格里，图注在下")
def a01() -> Sent:
    aim = "1.通过小班科学活动《好玩的磁铁》的现场教学，让巷道镇幼儿园的教师看到“做中学”的课是怎么上的。\n2.课后一起评课，解决农村园“教师讲得多、孩子做得少”的问题。"
    ready = "磁铁每人一块、回形针、木块、塑料瓶盖等材料20份；课件；评课记录单。"
    course = (
        "9:30 张老师执教小班科学活动《好玩的磁铁》，以“小猫钓鱼”的游戏引入，孩子们自己动手试，把能吸住的和不能吸住的分在两个筐里。",
        "10:10 两园教师到二楼会议室评课。巷道镇幼儿园的教师说，同样的课自己上过，都是老师演示，孩子看，今天才知道材料要给到每个孩子手里。",
        "11:00 我园教师又帮助她们把本学期的科学活动目录过了一遍，圈出六节适合用身边材料上的课。",
    )
    think = "孩子们玩得投入，课堂常规稍乱，收材料的环节还要再细化。送教不能只送一节课，下个月我们再来看她们自己上。"
    paper = Sheet()
    paper.title("南苑幼儿园送教下乡活动记录表")
    paper.table(
        ["活动内容", "小班科学活动《好玩的磁铁》示范课", "时　间", "2020.9.16上午"],
        ["地　点", "巷道镇中心小学辖区内幼儿园小一班", "主　讲", "张晓燕"],
        ["参与对象", "我园派出3名骨干教师，巷道镇幼儿园教师8名", LEFT, LEFT],
        ["活动目标", aim, LEFT, LEFT],
        ["活动准备", ready, LEFT, LEFT],
        ["活动过程", "\n".join(course), LEFT, LEFT],
        ["活动反思", think, LEFT, LEFT],
        ["活动照片", [Pic(11), "孩子们用磁铁“钓鱼”"], [Pic(12), "课后评课"], LEFT],
    )
    EXTRA.teachers["A01"] = ("张晓燕",)
    return Sent(
        files={"9月送教（巷道）.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan", date="2020-09-16", title="小班科学活动《好玩的磁铁》示范课", measure="demonstration-lesson",
                partners=("xiangdao",), direction="visit", sent=3, received=0, grades=("小班",),
                place="巷道镇中心小学辖区内幼儿园小一班", plan=tuple(aim.split("\n")), steps=(ready,), record=course, summary=(think,),
                photos=("孩子们用磁铁“钓鱼”", "课后评课"),
            ),
        ),
        unplaced=("张晓燕",),
    )  # fmt: skip


@report("A02", "简报：报头、期号、编发日期；导语里有日期地点；加粗小标题自成一行；抄报抄送")
def a02() -> Sent:
    lead = "为进一步发挥省级示范园的示范引领作用，帮助金太阳幼儿园规范园本教研，10月27日下午，东苑幼儿园教研团队一行5人走进金太阳幼儿园，在该园多功能厅开展了以“中班户外自主游戏中教师的观察与指导”为主题的联合教研活动。金太阳幼儿园全体教师21人参加。"
    one = "教研活动前，东苑幼儿园教研组先后两次与金太阳幼儿园电话沟通，收集教师在组织户外游戏中的困惑17条，归并为“看什么、怎么记、何时介入”三个问题，并拍摄了三段游戏视频作为研讨材料。"
    two = (
        "活动分三步进行。第一步看视频，教师们分组观看《滚筒上的挑战》等三段视频，在观察记录表上写下自己看到的；第二步议问题，三个小组围绕“这时候老师该不该上前”展开讨论，两种意见争得面红耳赤；第三步拿办法，东苑幼儿园教研主任结合《指南》作了梳理，提出“先看三分钟、再想一分钟、最后决定动不动”的建议。",
        "活动最后，金太阳幼儿园园长表示，这样的教研接地气，老师们听得懂、用得上。",
    )
    three = "本次联合教研以问题为导向，改变了以往“一人讲、众人听”的教研方式，两园教师都有收获。下一步，东苑幼儿园将在11月份跟进一次，看观察记录表的使用情况。"
    paper = Sheet()
    paper.p("结对帮扶工作简报", bold=True, centre=True)
    paper.p("第 6 期", centre=True)
    paper.p("高台县东苑幼儿园编　　　　　　　　　　2020年10月30日")
    paper.p()
    paper.title("聚焦户外游戏  联研共促成长")
    paper.p("　　" + lead)
    paper.p("精心准备，找准真问题", bold=True)
    paper.p("　　" + one)
    paper.p("三步教研，研出真办法", bold=True)
    paper.p("　　" + two[0])
    paper.pictures(Pic(13), Pic(14))
    paper.p("（左：分组观看视频　右：小组讨论）", centre=True)
    paper.p("　　" + two[1])
    paper.p("立足实效，促进真成长", bold=True)
    paper.p("　　" + three)
    paper.p("报：县教育局基教股")
    paper.p("送：各结对幼儿园　　　　　　　　　　（共印15份）")
    return Sent(
        files={"简报第6期.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan", date="2020-10-27", title="聚焦户外游戏 联研共促成长", measure="joint-research",
                partners=("jintaiyang",), direction="visit", sent=5, received=0, grades=("中班",), place="金太阳幼儿园多功能厅",
                plan=(lead,), steps=("？精心准备，找准真问题", one),
                record=("？三步教研，研出真办法", *two), summary=("？立足实效，促进真成长", three),
                photos=("分组观看视频", "小组讨论"),
            ),
        ),
        unplaced=("第 6 期", "报：县教育局基教股", "共印15份"),
    )  # fmt: skip


@report("A03", "方案措施记录总结四个标题用自动编号，条目（1）（2）也是自动编号，图在段间，图注在下")
def a03() -> Sent:
    aim = "罗城镇幼儿园地处偏远，走廊墙面单调，区角数量少。本次活动计划用一天时间，帮助该园完成中、大班走廊和两个区角的改造。"
    steps = (
        "选派擅长美工的骨干教师2名前往，出发前与对方园长视频看现场；",
        "自带麻绳、牛皮纸、丙烯颜料，其余材料就地取材；",
        "边做边教，让对方教师做主角。",
    )
    account = (
        "11月5日上午9点，帮扶教师到达罗城镇幼儿园，先和班主任一起清理墙面，取下了塑料花和破损的卡通贴画。",
        "随后用孩子们捡来的胡杨叶、芦苇做成“秋天的黑河”主题墙，高度降到孩子伸手能摸到的地方。",
        "下午在大班教室新开了“罗城面馆”角色区，锅灶是纸箱糊的，面条是孩子们剪的毛线。下午4点半收工。",
    )
    end = "一天下来，走廊和教室变了样，教师们也知道了环境不是给大人看的。不足之处是中班区角没有来得及动手，约定12月初再来。"
    paper = Sheet()
    paper.title("光彩幼儿园赴罗城镇幼儿园环境创设指导活动")
    paper.p("二○二○年十一月五日", centre=True)
    heads, points = paper.define("chineseCounting", "%1、"), paper.define("decimal", "（%1）")
    paper.numbered(heads, "活动方案", bold=True)
    paper.p(aim)
    paper.numbered(heads, "活动措施", bold=True)
    paper.numbered(points, *steps)
    paper.numbered(heads, "活动记录", bold=True)
    paper.p(account[0])
    paper.pictures(Pic(15))
    paper.p("图1 取下旧墙饰", centre=True)
    paper.p(account[1])
    paper.pictures(Pic(16))
    paper.p("图2 胡杨叶做的主题墙", centre=True)
    paper.p(account[2])
    paper.pictures(Pic(17))
    paper.p("图3 大班“罗城面馆”", centre=True)
    paper.numbered(heads, "活动总结", bold=True)
    paper.p(end)
    return Sent(
        files={"光彩-罗城环创.docx": paper.data()},
        records=(
            Expect(
                school="guangcai", date="2020-11-05", title="光彩幼儿园赴罗城镇幼儿园环境创设指导活动", measure="environment-guidance",
                partners=("luocheng",), direction="visit", sent=2, received=0, grades=("大班", "中班"), place="？罗城镇幼儿园", plan=(aim,),
                steps=tuple(f"（{n}）{each}" for n, each in enumerate(steps, 1)), record=account, summary=(end,),
                photos=("取下旧墙饰", "胡杨叶做的主题墙", "大班“罗城面馆”"),
            ),
        ),
    )  # fmt: skip


@report("A04", "没有标题，四段心得，被帮扶园口气，日期没有年份，写到几天")
def a04() -> Sent:
    one = "为了学习先进的教育理念，提高我园教师的业务水平，根据结对帮扶工作安排，我园选派2名青年教师于5月14日至15日到南苑幼儿园进行了为期两天的跟岗学习。"
    two = (
        "出发之前，园长专门开了一个短会，要求我们带着问题去，每人至少写两篇学习笔记，回来后给全体教师讲一讲。"
    )
    three = (
        "第一天，我们跟着南苑幼儿园中二班的老师，从晨间接待、早操、区域活动到午餐午睡，一个环节也没有落下。最让我们惊讶的是，孩子们自己摆碗筷、自己擦桌子，老师几乎不用提醒。",
        "第二天上午，我们听了一节大班数学课，参加了年级组教研。下午，带教老师手把手教我们写观察记录，还把她们用的表格发给了我们。",
    )
    four = "短短两天，收获满满。我们深深感到，常规不是管出来的，是一点一点养成的。回园后，我们要从“值日生”做起，把学到的用起来。感谢南苑幼儿园领导和老师的无私帮助！"
    paper = Sheet()
    paper.title("学无止境  行以致远——跟岗学习心得")
    paper.p("骆驼城镇中心小学辖区内幼儿园", centre=True)
    paper.p("　　" + one)
    paper.p("　　" + two)
    paper.p("　　" + three[0])
    paper.pictures(Pic(18))
    paper.p("　　" + three[1])
    paper.pictures(Pic(19))
    paper.p("　　" + four)
    return Sent(
        files={"跟岗学习.docx": paper.data()},
        records=(
            Expect(
                school="luotuocheng", date="2020-05-14", title="学无止境 行以致远——跟岗学习心得", measure="staff-exchange",
                partners=("nanyuan",), direction="visit", sent=2, received=0, grades=("中班", "大班"), place="？南苑幼儿园", plan=(one,), steps=(two,), record=three,
                summary=(four,), photos=("", ""),
            ),
        ),
    )  # fmt: skip


@report("A05", "微信群里发的一段，“本周四”，表情，三张图分开存，末尾说图是什么")
def a05() -> Sent:
    text = """蕾梦幼儿园 李园长
2020年9月18日 20:41

各位领导好，把我们园这个月的活动报一下🙏
本周四上午，第一幼儿园的两位骨干老师来我们园指导区域活动啦🎉🎉
先是看了大班和小班的区角，老师们指出美工区材料堆得太满、娃娃家没有隔断。接着大家一起动手，把小班娃娃家挪到了窗边，用布帘隔出了卧室和厨房。
中午两位老师没顾上吃饭，又给我们全园14名教师讲了半个小时“材料怎么投放”🌹
收获特别大！我们打算下周先把美工区的材料减一半，分三层摆，月底请第一幼儿园的老师再来看看。
图片依次是：1看区角 2改造娃娃家 3讲材料投放
"""
    one = "本周四上午，第一幼儿园的两位骨干老师来我们园指导区域活动啦🎉🎉"
    two = "先是看了大班和小班的区角，老师们指出美工区材料堆得太满、娃娃家没有隔断。接着大家一起动手，把小班娃娃家挪到了窗边，用布帘隔出了卧室和厨房。"
    three = "中午两位老师没顾上吃饭，又给我们全园14名教师讲了半个小时“材料怎么投放”🌹"
    four = "收获特别大！我们打算下周先把美工区的材料减一半，分三层摆，月底请第一幼儿园的老师再来看看。"
    return Sent(
        files={f"微信图片_2020091820395{n}.jpg": photo(20 + n) for n in (1, 2, 3)},
        text=text,
        records=(
            Expect(
                school="leimeng", date="2020-09-17", measure="environment-guidance", partners=("diyi",), direction="host", sent=0, received=2,
                grades=("大班", "小班"), place="？蕾梦幼儿园", record=(one, two, three), summary=(four,),
                photos=("看区角", "改造娃娃家", "讲材料投放"),
            ),
        ),
        unplaced=("各位领导好",),
    )  # fmt: skip


@report("A06", "一份文件两次活动，“活动一”“活动二”作标题，前面有月份的总题和总的一段")
def a06() -> Sent:
    paper = Sheet()
    paper.title("西苑幼儿园2020年10月份结对帮扶活动资料")
    whole = "10月份，我园按照年初帮扶工作计划，与合黎镇中心幼儿园、千字童幼儿园开展帮扶活动两次，现将资料整理如下："
    paper.p(whole)
    data = (
        ("活动一：合黎镇中心幼儿园教师来园观摩区域活动", "2020年10月13日", "西苑幼儿园中三班",
         "合黎镇中心幼儿园教师6人，我园中班组教师4人", "保教主任",
         ("让合黎镇中心幼儿园教师实地看区域活动如何开展，学习进区规则的建立。",),
         ("中班年级组提前布置区域，制作进区卡；准备观摩记录表10份。",),
         ("上午九点，合黎镇中心幼儿园6名教师进入中三班，观摩孩子们选区、插卡、游戏、收拾整理的全过程。", "十点半，大家围坐在一起交流，保教主任回答了关于进区规则的提问。"),
         ("来访教师表示进区卡简单好用，回园马上做。我们也发现，分享环节时间不够，需要调整作息。",),
         ("插进区卡", "观摩后交流")),
        ("活动二：到千字童幼儿园开展家长讲座", "2020年10月22日晚7:00", "千字童幼儿园大厅",
         "我园选派2名教师，千字童幼儿园家长60余人", "副园长",
         ("帮助千字童幼儿园家长了解幼儿期阅读的重要性，掌握亲子阅读的方法。",),
         ("选好讲座题目《每天十五分钟，陪孩子读书》；带去绘本30本供家长翻阅。",),
         ("讲座从一本《猜猜我有多爱你》开始，讲了选书、读书、聊书三个办法，家长当场两两练习。", "讲座后有七位家长留下来问问题，一直到九点才散。"),
         ("家长参与热情高。今后要多考虑爷爷奶奶带孩子的家庭，讲得再通俗一些。",),
         ("家长讲座现场",)),
    )  # fmt: skip
    expects = []
    for n, (title, day, place, people, lead, aim, ready, course, think, captions) in enumerate(data):
        paper.p(title, bold=True)
        paper.lines(f"时间：{day}", f"地点：{place}", f"参加人员：{people}", f"主持人：{lead}")
        for name, texts in (
            ("一、活动目的", aim),
            ("二、活动准备", ready),
            ("三、活动过程", course),
            ("四、活动效果与反思", think),
        ):
            paper.p(name, bold=True)
            paper.lines(*texts)
        for k, caption in enumerate(captions):
            paper.pictures(Pic(24 + 2 * n + k))
            paper.p(caption, centre=True)
        expects.append(
            Expect(
                school="xiyuan", date=("2020-10-13", "2020-10-22")[n], title=title.partition("：")[2],
                measure=("area-observation", "home-coeducation")[n], partners=(("heli",), ("qianzitong",))[n],
                direction=("host", "visit")[n], sent=(0, 2)[n], received=(6, 0)[n], grades=(("中班",), ())[n], place=place, lead=lead,
                attendance=None, plan=aim, steps=ready, record=course, summary=think, photos=captions,
            )
        )  # fmt: skip
    paper.p("高台县西苑幼儿园", right=True)
    paper.p("2020年10月28日", right=True)
    return Sent(
        files={"西苑10月资料.docx": paper.data()}, records=tuple(expects), unplaced=(whole, "2020年10月28日")
    )


@report("A07", "修订没有接受：日期、人数改过，删去一段，插入一段；标题行内带冒号")
def a07() -> Sent:
    aim = "帮助黑泉镇幼儿园修订一日生活作息和周计划，克服小学化倾向。"
    new = "针对黑泉镇幼儿园混龄班的情况，另附一份混龄班作息样表。"
    steps = "业务园长带领2名年级组长前往；提前收集该园现行作息表、周计划各一份。"
    account = "双方对照《指南》逐条看作息表，把上午两节集体课改为一节，户外活动由40分钟增加到两个小时；再按主题排出了四周的周计划。"
    end = "作息调整后，孩子玩的时间多了。个别教师担心家长有意见，需要园里做好解释。"
    paper = Sheet()
    paper.xml(run("保教计划指导活动") + deleted("方案") + inserted("记录"), '<w:jc w:val="center"/>')
    paper.xml(run("活动时间：2020年6月") + deleted("9") + inserted("16") + run("日"))
    paper.xml(run("活动地点：黑泉镇中心小学辖区内幼儿园"))
    paper.xml(
        run("参加人员：光彩幼儿园派出教师")
        + deleted("2")
        + inserted("3")
        + run("人，黑泉镇幼儿园园长及教师")
        + run("7人")
    )
    paper.xml(run("带队：") + deleted("教研主任") + inserted("业务园长"))
    paper.xml(run("活动目的：", "<w:b/>") + run(aim))
    paper.xml(inserted(new))
    paper.xml(run("具体措施：", "<w:b/>") + run(steps))
    paper.xml(run("活动过程：", "<w:b/>") + run(account))
    paper.xml(deleted("中午在镇上用餐后返回。"))
    paper.xml(run("活动小结：", "<w:b/>") + run(end))
    paper.pictures(Pic(30))
    paper.p("逐条讨论作息表")
    return Sent(
        files={"保教计划指导（改）.docx": paper.data()},
        records=(
            Expect(
                school="guangcai", date="2020-06-16", title="保教计划指导活动记录", measure="planning-guidance", partners=("heiquan",),
                direction="visit", sent=3, received=0, place="黑泉镇中心小学辖区内幼儿园", lead="业务园长", plan=(aim, new),
                steps=(steps,), record=(account,), summary=(end,), photos=("逐条讨论作息表",),
            ),
        ),
        unplaced=("中午在镇上用餐后返回",),
    )  # fmt: skip


@report("A08", "艺术字一样的标题和图注都在文本框里，图浮动，正文用（一）（二）")
def a08() -> Sent:
    aim = "为落实结对帮扶计划，帮助新坝镇中心小学辖区内幼儿园教师提高半日活动的组织能力，特开展本次大班半日活动展示。"
    steps = "大班组集体备课两次；半日活动流程提前印发给来园教师；安排专人引导。"
    account = (
        "4月23日早上8点，新坝镇幼儿园的5名教师来到我园，全程观摩了大一班从入园到午餐的半日活动。",
        "11点40分，大家在会议室座谈，带班教师讲了每个环节的用意，新坝镇的教师重点问了过渡环节。",
    )
    end = "半日活动展示比单看一节课更解渴。考虑到新坝镇路远，下次把时间定在周五，便于教师返程。"
    paper = Sheet()
    paper.text_box("走进半日活动  共享教育智慧")
    paper.p("活动日期：2020年4月23日")
    paper.p("活动地点：第一幼儿园大一班")
    paper.p("（一）活动意图", bold=True)
    paper.p(aim)
    paper.p("（二）活动准备", bold=True)
    paper.p(steps)
    paper.p("（三）活动实录", bold=True)
    paper.p(account[0])
    paper.floating(31)
    paper.text_box("观摩晨间锻炼")
    paper.p(account[1])
    paper.floating(32)
    paper.text_box("座谈交流")
    paper.p("（四）活动感悟", bold=True)
    paper.p(end)
    paper.foot("高台县第一幼儿园")
    return Sent(
        files={"第一幼儿园半日活动展示.docx": paper.data()},
        records=(
            Expect(
                school="diyi", date="2020-04-23", title="走进半日活动 共享教育智慧", measure=None, partners=("xinba",),
                direction="host", sent=0, received=5, grades=("大班",), place="第一幼儿园大一班", plan=(aim,), steps=(steps,),
                record=account, summary=(end,), photos=("观摩晨间锻炼", "座谈交流"),
            ),
        ),
    )  # fmt: skip


@report("A09", "表格：左边竖写“活动情况”跨几行，第二栏才是栏目；被帮扶园外出观摩；图片表另起")
def a09() -> Sent:
    aim = "学习东苑幼儿园区域活动的环境布置、材料投放和教师的观察指导。"
    ready = "教师自带笔记本，分小、中、大三个组，每组列出三个问题。"
    course = "上午8:40到达东苑幼儿园，在园领导的带领下参观了各班环境。9:20分组进班观摩，小班组看了“娃娃家”，中班组看了“泥工坊”，大班组看了“高台小吃街”。10:30集中交流，东苑幼儿园的老师一一作了解答。"
    gain = "教师们开阔了眼界，知道了低结构材料的价值。每人写出观摩心得一篇。"
    lack = "我园活动室面积小，不能照搬，需要想办法利用走廊和楼梯间。"
    paper = Sheet()
    paper.title("金太阳幼儿园教师外出学习情况登记表")
    paper.table(
        ["学习主题", "观摩东苑幼儿园区域活动", LEFT, "日期", "2020年5月21日"],
        ["学习地点", "东苑幼儿园", LEFT, "外出人数", "9人"],
        ["负责人", "教学副园长", LEFT, "形式", "实地观摩"],
        ["活\n动\n情\n况", "目的", aim, LEFT, LEFT],
        [ABOVE, "准备", ready, LEFT, LEFT],
        [ABOVE, "经过", course, LEFT, LEFT],
        [ABOVE, "收获", gain, LEFT, LEFT],
        [ABOVE, "不足", lack, LEFT, LEFT],
        ["园长意见", "", LEFT, LEFT, LEFT],
    )
    paper.p()
    paper.table([Pic(33), Pic(34), Pic(35)], ["看“泥工坊”", "看“高台小吃街”", "集中交流"])
    return Sent(
        files={"外出学习登记表.docx": paper.data()},
        records=(
            Expect(
                school="jintaiyang", date="2020-05-21", title="观摩东苑幼儿园区域活动", measure="area-observation", partners=("dongyuan",),
                direction="visit", sent=9, received=0, grades=("小班", "中班", "大班"), place="东苑幼儿园", lead="教学副园长", plan=(aim,),
                steps=(ready,), record=(course,), summary=("？收获", gain, "？不足", lack), photos=("看“泥工坊”", "看“高台小吃街”", "集中交流"),
            ),
        ),
    )  # fmt: skip


@report("A10", "困境幼儿关爱：受助幼儿姓名、家境、电话写在一张小表里；正文只说三户；带队写了姓名加职务")
def a10() -> Sent:
    aim = "关爱宣化镇幼儿园的困境幼儿，让他们感受到社会大家庭的温暖，促进身心健康成长。"
    steps = (
        "宣化镇幼儿园摸底，确定走访对象三户；",
        "我园师生自愿捐赠，共收到图书86册、衣物23件、文具15套；",
        "分工到人，注意保护孩子的自尊心，不当着孩子的面发放。",
    )
    account = (
        "12月10日下午，东苑幼儿园党支部组织4名党员教师，会同宣化镇幼儿园教师，带着全园师生的心意走访了三户家庭。",
        "每到一户，教师们都和家长拉家常，问孩子的吃饭、睡觉和喜欢玩什么，陪孩子搭了一会儿积木，临走时把物品交给家长。",
    )
    end = "走访让我们看到了孩子身后的家庭。今后每学期至少走访两次，并安排教师与孩子结对，每月通一次视频。"
    paper = Sheet()
    paper.title("“冬日送温暖  爱心伴成长”关爱困境幼儿活动")
    paper.lines("活动时间：2020-12-10", "走访地点：宣化镇贞号村、乐善村", "带队：裴华（园长）")
    paper.p("活动方案", bold=True)
    paper.p(aim)
    paper.p("活动措施", bold=True)
    paper.lines(*(f"{n}.{each}" for n, each in enumerate(steps, 1)))
    paper.p("受助幼儿名单", bold=True)
    paper.table(
        ["序号", "姓名", "班级", "家庭情况", "联系电话"],
        ["1", "殷子轩", "大班", "单亲", "13893600001"],
        ["2", "葛雨桐", "中班", "父母外出务工", "13893600002"],
        ["3", "殷梓涵", "小班", "父亲残疾", "13893600003"],
    )
    paper.p("活动记录", bold=True)
    paper.lines(*account)
    paper.pictures(Pic(36))
    paper.p("▲ 整理捐赠的图书")
    paper.p("活动总结", bold=True)
    paper.p(end)
    EXTRA.children["A10"] = ("殷子轩", "葛雨桐", "殷梓涵", "13893600001")
    EXTRA.teachers["A10"] = ("裴华",)
    return Sent(
        files={"东苑关爱.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan", date="2020-12-10", title="“冬日送温暖 爱心伴成长”关爱困境幼儿活动", measure="hardship-care",
                partners=("xuanhua",), direction="visit", sent=4, received=0, place="宣化镇贞号村、乐善村", lead="园长", plan=(aim,),
                steps=tuple(f"{n}.{each}" for n, each in enumerate(steps, 1)), record=account, summary=(end,),
                photos=("整理捐赠的图书",),
            ),
        ),
        unplaced=("殷子轩", "父亲残疾"),
    )  # fmt: skip


@report("A11", "很长：教学开放日，一、（一）1.三级，日程小表，四种成效，问题和打算")
def a11() -> Sent:
    back = (
        "根据县教育局《2020年幼儿园结对帮扶工作实施方案》的安排，结合我园春学期帮扶计划，经与骆驼城镇、巷道镇幼儿园及七色果幼儿园商定，我园于6月4日举办结对帮扶教学开放日。",
        "本次开放日以“把课堂还给孩子”为主题，意在通过大、中、小班各一节示范课，引导结对园教师转变教育观念，提高集体教学活动的有效性。",
    )
    group = "园长任组长，业务园长任副组长，保教处具体负责，后勤处负责接待和午餐，三个年级组各出一节课。"
    make = (
        "1.四月下旬，各年级组报选题，业务园长审定。",
        "2.五月份，执教教师试教三次，同组教师听课后逐句修改教案。",
        "3.五月二十八日，把活动设计发到结对园教师群，请大家带着问题来。",
    )
    safe = "来园教师测温、登记、戴口罩，听课座位间隔一米；保健医生全程值守。"
    lessons = (
        "1.小班语言活动《小兔乖乖》。执教教师用手偶把故事演了出来，孩子们争着当“兔宝宝”，在一问一答中学会了“不认识的人不开门”。活动最后，孩子们自己定了“三不开”的约定。",
        "2.中班音乐活动《高台黄河水车》。孩子们用身体动作表现水车的转动，由慢到快，又由快到慢，教师始终没有示范固定动作，每个孩子的水车都不一样。",
        "3.大班数学活动《小小快递员》。孩子们按门牌号给“住户”送快递，在游戏中理解了单双数和楼层的关系。送错了的孩子不着急，自己对照地图找原因。",
    )
    review = (
        "示范课结束后，三个年级组分别在三间教室评课。执教教师先说设计意图和遗憾，听课教师再说“我看到的一个亮点、我想改的一处”。",
        "小班组的焦点是“故事要不要讲完整”；中班组的焦点是“动作乱了怎么办”；大班组讨论了材料成本，七色果幼儿园的教师提出用鞋盒代替快递柜，得到大家一致赞成。",
    )
    lecture = "下午，业务园长作了题为《集体教学活动中的有效提问》的微讲座，列举了二十个课堂上的真实提问，请大家判断哪些是“真问题”。"
    effect = (
        "1.转变了观念。教师们亲眼看到，少讲一点，孩子反而学得多一点。",
        "2.搭建了平台。四所幼儿园的教师第一次坐在一起评课，话题具体，不说空话。",
        "3.锻炼了队伍。我园三位执教教师都是入职三年以内的青年教师。",
        "4.形成了资源。三节课的活动设计、课件和录像已刻盘送给结对园。",
    )
    problem = "一是时间安排过满，评课环节有些匆忙；二是结对园教师发言不够主动，还是“听”得多、“说”得少；三是农村园班额、材料与我园差别较大，有的做法不能直接照搬。"
    after = "九月份，请结对园的教师来上“同课异构”，我园教师去听；建立线上备课群，每月共备一节课；针对农村园混龄编班的实际，专门研究一次混龄教学。"
    paper = Sheet()
    paper.head("高台县南苑幼儿园结对帮扶工作档案")
    paper.title("把课堂还给孩子")
    paper.p("——南苑幼儿园2020年春学期结对帮扶教学开放日", centre=True)
    paper.p("一、活动背景", bold=True)
    paper.lines(*back)
    paper.p("二、组织准备", bold=True)
    paper.p("（一）成立小组，明确分工")
    paper.p(group)
    paper.p("（二）反复打磨，备好课")
    paper.lines(*make)
    paper.p("（三）落实防疫要求")
    paper.p(safe)
    paper.p("三、活动实施", bold=True)
    paper.p("开放日当天，来自骆驼城镇、巷道镇幼儿园和七色果幼儿园的23名教师参加了活动，日程如下：")
    paper.table(
        ["时间", "内容", "地点"],
        ["9:00—10:40", "示范课", "各年级活动室"],
        ["10:50—11:40", "分组评课", "各年级活动室"],
        ["14:30—15:30", "微讲座", "多功能厅"],
    )
    paper.p("（一）示范课")
    for n, lesson in enumerate(lessons):
        paper.p(lesson)
        paper.pictures(Pic(37 + n))
        paper.p(("小班《小兔乖乖》", "中班《高台黄河水车》", "大班《小小快递员》")[n], centre=True)
    paper.p("（二）分组评课")
    paper.lines(*review)
    paper.p("（三）微讲座")
    paper.p(lecture)
    paper.p("四、活动成效", bold=True)
    paper.lines(*effect)
    paper.p("五、存在的问题", bold=True)
    paper.p(problem)
    paper.p("六、今后努力的方向", bold=True)
    paper.p(after)
    paper.p("南苑幼儿园", right=True)
    paper.p("二〇二〇年六月八日", right=True)
    return Sent(
        files={"教学开放日总结（定稿）.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan", date="2020-06-04", title="把课堂还给孩子——南苑幼儿园2020年春学期结对帮扶教学开放日",
                measure="demonstration-lesson", partners=("luotuocheng", "xiangdao", "qiseguo"), direction="host", sent=0, received=23,
                grades=("大班", "中班", "小班"), plan=back,
                steps=("？（一）成立小组，明确分工", group, "？（二）反复打磨，备好课", *make, "？（三）落实防疫要求", safe),
                record=(
                    "开放日当天，来自骆驼城镇、巷道镇幼儿园和七色果幼儿园的23名教师参加了活动，日程如下：",
                    "时间内容地点9:00—10:40示范课各年级活动室10:50—11:40分组评课各年级活动室14:30—15:30微讲座多功能厅",
                    "？（一）示范课", *lessons, "？（二）分组评课", *review, "？（三）微讲座", lecture,
                ),
                summary=(*effect, "？五、存在的问题", problem, "？六、今后努力的方向", after),
                photos=("小班《小兔乖乖》", "中班《高台黄河水车》", "大班《小小快递员》"),
            ),
        ),
        unplaced=("二〇二〇年六月八日",),
    )  # fmt: skip


@report("A12", "很短：一句话一张图，园名在文件名里")
def a12() -> Sent:
    text = "12月3日，我园2名老师到西苑幼儿园学习玩教具制作，学会了用纸箱做“跳跳马”。"
    paper = Sheet()
    paper.p(text)
    paper.pictures(Pic(41))
    return Sent(
        files={"千字童幼儿园12月.docx": paper.data()},
        records=(
            Expect(
                school="qianzitong", date="2020-12-03", partners=("xiyuan",), direction="visit", sent=2, received=0, place="？西苑幼儿园", record=(text,), photos=("",),
            ),
        ),
    )  # fmt: skip


@report("A13", "栏目填错了格：时间和地点对调，错别字（活动目地、活动过呈），负责人一栏是人数")
def a13() -> Sent:
    aim = "让蕾梦幼儿园老师学会利用走廊和楼梯间开展户外体育游戏。"
    ready = "跳绳、轮胎、沙包、竹杆等"
    course = "首先由第一幼儿园老师带着中班孩子玩了“运粮食”“过草地”两个游戏，我园老师在旁边记录；然后我园老师仿照着组织了一次，第一幼儿园老师当场点评。"
    think = "老师们明白了体育游戏要有情景、有梯度。场地小的问题要继续想办法。"
    paper = Sheet()
    paper.title("户外体育游戏指导活动记录表")
    paper.table(
        ["活动名称", "户外体育游戏指导", "活动时间", "蕾梦幼儿园操场"],
        ["活动地点", "2020年6月10日", "负责人", "教师11人"],
        ["对方园", "第一幼儿园", "参加人员", "第一幼儿园老师3人来园，本园教师11人"],
        ["活动目地", aim, LEFT, LEFT],
        ["活动准备", ready, LEFT, LEFT],
        ["活动过呈", course, LEFT, LEFT],
        ["活动反思", think, LEFT, LEFT],
    )
    paper.pictures(Pic(42), Pic(43))
    return Sent(
        files={"蕾梦6月.docx": paper.data()},
        school="leimeng",
        records=(
            Expect(
                school="leimeng", date="2020-06-10", title="户外体育游戏指导", measure=None, partners=("diyi",), direction="host", sent=0,
                received=3, grades=("中班",), place="蕾梦幼儿园操场", plan=(aim,), steps=(ready,), record=(course,), summary=(think,),
                photos=("", ""),
            ),
        ),
    )  # fmt: skip


@report("A14", "WPS 模板：内容控件、旧式图片、全角空格的栏目名、页眉页脚；图注在图上方")
def a14() -> Sent:
    aim = "丰富罗城镇幼儿园的教学资源，让农村孩子也能玩到适宜的玩教具。"
    steps = "全园教师利用废旧材料制作，每人两件；按小、中、大班分类装箱，附玩法说明。"
    account = "6月23日，我园后勤园长一行3人把自制玩教具64件、图书120册送到罗城镇幼儿园，现场示范了“套圈数数”“瓶盖拼图”等八种玩法，罗城镇幼儿园6名教师参加了交接。"
    end = "送去的玩教具当天就进了活动区。下学期再收集一次使用情况，坏了的负责修补。"
    paper = Sheet()
    paper.wps()
    paper.head("光彩幼儿园　结对帮扶")
    paper.foot("报送：县教育局基教股　　　　第 1 页")
    paper.title("教学资源支持活动记录")
    paper.field("活动　名称：", "自制玩教具进乡村")
    paper.field("时　　　间：", "2020年6月23日（星期二）")
    paper.field("地　　　点：", "罗城镇中心小学辖区内幼儿园")
    paper.field("负　责　人：", "后勤园长")
    for name, text in (("方　案", aim), ("措　施", steps), ("记　录", account), ("总　结", end)):
        paper.sdt(name, bold=True)
        paper.sdt(text)
    paper.sdt("图　片", bold=True)
    paper.p("图一：装箱待发的玩教具")
    paper.xml(paper.old_picture(44))
    paper.p("图二：示范“瓶盖拼图”的玩法")
    paper.xml(paper.old_picture(45))
    return Sent(
        files={"资源支持.docx": paper.data()},
        records=(
            Expect(
                school="guangcai", date="2020-06-23", title="自制玩教具进乡村", measure="resource-support", partners=("luocheng",), direction="visit",
                sent=3, received=0, grades=("小班", "中班", "大班"), place="罗城镇中心小学辖区内幼儿园", lead="后勤园长", plan=(aim,), steps=(steps,),
                record=(account,), summary=(end,), photos=("装箱待发的玩教具", "示范“瓶盖拼图”的玩法"),
            ),
        ),
        unplaced=("报送：县教育局基教股",),
    )  # fmt: skip


@report("A15", "公文式情况报告：通知日期、活动日期、上报日期三个；主送；一、（一）；联系人电话")
def a15() -> Sent:
    why = "按照县教育局3月2日印发的通知要求，为找准巷道镇幼儿园发展中的困难，制定切实可行的帮扶计划，我园组织开展了园情调研。现将有关情况报告如下。"
    how = (
        "（一）组成调研组。由园长任组长，保教、后勤、卫生保健各1人为成员，共4人。",
        "（二）确定调研内容。包括办园条件、教师队伍、一日活动、卫生保健、家园共育五个方面。",
        "（三）设计问卷。教师问卷、家长问卷各一套。",
    )
    went = (
        "2020年3月19日，调研组深入巷道镇中心小学辖区内幼儿园，听取园长汇报，查看活动室、食堂、户外场地，与5名教师逐一谈话，查阅了教案、周计划和安全台账。",
        "调研共发放家长问卷60份，收回57份。",
    )
    found = (
        "调研发现：一是专任教师少，转岗教师占六成；二是玩教具不足，区角基本没有开展；三是集体教学偏多。",
        "双方当场商定了全年帮扶任务八项，自4月起逐项落实。",
    )
    paper = Sheet()
    paper.p("高台县南苑幼儿园", bold=True, centre=True)
    paper.p("南幼发〔2020〕5号", centre=True)
    paper.title("关于对巷道镇幼儿园开展园情调研的情况报告")
    paper.p("县教育局：")
    paper.p("　　" + why)
    paper.p("一、调研准备")
    paper.lines(*how)
    paper.p("二、调研经过")
    paper.lines(*went)
    paper.pictures(Pic(46))
    paper.p("查看户外场地")
    paper.p("三、调研结果")
    paper.lines(*found)
    paper.p("　　特此报告。")
    paper.p("高台县南苑幼儿园", right=True)
    paper.p("2020年3月25日", right=True)
    paper.p("（联系人：杨玉梅　电话：13993600010）")
    EXTRA.teachers["A15"] = ("杨玉梅", "13993600010")
    return Sent(
        files={"园情调研报告.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan", date="2020-03-19", title="关于对巷道镇幼儿园开展园情调研的情况报告", measure="needs-survey", partners=("xiangdao",),
                direction="visit", sent=4, received=0, place="巷道镇中心小学辖区内幼儿园", plan=(why,), steps=how, record=went, summary=found,
                photos=("查看户外场地",),
            ),
        ),
        unplaced=("南幼发〔2020〕5号", "县教育局：", "特此报告", "杨玉梅", "2020年3月25日"),
    )  # fmt: skip


@report("A16", "旧的 .doc 改名成 .docx：应当拒收并说明怎样另存")
def a16() -> Sent:
    EXTRA.refused.add("A16")
    text = (
        "合黎镇中心幼儿园2020年11月结对帮扶活动总结\r11月18日，我园5名教师到西苑幼儿园观摩大班区域活动。\r"
        * 20
    )
    return Sent(files={"合黎11月总结.docx": old_doc(text)}, school="heli", records=())
