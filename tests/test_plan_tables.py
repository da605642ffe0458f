"""附件3 from Word and Excel: what is understood, what is said of the rest, and that import undoes export."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile
from functools import cache

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from generator.accounts.plan_tasks import Task, TaskState
from generator.documents.tables.docx_form import TEMPLATE, make_docx_form
from generator.documents.tables.plan_form import (
    BLANK_DAY,
    COLUMNS,
    FormRow,
    PlanForm,
    make_blank_form,
    make_filled_form,
)
from generator.documents.tables.plan_merging import merge_plans
from generator.documents.tables.plan_reading import read_plan
from generator.documents.tables.table_files import parse_sheets
from generator.documents.tables.table_to_plan import format_plan
from generator.documents.tables.xlsx_form import make_xlsx_form
from generator.records import parse_yaml
from generator.records.models import PlanRow, PlanTable
from tests.conftest import ROOT
from tests.plan_tables import FILES, HEAD, corpus, excel, planned, programme, reading, word

_CORPUS, _PROGRAMME = cache(corpus), cache(programme)


@pytest.mark.parametrize(
    ("month", "time", "expected"),
    [
        ("三", "3月5日", "03-05"),
        ("三", " 3 月 5 日 ", "03-05"),
        ("３月", "３月５日", "03-05"),
        ("三月份", "3.5", "03-05"),
        ("2020年3月", "3/5", "03-05"),
        ("3", "03-05", "03-05"),
        ("三", "2020年3月5日", "03-05"),
        ("三", "2020-03-05", "03-05"),
        ("三", "2020.3.5", "03-05"),
        ("三", "5日", "03-05"),
        ("三", "5", "03-05"),
        ("三", "三月五日", "03-05"),
        ("三", "二〇二〇年三月二十五号", "03-25"),
        ("十\n二", "十二月卅一日", "12-31"),
        ("三", "3月5日（周四）", "03-05"),
        ("", "3月5日", "03-05"),
        ("三", "", ""),
        ("三", "　月　　日", ""),
        ("三", "3月  日", ""),
        ("三", "/", ""),
    ],
)
def test_spellings_of_a_day(month: str, time: str, expected: str) -> None:
    found = reading(word([(month, time, "示范教学", "", "")]))
    assert (planned(found), found.faults, found.notes) == (
        [(expected[:2] or "03", expected, "示范教学", "")],
        (),
        (),
    )


@pytest.mark.parametrize(
    ("time", "note"),
    [
        ("3月中旬", "不是某一天，写进了任务"),
        ("3月5日-8日", "不是某一天，写进了任务"),
        ("3月5日、6日", "不是某一天，写进了任务"),
        ("每周三", "不是某一天，写进了任务"),
        ("待定", "不是某一天，写进了任务"),
        ("4月5日", "不在三月里，请核对"),
        ("4月", "不是某一天，写进了任务"),
        ("3月32日", "不是某一天，写进了任务"),
        ("2019年3月5日", "不是 2020 年，请核对"),
        ("3月5日（周五）", "这一天是星期四，请核对"),
        ("31日", None),
    ],
)
def test_what_is_no_day_stays_in_the_task_and_is_said(time: str, note: str | None) -> None:
    found = reading(word([("三", time, "示范教学", "", "")]))
    if note is None:
        assert planned(found) == [("03", "03-31", "示范教学", "")]
        return
    assert planned(found) == [("03", "", f"示范教学（{time}）", "")]
    assert any(note in line for line in found.notes)
    assert all("第 1 个表格第 2 行第 2 列" in line for line in found.notes)


def test_a_day_that_the_month_lacks() -> None:
    found = reading(word([("六", "31日", "示范教学", "", "")]))
    assert planned(found) == [("06", "", "示范教学（31日）", "")]
    assert any("日历上没有这一天" in line for line in found.notes)


def test_excels_days_and_numbers() -> None:
    found = reading(
        excel(
            [
                ("三", dt.date(2020, 3, 5), "甲"),
                (None, dt.datetime(2026, 3, 6, 0, 0), "乙"),  # noqa: DTZ001  # as Excel keeps it
                (None, 3.1, "丙"),
                (None, 3.25, "丁"),
                (dt.date(2020, 4, 1), 8, "戊"),
                (5, "5-9", "=1+1"),
            ]
        )
    )
    assert planned(found) == [
        ("03", "03-05", "甲", ""),
        ("03", "03-06", "乙", ""),
        ("03", "03-01", "丙", ""),
        ("03", "03-25", "丁", ""),
        ("04", "04-08", "戊", ""),
    ]
    assert found.notes == (
        "工作表“Sheet”第 4 行 B 列：Excel 里的日期是 2026-03-06，只取月和日，年份按 2020 年",
        "工作表“Sheet”第 5 行 B 列：Excel 里的数 3.1 当作 3月1日；本来是 3.10 的，改写成 3月10日",
        "这一行没有帮扶任务，没有导入：工作表“Sheet”第 8 行 B 列“5-9”",
        "公式没有结果，没有读；在 Excel 里打开，存一次：工作表“Sheet”第 8 行 C 列",
    )


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("七", "", "夏令营", "", "")], "七月不是方案规定的帮扶月（夏令营）"),
        ([("三、四", "", "示范教学", "", "")], "月份“三、四”看不懂"),
        ([("", "", "示范教学", "", "")], "不知道是几月的任务"),
        ([("2019年3月", "", "示范教学", "", "")], "写的是 2019 年"),
        ([("三", "", "示" * 201, "", "")], "任务有 201 个字"),
        ([("三", "", "", "", "")], "一项任务也没有填"),
    ],
)
def test_what_cannot_go_in_is_refused_by_name(rows: list[tuple[str, ...]], fault: str) -> None:
    found = reading(word(rows))
    assert len(found.faults) == 1
    assert fault in found.faults[0]


def test_a_file_without_a_plan() -> None:
    found = reading(word([("甲", "乙")], head=("姓名", "电话")))
    assert found.faults == (
        "没有找到计划表：要有一行表头写着“月份、帮扶时间、帮扶任务、负责人、完成情况”，其中“帮扶任务”不能少",
    )


def test_other_columns_and_a_measures_column() -> None:
    head = ("序号", "月份", "帮扶时间", "帮扶任务", "帮扶内容", "负责人", "备注")
    rows = [
        ("1", "三", "3月5日", "进班听课", "示范教学", "业务园长", ""),
        ("2", "", "3月6日", "送玩具", "送玩具", "", "两箱"),
    ]
    found = reading(word(rows, head=head))
    assert [(e.task, e.measure) for e in found.entries] == [
        ("进班听课", "demonstration-lesson"),
        ("送玩具", None),
    ]
    assert found.notes == (
        "“备注”一栏没有导入：第 1 个表格第 3 行第 7 列“两箱”",
        "“帮扶内容”不是方案里的名称，没有导入：第 1 个表格第 3 行第 5 列“送玩具”",
    )


_LIBREOFFICE = [
    ("03", "03-05", "签订帮扶协议，明确年度目标", "园长"),
    ("03", "03-13", "区域活动观摩：建构区", "业务园长"),
    ("04", "04-08", "示范教学进班级", "教研组长"),
    ("04", "04-15", "线上指导 环境创设", "保教主任"),
    ("04", "", "家园共育讲座（4月中旬）", "业务园长"),
    ("05", "05-12", "园本教研：一日活动", "教研组长"),
    ("05", "", "跟岗实践（5月20日-22日）", ""),
    ("06", "06-01", "困境幼儿关爱：六一慰问", "后勤园长"),
    ("09", "09-10", "结对学习：新学期师徒见面", "业务园长"),
    ("11", "11-05", "教学资源支持", "后勤园长"),
    ("12", "", "学期小结", "园长"),
]


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice.xlsx"])
def test_files_that_libreoffice_wrote(name: str) -> None:
    found = reading((FILES / name).read_bytes())
    assert (found.school, found.year, found.faults) == ("光彩幼儿园", 2020, ())
    assert planned(found) == _LIBREOFFICE
    assert [re.sub(r"^.*?“(?=[45]月)", "“", note) for note in found.notes] == [
        "“4月中旬”不是某一天，写进了任务：家园共育讲座（4月中旬）",
        "“5月20日-22日”不是某一天，写进了任务：跟岗实践（5月20日-22日）",
    ]


def test_a_word_file_with_all_that_people_leave_in_it() -> None:
    found = reading((FILES / "word.docx").read_bytes())
    assert planned(found) == [
        ("03", "03-05", "签订帮扶协议", "园长"),
        ("03", "03-13", "区域活动观摩", "业务园长"),
        ("04", "", "1.示范教学；2.评课研讨", "教研组长"),
        ("04", "04-22", "跟岗实践", "王小明"),
        ("09", "", "结对学习", "业务园长"),
    ]
    assert found.notes == (
        "第 1 个表格第 7 行第 5 列“王小明”像是姓名；负责人只写职务，如 业务园长",
        "表格之外的文字没有导入：“联系人：保教处”",
        "“完成情况”由活动记录算出，不从表里导入：第 1 个表格第 3 行第 6 列“已签”",
        "“备注”一栏没有导入：第 1 个表格第 5 行第 7 列“带相机”",
        "这一行没有帮扶任务，没有导入：第 1 个表格第 8 行第 2 列“9月 10日”",
        "第 1 个表格第 9 行第 4 列里的表格没有“帮扶任务”一栏，没有导入：第 1 个表格第 9 行第 4 列里的表格第 1 行第 1 列“大班组”",
        "第 1 个表格第 9 行第 4 列里的表格没有“帮扶任务”一栏，没有导入：第 1 个表格第 9 行第 4 列里的表格第 1 行第 2 列“中班组”",
    )


def test_a_table_that_goes_on_behind_a_page_break() -> None:
    document = docx.Document()
    for rows in ((HEAD, ("三", "3月5日", "甲", "", "")), (("四", "4月6日", "乙", "", ""),)):
        table = document.add_table(rows=0, cols=5)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    assert planned(reading(out.getvalue())) == [("03", "03-05", "甲", ""), ("04", "04-06", "乙", "")]


# --- there and back --------------------------------------------------------------------------------


def _allowed(text: str) -> bool:
    """Say whether a text may stand in plan.yml, and whether a spreadsheet keeps it: see xlsx_form."""
    try:
        PlanRow(id="a", month="2020-03", task=text)
    except ValueError:
        return False
    return text == text.strip() and "x005F_" not in text


_WORDS = st.text(
    st.one_of(
        st.sampled_from(list("示范教学观摩，、：“”《》（）=+-@'\"<>&_x0041 #*{}[]|%0")),
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn"), max_codepoint=0x1FFFF),
    ),
    min_size=1,
    max_size=40,
).filter(_allowed)
_LEADS = st.one_of(st.none(), _WORDS)


@st.composite
def plans(draw: st.DrawFn) -> PlanTable:
    """Draw a plan of this county's year with ids as an import gives them."""
    rows: list[PlanRow] = []
    for month in _PROGRAMME().months:
        year, number = int(month[:4]), int(month[5:])
        for index in range(draw(st.integers(0, 3))):
            day = draw(st.one_of(st.none(), st.integers(1, 30)))
            rows.append(
                PlanRow(
                    id=f"{month}-{index + 1}",
                    month=month,
                    date=dt.date(year, number, day) if day else None,
                    task=draw(_WORDS),
                    lead=draw(_LEADS),
                )
            )
    return PlanTable(rows=rows)


