"""Read a Word report: what stands in boxes and where its pictures are, on top of what a plan's table is read for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.documents.reports.report_content import Block, Box, Embedded, Image, Line, ReportContent, Table
from generator.documents.tables.docx_numbering import Numbering
from generator.documents.tables.docx_reading import Aside, list_asides, read_docx
from generator.documents.tables.docx_style_reading import TextStyles, W
from generator.documents.tables.docx_text import CellText
from generator.documents.tables.grid import Grid, Sheets, Unread, abbreviate_text
from generator.documents.tables.untrusted_office import (
    TABLES,
    OfficeBounds,
    OfficeFile,
    list_external_relations,
    list_part_names,
    open_office,
    read_part,
    read_relations,
)

BOUNDS = OfficeBounds(
    size=150 * 1024**2,
    unpacked=250 * 1024**2,
    unlike="不像一份活动材料",
    copy="把文字和图片复制到新文档里",
    split="一份材料一个文件，分成几个再交",
    slim="把图片压缩（选中图片，“压缩图片”）以后再存，或者把图片另外放",
    passed=TABLES.passed | {b"image"},
)
"""Bounds of a report with its photos as phones take them."""

MOST_PICTURES = 120
_MOST_IN_A_CELL = 60_000
_MOST_NESTED = 4

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}imagedata"
_BOXED = f"{W}txbxContent"
# Noncharacters, which no text needs: around a picture's or a table's number.
_PICTURE, _TABLE, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_OURS = dict.fromkeys(range(0xFDD0, 0xFDF0))
_PLACE = re.compile(f"([{_PICTURE}{_TABLE}])([0-9]+){_END}")
_MARGINS = ("页眉", "页脚")
_REVISED = "修订中删去的文字没有读"


@dataclass(slots=True)
class _Album:
    """The relations of a file's pictures, in the order in which they are met, and the words that were left out.

    inside, linked_relations: relations of pictures that the file holds, and of those that it only names.   noted: kinds of notes that are read apart.
    linked, empty: how many pictures are only a link, or lead nowhere.
    """

    inside: frozenset[str] = frozenset()
    linked_relations: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    relations: list[str] = field(default_factory=list)
    linked: int = 0
    empty: int = 0
    left: dict[str, list[str]] = field(default_factory=dict)

    def take(self, relation: str) -> str:
        """Return the sign that stands for a picture, "" for one that is not there."""
        if relation not in self.inside:
            self.empty += 1
            return ""
        if len(self.relations) >= MOST_PICTURES:
            return ""
        self.relations.append(relation)
        return f"{_PICTURE}{len(self.relations) - 1}{_END}"


@dataclass(slots=True)
class _SeenText(CellText):
    """Reads boxes of text in their place, and leaves a sign for each picture and table."""

    album: _Album = field(default_factory=_Album)
    depth: int = 0

    def mark_table(self, number: int) -> None:
        """Leave a sign for a table."""
        self.lines.append(f"{_TABLE}{number}{_END}")

    def close_cell(self, unread: Unread, *, place: str, row: int = 0, label: str = "") -> None:
        """End the cell. Words that were left out are kept whole: an archivist may want them after all."""
        for kind in self.album.noted:
            self._left.pop(f"{kind}没有读", None)
        for reason in [reason for reason, words in self._left.items() if any(words)]:
            self.album.left.setdefault(reason, []).append("".join(self._left.pop(reason)))
        super(_SeenText, self).close_cell(
            unread, place=place, row=row, label=label
        )  # slots make another class

    def _put(self, found: list[str], text: str, reason: str) -> None:
        super(_SeenText, self)._put(found, text.translate(_OURS), reason)  # slots make another class

    def _delete(self, element: Element) -> None:
        if element.tag == f"{W}del":
            words = "".join(t.text or "" for t in element.iter(f"{W}delText")).translate(_OURS)
            self._leave(_REVISED, f"{words}；" if words else "")

    def _draw(self, element: Element, found: list[str], reason: str) -> None:
        """Read what a drawing holds: pictures, and boxes of text as lines of their own."""
        if reason:
            super(_SeenText, self)._draw(element, found, reason)  # slots make another class
            return
        known = False
        for part in _list_outer(element):
            known = True
            if part.tag == _BOXED:
                found += [f"\n{line}\n" for line in self._read_box(part)]
            else:
                found.append(self._take_picture(part))
        if not known:
            super(_SeenText, self)._draw(element, found, reason)  # slots make another class

    def _take_picture(self, part: Element) -> str:
        """Return the sign of a picture that the file holds, and count one that it only names."""
        relation = part.get(f"{_R}embed") or part.get(f"{_R}id") or ""
        if relation in self.album.linked_relations or (not relation and part.get(f"{_R}link")):
            self.album.linked += 1
            return ""
        return self.album.take(relation) if relation else ""

    def _read_box(self, box: Element) -> Sequence[str]:
        inner = _SeenText(self.styles, self.numbering, album=self.album, depth=self.depth + 1)
        if self.depth < _MOST_NESTED:
            for paragraph in box.iter(f"{W}p"):
                inner.read_paragraph(paragraph)
        else:
            inner._leave("文本框套得太深，没有读", "".join(t.text or "" for t in box.iter(f"{W}t")))
        for reason, words in inner._left.items():
            self._left.setdefault(reason, []).extend(words)
        return inner.lines


def _list_outer(element: Element) -> Iterator[Element]:
    """Yield the pictures and boxes of a drawing; what stands in a box is the box's."""
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        if part.tag in (_BLIP, _VML, _BOXED):
            yield part
        else:
            waiting += reversed(part)


