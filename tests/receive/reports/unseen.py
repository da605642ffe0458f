"""The second half: reports that were put down before the code was written, and not looked at while it was."""

from __future__ import annotations

from tests.receive.reports.paper import LEFT, Paper, Pic, deleted, inserted, photo, run
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
_report = _SHELF.report


@_report("16", "表格：两栏，左边是栏目，右边是内容，没有表头，图片另起一页")
def two_columns() -> Sent:
    aim = "带领宣化镇幼儿园教师看一节中班示范课，理解“以幼儿为主体”的教学组织。"
    ready = "执教教师三次磨课；听课教师每人一份观察记录单；准备树叶、放大镜各30份。"
    course = (
        "10月13日上午9:30，我园李老师执教中班科学活动《树叶的秘密》。幼儿用放大镜看叶脉，用身体摆出叶子的形状。",
        "10:10 评课。宣化镇幼儿园的4位教师先说看到了什么，再说学到了什么；执教教师回应。",
    )
    think = "幼儿动手多，教师讲得少，这一点给听课教师印象最深。课的结尾有些仓促。"
    paper = Paper()
    paper.title("“示范引领”活动情况登记表")
    paper.table(
        ["单  位", "东苑幼儿园"],
        ["主  题", "中班科学示范课《树叶的秘密》"],
        ["日  期", "2020年10月13日（星期二）"],
        ["地  点", "东苑幼儿园中二班"],
        ["对口帮扶单位", "宣化镇中心小学辖区内幼儿园"],
        ["来园人数", "4"],
        ["参与总人数", "15"],
        ["组织者", "教研组长"],
        ["活动目标", aim],
        ["前期准备", ready],
        ["活动实录", "\n".join(course)],
        ["课后反思", think],
    )
    paper.p("活动照片：")
    paper.pictures(Pic(41))
    paper.p("照片1 用放大镜观察叶脉")
    paper.pictures(Pic(42))
    paper.p("照片2 课后评课")
    return Sent(
        files={"东苑示范课登记表.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan",
                date="2020-10-13",
                title="中班科学示范课《树叶的秘密》",
                measure="demonstration-lesson",
                partners=("xuanhua",),
                direction="host",
                sent=0,
                received=4,
                grades=("中班",),
                place="东苑幼儿园中二班",
                attendance=15,
                lead="教研组长",
                plan=(aim,),
                steps=(ready,),
                record=course,
                summary=(think,),
                photos=("用放大镜观察叶脉", "课后评课"),
            ),
        ),
    )


@_report("17", "（一）（二）作编号，文字很长，图片夹在段落之间")
def long_text() -> Sent:
    aim = (
        "帮扶协议签订以来，我园一直思考怎样把帮扶落到实处。骆驼城镇中心小学辖区内幼儿园地处城郊，三个班，教师流动大，大部分是转岗教师，对《指南》学习不够，班级环境存在成人化的倾向。",
        "为此，我们确定了本月的帮扶重点：入园指导环境创设，让环境真正服务于幼儿的学习与发展。",
    )
    steps = (
        "1.成立由教研主任牵头的环创指导小组，成员为2名骨干教师。",
        "2.出发前与对方园长电话沟通，请他们先把最想改的地方拍下来。",
        "3.坚持“三不原则”：不铺张、不照搬、不代劳。",
    )
    account = (
        "5月27日，天刚亮，小组成员就带着准备好的材料出发了。",
        "走进大班，映入眼帘的是满墙的卡通画。指导教师没有急着说，而是请班里的老师蹲下来，从孩子的高度看一看，再问：“孩子看得到什么？摸得到什么？”几位老师恍然大悟。",
        "随后，大家一起取下了高处的卡通画，把墙面的下半截留给孩子。中班的自然角原来全是塑料花，老师们从院子里移来了辣椒苗、西红柿苗，写上了观察记录。",
        "下午四点，小组和全体教师开了个短会，把改动前后的照片放在一起对比，商定了后续的改造清单。",
    )
    end = (
        "一天下来，三个班的环境有了明显变化，更重要的是，老师们开始从孩子的角度看环境了。",
        "我们自己也在思考：帮扶不是给一张图纸，而是陪着走一段路。",
        "不足之处在于材料准备偏多，有的没有用上，今后要更有针对性。",
    )
    paper = Paper()
    paper.title("蹲下来，看见孩子的环境")
    paper.p("——南苑幼儿园五月份环境创设指导纪实", centre=True)
    paper.p("（一）活动缘起")
    paper.lines(*("    " + line for line in aim))
    paper.p("（二）主要做法")
    paper.lines(*("    " + line for line in steps))
    paper.p("（三）活动纪实")
    paper.p("    " + account[0])
    paper.p("    " + account[1])
    paper.pictures(Pic(43))
    paper.p("        从孩子的高度看墙面", centre=True)
    paper.p("    " + account[2])
    paper.pictures(Pic(44))
    paper.p("        自然角移来了真的菜苗", centre=True)
    paper.p("    " + account[3])
    paper.p("（四）收获与反思")
    paper.lines(*("    " + line for line in end))
    paper.p("南苑幼儿园", right=True)
    paper.p("2020.5.29", right=True)
    return Sent(
        files={"蹲下来看见孩子的环境.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan",
                date="2020-05-27",
                title="蹲下来，看见孩子的环境——南苑幼儿园五月份环境创设指导纪实",
                measure="environment-guidance",
                partners=("luotuocheng",),
                direction="visit",
                sent=2,
                received=0,
                lead="教研主任",
                plan=aim,
                steps=steps,
                record=account,
                summary=end,
                photos=("从孩子的高度看墙面", "自然角移来了真的菜苗"),
            ),
        ),
    )


