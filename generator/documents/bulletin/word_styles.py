"""Page, styles and page numbers of the bulletin's Word document; an officer finds the styles in Word's list.

Fonts are those that offices in China have (仿宋_GB2312, 黑体, 楷体_GB2312, 方正小标宋简体); where one is missing,
Word and WPS take the one named beside it in ``fontTable.xml``.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

RED = RGBColor(0xC8, 0x16, 0x1D)
PITCH = Pt(29)
"""From line to line: 22 in 225 mm."""

# Styles by their Chinese names; in the file they go by plain identities.
HEAD, NUMBER, LINE, STATE, TABLE, TABLE_HEAD, META, REMARK, ITEM, IMPRINT = (
    "红头", "期号", "单位日期", "说明", "表格正文", "表头", "做法说明", "做法点评", "条目", "版记",
)  # fmt: skip
_IDENTITIES = {HEAD: "RedHead", NUMBER: "IssueNumber", LINE: "IssuerAndDate", STATE: "State"} | {
    TABLE: "TableText", TABLE_HEAD: "TableHead", META: "PracticeMeta", REMARK: "PracticeRemark",
    ITEM: "NoteItem", IMPRINT: "Imprint",
}  # fmt: skip
_FANG, _HEI, _KAI, _SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
_ALTERNATIVES = {_FANG: "仿宋", _HEI: "Microsoft YaHei", _KAI: "楷体", _SONG: "宋体"}


def find_style_id(name: str) -> str:
    """Return the identity by which a paragraph names its style."""
    return _IDENTITIES[name]


def set_up_document(document: Document) -> None:
    """Give an empty document its page, its styles and its page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    mirrored = OxmlElement("w:mirrorMargins")
    settings.element.insert(0, mirrored)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001  # python-docx has no name for it
    if grid is not None:
        grid.set(qn("w:linePitch"), str(int(PITCH.pt * 20)))
    _styles(document)
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        indent = paragraph.paragraph_format
        indent.first_line_indent = Pt(0)
        indent.right_indent, indent.left_indent = (Pt(14), None) if right else (None, Pt(14))
        paragraph.add_run("— ")
        for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("t", "1"), ("end", "")):
            _field(paragraph.add_run(), kind, text)
        paragraph.add_run(" —")
        for run in paragraph.runs:
            run.font.size = Pt(14)


def _field(run: object, kind: str, text: str) -> None:
    element = run._r  # type: ignore[attr-defined]  # noqa: SLF001  # fields have no name in python-docx
    if kind == "t":
        run.text = text  # type: ignore[attr-defined]
        return
    if text:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = text
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    element.append(part)


def _styles(document: Document) -> None:
    normal = _style(document, "Normal", font=_FANG, size=16)
    body = normal.paragraph_format
    body.first_line_indent = Pt(32)
    body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    body.space_before = body.space_after = Pt(0)
    body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.widow_control = False
    centred = WD_ALIGN_PARAGRAPH.CENTER
    _flat(_style(document, "Title", font=_SONG, size=22, bold=True), centred, before=12, after=10)
    for name, font in (("Heading 1", _HEI), ("Heading 2", _KAI)):
        heading = _style(document, name, font=font, size=16, bold=font == _KAI)
        heading.paragraph_format.first_line_indent = Pt(32)
        heading.paragraph_format.space_before = Pt(6 if font == _HEI else 0)
        heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.keep_with_next = True
    _flat(_style(document, HEAD, font=_SONG, size=60, bold=True, colour=RED), centred, before=0, after=0)
    _flat(_style(document, NUMBER, font=_FANG, size=16), centred, before=4, after=4)
    _flat(_style(document, LINE, font=_FANG, size=16), WD_ALIGN_PARAGRAPH.LEFT, before=0, after=4)
    _flat(
        _style(document, STATE, font=_FANG, size=12, colour=RED), WD_ALIGN_PARAGRAPH.LEFT, before=4, after=4
    )
    _flat(_style(document, TABLE, font=_FANG, size=10.5), WD_ALIGN_PARAGRAPH.LEFT, before=2, after=2)
    _flat(_style(document, TABLE_HEAD, font=_HEI, size=10), centred, before=2, after=2)
    _flat(_style(document, META, font=_FANG, size=12), WD_ALIGN_PARAGRAPH.LEFT, before=0, after=0)
    remark = _style(document, REMARK, font=_FANG, size=14)
    _flat(remark, WD_ALIGN_PARAGRAPH.JUSTIFY, before=0, after=4)
    remark.paragraph_format.first_line_indent = Pt(28)
    item = _style(document, ITEM, font=_FANG, size=16)
    item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Pt(56), Pt(-24)
    _flat(_style(document, IMPRINT, font=_FANG, size=14), WD_ALIGN_PARAGRAPH.LEFT, before=3, after=3)
    fonts = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = fonts.find(qn("w:lang")) if fonts is not None else None
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")


def _style(
    document: Document,
    name: str,
    *,
    font: str,
    size: float,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> ParagraphStyle:
    styles = document.styles
    there = {style.name for style in styles}
    found = styles[name] if name in there else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(found, ParagraphStyle)  # noqa: S101  # asked for just now
    if name not in there:
        found.base_style = styles["Normal"]
        found.quick_style = True
        found.element.set(qn("w:styleId"), _IDENTITIES[name])
    found.font.name, found.font.size = "Times New Roman", Pt(size)
    found.font.bold, found.font.italic = bold, False
    found.font.color.rgb = colour or RGBColor(0, 0, 0)
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    for border in found.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    return found


def _flat(style: ParagraphStyle, alignment: WD_ALIGN_PARAGRAPH, *, before: float, after: float) -> None:
    """Take the grid's pitch and the indent of the text away."""
    form = style.paragraph_format
    form.first_line_indent = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.alignment = alignment


def name_substitute_fonts(document: Document) -> None:
    """Say in the font table what stands in for a font that a computer lacks."""
    for part in document.part.package.iter_parts():
        if not str(part.partname).endswith("/fontTable.xml"):
            continue
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
            f'<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
            for name, other in _ALTERNATIVES.items()
        )
        blob = part.blob.decode("utf-8").replace("</w:fonts>", f"{entries}</w:fonts>")
        part._blob = blob.encode("utf-8")  # noqa: SLF001  # a part that python-docx only carries along