def read_report(name: str, data: bytes) -> ReportContent:
    """Return a Word report. Raises :class:`TableError` with a Chinese message, also for what is no Word file."""
    office = open_office(name, data, BOUNDS)
    asides = tuple(list_asides(office))
    album = _Album(
        inside=frozenset(_list_pictures(office)),
        linked_relations=frozenset(list_external_relations(office, office.main)),
        noted=frozenset(aside.kind for aside in asides),
    )

    def make_text(styles: TextStyles, numbering: Numbering) -> CellText:
        return _SeenText(styles, numbering, album=album)

    sheets = read_docx(office, make_text, _MOST_IN_A_CELL, outside="正文")
    lost = [f"{reason}：{words}" for reason, words in sheets.left]
    lost += [f"{reason}：{'；'.join(words)}" for reason, words in album.left.items()]
    lost += list(dict.fromkeys(_list_aside_words(asides)))
    if album.linked:
        lost.append(f"有 {album.linked} 张图片只是一个链接，文件里没有，没有去取；把图片存下来另外放")
    if album.empty:
        lost.append(f"有 {album.empty} 张图片文件里没有内容，没有读；打开看看，把图片另外放")
    if len(album.relations) >= MOST_PICTURES:
        lost.append(f"图片超过 {MOST_PICTURES} 张，后面的没有读")
    return ReportContent(
        name=name,
        blocks=_resolve(sheets.lines, sheets),
        pictures=tuple(_read_pictures(office, album)),
        margins=tuple(dict.fromkeys(_list_margins(asides))),
        lost=tuple(lost),
    )


def _list_margins(asides: Sequence[Aside]) -> Iterator[str]:
    """Yield the lines of headers and footers."""
    return (line for aside in asides if aside.kind in _MARGINS for line in aside.lines)


def _list_aside_words(asides: Sequence[Aside]) -> Iterator[str]:
    """Yield the words of notes, which have no place in a record, and what was left out beside the text."""
    for aside in asides:
        if aside.lines and aside.kind not in _MARGINS:
            yield f"{aside.kind}没有对应的栏目：{' '.join(aside.lines)}"
        yield from (f"{aside.kind}里，{reason}：{text}" for reason, text in aside.left)


def _list_pictures(office: OfficeFile) -> Iterator[str]:
    """Yield the relations of the pictures that a file holds."""
    names = list_part_names(office)
    for relation, (kind, path) in read_relations(office, office.main).items():
        if kind == "image" and path in names:
            yield relation


def _read_pictures(office: OfficeFile, album: _Album) -> Iterator[Embedded]:
    relations = read_relations(office, office.main)
    for number, relation in enumerate(album.relations, start=1):
        _, path = relations[relation]
        data = read_part(office, path)
        yield Embedded(
            name=f"图片 {number}（{abbreviate_text(path.rpartition('/')[2], 40)}）", data=data or b""
        )


def _resolve(lines: Sequence[str], sheets: Sheets) -> tuple[Block, ...]:
    """Return lines as blocks, with pictures and tables in the place of their signs."""
    found: list[Block] = []
    for line in lines:
        at = 0
        alone = _PLACE.search(line) is None
        for sign in _PLACE.finditer(line):
            found += _make_line(line[at : sign.start()], alone=alone)
            if sign[1] == _PICTURE:
                found.append(Image(number=int(sign[2])))
            else:
                found.append(_make_table(sheets.grids[int(sign[2])], sheets))
            at = sign.end()
        found += _make_line(line[at:], alone=alone)
    return tuple(found)


def _make_line(text: str, *, alone: bool) -> list[Line]:
    text = text.strip()
    return [Line(text=text, alone=alone)] if text else []


def _make_table(grid: Grid, sheets: Sheets) -> Table:
    return Table(
        rows=tuple(
            tuple(
                Box(
                    column=cell.column,
                    span=cell.span,
                    content=_resolve(cell.lines, sheets),
                    continued=cell.continued,
                )
                for cell in row
            )
            for row in grid.rows
        )
    )
