"""Turn 附件2 into a county's programme and schools: which files to write, and which of the template's to remove.

Everything is decided before anything changes. A school's folder goes only when nothing real lies in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.documents.plan_file.county_programme import make_county_programme
from generator.documents.plan_file.word_plan import WordPlan
from generator.documents.tables.arrangement_reading import ArrangedPairing, ArrangedSchool, ArrangementReading
from generator.documents.tables.existing_archive import ExistingArchive
from generator.documents.tables.grid import pack_text
from generator.documents.tables.next_year import clear_times, describe_renewal, find_last_year
from generator.documents.tables.school_ids import (
    ID,
    find_distinctive_part,
    find_township,
    propose_ids,
    propose_short_names,
)
from generator.plumbing.project import PROJECT
from generator.records import parse_yaml
from generator.records.models import Programme
from generator.records.yaml_writing import format_yaml

ASKED = "（请填写责任人）"
_HEAD = (
    "# yaml-language-server: $schema=../../schema/programme.schema.json\n"
    "# Made of the county's plan by `pairing start --plan`. Dates of the terms are the county's school calendar.\n"
)
_KINDS = {"helper": "帮扶园", "rural": "农村园", "private": "民办园"}
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·（）]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCounty:
    """What is to be done. ``files`` are texts by path below the root; ``removed`` are paths that go.

    messages: the table of schools, and all that the officer should confirm, line by line.   faults: as everywhere.
    renews: the year that this one follows in an archive in use, which stays as it is; None for a beginning.
    schools: the ids of all that take part.   summary: what a renewal does.   office: who receives the material.
    """

    year: int
    files: Mapping[str, str]
    removed: tuple[str, ...]
    messages: tuple[str, ...]
    faults: tuple[str, ...]
    renews: int | None = None
    schools: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    office: str = ""


def arrange_county(
    reading: ArrangementReading,
    present: ExistingArchive,
    *,
    county: str | None = None,
    year: int | None = None,
    ids: Mapping[str, str] | None = None,
    plan: WordPlan | None = None,
) -> NewCounty:
    """Plan the files that a table of pairings, and a plan in Word, add and remove.

    ids: the officer's own, by name.
    """
    faults = list(reading.faults)
    old = present.programme
    said = plan.markdown if plan else None
    county = county or (said.county if said else "") or reading.county or old.county
    year = year or (said.year if said else None) or reading.year or present.year
    other = county != old.county
    last = find_last_year(present.years, year, other_county=other, real=bool(present.real))
    schools = [school for pairing in reading.pairings for school in pairing.schools]
    names = [school.name for school in schools]
    known = {} if other else {pack_text(s.name): id_ for id_, s in present.schools.items()}
    given = {pack_text(name): id_ for name, id_ in (ids or {}).items()}
    faults += _wrong_ids(given, [pack_text(name) for name in names])
    if other and present.real:
        listed = "、".join(sorted(present.real))
        faults.append(
            f"换成{county}以前，{old.county}的真实记录要先移走：{listed}；或者换一份没有真实记录的档案"
        )
    found = propose_ids(
        names,
        county=county,
        known={
            name: id_ for name in names if (id_ := given.get(pack_text(name)) or known.get(pack_text(name)))
        },
        taken=frozenset() if other else frozenset(present.schools),
    )
    shorts = propose_short_names(names, county=county)
    if faults:
        return NewCounty(year=year, files={}, removed=(), messages=reading.notes, faults=tuple(faults))
    notes: tuple[str, ...] = reading.notes
    if plan:
        text, own = _write_programme(plan, present, reading, found, county, year)
        notes = (*own, *plan.notes, *notes)
    else:
        text = _programme(present, reading, found, county, year)
    place = f"records/bureau/{year}/programme.yml"
    same = (year, text) == (present.year, present.text) and not present.is_model
    files = {} if same else {place: text}
    if plan:
        files[f"content/plan/{year}.md"] = plan.markdown.text
    elif present.is_model:
        files[f"content/plan/{old.plan_text}"] = (PROJECT / "content/plan" / old.plan_text).read_text("utf-8")
    for pairing in reading.pairings:
        for school in pairing.schools:
            id_ = found[school.name][0]
            before = None if other else present.schools.get(id_)
            if before is None:
                files[f"records/{id_}/school.yml"] = _school(school, pairing, id_, shorts[school.name])
    first = year == present.year and last is None
    gone = _gone(present, {id_ for id_, _ in found.values()}, other=other, first=first)
    removed = [path for id_ in gone for path in (f"records/{id_}/school.yml", *present.plans.get(id_, ()))]
    if other and year != present.year and not present.is_model:
        removed.append(f"records/bureau/{present.year}/programme.yml")
        removed += [path for paths in present.plans.values() for path in paths if path not in removed]
    if other and plan and old.plan_text != f"{year}.md" and not present.is_model:
        removed.append(f"content/plan/{old.plan_text}")
    office = old.office
    for path, text in files.items():
        if path.endswith(".md"):
            continue
        kind = "programme" if path.endswith("programme.yml") else "school"
        record, problems = parse_yaml(kind, path, text.encode())
        if kind == "programme" and record:
            office = record.data.office
        faults += [f"{path}：{problem.message}" for problem in problems] or ([] if record else [path])
    messages = [
        *_table(schools, found, shorts, present, other=other),
        *_asked(present, reading, county, year, other=other, has_plan=plan is not None),
    ]
    if left := sorted(
        (present.schools.keys() - {i for i, _ in found.values()} - set(gone)) if not other else ()
    ):
        messages.append(f"这些校（园）不在表里，文件夹留着：{'、'.join(left)}")
    return NewCounty(
        year=year,
        files=files,
        removed=tuple(removed),
        messages=(*messages, *notes),
        faults=tuple(faults),
        renews=last,
        office=office,
        schools=tuple(found[name][0] for name in names),
        summary=tuple(describe_renewal(county, last, year, old.plan_text, has_plan=plan is not None))
        if last
        else (),
    )


def _wrong_ids(given: Mapping[str, str], names: list[str]) -> Iterator[str]:
    for name, id_ in given.items():
        if name not in names:
            yield f"--id {name}={id_}：表里没有“{name}”"
        elif not ID.match(id_):
            yield f"--id {name}={id_}：代号只用小写字母、数字和短横线"
        elif list(given.values()).count(id_) > 1:
            yield f"--id {name}={id_}：这个代号写了两次"


def _gone(present: ExistingArchive, stay: set[str], *, other: bool, first: bool) -> tuple[str, ...]:
    """Return the template's schools that the new arrangement does not know and that hold nothing real."""
    if not other and not first:
        return ()  # last year's programme still names them
    return tuple(id_ for id_ in present.schools if id_ not in stay and id_ not in present.real)


