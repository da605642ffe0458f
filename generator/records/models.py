"""The record format: one typed, frozen model for each kind of file in ``records/``.

The models are the only definition of the format: the JSON Schemas, the fields page and the messages
for unknown or missing keys are all derived from their titles and descriptions (which are Chinese,
because teachers read them). Formats follow the plan: 附件3 for plan rows, 四-（三）-2 for rosters,
四-（一）-2 for agreements, 五-3 for activities, 五-4 for closings, inspections, events and surveys.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from generator.records.scalars import Count, Day, Flag, Id, Month, Text

PARTS = ("方案", "措施", "记录", "总结")
"""The written parts of an activity (五-3), in their order."""

Grade = Literal["大班", "中班", "小班"]
Direction = Literal["host", "visit", "online"]
Kind = Literal["helper", "rural", "private"]
People = Literal["none", "adults", "children"]
FindingWord = Literal["confirmed", "doubtful", "false"]
Method = Literal["visit", "interview", "survey"]

DIRECTIONS: dict[str, str] = {"host": "请进来", "visit": "走出去", "online": "线上"}

LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=20)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Score = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}\.[0-9]{2}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Common settings: frozen, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        defer_build=True,  # a check of one record needs three of these models, not thirty
    )


class Sampled(Model):
    """A record that may be sample data."""

    sample: Flag = Field(False, title="示例数据", description="示例数据写 true；真实记录不写这一行。")


# --- activity.md ---------------------------------------------------------------------------------


class Staff(Model):
    """Numbers of key teachers, seen from the reporting school."""

    sent: Count = Field(0, title="派出人数", description="本园派出的业务骨干人数；没有就写 0。")
    received: Count = Field(0, title="接待人数", description="到本园来的业务骨干人数；没有就写 0。")


class Withdrawal(Model):
    """The tombstone of a photo that was taken out of the archive; the photo still counts."""

    date: Day = Field(title="撤下日期", description="撤下图片的日期，写成 2020-06-01。")
    reason: Text = Field(title="撤下原因", description="如 家长要求；不写姓名。")
    digest: Digest = Field(title="原图校验值", description="撤下的图片文件的 SHA-256，由命令填写。")


class Photo(Model):
    """A photo that lies beside the record."""

    file: FileName = Field(title="文件名", description="与 activity.md 同一文件夹内的图片文件名，如 01.jpg。")
    caption: Text = Field(title="图片说明", description="一句话说明图片拍的是什么；不写幼儿姓名。")
    people: People | None = Field(
        None,
        title="图中人物",
        description="none 没有人、adults 只有成人、children 有幼儿，三者选一。有幼儿而没有监护人同意的，不公开。",
    )
    consent: Flag = Field(
        False, title="监护人同意", description="图中每名幼儿的监护人都书面同意公开，写 true。"
    )
    taken: Day | None = Field(
        None, title="拍摄日期", description="由 pairing photos add 从照片中读出，写成 2020-05-14。"
    )
    public: Flag = Field(True, title="公开", description="写 false 则图片只存档、不在网站公开。")
    withdrawn: Withdrawal | None = Field(
        None, title="撤下", description="图片撤下后由 pairing photos withdraw 填写；图片仍然计数。"
    )


class Activity(Sampled):
    """帮扶活动：一个文件夹、一份 activity.md 和若干图片。"""

    title: Text = Field(title="标题", description="活动名称，一行，不超过 40 字为宜。")
    date: Day = Field(title="活动日期", description="活动当天，写成 2020-05-14。")
    measure: Id = Field(
        title="帮扶内容", description="实施方案第四部分的一项，填写其代号，如 area-observation。"
    )
    partners: list[Id] = Field(
        title="参与园",
        description="一同参加的对方园代号，如 [heiquan, jinguoguo]。",
        min_length=1,
        max_length=30,
    )
    direction: Direction = Field(
        title="方式", description="host 请进来、visit 走出去、online 线上，三者选一。"
    )
    staff: Staff = Field(title="业务骨干人数", description="如 {sent: 0, received: 2}。")
    grades: list[Grade] = Field(
        default=[], title="年级", description="涉及的年级：大班、中班、小班，如 [大班, 中班]。", max_length=3
    )
    place: Text | None = Field(None, title="地点", description="活动地点；线上活动可写平台名称，如 钉钉。")
    attendance: Count | None = Field(None, title="参加人数", description="参加活动的总人数。")
    lead: Text = Field(title="负责人", description="只写职务，如 业务园长。")
    reported: Day = Field(title="上报日期", description="材料报送基教股的日期，写成 2020-05-20。")
    plan: Id | None = Field(None, title="计划任务", description="所完成的计划表任务编号，如 2020-05-2。")
    pairs: list[Id] = Field(
        default=[],
        title="结对编号",
        description="参加的师徒对子，写花名册里的编号，如 [heiquan-1, heiquan-3]；结对学习请写上。",
        max_length=60,
    )
    photos: list[Photo] = Field(
        default=[], title="图片信息", description="每张图片一行：文件名与说明。", max_length=60
    )
    public: Flag = Field(True, title="公开", description="写 false 则整份记录不在网站公开，但仍计数。")
    private: list[Text] = Field(
        default=[],
        title="保密姓名",
        description="绝不能公开的姓名；正文或图片说明里出现就会报错并在网站上遮盖。",
        max_length=50,
    )


# --- school.yml, plan.yml, roster.yml, agreement-*.md ----------------------------------------------


class School(Model):
    """校（园）档案。"""

    id: Id = Field(title="代号", description="与文件夹同名的英文代号。")
    name: Text = Field(title="名称", description="全称，与实施方案附件2一致。")
    short: Text = Field(title="简称", description="表格里用的简称，不超过 4 个字。")
    kind: Kind = Field(title="类别", description="helper 帮扶园、rural 农村园、private 民办园。")
    township: Text | None = Field(None, title="所在乡镇", description="农村园所在乡镇。")
    responsible: Text = Field(title="责任人", description="实施方案附件2列出的责任人。")
    archivist: Text = Field(title="档案管理", description="负责帮扶档案的专人，只写岗位。")
    profile: LongText | None = Field(None, title="简介", description="园所简介，可分段。")


class PlanRow(Model):
    """A row of the plan table (附件3)."""

    id: Id = Field(title="任务编号", description="月份加序号，如 2020-05-2，全表不重复。")
    month: Month = Field(title="月份", description="写成 2020-05。")
    date: Day | None = Field(None, title="帮扶时间", description="计划日期，写成 2020-05-14；未定可不写。")
    task: Text = Field(title="帮扶任务", description="一句话写清做什么。")
    measure: Id | None = Field(None, title="帮扶内容", description="对应的帮扶内容代号。")
    lead: Text | None = Field(None, title="负责人", description="只写职务。")


class PlanTable(Sampled):
    """工作计划表（附件3）。"""

    rows: list[PlanRow] = Field(title="计划任务", description="每项任务一行。", max_length=400)


class MentorPair(Model):
    """A pair of teachers (师徒结对)."""

    id: Id | None = Field(
        None, title="编号", description="这一对的编号，如 heiquan-1，一学期里不重复；活动记录的 pairs 写它。"
    )
    mentor: Text = Field(title="师傅", description="帮扶园教师，只写岗位。")
    mentee: Text = Field(title="徒弟", description="被帮扶园教师，只写岗位。")
    school: Id = Field(title="被帮扶园", description="徒弟所在园的代号。")
    focus: Text = Field(title="帮教内容", description="结对的重点。")


class RosterTerm(Model):
    """The roster of one term."""

    term: Id = Field(title="学期", description="spring 春学期或 autumn 秋学期。")
    reported: Day = Field(title="上报日期", description="报基教股的日期；应在开学第一周内。")
    pairs: list[MentorPair] = Field(
        title="结对名单", description="每对师徒一行。", min_length=1, max_length=300
    )


class Roster(Sampled):
    """师徒结对花名册。"""

    terms: list[RosterTerm] = Field(
        title="各学期花名册", description="每学期一份。", min_length=1, max_length=4
    )


class Agreement(Sampled):
    """帮扶协议：文件名 agreement-<被帮扶园代号>.md，正文是协议内容。"""

    title: Text = Field(title="标题", description="协议名称。")
    helped: Id = Field(title="被帮扶园", description="签约的被帮扶园代号，与文件名一致。")
    signed: Day = Field(title="签订日期", description="写成 2020-03-06。")
    goals: list[Text] = Field(
        title="年度目标", description="明确的年度帮扶目标，一条一行。", min_length=1, max_length=20
    )


# --- programme.yml -------------------------------------------------------------------------------


class Person(Model):
    """A member of the leading group (附件1)."""

    name: Text = Field(title="姓名", description="姓名。")
    post: Text = Field(title="职务", description="职务。")
    role: Literal["leader", "deputy", "member"] = Field(
        "member", title="组内职务", description="leader 组长、deputy 副组长、member 成员。"
    )


class Term(Model):
    """A term with the months in which help is given and reported."""

    id: Id = Field(title="代号", description="学期代号，如 spring。")
    name: Text = Field(title="名称", description="如 春学期。")
    starts: Day = Field(title="开学日期", description="开学第一天；花名册期限由此计算。")
    ends: Day = Field(title="结束日期", description="学期最后一天。")
    months: list[Month] = Field(title="帮扶月", description="应开展活动的月份。", min_length=1, max_length=12)


class Expectation(Model):
    """What a measure expects of one side of a pairing in each period.

    ``activities``: at least ``at_least`` activities of the measure. ``sent``/``received``: at least so many
    key teachers in activities of the measure. ``grades``: activities of the measure that cover all ``grades``.
    ``document``: the named document exists (and, with ``within_days``, was reported so soon after term start).
    """

    by: Literal["helper", "helped"] = Field(
        title="责任方", description="helper 由帮扶园完成，helped 由被帮扶园完成。"
    )
    every: Literal["month", "term", "year"] = Field(
        title="周期", description="month 每月、term 每学期、year 每年。"
    )
    kind: Literal["activities", "sent", "received", "grades", "document"] = Field(
        title="要求种类", description="活动次数、派出人数、接待人数、覆盖年级或应交文件。"
    )
    at_least: Count = Field(1, title="至少", description="最低数量。")
    grades: list[Grade] = Field(default=[], title="年级", description="应覆盖的年级。", max_length=3)
    document: Literal["plan", "roster", "agreement"] | None = Field(
        None, title="文件", description="应交的文件。"
    )
    within_days: Count | None = Field(None, title="期限天数", description="开学后多少天之内上报。")
    text: Text = Field(title="要求", description="用一句话写给学校看的要求。")


class Measure(Model):
    """A kind of help (section 四 of the plan) with its clause and expectations."""

    id: Id = Field(title="代号", description="英文代号，写在活动记录的 measure 里。")
    name: Text = Field(title="名称", description="中文名称。")
    clause: ClauseId = Field(title="条款", description="实施方案条款，如 四-（二）-1。")
    expectations: list[Expectation] = Field(
        default=[], title="频次要求", description="每月、每学期或每年的要求。", max_length=10
    )


class Pairing(Model):
    """A helper with its helped schools and the responsible persons (附件2)."""

    helper: Id = Field(title="帮扶园", description="帮扶园代号。")
    helped: list[Id] = Field(title="被帮扶园", description="被帮扶园代号。", min_length=1, max_length=30)
    responsible: list[Text] = Field(
        title="责任人", description="按附件2的顺序。", min_length=1, max_length=40
    )


class Oddity(Model):
    """A place where the plan does not agree with itself; kept as it is and noted on its page."""

    clause: ClauseId = Field(title="条款", description="所在条款。")
    note: LongText = Field(title="说明", description="哪里前后不一致，档案如何处理。")


class HumanJudgement(Model):
    """A clause that no rule can check, with the reason."""

    clause: ClauseId = Field(title="条款", description="条款编号。")
    reason: LongText = Field(title="理由", description="为什么要由人判断。")


class Gatherings(Model):
    """The “名园+” events that the bureau holds."""

    since: Id = Field(title="起始学期", description="从哪个学期起举行，如 autumn。")
    each_month: Count = Field(1, title="每月次数", description="每月至少几次。")
    clause: ClauseId = Field(title="条款", description="实施方案条款，如 五-4。")


class Quotas(Model):
    """The least number of activities a school carries out in each month (附件3 备注)."""

    helper: Count = Field(title="帮扶园", description="帮扶园每月最少项数。")
    helped: Count = Field(title="被帮扶园", description="被帮扶园每月最少次数。")


class Imprint(Model):
    """What the end of each bulletin says of who gets it and who answers questions (版记)."""

    to: list[Text] = Field(
        default=["各校（园）"], title="发送", description="简报发给谁，一个一项。", max_length=20
    )
    copies: list[Text] = Field(
        default=[], title="抄送", description="抄送哪些单位或领导，一个一项。", max_length=20
    )
    contact: Text | None = Field(
        None, title="联系方式", description="科室和办公电话；不写个人的姓名和手机号码。"
    )


class AssessmentItem(Model):
    """One line of the term assessment (五-4): what is counted, and how many points it is worth to each side.

    ``quota``: activities that count, of those that the months ask for. ``full-months``: months in which
    enough came in time. ``archive``: of those asked for, how many have all parts. ``plan``: rows of the plan
    table that were fulfilled. ``measure``: periods in which the measure's expectations were met.
    ``document``: the document is there, in time where the programme says so. ``truthful``: nothing was found
    to be false.
    """

    id: Id = Field(title="代号", description="英文代号，不重复。")
    name: Text = Field(title="名称", description="考核项目的名称，如 每月完成数量。")
    clause: ClauseId = Field(title="条款", description="依据的条款。")
    kind: Literal["quota", "full-months", "archive", "plan", "measure", "document", "truthful"] = Field(
        title="算法",
        description="quota 完成数量、full-months 按时足额的月份、archive 材料齐全、plan 计划落实、measure 帮扶内容的频次要求、document 应交文件、truthful 如实填报。",
    )
    measure: Id | None = Field(None, title="帮扶内容", description="算法是 measure 时，填写帮扶内容代号。")
    document: Literal["plan", "roster", "agreement"] | None = Field(
        None, title="文件", description="算法是 document 时，填写 plan、roster 或 agreement。"
    )
    helper: Count = Field(0, title="帮扶园分值", description="对帮扶园值多少分；0 为不考核。")
    helped: Count = Field(0, title="被帮扶园分值", description="对被帮扶园值多少分；0 为不考核。")


class Programme(Model):
    """帮扶工作实施方案的数据：学期、月份、期限、数量、帮扶内容、对子与人员。"""

    year: Count = Field(title="年度", description="方案年度。")
    county: Text = Field(title="县区", description="县区名称。")
    title: Text = Field(title="方案名称", description="实施方案全称。")
    issuer: Text = Field(title="发文单位", description="教育局全称。")
    office: Text = Field(title="承办科室", description="收取材料的科室，如 基教股。")
    bulletin: Text = Field(title="简报名称", description="每月简报的名称。")
    imprint: Imprint = Field(
        default_factory=Imprint, title="简报版记", description="每期简报末尾的发送范围和联系方式。"
    )
    plan_text: FileName = Field(title="方案原文", description="content/plan/ 下的文件名。")
    unstated_people: Literal["publish", "withhold"] = Field(
        "publish",
        title="未注明人物的图片",
        description="图片没有写 people 时：publish 公开，withhold 注明以前不公开。",
    )
    timezone: Text = Field("Asia/Shanghai", title="时区", description="期限按此时区计算。")
    deadline_day: Annotated[int, Field(ge=1, le=31)] = Field(
        title="截止日", description="每月上报截止日；当月不足此日的，以月末为准。"
    )
    reply_days: Count = Field(
        7, title="说明期限", description="核查结论存疑或虚报的，告知学校后等待说明的天数。"
    )
    events: Gatherings | None = Field(
        None, title="观摩互促活动", description="“名园+”活动从哪个学期起、多久一次；方案没有规定的不写。"
    )
    terms: list[Term] = Field(title="学期", description="各学期。", min_length=1, max_length=4)
    quotas: Quotas = Field(title="数量要求", description="每月最少活动数。")
    requirements: dict[Id, ClauseId] = Field(
        title="检查依据", description="每类检查所依据的条款。", max_length=60
    )
    measures: list[Measure] = Field(
        title="帮扶内容", description="第四部分各项。", min_length=1, max_length=60
    )
    pairings: list[Pairing] = Field(title="帮扶对子", description="附件2。", min_length=1, max_length=400)
    leading_group: list[Person] = Field(title="领导小组", description="附件1。", max_length=400)
    assessment: list[AssessmentItem] = Field(
        default=[],
        title="学期考核",
        description="考核项目与分值，帮扶园、被帮扶园各合计100分；不写就不考核。",
        max_length=40,
    )
    oddities: list[Oddity] = Field(
        default=[], title="原文存疑", description="原文前后不一致之处。", max_length=40
    )
    human_judgement: list[HumanJudgement] = Field(
        default=[], title="人工判断", description="不能自动检查的条款。", max_length=60
    )

    @property
    def months(self) -> tuple[str, ...]:
        """All months of the programme, in order, as ``YYYY-MM``."""
        return tuple(month for term in self.terms for month in term.months)

    @property
    def school_ids(self) -> tuple[str, ...]:
        """All reporting schools in pairing order, each helper before its helped schools."""
        return tuple(s for p in self.pairings for s in (p.helper, *p.helped))

    def measure(self, measure_id: str) -> Measure | None:
        """Return the measure of that id, or ``None``."""
        return next((m for m in self.measures if m.id == measure_id), None)

    def pairing_of(self, school_id: str) -> Pairing | None:
        """Return the pairing in which a school takes part, or ``None``."""
        return next((p for p in self.pairings if school_id == p.helper or school_id in p.helped), None)

    def is_helper(self, school_id: str) -> bool:
        """Say whether a school is the helper of a pairing."""
        return any(p.helper == school_id for p in self.pairings)

    def quota(self, school_id: str) -> int:
        """Return how many activities a school owes each month (附件3 备注)."""
        return self.quotas.helper if self.is_helper(school_id) else self.quotas.helped

    def term_of(self, month: str) -> Term | None:
        """Return the term that holds a month (``YYYY-MM``), or ``None`` outside the programme."""
        return next((t for t in self.terms if month in t.months), None)


# --- the bureau's records ------------------------------------------------------------------------


class ClosedRecord(Model):
    """A record in a closing, with the digests of what it was on that day."""

    number: Text = Field(title="备案号", description="年月、校（园）代号、序号，如 2020-05-guangcai-01。")
    record: Text = Field(title="记录", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    text: Digest = Field(
        title="文字校验值",
        description="activity.md 文字的 SHA-256：换行按 LF，不含 BOM，撤下图片留下的几项不算在内。",
    )
    photos: dict[FileName, Digest] = Field(
        default={}, title="图片校验值", description="每张图片文件的 SHA-256；撤下的图片用留下的校验值。"
    )


class ClosedSchool(Model):
    """What a closing froze for one school."""

    school: Id = Field(title="校（园）", description="代号。")
    quota: Count = Field(title="应完成", description="当月应完成项数。")
    counted: Count = Field(title="计入", description="按时上报、计入完成的项数。")
    status: Literal["met", "short", "missing", "late"] = Field(
        title="完成情况", description="当月结论：met 完成、short 不足、missing 未上报、late 逾期。"
    )
    deemed: ClauseId | None = Field(
        None, title="视为未开展", description="没有按时上报、视为当月未开展帮扶工作的，写所依据的条款。"
    )
    records: list[ClosedRecord] = Field(
        default=[], title="计入的记录", description="按时上报的记录。", max_length=100_000
    )
    late: list[ClosedRecord] = Field(
        default=[],
        title="逾期的记录",
        description="结账时已收到、但超过期限的记录，不计入。",
        max_length=2000,
    )


class Closing(Sampled):
    """月度结账：由 pairing close 写成，不手写。"""

    month: Month = Field(title="月份", description="写成 2020-05。")
    serial: Count = Field(0, title="第几环", description="结账和更正按先后连成一串，从 1 数起。")
    closed: Day = Field(title="结账日期", description="结账当天；这一天以后收到的，不计入。")
    programme: Digest | None = Field(
        None,
        title="方案校验值",
        description="月份、截止日、数量要求和帮扶对子的校验值；方案的其他内容可以改。",
    )
    previous: Digest | None = Field(
        None, title="上一环校验值", description="上一份结账或更正的 SHA-256；第一份不写。"
    )
    schools: list[ClosedSchool] = Field(title="各校（园）", description="逐校结论。", max_length=1000)


class AmendedPhoto(Model):
    """A photo that an amendment accepts as it is now."""

    file: FileName = Field(title="文件名", description="图片文件名。")
    before: Digest | None = Field(None, title="原校验值", description="原来的 SHA-256；新加的图片不写。")
    after: Digest | None = Field(None, title="新校验值", description="现在的 SHA-256；已删去的图片不写。")


class AmendedRecord(Model):
    """A record that an amendment accepts as it is now."""

    number: Text = Field(title="备案号", description="如 2020-05-guangcai-01。")
    record: Text = Field(title="记录", description="更正以前的活动文件夹。")
    change: Literal["changed", "moved", "removed", "counted"] = Field(
        title="更正种类", description="changed 改动、moved 改名、removed 删去、counted 补计。"
    )
    moved_to: Text | None = Field(None, title="改名为", description="改名以后的活动文件夹。")
    before: Digest | None = Field(None, title="原文字校验值", description="原来的 SHA-256。")
    after: Digest | None = Field(None, title="新文字校验值", description="现在的 SHA-256；删去的不写。")
    photos: list[AmendedPhoto] = Field(default=[], title="图片", description="有变动的图片。", max_length=120)


class Recount(Model):
    """A school's month as an amendment counts it anew."""

    school: Id = Field(title="校（园）", description="代号。")
    counted_before: Count = Field(title="原计入", description="更正以前计入的项数。")
    counted: Count = Field(title="现计入", description="更正以后计入的项数。")
    status_before: Literal["met", "short", "missing", "late"] = Field(
        title="原结论", description="更正以前的结论。"
    )
    status: Literal["met", "short", "missing", "late"] = Field(
        title="现结论", description="更正以后的结论：met 完成、short 不足、missing 未上报、late 逾期。"
    )
    deemed: ClauseId | None = Field(
        None, title="视为未开展", description="更正以后视为当月未开展的，写所依据的条款。"
    )


