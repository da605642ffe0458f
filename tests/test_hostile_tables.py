"""Files that mean harm, or are no tables at all: each refused in Chinese, in little time, never by an exception."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from generator.documents.tables.table_files import parse_sheets
from generator.documents.tables.untrusted_office import TableError
from tests.plan_tables import FILES, excel, word

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_ROWS = [("三", "3月5日", "示范教学", "园长", "")]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _changed(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """Return an Office file with parts changed (None leaves one out) and added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def _with(data: bytes, name: str, content: bytes) -> bytes:
    return _changed(data, lambda _, old: old, **{name: content})


def _document(xml: str) -> bytes:
    text = f'<?xml version="1.0"?><w:document {_W}><w:body>{xml}</w:body></w:document>'.encode()
    return _changed(word(_ROWS), lambda name, old: text if name == "word/document.xml" else old)


def _replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    return _changed(data, lambda name, content: content.replace(old, new, 1) if name == part else content)


def _encrypted() -> bytes:
    data = bytearray(word(_ROWS))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


_HEAD = "<w:tr>" + "".join(map(_cell, ("月份", "帮扶时间", "帮扶任务"))) + "</w:tr>"


def _spanning(columns: str) -> bytes:
    wide = _cell("三", f'<w:gridSpan w:val="{columns}"/>')
    return _document(f"<w:tbl>{_HEAD}<w:tr>{wide}{_cell('')}{_cell('甲')}</w:tr></w:tbl>")


_LINK = b'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="%b" TargetMode="External"/></Relationships>'