def _programme(
    present: ExistingArchive,
    reading: ArrangementReading,
    found: Mapping[str, tuple[str, bool]],
    county: str,
    year: int,
) -> str:
    """Return the programme's text with the new pairings, its remarks and all else kept."""
    old, text = present.programme, present.text
    if year != old.year:
        text = clear_times(text, _block)
        for key in ("year", "title", "terms"):
            text = _block(text, key, lambda part: re.sub(rf"(?<!\d){old.year}(?!\d)", str(year), part))
    if county != old.county:
        for key in ("county", "title", "issuer"):
            text = _block(text, key, lambda part: part.replace(old.county, county))
        text = _block(text, "leading_group", lambda part: "leading_group: []\n")
        text = _block(text, "oddities", lambda part: "")
    lines = ["pairings:"]
    for pairing in reading.pairings:
        helper, *helped = (found[school.name][0] for school in pairing.schools)
        lines.append(f"  - helper: {helper}")
        lines.append(f"    helped: [{', '.join(helped)}]")
        lines.append(f"    responsible: [{', '.join(map(_scalar, pairing.persons or (ASKED,)))}]")
    new = "\n".join(lines) + "\n"
    same = [
        (found[p.schools[0].name][0], [found[s.name][0] for s in p.schools[1:]], list(p.persons))
        for p in reading.pairings
    ]
    if year == old.year and same == [(p.helper, list(p.helped), list(p.responsible)) for p in old.pairings]:
        return text
    return _block(text, "pairings", lambda part: new)


