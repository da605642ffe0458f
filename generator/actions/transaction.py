"""Change several files of the archive as one transaction: all of them or none, one command at a time.

What is to be written is staged in ``.cache/changes`` and moved into place when all of it is ready. A
command that fails half-way puts back what it has moved; one that is killed leaves whole files, and what it
had staged is cleared away by the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.plumbing import locks
from generator.plumbing.system_errors import describe_system_error

_FOLDER = ".cache/changes"


class ChangeError(Exception):
    """The change was not made and everything is as it was; the message, in Chinese, says why."""


class Changes:
    """What a command is going to change; nothing is touched before :meth:`carry_out`."""

    def __init__(self, staging: Path) -> None:
        self._staging = staging
        self._count = 0
        self._steps: list[Callable[[], Callable[[], None]]] = []
        self._removals: list[Path] = []

    def add_file(self, target: Path, data: bytes) -> None:
        """Write a new file; one of that name is never replaced."""
        staged = self._stage(data)
        self._steps.append(lambda: _create(staged, target))

    def add_folder(self, target: Path, files: Mapping[str, bytes]) -> None:
        """Write a new folder with these files, all at once; one of that name is never replaced, nor written into."""
        staged = self._place()
        try:
            staged.mkdir()
            for name, data in files.items():
                (staged / name).write_bytes(data)
        except OSError as error:
            raise ChangeError(f"磁盘写不进去（{describe_system_error(error)}）") from error
        self._steps.append(lambda: _create_folder(staged, target))

    def replace_file(self, target: Path, data: bytes, *, old: bytes | None = None) -> None:
        """Put ``data`` in a file's place. ``old`` is what it must still hold by then."""
        staged, backup = self._stage(data), self._place()
        self._steps.append(lambda: _replace(staged, target, backup, old))

    def move_file(self, source: Path, target: Path) -> None:
        """Move a file to where none is; folders that this leaves empty are removed."""
        self._steps.append(lambda: _move_file(source, target))

    def remove_file(self, target: Path) -> None:
        """Remove a file when everything else is done."""
        self._removals.append(target)

    def carry_out(self) -> tuple[Path, ...]:
        """Make all changes; return the files that could not be removed.

        Raises :class:`ChangeError` when anything else fails, with everything as it was.
        """
        undo: list[Callable[[], None]] = []
        try:
            for step in self._steps:
                undo.insert(0, step())
        except BaseException as error:
            for back in undo:
                with contextlib.suppress(OSError):
                    back()
            if isinstance(error, FileExistsError):
                raise ChangeError("别的程序刚刚放进了同名的文件；再运行一次") from error
            if isinstance(error, OSError):
                raise ChangeError(f"写不进档案文件夹（{describe_system_error(error)}）") from error
            raise
        left = []
        for target in self._removals:
            try:
                target.unlink(missing_ok=True)
            except OSError:
                left.append(target)
        return tuple(left)

    def _place(self) -> Path:
        self._count += 1
        return self._staging / str(self._count)

    def _stage(self, data: bytes) -> Path:
        place = self._place()
        try:
            place.write_bytes(data)
        except OSError as error:
            raise ChangeError(f"磁盘写不进去（{describe_system_error(error)}）") from error
        return place


@contextmanager
def open_transaction(root: Path) -> Iterator[Changes]:
    """Collect changes to the archive at ``root`` while the block runs; no other command changes it meanwhile.

    Raises :class:`ChangeError` when another command has the lock, or nothing can be written.
    """
    folder = root / _FOLDER
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locks.hold_lock(folder / ".lock"))
        except locks.Busy:
            raise ChangeError("另一个命令正在改动档案；等它结束，再运行一次") from None
        except OSError as error:
            raise ChangeError(f"写不进档案文件夹（{describe_system_error(error)}）") from error
        _clear(folder)  # what a killed command left: only its lock's next holder gets here
        staging = folder / "staged"
        staging.mkdir()
        try:
            yield Changes(staging)
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder / "staged", ignore_errors=True)


def _create(staged: Path, target: Path) -> Callable[[], None]:
    try:
        os.link(staged, target)  # unlike a rename, never over another file
    except FileExistsError:
        raise
    except OSError:  # no hard links, or another file system; the lock keeps other commands out
        if os.path.lexists(target):
            raise FileExistsError from None
        _move(staged, target)
    return lambda: target.unlink(missing_ok=True)


def _create_folder(staged: Path, target: Path) -> Callable[[], None]:
    missing = [parent for parent in (target, *target.parents) if not parent.exists()][1:]
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):  # a rename would take the place of an empty folder
        raise FileExistsError
    try:
        staged.rename(target)
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError from None
        # The cache may lie on another file system: then by way of a folder beside the target.
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            shutil.copytree(staged, beside)
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def undo() -> None:
        shutil.rmtree(target, ignore_errors=True)
        for parent in missing:
            parent.rmdir()

    return undo


def _move_file(source: Path, target: Path) -> Callable[[], None]:
    missing = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    # On Windows Activity.md and activity.md are one file: that is no other file in the way.
    if os.path.lexists(target) and not source.samefile(target):
        raise FileExistsError
    source.rename(target)
    for folder in source.parents:
        try:
            folder.rmdir()
        except OSError:
            break

    def undo() -> None:
        source.parent.mkdir(parents=True, exist_ok=True)
        target.rename(source)
        for folder in missing:
            folder.rmdir()

    return undo


def _replace(staged: Path, target: Path, backup: Path, old: bytes | None) -> Callable[[], None]:
    if old is not None and target.read_bytes() != old:
        raise ChangeError(f"{target.name} 刚刚被别的程序改动了；再运行一次")
    shutil.copy2(target, backup)
    shutil.copymode(target, staged)
    _move(staged, target)
    return lambda: _move(backup, target)


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError:
        # The cache may lie on another file system: then by way of a file beside the target.
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            shutil.copy2(source, beside)
            beside.replace(target)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