@_report("18", "没有标题也没有栏目，聊天里发来的一大段话")
def plain_message() -> Sent:
    text = """各位领导好，我是千字童幼儿园的，报一下我们6月的帮扶材料：
6月4日上午，西苑幼儿园派2名老师到我园听了小班的一节语言活动《好饿的毛毛虫》，听完课在中班教室和我们的9位老师一起评课。西苑的老师说得很细，从导入、提问到教具一样一样讲，还现场示范了怎样提问。我们的老师都记了笔记。这次活动对我们帮助很大，下一步我们准备把这节课再上一遍，请西苑的老师来看。
照片两张，一张是听课，一张是评课。"""
    record = (
        "6月4日上午，西苑幼儿园派2名老师到我园听了小班的一节语言活动《好饿的毛毛虫》，听完课在中班教室和我们的9位老师一起评课。西苑的老师说得很细，从导入、提问到教具一样一样讲，还现场示范了怎样提问。我们的老师都记了笔记。这次活动对我们帮助很大，下一步我们准备把这节课再上一遍，请西苑的老师来看。",
    )
    return Sent(
        files={"听课.jpg": photo(45), "评课.jpg": photo(46)},
        text=text,
        records=(
            Expect(
                school="qianzitong",
                date="2020-06-04",
                partners=("xiyuan",),
                direction="host",
                sent=0,
                received=2,
                record=record,
                photos=("听课", "评课"),
            ),
        ),
        unplaced=("各位领导好",),
    )


@_report("19", "公文的样子：文头、主送、正文、落款、附件")
def official() -> Sent:
    aim = (
        "为切实减轻农村园教师的备课负担，统一保教要求，按照帮扶计划，我园于9月29日在罗城镇中心小学辖区内幼儿园开展了保教计划指导工作。现将有关情况报告如下。",
    )
    steps = (
        "指导组由业务园长和2名年级组长组成，提前审阅了罗城镇幼儿园本学期的园务计划、保教计划和各班班务计划共7份，逐份写出修改意见。",
    )
    account = (
        "指导组首先听取了罗城镇幼儿园园长的汇报，然后分园务、保教、班务三个小组逐份反馈。",
        "针对计划中“活动安排与季节不符”“目标过高”等问题，双方逐条商议，当场改定了大班、中班的月计划。",
    )
    end = (
        "7份计划全部修改完毕，罗城镇幼儿园将在10月上旬重新印发。",
        "存在的问题是班务计划的格式不统一，下一步由我园提供样表。",
    )
    paper = Paper()
    paper.title("高台县光彩幼儿园文件")
    paper.p("光幼字〔2020〕18号", centre=True)
    paper.title("光彩幼儿园关于指导罗城镇幼儿园制定保教计划的情况报告")
    paper.p("县教育局基教股：")
    paper.p("　　" + aim[0])
    paper.p("　　一、工作措施")
    paper.p("　　" + steps[0])
    paper.p("　　二、开展情况")
    paper.lines(*("　　" + line for line in account))
    paper.p("　　三、取得的成效及存在的问题")
    paper.lines(*("　　" + line for line in end))
    paper.p("　　附件：修改意见汇总表")
    paper.p("光彩幼儿园", right=True)
    paper.p("2020年9月30日", right=True)
    return Sent(
        files={"光幼18号.docx": paper.data()},
        records=(
            Expect(
                school="guangcai",
                date="2020-09-29",
                title="光彩幼儿园关于指导罗城镇幼儿园制定保教计划的情况报告",
                measure="planning-guidance",
                partners=("luocheng",),
                direction="visit",
                received=0,
                plan=aim,
                steps=steps,
                record=account,
                summary=end,
            ),
        ),
        unplaced=("光幼字〔2020〕18号", "附件：修改意见汇总表"),
    )


