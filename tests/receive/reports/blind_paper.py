"""What both sets share: a sheet with the things that schools' Word files have besides paragraphs, and an old .doc."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field

from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.receive.reports.paper import _NAMESPACES, Paper, run

PIC_NS = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass
class Extra:
    """What the truth format of the runner has no place for; scored by run.py by the side."""

    teachers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of teachers in a report: not as `lead`, not in a title."""
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names (and what gives them away) of children in hardship: nowhere in a record without a mark."""
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Titles that are as good as the one in the truth."""
    refused: set[str] = field(default_factory=set)
    """Reports that are to be refused with a reason, not read."""


class Sheet(Paper):
    """A paper with numbering, letterheads, content controls, floating pictures, caption fields and page breaks."""

    def define(self, form: str, text: str) -> int:
        """Define a numbering (form as Word calls it, text with %1) and return its id."""
        root = self.document.part.numbering_part.element
        taken = [int(e.get(qn("w:abstractNumId"))) for e in root.findall(qn("w:abstractNum"))]
        ids = [int(e.get(qn("w:numId"))) for e in root.findall(qn("w:num"))]
        a, n = max(taken, default=0) + 1, max(ids, default=0) + 1
        abstract = parse_xml(
            f'<w:abstractNum {_NAMESPACES} w:abstractNumId="{a}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )
        first = root.find(qn("w:num"))
        root.append(abstract) if first is None else first.addprevious(abstract)
        root.append(parse_xml(f'<w:num {_NAMESPACES} w:numId="{n}"><w:abstractNumId w:val="{a}"/></w:num>'))
        return n

    def numbered(self, number: int, *texts: str, bold: bool = False) -> None:
        """Add paragraphs that Word numbers."""
        for text in texts:
            self.xml(
                run(text, "<w:b/>" if bold else ""),
                f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>',
            )

    def head(self, text: str) -> None:
        self.document.sections[0].header.paragraphs[0].text = text

    def foot(self, text: str) -> None:
        self.document.sections[0].footer.paragraphs[0].text = text

    def page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def sdt(self, text: str, *, bold: bool = False) -> None:
        """Add a paragraph inside a content control, as templates have it."""
        body = self.document.element.body
        body.insert(
            len(body) - 1,
            parse_xml(
                f'<w:sdt {_NAMESPACES}><w:sdtPr><w:alias w:val="填写"/></w:sdtPr><w:sdtContent><w:p>'
                f"{run(text, '<w:b/>' if bold else '')}</w:p></w:sdtContent></w:sdt>"
            ),
        )

    def field(self, label: str, text: str) -> None:
        """Add a line: a label, then a content control with what was filled in."""
        filled = run(text, '<w:u w:val="single"/>')
        self.xml(
            run(label, "<w:b/>")
            + f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{filled}</w:sdtContent></w:sdt>'
        )

    def floating(self, seed: int, text: str = "") -> None:
        """Add a picture that floats, anchored in a paragraph with perhaps text."""
        rid = self.image(seed)
        self.xml(
            '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" '
            'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH '
            'relativeFrom="column"><wp:posOffset>100</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph">'
            '<wp:posOffset>100</wp:posOffset></wp:positionV><wp:extent cx="2400000" cy="1800000"/><wp:wrapTopAndBottom/>'
            f'<wp:docPr id="{seed + 100}" name="图片 {seed}" descr="IMG_2020{seed}"/><a:graphic><a:graphicData uri="{PIC_NS}"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{seed}" name="IMG_{seed}.jpg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="2400000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            f"</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>{run(text) if text else ''}"
        )

    def caption(self, number: int, text: str) -> None:
        """Add a caption as Word makes it, its number a field."""
        self.xml(
            run("图 ")
            + f'<w:fldSimple w:instr=" SEQ 图 \\* ARABIC "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
            + run(f"  {text}"),
            '<w:jc w:val="center"/>',
        )

    def wps(self) -> None:
        """Say that WPS made the file."""
        self.document.core_properties.author = "Administrator"
        self.document.core_properties.comments = "KSOProductBuildVer 2052-11.1.0.9912"


def old_doc(text: str) -> bytes:
    """Return an old Word file: a compound file with one stream, WordDocument, good enough to be known as one."""
    stream = struct.pack("<HHHHH", 0xA5EC, 0x00C1, 0, 0x0804, 0).ljust(1024, b"\0") + text.encode("utf-16-le")
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    fat = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("WordDocument", 2, 0xFFFFFFFF, 2, len(stream))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + fat + folder.ljust(512, b"\0") + stream


def zip_bytes(files: dict[str, bytes]) -> bytes:
    """Return a package."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


__all__ = ["Cm", "Extra", "Sheet", "old_doc", "zip_bytes"]
