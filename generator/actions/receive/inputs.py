"""Gather what was sent, whatever it is packed in, and group the files that belong together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.actions.receive.draft import DraftPhoto
from generator.actions.receive.drafting import Group
from generator.actions.receive.evidence import Desk
from generator.actions.receive.packages import MANIFEST, Package, read_package
from generator.actions.receive.pasted import decode_text, read_message
from generator.actions.receive.school_names import SchoolNames
from generator.actions.receive.sources import (
    ZIP_MARKS,
    Refused,
    Source,
    is_office,
    list_zip_names,
    tell_kind,
)
from generator.actions.receive.untrusted_zip import unpack_zip
from generator.archive import Corpus
from generator.documents.reports.docx_report import read_report
from generator.documents.reports.report_content import ReportContent, list_lines
from generator.documents.tables.untrusted_office import TableError

PASTED = "粘贴的文字"
MOST_SOURCES = 2000
_DIGITS = re.compile("([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was sent: files that may be parts of reports, packages of the page 填报, and what is not taken."""

    sources: tuple[Source, ...]
    packages: tuple[Package, ...] = ()
    refused: tuple[Refused, ...] = ()


def gather(files: Iterable[tuple[str, bytes]], text: str | None = None) -> Received:
    """Return what was sent as named bytes, and perhaps as a pasted message; zips are opened, one level deep."""
    sources: list[Source] = []
    packages: list[Package] = []
    refused: list[Refused] = []
    for name, data in files:
        if _is_zip(data):
            opened = unpack_zip(name, data)
            if isinstance(opened, Refused):
                refused.append(opened)
                continue
            if any(path == MANIFEST for path, _ in opened.files):
                package = read_package(name, opened.files)
                (refused if isinstance(package, Refused) else packages).append(package)  # type: ignore[arg-type]
                refused += opened.refused
                continue
            refused += opened.refused
            stem = name.removesuffix(".zip")
            found = [tell_kind(f"{stem}/{path}", content) for path, content in opened.files]
        else:
            found = [tell_kind(name, data)]
        for each in found:
            (refused if isinstance(each, Refused) else sources).append(each)  # type: ignore[arg-type]
    if text is not None and text.strip():
        sources.append(Source(name=PASTED, kind="message", data=text.encode()))
    if len(sources) > MOST_SOURCES:
        refused.append(Refused(name=f"{len(sources)} 个文件", reason=f"一次最多 {MOST_SOURCES} 个；分几次交"))
        sources = []
    return Received(sources=tuple(sources), packages=tuple(packages), refused=tuple(refused))


def _is_zip(data: bytes) -> bool:
    """Say whether bytes are a zip and no Office file."""
    names = list_zip_names(data) if data.startswith(ZIP_MARKS) else ()
    return bool(names) and not is_office(names)


def open_desk(
    corpus: Corpus,
    today: dt.date,
    *,
    school: str | None = None,
    year: int | None = None,
    date: dt.date | None = None,
    measure: str | None = None,
) -> Desk:
    """Return what reports are read with. ``year``: the programme's, else the running one's. Raises LookupError."""
    programme = corpus.find_programme(year or corpus.find_running_year(today) or today.year)
    if programme is None:
        raise LookupError(year)
    return Desk(
        corpus=corpus,
        programme=programme,
        names=SchoolNames(corpus, programme),
        today=today,
        school=school,
        date=date,
        measure=measure,
        given_year=year is not None,
    )


def group_sources(sources: Sequence[Source]) -> Iterator[Group]:
    """Yield files that belong together: a folder's reports with its pictures and those of folders that have no report."""
    told = {source.folder for source in sources if source.kind != "picture"}
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(_home(source.folder, told), []).append(source)
    for folder, members in groups.items():
        ordered = sorted(members, key=lambda each: _natural(each.name))
        contents = []
        refused: list[Refused] = []
        for each in ordered:
            if each.kind != "picture":
                found = read_source_content(each)
                contents.append(found) if isinstance(found, ReportContent) else refused.append(found)
        yield Group(
            contents=tuple(contents),
            pictures=tuple(DraftPhoto(name=s.name, data=s.data) for s in _in_order(members)),
            hints=tuple(reversed([part for part in folder.split("/") if part])),
            refused=tuple(refused),
        )


def _home(folder: str, told: set[str]) -> str:
    """Return the folder whose report a file is beside: its own, else the nearest above that has one."""
    at = folder
    while at not in told:
        if not at:
            return folder
        at = at.rpartition("/")[0]
    return at


def _in_order(sources: Sequence[Source]) -> list[Source]:
    """Return a group's pictures: by their numbers where all have one, else as they were given."""
    pictures = [source for source in sources if source.kind == "picture"]
    if all(_DIGITS.search(source.name.rpartition("/")[2]) for source in pictures):
        pictures.sort(key=lambda source: _natural(source.name))
    return pictures


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key by which 2 comes before 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _DIGITS.split(name)]


def read_source_content(source: Source) -> ReportContent | Refused:
    """Return a report's or a message's content, or why it is not read."""
    if source.kind == "message":
        return read_message(source.name, decode_text(source.data) or "")
    try:
        content = read_report(source.name, source.data)
    except TableError as error:
        return Refused(name=source.name, reason=str(error))
    if not any(True for _ in list_lines(content.blocks)):
        why = (
            "里面只有图片，没有文字，像是扫描或拍照的页；请用有文字的 Word 文件"
            if content.pictures
            else "里面没有文字"
        )
        return Refused(name=source.name, reason=why)
    return content
