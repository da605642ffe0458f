"""Open Office files from schools safely: refuse what no library should parse, and say what to do instead.

Everything is judged from the bytes before anything is parsed: size, number and size of the parts that the
zip unpacks to, encryption, macros, XML entities, content fetched from elsewhere. A refusal is a
:class:`TableError`, whose Chinese text says what to do instead.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import unescape

MOST_BYTES = 5 * 1024 * 1024
MOST_CELLS = 40_000

_SAVE_AS = {"docx": "“Word 文档（*.docx）”", "xlsx": "“Excel 工作簿（*.xlsx）”"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_TYPE = re.compile(rb"""\bType\s*=\s*["'][^"']*/([A-Za-z]+)["']""")
_ID = re.compile(rb"""\bId\s*=\s*["']([^"']*)["']""")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)["']""")
# A link to click on is text; the template's place on the writer's own disk is never looked at.
_HARMLESS_LINKS = frozenset({b"hyperlink", b"attachedTemplate"})
_DANGEROUS = (
    "vbaproject.bin",
    "vbadata.xml",
    "/embeddings/",
    "/activex/",
    "/externallinks/",
    "/macrosheets/",
)
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\Z")


class TableError(Exception):
    """A file that cannot be read as a table; its text is a Chinese message with the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeBounds:
    """How large a file may be, by what it unpacks to, and the Chinese words for what to do about one that is not fit.

    size, unpacked, xml: bytes of the file, of all its parts, of one part of XML.   tags: ``<`` in all parts of XML.
    unlike: what such a file does not look like.   copy, split, slim: what to do, each the beginning of a sentence or all.
    passed: kinds of content elsewhere that are passed over; others are refused. None is ever fetched.
    """

    size: int = MOST_BYTES
    unpacked: int = 30 * 1024 * 1024
    xml: int = 12 * 1024 * 1024
    parts: int = 400
    tags: int = 400_000
    unlike: str = "不像计划表"
    copy: str = "把表格复制到新文档里"
    split: str = "只留计划表，把别的内容删去"
    slim: str = "计划表里不用放图片，删去后再存一次"
    passed: frozenset[bytes] = _HARMLESS_LINKS


TABLES = OfficeBounds()
"""Bounds of a file that holds a plan or another table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFile:
    """An Office Open XML file that may be parsed: its kind, the name of its main part, its XML parts by name."""

    kind: Literal["docx", "xlsx"]
    main: str
    data: bytes = field(repr=False)
    parts: dict[str, bytes] = field(repr=False)


def open_office(name: str, data: bytes, bounds: OfficeBounds = TABLES) -> OfficeFile:
    """Return a DOCX or XLSX that may be parsed. Raises :class:`TableError` for anything else."""
    if len(data) > bounds.size:
        raise TableError(f"文件太大（超过 {bounds.size // 1024 // 1024} MB）；{bounds.slim}")
    if not data.startswith(b"PK\x03\x04"):
        raise TableError(_not_a_zip(name, data))
    try:
        return _opened(zipfile.ZipFile(io.BytesIO(data)), data, bounds)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise TableError("文件不完整或已损坏；请在 Word 或 WPS 里打开，另存一份再用") from None


def read_part(office: OfficeFile, name: str) -> bytes | None:
    """Return a part's bytes, such as a picture's; its size was judged when the file was opened. None where there is none."""
    with zipfile.ZipFile(io.BytesIO(office.data)) as archive:
        return archive.read(name) if name in archive.namelist() else None


def list_part_names(office: OfficeFile) -> frozenset[str]:
    """Return the names of all parts that a file holds."""
    with zipfile.ZipFile(io.BytesIO(office.data)) as archive:
        return frozenset(archive.namelist())


def list_external_relations(office: OfficeFile, part: str) -> Iterator[str]:
    """Yield the ids of a part's relations that lead out of the file."""
    for one in _list_relations(office, part):
        if (key := _ID.search(one)) and _EXTERNAL.search(one):
            yield key[1].decode("utf-8", "replace")


def _list_relations(office: OfficeFile, part: str) -> list[bytes]:
    folder, _, name = part.rpartition("/")
    return _RELATIONSHIP.findall(office.parts.get(f"{folder}/_rels/{name}.rels", b""))


def find_related_part(office: OfficeFile, kind: str) -> bytes | None:
    """Return the XML part that the main part names as its styles, numbering, shared strings and so on."""
    return next((content for _, content in find_related_parts(office, office.main, kind)), None)


def find_related_parts(office: OfficeFile, part: str, kind: str) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the XML parts that a part names as of a kind."""
    for target in read_relations(office, part).values():
        if target[0] == kind and target[1] in office.parts:
            yield target[1], office.parts[target[1]]


def read_relations(office: OfficeFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part is related to: kind and name of the other part by the relation's id."""
    folder = part.rpartition("/")[0]
    found: dict[str, tuple[str, str]] = {}
    for one in _list_relations(office, part):
        kind, target, key = _TYPE.search(one), _TARGET.search(one), _ID.search(one)
        if kind and target and key and not _EXTERNAL.search(one):
            path = unescape(target[1].decode("utf-8", "replace"))
            path = path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"{folder}/{path}")
            found[key[1].decode("utf-8", "replace")] = kind[1].decode("ascii", "replace"), path
    return found