def _form(plan: PlanTable) -> PlanForm:
    tasks = [Task(row=row, state=TaskState.OPEN, activities=()) for row in plan.rows]
    form = make_filled_form(_CORPUS(), 2020, "guangcai", tasks, number=lambda key: None)
    assert form
    return form


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_import_undoes_export(plan: PlanTable) -> None:
    """Both formats: from nothing all but guessed measures; onto the plan itself nothing changes."""
    form = _form(plan)
    for data in (make_docx_form(form), make_xlsx_form(form)):
        found = read_plan(parse_sheets("", data), _PROGRAMME())
        if not plan.rows:
            assert found.faults == ("表里一项任务也没有填",)
            continue
        assert found.faults == ()
        assert (found.school, found.year) == ("光彩幼儿园", 2020)
        fresh = merge_plans((), found.entries, measures=(), referred={})
        assert fresh.rows == tuple(plan.rows)
        again = merge_plans(plan.rows, found.entries, measures=_PROGRAMME().measures, referred={})
        assert (again.rows, again.changes) == (tuple(plan.rows), ())


@settings(max_examples=100, deadline=None)
@given(plans())
@example(PlanTable(rows=[PlanRow(id="2020-03-1", month="2020-03", date=None, task="【示范】课", lead="－")]))
def test_the_written_plan_is_read_back(plan: PlanTable) -> None:
    record, problems = parse_yaml("plan", "records/guangcai/2020/plan.yml", format_plan(plan.rows).encode())
    assert record
    assert (problems, record.data) == ([], plan)


