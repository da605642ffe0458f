"""附件3 as a Word file: A4, the county's columns, merged months, the header repeated on every page."""

from __future__ import annotations

from generator.documents.tables.ooxml import XML, content_types, core_properties, escape, package, relations
from generator.documents.tables.plan_form import COLUMNS, FormRow, PlanForm

# In twentieths of a point; together the width between the margins of 2.2 cm.
_WIDTHS = (680, 1304, 3289, 1304, 2835)
_MARGIN = 1247
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_form(form: PlanForm) -> bytes:
    """Return the form as DOCX; the same form gives the same bytes."""
    return package(
        {
            "[Content_Types].xml": content_types(
                {
                    "word/document.xml": "officedocument.wordprocessingml.document.main",
                    "word/styles.xml": "officedocument.wordprocessingml.styles",
                    "word/footer1.xml": "officedocument.wordprocessingml.footer",
                    "docProps/core.xml": "package.core-properties",
                }
            ),
            "_rels/.rels": relations(
                {"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"}
            ),
            "docProps/core.xml": core_properties(form.title),
            "word/document.xml": _document(form),
            "word/_rels/document.xml.rels": relations({"styles": "styles.xml", "footer": "footer1.xml"}),
            "word/styles.xml": _STYLES,
            "word/footer1.xml": _FOOTER,
        }
    )


def _document(form: PlanForm) -> str:
    head = _paragraph("Label", form.label) if form.label else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    rows = "".join(_month(name, rows) for name, rows in form.months)
    remark = _paragraph("Remark", form.remark) if form.remark else ""
    return (
        f'{XML}<w:document {_NAMESPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{head}{_paragraph('Title', form.title)}"
        '<w:tbl><w:tblPr><w:tblStyle w:val="PlanTable"/>'
        f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_header()}{rows}</w:tbl>{remark or '<w:p/>'}"
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="1361" w:right="{_MARGIN}" w:bottom="1247" w:left="{_MARGIN}" w:header="851" w:footer="737" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _header() -> str:
    cells = "".join(_cell(width, "TableHead", text) for width, text in zip(_WIDTHS, COLUMNS, strict=True))
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="567"/><w:tblHeader/></w:trPr>{cells}</w:tr>'


def _month(name: str, rows: tuple[FormRow, ...]) -> str:
    found = []
    for index, row in enumerate(rows):
        merge = ""
        if len(rows) > 1:
            merge = '<w:vMerge w:val="restart"/>' if not index else "<w:vMerge/>"
        # A blank month is not parted by a page's end; filled ones would leave half of the pages empty.
        keep = "<w:keepNext/>" if index + 1 < len(rows) and not any(r.task for r in rows) else ""
        cells = (
            _cell(_WIDTHS[0], "TableMiddle", "" if index else name, merge, keep)
            + _cell(_WIDTHS[1], "TableMiddle", row.day)
            + _cell(_WIDTHS[2], "TableText", row.task)
            + _cell(_WIDTHS[3], "TableMiddle", row.lead)
            + _cell(_WIDTHS[4], "TableSmall", row.done)
        )
        found.append(f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="425"/></w:trPr>{cells}</w:tr>')
    return "".join(found)


def _cell(width: int, style: str, text: str, merge: str = "", keep: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(style, text, keep)}</w:tc>"
    )


def _paragraph(style: str, text: str, keep: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{run}</w:p>'


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{east}"/>'


def _style(id_: str, name: str, paragraph: str, east: str, half_points: int, run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{_fonts(east)}{run}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f"{XML}<w:styles {_NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts('仿宋')}"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="PlanTable"><w:name w:val="计划表"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr></w:style>"
    + _style("Label", "附件标签", "", "黑体", 32)
    + _style(
        "Title",
        "表题",
        '<w:spacing w:before="60" w:after="160"/><w:jc w:val="center"/>',
        "宋体",
        36,
        "<w:b/><w:bCs/>",
    )
    + _style("TableHead", "表头", '<w:jc w:val="center"/>', "黑体", 24)
    + _style("TableMiddle", "表格居中", '<w:jc w:val="center"/>', "仿宋", 24)
    + _style("TableText", "表格文字", "", "仿宋", 24)
    + _style("TableSmall", "完成情况", "", "仿宋", 21)
    + _style("Remark", "备注", '<w:spacing w:before="160" w:line="300" w:lineRule="auto"/>', "仿宋", 24)
    + _style("Footer", "页脚", '<w:jc w:val="center"/>', "宋体", 21)
    + "</w:styles>"
)
_FOOTER = (
    f'{XML}<w:ftr {_NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