def _write_programme(
    plan: WordPlan,
    present: ExistingArchive,
    reading: ArrangementReading,
    found: Mapping[str, tuple[str, bool]],
    county: str,
    year: int,
) -> tuple[str, tuple[str, ...]]:
    """Return a programme's text made of a plan and the pairings, and what the officer should confirm."""
    made = make_county_programme(
        plan.plan,
        plan.facts,
        plan.blocks,
        present.programme,
        county=county,
        year=year,
        last_plan=present.plan if county == present.programme.county else None,
    )
    pairings = [
        {
            "helper": found[pairing.schools[0].name][0],
            "helped": [found[school.name][0] for school in pairing.schools[1:]],
            "responsible": list(pairing.persons or (ASKED,)),
        }
        for pairing in reading.pairings
    ]
    data = {**made.data, "pairings": pairings}
    order = [name for name in Programme.model_fields if name in data]
    return _HEAD + format_yaml({name: data[name] for name in order}), made.notes


def _block(text: str, key: str, change: Callable[[str], str]) -> str:
    """Return a programme's text with the lines of a top-level key changed."""
    lines = text.splitlines(keepends=True)
    begin = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if begin is None:
        return text
    end = begin + 1
    while end < len(lines) and (lines[end][0] in " -\t" or not lines[end].strip()):
        end += 1
    return "".join((*lines[:begin], change("".join(lines[begin:end])), *lines[end:]))


def _school(school: ArrangedSchool, pairing: ArrangedPairing, id_: str, short: str) -> str:
    helper, *helped = pairing.schools
    if school.kind == "helper":
        profile = f"结对帮扶{'、'.join(s.name for s in helped)}。"
    else:
        profile = f"{_KINDS[school.kind]}，由{helper.name}结对帮扶。"
    place = find_township(school.name) if school.kind == "rural" else None
    lines = [
        "# yaml-language-server: $schema=../schema/school.schema.json",
        f"id: {id_}",
        f"name: {_scalar(school.name)}",
        f"short: {_scalar(short)}",
        f"kind: {school.kind}",
        *([f"township: {_scalar(place)}"] if place else []),
        f"responsible: {_scalar(school.responsible or ASKED)}",
        "archivist: 专职档案员（待指定）",
        f"profile: {_scalar(profile)}",
    ]
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return (
        text
        if _PLAIN.match(text.removesuffix("。").replace("，", "").replace("、", ""))
        else json.dumps(text, ensure_ascii=False)
    )


def _table(
    schools: list[ArrangedSchool],
    found: Mapping[str, tuple[str, bool]],
    shorts: Mapping[str, str],
    present: ExistingArchive,
    *,
    other: bool,
) -> Iterator[str]:
    """Yield the schools as a table for the officer to confirm."""
    yield "代号 | 名称 | 简称 | 类别 | 责任人"
    for school in schools:
        id_, sure = found[school.name]
        before = None if other else present.schools.get(id_)
        short = before.short if before else shorts[school.name]
        person = school.responsible or (before.responsible if before else "") or "请填写"
        state = "" if sure else "（请确认代号）"
        indent = "" if school.kind == "helper" else "  "
        new = "" if before else " 新"
        yield f"{indent}{id_}{state} | {school.name} | {short} | {_KINDS[school.kind]}{new} | {person}"


def _asked(
    present: ExistingArchive,
    reading: ArrangementReading,
    county: str,
    year: int,
    *,
    other: bool,
    has_plan: bool,
) -> Iterator[str]:
    old = present.programme
    known = set() if other else {pack_text(school.name) for school in present.schools.values()}
    new = [s.name for p in reading.pairings for s in p.schools if pack_text(s.name) not in known]
    if any(len(find_distinctive_part(name, county)) > 4 for name in new):
        yield "简称取了园名的前三个字的，不合适就在 school.yml 里改 short"
    for pairing in reading.pairings:
        for school in pairing.schools:
            before = (
                None
                if other
                else next((s for s in present.schools.values() if pack_text(s.name) == school.name), None)
            )
            if before and school.responsible and before.responsible != school.responsible:
                yield f"{school.name}的责任人，表里是{school.responsible}，school.yml 里是{before.responsible}，没有改，请核对"
    if has_plan:
        return
    if year != old.year:
        yield f"学期的日期按 {old.year} 年推到 {year} 年，请照校历改 programme.yml 的 terms"
    if other:
        yield f"方案原文还是{old.county}的：把本县方案全文存为 content/plan/{year}.md，再改 programme.yml 的 plan_text、条款和数量"
        yield "领导小组（附件1）是空的，请填 leading_group；发文单位和科室请核对 issuer、office"
