"""What of a photo is still in git's history, and how a maintainer clears it from there."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.photos.places import PhotoPlace
from generator.submission import RevisionError, run_git

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif"})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Paths below the top of the repository, POSIX.

    paths: those that held this very photo in some commit.   others: further pictures that this activity's
    folder once held and holds no more; one of them may be the photo's original.
    """

    paths: tuple[str, ...]
    others: tuple[str, ...]


def history(place: PhotoPlace, blob: str) -> History | None:
    """Return where a photo is in history, None when the archive is in no repository.

    blob: git's name of its content, or "" when the file is gone.
    """
    root = place.activity.root
    try:
        inside = run_git(root, "rev-parse", "--is-inside-work-tree", allow_failure=True)
        if inside.strip() != b"true":
            return None
        before = os.fsdecode(run_git(root, "rev-parse", "--show-prefix", allow_failure=True).strip())
        path = before + place.path
        folder = f"records/{place.activity.key}"
        once = _names(root, "--", folder)
        paths = {path} & once
        if blob:
            paths |= _names(root, f"--find-object={blob}")
    except RevisionError:
        return None
    there = {
        before + f"{folder}/{entry.name}"
        for entry in (os.scandir(place.activity.folder) if place.activity.folder.is_dir() else ())
    }
    pictures = {name for name in once if PurePosixPath(name).suffix.lower() in _PICTURES}
    return History(paths=tuple(sorted(paths)), others=tuple(sorted(pictures - there - paths - {path})))


def _names(root: Path, *arguments: str) -> set[str]:
    """Return the paths that any commit of any branch touches, as far as the arguments of git log select."""
    listing = ("log", "--all", "--format=", "--name-only", "--no-renames", "-z")
    out = run_git(root, *listing, *arguments, allow_failure=True)
    return {os.fsdecode(name) for name in out.split(b"\0") if name.strip()}


def blob_of(root: Path, file: Path) -> str:
    """Return git's name of a file's content, "" where there is no git."""
    try:
        found = run_git(root, "hash-object", "--no-filters", "--", os.fspath(file), allow_failure=True)
    except RevisionError:
        return ""
    return found.strip().decode("ascii", "replace")


def advice(found: History) -> tuple[str, ...]:
    """Return the steps that clear the paths from history, in Chinese, one line each."""
    paths = " ".join(f"--path {shlex.quote(path)}" for path in found.paths)
    lines = [
        "仓库的历史里还有这张图片，会用 git 的人能找回来。要彻底清除，请维护人员照做：",
        "",
        "  1. 先把上面的改动合并，并请所有人交完手头的材料：清除以后，旧的副本都不能再用。",
        "  2. 另取一份完整的仓库，装好 git-filter-repo，再清除、推送：",
        "       git clone --mirror <仓库网址> purge.git",
        "       cd purge.git",
        f"       git filter-repo --invert-paths {paths}",
        "       git push --force --all <仓库网址>",
        "       git push --force --tags <仓库网址>",
        "  3. 在仓库网站上删去自动任务的缓存和产物（GitHub：Actions → Caches，及各次 publish 的 Artifacts）。",
        "  4. 合并请求和别人的副本（fork）里还留着旧历史，推送改不了它们：请有副本的人删去副本；",
        "     再请网站客服清除缓存的页面和没有引用的提交（GitHub Support 的 “Removing sensitive data”）。",
        "  5. 每台电脑上的旧克隆都删掉，重新 git clone。",
    ]
    if found.others:
        names = "、".join(PurePosixPath(name).name for name in found.others)
        lines += [
            "",
            f"  这个活动文件夹的历史里还有过：{names}。",
            "  其中若有这张图片的原图，在第 2 步里也写上它的 --path。",
        ]
    return tuple(lines)
