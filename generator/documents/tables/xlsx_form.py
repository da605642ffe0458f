"""附件3 as an Excel file: the same columns and merged months; every cell is text, also what looks like a formula.

The cells have the format “text”: a teacher who types 3-5 gets 3-5 and not a day of the current year, and
what begins with = + - @ stays what was typed, also after the cell is edited.
"""

from __future__ import annotations

import re

from generator.documents.tables.ooxml import XML, content_types, core_properties, escape, package, relations
from generator.documents.tables.plan_form import COLUMNS, FormRow, PlanForm

# In characters of the default font, as Excel counts widths.
_WIDTHS = (6, 12, 31, 12, 28)
_LINE = 16.5
# Near enough for the height of a row: below Han and its marks, and the half-width forms.
_NARROW = re.compile("[\u0000-\u2e7f\uff61-\uffdc]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# Styles by the order of <cellXfs>.
_LABEL, _TITLE, _HEAD, _MIDDLE, _TEXT, _SMALL, _REMARK = range(1, 8)


def xlsx_form(form: PlanForm) -> bytes:
    """Return the form as XLSX; the same form gives the same bytes."""
    sheet, header = _sheet(form)
    return package(
        {
            "[Content_Types].xml": content_types(
                {
                    "xl/workbook.xml": "officedocument.spreadsheetml.sheet.main",
                    "xl/worksheets/sheet1.xml": "officedocument.spreadsheetml.worksheet",
                    "xl/styles.xml": "officedocument.spreadsheetml.styles",
                    "docProps/core.xml": "package.core-properties",
                }
            ),
            "_rels/.rels": relations(
                {"officeDocument": "xl/workbook.xml", "core-properties": "docProps/core.xml"}
            ),
            "docProps/core.xml": core_properties(form.title),
            "xl/workbook.xml": (
                f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                '<sheets><sheet name="工作计划表" sheetId="1" r:id="rId1"/></sheets><definedNames>'
                f'<definedName name="_xlnm.Print_Titles" localSheetId="0">工作计划表!${header}:${header}</definedName>'
                "</definedNames></workbook>"
            ),
            "xl/_rels/workbook.xml.rels": relations(
                {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}
            ),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/styles.xml": _STYLES,
        }
    )


def _sheet(form: PlanForm) -> tuple[str, int]:
    """Return the sheet and the number of its header row."""
    rows: list[str] = []
    merged: list[str] = []

    def whole(text: str, style: int, height: float) -> None:
        number = len(rows) + 1
        rows.append(_row(number, (text, "", "", "", ""), (style,) * 5, height))
        merged.append(f"A{number}:E{number}")

    if form.label:
        whole(form.label, _LABEL, 24)
    whole(form.title, _TITLE, 36)
    header = len(rows) + 1
    rows.append(_row(header, COLUMNS, (_HEAD,) * 5, 28))
    for name, month in form.months:
        first = len(rows) + 1
        for index, row in enumerate(month):
            rows.append(_task(len(rows) + 1, "" if index else name, row))
        if len(month) > 1:
            merged.append(f"A{first}:A{len(rows)}")
    if form.remark:
        whole(form.remark, _REMARK, 8 + _LINE * _lines(form.remark, sum(_WIDTHS)))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1" style="{_TEXT}"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        f'{XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{header}" topLeftCell="A{header + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="{len(merged)}">{areas}</mergeCells><printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.6" right="0.6" top="0.75" bottom="0.75" header="0.3" footer="0.4"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>"
    ), header


def _task(number: int, month: str, row: FormRow) -> str:
    lines = max(_lines(row.task, _WIDTHS[2]), _lines(row.lead, _WIDTHS[3]), _lines(row.done, _WIDTHS[4]))
    styles = (_MIDDLE, _MIDDLE, _TEXT, _MIDDLE, _SMALL)
    return _row(number, (month, row.day, row.task, row.lead, row.done), styles, max(26, 9 + _LINE * lines))


def _row(number: int, texts: tuple[str, ...], styles: tuple[int, ...], height: float) -> str:
    cells = "".join(
        _cell(f"{letter}{number}", text, style)
        for letter, text, style in zip("ABCDE", texts, styles, strict=True)
    )
    return f'<row r="{number}" ht="{min(height, 400):g}" customHeight="1">{cells}</row>'


def _cell(place: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    text = escape(_ESCAPE.sub("_x005F_", text))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Han character is two wide."""
    size = 2 * len(text) - len(_NARROW.findall(text))
    return max(1, -(-size // max(1, width - 2)))


def _font(name: str, points: float, *, bold: bool = False) -> str:
    return (
        f'<font>{"<b/>" if bold else ""}<sz val="{points}"/><name val="{name}"/><charset val="134"/></font>'
    )


def _format(font: int, border: int, horizontal: str) -> str:
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        'applyFont="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{horizontal}" vertical="center" wrapText="1"/></xf>'
    )


_SIDES = "".join(
    f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}"><fonts count="6">{_font("宋体", 12)}{_font("黑体", 14)}'
    f"{_font('宋体', 18, bold=True)}{_font('黑体', 12)}{_font('仿宋', 12)}{_font('仿宋', 10.5)}</fonts>"
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{_SIDES}<diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f"{_format(1, 0, 'left')}{_format(2, 0, 'center')}{_format(3, 1, 'center')}{_format(4, 1, 'center')}"
    f"{_format(4, 1, 'left')}{_format(5, 1, 'left')}{_format(4, 0, 'left')}</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
