"""Read the files and folders that an archivist names: no link is followed, every size and the number are bounded."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.actions.receive.leftovers import is_leftover_name
from generator.actions.receive.sources import Refused
from generator.archive import IGNORED_NAMES

MOST_FILES = 2000
MOST_BYTES = 200 * 1024**2
MOST_TOTAL = 600 * 1024**2
_DEEPEST = 8
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFiles:
    """Files by name, with slashes, and those that were not read."""

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    refused: tuple[Refused, ...] = ()


def read_paths(paths: Sequence[Path]) -> ReadFiles:
    """Return the files that paths name, those of folders in order of name. Never raises for what lies there."""
    files: list[tuple[str, bytes]] = []
    refused: list[Refused] = []
    left = MOST_TOTAL
    for path in paths:
        for name, file in _list_files(path, path.as_posix(), 0):
            if len(files) >= MOST_FILES:
                refused.append(
                    Refused(name=path.as_posix(), reason=f"一次最多 {MOST_FILES} 个文件；分几次交")
                )
                break
            found = _read(file, min(left, MOST_BYTES))
            if isinstance(found, str):
                refused.append(Refused(name=name, reason=found))
                continue
            left -= len(found)
            files.append((name, found))
    return ReadFiles(files=tuple(files), refused=tuple(refused))


def _list_files(path: Path, name: str, depth: int) -> Iterator[tuple[str, Path]]:
    """Yield files below a path; what is no plain file is yielded too, to be refused by name."""
    if not path.is_dir() or path.is_symlink():
        yield name, path
        return
    if depth >= _DEEPEST:
        return
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield name, path
        return
    for entry in entries:
        if entry.name in IGNORED_NAMES or entry.name.startswith((".", "~$")) or is_leftover_name(entry.name):
            continue
        yield from _list_files(entry, f"{name.rstrip('/')}/{entry.name}", depth + 1)


def _read(path: Path, most: int) -> bytes | str:
    """Return a plain file's bytes, or why they are not read."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return "这是一个链接（快捷方式），不是文件本身；写真正的文件"
        if not stat.S_ISREG(status.st_mode):
            return "这不是普通文件" if not stat.S_ISDIR(status.st_mode) else "文件夹打不开"
        if status.st_size > most:
            return f"文件太大（{status.st_size // 1024**2} MB，这里最多还能收 {most // 1024**2} MB）；照片先缩小，或分几次交"
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            return file.read(most)
    except FileNotFoundError:
        return "没有这个文件；看看路径和文件名有没有写错"
    except PermissionError:
        return "没有读这个文件的权限，或者它正在 Word 里打开；关掉再试"
    except (OSError, ValueError) as error:
        return f"读不出来（{getattr(error, 'strerror', None) or error}）"
