"""A Word file's tables and headings, by walking its XML.

python-docx gives the text of a cell without what stands in content controls or tracked insertions, and says
nothing of it; a table that a school fills in must not lose a word silently. What is struck out by tracked
changes is left out, as Word shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from generator.tables.container import Office, TableError
from generator.tables.grid import Grid, GridCell, Sheets, lines_of

MOST_TABLES = 60
MOST_NESTED = 8
_MOST_COLUMNS = 200

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WRAPPERS = {
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink")
}
_TEXT = {f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SPACES = {f"{_W}tab": " ", f"{_W}ptab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STRUCK = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = {f"{_W}drawing", f"{_W}pict", f"{_W}object"}


@dataclass(slots=True)
class _Walk:
    """The grids found so far, in the order of their beginnings, and what could not become text."""

    lines: list[str] = field(default_factory=list)
    grids: list[Grid | None] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def read_docx(office: Office) -> Sheets:
    """Return a Word file's lines and tables, nested tables as tables of their own. Raises TableError."""
    try:
        root = fromstring(office.parts[office.main].replace(_STRICT, _TRANSITIONAL))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise TableError("文件的内容读不出来；在 Word 或 WPS 里打开，另存一份再用") from None
    body = root.find(f"{_W}body")
    walk = _Walk()
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{_W}tbl":
            _table(walk, block, "", 1)
        else:
            walk.lines += lines_of(_text(walk, block, "表格之外"))
    return Sheets(
        lines=tuple(walk.lines), grids=tuple(g for g in walk.grids if g), lost=tuple(dict.fromkeys(walk.lost))
    )


def _blocks(parent: Element, depth: int = 0) -> Iterator[Element]:
    """Yield the paragraphs and tables of a body or a cell, also those within content controls."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _WRAPPERS and depth < MOST_NESTED:
            yield from _blocks(child, depth + 1)


def _within(parent: Element, name: str, depth: int = 0) -> Iterator[Element]:
    """Yield a table's rows or a row's cells."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPPERS and depth < MOST_NESTED:
            yield from _within(child, name, depth + 1)


def _table(walk: _Walk, table: Element, outer: str, depth: int) -> None:
    if len(walk.grids) >= MOST_TABLES or depth > MOST_NESTED:
        raise TableError("文件里的表格太多，不像计划表；只留计划表，把别的内容删去")
    at = len(walk.grids)
    walk.grids.append(None)
    place = (
        f"{outer}里的表格" if outer else f"第 {1 + sum(1 for g in walk.grids[:at] if _is_outer(g))} 个表格"
    )
    rows = []
    for number, row in enumerate(_within(table, "tr"), start=1):
        properties = row.find(f"{_W}trPr")
        if properties is not None and properties.find(f"{_W}del") is not None:
            walk.lost.append(f"{place}第 {number} 行是修订中删去的，没有读")
            continue
        rows.append(tuple(_row(walk, row, properties, place, number, depth)))
    walk.grids[at] = Grid(place=place, rows=tuple(rows))


def _is_outer(grid: Grid | None) -> bool:
    return grid is not None and not grid.place.endswith("里的表格")


def _row(
    walk: _Walk, row: Element, properties: Element | None, place: str, number: int, depth: int
) -> Iterator[GridCell]:
    column = 1 + _number(properties, "gridBefore", 0)
    for index, cell in enumerate(_within(row, "tc"), start=1):
        where = f"{place}第 {number} 行第 {index} 列"
        own = cell.find(f"{_W}tcPr")
        span = _number(own, "gridSpan", 1)
        parts = []
        for block in _blocks(cell):
            if block.tag == f"{_W}tbl":
                _table(walk, block, where, depth + 1)
            else:
                parts.append(_text(walk, block, where))
        if column + span > _MOST_COLUMNS:
            raise TableError(f"{place}的列太多，不像计划表；把计划表复制到新文档里再存")
        lines = lines_of("\n".join(parts))
        if continued := _continues(own, "vMerge") or _continues(own, "hMerge"):
            # Word keeps, and does not show, what stood here before the cells were merged.
            walk.lost += [f"{where}被合并遮住的文字“{line[:20]}”没有读" for line in lines]
            lines = ()
        yield GridCell(
            column=column,
            place=place,
            row=number,
            label=f"第 {index} 列",
            span=span,
            lines=lines,
            continued=continued,
        )
        column += span


def _number(properties: Element | None, name: str, otherwise: int) -> int:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isascii() and value.isdigit() else otherwise


def _continues(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found is not None and found.get(f"{_W}val", "continue") == "continue"


def _text(walk: _Walk, paragraph: Element, where: str) -> str:
    """Return what a reader sees of a paragraph; pictures and text boxes are noted as lost."""
    found: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag in _TEXT:
            found.append(element.text or "")
        elif element.tag in _SPACES:
            found.append(_SPACES[element.tag])
        elif element.tag in _PICTURES:
            words = "".join(t.text or "" for t in element.iter(f"{_W}t"))
            what = f"文本框“{_plain(words)}”" if words.strip() else "图片或图形"
            walk.lost.append(f"{where}里的{what}没有读")
        elif element.tag == f"{_W}sym":
            walk.lost.append(f"{where}里有一个特殊符号没有读")
        elif element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None:
            words = "".join(t.text or "" for t in element.iter(f"{_W}t"))
            if words.strip():
                walk.lost.append(f"{where}里隐藏的文字“{_plain(words)}”没有读")
        elif element.tag not in _STRUCK and element.tag != _FALLBACK:
            waiting.extend(reversed(element))
    return "".join(found)


def _plain(words: str) -> str:
    return " ".join(lines_of(words))[:30]
