"""Read a Word file's tables and headings by walking its XML.

python-docx gives the text of a cell without what stands in content controls or tracked insertions, and says
nothing of it; a table that a school fills in must not lose a word silently. Rows and cells that tracked changes
delete, and hidden rows, are left out, as Word shows it, and named.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from generator.documents.tables.docx_numbering import Numbering, read_numbering
from generator.documents.tables.docx_style_reading import TextStyles, W, read_styles, read_switch
from generator.documents.tables.docx_text import CellText, is_prompt
from generator.documents.tables.grid import COVERED, MOST_IN_A_CELL, MOST_TEXT, Grid, GridCell, Sheets, Unread
from generator.documents.tables.untrusted_office import (
    OfficeFile,
    TableError,
    find_related_part,
    find_related_parts,
)

MOST_TABLES = 60
MOST_NESTED = 8
_MOST_COLUMNS = 200

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WRAPPERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink")
}


MakeText = Callable[[TextStyles, Numbering], CellText]


@dataclass(slots=True)
class _Walk:
    """The grids found so far, in the order of their beginnings, and what could not become text."""

    styles: TextStyles
    numbering: Numbering
    make_text: MakeText
    most_in_a_cell: int
    grids: list[Grid | None] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)

    def cell(self) -> CellText:
        """Return a cell to be filled."""
        return self.make_text(self.styles, self.numbering)


def read_docx(
    office: OfficeFile,
    make_text: MakeText = CellText,
    most_in_a_cell: int = MOST_IN_A_CELL,
    outside: str = "表格之外",
) -> Sheets:
    """Return a Word file's lines and tables, nested tables as tables of their own. Raises TableError.

    make_text: what reads a cell, and the lines outside the tables.   most_in_a_cell: characters.
    outside: what is said of what stands in no table.
    """
    root = _parsed(office.parts[office.main])
    body = root.find(f"{W}body") if root is not None else None
    return _read(_open_walk(office, make_text, most_in_a_cell), body, outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What stands beside a Word file's text: a header, a footer or a note; its lines, and what was left out of it.

    left: the reason and the words of each piece, or where it stands.
    """

    kind: str
    lines: tuple[str, ...]
    left: tuple[tuple[str, str], ...] = ()


def list_asides(office: OfficeFile) -> Iterator[Aside]:
    """Yield a Word file's headers and footers, footnotes, endnotes and comments. Raises TableError."""
    styles = _open_walk(office, CellText, MOST_IN_A_CELL)
    for kind, what in (("header", "页眉"), ("footer", "页脚")):
        for _, part in find_related_parts(office, office.main, kind):
            yield _read_aside(styles, _parsed(part), what)
    for kind, what in (("footnote", "脚注"), ("endnote", "尾注"), ("comment", "批注")):
        for _, part in find_related_parts(office, office.main, f"{kind}s"):
            root = _parsed(part)
            for note in root.findall(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}type", "normal") == "normal":  # the others are the lines above notes
                    yield _read_aside(styles, note, what)


def _read_aside(styles: _Walk, element: Element | None, what: str) -> Aside:
    read = _read(dataclasses.replace(styles, grids=[], unread=Unread()), element, what)
    cells = (line for grid in read.grids for row in grid.rows for cell in row for line in cell.lines)
    return Aside(kind=what, lines=(*read.lines, *cells), left=read.left)


def _open_walk(office: OfficeFile, make_text: MakeText, most: int) -> _Walk:
    """Return a walk that has found nothing yet, with the file's styles and numbering."""
    return _Walk(
        styles=read_styles(_parsed(find_related_part(office, "styles"))),
        numbering=read_numbering(_parsed(find_related_part(office, "numbering"))),
        make_text=make_text,
        most_in_a_cell=most,
    )


def _read(walk: _Walk, body: Element | None, place: str) -> Sheets:
    outside = walk.cell()
    for block, prompt in _blocks(body) if body is not None else ():
        if block.tag == f"{W}tbl":
            outside.mark_table(len(walk.grids))
            _table(walk, block, "", 1, prompt=prompt)
        else:
            outside.read_paragraph(block, prompt=prompt)
    outside.close_cell(walk.unread, place=place)
    if sum(map(len, outside.lines)) > MOST_TEXT:
        raise TableError(f"表格之外的文字太多（超过 {MOST_TEXT // 10_000} 万字），不像计划表；只留计划表")
    return Sheets(
        lines=tuple(outside.lines),
        grids=tuple(g for g in walk.grids if g),
        lost=walk.unread.list_messages(),
        left=walk.unread.list_pieces(),
    )


def _parsed(part: bytes | None) -> Element | None:
    if part is None:
        return None
    try:
        return fromstring(part.replace(_STRICT, _TRANSITIONAL))
    except (
        ParseError,
        DefusedXmlException,
        ValueError,
        LookupError,
        RecursionError,
    ):  # of an unknown encoding
        raise TableError("文件的内容读不出来；在 Word 或 WPS 里打开，另存一份再用") from None


