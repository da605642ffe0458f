"""Write a county's new archive: made beside its place, whole, and then renamed into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.actions.new_archive.given_files import PIN, list_given_files, write_pin
from generator.actions.new_archive.manifest import write_manifest


class NotEmptyError(Exception):
    """The folder to write to holds something; the message, in Chinese, says so."""


def write_archive(target: Path, *, address: str | None, fill: Callable[[Path], bool]) -> int | None:
    """Write an archive of no records and return how many files it has; None if `fill` refused, and nothing is left.

    address: where the program's wheel can be fetched, None if nowhere.   fill: is given the folder while it is made;
    it puts programme, schools and plan there, or returns False.
    Raises NotEmptyError, MissingFilesError, OSError; then nothing is left either.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise NotEmptyError(f"{target} 里已经有东西；换一个新的文件夹")
    place = Path(os.path.abspath(target))  # noqa: PTH100  # resolve() would follow links of the parents
    staging = place.with_name(f".{place.name}.{os.getpid()}")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(staging, ignore_errors=True)
    files = {**list_given_files(), PIN: write_pin(address).encode()}
    try:
        for name, data in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(data)
        write_manifest(staging, files)
        if not fill(staging):
            return None
        count = sum(path.is_file() for path in staging.rglob("*"))
        if place.is_dir():
            place.rmdir()
        staging.replace(place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return count
