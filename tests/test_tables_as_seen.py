"""What a school sees in Word and Excel is what is read: every piece of a table is taken or named, in its place."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.worksheet.worksheet import Worksheet

from generator.documents.tables.grid import Sheets
from generator.documents.tables.number_formats import find_format_code, show_number, show_text
from generator.documents.tables.plan_reading import PlanReading
from generator.documents.tables.table_files import parse_sheets
from tests.plan_tables import HEAD, TITLE, excel, planned, reading, word

_EMPTY = cache(lambda: word([]))
_MARKS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
)
_NUMBERING = f"""<w:numbering {_MARKS}>
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1月"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
_STYLES = f"""<w:styles {_MARKS}>
<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="paragraph" w:styleId="Crossed"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Uncrossed"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Listed"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""


def _parts(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an Office file with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def _word(rows: Sequence[str]) -> bytes:
    """Return a Word file whose one table has the plan's header and rows of XML."""
    head = "".join(map(_cell, map(_run, HEAD)))
    table = f"<w:tbl><w:tr>{head}</w:tr>{''.join(rows)}</w:tbl>"
    body = f"<w:p>{_run(TITLE)}</w:p>{table}"
    parts = {
        "word/document.xml": f"<w:document {_MARKS}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": _NUMBERING,
        "word/styles.xml": _STYLES,
    }
    return _parts(_EMPTY(), lambda name, old: parts[name].encode() if name in parts else old)


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def _cell(content: str, properties: str = "") -> str:
    if not content.startswith("<w:p>"):
        content = _paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _task(content: str) -> PlanReading:
    """Return what is read of a table with one row, whose task is a paragraph's or a cell's XML."""
    return reading(_word([_row(_cell(_run("三")), _cell(""), _cell(content), _cell(""), _cell(""))]))