class Amendment(Sampled):
    """结账更正：由 pairing amend 写成，不手写。"""

    month: Month = Field(title="月份", description="更正的是哪个月的结账，写成 2020-05。")
    serial: Count = Field(title="第几环", description="结账和更正按先后连成一串，从 1 数起。")
    amended: Day = Field(title="更正日期", description="更正当天。")
    reason: Text = Field(title="原因", description="为什么更正，一句话；不写姓名。")
    decided_by: Text = Field(title="决定人", description="由谁决定，只写职务，如 基教股股长。")
    programme: Digest = Field(title="方案校验值", description="更正当天的方案校验值，同结账。")
    previous: Digest = Field(title="上一环校验值", description="上一份结账或更正的 SHA-256。")
    records: list[AmendedRecord] = Field(
        default=[], title="更正的记录", description="每份有变动的记录。", max_length=100_000
    )
    schools: list[Recount] = Field(
        default=[], title="重新计算", description="完成情况有变的校（园）。", max_length=1000
    )


class FilingBatch(Model):
    """Numbers that were given at one time, sealed with all that stands above them."""

    filed: Day = Field(title="备案日期", description="编号当天。")
    link: Text | None = Field(
        None, title="所随文件", description="随结账或更正登记的，写其路径，如 closings/2020-05.yml。"
    )
    digest: Digest | None = Field(None, title="文件校验值", description="该结账或更正的 SHA-256。")
    numbers: dict[Text, Text] = Field(title="备案号", description="备案号与活动文件夹，一行一份。")
    seal: Digest = Field(title="封签", description="本行以上全部文字的 SHA-256。")