@_report("20", "图片在表格的左栏，文字在右栏；说明写在图的上面")
def captions_above() -> Sent:
    aim = "带着孩子和家长走进合黎镇幼儿园，两园家长一起种菜、做饭，体验劳动。"
    steps = "家委会分工：采购、安全、拍照各两人；西苑幼儿园派出4名教师带队。"
    account = "5月19日早上，两园31个家庭在合黎镇幼儿园的小菜园里栽下了茄子、辣椒，中午一起包了饺子。"
    end = "城里的家长第一次下地，农村的家长当起了老师，孩子们最高兴。"
    paper = Paper()
    paper.title("西苑幼儿园 合黎镇中心幼儿园 家园共育活动")
    paper.lines(
        "活动时间：2020-05-19", "活动地点：合黎镇中心幼儿园", "活动负责人：保教主任", "活动类型：走出去"
    )
    paper.table(["方案", aim], ["措施", steps], ["记录", account], ["总结", end])
    paper.p("活动掠影")
    paper.table(
        ["两园家长一起栽菜", "孩子们给菜苗浇水（远景）"],
        [Pic(47), Pic(48)],
        ["中午包饺子", "活动前安全讲解"],
        [Pic(49), Pic(50)],
    )
    return Sent(
        files={"西苑家园共育.docx": paper.data()},
        school="xiyuan",
        records=(
            Expect(
                school="xiyuan",
                date="2020-05-19",
                title="西苑幼儿园 合黎镇中心幼儿园 家园共育活动",
                measure="home-coeducation",
                partners=("heli",),
                direction="visit",
                sent=4,
                received=0,
                place="合黎镇中心幼儿园",
                lead="保教主任",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
                photos=("两园家长一起栽菜", "孩子们给菜苗浇水（远景）", "中午包饺子", "活动前安全讲解"),
            ),
        ),
    )


@_report("21", "修订和批注都没有接受，整段移动过")
def moved_text() -> Sent:
    aim = "捐赠户外玩具，帮助南华镇幼儿园改善室外活动条件。"
    steps = "从我园闲置的户外器械中选出完好的，清洗、消毒、上漆；派出3名教师随车安装。"
    account = "12月3日，滑梯1架、轮胎26个、平衡木4条运到南华镇幼儿园，两园教师一起规划了钻爬区和平衡区，当天安装完毕。"
    end = "孩子们有了可以爬、可以跳的地方。开春后再来帮着铺沙池。"
    paper = Paper()
    paper.xml(run("室外活动条件支持活动") + inserted("记录"), '<w:jc w:val="center"/>')
    paper.xml(
        run("活动时间：")
        + deleted("2020年12月1日")
        + inserted("2020年12月3日")
        + run("    地点：南华镇中心小学辖区内幼儿园")
    )
    paper.xml(run("负责：总务主任"))
    paper.xml(run("活动方案"))
    paper.xml(
        f'<w:moveFrom w:id="5" w:author="a" w:date="2020-12-04T08:00:00Z">{run("孩子们有了可以爬、可以跳的地方。")}</w:moveFrom>'
        + run(aim)
    )
    paper.xml(run("活动措施"))
    paper.xml(run(steps))
    paper.xml(run("活动记录"))
    paper.xml(run(account))
    paper.xml(run("活动小结"))
    paper.xml(
        f'<w:moveTo w:id="6" w:author="a" w:date="2020-12-04T08:00:00Z">{run("孩子们有了可以爬、可以跳的地方。")}</w:moveTo>'
        + run("开春后再来帮着铺沙池。")
    )
    return Sent(
        files={"东苑捐赠.docx": paper.data()},
        school="dongyuan",
        records=(
            Expect(
                school="dongyuan",
                date="2020-12-03",
                title="室外活动条件支持活动记录",
                measure="outdoor-support",
                partners=("nanhua",),
                direction="visit",
                sent=3,
                received=0,
                place="南华镇中心小学辖区内幼儿园",
                lead="总务主任",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
            ),
        ),
        unplaced=("2020年12月1日",),
    )