def _field(code: str, result: str) -> str:
    """Return a field as Word writes it; the code may hold text that is no result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>{_run('代码')}"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _prompt(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


# --- Word, one thing at a time ---------------------------------------------------------------------

_PLACE = "第 1 个表格第 2 行第 3 列"
_DROPDOWN = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="听课"/>'
    '<w:listEntry w:val="评课"/></w:ddList></w:ffData></w:fldChar><w:instrText>FORMDROPDOWN</w:instrText>'
    '<w:fldChar w:fldCharType="end"/></w:r>'
)
_UNKNOWN = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:unknown/></mc:Choice>'
    "<mc:Fallback><w:t>听课</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("content", "task", "notes"),
    [
        (_run("听课", '<w:vanish w:val="false"/>') + _run("评课", '<w:vanish w:val="off"/>'), "听课评课", ()),
        (_run("听课") + _run("不看", "<w:vanish/>"), "听课", (f"隐藏的文字没有读：{_PLACE}“不看”",)),
        (_run("听课") + _run("不看", '<w:rStyle w:val="Secret"/>'), "听课", (f"隐藏的文字没有读：{_PLACE}“不看”",)),
        (_run("听课", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'), "听课", ()),
        (
            _run("听课") + _run("参", "<w:strike/>") + _run("观", "<w:dstrike/>"),
            "听课",
            (f"划掉的文字（带删除线）没有读：{_PLACE}“参观”",),
        ),
        (
            _paragraph(_run("听课", '<w:rStyle w:val="Uncrossed"/>') + _run("参观"), '<w:pStyle w:val="Crossed"/>'),
            "听课",
            (f"划掉的文字（带删除线）没有读：{_PLACE}“参观”",),
        ),
        (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{_run('pín')}</w:rt><w:rubyBase>{_run('评')}</w:rubyBase></w:ruby></w:r>{_run('课')}",
            "评课",
            (f"注音没有读：{_PLACE}“pín”",),
        ),
        (
            _run("听课") + _prompt(_run("点此填写")),
            "听课",
            (f"内容控件还没有填，它的提示没有读：{_PLACE}“点此填写”",),
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{_run('听课')}</w:sdtContent></w:sdt>", "听课", ()),
        (_run("听") + f"<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{_run('课')}</w:ins>", "听课", ()),
        (f"<w:moveFrom>{_run('旧')}</w:moveFrom><w:moveTo>{_run('听课')}</w:moveTo>", "听课", ()),
        (_field("DATE", _run("听课")), "听课", ()),
        (f'<w:fldSimple w:instr="TITLE">{_run("听课")}</w:fldSimple><w:smartTag>{_run("评课")}</w:smartTag>', "听课评课", ()),
        (
            _run("听课")
            + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>eq \\o\\ac(○,1)</w:instrText><w:fldChar w:fldCharType="end"/></w:r>',
            "听课",
            (f"域（带圈字符、公式一类）没有读，请改成普通文字：{_PLACE}“eq \\o\\ac(○,1)”",),
        ),
        (
            _run("听课") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + _run("没有写完"),
            "听课",
            (f"域（带圈字符、公式一类）没有读，请改成普通文字：{_PLACE}“没有写完”",),
        ),
        (
            _DROPDOWN,
            "评课",
            (),
        ),
        (
            _run("听课")
            + '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="x" w16se:char="2461"/></mc:Choice>'
            "<mc:Fallback><w:t>2</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "听课②",
            (),
        ),
        (
            _UNKNOWN,
            "听课",
            (),
        ),
        (_run("听课") + '<w:r><w:sym w:font="宋体" w:char="2605"/></w:r>', "听课★", ()),
        (
            _run("听课") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            "听课",
            (f"特殊符号没有读：{_PLACE}",),
        ),
        (
            _run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>') + _run("听课R"),
            "听课R",
            (f"特殊符号没有读：{_PLACE}",),
        ),
        (_run("听课\uf0fe", '<w:rFonts w:hAnsi="Wingdings"/>'), "听课", (f"特殊符号没有读：{_PLACE}",)),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>' + _run("听课"),
            "听课",
            (f"特殊符号没有读：{_PLACE}",),
        ),
        (_run("R", '<w:rFonts w:ascii="Arial" w:eastAsia="Wingdings 2"/>') + _run("听课"), "R听课", ()),
        (_run("听课") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "听课", (f"脚注没有读：{_PLACE}",)),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:softHyphen/><w:noBreakHyphen/><w:br/><w:t>c</w:t></w:r>", "a b- c", ()),
        (_run("steam", "<w:caps/>"), "STEAM", ()),
        (
            _paragraph(_run("听"), "<w:rPr><w:del/></w:rPr>") + _paragraph(_run("课"), "<w:rPr><w:vanish/></w:rPr>") + _paragraph(_run("组")),
            "听课组",
            (),
        ),
        (_paragraph(_run("听课")) + _paragraph(_run("评课")), "听课 评课", ()),
    ],
)  # fmt: skip
def test_a_task_in_word(content: str, task: str, notes: tuple[str, ...]) -> None:
    found = _task(content)
    assert ([e.task for e in found.entries], found.faults, found.notes) == ([task], (), notes)


def _listed(number: int, *texts: str, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return "".join(_paragraph(_run(text) if text else "", properties) for text in texts)


@pytest.mark.parametrize(
    ("content", "task"),
    [
        (_listed(1, "听课", "评课"), "1.听课；2.评课"),
        (_listed(1, "听课") + _listed(1, "甲", "乙", level=1) + _listed(1, "评课"), "1.听课；（一）甲；（二）乙；2.评课"),
        (_listed(1, "听课") + _listed(4, "评课"), "1.听课；1.评课"),
        (_listed(2, "听课", "评课"), "听课；评课"),
        (_listed(77, "听课", "评课"), "听课；评课"),
        (_paragraph(_run("听课"), '<w:pStyle w:val="Listed"/>'), "1.听课"),
        (_paragraph(_run("听课"), '<w:pStyle w:val="Listed"/><w:numPr><w:numId w:val="0"/></w:numPr>'), "听课"),
    ],
)  # fmt: skip
def test_automatic_numbers_are_read_as_typed_ones(content: str, task: str) -> None:
    found = _task(content)
    assert ([e.task for e in found.entries], found.faults, found.notes) == ([task], (), ())


@pytest.mark.parametrize(
    ("kind", "task", "notes"),
    [
        ("decimalEnclosedParen", "⑴ 听课；⑵ 评课", ()),
        ("decimalEnclosedFullstop", "⒈ 听课；⒉ 评课", ()),
        ("decimalEnclosedCircleChinese", "① 听课；② 评课", ()),
        ("chineseLegalSimplified", "壹 听课；贰 评课", ()),
        ("cardinalText", "听课；评课", (f"自动编号的样式不认得，编号没有读：{_PLACE}",)),
    ],
)
def test_ways_of_counting(kind: str, task: str, notes: tuple[str, ...]) -> None:
    row = _row(_cell(_run("三")), _cell(""), _cell(_listed(1, "听课", "评课")), _cell(""), _cell(""))
    before = '"decimal"/><w:lvlText w:val="%1."/>'
    counted = _NUMBERING.replace(before, f'"{kind}"/><w:lvlText w:val="%1"/>')
    assert counted != _NUMBERING
    found = reading(
        _parts(_word([row]), lambda n, old: counted.encode() if n == "word/numbering.xml" else old)
    )
    assert ([e.task for e in found.entries], found.faults, found.notes) == ([task], (), notes)


def test_automatic_numbers_without_words() -> None:
    """Three months that Word numbers, and a blank row of a numbered form."""
    found = reading(
        _word([_row(_cell(_listed(3, "")), _cell(""), _cell(_listed(1, text)), _cell(""), _cell("")) for text in ("听课", "", "评课")])
    )  # fmt: skip
    assert planned(found) == [("03", "", "1.听课", ""), ("05", "", "3.评课", "")]
    assert found.notes == ("自动编号后面没有文字，没有读：第 1 个表格第 3 行第 3 列“2.”",)


def test_rows_and_cells_in_word_that_nobody_sees() -> None:
    plain = [_cell(_run(text)) for text in ("三", "3月5日", "听课", "园长", "")]
    found = reading(
        _word(
            [
                _row(*plain),
                _row(*[_cell(_run(text)) for text in ("三", "", "删去", "", "")], properties="<w:del/>"),
                _row(*[_cell(_run(text)) for text in ("三", "", "藏着", "", "")], properties="<w:hidden/>"),
                _row(plain[0], _cell(_run("旧"), "<w:cellDel/>"), *plain[1:]),
                _row(_cell("", '<w:cellMerge w:vMerge="cont"/>'), _prompt(_cell(_run("选日期"))), *plain[2:]),
            ]
        )
    )
    assert planned(found) == [
        ("03", "03-05", "听课", "园长"),
        ("03", "03-05", "听课", "园长"),
        ("03", "", "听课", "园长"),
    ]
    assert found.notes == (
        "修订中删去的行没有读：第 1 个表格第 3 行“三 删去”",
        "隐藏的行没有读：第 1 个表格第 4 行“三 藏着”",
        "修订中删去的格没有读：第 1 个表格第 5 行第 2 列前“旧”",
        "内容控件还没有填，它的提示没有读：第 1 个表格第 6 行第 2 列“选日期”",
    )


# --- Excel, one thing at a time --------------------------------------------------------------------


def _book(rows: Sequence[Sequence[object]], change: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook with the plan's title and header, then rows, changed by hand."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in ((TITLE,), HEAD, *rows):
        sheet.append(list(row))
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ROWS = (("三", "3月5日", "听课", "园长"), ("四", "4月6日", "评课", "园长"))


def test_rows_and_columns_in_excel_that_nobody_sees() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions.group("D", "F", hidden=True)
        sheet["F3"] = "远处"

    found = reading(_book(_ROWS, hide))
    assert planned(found) == [("03", "03-05", "听课", "")]
    assert found.notes == (
        "隐藏或筛选掉的行没有读：工作表“Sheet”第 4 行“四 4月6日 评课 园长”",
        "隐藏的列没有读：工作表“Sheet” D 列（2 格）“负责人 园长”",
        "隐藏的列没有读：工作表“Sheet” E 列（1 格）“完成情况”",
        "隐藏的列没有读：工作表“Sheet” F 列（1 格）“远处”",
    )


def test_a_merged_month_shows_below_its_hidden_first_row() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A3:A5")
        sheet.row_dimensions[3].height = 1

    rows = (("三", "3月5日", "听课"), ("", "3月6日", "评课"), ("", "3月7日", "研讨"))
    flat = _parts(_book(rows, merge), lambda _, old: old.replace(b'ht="1"', b'ht="0"'))
    found = reading(flat)
    assert planned(found) == [("03", "03-06", "评课", ""), ("03", "03-07", "研讨", "")]
    assert found.notes == ("隐藏或筛选掉的行没有读：工作表“Sheet”第 3 行“3月5日 听课”",)


def test_what_is_crossed_out_in_excel() -> None:
    def cross(sheet: Worksheet) -> None:
        sheet["C4"].font = Font(strike=True)
        sheet["C3"] = CellRichText(
            "听", TextBlock(InlineFont(strike=True), "参观"), TextBlock(InlineFont(b=True), "课")
        )

    found = reading(_book(_ROWS, cross))
    assert planned(found) == [("03", "03-05", "听课", "园长")]
    assert found.notes == (
        "这一行没有帮扶任务，没有导入：工作表“Sheet”第 4 行 D 列“园长”",
        "这一行没有帮扶任务，没有导入：工作表“Sheet”第 4 行 B 列“4月6日”",
        "划掉的文字（带删除线）没有读：工作表“Sheet”第 3 行 C 列“参观”、工作表“Sheet”第 4 行 C 列“评课”",
    )


def _cells(*cells: str, styles: str = "") -> bytes:
    """Return a workbook whose third row is written as XML; ``styles`` are its number formats from the fourth on."""

    def change(name: str, old: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            return old.replace(b"</sheetData>", f'<row r="3">{"".join(cells)}</row></sheetData>'.encode())
        if name == "xl/styles.xml" and styles:
            return re.sub(rb"<cellXfs.*?</cellXfs>", f"<cellXfs>{styles}</cellXfs>".encode(), old)
        return old

    return _parts(excel([]), change)


_MONTH = '<c r="A3" t="inlineStr"><is><t>三</t></is></c>'


@pytest.mark.parametrize(
    ("cell", "task", "notes"),
    [
        ('<c r="C3" t="inlineStr"><is><t>听课_x000D_\n评课</t></is></c>', "听课 评课", ()),
        ('<c r="C3" t="inlineStr"><is><t>a_x005F_x000D_b_x0041_</t></is></c>', "a_x000D_bA", ()),
        (
            '<c r="C3" t="inlineStr"><is><r><t>听</t></r><r><t>课</t></r><rPh sb="0" eb="1"><t>tīng</t></rPh></is></c>',
            "听课",
            (),
        ),
        ('<c r="C3" t="str"><f>A1</f><v>听课</v></c>', "听课", ()),
        ('<c r="C3" t="b"><v>1</v></c>', "TRUE", ()),
        ('<c r="C3"><f>1/0</f></c>', None, ("公式没有结果，没有读；在 Excel 里打开，存一次：工作表“Sheet”第 3 行 C 列",)),
        ('<c r="C3" t="str"><f>""</f><v></v></c>', None, ()),
        ('<c r="C3" t="e"><v>#N/A</v></c>', None, ("错误值没有读，在 Excel 里改好再存：工作表“Sheet”第 3 行 C 列“#N/A”",)),
        ('<c r="C3" t="e" vm="1"><v>#VALUE!</v></c>', None, ("图片一类的内容没有读：工作表“Sheet”第 3 行 C 列“#VALUE!”",)),
        (
            '<c r="C3" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
            None,
            ("图片没有读：工作表“Sheet”第 3 行 C 列",),
        ),
    ],
)  # fmt: skip
def test_a_task_in_excel(cell: str, task: str | None, notes: tuple[str, ...]) -> None:
    found = reading(_cells(_MONTH, cell))
    tasks = [e.task for e in found.entries]
    assert (tasks, found.notes) == ([] if task is None else [task], notes)
    # What was not read is said together with the reason why nothing is imported.
    assert found.faults == (("表里一项任务也没有填",) if task is None else ())
    assert found.lost == notes


def test_letters_that_are_pictures_in_excel() -> None:
    def tick(sheet: Worksheet) -> None:
        sheet["C3"].font = Font(name="Wingdings 2")
        sheet["C4"] = CellRichText(TextBlock(InlineFont(rFont="Wingdings 2"), "R"), "评课R")

    found = reading(_book((("三", "", "R听课"), ("四", "", ""), ("五", "", "R展示")), tick))
    assert [e.task for e in found.entries] == ["听课", "评课R", "R展示"]
    assert found.notes == ("特殊符号没有读：工作表“Sheet”第 3 行 C 列、工作表“Sheet”第 4 行 C 列",)


def test_comments_and_pictures_on_a_sheet_are_named() -> None:
    def comment(sheet: Worksheet) -> None:
        sheet["C3"].comment = Comment("请改期", "园长")

    assert reading(_book(_ROWS[:1], comment)).notes == ("批注没有读：工作表“Sheet”第 3 行 C 列“请改期”",)


@pytest.mark.parametrize(
    ("format_id", "value", "expected", "notes"),
    [
        (57, "43895", ("03", ""), ()),
        (58, "46086", ("03", "03-05"), ("工作表“Sheet”第 3 行 B 列：Excel 里的日期是 2026-03-05，只取月和日，年份按 2020 年",)),
        (31, "43895", ("03", "03-05"), ()),
        (14, "43895", ("03", "03-05"), ()),
        (27, "43891", ("03", ""), ()),
    ],
)  # fmt: skip
def test_days_in_the_built_in_formats_of_chinese_excel(
    format_id: int, value: str, expected: tuple[str, str], notes: tuple[str, ...]
) -> None:
    data = _cells(
        _MONTH,
        f'<c r="B3" s="1"><v>{value}</v></c><c r="C3" t="inlineStr"><is><t>听课</t></is></c>',
        styles=f'<xf numFmtId="0"/><xf numFmtId="{format_id}"/>',
    )
    found = reading(data)
    assert (planned(found), found.notes) == ([(*expected, "听课", "")], notes)


def test_a_month_column_of_days_says_no_year_that_nobody_sees() -> None:
    data = _cells(
        '<c r="A3" s="1"><v>46082</v></c><c r="C3" t="inlineStr"><is><t>听课</t></is></c>',
        styles='<xf numFmtId="0"/><xf numFmtId="58"/>',
    )
    found = reading(data)
    assert (planned(found), found.faults) == ([("03", "", "听课", "")], ())


def test_the_calendar_of_old_macs() -> None:
    data = _parts(
        _cells(
            _MONTH,
            '<c r="B3" s="1"><v>42433</v></c><c r="C3" t="inlineStr"><is><t>听课</t></is></c>',
            styles='<xf numFmtId="0"/><xf numFmtId="14"/>',
        ),
        lambda name, old: (
            re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', old)
            if name == "xl/workbook.xml"
            else old
        ),
    )
    assert planned(reading(data)) == [("03", "03-05", "听课", "")]


# 2020-03-05 09:05:30
_MOMENT = 43895 + (9 * 3600 + 5 * 60 + 30) / 86400


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 3.1, "3.1"),
        ("General", 0.1 + 0.2, "0.3"),
        ("G/通用格式", 3, "3"),
        ("0.00", 3.1, "3.10"),
        ("0.00", 2.675, "2.68"),
        ("#,##0.0#", 1234567.5, "1,234,567.5"),
        ("0%", 0.5, "50%"),
        ("000", 7, "007"),
        ('0"月"', 3, "3月"),
        ('General"月"', 3, "3月"),
        ("第0周", 3, "第3周"),
        ("0_);(0)", -5, "(5)"),
        ("0;-0;无", 0, "无"),
        (";;;", 5, ""),
        ("[Red]0", -5, "-5"),
        ("[$¥-804]0.00", 5, "¥5.00"),
        ("yyyy-mm-dd", _MOMENT, "2020-03-05"),
        ('yyyy"年"m"月"d"日";@', _MOMENT, "2020年3月5日"),
        ('[$-804]yyyy"年"m"月"', _MOMENT, "2020年3月"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', 43915, "二〇二〇年三月二十五日"),
        ("m月d日", _MOMENT, "3月5日"),
        ("d日", _MOMENT, "5日"),
        ("aaaa", _MOMENT, "星期四"),
        ("yy/m/d aaa", _MOMENT, "20/3/5 四"),
        ("mmm-yy", _MOMENT, "Mar-20"),
        ("h:mm:ss", _MOMENT, "9:05:30"),
        ("上午/下午h:mm", _MOMENT + 0.5, "下午9:05"),
        ("mm:ss", _MOMENT, "05:30"),
        ("# ?/?", 0.5, None),
        ("0.00E+00", 5, None),
        ("[h]:mm", 1.5, None),
        ("[>5]0", 3, None),
        ("0,", 5000, None),
        ("yyyy", -1, None),
        ("0" * 300, 5, None),
    ],
)
def test_numbers_as_excel_shows_them(code: str, value: float, text: str | None) -> None:
    shown = show_number(value, code, WINDOWS_EPOCH)
    assert (shown.text if shown else None) == text


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("m月d日", True),
        ("yyyy-mm-dd h:mm", True),
        ("yyyy年m月", False),
        ("d日", False),
        ("h:mm", False),
        ("0", False),
    ],
)
def test_a_day_is_known_only_where_it_shows(code: str, day: bool) -> None:  # a table's column
    shown = show_number(_MOMENT, code, WINDOWS_EPOCH)
    assert shown
    assert shown.day == (dt.date(2020, 3, 5) if day else None)


def test_the_other_epoch_texts_and_ids() -> None:
    assert show_number(42433, "m-d", MAC_EPOCH) == show_number(43895, "m-d", WINDOWS_EPOCH)
    assert show_text("甲", '@"园"') == "甲园"
    assert show_text("甲", "0;-0;0;") == ""
    assert show_text("甲", "General") == "甲"
    assert [find_format_code(number, {58: "d"}) for number in (58, 57, 2, 999)] == [
        "d",
        'yyyy"年"m"月"',
        "0.00",
        "General",
    ]


# --- all together ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Piece:
    """A piece of a Word cell: its XML, what a person sees of it, what has to be named."""

    xml: str
    seen: str
    named: str = ""


_KINDS: tuple[Callable[[str], _Piece], ...] = (
    lambda t: _Piece(_run(t), t),
    lambda t: _Piece(_run(t, '<w:vanish w:val="0"/><w:strike w:val="0"/>'), t),
    lambda t: _Piece(_run(t, "<w:vanish/>"), "", t),
    lambda t: _Piece(_run(t, '<w:rStyle w:val="Secret"/>'), "", t),
    lambda t: _Piece(_run(t, "<w:dstrike/>"), "", t),
    lambda t: _Piece(f"<w:ins>{_run(t)}</w:ins>", t),
    lambda t: _Piece(f"<w:del><w:r><w:delText>{t}</w:delText></w:r></w:del>", ""),
    lambda t: _Piece(f"<w:moveFrom>{_run(t)}</w:moveFrom>", ""),
    lambda t: _Piece(f"<w:r><w:ruby><w:rt>{_run('音')}</w:rt><w:rubyBase>{_run(t)}</w:rubyBase></w:ruby></w:r>", t, "音"),
    lambda t: _Piece(_prompt(_run(t)), "", t),
    lambda t: _Piece(_field("REF x", _run(t)), t),
    lambda t: _Piece(f'<w:hyperlink><w:smartTag>{_run(t)}</w:smartTag></w:hyperlink>', t),
    lambda t: _Piece(
        f"<w:r><mc:AlternateContent><mc:Choice Requires=\"x\"><w:y/></mc:Choice><mc:Fallback><w:t>{t}</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        t,
    ),
    lambda t: _Piece(f"{_run(t)}<w:r><w:br/></w:r>", f"{t} "),
)  # fmt: skip
_TOKENS = st.lists(st.text("听评教研园观摩送", min_size=2, max_size=4), min_size=1, max_size=4, unique=True)


@st.composite
def _word_cells(draw: st.DrawFn) -> tuple[list[_Piece], str]:
    """Draw the pieces of a cell, and how its paragraphs are ended: not at all, by a mark, by a deleted mark."""
    pieces = [draw(st.sampled_from(_KINDS))(text) for text in draw(_TOKENS)]
    return pieces, draw(st.sampled_from(["one", "marks", "deleted marks", "list"]))


def _as_cell(pieces: Sequence[_Piece], way: str) -> tuple[str, str]:
    """Return a cell's XML and what a person sees in it, on one line."""
    if way == "one":
        return _cell("".join(p.xml for p in pieces)), "".join(p.seen for p in pieces)
    if way == "list":
        seen = [text for p in pieces if (text := p.seen.strip())]
        return _cell(_only_paragraphs(_listed_pieces(pieces))), "；".join(seen)
    mark = "<w:rPr><w:del/></w:rPr>" if way == "deleted marks" else ""
    return (
        _cell("".join(_paragraph(p.xml, mark) for p in pieces)),
        ("" if mark else " ").join(p.seen for p in pieces),
    )


