"""Unpack a stranger's zip into memory: no link, no name that leads elsewhere, no bomb, no archive within; GBK names read.

Nothing of it is written under the names that it gives, so a name only has to be shown and to be one file's alone.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.actions.receive.sources import Refused
from generator.archive import IGNORED_NAMES

MOST_ENTRIES = 1000
MOST_FILE = 150 * 1024**2
MOST_UNPACKED = 500 * 1024**2
MOST_RATIO = 200
"""Bytes out for each byte in; a text of a record is packed to a fifth."""
_RATIO_FROM = 4 * 1024**2
"""Bytes that a file must come to before its ratio says anything."""
_LONGEST_NAME = 300
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|\Z)", re.IGNORECASE)
_NESTED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".jar", ".iso")
_UTF8_FLAG, _ENCRYPTED = 0x800, 0x1
_PASSED = ("__MACOSX/", ".git/", ".svn/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """The files of a zip by name, and those of it that are not taken."""

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    refused: tuple[Refused, ...] = ()


def unpack_zip(name: str, data: bytes) -> Unpacked | Refused:
    """Return a zip's files, or why all of it is refused. Never raises for bad input."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpack(name, archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
        RuntimeError,
        IndexError,
    ):
        return Refused(name=name, reason="压缩包不完整或已损坏；重新压缩一次，用 zip 格式")


def _unpack(name: str, archive: zipfile.ZipFile) -> Unpacked | Refused:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        return Refused(
            name=name, reason=f"压缩包里有 {len(entries)} 个文件，超过 {MOST_ENTRIES} 个；分几次交"
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return Refused(name=name, reason="压缩包设了密码，打不开；去掉密码，再压缩一次")
    names = [_decode_name(entry) for entry in entries]
    if reason := _find_bad_name(names):
        return Refused(name=name, reason=reason)
    files: list[tuple[str, bytes]] = []
    refused: list[Refused] = []
    left = MOST_UNPACKED
    for entry, path in zip(entries, names, strict=True):
        if path.endswith("/") or path.startswith(_PASSED) or "/__MACOSX/" in path:
            continue
        last = path.rpartition("/")[2]
        if last in IGNORED_NAMES or last.startswith("._"):
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            refused.append(
                Refused(
                    name=f"{name}：{path}", reason="这是一个链接（快捷方式），不是文件本身；压缩真正的文件"
                )
            )
            continue
        if path.lower().endswith(_NESTED):
            refused.append(
                Refused(name=f"{name}：{path}", reason="压缩包里还有压缩包，没有打开；先解压，再压缩到一层")
            )
            continue
        content = _read(archive, entry, left)
        if isinstance(content, str):
            return Refused(name=name, reason=content)
        left -= len(content)
        files.append((path, content))
    return Unpacked(files=tuple(files), refused=tuple(refused))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes | str:
    """Return a file's bytes, or why the zip is refused; the sizes that it states are not believed."""
    most = min(left, MOST_FILE)
    found = bytearray()
    with archive.open(entry) as source:
        while chunk := source.read(1024 * 1024):
            found += chunk
            if len(found) > most:
                return f"压缩包解开后太大（超过 {most // 1024**2} MB）；分几次交，照片先缩小"
            if len(found) > _RATIO_FROM and len(found) > MOST_RATIO * max(1, entry.compress_size):
                return "压缩包里有压得异常厉害的文件，像是解压炸弹，没有打开；重新压缩原来的文件"
    return bytes(found)


def _decode_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's path with slashes: UTF-8 where it says so or is, else GBK, as Windows packs."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _find_bad_name(names: Sequence[str]) -> str:
    """Return why names make a zip unfit, "" where they do not."""
    for name in names:
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[:60]
        parts = name.rstrip("/").split("/")
        if name.startswith("/") or ".." in parts or re.match("[A-Za-z]:", name) or "\0" in name:
            return f"压缩包里的“{shown}”指向包外的位置，整个没有打开；重新压缩那个文件夹"
        if len(name) > _LONGEST_NAME:
            return f"压缩包里有过长的名字（“{shown[:30]}…”），没有打开；改短文件夹和文件的名字"
        if any(_DEVICES.match(part) for part in parts):
            return f"压缩包里的“{shown}”是 Windows 的设备名，没有打开；换一个名字再压缩"
        if any(unicodedata.category(c) in ("Cf", "Cc", "Co", "Cs") for c in name):
            return f"压缩包里的名字“{shown}”有看不见的字符，没有打开；改名以后再压缩"
    seen: dict[str, str] = {}
    for name in names:
        folded = unicodedata.normalize("NFKC", name).casefold().rstrip("/")
        if folded in seen and not name.endswith("/"):
            return f"压缩包里的“{seen[folded][:40]}”和“{name[:40]}”只差大小写或写法，分不清；改名以后再压缩"
        seen[folded] = name
    return ""
