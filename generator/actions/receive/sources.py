"""Tell what each file is by its bytes: a report, a message, a picture, a package; or why it is not taken, and what to do."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from generator.actions.receive.pasted import MOST_BYTES as MOST_TEXT
from generator.actions.receive.pasted import decode_text
from generator.documents.tables.untrusted_office import TableError, open_office
from generator.images.facts import read_photo_facts

Kind = Literal["report", "message", "picture"]

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES = ("JPEG", "PNG", "WebP", "HEIC")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {
    b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ": "xz", b"ustar": "tar", b"\x28\xb5\x2f\xfd": "zst",
}  # fmt: skip
_FILMS = (".mp4", ".mov", ".avi", ".mp3", ".m4a", ".amr", ".wav", ".3gp", ".mkv", ".flv", ".wmv")
_TEXTS = (".txt", ".md", ".text", "")
_SAVE_AS = "用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”，再用新文件"
_NOT_WORD = {
    "xlsx": "这是 Excel 文件，不是活动材料；把文字粘贴到 Word 里再交，计划表用 pairing plan import",
    "pptx": "这是演示文稿（PPT），读不了；把文字粘贴到 Word 里再交，图片另存",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that may be part of a report. ``name`` is its path as it was given, with slashes."""

    name: str
    kind: Kind
    data: bytes = field(repr=False)

    @property
    def folder(self) -> str:
        """The path of its folder, "" for none."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that is not taken: why, and what to do, both in Chinese."""

    name: str
    reason: str


def tell_kind(name: str, data: bytes) -> Source | Refused:
    """Return a file as what it is, whatever it is called; zips are opened elsewhere, here they are Word files or refused."""
    if not data:
        return Refused(name=name, reason="文件是空的")
    if data.startswith(ZIP_MARKS):
        return _tell_office(name, data)
    if read_photo_facts(data).kind in _PICTURES:
        return Source(name=name, kind="picture", data=data)
    if reason := _why_not(name, data):
        return Refused(name=name, reason=reason)
    if len(data) > MOST_TEXT:
        return Refused(name=name, reason=f"文字太多（超过 {MOST_TEXT // 1024} KB），不像一份活动材料")
    if decode_text(data) is None:
        return Refused(
            name=name,
            reason="不认得这种文件；只收 Word（.docx）、文本（.txt）、图片（JPG、PNG、WebP、HEIC）和压缩包（.zip）",
        )
    return Source(name=name, kind="message", data=data)


def list_zip_names(data: bytes) -> tuple[str, ...]:
    """Return the names in a zip, none where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, IndexError):
        return ()


def is_office(names: Iterable[str]) -> bool:
    """Say whether a zip is an Office file by the names in it."""
    return "[Content_Types].xml" in names


def _tell_office(name: str, data: bytes) -> Source | Refused:
    names = list_zip_names(data)
    if names and not is_office(names):
        return Refused(name=name, reason="压缩包里还有压缩包，没有打开；先解压，再压缩到一层")
    if any(each.startswith("xl/") for each in names):
        return Refused(name=name, reason=_NOT_WORD["xlsx"])
    if any(each.startswith("ppt/") for each in names):
        return Refused(name=name, reason=_NOT_WORD["pptx"])
    return Source(name=name, kind="report", data=data)


def _why_not(name: str, data: bytes) -> str:
    """Return why a file is none of what is taken, "" where it may be a text."""
    suffix = unicodedata.normalize("NFKC", name).lower().rpartition(".")[2] if "." in name else ""
    kind = read_photo_facts(data).kind
    if data.startswith(b"%PDF"):
        return "这是 PDF，读不出文字的先后；请用原来的 Word 文件，没有的，把文字粘贴成文本（.txt）、图片另存"
    if data.startswith((_OLE, b"{\\rtf")):
        try:
            open_office(name, data)
        except TableError as error:
            return str(error)
    if data.lstrip()[:1] == b"<" and data.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml"):
        return f"这是网页或 XML 文件，只是名字像文档；{_SAVE_AS}"
    for magic, what in _ARCHIVES.items():
        if data.startswith(magic) or (what == "tar" and data[257:262] == magic):
            return f"这是 {what} 压缩包，没有打开；解压以后交里面的文件，或改用 zip"
    if kind in ("GIF", "TIFF", "BMP", "ICO", "EPS", "AVIF") or suffix in (
        "gif",
        "bmp",
        "tif",
        "tiff",
        "avif",
        "psd",
    ):
        return "这种图片不收；用手机或电脑另存为 JPG 再交"
    if kind == "video" or f".{suffix}" in _FILMS:
        return "录像和录音不收；档案只存文字和图片"
    if data.startswith((b"MZ", b"\x7fELF")):
        return "这是程序，不收"
    return ""
