"""The planned tasks of a school (附件3), with 完成情况 from its records."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from generator.accounts.ledger import is_late
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.records import ActivityRecord
from generator.records.models import PlanRow


class TaskState(enum.StrEnum):
    """完成情况 of a row of the plan table."""

    DONE = "已完成"
    LATE = "逾期完成"
    UNDONE = "未完成"
    OPEN = "未到期"
    EXCUSED = "免报"
    OFF = "不要求"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of a school's plan table with the activities that fulfil it."""

    row: PlanRow
    state: TaskState
    activities: tuple[ActivityRecord, ...]


def list_tasks(corpus: Corpus, year: int, school: str, today: dt.date) -> tuple[Task, ...]:
    """Return a school's plan table with 完成情况 computed from the records (附件3)."""
    programme = corpus.find_programme(year)
    records = corpus.schools.get(school)
    plan = records.plans.get(year) if records else None
    if programme is None or records is None or plan is None:
        return ()
    fulfilled: dict[str, list[ActivityRecord]] = {}
    for activity in records.activities:
        if activity.complete and activity.year == year and activity.data.plan:
            fulfilled.setdefault(activity.data.plan, []).append(activity)
    found = []
    for row in plan.data.rows:
        by = tuple(sorted(fulfilled.get(row.id, ()), key=lambda a: (a.data.date, a.folder)))
        if by:
            state = TaskState.LATE if all(is_late(corpus, a, today) for a in by) else TaskState.DONE
        elif programme.find_excuse(school, row.month):
            state = TaskState.EXCUSED
        elif row.month in programme.months and not programme.is_member(school, row.month):
            state = TaskState.OFF
        elif row.month in programme.months and today <= find_deadline(programme, row.month):
            state = TaskState.OPEN
        else:
            state = TaskState.UNDONE
        found.append(Task(row=row, state=state, activities=by))
    return tuple(found)
