"""Resolve a typed path to an activity's folder or photo inside ``records/``, never through a link."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.images.faults import Fault
from generator.records import FOLDER, PICTURED
from generator.records.decoding import MAX_BYTES

RECORD = "activity.md"
_SCHOOL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BUREAU = "bureau"
_NO_SCHOOLS = (_BUREAU, "schema")
_NOTE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DIGEST = re.compile(rb"digest:[ \t]*[\"']?([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlace:
    """An activity's folder. ``key`` is ``guangcai/2020/05/14-area-observation``; ``root`` is resolved.

    Or the folder of one of the bureau's notes, ``bureau/2020/inspections/2020-05-28-heiquan``, whose record
    lies beside it.
    """

    root: Path
    key: str

    @property
    def folder(self) -> Path:
        """The folder itself."""
        return self.root / "records" / self.key

    @property
    def record(self) -> Path:
        """The record in it, or beside it."""
        return self.root / self.path

    @property
    def path(self) -> str:
        """The record's path as diagnostics name it."""
        inside = f"records/{self.key}/{RECORD}"
        return f"records/{self.key}.md" if self.key.startswith(f"{_BUREAU}/") else inside

    def read_record(self) -> bytes:
        """Return the record's bytes (at most one more than a record may have). Raises OSError."""
        with self.record.open("rb") as file:
            return file.read(MAX_BYTES + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPlace:
    """A photo in an activity's folder; the file need not be there any more."""

    activity: ActivityPlace
    name: str

    @property
    def file(self) -> Path:
        """The photo's file."""
        return self.activity.folder / self.name

    @property
    def path(self) -> str:
        """Its path below the archive's root, POSIX."""
        return f"records/{self.activity.key}/{self.name}"


def find_activity(root: Path, typed: str) -> ActivityPlace | Fault:
    """Return the activity whose folder or record is ``typed``, from here, from ``root`` or from ``records``."""
    parts = _below_records(root, typed)
    if isinstance(parts, Fault):
        return parts
    if parts[-1:] == (RECORD,):
        parts = parts[:-1]
    elif parts[:1] == (_BUREAU,):
        parts = (*parts[:-1], parts[-1].removesuffix(".md"))
    place = _activity(root, typed, parts)
    if isinstance(place, Fault):
        return place
    return _written(place, typed) or place


def _written(place: ActivityPlace, typed: str) -> Fault | None:
    """Return what is missing where the activity has no record."""
    if place.record.is_file():
        return None
    if place.folder.is_dir():
        return Fault(
            message=f"records/{place.key} 里还没有 {RECORD}", fix="先照“怎样写记录”写好文字，再放图片"
        )
    near = difflib.get_close_matches(place.key, _keys(place), 1, 0.5)
    return Fault(
        message=f"没有“{typed}”这份活动记录",
        fix=f"是不是 records/{near[0]}？" if near else "看看路径有没有写错",
    )


def find_photo(root: Path, typed: str) -> PhotoPlace | Fault:
    """Return the photo whose path is ``typed``, from here, from ``root`` or from ``records``."""
    parts = _below_records(root, typed)
    if isinstance(parts, Fault):
        return parts
    name = parts[-1] if parts else ""
    if len(parts) != 5 or name == RECORD:
        return Fault(
            message=f"“{typed}”不是一张图片",
            fix="写图片文件的路径，如 records/园代号/2020/09/17-area-observation/01.jpg",
        )
    activity = _activity(root, typed, parts[:-1])
    if isinstance(activity, Fault):
        return activity
    place = PhotoPlace(activity=activity, name=name)
    if place.file.is_symlink():
        return Fault(message=f"“{typed}”是一个链接（快捷方式），不是图片本身", fix="写图片本身的路径")
    if place.file.exists() and not place.file.is_file():
        return Fault(message=f"“{typed}”不是文件", fix="写图片文件的路径")
    return _written(activity, typed) or place


def list_withdrawn_digests(root: Path) -> dict[str, str]:
    """Return the digests of all photos that records say are withdrawn, with the record's key."""
    found = {}
    for record in _records(root):
        try:
            with record.open("rb") as file:
                data = file.read(MAX_BYTES)
        except OSError:
            continue
        if b"withdrawn" in data:
            parts = record.parts[:-1] if record.name == RECORD else record.with_suffix("").parts
            key = "/".join(parts[-4:])
            found.update({match.decode(): key for match in _DIGEST.findall(data)})
    return found


def list_photo_files(root: Path) -> Iterator[os.DirEntry[str]]:
    """Yield every plain file but the record in every activity's folder."""
    for folder in (*_folders(root / "records", 4), *_note_folders(root, 2)):
        with os.scandir(folder) as entries:
            yield from (e for e in entries if e.name != RECORD and e.is_file(follow_symlinks=False))


def _records(root: Path) -> Iterator[Path]:
    """Yield where every record with photos lies, or would."""
    yield from (folder / RECORD for folder in _folders(root / "records", 4))
    for folder in _note_folders(root, 1):
        yield from sorted(path for path in folder.glob("*.md") if not path.is_symlink())


def _note_folders(root: Path, depth: int) -> Iterator[Path]:
    """Yield the bureau's folders of notes with photos (depth 1), or those of the notes' photos (depth 2)."""
    for year in _folders(root / "records" / _BUREAU, 1):
        for name in PICTURED:
            if (year / name).is_dir() and not (year / name).is_symlink():
                yield from _folders(year / name, depth - 1)


def _below_records(root: Path, typed: str) -> tuple[str, ...] | Fault:
    """Return the parts of a path below ``records``; of those meant, the first that exists, or whose folder does."""
    if not typed or "\0" in typed:
        return Fault(message="路径是空的，或者有看不见的字符", fix="写活动文件夹的路径")
    # As typed and as resolved: the archive itself may lie behind a link, what is below it may not.
    tops = dict.fromkeys((os.path.abspath(root / "records"), str(root.resolve() / "records")))  # noqa: PTH100  # resolve() would follow a link below
    inside = [
        (path, Path(path[len(top) + 1 :]).parts)
        for candidate in (Path(typed), root / typed, root / "records" / typed)
        for path in (os.path.abspath(candidate),)  # noqa: PTH100  # see above
        for top in tops
        if os.path.normcase(path).startswith(os.path.normcase(top) + os.sep)
    ]
    if not inside:
        return Fault(
            message=f"“{typed}”不在档案的 records 文件夹里",
            fix="写 records 里的路径；档案在别处时用 --root 指出",
        )
    for exists in (os.path.lexists, lambda path: os.path.lexists(os.path.dirname(path))):  # noqa: PTH120  # of texts
        for path, parts in inside:
            if exists(path):
                return parts
    return inside[0][1]


def _activity(root: Path, typed: str, parts: tuple[str, ...]) -> ActivityPlace | Fault:
    school, year, month, folder = parts if len(parts) == 4 else ("", "", "", "")
    is_note = school == _BUREAU and month in PICTURED and _NOTE.fullmatch(folder)
    if not (is_note and re.fullmatch(r"[0-9]{4}", year)) and (
        not _SCHOOL.fullmatch(school)
        or school in _NO_SCHOOLS
        or not re.fullmatch(r"[0-9]{4}", year)
        or not re.fullmatch(r"0[1-9]|1[0-2]", month)
        or not FOLDER.match(folder)
    ):
        return Fault(
            message=f"“{typed}”不是一份活动记录",
            fix="写活动的文件夹，如 records/园代号/2020/09/17-area-observation",
        )
    base = root.resolve()
    path = base / "records"
    for part in (None, *parts):
        path = path / part if part else path
        if path.is_symlink():
            return Fault(
                message=f"{path.relative_to(base).as_posix()} 是一个链接（快捷方式），不是文件夹本身",
                fix="换成真正的文件夹",
            )
    place = ActivityPlace(root=base, key="/".join(parts))
    if place.record.is_symlink():
        return Fault(message=f"{place.path} 是一个链接（快捷方式），不是文件本身", fix="换成真正的文件")
    return place


def _keys(place: ActivityPlace) -> list[str]:
    """Return the keys of the same school's activities, or of all where there is no such school."""
    folder = place.root / "records"
    school = place.key.split("/")[0]
    start, depth = (folder / school, 3) if (folder / school).is_dir() else (folder, 4)
    return ["/".join(found.parts[-4:]) for found in _folders(start, depth)]


def _folders(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the folders ``depth`` levels below, in order of name; links are passed by."""
    if not depth:
        yield folder
        return
    try:
        with os.scandir(folder) as entries:
            names = sorted(e.name for e in entries if e.is_dir(follow_symlinks=False))
    except OSError:
        return
    for name in names:
        if name not in _NO_SCHOOLS:
            yield from _folders(folder / name, depth - 1)
