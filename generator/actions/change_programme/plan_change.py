"""Plan a change of the programme: edit the files' texts, check the result, compute what it does; write nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import rules
from generator.actions.change_programme.edits import EditError
from generator.actions.change_programme.effects import Effect, list_effects
from generator.actions.change_programme.yaml_layout import EditedFile
from generator.actions.closing.reasons import CHAIN
from generator.actions.transaction import open_transaction
from generator.archive import Corpus, SchoolRecords
from generator.records import YamlRecord, parse_yaml
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.yaml_writing import format_yaml

Edit = Callable[[Any], None]
"""Changes a file's data in place; raises EditError where it cannot."""

_SCHEMA = "# yaml-language-server: $schema=../schema/school.schema.json\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file before and after; ``old`` is None for a new one. ``path`` is relative to the archive."""

    path: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChange:
    """What a change will do.

    after: the archive with the change.
    problems: what would be wrong in the changed files and was not before; then the change is not made.
    consequences: what is wrong elsewhere afterwards and was not before, closed months to be amended among it.
    """

    after: Corpus
    files: tuple[ChangedFile, ...]
    effects: tuple[Effect, ...]
    problems: tuple[Diagnostic, ...]
    consequences: tuple[Diagnostic, ...]


def plan_change(
    corpus: Corpus,
    year: int,
    today: dt.date,
    *,
    programme: Edit | None = None,
    schools: Mapping[str, Edit] | None = None,
    new_schools: Mapping[str, dict[str, object]] | None = None,
) -> PlannedChange:
    """Plan a change of a year's programme and of schools' profiles.

    new_schools: the fields of ``school.yml`` of schools that have no folder yet.   Raises EditError.
    """
    files: list[ChangedFile] = []
    after = corpus
    for school, fields in (new_schools or {}).items():
        text = _SCHEMA + format_yaml(fields)
        files.append(ChangedFile(path=f"records/{school}/school.yml", old=None, new=text))
        after = _put_profile(after, school, _read("school", files[-1]))
    for school, edit in (schools or {}).items():
        records = corpus.schools.get(school)
        files.append(_edit(f"records/{school}/school.yml", records.profile if records else None, edit))
        after = _put_profile(after, school, _read("school", files[-1]))
    if programme is not None:
        bureau = corpus.bureau[year]
        files.append(_edit(f"records/bureau/{year}/programme.yml", bureau.programme, programme))
        changed = replace(bureau, programme=_read("programme", files[-1]))
        after = replace(after, bureau={**after.bureau, year: changed})
    found = _find_new_problems(corpus, after, today)
    paths = {file.path for file in files}
    blocking = [each for each in found if each.span.file.path in paths and each.rule not in CHAIN]
    return PlannedChange(
        after=after,
        files=tuple(file for file in files if file.new != file.old),
        effects=tuple(list_effects(corpus, after, year, today)),
        problems=tuple(blocking),
        consequences=tuple(each for each in found if each not in blocking),
    )


def _edit(path: str, record: YamlRecord | None, edit: Edit) -> ChangedFile:
    if record is None or not record.complete:
        raise EditError(f"{path} 读不出来，或还有错误；先改正：pairing check --only {path}")
    edited = EditedFile(record.file.text)
    edit(edited.data)
    return ChangedFile(path=path, old=record.file.text, new=edited.format_text())


def _read(kind: str, file: ChangedFile) -> YamlRecord:
    record, problems = parse_yaml(kind, file.path, file.new.encode())
    if record is None or problems:
        said = "；".join(f"{problem.message}（{problem.fix}）" for problem in problems)
        raise EditError(f"写进 {file.path} 就读不出来了：{said}")
    return record


def _put_profile(corpus: Corpus, school: str, profile: YamlRecord) -> Corpus:
    known = corpus.schools.get(school) or SchoolRecords(
        id=school, profile=None, plans={}, rosters={}, agreements={}, activities=(), problems=()
    )
    schools = {**corpus.schools, school: replace(known, profile=profile)}
    return replace(corpus, schools=dict(sorted(schools.items())))


def _find_new_problems(before: Corpus, after: Corpus, today: dt.date) -> list[Diagnostic]:
    known = {_identify(problem) for problem in _check(before, today)}
    return [problem for problem in _check(after, today) if _identify(problem) not in known]


def _check(corpus: Corpus, today: dt.date) -> list[Diagnostic]:
    found = rules.check_corpus(corpus, today, scopes=(rules.Scope.FILE,))
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _identify(problem: Diagnostic) -> tuple[str, str, str]:
    """Return what tells a problem from another one wherever its line has moved to."""
    return problem.rule, problem.span.file.path, problem.message


def write_change(root: Path, planned: PlannedChange) -> None:
    """Write all files of a change, or none. Raises ChangeError or OSError."""
    with open_transaction(root) as changes:
        for file in planned.files:
            target = root / file.path
            if file.old is None:
                target.parent.mkdir(parents=True, exist_ok=True)
                changes.add_file(target, file.new.encode())
            else:
                changes.replace_file(target, file.new.encode())
        changes.carry_out()
