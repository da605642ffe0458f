"""Set B: sixteen reports, their truth by a person's reading. A line that begins with ？ in a part is a small heading
that may stay or go (both are right).
"""

from __future__ import annotations

from tests.receive.reports.blind_paper import Extra, Sheet
from tests.receive.reports.paper import LEFT, Pic, deleted, inserted, photo, run
from tests.receive.reports.sent import Expect, Sent, Shelf

_SHELF = Shelf()
REPORTS = _SHELF.reports
report = _SHELF.report
EXTRA = Extra()


@report("B01", "表格：日期、地址、带队、参与者、主题；标题行整行合并“一、活动方案”，内容在下一行")
def b01() -> Sent:
    aim = "借助南苑幼儿园的力量，提高我园教师组织户外体育活动的能力，解决孩子户外活动“放羊”的问题。"
    steps = "（1）提前把本园户外场地的照片和器械清单发给南苑幼儿园。\n（2）每班确定一名教师重点学习。\n（3）活动当天由保健医生跟随。"
    account = (
        "南苑幼儿园来园的4位老师先看了我园一上午的户外活动，边看边在图纸上做标记。",
        "接着，两园老师一起把场地分成了平衡区、钻爬区、投掷区、跑跳区，用轮胎和木板搭出了三条难度不同的路线。",
        "大班的孩子们第一个试玩，老师们站在每个区的“安全点”上观察。",
    )
    end = "场地还是那块场地，器械还是那些器械，换个摆法，孩子们就玩出了花样。以后每两周调整一次路线。"
    paper = Sheet()
    paper.title("七色果幼儿园帮扶活动登记")
    paper.table(
        ["主　题", "户外场地巧规划", "日　期", "2020/9/24"],
        ["地　址", "七色果幼儿园户外场地", "带　队", "南苑幼儿园保教主任"],
        ["参与者", "南苑幼儿园老师4名，本园老师10名，大班幼儿32名", LEFT, LEFT],
        ["一、活动方案", LEFT, LEFT, LEFT],
        [aim, LEFT, LEFT, LEFT],
        ["二、活动措施", LEFT, LEFT, LEFT],
        [steps, LEFT, LEFT, LEFT],
        ["三、活动记录", LEFT, LEFT, LEFT],
        [
            [account[0], Pic(51), "看户外活动，做标记", account[1], Pic(52), "一起搭路线", account[2]],
            LEFT,
            LEFT,
            LEFT,
        ],
        ["四、活动总结", LEFT, LEFT, LEFT],
        [end, LEFT, LEFT, LEFT],
    )
    paper.p("填表人：王小梅　　　填表日期：2020年9月27日")
    EXTRA.teachers["B01"] = ("王小梅",)
    return Sent(
        files={"9月登记表.docx": paper.data()},
        records=(
            Expect(
                school="qiseguo", date="2020-09-24", title="户外场地巧规划", measure="outdoor-support", partners=("nanyuan",), direction="host", sent=0, received=4,
                grades=("大班",), place="七色果幼儿园户外场地", lead="南苑幼儿园保教主任", plan=(aim,), steps=tuple(steps.split("\n")), record=account,
                summary=(end,), photos=("看户外活动，做标记", "一起搭路线"),
            ),
        ),
        unplaced=("王小梅",),
    )  # fmt: skip


@report("B02", "八个小标题：目标、重难点、准备、过程、反思、成效、存在问题、下一步打算；被帮扶园请进来")
def b02() -> Sent:
    aim = ("1.了解绘本教学的基本步骤，敢于上一节绘本课。", "2.感受图画书的美，喜欢和孩子一起读书。")
    hard = "引导教师学会看图提问，不照本宣科。"
    ready = ("绘本《好饿的毛毛虫》大书一本；", "教师每人自选绘本一本。")
    course = (
        "（一）听课：东苑幼儿园骨干教师在我园中班上了绘本课《好饿的毛毛虫》。",
        "（二）试讲：我园3名教师用自选绘本各试讲十分钟，东苑幼儿园的2名教师现场点评。",
        "（三）交流：大家就“要不要让孩子跟读”各抒己见。",
    )
    think = "平时我们读绘本，总是读完字就翻页，孩子的眼睛还没来得及看画。"
    effect = "三名试讲教师克服了胆怯，其中一名教师的课被推荐到全镇展示。"
    problem = "绘本数量少，全园只有四十多本。"
    after = "申请购置绘本100本，每周五定为“绘本日”。"
    paper = Sheet()
    paper.title("宣化镇幼儿园“绘本进课堂”帮扶活动")
    paper.p("时间：2020年11月10日      地点：宣化镇中心小学辖区内幼儿园中班活动室", centre=True)
    for name, texts in (
        ("【活动目标】", aim), ("【活动重难点】", (hard,)), ("【活动准备】", ready), ("【活动过程】", course), ("【活动反思】", (think,)),
        ("【活动成效】", (effect,)), ("【存在问题】", (problem,)), ("【下一步打算】", (after,)),
    ):  # fmt: skip
        paper.p(name, bold=True)
        paper.lines(*texts)
        if name == "【活动过程】":
            paper.pictures(Pic(53))
            paper.pictures(Pic(54))
    return Sent(
        files={"绘本进课堂.docx": paper.data()},
        records=(
            Expect(
                school="xuanhua", date="2020-11-10", title="宣化镇幼儿园“绘本进课堂”帮扶活动", measure=None, partners=("dongyuan",),
                direction="host", sent=0, received=2, grades=("中班",), place="宣化镇中心小学辖区内幼儿园中班活动室",
                plan=(*aim, "？【活动重难点】", hard), steps=ready, record=course,
                summary=(think, "？【活动成效】", effect, "？【存在问题】", problem, "？【下一步打算】", after), photos=("", ""),
            ),
        ),
    )  # fmt: skip


