"""Shrink the photos that a user offers to what the archive keeps.

They are strangers' bytes: only their structure is looked at here, and processes with limits decode them, so
a decompression bomb is refused by its name and the command goes on.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.images.decoder import OFFERED_LIMITS, Limits, Reduction
from generator.images.facts import PhotoFacts, read_photo_facts
from generator.images.faults import OFFERED, Fault, report_crash, report_damage
from generator.images.locations import find_locations
from generator.images.pool import PROGRAM, make_photos
from generator.plumbing.system_errors import describe_system_error

EDGE = 2048
"""Pixels of the longer side at most."""
MOST_WEIGHT = 1536 * 1024
"""Bytes; a heavier photo is made smaller still. The rule photo-weight asks for the same."""
_EDGES = (EDGE, 1792, 1536, 1280, 1024)
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp", "HEIC": ".heic"}
_WORTH = 1.25  # encoding a photo again costs quality: only where it saves a fifth
_MOST_WORKERS = 4

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A photo that a user offers: its bytes' length, SHA-256 and facts, and what the archive keeps of it."""

    size: int
    digest: str
    facts: PhotoFacts
    data: bytes


def read_source(path: Path) -> bytes | Fault:
    """Return the bytes of a photo that a user offers: a plain file of bounded size, never through a link."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return Fault(message="这是一个链接（快捷方式），不是照片本身", fix="写照片本身的路径")
        if stat.S_ISDIR(status.st_mode):
            return Fault(message="这是文件夹，不是照片", fix="写里面每张照片的路径，如 照片/*.jpg")
        if not stat.S_ISREG(status.st_mode):
            return Fault(message="这不是普通文件", fix="写照片的路径")
        if status.st_size > OFFERED.bytes:
            limit = OFFERED.bytes // 1024**2
            return Fault(
                message=f"照片有 {status.st_size / 1024**2:.0f} MB，超过 {limit} MB",
                fix="在手机相册里“编辑”“调整大小”，或经微信转存（不勾“原图”）后再放",
            )
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(OFFERED.bytes + 1)
    except FileNotFoundError:
        return Fault(message="没有这个文件", fix="看看路径和文件名有没有写错")
    except (OSError, ValueError) as error:
        reason = describe_system_error(error) if isinstance(error, OSError) else str(error)
        return Fault(message=f"读不出来（{reason}）", fix="检查这个文件能不能打开")


def shrink_photos(
    paths: Sequence[Path], progress: Progress, *, limits: Limits = OFFERED_LIMITS, program: str = PROGRAM
) -> list[Offered | Fault]:
    """Return of each photo, in this order, what the archive keeps: the bytes themselves where they are fit already.

    progress: called with photos done and photos in all.   limits, program: of the decoding processes, for tests.
    Refuses what a build would refuse, except for a wrong suffix: the result is a JPEG and named as one.
    Raises OSError when no process can be started, or none can write what it makes.
    """
    read = [_Read.of(path) for path in paths]
    with tempfile.TemporaryDirectory(prefix="pairing-photos-") as folder:
        wanted: dict[tuple[str, str], Reduction] = {}
        for number, each in enumerate(read):
            if isinstance(each, _Read):
                wanted.setdefault(each.key, each.reduction(Path(folder) / f"{number}.jpg"))
        faults: dict[tuple[str, str], Fault | None] = {}
        workers = min(_MOST_WORKERS, os.cpu_count() or 1)
        for done, (task, fault) in enumerate(
            make_photos(tuple(wanted.values()), workers, limits=limits, program=program), 1
        ):
            faults[task.digest, task.name] = fault
            progress(len(paths) - len(wanted) + done, len(paths))
        return [
            each if isinstance(each, Fault) else faults[each.key] or each.fit(wanted[each.key].target)
            for each in read
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read of a photo; its ``data`` only where they may stay as they are."""

    path: Path
    size: int
    digest: str
    facts: PhotoFacts
    data: bytes | None

    @classmethod
    def of(cls, path: Path) -> _Read | Fault:
        data = read_source(path)
        if isinstance(data, Fault):
            return data
        facts = read_photo_facts(data)
        if facts.kind in _SUFFIXES and not facts.whole:
            return report_damage()
        is_fit = (
            facts.kind == "JPEG"
            and max(facts.width, facts.height) <= EDGE
            and not (facts.metadata or facts.appended or facts.located)
            and facts.frames == 1
            and len(data) <= MOST_WEIGHT
            and not find_locations(data).places  # between its scans, too
        )
        digest = hashlib.sha256(data).hexdigest()
        return cls(path=path, size=len(data), digest=digest, facts=facts, data=data if is_fit else None)

    @property
    def key(self) -> tuple[str, str]:
        """What decides what becomes of it: its bytes and its name."""
        kind = self.facts.kind
        return self.digest, f"photo{_SUFFIXES[kind]}" if kind in _SUFFIXES else self.path.name

    def reduction(self, target: Path) -> Reduction:
        digest, name = self.key
        return Reduction(
            path=self.path, digest=digest, name=name, target=target, edges=_EDGES, most=MOST_WEIGHT
        )

    def fit(self, made: Path) -> Offered | Fault:
        data = read_source(made)
        # A compromised process may report anything: what it wrote must be what the archive keeps.
        if isinstance(data, Fault) or not _is_ours(read_photo_facts(data)):
            return report_crash()
        if self.data is not None and self.size <= len(data) * _WORTH:
            data = self.data
        return Offered(size=self.size, digest=self.digest, facts=self.facts, data=data)


def _is_ours(facts: PhotoFacts) -> bool:
    noted = facts.metadata or facts.appended or facts.located
    return facts.kind == "JPEG" and facts.whole and not noted and max(facts.width, facts.height) <= EDGE
