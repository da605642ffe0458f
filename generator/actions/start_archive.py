"""Start real use: remove the sample records, keep everything real."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_SAMPLE = re.compile(rb"^sample:[ \t]*true[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_EMPTY_PLAN = "# yaml-language-server: $schema=../../schema/plan.schema.json\nrows: []\n"
_YEAR = re.compile(r"[0-9]{4}\Z")


class StartError(Exception):
    """The archive cannot be started; its text is a Chinese message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReport:
    """What was done, or would be: paths relative to the root, POSIX, in order.

    ``removed`` are the sample files (records and their pictures), ``plans`` the plan tables written empty,
    ``kept`` the real records that were found and left alone.
    """

    removed: tuple[str, ...]
    plans: tuple[str, ...]
    kept: tuple[str, ...]


def start_archive(root: Path, *, dry_run: bool = False) -> StartReport:
    """Remove every sample record with its pictures and give every school of each programme an empty plan.

    Never touches a record without ``sample: true``, a link, or a file it does not know. Everything is
    decided before anything changes; a record goes after its pictures, so a second run finishes an
    interrupted one. Raises :class:`StartError` when there is no programme to start with.
    """
    records = root / "records"
    programmes = [path for path in _children(records / "bureau") if (path / "programme.yml").is_file()]
    if not programmes:
        raise StartError(f"{records} 里没有 bureau/年度/programme.yml，这里不是结对帮扶档案")
    removed: list[Path] = []
    kept: list[Path] = []
    plans: list[Path] = []
    planned = {(id_, year.name) for year in programmes for id_ in _school_ids(year / "programme.yml")}
    for school in _children(records):
        if school.name == "schema" or not school.is_dir():
            continue
        for record in _records(school):
            if not _is_sample(record):
                if record.name != "plan.yml" or record.read_bytes() != _EMPTY_PLAN.encode():
                    kept.append(record)  # an empty plan table is no record
            elif record.name == "plan.yml" and (school.name, record.parent.name) in planned:
                plans.append(record)
            else:
                removed += [*_pictures(record), record]
    for year in programmes:
        for school_id in _school_ids(year / "programme.yml"):
            plan = records / school_id / year.name / "plan.yml"
            if plan.parent.parent.is_dir() and not plan.exists() and not plan.is_symlink():
                plans.append(plan)
    if not dry_run:
        for plan in plans:
            plan.parent.mkdir(exist_ok=True)
            _replace(plan, _EMPTY_PLAN)
        for path in removed:
            path.unlink(missing_ok=True)
        for folder in sorted({path.parent for path in removed}, reverse=True):
            _drop_empty(folder, records)
    return StartReport(
        removed=_names(root, removed), plans=tuple(sorted(_names(root, plans))), kept=_names(root, kept)
    )


def start_year(root: Path, year: int, schools: Iterable[str], *, dry_run: bool = False) -> tuple[str, ...]:
    """Give every school that has none an empty plan of a year; return their paths. No other file changes."""
    plans = [root / "records" / school / str(year) / "plan.yml" for school in dict.fromkeys(schools)]
    missing = [plan for plan in plans if not plan.exists() and not plan.is_symlink()]
    for plan in () if dry_run else missing:
        plan.parent.mkdir(parents=True, exist_ok=True)
        _replace(plan, _EMPTY_PLAN)
    return tuple(sorted(_names(root, missing)))


def drop_unchanged(root: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return the texts, by path below the root, that do not lie there already as they are."""
    return {
        name: text
        for name, text in files.items()
        if not (path := root / name).is_file() or path.read_bytes() != text.encode()
    }


def replace_files(root: Path, files: Mapping[str, str], removed: Iterable[str]) -> None:
    """Write texts by path below the root, each beside its place and renamed, then remove what goes."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    for name in removed:
        (root / name).unlink(missing_ok=True)
        _drop_empty((root / name).parent, root / "records")


def _names(root: Path, paths: list[Path]) -> tuple[str, ...]:
    return tuple(path.relative_to(root).as_posix() for path in paths)


def _children(folder: Path) -> list[Path]:
    """Return what lies in a folder, without links, in order of name."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.is_symlink())


def _records(school: Path) -> Iterator[Path]:
    """Yield every record that may be a sample: activities, plans, rosters, agreements, the bureau's."""
    for year in _children(school):
        if not _YEAR.match(year.name):
            continue
        for entry in _children(year):
            if entry.is_file() and entry.suffix in (".yml", ".md") and entry.name != "programme.yml":
                yield entry
            for inner in _children(entry):
                if inner.is_file() and inner.suffix in (".yml", ".md"):
                    yield inner
                elif (record := inner / "activity.md").is_file() and not record.is_symlink():
                    yield record


def _is_sample(record: Path) -> bool:
    """Say whether a record itself says ``sample: true``; what cannot be read for sure is real."""
    data = record.read_bytes()
    if record.suffix == ".md":
        front = _FRONT.match(data)
        data = front[1] if front else b""
    return _SAMPLE.search(data) is not None


def _pictures(record: Path) -> list[Path]:
    """Return a record's pictures: beside an activity, else in the folder of the record's name."""
    folder = record.parent if record.name == "activity.md" else record.with_suffix("")
    return [path for path in _children(folder) if path.suffix.lower() in _PICTURES and path.is_file()]


def _school_ids(programme: Path) -> list[str]:
    """Return the ids that a programme pairs; nothing when it cannot be read (the check says why)."""
    try:
        data = yaml.load(programme.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text only
        ids = [school for pair in data["pairings"] for school in (pair["helper"], *pair["helped"])]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError):
        return []
    return [school for school in ids if isinstance(school, str) and re.fullmatch(r"[a-z0-9-]+", school)]


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _drop_empty(folder: Path, stop: Path) -> None:
    while folder != stop and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