def _listed_pieces(pieces: Sequence[_Piece]) -> str:
    return "".join(_paragraph(p.xml, '<w:numPr><w:numId w:val="2"/></w:numPr>') for p in pieces)


def _only_paragraphs(xml: str) -> str:
    assert xml.startswith("<w:p>")
    return xml


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(_word_cells(), st.sampled_from(["", "del", "hidden", "cellDel"])), min_size=1, max_size=3
    )
)
def test_every_word_of_a_word_table_is_taken_or_named(
    rows: list[tuple[tuple[list[_Piece], str], str]],
) -> None:
    xml, tasks, named = [], [], []
    for (pieces, way), kind in rows:
        cell, seen = _as_cell(pieces, way)
        extra = _cell(_run("旧格"), "<w:cellDel/>") if kind == "cellDel" else ""
        mark = f"<w:{kind}/>" if kind in ("del", "hidden") else ""
        xml.append(
            _row(_cell(_run("三")), extra, _cell(""), cell, _cell(_run("园长")), _cell(""), properties=mark)
        )
        if kind == "cellDel":
            named.append("旧格")
        if kind in ("del", "hidden"):
            # A person sees nothing of the row; its words are named from its beginning.
            named.append("三 ")
            continue
        named += [p.named for p in pieces if p.named]
        if seen := " ".join(seen.split()):
            tasks.append(seen)
    found = reading(_word(xml))
    assert [(e.month, e.task, e.lead) for e in found.entries] == [("2020-03", task, "园长") for task in tasks]
    lost = " ".join(found.lost).replace("…", "")
    assert [word for word in named if word[:2] not in lost] == []


