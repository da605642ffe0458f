"""Find the files of a submission that nobody reads where they lie, and where they belong.

A record in a folder of another shape is not read, so it counts as not handed in: whoever submitted it must
hear so, and where to put it. The day is the record's own, the school its path's (by id, name or spelling),
else that of the pairing that its partners belong to.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from generator.archive import IGNORED_NAMES, PHOTO_SUFFIXES, Corpus, find_name_problem
from generator.records import PARTS, ActivityRecord, parse_activity
from generator.rules.photo_names import is_good_name, propose_free_name
from generator.rules.submission.archive_paths import (
    ACTIVITY_FOLDER,
    PHOTO_ENDINGS,
    find_parent_folder,
    find_school,
    has_place,
)
from generator.rules.submission.file_readers import FileReader
from generator.rules.submission.guess_place import (
    OWN_FOLDERS,
    SchoolGuess,
    guess_day,
    guess_slug,
    list_programme_schools,
    normalise_text,
)
from generator.rules.submission.placement import USUAL_PLACE, Misplaced, Placement, make_misplaced

_FIXTURES = ("generator/", "tests/")
_ACTIVITY_NAME = re.compile(r"(?:activity|活动|活动记录|活动材料)(?:\.(?:md|markdown|mdown|txt))*")
_TABLE_NAME = re.compile(r"(plan|roster|school)\.ya?ml(?:\.txt)?")
_MATERIAL = re.compile(
    rf".*\.(?:{PHOTO_ENDINGS}|gif|bmp|tiff?|jfif|avif|docx?|wps|pdf|pptx?|xlsx?|et|mp4|mov|avi|mp3|m4a|amr|zip|rar|7z)"
)
_HEADING = re.compile(rf"(?m)^#+[ \t]*(?:{'|'.join(PARTS)})[ \t]*$")
MOST_ADVISED = 500
"""Most misplaced records that are advised on; no school submits more at once."""


def find_misplaced(
    corpus: Corpus, files: Iterable[str], read: FileReader, taken_away: Iterable[ActivityRecord] = ()
) -> Placement:
    """Return which of the files lie where nobody reads them, and where they belong.

    ``taken_away`` are records that the submission removes elsewhere: one that comes back under another
    path is the same school's.
    """
    known = list_programme_schools(corpus)
    unread = tuple(path for path in files if _is_unread(known, path))
    search = _Search(corpus, read, tuple(taken_away))
    records = [found for path in unread if (found := search.record(path))]
    paths = {record.path for record in records}
    folders = {
        find_parent_folder(path) for path in paths if not has_place(f"{find_parent_folder(path)}/activity.md")
    }
    along = frozenset(path for path in unread if path not in paths and find_parent_folder(path) in folders)
    others = [
        found for path in unread if path not in paths and path not in along and (found := search.other(path))
    ]
    return Placement(misplaced=(*records, *others), unread=unread, along=along)


def _is_unread(known: frozenset[str], path: str) -> bool:
    """Say whether the archive reads no file there, or it is a record of a school that no programme names."""
    if path.rpartition("/")[2] in IGNORED_NAMES:
        return False
    if not has_place(path):
        return True
    school = find_school(path)
    return bool(school and known and school not in known and path.endswith("/activity.md"))


class _Search:
    """Work out where files belong; no place is given to two of them."""

    def __init__(self, corpus: Corpus, read: FileReader, taken_away: tuple[ActivityRecord, ...]) -> None:
        self.corpus, self.read, self.taken_away = corpus, read, taken_away
        self.guess = SchoolGuess(corpus)
        self.named: set[str] = set()
        self.advised = 0

    def record(self, path: str) -> Misplaced | None:
        """Return an activity's record with where it belongs; ``None`` where the file is no such record."""
        if path.startswith(_FIXTURES) or _MATERIAL.fullmatch(normalise_text(path)):
            return None
        if self.advised >= MOST_ADVISED:
            return None if has_place(path) else make_misplaced(path, (), USUAL_PLACE)
        data = self.read(path)
        record = _as_activity(data) if data is not None else None
        name = normalise_text(path.rpartition("/")[2])
        if record is None or not record.knows("date", "measure"):
            headings = {match[0].lstrip("# \t").strip() for match in _HEADING.finditer(_text(record))}
            if not _ACTIVITY_NAME.fullmatch(name) and (len(headings) < 2 or path.startswith("content/")):
                return None
        self.advised += 1
        year, month, day = guess_day(path, record)
        old = self._taken_away(record)
        schools = (old.school,) if old else self.guess.guess_schools(path, record)
        was = old.file.path if old else ""
        if has_place(path) and not schools:
            return None  # of a school that nobody knows: its rule says so
        slug = guess_slug(path, record, self.guess.known)
        if not (year and month and day):
            fix = f"先写好 date: 一行，再移到它的位置；{USUAL_PLACE}" if record else USUAL_PLACE
            return make_misplaced(path, (), fix, record, was)
        tail = f"{year}/{month}/{day}-{slug}"
        if not schools:
            fix = f"移到 records/校（园）代号/{tail}/activity.md，代号是方案里本园的英文代号"
            return make_misplaced(path, (), fix, record, was)
        targets = tuple(self._free(f"records/{school}/{tail}", record) for school in schools)
        if "" in targets:
            fix = f"同样的材料已经在 records/{schools[0]}/{tail}/ 里，这里的删去"
            return make_misplaced(path, (), fix, record, was)
        return make_misplaced(path, targets, self._move(path, targets, schools), record, was)

    def _move(self, path: str, targets: tuple[str, ...], schools: tuple[str, ...]) -> str:
        if find_parent_folder(targets[0]) == find_parent_folder(path):
            return f"改名为 {targets[0]}"
        along = "同一文件夹里的图片一起移过去" + (
            "；新增的校（园）先写进 programme.yml" if has_place(path) else ""
        )
        if len(targets) == 1:
            return f"移到 {targets[0]}，{along}"
        pairs = zip(schools, targets, strict=True)
        listed = "；".join(
            f"是{self.corpus.name_school(school)}的，移到 {target}" for school, target in pairs
        )
        return f"看是哪一所的材料：{listed}；{along}"

    def other(self, path: str) -> Misplaced | None:
        """Return any other file with where it belongs; ``None`` where the reader's own report is enough."""
        name = normalise_text(path.rpartition("/")[2])
        if (table := _TABLE_NAME.fullmatch(name)) and not path.startswith(_FIXTURES):
            return self._table(path, table[1])
        activity = ACTIVITY_FOLDER.match(path)
        above = activity[0].rstrip("/") if activity and self._is_activity(activity[0]) else ""
        if above and name.endswith(PHOTO_SUFFIXES):
            return self._photo(path, above)
        if path.partition("/")[0] in ("records", *OWN_FOLDERS):
            return None
        if _MATERIAL.fullmatch(name) or any(ord(c) > 127 for c in path):
            return make_misplaced(path, (), USUAL_PLACE)
        return None

    def _photo(self, path: str, folder: str) -> Misplaced:
        """Return where a photo below an activity's folder, or in it under a refused name, belongs.

        Its new name is one that the record lists and no file has, else a free one.
        """
        record = self.corpus.by_key[folder.removeprefix("records/")]
        name = path.rpartition("/")[2]
        there = {photo.name for photo in record.photo_files}
        photos = record.data.photos if record.knows("photos") else ()
        written = [photo.file for photo in photos if not photo.withdrawn]
        taken = (
            there
            | set(written)
            | {n.rpartition("/")[2] for n in self.named if find_parent_folder(n) == folder}
        )
        lost = [
            n for n in written if is_good_name(n) and n not in there and f"{folder}/{n}" not in self.named
        ]
        if normalise_text(name) in lost:
            better = normalise_text(name)
        elif lost and name not in written and not is_good_name(normalise_text(name)):
            better = lost[0]
        else:
            better = propose_free_name(normalise_text(name), taken)
        target = f"{folder}/{better}"
        self.named.add(target)
        if better in written:
            then = "" if better == name else "，记录里的 file 已经是这样写的"
        elif name in written:
            then = "" if better == name else f"，记录里的 file 也写 {better}"
        else:
            then = f"，再在 photos: 下面加一行：  - {{file: {better}, caption: 一句话说明}}"
        answers = frozenset({target, f"{folder}/{name}"})
        if find_parent_folder(path) != folder:
            found = make_misplaced(path, (target,), f"图片不再分文件夹，移到 {target}{then}")
            return dataclasses.replace(found, answers=answers)
        found = make_misplaced(path, (target,), f"改名为 {better}{then}")
        message = (find_name_problem(name) or (found.diagnostic.message,))[0]
        refused = dataclasses.replace(found.diagnostic, rule="file-name", message=message)
        return dataclasses.replace(found, diagnostic=refused, answers=answers)

    def _is_activity(self, folder: str) -> bool:
        return folder.removeprefix("records/").rstrip("/") in self.corpus.by_key

    def _table(self, path: str, kind: str) -> Misplaced:
        schools = self.guess.guess_schools(path, None)
        if kind == "school":
            tail = "school.yml"
        else:
            years = re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", path + "/" + self._read_text(path))
            year = years[0] if years else "年度"
            tail = f"{year}/{kind}.yml"
        if not schools:
            return make_misplaced(path, (), f"移到 records/校（园）代号/{tail}")
        target = f"records/{schools[0]}/{tail}"
        return make_misplaced(path, (target,), f"移到 {target}")

    def _read_text(self, path: str) -> str:
        return (self.read(path) or b"").decode("utf-8", "replace")

    def _taken_away(self, record: ActivityRecord | None) -> ActivityRecord | None:
        """Return the removed record that came back as this one."""
        if record is None:
            return None
        for old in self.taken_away:
            same = (old.data.title, old.data.date) == (record.data.title, record.data.date)
            if same or old.file.text == record.file.text:
                return old
        return None

    def _free(self, folder: str, record: ActivityRecord | None) -> str:
        """Return a free path for a record: this folder or one with a number; "" where the same text lies there."""
        number, free = 1, folder
        while f"{free}/activity.md" in self.named or free.removeprefix("records/") in self.corpus.by_key:
            there = self.corpus.by_key.get(free.removeprefix("records/"))
            if there is not None and record is not None and there.file.text == record.file.text:
                return ""
            number += 1
            free = f"{folder}-{number}"
        self.named.add(f"{free}/activity.md")
        return f"{free}/activity.md"


def _as_activity(data: bytes) -> ActivityRecord | None:
    # The parser takes day and school from a path of the right shape; what it says of them is not asked.
    return parse_activity("records/school/0001/01/01-unknown/activity.md", data)[0]


def _text(record: ActivityRecord | None) -> str:
    return record.file.text if record is not None else ""