_DIGESTS = """
import hashlib, sys
from generator.documents.tables.docx_form import make_docx_form
from generator.documents.tables.plan_form import FormRow, PlanForm
from generator.documents.tables.xlsx_form import make_xlsx_form
form = PlanForm(label="附件2", title="甲园2020年计划", months=(("三", (FormRow(task="示范"), FormRow())),), remark="备注：乙")
for make in (make_docx_form, make_xlsx_form):
    print(hashlib.sha256(make(form)).hexdigest())
"""


def test_the_same_form_gives_the_same_bytes_in_any_process() -> None:
    ran = [
        subprocess.run(
            [sys.executable, "-c", _DIGESTS],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert ran[0] == ran[1]
    assert len(set(ran[0].split())) == 2


def test_a_form_holds_no_time_and_no_mark_of_the_system() -> None:
    form = make_blank_form(_CORPUS(), 2020, "guangcai")
    assert form
    for data in (make_docx_form(form), make_xlsx_form(form)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            assert members[0].filename == "[Content_Types].xml"
            assert {(m.date_time, m.create_system, m.external_attr, m.extra, m.comment) for m in members} == {
                ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16, b"", b"")
            }
            times = re.findall(r"20[0-9][0-9]-[0-9]{2}-[0-9]{2}T", archive.read("docProps/core.xml").decode())
            assert times == []


def test_a_filled_form() -> None:
    form = _form(PlanTable(rows=[PlanRow(id="2020-03-1", month="2020-03", task="=HYPERLINK(1)", lead="+1")]))
    assert (form.label, form.title) == ("附件2", "光彩幼儿园2020年结对帮扶工作计划表")
    assert [name for name, _ in form.months] == ["三", "四", "五", "六", "九", "十", "十一", "十二"]
    assert form.remark == "备注：帮扶园每月不少于三项，被帮扶园每月不少于一次。"
    sheet = openpyxl.load_workbook(io.BytesIO(make_xlsx_form(form))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert sheet["C4"].value == "=HYPERLINK(1)"


def test_months_are_merged_and_the_head_stays() -> None:
    months = (
        ("三", (FormRow(task="甲"), FormRow(task="乙"))),
        ("四", (FormRow(), FormRow())),
        ("五", (FormRow(),)),
    )
    form = PlanForm(label="附件2", title="甲园2020年计划", months=months, remark="备注：乙")
    table = docx.Document(io.BytesIO(make_docx_form(form))).tables[0]
    assert [row.cells[0].text for row in table.rows] == ["月份", "三", "三", "四", "四", "五"]
    # Only a blank month is kept on one page.
    kept = [row.cells[1]._tc.getprevious().p_lst[0].pPr.keepNext is not None for row in table.rows]
    assert kept == [False, False, False, True, False, False]
    sheet = openpyxl.load_workbook(io.BytesIO(make_xlsx_form(form))).active
    assert isinstance(sheet, Worksheet)
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:E1", "A2:E2", "A4:A5", "A6:A7", "A9:E9"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [6, 12, 31, 12, 28]


def test_the_word_template_has_the_same_columns() -> None:
    head, task = docx.Document(str(TEMPLATE)).tables[0].rows
    assert tuple(cell.text for cell in head.cells) == COLUMNS
    assert len(task.cells) == len(COLUMNS)


def test_a_word_form_without_label_and_remark() -> None:
    form = PlanForm(label="", title="甲\x01<园>", months=(("三", (FormRow(task="=1 & 2"),)),), remark="")
    made = docx.Document(io.BytesIO(make_docx_form(form)))
    assert [paragraph.text for paragraph in made.paragraphs] == ["甲\ufffd<园>", ""]
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["三", BLANK_DAY, "=1 & 2", "", ""]
    assert made.core_properties.title == "甲\ufffd<园>"


def test_what_excel_would_take_for_a_character_code_is_escaped() -> None:
    form = _form(PlanTable(rows=[PlanRow(id="2020-03-1", month="2020-03", task="甲_x0041_乙")]))
    with zipfile.ZipFile(io.BytesIO(make_xlsx_form(form))) as book:
        assert ">甲_x005F_x0041_乙<" in book.read("xl/sharedStrings.xml").decode()


def test_a_blank_form_has_a_row_for_every_task_that_is_owed() -> None:
    form = make_blank_form(_CORPUS(), 2020, None)
    assert form
    assert (form.title, form.rows) == ("＊＊校（园）2020年结对帮扶工作计划表", 24)
    found = reading(make_docx_form(form))
    assert (found.school, found.year, found.faults) == ("", 2020, ("表里一项任务也没有填",))
    assert found.notes == ()


# --- ids -------------------------------------------------------------------------------------------


def _rows(*tasks: str) -> list[PlanRow]:
    return [
        PlanRow(id=f"2020-03-{n}", month="2020-03", task=task, measure="area-observation", lead="园长")
        for n, task in enumerate(tasks, start=1)
    ]


def _merged(
    old: list[PlanRow],
    table: list[tuple[str, str]],
    referred: dict[str, list[str]] | None = None,
    *,
    drop: bool = False,
) -> list[tuple[str, str]]:
    entries = reading(word([("三", day, task, "园长", "") for task, day in table])).entries
    found = merge_plans(old, entries, measures=_PROGRAMME().measures, referred=referred or {}, drop=drop)
    return [(row.id, row.task) for row in found.rows]


def test_the_same_task_keeps_its_id_in_any_order() -> None:
    old = _rows("示范教学进班级", "签订帮扶协议", "园本教研")
    table = [("签订帮扶协议", "3月5日"), ("新的任务", ""), ("示范教学进班级", "")]
    assert _merged(old, table) == [
        ("2020-03-2", "签订帮扶协议"),
        ("2020-03-4", "新的任务"),
        ("2020-03-1", "示范教学进班级"),
    ]


def test_a_reworded_task_keeps_its_id_and_another_does_not_get_it() -> None:
    old = _rows("示范教学进班级", "签订帮扶协议")
    assert _merged(old, [("示范教学进大班班级", ""), ("困境幼儿关爱", "")]) == [
        ("2020-03-1", "示范教学进大班班级"),
        ("2020-03-3", "困境幼儿关爱"),
    ]


def test_a_task_that_activities_name_stays_unless_dropped() -> None:
    old = _rows("示范教学进班级", "签订帮扶协议")
    referred = {"2020-03-2": ["guangcai/2020/03/05-agreement"], "2020-03-3": ["guangcai/2020/03/09-x"]}
    table = [("示范教学进班级", ""), ("困境幼儿关爱", "")]
    kept = [("2020-03-1", "示范教学进班级"), ("2020-03-4", "困境幼儿关爱"), ("2020-03-2", "签订帮扶协议")]
    assert _merged(old, table, referred) == kept
    assert _merged(old, table, referred, drop=True) == kept[:2]


def test_two_tasks_of_the_same_words_keep_their_days_apart() -> None:
    old = [
        PlanRow(id="2020-03-1", month="2020-03", task="示范教学", date=dt.date(2020, 3, 5)),
        PlanRow(id="2020-03-2", month="2020-03", task="示范教学", date=dt.date(2020, 3, 9)),
    ]
    assert _merged(old, [("示范教学", "3月9日"), ("示范教学", "3月5日")]) == [
        ("2020-03-2", "示范教学"),
        ("2020-03-1", "示范教学"),
    ]


def test_a_title_longer_than_a_property_may_be_is_whole_on_the_page() -> None:
    form = PlanForm(label="", title="园" * 300, months=(("三月", (FormRow(),)),), remark="")
    made = docx.Document(io.BytesIO(make_docx_form(form)))
    assert made.core_properties.title == "园" * 255
    assert made.paragraphs[0].text == "园" * 300
