"""Parse texts into typed, frozen records that keep their places; open no file.

:func:`parse_activity` and its siblings take a path and bytes and return a record value together with
every problem found. Bad input is never an exception.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.images.facts import PhotoFacts
from generator.records import models
from generator.records.conflicts import UNMERGED, drop_consequences, keep_first_side
from generator.records.decoding import MAX_BOOK_BYTES, MAX_BYTES, decode_record
from generator.records.diagnostics import Diagnostic, SourceFile, Span, limit_alike
from generator.records.markdown_record import MarkdownRecord, Section, mark_code_lines, split_markdown
from generator.records.models import MODELS, PARTS, Activity, Model, format_month, list_written_fields
from generator.records.validation import Validated, validate_mapping
from generator.records.yaml_tree import Tree, read_yaml

__all__ = [
    "BOOKS",
    "MODELS",
    "PARTS",
    "ActivityRecord",
    "NoteRecord",
    "PhotoFacts",
    "PhotoFile",
    "Section",
    "YamlRecord",
    "format_month",
    "mark_code_lines",
    "models",
    "parse_activity",
    "parse_note",
    "parse_photographed",
    "parse_yaml",
]

BOOKS = frozenset({"closing", "amendment", "filings", "assessment"})
"""Kinds that commands write of many records at once: they may be long, and nobody's keyboard spoilt them."""

FOLDER = re.compile(r"(?P<day>\d{2})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\Z", re.ASCII)
PICTURED = {"inspections": "inspection", "events": "event"}
"""The bureau's folders whose records have photos, each in a folder of the record's name, with their kinds."""