@_report("22", "一个文件里三次示范课，用“活动一、活动二、活动三”分开")
def three_lessons() -> Sent:
    lessons = (
        ("活动一：大班数学示范课《认识时钟》", "11月5日", 5, "大班"),
        ("活动二：中班美术示范课《秋天的树》", "11月10日", 10, "中班"),
        ("活动三：小班健康示范课《我会自己吃饭》", "11月24日", 24, "小班"),
    )
    paper = Paper()
    paper.title("第一幼儿园十一月示范教学材料")
    expects = []
    for number, (title, said, day, grade) in enumerate(lessons):
        texts = [
            f"为蕾梦幼儿园教师提供{grade}集体教学的样例，第{number + 1}课。",
            f"集体备课{number + 2}次，教具由两园共用。",
            f"执教教师组织了一节{grade}活动，蕾梦幼儿园{number + 2}名教师听课，课后当面交流。",
            f"听课教师说{('节奏', '材料', '语言')[number]}最值得学。",
        ]
        paper.p(title, bold=True)
        paper.p(f"时间：2020年{said}  地点：第一幼儿园{grade}活动室")
        paper.p(f"接待听课教师：{number + 2}人   负责人：业务园长")
        paper.lines("方案：" + texts[0], "措施：" + texts[1], "记录：" + texts[2], "总结：" + texts[3])
        paper.pictures(Pic(51 + number), text=f"图{number + 1} {grade}示范课现场")
        expects.append(
            Expect(
                school="diyi",
                date=f"2020-11-{day:02}",
                title=title[4:],
                measure="demonstration-lesson",
                partners=("leimeng",),
                direction="host",
                sent=0,
                received=number + 2,
                grades=(grade,),
                place=f"第一幼儿园{grade}活动室",
                lead="业务园长",
                plan=(texts[0],),
                steps=(texts[1],),
                record=(texts[2],),
                summary=(texts[3],),
                photos=(f"{grade}示范课现场",),
            )
        )
    return Sent(files={"第一幼儿园11月示范教学.docx": paper.data()}, records=tuple(expects))


@_report("23", "线上教研，表格里套表格，议程是一张小表")
def nested() -> Sent:
    aim = "疫情期间不能入园，用视频会议帮助被帮扶园制定居家游戏指导方案。"
    steps = "提前一天发会议号；每园准备一个问题；专人记录。"
    account = "4月9日上午，光彩、黑泉、罗城、金果果四园教师38人上线。各园提问之后，光彩幼儿园的教研组长分享了“一物多玩”的居家游戏20例。"
    end = "会后四园共用一份居家游戏单，每周更新。视频会议容易冷场，下次提前约好发言人。"
    paper = Paper()
    paper.title("光彩幼儿园园本教研（线上）活动记录")
    paper.table(
        ["教研主题", "居家游戏怎样指导", "教研时间", "2020年4月9日"],
        ["教研形式", "线上（腾讯会议）", "主持人", "教研组长"],
        ["参加人数", "38", "缺席", "无"],
        ["方案", aim, LEFT, LEFT],
        ["措施", steps, LEFT, LEFT],
        ["记录", account, LEFT, LEFT],
        ["总结", end, LEFT, LEFT],
        ["截图", [Pic(54), "视频会议截图（已遮去姓名）"], LEFT, LEFT],
    )
    inner = paper.document.tables[0].cell(5, 1).add_table(rows=2, cols=2)
    for y, row in enumerate([("10:00", "各园提问"), ("10:30", "经验分享")]):
        for x, text in enumerate(row):
            inner.cell(y, x).text = text
    return Sent(
        files={"线上教研.docx": paper.data()},
        records=(
            Expect(
                school="guangcai",
                date="2020-04-09",
                title="居家游戏怎样指导",
                measure="joint-research",
                partners=("heiquan", "luocheng", "jinguoguo"),
                direction="online",
                attendance=38,
                lead="教研组长",
                plan=(aim,),
                steps=(steps,),
                record=(account, "10:00 | 各园提问", "10:30 | 经验分享"),
                summary=(end,),
                photos=("视频会议截图（已遮去姓名）",),
            ),
        ),
    )


