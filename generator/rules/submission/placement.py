"""Touched files that nobody reads where they lie → where they should lie, told from their path and their text.

A record in a folder of another shape is not read, so it counts as not handed in: whoever submitted it must
hear so, and where to put it. The day is the record's own, the school its path's (by id, name or spelling),
else that of the pairing that its partners belong to.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.archive import IGNORED_NAMES, PHOTO_SUFFIXES, Corpus, name_problem
from generator.records import PARTS, ActivityRecord, parse_activity
from generator.records.diagnostics import Diagnostic, SourceFile, Span
from generator.records.text import MAX_BYTES
from generator.rules.photo_names import free_name, is_good
from generator.rules.submission.changed_paths import with_folders

FileReader = Callable[[str], bytes | None]
"""Returns a file of the submission by its path, one byte more than a record may have at most."""

_SUFFIXES = "|".join(suffix.removeprefix(".") for suffix in PHOTO_SUFFIXES)
_PLACE = re.compile(
    rf"""records/(?:
        schema/[a-z-]+\.schema\.json
      | bureau/[0-9]{{4}}/(?:
            (?:programme|filings|sent)\.yml
          | (?:closings|amendments|surveys|draws|assessments)/[^/]+\.yml
          | (?:bulletins|inspections|events)/[^/]+\.md
          | (?:inspections|events)/[^/]+/[^/]+\.(?i:{_SUFFIXES}))
      | (?!bureau/|schema/)(?P<school>[^/]+)/(?:
            school\.yml
          | [0-9]{{4}}/(?:
                (?:plan|roster)\.yml
              | agreement-[a-z0-9-]+\.md
              | (?:0[1-9]|1[0-2])/[^/]+/(?:activity\.md|[^/]+\.(?i:{_SUFFIXES}))))
    )""",
    re.VERBOSE | re.ASCII,
)
_OWN_FOLDERS = ("content", "generator", "tests", "theme_overrides", ".github", ".ci")
"""Folders of the project beside ``records/``: code, pages and test cases, where pictures may lie."""
_FIXTURES = ("generator/", "tests/")
_ACTIVITY_NAME = re.compile(r"(?:activity|活动|活动记录|活动材料)(?:\.(?:md|markdown|mdown|txt))*")
_TABLE_NAME = re.compile(r"(plan|roster|school)\.ya?ml(?:\.txt)?")
_MATERIAL = re.compile(
    rf".*\.(?:{_SUFFIXES}|gif|bmp|tiff?|jfif|avif|docx?|wps|pdf|pptx?|xlsx?|et|mp4|mov|avi|mp3|m4a|amr|zip|rar|7z)"
)
_MONTHS = re.compile(
    r"jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december"
)
_SLUG = re.compile(r"(?:[0-9]{1,2}-)?([a-z0-9]+(?:-[a-z0-9]+)*)")
_HEADING = re.compile(rf"(?m)^#+[ \t]*(?:{'|'.join(PARTS)})[ \t]*$")
MOST_ADVISED = 500
"""So many places are worked out; a submission with more misplaced records than that is no school's."""
_LINE = "每次活动一个文件夹：records/校（园）代号/年/月/日-短名/activity.md，图片放在旁边"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """A file in the wrong place. ``targets`` are where it may belong: one, unless only its author knows.

    ``record`` is the activity that it holds, if it does, and ``was`` the path from which that was taken away.
    ``answers`` are a photo's names in the record that it is meant for, as paths: none of them is missing.
    """

    path: str
    targets: tuple[str, ...]
    diagnostic: Diagnostic
    record: ActivityRecord | None = None
    was: str = ""
    answers: frozenset[str] = frozenset()


def has_place(path: str) -> bool:
    """Say whether the archive reads a file at this path."""
    return _PLACE.fullmatch(path) is not None and not any(map(name_problem, path.split("/")))


def worktree_reader(root: Path) -> FileReader:
    """Return a reader of the files below ``root`` that follows no link."""

    def read(path: str) -> bytes | None:
        parts = PurePosixPath(path).parts
        if ".." in parts:
            return None
        places = [root.joinpath(*parts[: n + 1]) for n in range(len(parts))]
        try:
            if any(place.is_symlink() for place in places) or not places[-1].is_file():
                return None
            with places[-1].open("rb") as source:
                return source.read(MAX_BYTES + 1)
        except OSError:
            return None

    return read