_NEVER = dt.date(1, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A photo's file beside a record. ``size`` is in bytes.

    ``digest`` is the SHA-256 of its bytes in hexadecimal, and ``facts`` are what they say; both are empty
    for a file too large to be looked at.
    """

    name: str
    size: int
    file: SourceFile
    digest: str = ""
    facts: PhotoFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlRecord:
    """A YAML file as a typed model.

    ``unread`` names the fields that could not be read and hold stand-ins or defaults; a record is
    ``complete`` when there are none.
    """

    file: SourceFile
    data: Any
    tree: Tree
    complete: bool
    unread: frozenset[str] = frozenset()

    def knows(self, *names: str) -> bool:
        """Say whether the named fields hold what the file says, not stand-ins."""
        return self.unread.isdisjoint(names)

    def find_span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of the value (or key) at ``path``."""
        return self.tree.find_span(path, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord(YamlRecord):
    """A Markdown file with front matter: ``data`` is the model, ``markdown`` the body.

    ``photo_files`` lie in the folder of its name beside it.
    """

    markdown: MarkdownRecord
    photo_files: tuple[PhotoFile, ...] = ()

    @property
    def key(self) -> str:
        """The record's name everywhere: ``bureau/2020/inspections/2020-05-28-heiquan``."""
        return self.file.path.removeprefix("records/").removesuffix(".md")

    @property
    def slug(self) -> str:
        """The file's name without its suffix."""
        return self.key.rpartition("/")[2]

    @property
    def year(self) -> int:
        """The year whose folder holds it, as in ``records/bureau/2020/…``."""
        return int(self.file.path.split("/")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecord:
    """An activity: its front matter, its four sections and the photos that lie beside it.

    ``school``, ``year``, ``month`` (``YYYY-MM``) and ``folder`` (``14-area-observation``) come from the path.
    ``unread`` names the front matter's fields that hold stand-ins or defaults because they could not be read.
    """

    file: SourceFile
    school: str
    year: int
    month: str
    folder: str
    data: Activity
    tree: Tree
    complete: bool
    markdown: MarkdownRecord
    unread: frozenset[str] = frozenset()
    photo_files: tuple[PhotoFile, ...] = ()

    @property
    def key(self) -> str:
        """The record's name everywhere: ``guangcai/2020/05/14-area-observation``."""
        return f"{self.school}/{self.year}/{self.month[5:]}/{self.folder}"

    @property
    def lacks(self) -> tuple[str, ...]:
        """Those of plan, steps, record, summary and pictures (五-3) that it lacks; a withdrawn picture is there."""
        written = {section.title for section in self.markdown.sections if section.text.strip()}
        parts = tuple(part for part in PARTS if part not in written)
        return parts if self.data.photos else (*parts, "图片")

    def knows(self, *names: str) -> bool:
        """Say whether the named fields hold what the file says, not stand-ins."""
        return self.unread.isdisjoint(names)

    def find_span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of the front matter's value (or key) at ``path``."""
        return self.tree.find_span(path, key=key)


_STAND_INS: dict[str, dict[str, Any]] = {
    "activity": {
        "title": "（未填写）",
        "date": _NEVER,
        "measure": "unknown",
        "partners": ["unknown"],
        "direction": "online",
        "staff": {},
        "lead": "（未填写）",
        "reported": _NEVER,
    },
    "agreement": {"title": "（未填写）", "helped": "unknown", "signed": _NEVER, "goals": ["（未填写）"]},
    "plan": {"rows": []},
}


def parse_yaml(kind: str, path: str, data: bytes) -> tuple[YamlRecord | None, list[Diagnostic]]:
    """Parse a YAML record of ``kind`` (a key of :data:`MODELS`)."""
    book = kind in BOOKS
    decoded = decode_record(path, data, most=MAX_BOOK_BYTES if book else MAX_BYTES)
    problems = list(decoded.problems)
    if any(p.rule == "file-size" for p in problems):
        return None, problems
    record, found = _parse_table(MODELS[kind], decoded.file, _STAND_INS.get(kind, {}), typed=not book)
    return record, problems + found


def _parse_table(
    model: type[Model], file: SourceFile, stand_ins: dict[str, Any], *, typed: bool = True
) -> tuple[YamlRecord | None, list[Diagnostic]]:
    kept, conflicts = keep_first_side(file)
    tree, problems = read_yaml(kept, kept.text, typed=typed)
    checked = validate_mapping(model, tree, stand_ins) if tree is not None else None
    problems += checked.problems if checked else []
    if conflicts:
        problems = conflicts + drop_consequences(problems, file, kept)
    problems = list(limit_alike(problems))
    if tree is None or checked is None or checked.model is None:
        return None, problems
    unread = checked.unread | {UNMERGED} if conflicts else checked.unread
    return YamlRecord(file=file, data=checked.model, tree=tree, complete=not unread, unread=unread), problems


class _Parsed(NamedTuple):
    """A Markdown record in parts: ``file`` and ``unread`` as in the records."""

    file: SourceFile
    markdown: MarkdownRecord
    tree: Tree
    model: Any
    unread: frozenset[str]


def _parse_markdown(
    model: type[Model], file: SourceFile, stand_ins: dict[str, Any]
) -> tuple[_Parsed, list[Diagnostic]]:
    kept, conflicts = keep_first_side(file)
    markdown, problems = split_markdown(kept)
    tree: Tree | None = None
    checked: Validated | None = None
    if markdown.front is not None:
        tree, found = read_yaml(kept, markdown.front, first_line=markdown.front_line)
        problems += found
    if tree is None:
        tree, _ = read_yaml(kept, "{}", first_line=markdown.front_line)
        assert tree is not None  # noqa: S101  # "{}" is a mapping
    else:
        checked = validate_mapping(model, tree, stand_ins)
        problems += checked.problems
    if conflicts:
        problems = conflicts + drop_consequences(problems, file, kept)
    if checked is None or checked.model is None:
        data, unread = model.model_validate(stand_ins), frozenset(list_written_fields(model))
    else:
        data, unread = checked.model, checked.unread
    unread = unread | {UNMERGED} if conflicts else unread
    return _Parsed(file, markdown, tree, data, unread), list(limit_alike(problems))


def parse_note(
    kind: str, path: str, data: bytes, *, photo_files: tuple[PhotoFile, ...] = ()
) -> tuple[NoteRecord | None, list[Diagnostic]]:
    """Parse a Markdown record other than an activity (agreement, inspection, event, bulletin)."""
    decoded = decode_record(path, data)
    problems = list(decoded.problems)
    if any(p.rule == "file-size" for p in problems):
        return None, problems
    parsed, found = _parse_markdown(MODELS[kind], decoded.file, _note_stand_ins(kind))
    return _note(parsed, photo_files), problems + found


def parse_photographed(path: str, data: bytes) -> tuple[ActivityRecord | NoteRecord | None, list[Diagnostic]]:
    """Parse a record that photos lie beside: an activity, or one of the bureau's in a folder of ``PICTURED``."""
    kind = PICTURED.get(path.split("/")[-2]) if path.startswith("records/bureau/") else None
    return parse_note(kind, path, data) if kind else parse_activity(path, data)


def _note(parsed: _Parsed, photo_files: tuple[PhotoFile, ...]) -> NoteRecord:
    return NoteRecord(
        file=parsed.file,
        data=parsed.model,
        tree=parsed.tree,
        complete=not parsed.unread,
        unread=parsed.unread,
        markdown=parsed.markdown,
        photo_files=photo_files,
    )


def _note_stand_ins(kind: str) -> dict[str, Any]:
    return _STAND_INS.get(kind) or _bureau_stand_ins(kind)


def _bureau_stand_ins(kind: str) -> dict[str, Any]:
    stand_ins: dict[str, dict[str, Any]] = {
        "inspection": {"title": "（未填写）", "date": _NEVER, "school": "unknown"},
        "event": {"title": "（未填写）", "date": _NEVER, "host": "unknown"},
        "bulletin": {"month": "0001-01"},
    }
    return stand_ins[kind]


def parse_activity(
    path: str, data: bytes, *, photo_files: tuple[PhotoFile, ...] = ()
) -> tuple[ActivityRecord | None, list[Diagnostic]]:
    """Parse ``<school>/<year>/<MM>/<DD-slug>/activity.md`` (``path`` ends so; checked by the corpus)."""
    decoded = decode_record(path, data)
    problems = list(decoded.problems)
    if any(p.rule == "file-size" for p in problems):
        return None, problems
    parsed, found = _parse_markdown(Activity, decoded.file, _activity_stand_ins(path))
    return _activity(parsed, photo_files), problems + found


def _activity_stand_ins(path: str) -> dict[str, Any]:
    _, year, month, folder, _ = path.rsplit("/", 4)
    stand_ins = dict(_STAND_INS["activity"])
    day = FOLDER.match(folder)
    try:
        stand_ins["date"] = dt.date(int(year), int(month), int(day["day"]) if day else 1)
    except ValueError:
        stand_ins["date"] = _NEVER
    stand_ins["reported"] = stand_ins["date"]
    return stand_ins


def _activity(parsed: _Parsed, photo_files: tuple[PhotoFile, ...]) -> ActivityRecord:
    school, year, month, folder, _ = parsed.file.path.split("/")[-5:]
    return ActivityRecord(
        file=parsed.file,
        school=school,
        year=int(year),
        month=f"{year}-{month}",
        folder=folder,
        data=parsed.model,
        tree=parsed.tree,
        complete=not parsed.unread,
        unread=parsed.unread,
        markdown=parsed.markdown,
        photo_files=photo_files,
    )