@report("B03", "美篇转成的 Word：分隔花样，一图一句，句在图上，结尾图文审核；起头一句抒情")
def b03() -> Sent:
    mood = "金秋十月，天高云淡，田野里到处是丰收的景象。"
    why = "为了加强园际交流，推动结对帮扶走深走实，10月20日，高台县第一幼儿园迎来了新坝镇中心小学辖区内幼儿园的6位老师，一场关于“自然角”的观摩学习活动在这里展开。"
    one = "第一站：走进各班自然角，听小小讲解员介绍他们种的蒜苗、养的蜗牛。"
    two = "第二站：观摩中二班的区域活动，看孩子们怎样把自然角的观察画成“蜗牛日记”。"
    three = "第三站：座谈交流，两园老师就自然角怎样让孩子自己管进行了热烈的讨论。"
    end = "相聚是为了更好的前行。此次观摩活动，拓宽了农村园教师的视野，让身边的一草一木都成为课程资源。我们将继续携手，共同进步！"
    paper = Sheet()
    paper.title("🍂小小自然角，大大的世界🍂")
    paper.p("高台县第一幼儿园  2020-10-21  阅读 286")
    paper.p("～～～～✿～～～～", centre=True)
    paper.p(mood)
    paper.p(why)
    paper.p("～～～～✿～～～～", centre=True)
    for n, text in enumerate((one, two, three)):
        paper.p(text)
        paper.pictures(Pic(55 + n))
    paper.p("～～～～✿～～～～", centre=True)
    paper.p(end)
    paper.p("END", centre=True)
    paper.p("文字：许丽华", centre=True)
    paper.p("图片：各班教师", centre=True)
    paper.p("审核：张淑沁", centre=True)
    EXTRA.teachers["B03"] = ("许丽华", "张淑沁")
    return Sent(
        files={"小小自然角，大大的世界.docx": paper.data()},
        records=(
            Expect(
                school="diyi", date="2020-10-20", title="🍂小小自然角，大大的世界🍂", measure="area-observation", partners=("xinba",), direction="host",
                sent=0, received=6, grades=("中班",), place="？高台县第一幼儿园", plan=(mood, why), record=(one, two, three), summary=(end,), photos=("", "", ""),
            ),
        ),
        unplaced=("许丽华", "阅读 286"),
    )  # fmt: skip


@report("B04", "通讯稿，没有标题；日期用汉字“五月十二日”，人数“一行五人”，地点在句子里，两园两个对象")
def b04() -> Sent:
    why = "“幼儿园是一个有魔法的地方。”五月十二日，西苑幼儿园副园长带领骨干教师一行五人，来到千字童幼儿园，开展环境创设专项指导。"
    what = (
        "走进楼道，副园长边走边看边说：“墙是孩子的，要让孩子说了算。”在她的建议下，教师们把打印的标语撤了下来，换上了孩子们自己画的“楼梯故事”。",
        "在大一班，西苑幼儿园的教师和班上老师一起，把堆在角落的积木分成三筐，又用废旧纸箱隔出了一个安静的图书角。一位老师感慨地说：“原来不花钱也能有好环境。”",
        "临近中午，双方在会议室梳理出环境调整清单二十三条，千字童幼儿园园长当场把任务分到了人。",
    )
    end = "据悉，这是西苑幼儿园本学期第二次到千字童幼儿园开展帮扶。下一步，两园将把环境创设的经验整理成册，供更多的民办园借鉴。"
    paper = Sheet()
    paper.p("墙是孩子的", bold=True, centre=True)
    paper.p("——西苑幼儿园到千字童幼儿园指导环境创设侧记", centre=True)
    paper.p("　　" + why)
    paper.lines(*("　　" + each for each in what))
    paper.p("　　" + end)
    paper.pictures(Pic(58))
    paper.p("图为教师们重新布置楼道。")
    paper.p("（通讯员　赵倩）", right=True)
    EXTRA.teachers["B04"] = ("赵倩",)
    return Sent(
        files={"侧记.docx": paper.data()},
        school="xiyuan",
        records=(
            Expect(
                school="xiyuan", date="2020-05-12", title="墙是孩子的——西苑幼儿园到千字童幼儿园指导环境创设侧记", measure="environment-guidance",
                partners=("qianzitong",), direction="visit", sent=5, received=0, grades=("大班",), place="？千字童幼儿园", plan=(why,), record=what,
                summary=(end,), photos=("教师们重新布置楼道。",),
            ),
        ),
        unplaced=("赵倩",),
    )  # fmt: skip