@_report("24", "写在 activity 式样的文本里，中文栏目名，UTF-16 编码")
def front_matter_like() -> Sent:
    text = """标题：赴南苑幼儿园观摩区域活动
日期：2020年9月24日
内容：区域活动观摩
帮扶园：南苑幼儿园
方式：走出去
派出人数：2
年级：大班、中班
地点：南苑幼儿园
参加人数：2人
负责人：教研组长

方案
观摩表演区和建构区，学习怎样用少量材料支持长时间的游戏。

措施
两人分工，一人看教师，一人看材料。

记录
上午看了大班建构区“高台火车站”和中班表演区“拔萝卜”。
南苑的老师介绍了材料柜的标记办法。

总结
回来以后先做材料标记。
"""
    return Sent(
        files={"巷道/巷道镇幼儿园9月.txt": text.encode("utf-16"), "巷道/图1建构区的火车站.jpg": photo(55)},
        records=(
            Expect(
                school="xiangdao",
                date="2020-09-24",
                title="赴南苑幼儿园观摩区域活动",
                measure="area-observation",
                partners=("nanyuan",),
                direction="visit",
                sent=2,
                received=0,
                grades=("大班", "中班"),
                place="南苑幼儿园",
                attendance=2,
                lead="教研组长",
                plan=("观摩表演区和建构区，学习怎样用少量材料支持长时间的游戏。",),
                steps=("两人分工，一人看教师，一人看材料。",),
                record=(
                    "上午看了大班建构区“高台火车站”和中班表演区“拔萝卜”。",
                    "南苑的老师介绍了材料柜的标记办法。",
                ),
                summary=("回来以后先做材料标记。",),
                photos=("建构区的火车站",),
            ),
        ),
    )


@_report("25", "页眉里写园名，正文用项目符号，签字栏在末尾")
def header_and_signatures() -> Sent:
    aim = ("了解罗城镇幼儿园的真实需要。", "共同制定本年度帮扶计划。")
    steps = ("设计教师问卷、家长问卷各一份。", "园长、教师、家长分别座谈。")
    account = (
        "3月12日，我园帮扶小组4人到罗城镇幼儿园开展园情调研。",
        "收回教师问卷8份、家长问卷43份，座谈三场。",
    )
    end = ("摸清了三个最急的问题：师资、材料、家长观念。", "据此确定了全年九项帮扶任务。")
    paper = Paper()
    paper.document.sections[0].header.paragraphs[0].text = "高台县光彩幼儿园"
    paper.title("园情调研活动")
    paper.table(
        ["时间", "2020年3月12日", "地点", "罗城镇中心小学辖区内幼儿园"],
        ["带队人", "园长", "派出人数", "4人"],
    )
    for name, points in (("目的", aim), ("方法步骤", steps), ("过程", account), ("结果", end)):
        paper.p(name, bold=True)
        paper.listed(*points) if name in ("目的", "方法步骤") else paper.lines(*points)
    paper.table(["记录人签字：张老师", "园长签字：濮丽娟"])
    return Sent(
        files={"园情调研.docx": paper.data()},
        records=(
            Expect(
                school="guangcai",
                date="2020-03-12",
                title="园情调研活动",
                measure="needs-survey",
                partners=("luocheng",),
                direction="visit",
                sent=4,
                received=0,
                place="罗城镇中心小学辖区内幼儿园",
                lead="园长",
                # Word shows the numbers, and goes on counting in the second list (put right after the first run).
                plan=("1.", aim[0], "2.", aim[1]),
                steps=("3.", steps[0], "4.", steps[1]),
                record=account,
                summary=end,
            ),
        ),
        unplaced=("记录人签字：张老师",),
    )


