"""Every table and column of the open data, each declared once; all of it public and masked.

CSV, workbook, SQLite, JSON, JSON Schema and the data page are made from this. Whoever adds a column adds its
line here; whoever renames or removes one raises `VERSION`.
"""

from __future__ import annotations

from typing import Any

from generator.accounts.assessment.scores import SIDES, Line, Score, format_term_name
from generator.accounts.ledger import Status
from generator.archive.privacy import mask_private_words
from generator.records.models import AssessmentItem, Measure, Programme, Quotas, Term
from generator.site.open_data.columns import (
    ADDRESS,
    COUNT,
    DAY,
    FLAG,
    JSON,
    MONTH,
    NUMBER,
    PROGRAMS,
    SHEET,
    SQL,
    TEXT,
    Column,
    Table,
    make_choice_type,
    make_constant_type,
    make_list_type,
    make_row_type,
    make_rows_type,
)
from generator.site.open_data.rows import (
    AssessedTerm,
    Child,
    PairingOfYear,
    SchoolMonth,
    SchoolOfYear,
    WrittenActivity,
    list_assessed_terms,
    list_helped_by_year,
    list_latest_schools,
    list_participants,
    list_school_months,
    list_school_scores,
    list_schools_by_year,
)
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.view import DIRECTIONS, KINDS, HiddenPhoto, Part, PublicActivity, PublicPhoto

VERSION = 1
SCHEMA = "archive.schema.json"

_STATUSES = {status.value: status.label for status in Status if status is not Status.OFF}
_REASONS = {
    "withdrawn": "已撤下",
    "consent": "有幼儿而未取得监护人同意",
    "private": "只存档",
    "unstated": "未注明人物",
    "unreadable": "文件有问题",
}
_A_SCHOOL, _A_TERM, _AN_ACTIVITY = "schools (id)", "terms (term)", "activities (key)"

# One line a column.
# fmt: off