@report("B05", "微信几个人先后发的，“昨天”，一项一项写，图名是图注，夹着群里应答")
def b05() -> Sent:
    text = """合黎镇中心幼儿园档案员 2020/11/19 9:12
@基教股 报送11月帮扶活动
活动名称：大班区域活动观摩
活动时间：昨天上午
活动地点：西苑幼儿园
参加人员：我园5名教师
方案：学习西苑幼儿园建构区的开展，解决我园孩子只会垒高的问题。
措施：每人盯住一个孩子看二十分钟，记下他搭了什么、说了什么、老师做了什么。
基教股 2020/11/19 9:15
收到，总结也发一下
合黎镇中心幼儿园档案员 2020/11/19 9:31
记录：5名教师分散在大一班、大二班的建构区，看孩子们合作搭“合黎山隧道”。搭塌了两次，老师没有帮忙，只问了一句“哪一根先倒的”。看完后和带班老师交流了四十分钟。
总结：回来后五个人把看到的对到一起，发现我们平时帮得太多了。下周先在大班试着“等一等”。
"""
    return Sent(
        files={"合作搭建合黎山隧道.jpg": photo(59), "与带班老师交流.jpg": photo(60)},
        text=text,
        records=(
            Expect(
                school="heli", date="2020-11-18", title="大班区域活动观摩", measure="area-observation", partners=("xiyuan",), direction="visit",
                sent=5, received=0, grades=("大班",), place="西苑幼儿园", plan=("学习西苑幼儿园建构区的开展，解决我园孩子只会垒高的问题。",),
                steps=("每人盯住一个孩子看二十分钟，记下他搭了什么、说了什么、老师做了什么。",),
                record=("5名教师分散在大一班、大二班的建构区，看孩子们合作搭“合黎山隧道”。搭塌了两次，老师没有帮忙，只问了一句“哪一根先倒的”。看完后和带班老师交流了四十分钟。",),
                summary=("回来后五个人把看到的对到一起，发现我们平时帮得太多了。下周先在大班试着“等一等”。",),
                photos=("合作搭建合黎山隧道", "与带班老师交流"),
            ),
        ),
        unplaced=("收到，总结也发一下",),
    )  # fmt: skip


@report("B06", "月小结里写两次活动：一、二、是活动名，底下各有“时间、地点”一行和三段话，没有小标题")
def b06() -> Sent:
    opening = "五月份，东苑幼儿园克服疫情影响，扎实开展结对帮扶，共组织活动两次。"
    data = (
        ("一、南华镇幼儿园教师来园观摩晨间活动", "时间：5月8日　　地点：东苑幼儿园操场",
         "为了帮助南华镇幼儿园规范晨间活动，我园邀请该园4名教师来园观摩。",
         "早上八点，小班、中班、大班的孩子陆续来到操场，自取器械，自主锻炼。南华镇的教师分头观察，体育组组长边走边讲器械的摆放和收整。",
         "观摩后，南华镇教师表示回园后先从器械分类做起。"),
        ("二、赴金太阳幼儿园开展区域活动专题讲座", "时间：5月22日　　地点：金太阳幼儿园会议室",
         "针对金太阳幼儿园教师对区域活动认识不足的问题，我园选派2名骨干教师前往举办讲座。",
         "讲座以《区域活动里的“看”与“等”》为题，结合三十张现场照片，讲了区域的划分、材料的层次和教师的站位，金太阳幼儿园18名教师参加，边听边记，最后用十分钟答疑。",
         "通过讲座，教师们对区域活动有了初步的认识。今后还要多用案例，少讲理论。"),
    )  # fmt: skip
    paper = Sheet()
    paper.title("东苑幼儿园2020年5月份结对帮扶工作小结")
    paper.p(opening)
    expects = []
    for n, (title, when, why, what, good) in enumerate(data):
        paper.p(title, bold=True)
        paper.p(when)
        paper.lines(why, what)
        paper.pictures(Pic(61 + n))
        paper.p(good)
        expects.append(
            Expect(
                school="dongyuan", date=("2020-05-08", "2020-05-22")[n], title=title[2:], measure=(None, "area-lecture")[n],
                partners=(("nanhua",), ("jintaiyang",))[n], direction=("host", "visit")[n], sent=(0, 2)[n], received=(4, 0)[n],
                grades=(("大班", "中班", "小班"), ())[n], place=("东苑幼儿园操场", "金太阳幼儿园会议室")[n], plan=(why,), record=(what,), summary=(good,),
                photos=("",),
            )
        )  # fmt: skip
    paper.p("2020年5月29日", right=True)
    return Sent(
        files={"5月小结.docx": paper.data()}, records=tuple(expects), unplaced=(opening, "2020年5月29日")
    )