@_report("26", "微信公众号转成的文档：花样分隔、阿拉伯数字大标题、结尾有编辑和来源")
def web_style() -> Sent:
    aim = "金秋九月，硕果飘香。为促进两园教师共同成长，东苑幼儿园邀请金太阳幼儿园的教师来园观摩区域活动，共赴一场学习之约。"
    steps = "活动前，东苑幼儿园各班精心准备，围绕“游戏中的学习”调整了材料，并为来园教师准备了观察提示卡。"
    account = (
        "9月15日清晨，金太阳幼儿园5名骨干教师走进东苑幼儿园小班，孩子们的区域游戏正在进行：娃娃家里香气扑鼻，建构区里高楼林立，美工区里小手翻飞。",
        "老师们时而驻足观看，时而蹲下倾听，时而举起手机记录精彩瞬间。",
        "观摩结束后的座谈会上，大家畅所欲言。",
    )
    end = "一次观摩，一次碰撞，一次成长。两园教师相约，在帮扶的路上携手同行！"
    paper = Paper()
    paper.title("区域观摩促成长 携手同行共芬芳")
    paper.p("★★★★★★★★★★", centre=True)
    paper.p("01", centre=True)
    paper.p("活动背景", centre=True)
    paper.p(aim)
    paper.p("02", centre=True)
    paper.p("活动准备", centre=True)
    paper.p(steps)
    paper.p("03", centre=True)
    paper.p("精彩瞬间", centre=True)
    paper.p(account[0])
    paper.pictures(Pic(56), Pic(57))
    paper.p("↑娃娃家里忙碌的小厨师（背影）")
    paper.p(account[1])
    paper.pictures(Pic(58))
    paper.p("↑教师记录观察要点")
    paper.p(account[2])
    paper.p("04", centre=True)
    paper.p("活动感悟", centre=True)
    paper.p(end)
    paper.p("———END———", centre=True)
    paper.lines("图文：小一班  编辑：赵老师", "来源：东苑幼儿园")
    return Sent(
        files={"推文.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan",
                date="2020-09-15",
                title="区域观摩促成长 携手同行共芬芳",
                measure="area-observation",
                partners=("jintaiyang",),
                direction="host",
                sent=0,
                received=5,
                plan=(aim,),
                steps=(steps,),
                record=account,
                summary=(end,),
                photos=("", "娃娃家里忙碌的小厨师（背影）", "教师记录观察要点"),
            ),
        ),
        unplaced=("编辑：赵老师",),
    )


@_report("27", "横着的大表：一行表头、一行内容，一次活动一行")
def wide_table() -> Sent:
    rows = (
        ("2020年6月3日", "示范教学：小班语言活动《小蝌蚪找妈妈》", "第一幼儿园", "走出去", "2", "教研组长"),
        ("2020年6月23日", "家园共育：暑期安全家长会", "第一幼儿园", "请进来", "1", "保教主任"),
    )
    texts = [
        (
            f"第{n}项活动的方案：提前定好内容和分工。",
            f"第{n}项活动的措施：两园各出一名教师配合。",
            f"第{n}项活动的记录：按时开展，过程顺利，{('听课之后作了评议', '讲了防溺水和交通安全')[n - 1]}。",
            f"第{n}项活动的总结：{('幼儿爱听故事', '家长听得认真')[n - 1]}，下月继续。",
        )
        for n in (1, 2)
    ]
    paper = Paper()
    paper.title("蕾梦幼儿园2020年6月结对帮扶工作台账")
    paper.table(
        ["序号", "时间", "活动内容", "帮扶园", "方式", "骨干人数", "负责人", "方案", "措施", "记录", "总结"],
        *([str(n), *row, *texts[n - 1]] for n, row in enumerate(rows, 1)),
    )
    return Sent(
        files={"台账.docx": paper.data()},
        records=(
            Expect(
                school="leimeng",
                date="2020-06-03",
                title="示范教学：小班语言活动《小蝌蚪找妈妈》",
                measure="demonstration-lesson",
                partners=("diyi",),
                direction="visit",
                sent=2,
                received=0,
                grades=("小班",),
                lead="教研组长",
                plan=(texts[0][0],),
                steps=(texts[0][1],),
                record=(texts[0][2],),
                summary=(texts[0][3],),
            ),
            Expect(
                school="leimeng",
                date="2020-06-23",
                title="家园共育：暑期安全家长会",
                measure="home-coeducation",
                partners=("diyi",),
                direction="host",
                sent=0,
                received=1,
                lead="保教主任",
                plan=(texts[1][0],),
                steps=(texts[1][1],),
                record=(texts[1][2],),
                summary=(texts[1][3],),
            ),
        ),
    )


@_report("28", "题目只写“帮扶活动”，与计划表的一行同一天；图注写在图片同一段")
def by_plan_row() -> Sent:
    aim = "落实本月计划，请帮扶园老师来园手把手教。"
    steps = "园里腾出两间教室；每人带剪刀、胶枪。"
    account = "11月19日下午，光彩幼儿园的2位老师来到我园，把两个班的主题墙重新布置了一遍，边做边讲。"
    end = "墙面高度降下来了，孩子们能自己贴作品了。"
    paper = Paper()
    paper.title("11月份结对帮扶活动")
    paper.lines(
        "一、时 间：2020年11月19日",
        "二、地 点：金果果景隆幼儿园",
        "三、参加人员：光彩幼儿园骨干教师2人，我园教师10人",
        "四、主 持：园长",
        "五、方案",
        aim,
        "六、措施",
        steps,
        "七、记录",
        account,
        "八、总结",
        end,
    )
    paper.pictures(Pic(59), text="（图一：两园教师一起布置主题墙）")
    return Sent(
        files={"金果果11月.docx": paper.data()},
        records=(
            Expect(
                school="jinguoguo",
                date="2020-11-19",
                title="11月份结对帮扶活动",
                measure="environment-guidance",
                partners=("guangcai",),
                direction="host",
                sent=0,
                received=2,
                place="金果果景隆幼儿园",
                lead="园长",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
                photos=("两园教师一起布置主题墙",),
            ),
        ),
    )


