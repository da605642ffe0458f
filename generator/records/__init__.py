"""Text → typed, frozen record values that keep their places; no file access.

:func:`parse_activity` and its siblings take a path and bytes and return a record value together with
every problem found. Bad input is never an exception.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Diagnostic, SourceFile, Span
from generator.records import models
from generator.records.markdown import MarkdownRecord, Section, split_markdown
from generator.records.models import MODELS, Activity, Model, month_of
from generator.records.photo_bytes import PhotoFacts
from generator.records.text import decode
from generator.records.validation import validate
from generator.records.yaml_tree import Tree, read_yaml

__all__ = [
    "MODELS",
    "ActivityRecord",
    "MarkdownRecord",
    "Model",
    "NoteRecord",
    "PhotoFacts",
    "PhotoFile",
    "Section",
    "YamlRecord",
    "models",
    "month_of",
    "parse_activity",
    "parse_note",
    "parse_yaml",
]

FOLDER = re.compile(r"(?P<day>\d{2})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\Z", re.ASCII)
_NEVER = dt.date(1, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A photo's file beside a record. ``size`` is in bytes; ``head`` holds its first bytes (at most 16).

    ``digest`` is the SHA-256 of its bytes in hexadecimal, and ``facts`` are what they say; both are empty
    for a file too large to be looked at.
    """

    name: str
    size: int
    file: SourceFile
    head: bytes = b""
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

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of the value (or key) at ``path``."""
        return self.tree.span(path, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord(YamlRecord):
    """A Markdown file with front matter: ``data`` is the model, ``markdown`` the body."""

    markdown: MarkdownRecord


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

    def knows(self, *names: str) -> bool:
        """Say whether the named fields hold what the file says, not stand-ins."""
        return self.unread.isdisjoint(names)

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of the front matter's value (or key) at ``path``."""
        return self.tree.span(path, key=key)


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
    decoded = decode(path, data)
    problems = list(decoded.problems)
    if any(p.rule == "file-size" for p in problems):
        return None, problems
    tree, found = read_yaml(decoded.file, decoded.file.text)
    problems += found
    if tree is None:
        return None, problems
    checked = validate(MODELS[kind], tree, _STAND_INS.get(kind, {}))
    problems += checked.problems
    if checked.model is None:
        return None, problems
    record = YamlRecord(
        file=decoded.file,
        data=checked.model,
        tree=tree,
        complete=not checked.unread,
        unread=checked.unread,
    )
    return record, problems


def _parse_markdown(
    kind: str, path: str, data: bytes, stand_ins: dict[str, Any]
) -> tuple[tuple[MarkdownRecord, Tree, Any, frozenset[str]] | None, list[Diagnostic]]:
    decoded = decode(path, data)
    problems = list(decoded.problems)
    if any(p.rule == "file-size" for p in problems):
        return None, problems
    markdown, found = split_markdown(decoded.file)
    problems += found
    tree: Tree | None = None
    everything = frozenset(MODELS[kind].model_fields)
    if markdown.front is not None:
        tree, found = read_yaml(decoded.file, markdown.front, first_line=markdown.front_line)
        problems += found
    if tree is None:
        empty, _ = read_yaml(decoded.file, "{}", first_line=markdown.front_line)
        assert empty is not None  # noqa: S101  # "{}" is a mapping
        stand_in = MODELS[kind].model_validate(stand_ins)
        return (markdown, empty, stand_in, everything), problems
    checked = validate(MODELS[kind], tree, stand_ins)
    problems += checked.problems
    if checked.model is None:
        return (markdown, tree, MODELS[kind].model_validate(stand_ins), everything), problems
    return (markdown, tree, checked.model, checked.unread), problems


def parse_note(kind: str, path: str, data: bytes) -> tuple[NoteRecord | None, list[Diagnostic]]:
    """Parse a Markdown record other than an activity (agreement, inspection, event, bulletin)."""
    stand_ins = _STAND_INS.get(kind) or _bureau_stand_ins(kind)
    parsed, problems = _parse_markdown(kind, path, data, stand_ins)
    if parsed is None:
        return None, problems
    markdown, tree, model, unread = parsed
    record = NoteRecord(
        file=markdown.file, data=model, tree=tree, complete=not unread, unread=unread, markdown=markdown
    )
    return record, problems


def _bureau_stand_ins(kind: str) -> dict[str, Any]:
    stand_ins: dict[str, dict[str, Any]] = {
        "inspection": {"title": "（未填写）", "date": _NEVER, "school": "unknown", "finding": "doubtful"},
        "event": {"title": "（未填写）", "date": _NEVER, "host": "unknown"},
        "bulletin": {"month": "0001-01"},
    }
    return stand_ins[kind]


def parse_activity(
    path: str, data: bytes, *, photo_files: tuple[PhotoFile, ...] = ()
) -> tuple[ActivityRecord | None, list[Diagnostic]]:
    """Parse ``<school>/<year>/<MM>/<DD-slug>/activity.md`` (``path`` ends so; checked by the corpus)."""
    school, year, month, folder = path.split("/")[-5:-1]
    stand_ins = dict(_STAND_INS["activity"])
    day = FOLDER.match(folder)
    try:
        stand_ins["date"] = dt.date(int(year), int(month), int(day["day"]) if day else 1)
    except ValueError:
        stand_ins["date"] = _NEVER
    stand_ins["reported"] = stand_ins["date"]
    parsed, problems = _parse_markdown("activity", path, data, stand_ins)
    if parsed is None:
        return None, problems
    markdown, tree, model, unread = parsed
    record = ActivityRecord(
        file=markdown.file,
        school=school,
        year=int(year),
        month=f"{year}-{month}",
        folder=folder,
        data=model,
        tree=tree,
        complete=not unread,
        unread=unread,
        markdown=markdown,
        photo_files=photo_files,
    )
    return record, problems