def _not_a_zip(name: str, data: bytes) -> str:
    suffix = name.lower().rpartition(".")[2]
    if not data:
        return "文件是空的"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "文件设了打开密码，读不了；在 Word 或 WPS 里去掉密码，再存一次"
        sheet = suffix in ("xls", "et") or "Workbook".encode("utf-16-le") in data
        old, new = (
            ("旧的 Excel 格式（.xls、.et）", "xlsx") if sheet else ("旧的 Word 格式（.doc、.wps）", "docx")
        )
        return f"这是{old}，读不了；用 Word 或 WPS 打开，选“另存为”，类型选{_SAVE_AS[new]}，再用新文件"
    if data.startswith(b"%PDF"):
        return "这是 PDF，读不出表格；请用原来的 Word 或 Excel 文件（.docx、.xlsx）"
    if data.startswith(b"{\\rtf"):
        return f"这是 RTF 文件；用 Word 或 WPS 打开，选“另存为”，类型选{_SAVE_AS['docx']}"
    if data.lstrip()[:1] == b"<":
        return (
            f"这是网页或 XML 文件，只是名字像文档；用 Word 或 WPS 打开，选“另存为”，类型选{_SAVE_AS['docx']}"
        )
    return "不是 Word 或 Excel 文件；只收 .docx 和 .xlsx"


def _opened(archive: zipfile.ZipFile, data: bytes, bounds: OfficeBounds) -> OfficeFile:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > bounds.parts:
        raise TableError(f"文件里的部件太多（{len(entries)} 个），{bounds.unlike}；{bounds.copy}再存")
    if len({name.lower() for name in names}) != len(names) or any(
        ".." in name or name.startswith("/") or "\\" in name for name in names
    ):
        raise TableError(f"文件的内部结构不正常，没有读；{bounds.copy}再存")
    if any(entry.flag_bits & 1 for entry in entries):
        raise TableError("文件是加密的，读不了；去掉密码，再存一次")
    for name in names:
        if any(mark in f"/{name.lower()}" for mark in _DANGEROUS):
            raise TableError(
                f"文件里有宏、嵌入的对象或指向别的文件的链接，没有读；{bounds.copy}，另存为 .docx 或 .xlsx"
            )
    parts = _unpacked(archive, entries, bounds)
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        raise TableError("文件可以带宏（.docm、.xlsm），没有读；另存为不带宏的 .docx 或 .xlsx")
    main = _main_part(parts)
    if main.startswith("word/"):
        return OfficeFile(kind="docx", main=main, data=data, parts=parts)
    if main.startswith("xl/"):
        _bounded_sheets(parts)
        return OfficeFile(kind="xlsx", main=main, data=data, parts=parts)
    if "content.xml" in names:
        raise TableError(f"这是 LibreOffice 的 .odt 或 .ods；用它打开，选“另存为”，类型选{_SAVE_AS['docx']}")
    if "[Content_Types].xml" in names:
        raise TableError(f"文件里没有正文，或者不是 Word、Excel 文件；{bounds.copy}再存")
    raise TableError("这是压缩包，不是 Word 或 Excel 文件；解压后用里面的 .docx 或 .xlsx")


def _main_part(parts: dict[str, bytes]) -> str:
    """Return the name of the part that holds the document: most write ``word/document.xml``, not all."""
    for found in _RELATIONSHIP.findall(parts.get("_rels/.rels", b"")):
        kind, target = _TYPE.search(found), _TARGET.search(found)
        if kind and target and kind[1] == b"officeDocument":
            name = target[1].decode("utf-8", "replace").lstrip("/")
            return name if name in parts else ""
    return ""


def _unpacked(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], bounds: OfficeBounds
) -> dict[str, bytes]:
    """Return the XML parts, each judged; the sizes that the zip states are not believed."""
    parts: dict[str, bytes] = {}
    left, tags = bounds.unpacked, 0
    for entry in entries:
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        most = min(left, bounds.xml) if is_xml else left
        with archive.open(entry) as source:
            content = source.read(most + 1)
        if len(content) > most:
            raise TableError(
                f"文件解开后太大（超过 {most // 1024 // 1024} MB），{bounds.unlike}；{bounds.copy}再存"
            )
        left -= len(content)
        if not is_xml:
            continue
        if b"\0" in content:
            raise TableError("文件里的文字不是 UTF-8 编码，没有读；在 Word 或 WPS 里另存一次")
        if _DOCTYPE.search(content):
            raise TableError(f"文件里有 XML 实体定义，没有读；{bounds.copy}再存")
        tags += content.count(b"<")
        if tags > bounds.tags:
            raise TableError(f"表格太大，{bounds.unlike}；{bounds.split}")
        if entry.filename.endswith(".rels"):
            _refuse_outside(content, bounds)
        parts[entry.filename] = content
    return parts


def _refuse_outside(relationships: bytes, bounds: OfficeBounds) -> None:
    for found in _RELATIONSHIP.findall(relationships):
        kind = _TYPE.search(found)
        if _EXTERNAL.search(found) and (kind is None or kind[1] not in bounds.passed):
            raise TableError(f"文件要从别处取内容（外部链接），没有读；{bounds.copy}，只粘贴文字")


def _bounded_sheets(parts: dict[str, bytes]) -> None:
    """Refuse sheets that are small as a file and huge as a table: merged areas, far-away cells."""
    cells = 0
    for name, content in parts.items():
        if not name.startswith("xl/worksheets/"):
            continue
        cells += len(re.findall(rb"<(?:\w+:)?c[\s/>]", content))
        for reference in _MERGE.findall(content):
            found = _RANGE.match(reference.decode("ascii", "replace").upper().replace("$", ""))
            if found is None:
                raise TableError("表格里的合并单元格写得不对，没有读；取消合并，再存一次")
            columns = _column(found[3] or found[1]) - _column(found[1]) + 1
            cells += max(columns, 0) * max(int(found[4] or found[2]) - int(found[2]) + 1, 0)
        if cells > MOST_CELLS:
            raise TableError(f"表格太大（超过 {MOST_CELLS} 格），不像计划表；只留计划表，删去多余的行和列")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