@_report("29", "手写体的随笔，没有栏目，第一人称，日期只写在落款")
def essay() -> Sent:
    text = (
        "跟岗的那三天，我一直在想一个问题：为什么南苑的孩子收玩具那么快？",
        "第一天我以为是老师要求严。第二天我发现，每个筐子上都有照片，孩子不用问就知道放哪里。第三天我自己带着孩子收了一次，两分钟就好了。",
        "带教的王老师告诉我，环境会说话。我把这句话写在了本子的第一页。",
        "回到园里，我和搭班老师花了一个周末，把我们班的筐子也都贴上了照片。",
    )
    paper = Paper()
    paper.title("会说话的筐子——跟岗学习心得")
    for line in text:
        paper.p("　　" + line)
    paper.p("七色果幼儿园  新教师", right=True)
    paper.p("2020年12月8日", right=True)
    return Sent(
        files={"跟岗心得.docx": paper.data()},
        records=(
            Expect(
                school="qiseguo",
                date="",
                title="会说话的筐子——跟岗学习心得",
                measure="staff-exchange",
                partners=("nanyuan",),
                direction="visit",
                received=0,
            ),
        ),
        unplaced=("2020年12月8日",),
    )


@_report("30", "WPS 表格式教案加活动照，照片两张一行，图注合写在一格")
def lesson_plan() -> Sent:
    aim = ("1.感受秋天颜色的变化。", "2.愿意用拓印的方法表现落叶。")
    ready = "落叶若干、颜料、拓印纸；课前带幼儿到湿地公园捡落叶。"
    course = (
        "（一）看一看：出示落叶，说颜色。",
        "（二）印一印：教师示范，幼儿拓印。",
        "（三）说一说：展览作品。",
        "听课的宣化镇幼儿园3名教师参与了幼儿的拓印，课后与执教教师交流。",
    )
    think = "幼儿对拓印兴趣浓，颜料偏稀，下次调稠一些。"
    paper = Paper()
    paper.table(
        ["送教活动记录", LEFT, LEFT, LEFT, LEFT, LEFT],
        ["活动名称", "中班美术《落叶飘飘》", LEFT, "授课时间", "2020.10.22", LEFT],
        ["送教学校", "东苑幼儿园", "受教学校", "宣化镇中心小学辖区内幼儿园", "送教人数", "2"],
        ["授课地点", "宣化镇幼儿园中班", LEFT, "带队领导", "业务园长", LEFT],
        ["活动目标", "\n".join(aim), LEFT, LEFT, LEFT, LEFT],
        ["活动准备", ready, LEFT, LEFT, LEFT, LEFT],
        ["活动过程", "\n".join(course), LEFT, LEFT, LEFT, LEFT],
        ["活动反思", think, LEFT, LEFT, LEFT, LEFT],
        ["活动照片", [Pic(60), Pic(61), "左：教师示范拓印  右：作品展览"], LEFT, LEFT, LEFT, LEFT],
    )
    return Sent(
        files={"落叶飘飘.docx": paper.data()},
        records=(
            Expect(
                school="dongyuan",
                date="2020-10-22",
                title="中班美术《落叶飘飘》",
                measure="demonstration-lesson",
                partners=("xuanhua",),
                direction="visit",
                sent=2,
                received=0,
                grades=("中班",),
                place="宣化镇幼儿园中班",
                lead="业务园长",
                plan=aim,
                steps=(ready,),
                record=course,
                summary=(think,),
                photos=("教师示范拓印", "作品展览"),
            ),
        ),
    )