class Filings(Sampled):
    """备案登记簿：由 pairing close、file 和 amend 续写，只增不改。"""

    year: Count = Field(title="年度", description="与文件夹一致。")
    batches: list[FilingBatch] = Field(title="各次登记", description="按先后，每次一项。", max_length=5000)


class Highlight(Model):
    """An activity that the officer praises in a bulletin."""

    activity: Text = Field(title="活动", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    remark: Text = Field(title="点评", description="一句话点评。")


class BulletinNote(Sampled):
    """《基教管理》简报的编者内容。"""

    month: Month = Field(title="月份", description="写成 2020-05。")
    title: Text | None = Field(
        None, title="标题", description="本期标题；不写则用“某月幼儿园结对帮扶工作情况”。"
    )
    number: Count | None = Field(None, title="期号", description="第几期；不写则按月份顺序。")
    issued: Day | None = Field(None, title="印发日期", description="印发日期。")
    highlights: list[Highlight] = Field(default=[], title="亮点", description="推荐的做法。", max_length=20)


class Pictured(Sampled):
    """A bureau's record with photos in the folder of its name beside it. It is public, whatever it finds."""

    photos: list[Photo] = Field(
        default=[],
        title="图片信息",
        description="与记录同名的文件夹里的图片，每张一行；规定与活动的图片相同。",
        max_length=60,
    )
    private: list[Text] = Field(
        default=[],
        title="保密姓名",
        description="绝不能公开的姓名；正文或图片说明里出现就会报错并在网站上遮盖。",
        max_length=50,
    )

    @property
    def public(self) -> bool:
        """Say that the record is published, as an activity may not be."""
        return True


class LookedAt(Model):
    """A record that an inspection looked at."""

    activity: Text = Field(title="活动", description="活动文件夹，如 guangcai/2020/05/14-area-observation。")
    finding: FindingWord | None = Field(
        None, title="结论", description="confirmed 属实、doubtful 存疑、false 虚报；还没有结论的不写。"
    )
    remark: Text | None = Field(None, title="说明", description="看到了什么、依据是什么，一句话。")


class Reply(Model):
    """What the school says to a finding."""

    date: Day = Field(title="日期", description="学校说明的日期。")
    text: LongText = Field(title="说明", description="学校的说明，照录；不写姓名。")
    by: Text | None = Field(None, title="说明人", description="只写职务，如 园长。")


class Inspection(Pictured):
    """督导核查记录。"""

    title: Text = Field(title="标题", description="核查名称。")
    date: Day = Field(title="日期", description="到校日期。")
    school: Id = Field(title="校（园）", description="被核查园代号。")
    place: Text | None = Field(None, title="地点", description="核查的地点，如 黑泉镇中心小学附设幼儿园。")
    methods: list[Method] = Field(
        default=[],
        title="方式",
        description="visit 入校检查、interview 走访师幼、survey 调查问卷，可写几种，如 [visit, interview]。",
        max_length=3,
    )
    inspectors: list[Text] = Field(
        default=[], title="核查人", description="只写职务，如 [基教股干部, 县教研员]。", max_length=20
    )
    draw: Text | None = Field(None, title="抽签", description="抽中这所园的抽签，如 2020-05。")
    records: list[LookedAt] = Field(
        default=[], title="核查的记录", description="看了哪些活动记录，逐份写结论和说明。", max_length=60
    )
    activity: Text | None = Field(
        None, title="活动", description="所核查的活动文件夹；核查几份记录的，写在 records 里。"
    )
    finding: FindingWord | None = Field(
        None,
        title="结论",
        description="confirmed 属实、doubtful 存疑、false 虚报；写了 records 的可以不写，以其中最重的为准。",
    )
    told: Day | None = Field(
        None, title="告知日期", description="把核查情况告诉学校、请学校说明的日期；存疑和虚报要写。"
    )
    reply: Reply | None = Field(None, title="学校说明", description="学校的说明，与结论一同公布。")
    decided: Day | None = Field(
        None, title="定论日期", description="作出结论的日期；虚报要在学校说明以后，或说明期限过后。"
    )


class AssessedLine(Model):
    """What was published of one item for one school."""

    item: Id = Field(title="项目", description="考核项目代号。")
    got: Count = Field(title="做到", description="做到的数量。")
    of: Count = Field(title="应做", description="应做的数量。")
    zeroed: Flag = Field(False, title="按零分", description="因虚报按零分计算的写 true。")
    score: Score = Field(title="得分", description="两位小数，如 36.67。")


class AssessedSchool(Model):
    """What was published for one school."""

    school: Id = Field(title="校（园）", description="代号。")
    total: Score = Field(title="总分", description="各项得分之和，两位小数。")
    lines: list[AssessedLine] = Field(title="各项", description="逐项得分。", max_length=40)


class AssessmentRevision(Model):
    """A published result that was published again: what differed, and why."""

    date: Day = Field(title="日期", description="重新公布的日期。")
    reason: Text = Field(title="理由", description="为什么重新公布。")
    changes: list[LongText] = Field(title="变动", description="哪些分数变了。", max_length=10_000)


class PublishedAssessment(Sampled):
    """学期考核结果：由 pairing assess --publish 写出，不手工修改。"""

    term: Id = Field(title="学期", description="学期代号，如 spring。")
    published: Day = Field(title="公布日期", description="最近一次公布的日期。")
    items: list[AssessmentItem] = Field(
        title="项目与分值", description="公布时的考核项目；以后改分值，不影响已公布的结果。", max_length=40
    )
    schools: list[AssessedSchool] = Field(title="各校（园）", description="逐校结果。", max_length=1000)
    revisions: list[AssessmentRevision] = Field(
        default=[], title="更正", description="重新公布的经过，先后排列。", max_length=100
    )


class EventPart(Model):
    """An item of an event's agenda."""

    kind: Literal["report", "tour", "discussion"] = Field(
        title="环节", description="report 帮扶园汇报、tour 实地查看、discussion 研讨交流。"
    )
    topic: Text = Field(title="内容", description="一句话，如 区角材料怎样就地取材。")
    school: Id | None = Field(None, title="校（园）", description="汇报或被查看的校（园）代号。")


class Event(Pictured):
    """“名园+”结对帮扶工作观摩互促活动。"""

    title: Text = Field(title="标题", description="活动名称。")
    date: Day = Field(title="日期", description="活动日期。")
    host: Id = Field(title="承办园", description="承办的帮扶园代号。")
    schools: list[Id] = Field(default=[], title="参加园", description="参加的校（园）代号。", max_length=100)
    place: Text | None = Field(None, title="地点", description="活动地点。")
    attendance: Count | None = Field(None, title="参加人数", description="参加活动的总人数。")
    agenda: list[EventPart] = Field(
        default=[], title="议程", description="汇报、查看、研讨，一项一行。", max_length=30
    )


class DrawGroup(Model):
    """Candidates among whom a number was drawn."""

    name: Text = Field(title="组别", description="如 全部校（园）、农村园。")
    count: Count = Field(title="抽取数", description="这一组抽几所。")
    candidates: list[Id] = Field(
        title="候选", description="候选校（园）代号，按字母顺序。", min_length=1, max_length=20_000
    )
    digest: Digest = Field(title="名单校验值", description="候选名单的 SHA-256，由命令填写。")
    drawn: list[Id] = Field(title="抽中", description="抽中的校（园），按抽出的顺序。", max_length=20_000)


class DrawnSchool(Model):
    """The records drawn for one school."""

    school: Id = Field(title="校（园）", description="抽中的校（园）代号。")
    candidates: list[Text] = Field(
        default=[], title="候选记录", description="这所园当月的活动记录，按字母顺序。", max_length=20_000
    )
    drawn: list[Text] = Field(default=[], title="抽中的记录", description="要核查的记录。", max_length=20_000)


class Draw(Sampled):
    """随机抽查的抽签：由 pairing draw 写成，任何人都能照种子重抽一遍。"""

    month: Month = Field(title="月份", description="抽查哪个月的工作，写成 2020-05。")
    seed: Text = Field(title="种子", description="抽签所用的公开数字或文字，照录。")
    source: Text = Field(title="种子来源", description="事先公布、事后可查的来源，如 某期彩票的开奖号码。")
    announced: Day = Field(title="公布日期", description="公布用什么作种子的日期，在抽签以前。")
    made: Day = Field(title="抽签日期", description="抽签的日期。")
    algorithm: Id = Field(title="算法", description="算法的名称 sha256-1，由命令填写。")
    records: Count = Field(0, title="每园记录数", description="每所抽中的园抽几份记录核查。")
    excluded: list[Id] = Field(
        default=[], title="除外", description="本年已经核查过、这次不抽的校（园）。", max_length=20_000
    )
    groups: list[DrawGroup] = Field(
        title="分组", description="候选名单和抽中的校（园）。", min_length=1, max_length=20
    )
    schools: list[DrawnSchool] = Field(title="抽中的记录", description="逐园列出。", max_length=20_000)

    @property
    def drawn(self) -> tuple[str, ...]:
        """All schools that were drawn, group by group."""
        return tuple(school for group in self.groups for school in group.drawn)


class Answer(Model):
    """The answers to one question of a survey."""

    question: Text = Field(title="问题", description="问卷题目；不问姓名和联系方式。")
    choices: dict[Text, Count] = Field(
        title="选项人数",
        description="每个选项的人数；不足 5 人的与别的选项合并，如 一般或不满意。",
        max_length=20,
    )
    multiple: Flag = Field(False, title="多选", description="一人可以选几项的题写 true。")


class Survey(Sampled):
    """走访与问卷结果（只有汇总人数，没有姓名和逐人答卷）。"""

    title: Text = Field(title="标题", description="问卷名称。")
    date: Day = Field(title="日期", description="调查日期。")
    school: Id = Field(title="校（园）", description="被调查园代号。")
    audience: Literal["teachers", "children", "parents"] = Field(
        title="对象", description="teachers 教师、children 幼儿、parents 家长。"
    )
    sent: Count | None = Field(None, title="发出份数", description="发出多少份问卷。")
    respondents: Count | None = Field(
        None, title="收回份数", description="收回多少份，或走访了多少人；不少于 5。"
    )
    note: LongText | None = Field(None, title="说明", description="怎样调查、有什么要说明的，可分段。")
    answers: list[Answer] = Field(title="结果", description="逐题人数。", max_length=50)


class Dispatch(Model):
    """A message that was sent, or of which nobody knows whether it was."""

    what: Literal["bulletin", "reminder"] = Field(
        title="内容", description="bulletin 简报、reminder 催报提醒，二者选一。"
    )
    month: Month = Field(title="月份", description="哪个月的，写成 2020-05。")
    to: Literal["dingtalk", "wecom", "smtp"] = Field(
        title="发到", description="dingtalk 钉钉群、wecom 企业微信群、smtp 邮件，三者选一。"
    )
    date: Day = Field(title="日期", description="发送当天。")
    state: Literal["sent", "unknown"] = Field(
        title="结果", description="sent 对方已收下；unknown 发出后没有等到答复，不知收到没有。"
    )
    digest: Digest = Field(title="内容校验值", description="所发文字的 SHA-256，由命令填写。")


class Sent(Model):
    """发送登记：由 pairing notify 和 remind 续写，登记过的不再发第二次。"""

    messages: list[Dispatch] = Field(title="各次发送", description="按先后，每次一项。", max_length=5000)


MODELS: dict[str, type[Model]] = {
    "activity": Activity,
    "school": School,
    "plan": PlanTable,
    "roster": Roster,
    "agreement": Agreement,
    "programme": Programme,
    "closing": Closing,
    "amendment": Amendment,
    "filings": Filings,
    "assessment": PublishedAssessment,
    "bulletin": BulletinNote,
    "inspection": Inspection,
    "event": Event,
    "survey": Survey,
    "draw": Draw,
    "sent": Sent,
}


def month_of(day: dt.date) -> str:
    """Return the month of a day as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"