def list_files(root: Path, paths: Iterable[str]) -> Iterator[str]:
    """Yield the files that paths stand for, folders opened, links not followed; gone paths yield nothing."""
    for path in paths:
        place = root / path
        if place.is_dir() and not place.is_symlink():
            for folder, names, files in os.walk(place):
                names[:] = sorted(name for name in names if name != ".git")
                below = Path(folder).relative_to(root)
                yield from ((below / name).as_posix() for name in sorted(files))
        elif os.path.lexists(place):
            yield path


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What the places of files come to: ``unread`` are all that have none, ``along`` those of them that lie
    beside a misplaced record and move with it.
    """

    misplaced: tuple[Misplaced, ...] = ()
    unread: tuple[str, ...] = ()
    along: frozenset[str] = frozenset()

    def refine(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return the diagnostics with where the misplaced files belong, in the place of what reading said of
        them or of a folder that holds nothing else; a file of which nothing was said is named.
        """
        found = tuple(found)
        told = {each.path for each in self.misplaced} | self.along
        untold = [path for path in self.unread if path not in told]
        unread_above, untold_above = _with_folders(self.unread), _with_folders(untold)
        answered = frozenset(path for each in self.misplaced for path in each.answers)
        kept = [
            d
            for d in found
            if (d.rule not in VAGUE or d.span.file.path not in unread_above - untold_above)
            and not (d.rule == "photo-missing" and _named_photo(d.span) in answered)
        ]
        said = {d.span.file.path for d in kept}
        silent = [p for p in untold if p.startswith("records/") and said.isdisjoint(_with_folders([p]))]
        return (
            *kept,
            *(each.diagnostic for each in self.misplaced),
            *(_misplaced(path, (), _LINE).diagnostic for path in silent),
        )


def _named_photo(span: Span) -> str:
    """Return the path of the photo whose name stands at a place of its record."""
    name = span.file.line(span.line)[span.column - 1 : span.end_column - 1].strip("'\"")
    return f"{_folder(span.file.path)}/{name}"


VAGUE = ("unexpected-file", "file-name", "school-known")
"""Rules that say of a file only that it may not lie where it does."""