@dataclass(frozen=True)
class _Value:
    """A cell of an Excel row: a value, its number format, whether it is crossed out."""

    value: str | int | dt.date
    code: str = "General"
    struck: bool = False


_VALUES = st.one_of(
    st.builds(_Value, st.text("听评教研园观摩送a_x041F\n", min_size=1, max_size=12)),
    st.builds(_Value, st.text("听评教研园观摩送", min_size=2, max_size=4), struck=st.booleans()),
    st.builds(_Value, st.integers(1, 999), st.sampled_from(["General", "0.00", '0"次"', "000", "0%"])),
    st.builds(
        _Value,
        st.dates(dt.date(2019, 1, 1), dt.date(2027, 12, 31)),
        st.sampled_from(["yyyy-mm-dd", 'yyyy"年"m"月"', 'm"月"d"日"', "d"]),
    ),
    st.builds(_Value, st.booleans()),
)
_EXCEL_ROWS = st.lists(st.tuples(_VALUES, st.booleans()), min_size=1, max_size=4)


def _as_excel_shows(sheet: Worksheet, row: int) -> tuple[str, str]:
    """Return what openpyxl holds of a task's cell as (what a person sees, what nobody does)."""
    cell = sheet.cell(row, 3)
    value, code = cell.value, cell.number_format
    if isinstance(value, bool):
        text = str(value).upper()
    elif isinstance(value, dt.datetime):
        text = {
            "yyyy-mm-dd": f"{value:%Y-%m-%d}",
            'yyyy"年"m"月"': f"{value.year}年{value.month}月",
            'm"月"d"日"': f"{value.month}月{value.day}日",
            "d": f"{value.day}",
        }[code]
    elif isinstance(value, int | float):
        text = {
            "General": f"{value}",
            "0.00": f"{value}.00",
            '0"次"': f"{value}次",
            "000": f"{value:03}",
            "0%": f"{value}00%",
        }[code]
    else:
        text = re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), str(value or ""))
    text = " ".join(text.split())
    unseen = sheet.row_dimensions[row].hidden or sheet.column_dimensions["C"].hidden or cell.font.strike
    return ("", text) if unseen else (text, "")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_EXCEL_ROWS)
def test_every_word_of_an_excel_table_is_taken_or_named(rows: list[tuple[_Value, bool]]) -> None:
    def fill(sheet: Worksheet) -> None:
        for at, (value, hidden) in enumerate(rows, start=3):
            cell = sheet.cell(at, 3, value.value)
            cell.number_format = value.code
            cell.font = Font(strike=value.struck)
            sheet.row_dimensions[at].hidden = hidden

    data = _book([("三", "", "", "园长") for _ in rows], fill)
    shown = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(shown, Worksheet)
    pairs = [_as_excel_shows(shown, row) for row in range(3, 3 + len(rows))]
    found = reading(data)
    assert [e.task for e in found.entries] == [seen for seen, _ in pairs if seen]
    lost = " ".join(found.lost)
    assert [text for _, text in pairs if text[:4] not in lost] == []
    assert _grid_places(parse_sheets("", data)) == {
        row: seen for row, (seen, _) in enumerate(pairs, start=3) if seen
    }


def _grid_places(sheets: Sheets) -> dict[int, str]:
    """Return what stands in the tasks' column, by row."""
    return {
        cell.row: cell.text
        for row in sheets.grids[0].rows
        for cell in row
        if cell.column == 3 and cell.row > 2
    }