def _blocks(parent: Element, *, prompt: bool = False, depth: int = 0) -> Iterator[tuple[Element, bool]]:
    """Yield the paragraphs and tables of a body or a cell, and whether they only prompt to fill something in."""
    for child, prompted in _unwrapped(parent, prompt, depth):
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, prompted


def _within(parent: Element, name: str, *, prompt: bool) -> Iterator[tuple[Element, bool]]:
    """Yield a table's rows or a row's cells, and whether they only prompt to fill something in."""
    for child, prompted in _unwrapped(parent, prompt, 0):
        if child.tag == f"{W}{name}":
            yield child, prompted


def _unwrapped(parent: Element, prompt: bool, depth: int) -> Iterator[tuple[Element, bool]]:
    """Yield an element's children, those within content controls and tracked insertions in their place."""
    if depth > MOST_NESTED:
        raise TableError("文件里一层套一层，太深了，不像计划表；把计划表复制到新文档里再存")
    for child in parent:
        if child.tag in _WRAPPERS:
            shows = prompt or (child.tag == f"{W}sdt" and is_prompt(child))
            yield from _unwrapped(child, shows, depth + 1)
        else:
            yield child, prompt


def _table(walk: _Walk, table: Element, outer: str, depth: int, *, prompt: bool) -> None:
    if len(walk.grids) >= MOST_TABLES or depth > MOST_NESTED:
        raise TableError("文件里的表格太多，不像计划表；只留计划表，把别的内容删去")
    at = len(walk.grids)
    walk.grids.append(None)
    place = (
        f"{outer}里的表格" if outer else f"第 {1 + sum(1 for g in walk.grids[:at] if _is_outer(g))} 个表格"
    )
    rows = []
    for number, (row, prompted) in enumerate(_within(table, "tr", prompt=prompt), start=1):
        properties = row.find(f"{W}trPr")
        if properties is not None and (
            (deleted := properties.find(f"{W}del") is not None) or read_switch(properties, "hidden")
        ):
            reason = "修订中删去的行没有读" if deleted else "隐藏的行没有读"
            walk.unread.add_piece(reason, place=place, row=number, label="", text=_all_text(row))
            continue
        rows.append(tuple(_row(walk, row, properties, place, number, depth, prompted)))
    walk.grids[at] = Grid(place=place, rows=tuple(rows))


def _is_outer(grid: Grid | None) -> bool:
    return grid is not None and not grid.place.endswith("里的表格")


def _row(
    walk: _Walk, row: Element, properties: Element | None, place: str, number: int, depth: int, prompt: bool
) -> Iterator[GridCell]:
    column = 1 + _number(properties, "gridBefore", 0)
    index = 0
    for cell, prompted in _within(row, "tc", prompt=prompt):
        index += 1
        own = cell.find(f"{W}tcPr")
        if own is not None and own.find(f"{W}cellDel") is not None:
            # What follows moves up to its place.
            index -= 1
            walk.unread.add_piece(
                "修订中删去的格没有读",
                place=place,
                row=number,
                label=f"第 {index + 1} 列前",
                text=_all_text(cell),
            )
            continue
        span = _number(own, "gridSpan", 1)
        if column + span > _MOST_COLUMNS:
            raise TableError(f"{place}的列太多，不像计划表；把计划表复制到新文档里再存")
        label = f"第 {index} 列"
        seen = walk.cell()
        for block, shows in _blocks(cell, prompt=prompted):
            if block.tag == f"{W}tbl":
                seen.mark_table(len(walk.grids))
                _table(walk, block, f"{place}第 {number} 行{label}", depth + 1, prompt=shows)
            else:
                seen.read_paragraph(block, prompt=shows)
        seen.close_cell(walk.unread, place=place, row=number, label=label)
        if sum(map(len, seen.lines)) > walk.most_in_a_cell:
            raise TableError(
                f"{place}第 {number} 行{label}的文字太多（超过 {walk.most_in_a_cell} 个字），不像计划表；把它删短"
            )
        continued = _continues(own, "vMerge") or _continues(own, "hMerge") or _is_merging(own)
        if continued and seen.lines:
            # Word keeps, and does not show, what stood here before the cells were merged.
            walk.unread.add_piece(COVERED, place=place, row=number, label=label, text=" ".join(seen.lines))
        yield GridCell(
            column=column,
            place=place,
            row=number,
            label=label,
            span=span,
            lines=() if continued else tuple(seen.lines),
            points=frozenset() if continued else frozenset(seen.points),
            continued=continued,
        )
        column += span


def _all_text(element: Element) -> str:
    """Return all the words of something that is left out, deleted ones too."""
    return " ".join(t.text for t in element.iter() if t.text and t.tag in (f"{W}t", f"{W}delText"))


def _is_merging(properties: Element | None) -> bool:
    """Say whether a tracked change merges a cell into the one above."""
    merge = properties.find(f"{W}cellMerge") if properties is not None else None
    return merge is not None and merge.get(f"{W}vMerge") in ("cont", "continue")


def _number(properties: Element | None, name: str, otherwise: int) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isascii() and value.isdigit() else otherwise


def _continues(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "continue") == "continue"
