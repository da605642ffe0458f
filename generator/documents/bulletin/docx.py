"""Write a bulletin as a Word document that an officer can edit: real headings, styles, tables and page numbers.

The same value and photos give the same bytes: the properties carry the day of issue, and the archive no time.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from generator.documents.bulletin import phrases, word_styles
from generator.documents.bulletin.bulletin_content import Bulletin, Passage
from generator.documents.bulletin.illustrations import Illustration
from generator.documents.bulletin.outline import (
    Block,
    Column,
    Commended,
    Items,
    Paragraph,
    Quote,
    Table,
    TableRow,
    make_outline,
)
from generator.documents.markup import remove_invisible
from generator.documents.repeatable_zip import repack_zip
from generator.documents.xml_characters import LONGEST_PROPERTY

_WIDTH = Mm(156)
_SMALL = 16
"""Half points: a 备案号 fits its column."""


def make_docx(bulletin: Bulletin, photos: Mapping[str, Illustration]) -> bytes:
    """Return a bulletin as DOCX. ``photos`` go by the commended activities' keys."""
    document = Document()
    word_styles.set_up_document(document)
    _properties(document, bulletin)
    _head(document, bulletin)
    if bulletin.note:
        _note(document, (Passage(kind="heading", runs=()), *bulletin.note))
    for heading, section in make_outline(bulletin).list_headings():
        document.add_heading(_clean(heading), 1)
        for block in section.blocks:
            _block(document, block, photos)
    _imprint(document, bulletin)
    word_styles.name_substitute_fonts(document)
    made = io.BytesIO()
    document.save(made)
    return repack_zip(made.getvalue())


def _clean(text: str) -> str:
    """Return text without invisible characters, among them all that XML cannot hold."""
    return remove_invisible(text)


def _add(document: DocumentType | _Cell, text: str, name: str | None = None) -> WordParagraph:
    return document.add_paragraph(_clean(text), style=name)


def _clean_property(text: str) -> str:
    return _clean(text)[:LONGEST_PROPERTY]


def _properties(document: DocumentType, value: Bulletin) -> None:
    made = dt.datetime.combine(value.issued or value.as_of, dt.time(), tzinfo=dt.UTC)
    about = document.core_properties
    about.title = _clean_property(f"{phrases.format_bulletin_title(value)}（{value.month_name}）")
    about.author = about.last_modified_by = _clean_property(value.issuer)
    about.subject, about.language = _clean_property(value.title), "zh-CN"
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = made
    about.revision = 1


def _head(document: DocumentType, value: Bulletin) -> None:
    head = _add(document, value.name, word_styles.HEAD)
    for run in head.runs:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), "200")
        run._r.get_or_add_rPr().append(spacing)  # noqa: SLF001  # python-docx has no name for it
    _add(document, phrases.format_issue_number(value), word_styles.NUMBER)
    line = _add(document, f"{value.issuer}\t{phrases.format_date_line(value)}", word_styles.LINE)
    line.paragraph_format.tab_stops.add_tab_stop(_WIDTH - Pt(16), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(16)
    # A rule under an indented line would be indented too.
    rule = _add(document, "", word_styles.LINE)
    rule.paragraph_format.line_spacing, rule.paragraph_format.space_after = Pt(2), Pt(6)
    _border(rule, "top", 16, str(word_styles.RED))
    _add(document, value.title, "Title")
    for notice in phrases.list_notices(value):
        _add(document, notice, word_styles.STATE)
    _add(document, phrases.summarise_month(value))


def _border(paragraph: WordParagraph, side: str, eighths: int, colour: str = "000000") -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:spacing",
            "w:ind", "w:jc", "w:rPr",
        )  # fmt: skip
    edge = OxmlElement(f"w:{side}")
    for name, text in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        edge.set(qn(f"w:{name}"), text)
    borders.append(edge)


def _note(document: DocumentType, passages: Sequence[Passage]) -> None:
    """Add the note. As text, like a table: python-docx takes 3 ms a paragraph, and a note may have thousands."""
    made = parse_xml(f"<w:body {nsdecls('w')}>{''.join(map(_passage, passages))}</w:body>")
    end = document.element.body[-1]
    for paragraph in list(made):
        end.addprevious(paragraph)


def _passage(passage: Passage) -> str:
    runs = "".join(
        _run(
            f"{run.text}（{run.link}）" if run.link and run.link != run.text else run.text, strong=run.strong
        )
        for run in passage.runs
    )
    match passage.kind:
        case "heading":
            return _of_style("Heading2", "", _run(passage.text or "编者按"))
        case "item":
            left = (56 + 24 * passage.depth) * Pt(1).twips
            mark = (
                f'<w:r><w:t xml:space="preserve">{passage.mark}</w:t><w:tab/></w:r>' if passage.mark else ""
            )
            places = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs><w:ind w:left="{left}"/>'
            return _of_style(word_styles.find_style_id(word_styles.ITEM), places, mark + runs)
        case "quote":
            return _of_style("Normal", f'<w:ind w:left="{Pt(32).twips}"/>', runs)
        case _:
            return _of_style("Normal", "", runs)