@report("B07", "表格里有修订：格里字删增、整段删；批注一条；表外图注写“图1-2”")
def b07() -> Sent:
    aim = "观摩第一幼儿园晨间户外活动和区域活动。"
    steps = "全园教师分两批参加，本次为第一批。"
    account = "在第一幼儿园老师的陪同下，我园教师先看了户外混龄活动，再进小班看区域活动“宝宝超市”。"
    end = "收获很大，回来后每人写了一篇观摩笔记。"
    paper = Sheet()
    paper.title("外出观摩活动记录")
    paper.table(
        ["时间", "", "地点", "第一幼儿园"],
        ["参加人员", "", "组织者", "教研组长"],
        ["方案", aim, LEFT, LEFT],
        ["措施", steps, LEFT, LEFT],
        ["记录", "", LEFT, LEFT],
        ["总结", end, LEFT, LEFT],
    )
    table = paper.document.tables[0]
    from docx.oxml import parse_xml

    from tests.receive.reports.paper import _NAMESPACES as ns

    def fill(cell: object, *contents: str) -> None:
        old = cell._tc.p_lst[0]  # type: ignore[attr-defined]
        for content in contents:
            old.addprevious(parse_xml(f"<w:p {ns}>{content}</w:p>"))
        cell._tc.remove(old)  # type: ignore[attr-defined]

    fill(table.cell(0, 1), run("2020年") + deleted("9月16日") + inserted("9月17日"))
    fill(table.cell(1, 1), run("蕾梦幼儿园教师") + deleted("8") + inserted("6") + run("名"))
    fill(table.cell(4, 1), run(account), deleted("因为堵车，迟到了十分钟。"), inserted("中午11点返回。"))
    end_run = table.cell(5, 1).paragraphs[0].runs[0]
    paper.document.add_comment([end_run], text="再写具体一点", author="园长", initials="Y")
    paper.pictures(Pic(63), Pic(64))
    paper.p("图1-2 观摩现场", centre=True)
    return Sent(
        files={"蕾梦外出观摩.docx": paper.data()},
        school="leimeng",
        records=(
            Expect(
                school="leimeng", date="2020-09-17", title="外出观摩活动记录", measure="area-observation", partners=("diyi",), direction="visit",
                sent=6, received=0, grades=("小班",), place="第一幼儿园", lead="教研组长", plan=(aim,), steps=(steps,),
                record=(account, "中午11点返回。"), summary=(end,), photos=("观摩现场", "观摩现场"),
            ),
        ),
        unplaced=("因为堵车", "再写具体一点"),
    )  # fmt: skip


@report(
    "B08", "时间地点在文本框里，图浮动，图注是题注域“图 1”；正文标题“为什么做、怎么做、做了什么、做得怎样”"
)
def b08() -> Sent:
    why = "黑泉镇幼儿园的孩子大多由爷爷奶奶照看，家长很少走进幼儿园。我们想和黑泉镇幼儿园一起办一次亲子运动会，让家长看到孩子在玩中学。"
    how = (
        "两园教师共同设计六个项目，器械以农家常见的簸箕、麻袋、玉米棒为主；提前一周发邀请函；安排安全员6名。"
    )
    did = (
        "10月16日上午，亲子运动会在黑泉镇幼儿园操场举行。六个项目“运玉米”“跳麻袋”“滚南瓜”等轮番上场，爷爷奶奶们笑得合不拢嘴。",
        "运动会后，我园教师用二十分钟给家长讲了“陪玩三个小办法”。",
    )
    well = (
        "全园52户家庭来了49户。有家长说，第一次知道滚南瓜也能教孩子数数。下次要把项目再减少一个，时间短一些。"
    )
    paper = Sheet()
    paper.title("滚南瓜，乐开花——亲子运动会")
    paper.text_box(
        "时间：2020年10月16日",
        "地点：黑泉镇幼儿园操场",
        "负责人：光彩幼儿园大班年级组长",
        "人员：光彩幼儿园派出4名教师，黑泉镇幼儿园教师7名",
    )
    paper.p("为什么做", bold=True)
    paper.p(why)
    paper.p("怎么做", bold=True)
    paper.p(how)
    paper.p("做了什么", bold=True)
    paper.p(did[0])
    paper.floating(65)
    paper.caption(1, "“滚南瓜”项目")
    paper.p(did[1])
    paper.floating(66)
    paper.caption(2, "给家长讲“陪玩三个小办法”")
    paper.p("做得怎样", bold=True)
    paper.p(well)
    return Sent(
        files={"光彩+黑泉亲子运动会.docx": paper.data()},
        school="guangcai",
        records=(
            Expect(
                school="guangcai", date="2020-10-16", title="滚南瓜，乐开花——亲子运动会", measure="home-coeducation", partners=("heiquan",),
                direction="visit", sent=4, received=0, place="黑泉镇幼儿园操场", lead="光彩幼儿园大班年级组长", plan=(why,), steps=(how,), record=did,
                summary=(well,), photos=("“滚南瓜”项目", "给家长讲“陪玩三个小办法”"),
            ),
        ),
    )  # fmt: skip


