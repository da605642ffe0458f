"""Read an untrusted folder: no link is followed, every name and every size is bounded."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from generator.images.facts import read_photo_facts
from generator.records import BOOKS, NoteRecord, PhotoFile, YamlRecord, parse_note, parse_yaml
from generator.records.decoding import MAX_BOOK_BYTES, MAX_BYTES
from generator.records.diagnostics import Diagnostic, SourceFile

MOST_PHOTO_BYTES = 25 * 1024 * 1024
IGNORED_NAMES = frozenset({".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"})
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


def find_name_problem(name: str) -> tuple[str, str] | None:
    """Say what is wrong with a file or folder name (message, fix), or ``None``.

    Windows reserves device names whatever the suffix; everything but plain ASCII is refused because such
    names look alike, reorder text, or differ between systems.
    """
    is_device = name.split(".", maxsplit=1)[0].lower() in _DEVICES
    if not is_device and _NAME.fullmatch(name) and not name.endswith("."):
        return None
    shown = make_name_visible(name)
    if is_device:
        return f"“{shown}”是 Windows 的设备名，不能作文件名", "换一个名字，如 01.jpg"
    fix = "名字只用小写英文字母、数字和短横线"
    if name.lower().endswith(PHOTO_SUFFIXES):
        fix += "，如 01.jpg，记录里的 file 也跟着改；说明文字写在 caption 里"
    if any(ord(c) > 127 for c in name):
        return f"名字“{shown}”里有中文或特殊字符", fix
    return f"名字“{shown}”里有空格或特殊符号，或太长", fix


def make_name_visible(name: str) -> str:
    """Return a name as a message may show it: no sign that hides, joins or turns others, and not too long."""
    return "".join(
        c if c.isprintable() and not unicodedata.combining(c) else f"<U+{ord(c):04X}>" for c in name
    )[:60]


class Reading:
    """One pass over a folder: opens files within bounds and gathers what it could not accept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Diagnostic] = []
        self._prefix = len(os.fspath(root / "x")) - 1  # also right for the root “.”

    def make_relative(self, entry: os.DirEntry[str]) -> str:
        """Return an entry's path below the root, with slashes."""
        return entry.path[self._prefix :].replace("\\", "/")

    def refuse_path(self, rule: str, path: str, message: str, fix: str) -> None:
        """Note that what lies at a path is not read, and which rule says why."""
        safe = path.encode("utf-8", "backslashreplace").decode("utf-8")
        span = SourceFile(path=safe).make_span()
        self.problems.append(Diagnostic(rule=rule, span=span, message=message, fix=fix, excerpt=""))

    def refuse_unknown(self, entry: os.DirEntry[str], fix: str) -> None:
        """Note an entry that does not belong where it is."""
        self.refuse_path(
            "unexpected-file", self.make_relative(entry), f"这里不该有“{make_name_visible(entry.name)}”", fix
        )

    def list_entries(self, folder: Path, whatever: Collection[str] = ()) -> Iterable[os.DirEntry[str]]:
        """Return a folder's entries in order of name, without links and without names that are refused.

        whatever: suffixes of files that are refused for what they are, whatever they are called; they are returned.
        """
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda e: e.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        kept = []
        for entry in entries:
            if entry.name in IGNORED_NAMES:
                continue
            if Path(entry.name).suffix.lower() in whatever and not entry.is_symlink():
                kept.append(entry)
            elif problem := find_name_problem(entry.name):
                self.refuse_path("file-name", self.make_relative(entry), *problem)
            elif entry.is_symlink():
                self.refuse_path(
                    "unsafe-path",
                    self.make_relative(entry),
                    "这是一个链接（快捷方式），不是文件本身",
                    "上传真正的文件",
                )
            elif not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
                self.refuse_path("unsafe-path", self.make_relative(entry), "这不是普通文件", "删去它")
            else:
                kept.append(entry)
        return kept

    def find_size(self, entry: os.DirEntry[str]) -> int | None:
        """Return the bytes of a file, or None for a folder in its place."""
        if entry.is_dir(follow_symlinks=False):
            self.refuse_unknown(entry, "这个名字应当是一张图片，不是文件夹")
            return None
        return entry.stat(follow_symlinks=False).st_size

    def read_photo(self, entry: os.DirEntry[str], size: int) -> PhotoFile:
        """Look at a photo once; a file beyond the limit keeps its name and size, and is not read."""
        file = SourceFile(path=self.make_relative(entry))
        data = b""
        if size <= MOST_PHOTO_BYTES:
            with os.fdopen(os.open(entry.path, _OPEN_FLAGS), "rb", buffering=0) as source:
                data = source.read(size + 1)
        whole = len(data) == size
        return PhotoFile(
            name=entry.name,
            size=size,
            file=file,
            digest=hashlib.sha256(data).hexdigest() if whole else "",
            facts=read_photo_facts(data) if whole else None,
        )

    def read_bytes(self, entry: os.DirEntry[str], most: int = MAX_BYTES) -> bytes | None:
        """Return a file's content, at most one byte more than ``most``, or None for a folder in its place."""
        if entry.is_dir(follow_symlinks=False):
            self.refuse_unknown(entry, "这个名字应当是一个文件，不是文件夹")
            return None
        handle = os.open(entry.path, _OPEN_FLAGS)
        try:
            data = os.read(handle, most + 1)
            while len(data) <= most and (more := os.read(handle, most + 1 - len(data))):
                data += more
            return data
        finally:
            os.close(handle)

    def read_yaml(self, kind: str, entry: os.DirEntry[str]) -> YamlRecord | None:
        """Return a YAML record of a kind, or None when there is nothing to be made of it."""
        data = self.read_bytes(entry, MAX_BOOK_BYTES if kind in BOOKS else MAX_BYTES)
        if data is None:
            return None
        record, found = parse_yaml(kind, self.make_relative(entry), data)
        self.problems += found
        return record

    def read_note(
        self, kind: str, entry: os.DirEntry[str], photo_files: tuple[PhotoFile, ...] = ()
    ) -> NoteRecord | None:
        """Return a Markdown record of a kind with its photos, or None when there is nothing to be made of it."""
        data = self.read_bytes(entry)
        if data is None:
            return None
        record, found = parse_note(kind, self.make_relative(entry), data, photo_files=photo_files)
        self.problems += found
        return record


def make_photo_reader(root: Path) -> Callable[[os.DirEntry[str]], PhotoFile]:
    """Return a function that reads a photo below ``root``, within the bounds of every reading."""
    reading = Reading(root)
    return lambda entry: reading.read_photo(entry, entry.stat(follow_symlinks=False).st_size)
