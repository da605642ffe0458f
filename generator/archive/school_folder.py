"""Read one school's folder: profile, plans, rosters, agreements, and activities with their photos."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.archive.corpus import SchoolRecords
from generator.archive.folder import PHOTO_SUFFIXES, Reading
from generator.records import ActivityRecord, NoteRecord, PhotoFile, YamlRecord, parse_activity
from generator.records.diagnostics import Diagnostic, SourceFile

_STRAY_FILE = "活动文件夹里只放 activity.md 和图片（.jpg、.png、.webp）；多余的文件删去"
_MISNAMED_RECORDS = ("activity.md", "activity.md.txt", "activity.txt", "activity.markdown", "activity")
_PICTURE = "用画图软件打开，“另存为”.jpg，再改名为 01.jpg"
_DOCUMENT = "把它的文字粘贴到同一文件夹的 activity.md 的四个部分里，再删去它；里面的图片另存为 01.jpg"
_NO_RECORD = "新建 activity.md，照填写指南的样例写好填写栏，把它的文字粘贴到四个部分里，再删去它；里面的图片另存为 01.jpg"
_LOCK = "这是文字处理软件打开文件时的临时文件，删去"
_VIDEO = "档案不收视频和录音：截一张图存为 01.jpg，内容写在记录里"
_DOCUMENTS = (
    *(".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".txt", ".pages"),
    *(".ppt", ".pptx", ".dps", ".xls", ".xlsx", ".et", ".csv"),
)
_PACKED = "解压以后，文字粘贴到 activity.md 的四个部分里，图片改名为 01.jpg 放进来，再删去它"
_STRAY_FILES = (
    dict.fromkeys((".gif", ".bmp", ".tif", ".tiff", ".jfif", ".avif"), _PICTURE)
    | dict.fromkeys(_DOCUMENTS, _DOCUMENT)
    | dict.fromkeys((".zip", ".rar", ".7z"), _PACKED)
    | dict.fromkeys((".mp4", ".mov", ".avi", ".mp3", ".m4a", ".amr"), _VIDEO)
)


def read_school(root: Path, school: str) -> SchoolRecords:
    """Read one school's folder; independent of every other school, so that folders can be read apart."""
    reading = Reading(root)
    profile: YamlRecord | None = None
    plans: dict[int, YamlRecord] = {}
    rosters: dict[int, YamlRecord] = {}
    agreements: dict[int, dict[str, NoteRecord]] = {}
    activities: list[ActivityRecord] = []
    for entry in reading.list_entries(root / "records" / school):
        if entry.name == "school.yml":
            profile = reading.read_yaml("school", entry)
        elif not re.fullmatch(r"[0-9]{4}", entry.name) or not entry.is_dir(follow_symlinks=False):
            reading.refuse_unknown(entry, "这里只放 school.yml 和按年度命名的文件夹（如 2020）")
        else:
            year = int(entry.name)
            for child in reading.list_entries(Path(entry.path)):
                if child.name == "plan.yml":
                    _put(plans, year, reading.read_yaml("plan", child))
                elif child.name == "roster.yml":
                    _put(rosters, year, reading.read_yaml("roster", child))
                elif match := re.fullmatch(r"agreement-([a-z0-9-]+)\.md", child.name):
                    note = reading.read_note("agreement", child)
                    if note:
                        agreements.setdefault(year, {})[match[1]] = note
                elif re.fullmatch(r"0[1-9]|1[0-2]", child.name):
                    if child.is_dir(follow_symlinks=False):
                        activities += _read_month(reading, child)
                    else:
                        reading.refuse_unknown(child, f"{child.name} 应当是月份文件夹，里面放活动文件夹")
                elif re.fullmatch(r"[1-9]", child.name):
                    reading.refuse_unknown(child, f"月份文件夹写两位数字：0{child.name}")
                else:
                    reading.refuse_unknown(
                        child, "这里只放 plan.yml、roster.yml、agreement-*.md 和月份文件夹（01 至 12）"
                    )
    return SchoolRecords(
        id=school,
        profile=profile,
        plans=plans,
        rosters=rosters,
        agreements=agreements,
        activities=tuple(activities),
        problems=tuple(reading.problems),
    )


def _put(into: dict[int, YamlRecord], year: int, record: YamlRecord | None) -> None:
    if record is not None:
        into[year] = record


def _read_month(reading: Reading, month: os.DirEntry[str]) -> Iterator[ActivityRecord]:
    for folder in reading.list_entries(Path(month.path)):
        if not folder.is_dir(follow_symlinks=False):
            reading.refuse_unknown(folder, "月份文件夹里只放活动文件夹，如 14-area-observation")
            continue
        record: os.DirEntry[str] | None = None
        misnamed = False
        photos: list[PhotoFile] = []
        strays: list[os.DirEntry[str]] = []
        for entry in reading.list_entries(Path(folder.path), _STRAY_FILES):
            if entry.name == "activity.md":
                record = entry
            elif entry.name.lower() in _MISNAMED_RECORDS:
                misnamed = True
                reading.refuse_unknown(entry, "活动记录改名为 activity.md：全部小写，后面没有 .txt")
            elif entry.name.lower().endswith(PHOTO_SUFFIXES):
                if (size := reading.find_size(entry)) is not None:
                    photos.append(reading.read_photo(entry, size))
            else:
                strays.append(entry)
        locks = [entry for entry in strays if entry.name.startswith(("~$", ".~"))]
        written = [entry for entry in strays if _suffix(entry) in _DOCUMENTS and entry not in locks]
        for entry in strays:
            fix = _STRAY_FILES.get(_suffix(entry), _STRAY_FILE)
            if entry in locks:
                fix = _LOCK
            elif record is None and not misnamed and written[:1] == [entry]:
                fix = _NO_RECORD
            reading.refuse_unknown(entry, fix)
        if record is None and (misnamed or written):
            continue
        if record is None:
            file = SourceFile(path=reading.make_relative(folder))
            reading.problems.append(
                Diagnostic(
                    rule="unexpected-file",
                    span=file.make_span(),
                    message="活动文件夹里没有 activity.md",
                    fix="把活动记录存为 activity.md（全部小写）放进来",
                    excerpt="",
                )
            )
            continue
        data = reading.read_bytes(record)
        if data is None:
            continue
        activity, found = parse_activity(reading.make_relative(record), data, photo_files=tuple(photos))
        reading.problems += found
        if activity:
            yield activity


def _suffix(entry: os.DirEntry[str]) -> str:
    return Path(entry.name).suffix.lower()