@report("B09", "教研活动记录表：应到实到、记录人、中心发言人；教师一人一句发言，写着姓名")
def b09() -> Sent:
    aim = "围绕“中班美术活动中教师怎样评价幼儿作品”展开研讨，形成评价要点。"
    prepared = "每人带两幅本班幼儿作品，想好一句评价的话。"
    talk = (
        "光彩幼儿园中班教研组长主持，先出示六幅作品，请大家各写一句评价。",
        "陈静：我总是说“真棒”，孩子听多了也没感觉。",
        "马春兰：可以说具体一点，比如“你用了三种蓝色”。",
        "金果果 孙丽：我们园家长爱问像不像，老师也跟着问，今后要改。",
        "小结：先问、再听、后说；说颜色、说线条、说故事，不说像不像。",
    )
    result = "形成《中班美术作品评价十句话》，下周起在两园中班试用，月底收集意见。"
    paper = Sheet()
    paper.title("园本教研活动记录表")
    paper.table(
        ["教研主题", "怎样评价幼儿的美术作品", LEFT, LEFT, LEFT, LEFT],
        ["时　间", "2020年12月8日下午", LEFT, "地　点", "光彩幼儿园三楼教研室", LEFT],
        ["主持人", "中班教研组长", "记录人", "陈静", "中心发言人", "马春兰"],
        ["应到", "16人", "实到", "15人", "缺席", "1人（病假）"],
        ["外园参加人员", "金果果景隆幼儿园骨干教师3人", LEFT, LEFT, LEFT, LEFT],
        ["教研目的", aim, LEFT, LEFT, LEFT, LEFT],
        ["教研准备", prepared, LEFT, LEFT, LEFT, LEFT],
        ["教研过程", "\n".join(talk), LEFT, LEFT, LEFT, LEFT],
        ["教研成果", result, LEFT, LEFT, LEFT, LEFT],
        ["图　片", [Pic(67), Pic(68)], LEFT, LEFT, LEFT, LEFT],
    )
    EXTRA.teachers["B09"] = ("陈静", "马春兰", "孙丽")
    return Sent(
        files={"12月教研.docx": paper.data()},
        records=(
            Expect(
                school="guangcai", date="2020-12-08", title="怎样评价幼儿的美术作品", measure="joint-research", partners=("jinguoguo",), direction="host",
                sent=0, received=3, grades=("中班",), place="光彩幼儿园三楼教研室", attendance=15, lead="中班教研组长", plan=(aim,), steps=(prepared,),
                record=talk, summary=(result,), photos=("", ""),
            ),
        ),
        unplaced=("记录人", "1人（病假）"),
    )  # fmt: skip


@report("B10", "被帮扶园写的关爱活动：正文里写了孩子的姓名和家境，奶奶的话，捐赠清单；没有小标题")
def b10() -> Sent:
    why = "“六一”儿童节前夕，第一幼儿园的园长和3位老师带着孩子们的祝福来到新坝镇幼儿园，看望这里的困境幼儿。"
    what = (
        "5月29日上午，在我园老师的带领下，大家首先来到大班幼儿马小军家。小军的父母离异，跟着奶奶生活。老师们送上书包、绘本和一套新衣服，和小军一起拼了拼图。奶奶拉着老师的手说：“娃娃从来没有这么高兴过。”",
        "随后，大家又走访了两户留守幼儿家庭，和远在外地打工的爸爸妈妈通了视频。",
        "这次共送来绘本60本、书包3个、衣服3套、油画棒20盒。",
    )
    end = "爱心无价，真情暖人。感谢第一幼儿园的老师们。我园也将建好困境幼儿档案，安排老师一对一陪伴。"
    paper = Sheet()
    paper.title("情系困境幼儿  温暖童年时光")
    paper.lines(*("    " + each for each in (why, *what)))
    paper.pictures(Pic(69))
    paper.p("（送来的绘本和书包）", centre=True)
    paper.p("    " + end)
    paper.p("新坝镇中心小学辖区内幼儿园", right=True)
    paper.p("2020年6月1日", right=True)
    EXTRA.children["B10"] = ("马小军", "小军", "离异")
    return Sent(
        files={"六一关爱.docx": paper.data()},
        records=(
            Expect(
                school="xinba", date="2020-05-29", title="情系困境幼儿 温暖童年时光", measure="hardship-care", partners=("diyi",), direction="host",
                sent=0, received=4, grades=(), place=None, plan=(why,), record=what, summary=(end,), photos=("送来的绘本和书包",),
            ),
        ),
        unplaced=("2020年6月1日",),
    )  # fmt: skip


