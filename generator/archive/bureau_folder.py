"""Read the bureau's folder and the plans' texts into the bureau's records by year."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.archive.corpus import BureauRecords
from generator.archive.folder import PHOTO_SUFFIXES, Reading
from generator.archive.plan_clauses import Plan
from generator.archive.plan_text import parse_plan
from generator.records import PICTURED, NoteRecord, PhotoFile, YamlRecord
from generator.records.conflicts import keep_first_side
from generator.records.decoding import MAX_BYTES, decode_record
from generator.records.diagnostics import Diagnostic, SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBureau:
    """The bureau's records by year, and what was wrong with them."""

    years: dict[int, BureauRecords]
    problems: tuple[Diagnostic, ...]


def read_bureau(root: Path, content: Path) -> ReadBureau:
    """Read the bureau's folder and the plans' texts; ``content`` as in :func:`read_corpus`."""
    reading, folder = Reading(root), root / "records" / "bureau"
    # A link there is reported with the other entries of `records`.
    years = (
        {} if folder.is_symlink() or folder.parent.is_symlink() else _read_bureau(reading, folder, content)
    )
    return ReadBureau(years=dict(years), problems=tuple(reading.problems))


def _read_bureau(reading: Reading, folder: Path, content: Path) -> Iterator[tuple[int, BureauRecords]]:
    for entry in reading.list_entries(folder):
        if not re.fullmatch(r"[0-9]{4}", entry.name) or not entry.is_dir(follow_symlinks=False):
            reading.refuse_unknown(entry, "这里只放按年度命名的文件夹（如 2020）")
            continue
        children = {child.name: child for child in reading.list_entries(Path(entry.path))}
        programme = None
        if "programme.yml" in children:
            programme = reading.read_yaml("programme", children.pop("programme.yml"))
            if programme is not None and not programme.complete:
                programme = None  # stand-ins would make a different programme
        filings = None
        if "filings.yml" in children:
            filings = reading.read_yaml("filings", children.pop("filings.yml"))
        sent = None
        if "sent.yml" in children:
            sent = reading.read_yaml("sent", children.pop("sent.yml"))
        accounts = None
        if "accounts.yml" in children:
            accounts = reading.read_yaml("accounts", children.pop("accounts.yml"))
        plan, plan_file = _read_plan(reading, content, programme)
        notes: dict[str, list[NoteRecord]] = {}
        tables: dict[str, list[YamlRecord]] = {}
        for name, child in children.items():
            kind = _BUREAU_FOLDERS.get(name)
            if kind is None or not child.is_dir(follow_symlinks=False):
                reading.refuse_unknown(
                    child,
                    "这里只放 programme.yml、accounts.yml、filings.yml、sent.yml 与 "
                    + "、".join(_BUREAU_FOLDERS)
                    + " 文件夹",
                )
                continue
            items = list(reading.list_entries(Path(child.path)))
            photos = _note_photos(reading, items) if kind in PICTURED.values() else {}
            for item in items:
                if kind in _TABLES and item.name.endswith(".yml"):
                    if table := reading.read_yaml(kind, item):
                        tables.setdefault(kind, []).append(table)
                elif kind not in _TABLES and item.name.endswith(".md"):
                    if note := reading.read_note(kind, item, photos.get(item.name.removesuffix(".md"), ())):
                        notes.setdefault(kind, []).append(note)
                elif item.name not in photos:
                    reading.refuse_unknown(
                        item, "文件类型不对：结账、更正、考核、问卷和抽签用 .yml，其余用 .md"
                    )
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
                accounts=accounts,
                draws={Path(r.file.path).stem: r for r in tables.get("draw", ())},
                assessments={Path(r.file.path).stem: r for r in tables.get("assessment", ())},
            ),
        )


def _note_photos(reading: Reading, items: Iterable[os.DirEntry[str]]) -> dict[str, tuple[PhotoFile, ...]]:
    """Return the photos that lie in folders beside the notes of the same names."""
    names = {item.name for item in items}
    found: dict[str, tuple[PhotoFile, ...]] = {}
    for folder in items:
        if f"{folder.name}.md" not in names or not folder.is_dir(follow_symlinks=False):
            continue
        photos = []
        for entry in reading.list_entries(Path(folder.path)):
            if not entry.name.lower().endswith(PHOTO_SUFFIXES):
                fix = f"这个文件夹只放 {folder.name}.md 的图片（.jpg、.png、.webp）；多余的文件删去"
                reading.refuse_unknown(entry, fix)
            elif (size := reading.find_size(entry)) is not None:
                photos.append(reading.read_photo(entry, size))
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
    reading: Reading, content: Path, programme: YamlRecord | None
) -> tuple[Plan | None, SourceFile | None]:
    if programme is None:
        return None, None
    name = programme.data.plan_text
    path = content / "plan" / name
    if not re.fullmatch(r"[\w.-]+\.md", name) or path.is_symlink() or not path.is_file():
        reading.problems.append(
            Diagnostic(
                rule="programme-consistent",
                span=programme.find_span("plan_text"),
                message=f"找不到方案原文 content/plan/{name[:60]}",
                fix="把方案全文存为这个文件，或改正 plan_text",
            )
        )
        return None, None
    with path.open("rb") as file:
        decoded = decode_record(f"content/plan/{name}", file.read(MAX_BYTES + 1))
    kept, conflicts = keep_first_side(decoded.file)
    reading.problems += [*decoded.problems, *conflicts]
    return parse_plan(kept.text), decoded.file
