"""Read 附件2 from a grid: who helps whom and who is responsible; every other cell is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.documents.tables.grid import Grid, GridCell, Sheets, pack_text

Kind = Literal["helper", "rural", "private"]
_Role = Literal["helper", "rural", "private", "helped", "person", "kind"]

_TITLE = re.compile(r"^(?:附件[0-9一二三]*[:.]?)?(.{1,11}?(?:县|市|区|旗|州))(20[0-9]{2})")
_END = re.compile(r"(?:园|学校|小学|中学|学区|中心|校区|部|班|点)(?:[(（][^)）]*[)）])?$")
_PARTS = re.compile(r"[\s、，,；;/]+")
_RURAL = re.compile(r"[镇乡村]|小学|农场")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,6}\Z")
_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangedSchool:
    """A school of the table; ``responsible`` is None where the table does not say it without doubt."""

    name: str
    kind: Kind
    responsible: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangedPairing:
    """A helper, first, with the schools that it helps, and all persons named for them in the table's order."""

    schools: tuple[ArrangedSchool, ...]
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementReading:
    """What a file arranges. ``faults`` must be mended first; ``notes`` are to be read by the officer."""

    county: str
    year: int | None
    pairings: tuple[ArrangedPairing, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """The rows of one helper: the schools of each row in the order of the columns, and its persons."""

    helper: str
    where: str
    rows: list[tuple[list[tuple[str, Kind]], list[str]]] = field(default_factory=list)


def read_arrangement(sheets: Sheets) -> ArrangementReading:
    """Return what a file's tables arrange."""
    faults: list[str] = []
    notes: list[str] = []
    groups: list[_Group] = []
    above = [cell.text for grid in sheets.grids for row in grid.rows[:3] for cell in row]
    title = next(
        (found for text in (*sheets.lines, *above) if (found := _TITLE.match(pack_text(text)))), None
    )
    tables = 0
    for grid in sheets.grids:
        at, roles = _header(grid)
        if at is None:
            cells = [cell for row in grid.rows for cell in row if cell]
            notes += [f"{grid.place}没有“帮扶园”和“被帮扶园”两栏，没有读（{len(cells)} 格）"] if cells else []
            continue
        tables += 1
        for row in grid.rows[at + 1 :]:
            _row(row, roles, groups, faults, notes)
    if not tables:
        faults.append("没有找到结对安排表：要有一行表头写着“帮扶园、被帮扶农村园、被帮扶民办园、责任人”")
    elif not groups and not faults:
        faults.append("表里一个帮扶对子也没有")
    pairings = tuple(_pairing(group, faults, notes) for group in groups)
    names = [school.name for pairing in pairings for school in pairing.schools]
    faults += [
        f"“{name}”在表里出现了 {names.count(name)} 次；一所园只能在一个对子里"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    return ArrangementReading(
        county=title[1] if title else "",
        year=int(title[2]) if title else None,
        pairings=pairings,
        faults=tuple(faults),
        notes=(*notes, *sheets.lost),
    )


def _role(words: str) -> _Role | None:
    if "责任人" in words or "负责人" in words:
        return "person"
    if words in ("类别", "性质", "办园性质", "园所类别"):
        return "kind"
    if words.startswith(("被帮扶", "受帮扶", "受援")):
        if re.search("民办|私立", words):
            return "private"
        return "rural" if re.search("农村|乡镇|薄弱", words) else "helped"
    return "helper" if re.search("帮扶(?:园|学校|幼儿园|单位)|示范园|支援园", words) else None


def _header(grid: Grid) -> tuple[int | None, list[tuple[GridCell, _Role]]]:
    for index, row in enumerate(grid.rows[:_DEEPEST]):
        roles = [(cell, role) for cell in row if (role := _role(cell.packed))]
        found = {role for _, role in roles}
        if "helper" in found and found & {"rural", "private", "helped"}:
            return index, roles
    return None, []


def _row(
    row: Sequence[GridCell],
    roles: Sequence[tuple[GridCell, _Role]],
    groups: list[_Group],
    faults: list[str],
    notes: list[str],
) -> None:
    kind = ""
    schools: list[tuple[str, _Role]] = []
    persons: list[str] = []
    begun = False
    for cell in row:
        head = next(
            (
                h
                for h in roles
                if h[0].column < cell.column + cell.span and cell.column < h[0].column + h[0].span
            ),
            None,
        )
        if not cell:
            continue
        if head is None:
            if cell.packed not in map(str, range(1, 200)) and not re.match("备注|注[:：]", cell.text):
                notes.append(f"{cell.where}“{cell.text[:20]}”没有用上")
        elif head[1] == "helper":
            names = _schools(cell)
            if len(names) != 1:
                faults.append(
                    f"{cell.where}：一格里有 {len(names)} 所帮扶园（{'、'.join(names)[:60]}）；每个对子一行"
                )
                return
            if not groups or groups[-1].helper != names[0]:
                groups.append(_Group(helper=names[0], where=cell.where))
            begun = True
        elif head[1] == "person":
            persons += _persons(cell, notes)
        elif head[1] == "kind":
            kind = cell.packed
        else:
            schools += [(name, head[1]) for name in _schools(cell)]
    if not schools and not persons and not begun:
        return
    if not groups:
        faults.append(
            f"{row[0].where if row else ''}：这一行前面没有帮扶园（{'、'.join(n for n, _ in schools)}）"
        )
        return
    groups[-1].rows.append(([(name, _kind(name, role, kind, notes)) for name, role in schools], persons))


def _kind(name: str, role: _Role, said: str, notes: list[str]) -> Kind:
    if role in ("rural", "private"):
        return "private" if role == "private" else "rural"
    if said:
        return "private" if re.search("民办|私", said) else "rural"
    kind: Kind = "rural" if _RURAL.search(name) else "private"
    notes.append(f"表里没有写{name}是农村园还是民办园，按园名当作{'农村园' if kind == 'rural' else '民办园'}")
    return kind


def _schools(cell: GridCell) -> list[str]:
    """Return the schools of a cell: a piece that does not end like a school's name goes on in the next."""
    names: list[str] = []
    begun = ""
    for part in _PARTS.split("\n".join(cell.lines).strip()):
        begun += part.strip("“”\"'。")
        if _END.search(begun):
            names.append(begun)
            begun = ""
    if begun and names:
        names[-1] += begun
    elif begun:
        names.append(begun)
    return names


def _persons(cell: GridCell, notes: list[str]) -> list[str]:
    """Return the persons of a cell: single characters side by side are one name, spread out (白　雪)."""
    names: list[str] = []
    single = ""
    for part in _PARTS.split("\n".join(cell.lines).strip()):
        if len(part) == 1:
            single += part
            if len(single) == 2:
                names.append(single)
                single = ""
            continue
        if single:
            notes.append(f"{cell.where}里单独一个“{single}”不知道是谁的名字，请核对")
            names.append(single)
            single = ""
        if part:
            names.append(part)
            if not _PERSON.match(part):
                notes.append(f"{cell.where}里的“{part[:20]}”不像姓名，请核对")
    if single:
        notes.append(f"{cell.where}里单独一个“{single}”不知道是谁的名字，请核对")
        names.append(single)
    return names


def _pairing(group: _Group, faults: list[str], notes: list[str]) -> ArrangedPairing:
    schools = [school for row, _ in group.rows for school in row]
    persons = [person for _, row in group.rows for person in row]
    if not schools:
        faults.append(f"{group.where}：{group.helper}没有被帮扶园")
    matched = _matched(group)
    if matched is None:
        who = "、".join(persons) if persons else "没有写"
        notes.append(
            f"{group.helper}一组有 {len(schools) + 1} 所园，责任人有 {len(persons)} 位（{who}），对不上，请在各园的 school.yml 里填"
        )
    names: list[tuple[str, Kind]] = [(group.helper, "helper"), *schools]
    return ArrangedPairing(
        schools=tuple(
            ArrangedSchool(name=name, kind=kind, responsible=matched[index] if matched else None)
            for index, (name, kind) in enumerate(names)
        ),
        persons=tuple(dict.fromkeys(persons)),
    )


def _matched(group: _Group) -> list[str] | None:
    """Return the persons in the order of the schools, where the numbers leave no doubt.

    附件2 lists the helper's first, then those of the helped schools in the order of the columns; a table with
    a row for each school has each school's in its row, the helper's in front of the first.
    """
    if len(filled := [row for row in group.rows if row[1]]) == 1:
        rows = [schools for schools, _ in group.rows if schools]
        if len(rows) > 1 and len({kind for row in rows for _, kind in row}) > 1:
            return None  # by rows or by columns?
        return filled[0][1] if len(filled[0][1]) == sum(map(len, rows)) + 1 else None
    counts = [len(persons) - len(schools) for schools, persons in group.rows]
    if counts and counts[0] == 1 and not any(counts[1:]):
        return [person for _, persons in group.rows for person in persons]
    return None
