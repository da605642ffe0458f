"""One photo as a user offers it → the bytes that the archive keeps of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.records.photo_bytes import PhotoFacts
from generator.renditions import Fault
from generator.renditions.pixels import MAX_BYTES, damaged, normalise, too_much_memory
from generator.renditions.soundness import is_harmed, keeps_busy

EDGE = 2048
"""Pixels of the longer side at most."""
MOST_WEIGHT = 1536 * 1024
"""Bytes; a heavier photo is made smaller still. The rule photo-weight asks for the same."""
_EDGES = (EDGE, 1792, 1536, 1280, 1024)
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WebP": ".webp", "HEIC": ".heic"}
_WORTH = 1.25  # encoding a fit photo once more costs quality: only where it saves a fifth


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
        if status.st_size > MAX_BYTES:
            limit = MAX_BYTES // 1024**2
            return Fault(
                message=f"照片有 {status.st_size / 1024**2:.0f} MB，超过 {limit} MB",
                fix="在手机相册里“编辑”“调整大小”，或经微信转存（不勾“原图”）后再放",
            )
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Fault(message="没有这个文件", fix="看看路径和文件名有没有写错")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Fault(message=f"读不出来（{reason}）", fix="检查这个文件能不能打开")


def fit(data: bytes, facts: PhotoFacts, name: str) -> bytes | Fault:
    """Return the photo as the archive keeps it: the bytes themselves where they are fit already.

    What a build would refuse is refused here, but for a wrong suffix: what comes out is a JPEG called so.
    """
    called = f"photo{_SUFFIXES[facts.kind]}" if facts.kind in _SUFFIXES else name
    if is_harmed(data) or (facts.kind in _SUFFIXES and not facts.whole):
        return damaged()
    if keeps_busy(data):
        return Fault(
            message="这张 JPEG 由几十层叠成，不是正常的照片", fix="在手机或电脑上打开它，另存为 JPG 后再放"
        )
    for edge in _EDGES:
        try:
            made = normalise(data, called, edge)
        except MemoryError:
            return too_much_memory()
        if isinstance(made, Fault):
            return made
        if len(made.data) <= MOST_WEIGHT:
            break
    else:
        return Fault(message="照片缩小后仍然太大", fix="换一张照片")
    as_it_is = (
        facts.kind == "JPEG"
        and max(facts.width, facts.height) <= EDGE
        and not (facts.metadata or facts.appended or facts.located)
        and facts.whole
        and facts.frames == 1
        and len(data) <= MOST_WEIGHT
    )
    return data if as_it_is and len(data) <= len(made.data) * _WORTH else made.data