@_report("31", "压缩包：两个活动各一个文件夹，里面是 Word 和照片，另有一份汇总表")
def folders() -> Sent:
    first, second, overview = Paper(), Paper(), Paper()
    first.title("区域活动专题讲座")
    first.lines(
        "时间：2020年12月16日", "地点：西苑幼儿园三楼会议室", "主讲人：教研主任", "参加人员：接待合黎、千字童两园骨干教师6人",
        "方案：围绕“区域材料的层次性”作一次讲座。", "措施：讲座前收集两园区域照片30张。",
        "记录：讲座用两园自己的照片作例子，讲了一个半小时，互动半小时。", "总结：例子就在身边，老师们听得懂。",
    )  # fmt: skip
    second.title("到合黎镇中心幼儿园开展示范教学")
    second.lines(
        "日期：12月8日", "地点：合黎镇中心幼儿园", "派出：骨干教师3名", "负责人：业务园长",
        "方案：大、中、小班各送一节课。", "措施：三位教师提前到园熟悉幼儿。",
        "记录：三节课依次进行，课后分班交流。", "总结：提前熟悉幼儿很有必要。",
    )  # fmt: skip
    overview.title("西苑幼儿园12月帮扶材料目录")
    overview.table(["序号", "材料"], ["1", "讲座"], ["2", "示范教学"])
    return Sent(
        files={
            "西苑12月/1讲座/讲座.docx": first.data(),
            "西苑12月/1讲座/会场.jpg": photo(62),
            "西苑12月/2示范教学/示范教学.docx": second.data(),
            "西苑12月/2示范教学/大班送课.jpg": photo(63),
            "西苑12月/目录.docx": overview.data(),
        },
        school="xiyuan",
        records=(
            Expect(
                school="xiyuan",
                date="2020-12-16",
                title="区域活动专题讲座",
                measure="area-lecture",
                partners=("heli", "qianzitong"),
                direction="host",
                sent=0,
                received=6,
                place="西苑幼儿园三楼会议室",
                lead="教研主任",
                plan=("围绕“区域材料的层次性”作一次讲座。",),
                steps=("讲座前收集两园区域照片30张。",),
                record=("讲座用两园自己的照片作例子，讲了一个半小时，互动半小时。",),
                summary=("例子就在身边，老师们听得懂。",),
                photos=("会场",),
            ),
            Expect(
                school="xiyuan",
                date="2020-12-08",
                title="到合黎镇中心幼儿园开展示范教学",
                measure="demonstration-lesson",
                partners=("heli",),
                direction="visit",
                sent=3,
                received=0,
                grades=("大班", "中班", "小班"),
                place="合黎镇中心幼儿园",
                lead="业务园长",
                plan=("大、中、小班各送一节课。",),
                steps=("三位教师提前到园熟悉幼儿。",),
                record=("三节课依次进行，课后分班交流。",),
                summary=("提前熟悉幼儿很有必要。",),
                photos=("大班送课",),
            ),
        ),
        unplaced=("西苑幼儿园12月帮扶材料目录",),
    )


@_report("32", "表格竖排编号“第一部分 第二部分”，句末有空行和手打的下划线")
def parts_by_number() -> Sent:
    aim = "签订2020年帮扶协议，明确双方责任和年度目标。"
    steps = "双方园长事先各列三条目标，合并成五条；协议一式三份。"
    account = "3月20日下午，第一幼儿园园长一行3人来到我园，两园举行了简短的签约仪式，双方园长签字，随后参观了我园的教室和操场。"
    end = "目标清楚，好检查。四月份起按协议开展活动。"
    paper = Paper()
    paper.title("蕾梦幼儿园 签订帮扶协议 活动材料")
    paper.p("时间：_2020年3月20日_______    地点：__蕾梦幼儿园________")
    paper.p("参加人：__来园3人，本园5人_____    负责人：__园长______")
    for number, (name, text) in enumerate(
        [("活动方案", aim), ("措施", steps), ("活动记录", account), ("活动总结", end)]
    ):
        paper.p()
        paper.p(f"第{'一二三四'[number]}部分  {name}", bold=True)
        paper.p(text)
        paper.p()
    paper.pictures(Pic(64))
    paper.p("签约仪式现场")
    return Sent(
        files={"协议.docx": paper.data()},
        records=(
            Expect(
                school="leimeng",
                date="2020-03-20",
                title="蕾梦幼儿园 签订帮扶协议 活动材料",
                measure="agreement",
                partners=("diyi",),
                direction="host",
                sent=0,
                received=3,
                place="蕾梦幼儿园",
                lead="园长",
                plan=(aim,),
                steps=(steps,),
                record=(account,),
                summary=(end,),
                photos=("签约仪式现场",),
            ),
        ),
    )