SCHOOLS: Table[SchoolOfYear] = Table(
    name="schools", meaning="校（园）", rows=list_latest_schools, keys=("PRIMARY KEY (id)",),
    csv="schools", title="校（园）", frozen=3, sheet_rows=list_schools_by_year,
    columns=(
        Column("year", COUNT, "年度", lambda r: r.year, width=8, outputs=SHEET),
        Column("id", TEXT, "代号", lambda r: r.school.id, width=14),
        Column("name", TEXT, "名称", lambda r: r.school.name, head="校（园）", width=32),
        Column("short", TEXT, "简称", lambda r: r.school.short, width=10, outputs=SQL | SHEET),
        Column("kind", make_choice_type(KINDS), "类别", lambda r: r.school.kind, width=9),
        Column("helper", TEXT, "帮扶园", lambda r: r.helper, width=20, outputs=SHEET),
        Column("url", ADDRESS, "页面，相对于网站首页", lambda r: r.school.url, head="页面", width=40),
    ),
)
TERMS: Table[Child[int, Term]] = Table(
    name="terms", meaning="学期",
    rows=lambda site: (Child(year, term) for year, p in site.programmes.items() for term in p.terms),
    keys=("PRIMARY KEY (term)",),
    columns=(
        Column("term", TEXT, "学期，如 2020-autumn", lambda r: format_term_name(r.parent, r.item), outputs=SQL),
        Column("year", COUNT, "年度", lambda r: r.parent, outputs=SQL),
        Column("id", TEXT, "代号", lambda r: r.item.id, outputs=JSON),
        Column("name", TEXT, "名称", lambda r: r.item.name),
        Column("starts", DAY, "开学日期", lambda r: r.item.starts),
        Column("ends", DAY, "结束日期", lambda r: r.item.ends),
        Column("months", make_list_type(MONTH, "月份"), "帮扶月", lambda r: r.item.months, outputs=JSON),
    ),
)
MEASURES: Table[Child[int, Measure]] = Table(
    name="measures", meaning="帮扶内容",
    rows=lambda site: (Child(year, measure) for year, p in site.programmes.items() for measure in p.measures),
    keys=("PRIMARY KEY (year, id)",),
    columns=(
        Column("year", COUNT, "年度", lambda r: r.parent, outputs=SQL),
        Column("id", TEXT, "代号", lambda r: r.item.id),
        Column("name", TEXT, "名称", lambda r: name_measure(r.item)),
        Column("clause", TEXT, "条款", lambda r: r.item.clause),
    ),
)
PAIRINGS: Table[PairingOfYear] = Table(
    name="pairings", meaning="帮扶对子，一行一所被帮扶园", rows=list_helped_by_year,
    keys=("PRIMARY KEY (year, helped, helper)",),
    columns=(
        Column("year", COUNT, "年度", lambda r: r.year, outputs=SQL),
        Column("helper", TEXT, "帮扶园代号", lambda r: r.pairing.helper, references=_A_SCHOOL),
        Column("helped", TEXT, "被帮扶园代号", lambda r: r.helped, outputs=SQL, references=_A_SCHOOL),
        Column("helped", make_list_type(TEXT, "校（园）代号"), "被帮扶园代号", lambda r: r.pairing.helped, outputs=JSON),
    ),
)
QUOTAS: Table[Quotas] = Table(
    columns=(
        Column("helper", COUNT, "帮扶园每月最少项数", lambda r: r.helper),
        Column("helped", COUNT, "被帮扶园每月最少次数", lambda r: r.helped),
    ),
)
PROGRAMMES: Table[Child[int, Programme]] = Table(
    columns=(
        Column("year", COUNT, "年度", lambda r: r.parent),
        Column("county", TEXT, "县名", lambda r: r.item.county),
        Column("title", TEXT, "方案名称", lambda r: r.item.title),
        Column("months", make_list_type(MONTH, "月份"), "帮扶月", lambda r: r.item.months),
        Column("terms", make_rows_type(TERMS), "学期", lambda r: [Child(r.parent, term) for term in r.item.terms]),
        Column("deadline_day", COUNT, "每月上报截止日", lambda r: r.item.deadline_day),
        Column("quotas", make_row_type(QUOTAS), "每月最少项数", lambda r: r.item.quotas),
        Column("measures", make_rows_type(MEASURES), "帮扶内容", lambda r: [Child(r.parent, m) for m in r.item.measures]),
        Column("pairings", make_rows_type(PAIRINGS), "帮扶对子", lambda r: [PairingOfYear(r.parent, p) for p in r.item.pairings]),
    ),
)
MONTHS: Table[SchoolMonth] = Table(
    name="months", meaning="月度完成情况，一行一所园一个月；不公开的活动也计入", rows=list_school_months,
    keys=("PRIMARY KEY (school, month)",), indexes=("month",),
    csv="months", title="月度", frozen=3, first={SHEET: ("month",)},
    columns=(
        Column("school", TEXT, "校（园）代号", lambda r: r.school.id, head="代号", width=14, references=_A_SCHOOL),
        Column("school_name", TEXT, "校（园）", lambda r: r.school.name, width=32, outputs=SHEET),
        Column("month", MONTH, "月份，如 2020-05", lambda r: r.cell.month, head="月份", width=10),
        Column("term", TEXT, "学期", lambda r: format_term_name(r.year, r.term), outputs=SQL, references=_A_TERM),
        Column("term_name", TEXT, "学期", lambda r: r.term.name, width=10, outputs=SHEET),
        Column("status", make_choice_type(_STATUSES), "完成情况", lambda r: r.cell.status.value, width=12),
        Column("quota", COUNT, "应完成项数", lambda r: r.cell.quota, head="应完成", width=9),
        Column("on_time", COUNT, "按时上报项数", lambda r: r.cell.on_time, head="按时", width=8),
        Column("late", COUNT, "逾期上报项数", lambda r: r.cell.late, head="逾期", width=8),
        Column("owed", COUNT, "还欠项数", lambda r: r.cell.owed, head="还欠", width=8),
        Column("closed", FLAG, "已结账", lambda r: r.cell.closed, width=9),
        Column("reason", TEXT, "免报的原因，别的为空", lambda r: mask_private_words(r.cell.reason), head="免报原因", width=20),
    ),
)
PARTS: Table[Part] = Table(
    columns=(
        Column("title", TEXT, "标题", lambda r: r.title),
        Column("html", TEXT, "HTML", lambda r: r.html),
    ),
)
PHOTOS: Table[Child[PublicActivity, PublicPhoto]] = Table(
    name="photos", meaning="公开的图片",
    rows=lambda site: (Child(activity, photo) for activity in site.activities for photo in activity.photos),
    keys=("PRIMARY KEY (activity, number)",),
    first={JSON: ("url", "width", "height", "caption")},
    columns=(
        Column("activity", TEXT, "活动编号", lambda r: r.parent.key, outputs=SQL, references=_AN_ACTIVITY),
        Column("number", COUNT, "在记录里的序号，从 1 起", lambda r: r.item.index + 1),
        Column("caption", TEXT, "图片说明", lambda r: r.item.caption),
        Column("url", TEXT, "最大的 WebP，相对于网站首页", lambda r: r.item.picture.full),
        Column("width", COUNT, "宽", lambda r: r.item.picture.width, unit="像素"),
        Column("height", COUNT, "高", lambda r: r.item.picture.height, unit="像素"),
        Column("jpeg", TEXT, "JPEG，长边不超过 800", lambda r: r.item.picture.src, outputs=JSON),
        Column("colour", TEXT, "平均颜色", lambda r: r.item.picture.colour, outputs=JSON),
    ),
)
WITHHELD: Table[HiddenPhoto] = Table(
    columns=(
        Column("number", COUNT, "在记录里的序号，从 1 起", lambda r: r.index + 1),
        Column("reason", make_choice_type(_REASONS), "原因", lambda r: r.reason or "unreadable"),
    ),
)
ACTIVITIES: Table[WrittenActivity] = Table(
    name="activities", meaning="公开的活动", rows=lambda site: map(WrittenActivity, site.activities),
    keys=("PRIMARY KEY (key)", "FOREIGN KEY (year, measure) REFERENCES measures (year, id)"),
    indexes=("school", "month", "measure"),
    csv="activities", title="活动", first={JSON: ("key", "number", "url")},
    columns=(
        Column("key", TEXT, "编号，即活动的文件夹", lambda r: r.activity.key, head="编号", width=42),
        Column("number", TEXT, "备案号", lambda r: r.activity.number, absent="还没有备案", width=22),
        Column("school", TEXT, "校（园）代号", lambda r: r.activity.school.id, outputs=PROGRAMS, references=_A_SCHOOL),
        Column("school_name", TEXT, "校（园）", lambda r: r.activity.school.name, width=30, outputs=SHEET),
        Column("kind", make_choice_type(KINDS), "类别", lambda r: r.activity.school.kind, width=9, outputs=SHEET),
        Column("month", MONTH, "月份，如 2020-05", lambda r: r.activity.month, outputs=SQL),
        Column("year", COUNT, "年度", lambda r: r.activity.year, outputs=SQL),
        Column("date", DAY, "活动日期", lambda r: r.activity.date, width=12),
        Column("reported", DAY, "上报日期", lambda r: r.activity.reported, width=12),
        Column("late", FLAG, "逾期", lambda r: r.activity.late, head="是否逾期", width=10),
        Column("title", TEXT, "标题", lambda r: r.activity.title, width=34),
        Column("measure", TEXT, "帮扶内容代号", lambda r: r.activity.measure, outputs=PROGRAMS, absent="方案里没有的"),
        Column("measure_name", TEXT, "帮扶内容", lambda r: r.activity.measure_name, width=18, outputs=SHEET),
        Column("clause", TEXT, "条款", lambda r: r.activity.clause, width=14, outputs=JSON | SHEET),
        Column("partners", make_list_type(TEXT, "校（园）代号"), "参与园代号", lambda r: [p.id for p in r.activity.partners], outputs=JSON),
        Column("partner_names", make_list_type(TEXT, "校（园）"), "参与园", lambda r: [p.name for p in r.activity.partners], width=44, outputs=SHEET),
        Column("direction", make_choice_type(DIRECTIONS), "方式", lambda r: r.activity.direction, width=9),
        Column("place", TEXT, "地点", lambda r: r.activity.place, width=22),
        Column("lead", TEXT, "负责人职务", lambda r: r.activity.lead, head="负责人", width=14),
        Column("sent", COUNT, "派出业务骨干人数", lambda r: r.activity.sent, head="派出人数", width=10),
        Column("received", COUNT, "接待业务骨干人数", lambda r: r.activity.received, head="接待人数", width=10),
        Column("attendance", COUNT, "参加人数", lambda r: r.activity.attendance, absent="没有填", width=10),
        Column("grades", make_list_type(TEXT, "大班、中班或小班"), "年级", lambda r: r.activity.grades, width=16),
        Column("plan", TEXT, "计划表任务编号", lambda r: r.activity.plan_row, outputs=PROGRAMS),
        Column("parts", make_rows_type(PARTS), "正文", lambda r: r.parts, outputs=JSON),
        Column("photos", make_rows_type(PHOTOS), "公开的图片", lambda r: [Child(r.activity, p) for p in r.activity.photos], outputs=JSON),
        Column("photos", COUNT, "档案里的图片张数，包括不公开的", lambda r: len(r.activity.photos) + len(r.activity.hidden), head="图片数", width=8, outputs=SQL | SHEET),
        Column("withheld", make_rows_type(WITHHELD), "不公开的图片", lambda r: r.activity.hidden, outputs=JSON),
        Column("url", ADDRESS, "页面，相对于网站首页", lambda r: r.activity.url, head="页面", width=60),
    ),
)
PARTICIPANTS: Table[Child[PublicActivity, str]] = Table(
    name="participants", meaning="活动的参与园，一行一所", rows=list_participants,
    keys=("PRIMARY KEY (activity, school)",), indexes=("school",),
    columns=(
        Column("activity", TEXT, "活动编号", lambda r: r.parent.key, references=_AN_ACTIVITY),
        Column("school", TEXT, "参与园代号", lambda r: r.item, references=_A_SCHOOL),
    ),
)
ITEMS: Table[Child[AssessedTerm, AssessmentItem]] = Table(
    name="assessment_items", meaning="学期考核的项目与分值",
    rows=lambda site: (Child(term, item) for term in list_assessed_terms(site) for item in term.result.assessment.items),
    keys=("PRIMARY KEY (term, item)",),
    columns=(
        Column("term", TEXT, "学期", lambda r: r.parent.name, outputs=SQL, references=_A_TERM),
        Column("item", TEXT, "项目代号", lambda r: r.item.id, outputs=SQL),
        Column("id", TEXT, "代号", lambda r: r.item.id, outputs=JSON),
        Column("name", TEXT, "项目", lambda r: mask_private_words(r.item.name)),
        Column("clause", TEXT, "条款", lambda r: r.item.clause),
        Column("kind", TEXT, "算法，见考核页", lambda r: r.item.kind),
        Column("helper", COUNT, "帮扶园分值", lambda r: r.item.helper),
        Column("helped", COUNT, "被帮扶园分值", lambda r: r.item.helped),
    ),
)
LINES: Table[Child[Child[AssessedTerm, Score], Line]] = Table(
    name="assessment_lines", meaning="学期考核的每一项：做到 ÷ 应做 × 分值",
    rows=lambda site: (Child(score, line) for score in list_school_scores(site) for line in score.item.lines),
    keys=(
        "PRIMARY KEY (term, school, item)",
        "FOREIGN KEY (term, school) REFERENCES assessment_scores (term, school)",
        "FOREIGN KEY (term, item) REFERENCES assessment_items (term, item)",
    ),
    csv="assessment", title="考核", frozen=3,
    columns=(
        Column("term", TEXT, "学期", lambda r: r.parent.parent.name, width=14, outputs=SQL | SHEET),
        Column("school", TEXT, "校（园）代号", lambda r: r.parent.item.school, head="代号", width=14, outputs=SQL | SHEET),
        Column("school_name", TEXT, "校（园）", lambda r: r.parent.parent.schools[r.parent.item.school].name, width=32, outputs=SHEET),
        Column("side", make_choice_type(SIDES), "类别", lambda r: r.parent.item.side, width=11, outputs=SHEET),
        Column("item", TEXT, "项目代号", lambda r: r.item.item.id, outputs=PROGRAMS),
        Column("item_name", TEXT, "项目", lambda r: mask_private_words(r.item.item.name), width=22, outputs=SHEET),
        Column("clause", TEXT, "条款", lambda r: r.item.item.clause, width=14, outputs=SHEET),
        Column("points", COUNT, "分值", lambda r: r.item.points, width=8),
        Column("got", COUNT, "做到", lambda r: r.item.got, width=8),
        Column("of", COUNT, "应做", lambda r: r.item.of, width=8),
        Column("zeroed", FLAG, "因虚报按零分", lambda r: r.item.zeroed, head="按零分", width=9),
        Column("score", NUMBER, "得分", lambda r: r.item.score, width=9),
        Column("published", TEXT, "公布", lambda r: r.parent.parent.standing, width=13, outputs=SHEET),
    ),
)
SCORES: Table[Child[AssessedTerm, Score]] = Table(
    name="assessment_scores", meaning="学期考核总分", rows=list_school_scores, keys=("PRIMARY KEY (term, school)",),
    columns=(
        Column("term", TEXT, "学期", lambda r: r.parent.name, outputs=SQL, references=_A_TERM),
        Column("school", TEXT, "校（园）代号", lambda r: r.item.school, references=_A_SCHOOL),
        Column("side", make_choice_type(SIDES), "类别", lambda r: r.item.side),
        Column("total", NUMBER, "总分", lambda r: r.item.total),
        Column("full", COUNT, "满分", lambda r: r.item.full),
        Column("lines", make_rows_type(LINES), "各项", lambda r: [Child(r, line) for line in r.item.lines], outputs=JSON),
        Column("published", DAY, "公布日期", lambda r: r.parent.result.published, absent="暂计的", outputs=SQL),
    ),
)
ASSESSMENTS: Table[AssessedTerm] = Table(
    columns=(
        Column("term", TEXT, "学期，如 2020-autumn", lambda r: r.name),
        Column("url", ADDRESS, "页面，相对于网站首页", lambda r: f"assessment/{r.name}/"),
        Column("published", DAY, "公布日期", lambda r: r.result.published, absent="暂计的"),
        Column("items", make_rows_type(ITEMS), "项目与分值", lambda r: [Child(r, item) for item in r.result.assessment.items]),
        Column("scores", make_rows_type(SCORES), "各校（园）得分", lambda r: [Child(r, score) for score in r.result.assessment.scores]),
    ),
)
ARCHIVE: Table[Site] = Table(
    columns=(
        Column("$schema", TEXT, "这份格式说明的位置", lambda _: f"schema/{SCHEMA}", outputs=JSON),
        Column("version", make_constant_type(VERSION), "格式版本：改名或删去表和栏时加一", lambda _: VERSION),
        Column("as_of", DAY, "按哪一天计算", lambda site: site.today),
        Column("sample", FLAG, "含示例数据", lambda site: site.corpus.has_sample),
        Column("programmes", make_rows_type(PROGRAMMES), "各年度方案", lambda site: [Child(year, p) for year, p in site.programmes.items()], outputs=JSON),
        Column("schools", make_rows_type(SCHOOLS), "校（园）", list_latest_schools, outputs=JSON),
        Column("months", make_rows_type(MONTHS), "月度完成情况", list_school_months, outputs=JSON),
        Column("assessments", make_rows_type(ASSESSMENTS), "学期考核", list_assessed_terms, outputs=JSON),
        Column("activities", make_rows_type(ACTIVITIES), "公开的活动，按日期先后", lambda site: map(WrittenActivity, site.activities), outputs=JSON),
    ),
)
"""The whole of archive.json; the columns that SQL carries are the rows of its table ``_meta``."""
# fmt: on

SQL_TABLES: tuple[Table[Any], ...] = (
    SCHOOLS, PAIRINGS, TERMS, MEASURES, MONTHS, ACTIVITIES, PARTICIPANTS, PHOTOS, ITEMS, SCORES, LINES,
)  # fmt: skip
"""The tables of archive.sqlite, in order."""
SHEETS: tuple[Table[Any], ...] = (SCHOOLS, ACTIVITIES, MONTHS, LINES)
"""The tables for people, in the order of the workbook's sheets; each is a CSV file as well."""
