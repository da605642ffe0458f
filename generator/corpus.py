"""The only reader of ``content/`` and ``records/``: a folder of the archive → one :class:`Corpus` value.

Everything below the root is hostile until checked: links are never followed, names are checked before a
file is opened, and every read is bounded. What cannot be read becomes a diagnostic.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from generator import forks, policy
from generator.closings import Settlement, links, settle
from generator.diagnostics import Diagnostic, SourceFile
from generator.records import (
    BOOKS,
    PICTURED,
    ActivityRecord,
    NoteRecord,
    PhotoFile,
    YamlRecord,
    parse_activity,
    parse_note,
    parse_yaml,
)
from generator.records.models import Pairing, Programme, School
from generator.records.photo_bytes import inspect
from generator.records.text import MAX_BOOK_BYTES, MAX_BYTES, decode

MOST_PHOTO_BYTES = 25 * 1024 * 1024
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_STRAY_FILE = "活动文件夹里只放 activity.md 和图片（.jpg、.png、.webp）；多余的文件删去"
_MISNAMED_RECORDS = ("activity.md", "activity.md.txt", "activity.txt", "activity.markdown", "activity")
_PICTURE = "用画图软件打开，“另存为”.jpg，再改名为 01.jpg"
_DOCUMENT = "把文字粘贴到 activity.md 的四个部分里；要留图的另存为 01.jpg"
_VIDEO = "档案不收视频和录音：截一张图存为 01.jpg，内容写在记录里"
_STRAY_FILES = (
    dict.fromkeys((".gif", ".bmp", ".tif", ".tiff", ".jfif", ".avif"), _PICTURE)
    | dict.fromkeys((".doc", ".docx", ".wps", ".pdf", ".ppt", ".pptx", ".xls", ".xlsx", ".txt"), _DOCUMENT)
    | dict.fromkeys((".mp4", ".mov", ".avi", ".mp3", ".m4a", ".amr"), _VIDEO)
)

Progress = Callable[[int], None]

Photographed = ActivityRecord | NoteRecord
"""A record that photos lie beside: an activity, an inspection or an event."""

_LARGE = 1000
"""So many activities take long enough to read that a second process pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecords:
    """Everything one school's folder holds. Keys of the dicts are years; agreements go by helped school."""

    id: str
    profile: YamlRecord | None
    plans: dict[int, YamlRecord]
    rosters: dict[int, YamlRecord]
    agreements: dict[int, dict[str, NoteRecord]]
    activities: tuple[ActivityRecord, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauRecords:
    """The bureau's records of one year.

    Closings and bulletin notes go by the month that names their file; amendments, draws and assessments by
    their file's name.
    """

    year: int
    programme: YamlRecord | None
    plan: policy.Plan | None
    plan_file: SourceFile | None
    closings: dict[str, YamlRecord]
    bulletins: dict[str, NoteRecord]
    inspections: tuple[NoteRecord, ...]
    events: tuple[NoteRecord, ...]
    surveys: tuple[YamlRecord, ...]
    amendments: dict[str, YamlRecord] = field(default_factory=dict)
    filings: YamlRecord | None = None
    sent: YamlRecord | None = None
    draws: dict[str, YamlRecord] = field(default_factory=dict)
    assessments: dict[str, YamlRecord] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The archive as it lies on disk on one day. ``problems`` are those found while reading."""

    root: Path
    bureau: dict[int, BureauRecords]
    schools: dict[str, SchoolRecords]
    problems: tuple[Diagnostic, ...] = field(repr=False)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that have a programme, oldest first."""
        return tuple(year for year, b in sorted(self.bureau.items()) if b.programme is not None)

    def programme(self, year: int) -> Programme | None:
        """Return a year's programme, or ``None`` when there is none (or it cannot be read)."""
        bureau = self.bureau.get(year)
        if bureau is None or bureau.programme is None:
            return None
        data: Programme = bureau.programme.data
        return data

    def profile(self, school: str) -> School | None:
        """Return a school's profile, or ``None``."""
        records = self.schools.get(school)
        if records is None or records.profile is None:
            return None
        data: School = records.profile.data
        return data

    def name(self, school: str) -> str:
        """Return a school's Chinese name, or its id where it has none."""
        profile = self.profile(school)
        return profile.name if profile else school

    def pairing(self, year: int, school: str) -> Pairing | None:
        """Return the pairing in which a school takes part in a year, or ``None``."""
        return self._pairings.get((year, school))

    @cached_property
    def _pairings(self) -> dict[tuple[int, str], Pairing]:
        return {
            (year, school): pairing
            for year in self.years
            if (programme := self.programme(year))
            for pairing in programme.pairings
            for school in (pairing.helper, *pairing.helped)
        }

    @cached_property
    def activities(self) -> tuple[ActivityRecord, ...]:
        """All activities, whole or not, by school and then by path."""
        return tuple(a for s in self.schools.values() for a in s.activities)

    @cached_property
    def by_school_month(self) -> dict[tuple[str, str], tuple[ActivityRecord, ...]]:
        """Complete activities by (school, month of the activity's date), each in order of date."""
        found: dict[tuple[str, str], list[ActivityRecord]] = {}
        for activity in self.activities:
            if activity.complete:
                found.setdefault((activity.school, activity.month), []).append(activity)
        return {key: tuple(sorted(v, key=lambda a: (a.data.date, a.folder))) for key, v in found.items()}

    @cached_property
    def by_key(self) -> dict[str, ActivityRecord]:
        """Activities by their key, ``school/2020/03/DD-slug``."""
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def photographed(self) -> tuple[Photographed, ...]:
        """All records that may have photos: activities, then the bureau's inspections and events."""
        notes = (note for b in self.bureau.values() for note in (*b.inspections, *b.events))
        return (*self.activities, *notes)

    @cached_property
    def private_names(self) -> dict[int, frozenset[str]]:
        """Names that any record of a year marks private."""
        names: dict[int, set[str]] = {}
        for record in self.photographed:
            if record.data.private:
                names.setdefault(record.year, set()).update(record.data.private)
        return {year: frozenset(found) for year, found in names.items()}

    def settlement(self, year: int) -> Settlement:
        """Return what the bureau closed and amended in a year; an empty one where it closed nothing."""
        return self._settlements.get(year) or Settlement()

    @cached_property
    def _settlements(self) -> dict[int, Settlement]:
        return {
            year: settle(links(bureau.closings.values(), bureau.amendments.values()), bureau.filings)
            for year, bureau in self.bureau.items()
        }

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """SHA-256 of every photo that a record says is withdrawn."""
        photos = (photo for record in self.photographed for photo in record.data.photos)
        return frozenset(photo.withdrawn.digest for photo in photos if photo.withdrawn)

    @cached_property
    def has_sample(self) -> bool:
        """Say whether any record is marked ``sample: true``."""
        return any(getattr(r.data, "sample", False) for r in self.sampled_records)

    @property
    def sampled_records(self) -> Iterator[ActivityRecord | YamlRecord]:
        """Every record that may carry ``sample``: activities, plans, rosters, agreements, bureau's records."""
        for school in self.schools.values():
            yield from school.activities
            yield from school.plans.values()
            yield from school.rosters.values()
            for agreements in school.agreements.values():
                yield from agreements.values()
        for bureau in self.bureau.values():
            yield from bureau.closings.values()
            yield from bureau.amendments.values()
            if bureau.filings is not None:
                yield bureau.filings
            yield from bureau.bulletins.values()
            yield from bureau.inspections
            yield from bureau.events
            yield from bureau.surveys
            yield from bureau.draws.values()
            yield from bureau.assessments.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunReading:
    """Schools whose folders a second process has begun to read."""

    names: tuple[str, ...]
    shared: forks.Shared[SchoolRecords]


def begin_reading(root: Path) -> BegunReading:
    """Begin to read a large archive's schools in a second process, for :func:`read_corpus` to finish."""
    records = root / "records"
    # A folder that is refused yields nothing here; `read_corpus` says why.
    names = [] if records.is_symlink() else [e.name for e in _Reading(root).entries(records) if _is_school(e)]
    tasks = [partial(read_school, root, name) for name in names]
    return BegunReading(names=tuple(names), shared=forks.begin(tasks, fork=_is_large(records, names)))


def _is_school(entry: os.DirEntry[str]) -> bool:
    return entry.name not in ("bureau", "schema") and entry.is_dir(follow_symlinks=False)


def _is_large(records: Path, names: Iterable[str]) -> bool:
    """Say whether so many activities lie there that a second process pays."""
    count = 0
    for name in names:
        for year in _folders(records / name):
            for month in _folders(year):
                count += len(_folders(month))
                if count >= _LARGE:
                    return True
    return False


def _folders(folder: str | os.PathLike[str]) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBureau:
    """The bureau's records by year, and what was wrong with them."""

    years: dict[int, BureauRecords]
    problems: tuple[Diagnostic, ...]


def read_bureau(root: Path, content: Path) -> ReadBureau:
    """Read the bureau's folder and the plans' texts; ``content`` as in :func:`read_corpus`."""
    reading, folder = _Reading(root), root / "records" / "bureau"
    # A link there is reported with the other entries of `records`.
    years = (
        {} if folder.is_symlink() or folder.parent.is_symlink() else _read_bureau(reading, folder, content)
    )
    return ReadBureau(years=dict(years), problems=tuple(reading.problems))


def read_corpus(
    root: Path,
    *,
    content: Path | None = None,
    progress: Progress | None = None,
    begun: BegunReading | None = None,
    bureau: ReadBureau | None = None,
) -> Corpus:
    """Read the archive below ``root``.

    ``content`` is the folder that holds ``plan/`` (default ``root/content``). ``progress`` is called with
    the number of activities read so far, a few times a second. ``begun`` is what :func:`begin_reading`
    returned for this root, ``bureau`` what :func:`read_bureau` did. Never raises for bad input.
    """
    records = root / "records"
    reading = _Reading(root)
    if records.is_symlink():
        reading.refuse(
            "unsafe-path", "records", "records 是一个链接（快捷方式），不是文件夹本身", "换成真正的文件夹"
        )
        return Corpus(root=root, bureau={}, schools={}, problems=tuple(reading.problems))
    begun = begun or begin_reading(root)
    bureau = bureau or read_bureau(root, content or root / "content")
    reading.problems += bureau.problems
    for entry in reading.entries(records):
        if entry.name not in ("bureau", "schema") and not reading.is_folder(entry, "学校"):
            reading.unknown(entry, "records 里只放各校（园）的文件夹和 bureau")
    found = begun.shared.finish(progress and _Activities(begun.shared, progress))
    schools = dict(zip(begun.names, found, strict=True))
    problems = tuple(reading.problems) + tuple(p for s in schools.values() for p in s.problems)
    return Corpus(root=root, bureau=bureau.years, schools=schools, problems=problems)


class _Activities:
    """Reports schools that are read as activities that are read."""

    def __init__(self, shared: forks.Shared[SchoolRecords], progress: Progress) -> None:
        self._shared, self._progress = shared, progress
        self._schools = self._activities = 0

    def __call__(self, schools: int) -> None:
        news = islice(self._shared.found.values(), self._schools, None)
        self._activities += sum(len(school.activities) for school in news)
        self._schools = schools
        self._progress(self._activities)


def read_school(root: Path, school: str) -> SchoolRecords:
    """Read one school's folder; independent of every other school, so that folders can be read apart."""
    reading = _Reading(root)
    profile: YamlRecord | None = None
    plans: dict[int, YamlRecord] = {}
    rosters: dict[int, YamlRecord] = {}
    agreements: dict[int, dict[str, NoteRecord]] = {}
    activities: list[ActivityRecord] = []
    for entry in reading.entries(root / "records" / school):
        if entry.name == "school.yml":
            profile = reading.yaml("school", entry)
        elif not re.fullmatch(r"[0-9]{4}", entry.name) or not reading.is_folder(entry, "年度"):
            reading.unknown(entry, "这里只放 school.yml 和按年度命名的文件夹（如 2020）")
        else:
            year = int(entry.name)
            for child in reading.entries(Path(entry.path)):
                if child.name == "plan.yml":
                    _put(plans, year, reading.yaml("plan", child))
                elif child.name == "roster.yml":
                    _put(rosters, year, reading.yaml("roster", child))
                elif match := re.fullmatch(r"agreement-([a-z0-9-]+)\.md", child.name):
                    note = reading.note("agreement", child)
                    if note:
                        agreements.setdefault(year, {})[match[1]] = note
                elif re.fullmatch(r"0[1-9]|1[0-2]", child.name):
                    if reading.is_folder(child, "月份"):
                        activities += _read_month(reading, child)
                elif re.fullmatch(r"[1-9]", child.name):
                    reading.unknown(child, f"月份文件夹写两位数字：0{child.name}")
                else:
                    reading.unknown(
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


def _read_month(reading: _Reading, month: os.DirEntry[str]) -> Iterator[ActivityRecord]:
    for folder in reading.entries(Path(month.path)):
        if not reading.is_folder(folder, "活动"):
            reading.unknown(folder, "月份文件夹里只放活动文件夹，如 14-area-observation")
            continue
        record: os.DirEntry[str] | None = None
        misnamed = False
        photos: list[PhotoFile] = []
        for entry in reading.entries(Path(folder.path)):
            if entry.name == "activity.md":
                record = entry
            elif entry.name.lower() in _MISNAMED_RECORDS:
                misnamed = True
                reading.unknown(entry, "活动记录改名为 activity.md：全部小写，后面没有 .txt")
            elif entry.name.lower().endswith(PHOTO_SUFFIXES):
                if (size := reading.size(entry)) is not None:
                    photos.append(reading.photo(entry, size))
            else:
                reading.unknown(entry, _STRAY_FILES.get(Path(entry.name).suffix.lower(), _STRAY_FILE))
        if record is None and misnamed:
            continue
        if record is None:
            file = SourceFile(path=reading.relative(folder))
            reading.problems.append(
                Diagnostic(
                    rule="unexpected-file",
                    span=file.span(),
                    message="活动文件夹里没有 activity.md",
                    fix="把活动记录存为 activity.md（全部小写）放进来",
                    excerpt="",
                )
            )
            continue
        data = reading.bytes(record)
        if data is None:
            continue
        activity, found = parse_activity(reading.relative(record), data, photo_files=tuple(photos))
        reading.problems += found
        if activity:
            yield activity


def _read_bureau(reading: _Reading, folder: Path, content: Path) -> Iterator[tuple[int, BureauRecords]]:
    for entry in reading.entries(folder):
        if not re.fullmatch(r"[0-9]{4}", entry.name) or not reading.is_folder(entry, "年度"):
            reading.unknown(entry, "这里只放按年度命名的文件夹（如 2020）")
            continue
        children = {child.name: child for child in reading.entries(Path(entry.path))}
        programme = None
        if "programme.yml" in children:
            programme = reading.yaml("programme", children.pop("programme.yml"))
            if programme is not None and not programme.complete:
                programme = None  # stand-ins would make a different programme
        filings = None
        if "filings.yml" in children:
            filings = reading.yaml("filings", children.pop("filings.yml"))
        sent = None
        if "sent.yml" in children:
            sent = reading.yaml("sent", children.pop("sent.yml"))
        plan, plan_file = _read_plan(reading, content, programme)
        notes: dict[str, list[NoteRecord]] = {}
        tables: dict[str, list[YamlRecord]] = {}
        for name, child in children.items():
            kind = _BUREAU_FOLDERS.get(name)
            if kind is None or not reading.is_folder(child, "资料"):
                reading.unknown(
                    child,
                    "这里只放 programme.yml、filings.yml、sent.yml 与 "
                    + "、".join(_BUREAU_FOLDERS)
                    + " 文件夹",
                )
                continue
            items = list(reading.entries(Path(child.path)))
            photos = _note_photos(reading, items) if kind in PICTURED.values() else {}
            for item in items:
                if kind in _TABLES and item.name.endswith(".yml"):
                    if table := reading.yaml(kind, item):
                        tables.setdefault(kind, []).append(table)
                elif kind not in _TABLES and item.name.endswith(".md"):
                    if note := reading.note(kind, item, photos.get(item.name.removesuffix(".md"), ())):
                        notes.setdefault(kind, []).append(note)
                elif item.name not in photos:
                    reading.unknown(item, "文件类型不对：结账、更正、考核、问卷和抽签用 .yml，其余用 .md")
        yield (
            int(entry.name),
            BureauRecords(
                year=int(entry.name),
                programme=programme,
                plan=plan,
                plan_file=plan_file,
                closings={Path(r.file.path).stem: r for r in tables.get("closing", ())},
                bulletins={Path(r.file.path).stem: r for r in notes.get("bulletin", ())},
                inspections=tuple(notes.get("inspection", ())),
                events=tuple(notes.get("event", ())),
                surveys=tuple(tables.get("survey", ())),
                amendments={Path(r.file.path).stem: r for r in tables.get("amendment", ())},
                filings=filings,
                sent=sent,
                draws={Path(r.file.path).stem: r for r in tables.get("draw", ())},
                assessments={Path(r.file.path).stem: r for r in tables.get("assessment", ())},
            ),
        )


def _note_photos(reading: _Reading, items: Iterable[os.DirEntry[str]]) -> dict[str, tuple[PhotoFile, ...]]:
    """Return the photos that lie in folders beside the notes of the same names."""
    names = {item.name for item in items}
    found: dict[str, tuple[PhotoFile, ...]] = {}
    for folder in items:
        if f"{folder.name}.md" not in names or not reading.is_folder(folder, "图片"):
            continue
        photos = []
        for entry in reading.entries(Path(folder.path)):
            if not entry.name.lower().endswith(PHOTO_SUFFIXES):
                fix = f"这个文件夹只放 {folder.name}.md 的图片（.jpg、.png、.webp）；多余的文件删去"
                reading.unknown(entry, fix)
            elif (size := reading.size(entry)) is not None:
                photos.append(reading.photo(entry, size))
        found[folder.name] = tuple(photos)
    return found


_TABLES = ("closing", "amendment", "survey", "draw", "assessment")
_BUREAU_FOLDERS = {
    "closings": "closing",
    "amendments": "amendment",
    "bulletins": "bulletin",
    "inspections": "inspection",
    "events": "event",
    "surveys": "survey",
    "draws": "draw",
    "assessments": "assessment",
}


def _read_plan(
    reading: _Reading, content: Path, programme: YamlRecord | None
) -> tuple[policy.Plan | None, SourceFile | None]:
    if programme is None:
        return None, None
    name = programme.data.plan_text
    path = content / "plan" / name
    if not re.fullmatch(r"[\w.-]+\.md", name) or path.is_symlink() or not path.is_file():
        reading.problems.append(
            Diagnostic(
                rule="programme-consistent",
                span=programme.span("plan_text"),
                message=f"找不到方案原文 content/plan/{name[:60]}",
                fix="把方案全文存为这个文件，或改正 plan_text",
            )
        )
        return None, None
    with path.open("rb") as file:
        decoded = decode(f"content/plan/{name}", file.read(MAX_BYTES + 1))
    reading.problems += decoded.problems
    return policy.parse_plan(decoded.file.text), decoded.file


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


def name_problem(name: str) -> tuple[str, str] | None:
    """Say what is wrong with a file or folder name (message, fix), or ``None``.

    Windows reserves device names whatever the suffix; everything but plain ASCII is refused because such
    names look alike, reorder text, or differ between systems.
    """
    is_device = name.split(".", maxsplit=1)[0].lower() in _DEVICES
    if not is_device and _NAME.fullmatch(name) and not name.endswith("."):
        return None
    shown = "".join(
        c if c.isprintable() and not unicodedata.combining(c) else f"<U+{ord(c):04X}>" for c in name
    )
    if is_device:
        return f"“{shown}”是 Windows 的设备名，不能作文件名", "换一个名字，如 01.jpg"
    fix = "名字只用小写英文字母、数字和短横线"
    if name.lower().endswith(PHOTO_SUFFIXES):
        fix += "，如 01.jpg；说明文字写在 caption 里"
    if any(ord(c) > 127 for c in name):
        return f"名字“{shown[:60]}”里有中文或特殊字符", fix
    return f"名字“{shown[:60]}”里有空格或特殊符号，或太长", fix


class _Reading:
    """One pass over a folder: opens files within bounds and gathers what it could not accept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Diagnostic] = []
        self._prefix = len(os.fspath(root / "x")) - 1  # also right for the root “.”

    def relative(self, entry: os.DirEntry[str]) -> str:
        return entry.path[self._prefix :].replace("\\", "/")

    def refuse(self, rule: str, path: str, message: str, fix: str) -> None:
        safe = path.encode("utf-8", "backslashreplace").decode("utf-8")
        span = SourceFile(path=safe).span()
        self.problems.append(Diagnostic(rule=rule, span=span, message=message, fix=fix, excerpt=""))

    def unknown(self, entry: os.DirEntry[str], fix: str) -> None:
        self.refuse("unexpected-file", self.relative(entry), f"这里不该有“{entry.name[:60]}”", fix)

    def entries(self, folder: Path) -> Iterable[os.DirEntry[str]]:
        """Return a folder's entries in order of name, without links and without names that are refused."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda e: e.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        kept = []
        for entry in entries:
            if entry.name in (".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"):
                continue
            if problem := name_problem(entry.name):
                self.refuse("file-name", self.relative(entry), *problem)
            elif entry.is_symlink():
                self.refuse(
                    "unsafe-path",
                    self.relative(entry),
                    "这是一个链接（快捷方式），不是文件本身",
                    "上传真正的文件",
                )
            elif not entry.is_dir(follow_symlinks=False) and not entry.is_file(follow_symlinks=False):
                self.refuse("unsafe-path", self.relative(entry), "这不是普通文件", "删去它")
            else:
                kept.append(entry)
        return kept

    def is_folder(self, entry: os.DirEntry[str], what: str) -> bool:
        return entry.is_dir(follow_symlinks=False)

    def size(self, entry: os.DirEntry[str]) -> int | None:
        if entry.is_dir(follow_symlinks=False):
            self.unknown(entry, "这个名字应当是一张图片，不是文件夹")
            return None
        return entry.stat(follow_symlinks=False).st_size

    def photo(self, entry: os.DirEntry[str], size: int) -> PhotoFile:
        """Look at a photo once; a file beyond the limit keeps its name and size, and is not read."""
        file = SourceFile(path=self.relative(entry))
        data = b""
        if size <= MOST_PHOTO_BYTES:
            with os.fdopen(os.open(entry.path, _OPEN_FLAGS), "rb", buffering=0) as source:
                data = source.read(size + 1)
        whole = len(data) == size
        return PhotoFile(
            name=entry.name,
            size=size,
            file=file,
            digest=hashlib.sha256(data).hexdigest() if whole else "",
            facts=inspect(data) if whole else None,
        )

    def bytes(self, entry: os.DirEntry[str], most: int = MAX_BYTES) -> bytes | None:
        if entry.is_dir(follow_symlinks=False):
            self.unknown(entry, "这个名字应当是一个文件，不是文件夹")
            return None
        handle = os.open(entry.path, _OPEN_FLAGS)
        try:
            data = os.read(handle, most + 1)
            while len(data) <= most and (more := os.read(handle, most + 1 - len(data))):
                data += more
            return data
        finally:
            os.close(handle)

    def yaml(self, kind: str, entry: os.DirEntry[str]) -> YamlRecord | None:
        data = self.bytes(entry, MAX_BOOK_BYTES if kind in BOOKS else MAX_BYTES)
        if data is None:
            return None
        record, found = parse_yaml(kind, self.relative(entry), data)
        self.problems += found
        return record

    def note(
        self, kind: str, entry: os.DirEntry[str], photo_files: tuple[PhotoFile, ...] = ()
    ) -> NoteRecord | None:
        data = self.bytes(entry)
        if data is None:
            return None
        record, found = parse_note(kind, self.relative(entry), data, photo_files=photo_files)
        self.problems += found
        return record
