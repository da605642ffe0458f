"""Exchange the published site for one that was built beside it, in one step.

However a build ends, the target folder holds the whole old site or the whole new one. On Linux the
exchange is one system call; elsewhere it is two renames, and a build that was killed between them is
mended by the next one. A build owns its staging folder by a lock that dies with its process, so builds
side by side keep apart and the next build clears away what a killed one left.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import shutil
import sys
import time
from pathlib import Path
from typing import Final

from generator.plumbing.locks import Busy, hold_lock
from generator.plumbing.system_errors import describe_system_error

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_PREVIOUS: Final = ".previous"
_ABANDONED_AFTER: Final = 24 * 3600.0
"""Seconds after which a staging folder is taken for a leftover where folders cannot be locked."""


SITE_PROOF: Final = "sitemap.xml"
"""What every finished site holds: a folder without it is not taken for one."""


class SiteFolderError(Exception):
    """The finished site cannot be put in its place; the message, in Chinese, says why."""


class StagedSite:
    """A staging folder for one build of the site at `target`.

    target: where the site belongs; missing, or the folder of an earlier build. A symbolic link is followed.
    folder: the staging folder, empty at first, on the same file system.
    proof: the file by which the folder of an earlier build is known.
    Raises SiteFolderError if the target holds something that is not a site: it would be lost; OSError that names
    the target where nothing can be written beside it.

    Ends with `publish` or `discard`; either may follow the other without harm.
    """

    def __init__(self, target: Path, *, proof: str = SITE_PROOF) -> None:
        self.target = Path(os.path.realpath(target))
        self._open = True
        self._lock = contextlib.ExitStack()
        try:
            _refuse_what_is_no_site(self.target, proof)
            self.target.parent.mkdir(parents=True, exist_ok=True)
            clear_leftovers(self.target)
            self._make_folder()
        except OSError as error:
            raise OSError(error.errno, error.strerror, os.fspath(self.target)) from error

    def _make_folder(self) -> None:
        while True:
            self.folder = self.target.with_name(f"{_prefix(self.target)}{os.getpid()}-{secrets.token_hex(3)}")
            self.folder.mkdir()
            # Another build may take the new folder for a leftover before it is locked: then once more.
            with contextlib.suppress(Busy, FileNotFoundError):
                self._lock.enter_context(_hold(self.folder))
                if self.folder.is_dir():
                    return
                self._lock.close()

    def publish_site(self) -> None:
        """Put the staged site in the target's place and remove what was there.

        Raises SiteFolderError if the target cannot be exchanged, for instance because it is a mount point.
        """
        if not self._open:
            return
        try:
            _exchange(self.folder, self.target)
        except OSError as error:
            raise SiteFolderError(
                f"无法替换网站文件夹 {self.target}：{describe_system_error(error)}"
            ) from error
        self.remove_staging()

    def remove_staging(self) -> None:
        """Remove the staging folder, or after `publish` the old site that took its place."""
        if self._open:
            self._open = False
            shutil.rmtree(self.folder, ignore_errors=True)
            self._lock.close()


def clear_leftovers(target: Path) -> None:
    """Remove the staging folders of dead builds of `target`, and mend an exchange that was cut short."""
    # No pattern: a folder's name may hold signs that have a meaning in one.
    leftovers = [
        path for path in target.parent.iterdir() if path.name.startswith(_prefix(target)) and path.is_dir()
    ]
    for folder in leftovers:
        if folder.name.endswith(_PREVIOUS):
            # Two renames, killed after the first: this is the only published site there is.
            with contextlib.suppress(OSError):
                if target.exists():
                    shutil.rmtree(folder)
                else:
                    folder.rename(target)
    for folder in leftovers:
        _remove_if_abandoned(folder)


def _refuse_what_is_no_site(target: Path, proof: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SiteFolderError(f"{target} 不是文件夹，无法存放网站。")
    if any(target.iterdir()) and not (target / proof).is_file():
        raise SiteFolderError(f"{target} 里有其他内容，不像是生成的网站，为免误删不予覆盖。请换一个文件夹。")


def _prefix(target: Path) -> str:
    return f".{target.name}-build-"


def _exchange(staged: Path, target: Path) -> None:
    """Swap the two folders; afterwards `staged` is the old site, or is gone if there was none."""
    if not target.exists():
        try:
            staged.rename(target)
        except OSError:
            # Another build may have published in this very moment; then there is something to exchange.
            if not target.exists():
                raise
        else:
            return
    if not _exchange_at_once(staged, target):
        _exchange_by_renames(staged, target)


def _exchange_by_renames(staged: Path, target: Path) -> None:
    previous = staged.with_name(staged.name + _PREVIOUS)
    target.rename(previous)
    try:
        staged.rename(target)
    except OSError:
        previous.rename(target)
        raise
    # A build that starts just now may have cleared it away already.
    shutil.rmtree(previous, ignore_errors=True)


def _exchange_at_once(staged: Path, target: Path) -> bool:
    """Exchange by Linux's renameat2(2); False where neither system nor file system knows it."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # a C library from before 2018
        return False
    if renameat2(_AT_FDCWD, os.fsencode(staged), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL}:
        return False
    raise OSError(code, os.strerror(code), os.fspath(target))


def _hold(folder: Path) -> contextlib.AbstractContextManager[bool]:
    """Hold a folder as `locks.hold_lock` does; Windows locks no folders."""
    return (
        contextlib.nullcontext(enter_result=False)
        if sys.platform == "win32"
        else hold_lock(folder, make=False)
    )


def _remove_if_abandoned(folder: Path) -> None:
    with contextlib.suppress(Busy, FileNotFoundError), _hold(folder) as held:
        if held or time.time() - folder.stat().st_mtime > _ABANDONED_AFTER:
            # Locked meanwhile, so that no new build takes the folder for its own.
            shutil.rmtree(folder, ignore_errors=True)
