"""Take what a row of the plan table says of an activity: its day, kind of help, name and person in charge."""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive import Corpus
from generator.documents.tables.grid import pack_text
from generator.documents.tables.plan_reading import guess_measure
from generator.images.faults import Fault
from generator.records.models import PlanRow, Programme


def find_plan_row(corpus: Corpus, school: str, typed: str) -> tuple[int, PlanRow] | Fault:
    """Return the row of that id in the school's plan tables, with the table's year."""
    rows = list(_list_rows(corpus, school))
    found = next(((year, row) for year, row in reversed(rows) if row.id == typed.strip()), None)
    if found:
        return found
    undone = {a.data.plan for a in corpus.activities if a.school == school}
    open_rows = [row for _, row in rows if row.id not in undone] or [row for _, row in rows]
    fix = (
        "可以写：" + "；".join(f"{row.id} {row.task}" for row in open_rows[-12:])
        if rows
        else "计划表里还没有任务"
    )
    return Fault(message=f"{corpus.name_school(school)}的计划表里没有“{typed[:40]}”这一项", fix=fix)


def _list_rows(corpus: Corpus, school: str) -> Iterator[tuple[int, PlanRow]]:
    records = corpus.schools.get(school)
    for year, table in sorted(records.plans.items()) if records else ():
        yield from ((year, row) for row in table.data.rows)


def guess_row_measure(row: PlanRow, programme: Programme) -> str | None:
    """Return the row's measure, else the one that its task names, None where that is none or not one."""
    return row.measure or guess_measure(row.task, programme.measures)


def make_title(row: PlanRow, programme: Programme) -> str:
    """Return a row's task as a title, without the kind of help in front of it."""
    head, sign, rest = row.task.partition("：")
    names = {pack_text(measure.name) for measure in programme.measures}
    return rest.strip() if sign and rest.strip() and pack_text(head) in names else row.task
