"""Make Word files as schools do: python-docx for what it knows, XML for text boxes, revisions and what WPS writes."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Cm
from PIL import Image, ImageDraw

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
LEFT, ABOVE = "<", "^"
"""Cells that belong to the one on their left, or above them."""


_STYLE_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId"
_STYLES = {
    "Normal",
    "DefaultParagraphFont",
    "TableNormal",
    "NoList",
    "Title",
    "Heading1",
    "Heading2",
    "ListNumber",
    "TableGrid",
    "Header",
    "Footer",
}


@dataclass(frozen=True, slots=True)
class Pic:
    """A picture; another seed is another picture."""

    seed: int
    size: tuple[int, int] = (240, 180)


Cell = str | Pic | Sequence[str | Pic]


@functools.cache
def photo(seed: int, size: tuple[int, int] = (240, 180)) -> bytes:
    """Return a small JPEG that no other seed makes."""
    picture = Image.new("RGB", size, (60 + seed * 37 % 190, 60 + seed * 59 % 190, 60 + seed * 83 % 190))
    draw = ImageDraw.Draw(picture)
    for number in range(4):
        x, y = (seed * 41 + number * 67) % size[0], (seed * 29 + number * 43) % size[1]
        draw.ellipse((x, y, x + 50, y + 40), fill=((seed * 13 + number * 90) % 256, number * 60, 120))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


class Paper:
    """A Word file in the making."""

    def __init__(self) -> None:
        self.document = docx.Document()
        styles = self.document.styles.element
        for style in list(styles):  # three hundred that nobody uses take longer to read than a report
            if style.get(_STYLE_ID) not in _STYLES and not style.tag.endswith("}docDefaults"):
                styles.remove(style)

    def title(self, text: str) -> None:
        """Add a centred line in large bold type, as titles are usually set."""
        self.p(text, bold=True, centre=True)

    def heading(self, text: str, level: int = 1) -> None:
        """Add a paragraph of the style Heading."""
        self.document.add_heading(text, level)

    def p(self, text: str = "", *, bold: bool = False, centre: bool = False, right: bool = False) -> None:
        """Add a paragraph; a line feed in it is a soft break."""
        paragraph = self.document.add_paragraph()
        paragraph.add_run(text).bold = bold
        if centre or right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.RIGHT

    def lines(self, *texts: str) -> None:
        """Add paragraphs."""
        for text in texts:
            self.p(text)

    def listed(self, *texts: str) -> None:
        """Add points that Word numbers by itself."""
        for text in texts:
            self.document.add_paragraph(text, style="List Number")

    def pictures(self, *pics: Pic, text: str = "") -> None:
        """Add a paragraph with pictures side by side, and perhaps text after them."""
        run = self.document.add_paragraph().add_run()
        for pic in pics:
            run.add_picture(io.BytesIO(photo(pic.seed, pic.size)), width=Cm(6))
        run.add_text(text) if text else None

    def table(self, *rows: Sequence[Cell]) -> None:
        """Add a table; LEFT and ABOVE merge cells."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for y, row in enumerate(rows):
            for x, content in enumerate(row):
                if content in (LEFT, ABOVE):
                    before = table.cell(y, x - 1) if content == LEFT else table.cell(y - 1, x)
                    before.merge(table.cell(y, x))
                else:
                    self._fill(table.cell(y, x), content)

    def _fill(self, cell: Any, content: Cell) -> None:
        first = True
        for piece in [content] if isinstance(content, str | Pic) else content:
            for line in [piece] if isinstance(piece, Pic) else piece.split("\n"):
                paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
                first = False
                if isinstance(line, Pic):
                    paragraph.add_run().add_picture(io.BytesIO(photo(line.seed, line.size)), width=Cm(5))
                else:
                    paragraph.add_run(line)

    def image(self, seed: int) -> str:
        """Put a picture into the file and return its relation's id, for XML."""
        relation, _ = self.document.part.get_or_add_image(io.BytesIO(photo(seed)))
        return str(relation)

    def xml(self, content: str, properties: str = "") -> None:
        """Add a paragraph of XML."""
        text = f"<w:p {_NAMESPACES}><w:pPr>{properties}</w:pPr>{content}</w:p>"
        self.document.element.body.insert(-1, parse_xml(text))

    def text_box(self, *paragraphs: str) -> None:
        """Add a text box as Word writes it: drawn, and once more as VML for older versions."""
        inner = "".join(f"<w:p>{run(text)}</w:p>" for text in paragraphs)
        drawn = (
            '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
            'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
            '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
            '</wp:positionV><wp:extent cx="3000000" cy="600000"/><wp:wrapNone/><wp:docPr id="9" name="文本框 9"/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr/>'
            f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing>"
        )
        older = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
        self.xml(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice>'
            f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
        )

    def old_picture(self, seed: int) -> str:
        """Return a run with a picture in VML, as old Word and WPS write it."""
        return f'<w:r><w:pict><v:shape style="width:200pt"><v:imagedata r:id="{self.image(seed)}" o:title=""/></v:shape></w:pict></w:r>'

    def data(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run's XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    """Return a tracked insertion."""
    return f'<w:ins w:id="1" w:author="a" w:date="2020-05-15T08:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Return a tracked deletion."""
    return (
        '<w:del w:id="2" w:author="a" w:date="2020-05-15T08:00:00Z"><w:r><w:delText xml:space="preserve">'
        f"{text}</w:delText></w:r></w:del>"
    )