@report(
    "B11",
    "很长：前面是活动通知（定于5月21日），中间方案，后面记录（因风沙改到5月26日）、总结，分页；各有落款日期",
)
def b11() -> Sent:
    notice = (
        "骆驼城镇中心小学辖区内幼儿园：",
        "经研究，定于5月21日在你园开展“师徒结对、同课异构”活动，请做好准备。",
    )
    aim = (
        "为充分发挥骨干教师的传帮带作用，促进青年教师专业成长，现制定“师徒结对、同课异构”活动方案。",
        "（一）通过师徒同上一节课，让徒弟看到差距，学有方向。",
        "（二）通过说课、评课，提高教师的反思能力。",
    )
    steps = (
        "（一）课题统一为大班语言活动《风在哪里》，师徒各自设计，不得照抄。",
        "（二）两园业务园长负责审核教案，骆驼城镇幼儿园负责准备场地和录像。",
        "（三）听课教师每人一份评课量表，当场填写，当场收回。",
    )
    account = (
        "原定5月21日举行的活动，因大风沙尘天气改在5月26日进行。当天上午8点20分，我园6名教师到达骆驼城镇幼儿园。",
        "9点，徒弟先上课。她用一段风声录音引入，孩子们很快安静下来，但提问偏多，孩子说话的机会少。",
        "9点40分，师傅上课。同样的录音，她只问了一个问题：“风在哪里？”孩子们有的说在窗帘上，有的说在头发上，有的跑到窗边去看。",
        "10点20分，集中评课。徒弟说：“我明白了，问题不在多，在于能不能让孩子动起来。”师傅也说，徒弟的风声录音选得好，自己借来用了。",
        "11点，两园业务园长分别发言，共同填写了师徒结对手册。",
    )
    end = (
        "（一）收获。同一个课题，两种上法，好在哪里、差在哪里，一看便知。评课量表收回19份，平均分徒弟82分、师傅94分。",
        "（二）不足。听课教师评课时只说优点多，说不足少。",
        "（三）打算。九月份换徒弟来我园上课，每月线上互看一次教案。",
    )
    paper = Sheet()
    paper.head("高台县南苑幼儿园")
    paper.title("关于开展“师徒结对、同课异构”活动的通知")
    paper.lines(*notice)
    paper.p("南苑幼儿园", right=True)
    paper.p("2020年5月14日", right=True)
    paper.page()
    paper.title("“师徒结对、同课异构”活动方案")
    paper.p("一、活动目的", bold=True)
    paper.lines(*aim)
    paper.p("二、活动要求", bold=True)
    paper.lines(*steps)
    paper.page()
    paper.title("“师徒结对、同课异构”活动记录")
    for n, text in enumerate(account):
        paper.p(text)
        if n in (1, 2, 3):
            paper.pictures(Pic(69 + n))
            paper.p(("徒弟上课", "师傅上课", "集中评课")[n - 1], centre=True)
    paper.page()
    paper.title("“师徒结对、同课异构”活动总结")
    paper.lines(*end)
    paper.p("南苑幼儿园", right=True)
    paper.p("2020年5月28日", right=True)
    EXTRA.titles["B11"] = ("“师徒结对、同课异构”活动记录", "“师徒结对、同课异构”活动总结")
    return Sent(
        files={"师徒结对资料（全）.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan", date="2020-05-26", title="“师徒结对、同课异构”活动", measure="mentoring", partners=("luotuocheng",), direction="visit",
                sent=6, received=0, grades=("大班",), place="？骆驼城镇幼儿园", plan=aim, steps=steps, record=account, summary=end, photos=("徒弟上课", "师傅上课", "集中评课"),
            ),
        ),
        unplaced=("请做好准备", "2020年5月14日", "2020年5月28日"),
    )  # fmt: skip


@report("B12", "很短的表，方案空着，措施写“见附件”，总结写“无”，没有图")
def b12() -> Sent:
    account = "我园2名教师参加光彩幼儿园中班教研活动。"
    paper = Sheet()
    paper.title("金果果景隆幼儿园月活动记录")
    paper.table(
        ["时间", "4月28日", "地点", "光彩幼儿园"],
        ["方案", "", "措施", "见附件"],
        ["记录", account, "总结", "无"],
    )
    return Sent(
        files={"4月.docx": paper.data()},
        records=(
            Expect(
                school="jinguoguo", date="2020-04-28", title="金果果景隆幼儿园月活动记录", measure="joint-research", partners=("guangcai",), direction="visit",
                sent=2, received=0, grades=("中班",), place="光彩幼儿园", record=(account,),
            ),
        ),
        unplaced=("见附件",),
    )  # fmt: skip