def _with_folders(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths and all folders above them."""
    return frozenset(each for path in paths for each in with_folders(path))


def find_misplaced(
    corpus: Corpus, files: Iterable[str], read: FileReader, taken_away: Iterable[ActivityRecord] = ()
) -> Placement:
    """Return which of the files lie where nobody reads them, and where they belong.

    ``taken_away`` are records that the submission removes elsewhere: one that comes back under another
    path is the same school's.
    """
    known = _programme_schools(corpus)
    unread = tuple(path for path in files if _is_unread(known, path))
    search = _Search(corpus, read, tuple(taken_away))
    records = [found for path in unread if (found := search.record(path))]
    paths = {record.path for record in records}
    folders = {_folder(path) for path in paths if not has_place(f"{_folder(path)}/activity.md")}
    along = frozenset(path for path in unread if path not in paths and _folder(path) in folders)
    others = [
        found for path in unread if path not in paths and path not in along and (found := search.other(path))
    ]
    return Placement(misplaced=(*records, *others), unread=unread, along=along)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_unread(known: frozenset[str], path: str) -> bool:
    """Say whether a file has no place, or is a record of a school that no programme knows."""
    if path.rpartition("/")[2] in IGNORED_NAMES:
        return False
    if not has_place(path):
        return True
    place = _PLACE.fullmatch(path)
    school = place["school"] if place else None
    return bool(school and known and school not in known and path.endswith("/activity.md"))


def _programme_schools(corpus: Corpus) -> frozenset[str]:
    return frozenset(s for year in corpus.years if (p := corpus.programme(year)) for s in p.school_ids)


def _names(corpus: Corpus, school: str) -> tuple[str, ...]:
    profile = corpus.profile(school)
    return (profile.name, profile.short, school) if profile else (school,)


class _Search:
    """The search for the right places; each place that it names is named once."""

    def __init__(self, corpus: Corpus, read: FileReader, taken_away: tuple[ActivityRecord, ...]) -> None:
        self.corpus, self.read, self.taken_away = corpus, read, taken_away
        self.known = _programme_schools(corpus) or frozenset(corpus.schools)
        self.named: set[str] = set()
        self.advised = 0
        self.ids = {_plain(name): school for school in self.known for name in _names(corpus, school)}

    def record(self, path: str) -> Misplaced | None:
        """Return what is to be said of an activity's record in the wrong place; ``None`` if it is none."""
        if path.startswith(_FIXTURES) or _MATERIAL.fullmatch(_plain(path)):
            return None
        if self.advised >= MOST_ADVISED:
            return None if has_place(path) else _misplaced(path, (), _LINE)
        data = self.read(path)
        record = _as_activity(data) if data is not None else None
        name = _plain(path.rpartition("/")[2])
        if record is None or not record.knows("date", "measure"):
            headings = {match[0].lstrip("# \t").strip() for match in _HEADING.finditer(_text(record))}
            if not _ACTIVITY_NAME.fullmatch(name) and (len(headings) < 2 or path.startswith("content/")):
                return None
        self.advised += 1
        year, month, day = self._day(path, record)
        old = self._taken_away(record)
        schools = (old.school,) if old else self._schools(path, record)
        was = old.file.path if old else ""
        if has_place(path) and not schools:
            return None  # of a school that nobody knows: its rule says so
        slug = self._slug(path, record)
        if not (year and month and day):
            fix = f"先写好 date: 一行，再移到它的位置；{_LINE}" if record else _LINE
            return _misplaced(path, (), fix, record, was)
        tail = f"{year}/{month}/{day}-{slug}"
        if not schools:
            fix = f"移到 records/校（园）代号/{tail}/activity.md，代号是方案里本园的英文代号"
            return _misplaced(path, (), fix, record, was)
        targets = tuple(self._free(f"records/{school}/{tail}", record) for school in schools)
        if "" in targets:
            fix = f"同样的材料已经在 records/{schools[0]}/{tail}/ 里，这里的删去"
            return _misplaced(path, (), fix, record, was)
        return _misplaced(path, targets, self._move(path, targets, schools), record, was)

    def _move(self, path: str, targets: tuple[str, ...], schools: tuple[str, ...]) -> str:
        if _folder(targets[0]) == _folder(path):
            return f"改名为 {targets[0]}"
        along = "同一文件夹里的图片一起移过去" + (
            "；新增的校（园）先写进 programme.yml" if has_place(path) else ""
        )
        if len(targets) == 1:
            return f"移到 {targets[0]}，{along}"
        pairs = zip(schools, targets, strict=True)
        listed = "；".join(f"是{self.corpus.name(school)}的，移到 {target}" for school, target in pairs)
        return f"看是哪一所的材料：{listed}；{along}"

    def other(self, path: str) -> Misplaced | None:
        """Return what is to be said of any other file in the wrong place; ``None`` where reading has said it."""
        name = _plain(path.rpartition("/")[2])
        if (table := _TABLE_NAME.fullmatch(name)) and not path.startswith(_FIXTURES):
            return self._table(path, table[1])
        above = next((p.as_posix() for p in PurePosixPath(path).parents if self._is_activity(p)), "")
        if above and name.endswith(PHOTO_SUFFIXES):
            return self._photo(path, above)
        if path.partition("/")[0] in ("records", *_OWN_FOLDERS):
            return None
        if _MATERIAL.fullmatch(name) or any(ord(c) > 127 for c in path):
            return _misplaced(path, (), _LINE)
        return None

    def _photo(self, path: str, folder: str) -> Misplaced:
        """Return what is to be said of a photo below an activity's folder, or in it under a refused name.

        It is to be called as the record calls a photo that is nowhere, else by a name that is free.
        """
        record = self.corpus.by_key[folder.removeprefix("records/")]
        name = path.rpartition("/")[2]
        there = {photo.name for photo in record.photo_files}
        photos = record.data.photos if record.knows("photos") else ()
        written = [photo.file for photo in photos if not photo.withdrawn]
        taken = there | set(written) | {n.rpartition("/")[2] for n in self.named if _folder(n) == folder}
        lost = [n for n in written if is_good(n) and n not in there and f"{folder}/{n}" not in self.named]
        if _plain(name) in lost:
            better = _plain(name)
        elif lost and name not in written and not is_good(_plain(name)):
            better = lost[0]
        else:
            better = free_name(_plain(name), taken)
        target = f"{folder}/{better}"
        self.named.add(target)
        if better in written:
            then = "" if better == name else "，记录里的 file 已经是这样写的"
        elif name in written:
            then = "" if better == name else f"，记录里的 file 也写 {better}"
        else:
            then = f"，再在 photos: 下面加一行：  - {{file: {better}, caption: 一句话说明}}"
        answers = frozenset({target, f"{folder}/{name}"})
        if _folder(path) != folder:
            found = _misplaced(path, (target,), f"图片不再分文件夹，移到 {target}{then}")
            return dataclasses.replace(found, answers=answers)
        found = _misplaced(path, (target,), f"改名为 {better}{then}")
        message = (name_problem(name) or (found.diagnostic.message,))[0]
        told = dataclasses.replace(found.diagnostic, rule="file-name", message=message)
        return dataclasses.replace(found, diagnostic=told, answers=answers)

    def _is_activity(self, folder: PurePosixPath) -> bool:
        return folder.as_posix().removeprefix("records/") in self.corpus.by_key

    def _table(self, path: str, kind: str) -> Misplaced:
        schools = self._schools(path, None)
        if kind == "school":
            tail = "school.yml"
        else:
            years = re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", path + "/" + self._read_text(path))
            year = years[0] if years else "年度"
            tail = f"{year}/{kind}.yml"
        if not schools:
            return _misplaced(path, (), f"移到 records/校（园）代号/{tail}")
        target = f"records/{schools[0]}/{tail}"
        return _misplaced(path, (target,), f"移到 {target}")

    def _read_text(self, path: str) -> str:
        return (self.read(path) or b"").decode("utf-8", "replace")

    def _day(self, path: str, record: ActivityRecord | None) -> tuple[str, str, str]:
        """Return year, month and day: the record's, else as the path has them in order; "" where unknown."""
        if record is not None and record.knows("date"):
            return f"{record.data.date:%Y}", f"{record.data.date:%m}", f"{record.data.date:%d}"
        found = re.search(r"(?:^|/)(20[0-9]{2})/(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])-", path)
        try:
            day = dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        return (f"{day:%Y}", f"{day:%m}", f"{day:%d}") if day else ("", "", "")

    def _taken_away(self, record: ActivityRecord | None) -> ActivityRecord | None:
        """Return the record that was taken away and came back here."""
        if record is None:
            return None
        for old in self.taken_away:
            same = (old.data.title, old.data.date) == (record.data.title, record.data.date)
            if same or old.file.text == record.file.text:
                return old
        return None

    def _schools(self, path: str, record: ActivityRecord | None) -> tuple[str, ...]:
        """Return the school that a record is of, or all that it may be of."""
        parts = [_plain(part) for part in path.split("/")[:12]]
        for part in parts:
            if part in self.ids:
                return (self.ids[part],)
        fitting = self._fitting(record)
        for part in parts[:-1]:
            if len(part) > 3 and part != "records" and not part[0].isdigit():
                near = difflib.get_close_matches(part, fitting or sorted(self.known), 1, 0.75)
                if near:
                    return tuple(near)
        return fitting

    def _fitting(self, record: ActivityRecord | None) -> tuple[str, ...]:
        """Return the schools whose pairing has all of a record's partners."""
        if record is None or not record.knows("date", "partners"):
            return ()
        programme = self.corpus.programme(record.data.date.year)
        partners = set(record.data.partners)
        return tuple(
            school
            for pairing in (programme.pairings if programme else ())
            if partners <= {pairing.helper, *pairing.helped}
            for school in (pairing.helper, *pairing.helped)
            if school not in partners
        )

    def _slug(self, path: str, record: ActivityRecord | None) -> str:
        """Return the short name that the path holds, else the measure."""
        *folders, name = [re.sub(r"[ _]+", "-", _plain(part)) for part in path.split("/")]
        candidates = [*reversed(folders), name.partition(".")[0]]
        candidates.sort(key=lambda part: not re.match(r"[0-9]{1,2}-", part))
        for part in candidates:
            match = _SLUG.fullmatch(part)
            if (
                match
                and re.search("[a-z]", match[1])
                and len(part) <= 60
                and match[1] not in self.known
                and match[1] not in ("records", "bureau", "schema", "activity", *_OWN_FOLDERS)
                and not _MONTHS.fullmatch(match[1])
            ):
                return match[1]
        return record.data.measure if record is not None and record.knows("measure") else "activity"

    def _free(self, folder: str, record: ActivityRecord | None) -> str:
        """Return a record's path in this folder or, where another lies there, one beside; "" where it lies there
        itself.
        """
        number, free = 1, folder
        while f"{free}/activity.md" in self.named or free.removeprefix("records/") in self.corpus.by_key:
            there = self.corpus.by_key.get(free.removeprefix("records/"))
            if there is not None and record is not None and there.file.text == record.file.text:
                return ""
            number += 1
            free = f"{folder}-{number}"
        self.named.add(f"{free}/activity.md")
        return f"{free}/activity.md"


def _misplaced(
    path: str, targets: tuple[str, ...], fix: str, record: ActivityRecord | None = None, was: str = ""
) -> Misplaced:
    safe = path.encode("utf-8", "backslashreplace").decode("utf-8")
    if has_place(path):
        message = f"方案里没有代号是“{path.split('/')[1]}”的校（园），这份材料不会计数，等于没有交"
    else:
        message = f"{'这份材料' if record else '这个文件'}放的地方不对，不会被读取{'，等于没有交' if record else ''}"
    diagnostic = Diagnostic(
        rule="unexpected-file",
        span=SourceFile(path=safe).span(),
        message=message,
        fix=fix,
        excerpt="",
    )
    return Misplaced(path=path, targets=targets, record=record, was=was, diagnostic=diagnostic)


def _as_activity(data: bytes) -> ActivityRecord | None:
    # The parser takes day and school from a path of the right shape; what it says of them is not asked.
    return parse_activity("records/school/0001/01/01-unknown/activity.md", data)[0]


def _text(record: ActivityRecord | None) -> str:
    return record.file.text if record is not None else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
