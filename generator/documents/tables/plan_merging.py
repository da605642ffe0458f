"""Merge an imported plan into the archive's: the same task keeps its id.

Activities say by id which task they fulfil, so an id is never given to another task: not in this import,
and not to a new task while an activity still names an old one.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.documents.tables.grid import pack_text
from generator.documents.tables.plan_days import spell_month
from generator.documents.tables.plan_reading import PlanEntry, guess_measure
from generator.records.models import Measure, PlanRow

MOST_A_MONTH = 99
_LIKE = 0.6
_SAME_DAY = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What happens to a row. ``held`` rows are no longer planned, but activities name them.

    fields: of a changed row, (name, old, new) of each; the words are Chinese.
    """

    kind: Literal["added", "changed", "removed", "held"]
    row: PlanRow
    fields: tuple[tuple[str, str, str], ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPlan:
    """The new plan's rows and what changes; ``guessed`` are (row, measure's name) and ``unguessed`` the others."""

    rows: tuple[PlanRow, ...]
    changes: tuple[RowChange, ...]
    guessed: tuple[tuple[PlanRow, str], ...]
    unguessed: tuple[PlanRow, ...]
    faults: tuple[str, ...]


def merge_plans(
    old: Sequence[PlanRow],
    entries: Sequence[PlanEntry],
    *,
    measures: Sequence[Measure],
    referred: Mapping[str, Sequence[str]],
    drop: bool = False,
) -> MergedPlan:
    """Return the plan that ``entries`` make of ``old``; ``referred`` are the activities' keys by the id they name."""
    if faults := _too_many(entries):
        return MergedPlan(rows=tuple(old), changes=(), guessed=(), unguessed=(), faults=faults)
    matched = _matched(old, entries)
    taken = {row.id for row in old} | set(referred)
    names = {measure.id: measure.name for measure in measures}
    rows: list[PlanRow] = []
    changes: list[RowChange] = []
    guessed: list[tuple[PlanRow, str]] = []
    unguessed: list[PlanRow] = []
    crowded: list[str] = []
    for entry, same in zip(entries, matched, strict=True):
        if same is not None:
            row = _updated(same, entry)
            if row != same:
                changes.append(
                    RowChange(kind="changed", row=row, fields=tuple(_differences(same, row, names)))
                )
        else:
            number = next(n for n in range(1, 10_000) if f"{entry.month}-{n}" not in taken)
            if number > MOST_A_MONTH:
                crowded.append(f"{entry.where}：一个月的任务编号最多到 {MOST_A_MONTH}")
                break
            taken.add(f"{entry.month}-{number}")
            measure = entry.measure or guess_measure(entry.task, measures)
            row = PlanRow(
                id=f"{entry.month}-{number}",
                month=entry.month,
                date=entry.date,
                task=entry.task,
                measure=measure,
                lead=entry.lead,
            )
            changes.append(RowChange(kind="added", row=row))
            if measure and not entry.measure:
                guessed.append((row, names[measure]))
            elif not measure:
                unguessed.append(row)
        rows.append(row)
    kept = {row.id for row in matched if row is not None}
    for row in old:
        if row.id in kept:
            continue
        activities = tuple(referred.get(row.id, ()))
        if activities and not drop:
            rows.append(row)
        kind: Literal["held", "removed"] = "held" if activities and not drop else "removed"
        changes.append(RowChange(kind=kind, row=row, activities=activities))
    return MergedPlan(
        rows=tuple(sorted(rows, key=lambda r: r.month)),
        changes=tuple(sorted(changes, key=lambda c: c.row.month)),
        guessed=tuple(guessed),
        unguessed=tuple(unguessed),
        faults=tuple(crowded),
    )


def _too_many(entries: Sequence[PlanEntry]) -> tuple[str, ...]:
    """Return a fault for each month that has more tasks than a month has numbers."""
    counts = Counter(entry.month for entry in entries)
    return tuple(
        f"{spell_month(int(month[5:]))}月有 {count} 项任务，一个月最多 {MOST_A_MONTH} 项"
        for month, count in counts.items()
        if count > MOST_A_MONTH
    )


def _updated(row: PlanRow, entry: PlanEntry) -> PlanRow:
    """Return a row with what the table says; what it has no column for stays."""
    return row.model_copy(
        update={
            "task": entry.task,
            "date": entry.date if "time" in entry.says else row.date,
            "lead": entry.lead if "lead" in entry.says else row.lead,
            "measure": entry.measure or row.measure,
        }
    )


def _differences(old: PlanRow, new: PlanRow, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    pairs = (
        ("帮扶任务", old.task, new.task),
        ("帮扶时间", _day(old.date), _day(new.date)),
        ("负责人", old.lead or "", new.lead or ""),
        ("帮扶内容", names.get(old.measure or "", ""), names.get(new.measure or "", "")),
    )
    return [pair for pair in pairs if pair[1] != pair[2]]


def _day(day: dt.date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _matched(old: Sequence[PlanRow], entries: Sequence[PlanEntry]) -> list[PlanRow | None]:
    """Return for each entry the row that is the same task: by its words, else by likeness."""
    found: list[PlanRow | None] = [None] * len(entries)
    free = list(old)

    def pair(key_of_row: Callable[[PlanRow], object], key_of_entry: Callable[[PlanEntry], object]) -> None:
        waiting: dict[object, list[PlanRow]] = {}
        for row in free:
            waiting.setdefault(key_of_row(row), []).append(row)
        for index, entry in enumerate(entries):
            if found[index] is None and (rows := waiting.get(key_of_entry(entry))):
                found[index] = rows.pop(0)
                free.remove(found[index])  # type: ignore[arg-type]  # it was just set

    pair(lambda r: (r.month, pack_text(r.task), r.date), lambda e: (e.month, pack_text(e.task), e.date))
    pair(lambda r: (r.month, pack_text(r.task)), lambda e: (e.month, pack_text(e.task)))
    for index, entry in enumerate(entries):
        if found[index] is None:
            best = _most_alike(entry, [row for row in free if row.month == entry.month])
            if best is not None:
                found[index] = best
                free.remove(best)
    return found


def _most_alike(entry: PlanEntry, rows: Sequence[PlanRow]) -> PlanRow | None:
    """Return the row whose words are most like a task's; the same day speaks for it, and alone not enough."""
    words = difflib.SequenceMatcher(autojunk=False)
    words.set_seq2(pack_text(entry.task))  # what is worked out of it serves for all rows
    best, likeness = None, _LIKE
    for row in rows:
        words.set_seq1(pack_text(row.task))
        extra = _SAME_DAY if row.date and row.date == entry.date else 0
        # The two bounds are cheap; where they are too low, the ratio itself is.
        if all(ratio() + extra >= likeness for ratio in (words.real_quick_ratio, words.quick_ratio)):
            found = words.ratio() + extra
            if found > likeness or (best is None and found == likeness):
                best, likeness = row, found
    return best