@report("B13", "栏目填错：主持人一栏写地点、地点一栏写职务；时间只写“5月”，准确日期在正文；错别字“活动总节”")
def b13() -> Sent:
    aim = "和罗城镇幼儿园一起，建立健全家长委员会，让家长参与到幼儿园管理中来。"
    steps = "光彩幼儿园提供家长委员会章程样本；罗城镇幼儿园每班推选家长代表2名。"
    account = "5月19日下午3点，家长委员会成立会召开，家长代表12人到会，光彩幼儿园3名老师应邀参加，介绍了本园家委会怎样参与食堂监督和大型活动，会上选出家委会主任1名、副主任2名，通过了章程。"
    end = "家委会有了章程，有了分工，家长的热情很高。下一步要把第一次例会开好。"
    paper = Sheet()
    paper.title("罗城镇幼儿园家长委员会成立活动")
    paper.lines(
        "活动时间：5月", "主持人：罗城镇中心小学辖区内幼儿园会议室", "活动地点：园长", "帮扶园：光彩幼儿园"
    )
    paper.p("活动目的：" + aim)
    paper.p("活动准备：" + steps)
    paper.p("活动经过：" + account)
    paper.p("活动总节：" + end)
    paper.pictures(Pic(75))
    paper.p("家长代表举手表决")
    return Sent(
        files={"家委会.docx": paper.data()},
        records=(
            Expect(
                school="luocheng", date="2020-05-19", title="罗城镇幼儿园家长委员会成立活动", measure="institution-building", partners=("guangcai",),
                direction="host", sent=0, received=3, place="罗城镇中心小学辖区内幼儿园会议室", lead="园长", plan=(aim,), steps=(steps,),
                record=(account,), summary=(end,), photos=("家长代表举手表决",),
            ),
        ),
    )  # fmt: skip


@report("B14", "WPS 旧模板：表头一张表，正文在内容控件里，图片 3×2 表，图注在图上一行；页脚有“第 1 页”")
def b14() -> Sent:
    aim = "通过实地查看和手把手指导，帮助南华镇幼儿园规范安全、卫生保健等制度，完善台账。"
    steps = (
        "1.东苑幼儿园后勤副园长、保健医生、安全员3人组成指导组。\n2.南华镇幼儿园准备好现有制度和近一年台账。"
    )
    account = "指导组先看晨检、消毒、留样和门卫登记，再逐本翻看台账，发现消毒记录不全、晨检没有写处理结果等九个问题，当场示范怎样填写。下午与南华镇幼儿园园长一起修订了《接送制度》等五项制度。"
    end = "九个问题当天改了六个，其余三个月底前改完。制度定了，关键在天天做。"
    paper = Sheet()
    paper.wps()
    paper.foot("第 1 页 共 2 页")
    paper.title("高台县幼儿园结对帮扶活动档案")
    paper.table(
        ["帮扶园", "东苑幼儿园", "受援园", "南华镇中心小学辖区内幼儿园"],
        ["活动内容", "制度建设指导", "活动日期", "2020年3月26日"],
        ["活动地点", "南华镇中心小学辖区内幼儿园", "牵头人", "后勤副园长"],
        ["帮扶园参加人数", "3", "受援园参加人数", "6"],
    )
    for name, text in (
        ("一、方案", aim),
        ("二、措施", steps),
        ("三、记录", account),
        ("四、总结", end),
        ("五、图片", ""),
    ):
        paper.sdt(name, bold=True)
        for line in text.split("\n") if text else ():
            paper.sdt(line)
    paper.table(
        ["看晨检登记", "查看留样冰箱", "翻看台账"], [Pic(76), Pic(77), Pic(78)],
        ["示范填写", "修订制度", "合影"], [Pic(79), Pic(80), Pic(81)],
    )  # fmt: skip
    return Sent(
        files={"档案3-2.docx": paper.data()},
        school="dongyuan",
        records=(
            Expect(
                school="dongyuan", date="2020-03-26", title="制度建设指导", measure="institution-building", partners=("nanhua",), direction="visit", sent=3,
                received=0, place="南华镇中心小学辖区内幼儿园", attendance=None, lead="后勤副园长", plan=(aim,), steps=tuple(steps.split("\n")),
                record=(account,), summary=(end,), photos=("看晨检登记", "查看留样冰箱", "翻看台账", "示范填写", "修订制度", "合影"),
            ),
        ),
    )  # fmt: skip