def _of_style(identity: str, properties: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{identity}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(text: str, *, strong: bool = False) -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _clean(text).split("\n")
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if strong else ''}{lines}</w:r>"


def _block(document: DocumentType, block: Block, photos: Mapping[str, Illustration]) -> None:
    match block:
        case Paragraph():
            _add(document, block.text)
        case Items():
            for line in block.lines:
                _add(document, line)
        case Quote():
            _add(document, f"“{block.text}”{block.source}")
        case Commended():
            _commended(document, block, photos.get(block.key))
        case Table():
            _table(document, block)


def _commended(document: DocumentType, block: Commended, photo: Illustration | None) -> None:
    place: DocumentType | _Cell = document
    if photo:
        table = document.add_table(rows=1, cols=2)
        _fix(table, (56, 100))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        picture = table.cell(0, 0).paragraphs[0]
        picture.style = word_styles.TABLE
        shape = picture.add_run().add_picture(io.BytesIO(photo.jpeg))
        scale = min(Mm(51) / shape.width, Mm(40) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._inline.docPr.set("descr", _clean(photo.caption))  # noqa: SLF001
        place = table.cell(0, 1)
        first = table.cell(0, 1).paragraphs[0]
        first.style, first.text = "Heading 2", _clean(block.title)
    else:
        first = document.add_heading(_clean(block.title), 2)
    first.paragraph_format.first_line_indent = Pt(0)
    _add(place, block.meta, word_styles.META)
    _add(place, block.remark, word_styles.REMARK)


def _table(document: DocumentType, block: Table) -> None:
    """Add a table. As text: python-docx looks at the whole table for every cell, which takes seconds for 500 rows."""
    shares = _twips([column.width for column in block.columns])
    titles = [_Words(text=column.title, side="center") for column in block.columns]
    rows = [_row(titles, shares, word_styles.TABLE_HEAD, head=True)]
    for group in block.groups:
        if group.title:
            rows.append(_group_row(f"{group.title}　{group.aside}", sum(shares), len(shares)))
        rows += [_row(_cells(row, block.columns), shares, word_styles.TABLE) for row in group.rows]
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    edges = (("top", 8), ("bottom", 8), ("insideH", 4))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>' for side, eighths in edges
    )
    made = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    after = _add(document, "", word_styles.TABLE)
    after.paragraph_format.space_before = after.paragraph_format.space_after = Pt(0)
    after._p.addprevious(made)  # noqa: SLF001


class _Words(NamedTuple):
    """A cell's words, the side to which they are set, and their size in half points if not the style's."""

    text: str
    side: str
    size: int = 0


def _cells(row: TableRow, columns: Sequence[Column]) -> list[_Words]:
    return [
        _Words(text=text, side="center" if column.centred else "left", size=_SMALL if column.code else 0)
        for text, column in zip(row.cells, columns, strict=True)
    ]


def _row(cells: Sequence[_Words], shares: Sequence[int], name: str, *, head: bool = False) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(cell, name)}</w:tc>"
        for cell, share in zip(cells, shares, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{made}</w:tr>"


def _group_row(text: str, width: int, columns: int) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{columns}"/><w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/></w:tcPr>'
        f"{_paragraph(_Words(text=text, side='left'), word_styles.TABLE_HEAD, keep=True)}</w:tc></w:tr>"
    )


def _paragraph(cell: _Words, name: str, *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    size = f'<w:rPr><w:sz w:val="{cell.size}"/></w:rPr>' if cell.size else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{word_styles.find_style_id(name)}"/>{kept}<w:jc w:val="{cell.side}"/></w:pPr>'
        f'<w:r>{size}<w:t xml:space="preserve">{escape(_clean(cell.text))}</w:t></w:r></w:p>'
    )


def _twips(widths: Sequence[int]) -> list[int]:
    total = sum(widths)
    return [_WIDTH.twips * width // total for width in widths]


def _fix(table: WordTable, widths: Sequence[int]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _imprint(document: DocumentType, value: Bulletin) -> None:
    last = f"{value.issuer}\t{phrases.format_printed_line(value)}"
    lines = [*phrases.list_imprint_lines(value), last]
    for place, line in enumerate(lines):
        paragraph = _add(document, line, word_styles.IMPRINT)
        paragraph.paragraph_format.keep_with_next = line is not last
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        if place == 0:
            paragraph.paragraph_format.space_before = Pt(12)
        _border(paragraph, "top", 8 if place == 0 else 6)
        if line is last:
            _border(paragraph, "bottom", 8)
        else:
            _border(paragraph, "between", 6)