def _shared(text: str, cells: int) -> bytes:
    """Return a workbook of which many cells show the same string."""
    string = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    )
    rows = "".join(f'<row r="{r}"><c r="C{r}" t="s"><v>0</v></c></row>' for r in range(4, cells + 4))

    link = (
        f'<Relationship Id="rId9" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    book = _replaced(excel(_ROWS), "xl/_rels/workbook.xml.rels", b"</Relationships>", link.encode())
    book = _replaced(book, "xl/worksheets/sheet1.xml", b"</sheetData>", f"{rows}</sheetData>".encode())
    return _with(book, "xl/sharedStrings.xml", string.encode())


def _related(kind: bytes, target: bytes) -> bytes:
    part = "word/_rels/document.xml.rels"
    return _replaced(word(_ROWS), part, b"</Relationships>", _LINK % (kind, target))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "noise": (lambda: b"\x00\x01" * 500, "只收 .docx 和 .xlsx"),
    "pdf": (lambda: b"%PDF-1.7 ...", "这是 PDF"),
    "rtf": (lambda: b"{\\rtf1 ...", "这是 RTF"),
    "web page": (lambda: b"\n<html><table></table></html>", "这是网页或 XML 文件"),
    "old Word": ((FILES / "old-word.doc").read_bytes, "这是旧的 Word 格式（.doc、.wps）"),
    "with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
    "large": (lambda: b"PK\x03\x04" + bytes(6_000_000), "文件太大（超过 5 MB）"),
    "cut off": (lambda: word(_ROWS)[:9000], "不完整或已损坏"),
    "a plain zip": (lambda: _changed(word(_ROWS), lambda name, old: None, readme=b"x"), "这是压缩包"),
    "a zip bomb": (lambda: _with(word(_ROWS), "word/media/a.png", bytes(31_500_000)), "解开后太大"),
    "a bomb of XML": (lambda: _document(" " * 12_700_000), "解开后太大"),
    "many parts": (
        lambda: _changed(word(_ROWS), lambda _, old: old, **{f"word/media/{n}": b"" for n in range(500)}),
        "部件太多",
    ),
    "an encrypted zip": (_encrypted, "文件是加密的"),
    "macros": (lambda: _with(word(_ROWS), "word/vbaProject.bin", b"x"), "有宏"),
    "a macro document": (
        lambda: _replaced(word(_ROWS), "[Content_Types].xml", b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"),
        "可以带宏",
    ),
    "an embedded object": (lambda: _with(word(_ROWS), "word/embeddings/oleObject1.bin", b"x"), "嵌入的对象"),
    "entities": (
        lambda: _replaced(word(_ROWS), "word/document.xml", b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document'),
        "XML 实体定义",
    ),
    "UTF-16": (
        lambda: _changed(word(_ROWS), lambda name, old: old.decode().encode("utf-16") if name == "word/document.xml" else old),
        "不是 UTF-8",
    ),
    "a picture from elsewhere": (lambda: _related(b"image", b"http://example.org/a.png"), "从别处取内容"),
    "a document from elsewhere": (lambda: _related(b"subDocument", b"file:///etc/passwd"), "从别处取内容"),
    "a name that climbs": (lambda: _with(word(_ROWS), "../../a.xml", b"<a/>"), "内部结构不正常"),
    "broken XML": (lambda: _document("<w:tbl>"), "内容读不出来"),
    "many tags": (lambda: _document("<w:p/>" * 450_000), "表格太大"),
    "tables in tables": (lambda: _document("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30), "表格太多"),
    "many tables": (lambda: _document("<w:tbl/>" * 100), "表格太多"),
    "a wide cell": (
        lambda: _spanning("999999999"),
        "列太多",
    ),
    "a sheet that is one merged area": (
        lambda: _replaced(
            excel(_ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "表格太大",
    ),
    "many cells": (lambda: excel([("三",) * 250] * 200), "表格太大"),
    "one long string in many cells": (lambda: _shared("示" * 100_000, 5_000), "一格的文字太多"),
    "a string of the longest in many cells": (lambda: _shared("示" * 5_000, 5_000), "表格里的文字太多（超过 100 万字）"),
    "a long string in the cell itself": (lambda: excel([("三", "", "示" * 6_000)]), "一格的文字太多"),
    "a long cell in Word": (lambda: word([("三", "", "示" * 6_000, "", "")]), "文字太多（超过 5000 个字）"),
    "long text around the tables": (lambda: _document(f"<w:p><w:r><w:t>{'示' * 1_100_000}</w:t></w:r></w:p>"), "表格之外的文字太多"),
    "wrappers in wrappers": (lambda: _document("<w:ins>" * 300 + "</w:ins>" * 300), "一层套一层"),
    "a cell beyond the sheet": (
        lambda: _replaced(excel(_ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="1"><c r="XFD9999999"/></row></sheetData>'),
        "位置写得不对",
    ),
    "a link to another book": (lambda: _with(excel(_ROWS), "xl/externalLinks/externalLink1.xml", b"<a/>"), "指向别的文件的链接"),
    "a broken book": (
        lambda: _changed(excel(_ROWS), lambda name, old: b"<a" if name == "xl/worksheets/sheet1.xml" else old),
        "内容读不出来",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_words(case: str) -> None:
    make, words = REFUSED[case]
    data = make()
    began = time.process_time()
    with pytest.raises(TableError) as refused:
        parse_sheets("计划表.docx", data)
    assert words in str(refused.value)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: _spanning("-1"),
        lambda: _related(b"hyperlink", b"http://example.org/"),
        lambda: _related(b"attachedTemplate", b"file:///C:/a.dotm"),
        lambda: _replaced(excel(_ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'),
        lambda: _replaced(excel(_ROWS), "xl/worksheets/sheet1.xml", b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'),
    ],
    ids=["a negative span", "a link to click on", "a template on the writer's disk", "a far-away cell", "a link over the whole sheet"],
)  # fmt: skip
def test_what_is_odd_and_harmless_is_read(make: Callable[[], bytes]) -> None:
    assert parse_sheets("", make()).grids


def test_the_parts_of_a_book_that_nobody_sees_are_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel(_ROWS)))
    book.create_sheet("旧表").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert parse_sheets("", out.getvalue()).lost == ("工作表“旧表”是隐藏的，没有读",)