@report("B15", "汇报：开展情况、主要做法、取得成效；物资清单小表在正文里；两所园同一天；抄送；活动日期在正文")
def b15() -> Sent:
    why = "为改善农村园、民办园户外活动条件，根据帮扶计划，第一幼儿园于4月16日向新坝镇幼儿园、蕾梦幼儿园捐赠了一批户外器材和防疫物资。现将情况汇报如下："
    how = (
        "1.提前调查两园需要，列出清单，缺什么送什么。",
        "2.对闲置器材清洗、加固、消毒，专人验收，确保安全。",
        "3.由后勤副园长带队，一行5人负责运送、安装。",
    )
    went = "当天上午先到新坝镇幼儿园，安装攀爬架1组、平衡木2组；下午到蕾梦幼儿园，安装轮胎秋千2架。安装完毕后，我园教师带着孩子们试玩，讲了使用规则和日常检查的要点。捐赠物资如下："
    good = "两园户外器材种类由原来的三四种增加到八种以上，孩子们户外活动有了玩的东西。今后我们将每学期回访一次，检查器材的使用和维护情况。"
    paper = Sheet()
    paper.title("第一幼儿园室外活动条件支持工作汇报")
    paper.p("　　" + why)
    paper.p("一、主要做法", bold=True)
    paper.lines(*how)
    paper.p("二、开展情况", bold=True)
    paper.p(went)
    paper.table(
        ["品名", "新坝镇幼儿园", "蕾梦幼儿园"],
        ["平衡木", "2组", "—"],
        ["轮胎秋千", "—", "2架"],
        ["免洗洗手液", "20瓶", "20瓶"],
    )
    paper.pictures(Pic(82))
    paper.p("安装轮胎秋千", centre=True)
    paper.p("三、取得成效", bold=True)
    paper.p(good)
    paper.p("高台县第一幼儿园", right=True)
    paper.p("二〇二〇年四月二十日", right=True)
    paper.p("抄送：新坝镇幼儿园、蕾梦幼儿园")
    return Sent(
        files={"捐赠汇报.docx": paper.data()},
        records=(
            Expect(
                school="diyi", date="2020-04-16", title="第一幼儿园室外活动条件支持工作汇报", measure="outdoor-support", partners=("xinba", "leimeng"),
                direction="visit", sent=5, received=0, place="？新坝镇幼儿园、蕾梦幼儿园", plan=(why,), steps=how,
                record=(went, "品名新坝镇幼儿园蕾梦幼儿园平衡木2组—轮胎秋千—2架免洗洗手液20瓶20瓶"), summary=(good,), photos=("安装轮胎秋千",),
            ),
        ),
        unplaced=("二〇二〇年四月二十日", "抄送：新坝镇幼儿园、蕾梦幼儿园"),
    )  # fmt: skip


@report("B16", "线上讲座：钉钉直播，主讲写职务，人数在表里；上报单位写在表尾；图注“截图一”")
def b16() -> Sent:
    aim = "疫情防控期间停课不停研，帮助结对园教师了解区域活动开展的步骤与策略。"
    ready = "提前三天发布直播链接；主讲教师试播两次；各园安排专人签到。"
    course = "讲座分三个部分：区域活动是什么、怎样创设、教师做什么。主讲教师展示了我园二十四个区角的照片，用弹幕与大家互动，共收到提问31条，挑选其中8条现场回答，其余在群里文字回复。"
    effect = "三所结对园教师全部上线，回看118人次。线上讲座看不到表情，互动不够，复学后再到园里实地指导。"
    paper = Sheet()
    paper.title("“云端相聚”区域活动专题讲座活动纪实")
    paper.table(
        ["讲座题目", "《区域活动开展的步骤与策略》", "直播时间", "2020.4.9 15:00-16:30"],
        ["平　台", "钉钉直播", "主　讲", "业务副园长"],
        ["参加对象", "骆驼城镇、巷道镇幼儿园和七色果幼儿园教师", "在线人数", "62"],
        ["讲座目的", aim, LEFT, LEFT],
        ["前期准备", ready, LEFT, LEFT],
        ["讲座内容", course, LEFT, LEFT],
        ["效果与反思", effect, LEFT, LEFT],
        ["截　图", [Pic(83), "截图一：直播画面", Pic(84), "截图二：弹幕提问"], LEFT, LEFT],
        ["上报单位", "南苑幼儿园", "上报时间", "2020年4月28日"],
    )
    EXTRA.titles["B16"] = ("“云端相聚”区域活动专题讲座活动纪实", "区域活动开展的步骤与策略")
    return Sent(
        files={"云端讲座.docx": paper.data()},
        records=(
            Expect(
                school="nanyuan", date="2020-04-09", title="《区域活动开展的步骤与策略》", measure="area-lecture",
                partners=("luotuocheng", "xiangdao", "qiseguo"), direction="online", place="钉钉直播", attendance=62, lead="业务副园长", plan=(aim,),
                steps=(ready,), record=(course,), summary=(effect,), photos=("直播画面", "弹幕提问"),
            ),
        ),
        unplaced=("2020年4月28日",),
    )  # fmt: skip
