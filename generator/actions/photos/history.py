"""Find a withdrawn photo in git's history, and explain how a maintainer removes it there."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.actions.photos.paths import PhotoPlace
from generator.plumbing.git import RevisionError, run_git

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif"})
_LOG = ("log", "--all", "--format=", "--no-renames", "-z")
_CHANGE = re.compile(rb":[0-7]+ [0-7]+ ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ")


_SHALLOW = (
    "这份克隆只取了最近的历史，更早的看不到：先运行 git fetch --unshallow，"
    "再运行一次这条命令，看看历史里还有没有这张图片。"
)
_UNREAD = (
    "仓库的历史读不出来（没有装 git，或者 git 不认这个文件夹）："
    "在能用 git 的电脑上再运行一次这条命令，看看历史里还有没有这张图片。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Paths below the top of the repository, POSIX.

    paths: those that held this very photo in some commit, and hold no other now.   shared: those that held it
    and now hold another file, which stays.   blob: git's name of the photo's content, "" when it was not found.
    others: further pictures that this activity's folder once held and holds no more; one of them may be the
    photo's original.   missing: why there may be more, in Chinese; "" when all of history was read.
    """

    paths: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    blob: str = ""
    others: tuple[str, ...] = ()
    missing: str = ""


def find_history(place: PhotoPlace, digest: str) -> History | None:
    """Return where a photo is in history, None when the archive is in no repository.

    digest: SHA-256 of its content; the file may be gone.
    """
    root = place.activity.root
    try:
        inside = run_git(root, "rev-parse", "--is-inside-work-tree", allow_failure=True)
        if inside.strip() != b"true":
            return _unread(root)
        before = os.fsdecode(run_git(root, "rev-parse", "--show-prefix", allow_failure=True).strip())
        top = root / os.fsdecode(run_git(root, "rev-parse", "--show-cdup", allow_failure=True).strip())
        shallow = run_git(root, "rev-parse", "--is-shallow-repository", allow_failure=True).strip() == b"true"
        path = before + place.path
        folder = f"records/{place.activity.key}"
        once = _names(root, "--", folder)
        paths = {path} & once
        if blob := _blob(place, digest):
            paths |= _names(root, f"--find-object={blob}")
    except RevisionError:
        return _unread(root)
    shared = {name for name in paths if name != path and _holds_another(top / name, digest)}
    there = {
        before + f"{folder}/{entry.name}"
        for entry in (os.scandir(place.activity.folder) if place.activity.folder.is_dir() else ())
    }
    pictures = {name for name in once if PurePosixPath(name).suffix.lower() in _PICTURES}
    return History(
        paths=tuple(sorted(paths - shared)),
        shared=tuple(sorted(shared)),
        blob=blob,
        others=tuple(sorted(pictures - there - paths - {path})),
        missing=_SHALLOW if shallow else "",
    )


def _unread(root: Path) -> History | None:
    is_repository = any((folder / ".git").exists() for folder in (root, *root.parents))
    return History(missing=_UNREAD) if is_repository else None


def _blob(place: PhotoPlace, digest: str) -> str:
    """Return git's name of the photo's content: of its file or, when that is gone, from the path's history."""
    root = place.activity.root
    if place.file.is_file():
        found = run_git(root, "hash-object", "--no-filters", "--", os.fspath(place.file), allow_failure=True)
        return found.strip().decode("ascii", "replace")
    changes = run_git(
        root, *_LOG, "--raw", "--no-abbrev", "--", f":(literal){place.path}", allow_failure=True
    )
    for blob in dict.fromkeys(name for pair in _CHANGE.findall(changes) for name in pair):
        name: str = blob.decode("ascii")
        if name.strip("0") and _digest(run_git(root, "cat-file", "blob", name, allow_failure=True)) == digest:
            return name
    return ""


def _holds_another(file: Path, digest: str) -> bool:
    try:
        return _digest(file.read_bytes()) != digest
    except OSError:
        return False


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _names(root: Path, *arguments: str) -> set[str]:
    """Return the paths that any commit of any branch touches, as far as the arguments of git log select."""
    out = run_git(root, *_LOG, "--name-only", *arguments, allow_failure=True)
    return {os.fsdecode(name) for name in out.split(b"\0") if name.strip()}


def describe_purge_steps(found: History) -> tuple[str, ...]:
    """Return the steps that clear the paths from history, in Chinese, one line each."""
    what = ["--invert-paths"] if found.paths else []
    what += [f"--path {shlex.quote(path)}" for path in found.paths]
    if found.shared:
        what.append("--strip-blobs-with-ids withdrawn.txt")
    lines = [
        "仓库的历史里还有这张图片，会用 git 的人能找回来。要彻底清除，请维护人员照做：",
        "",
        "  1. 先把上面的改动合并，并请所有人交完手头的材料：清除以后，旧的副本都不能再用。",
        "  2. 另取一份完整的仓库，装好 git-filter-repo，再清除、推送：",
        "       git clone --mirror <仓库网址> purge.git",
        "       cd purge.git",
        *([f"       echo {found.blob} > withdrawn.txt"] if found.shared else []),
        f"       git filter-repo {' '.join(what)}",
        "       git push --force --all <仓库网址>",
        "       git push --force --tags <仓库网址>",
        "  3. 在仓库网站上删去自动任务的缓存和产物（GitHub：Actions → Caches，及各次 publish 的 Artifacts）。",
        "  4. 合并请求和别人的副本（fork）里还留着旧历史，推送改不了它们：请有副本的人删去副本；",
        "     再请网站客服清除缓存的页面和没有引用的提交（GitHub Support 的 “Removing sensitive data”）。",
        "  5. 每台电脑上的旧克隆都删掉，重新 git clone。",
    ]
    if found.shared:
        lines += [
            "",
            f"  下面的路径现在放着另一张图片，那一张留着，只清除这张图片的内容：{'、'.join(found.shared)}。",
        ]
    if found.others:
        names = "、".join(PurePosixPath(name).name for name in found.others)
        lines += [
            "",
            f"  这个活动文件夹的历史里还有过：{names}。",
            "  其中若有这张图片的原图，在第 2 步里也写上它的 --path。",
        ]
    return tuple(lines)
