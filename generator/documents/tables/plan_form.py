"""Fill in 附件3 for a school, as a value: its tasks, with 完成情况 from the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.accounts.plan_tasks import Task
from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.documents.tables.plan_days import spell_month
from generator.records import ActivityRecord
from generator.records.models import Programme

BLANK_ROWS = 3
BLANK_DAY = "　月　日"
COLUMNS = ("月份", "帮扶时间", "帮扶任务", "负责人", "完成情况")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A row of the form; all texts are plain."""

    day: str = BLANK_DAY
    task: str = ""
    lead: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """The form of one school and year. ``months`` are (name, rows), each with a row at least."""

    label: str
    title: str
    months: tuple[tuple[str, tuple[FormRow, ...]], ...]
    remark: str

    @property
    def rows(self) -> int:
        """How many rows the table has below its header."""
        return sum(len(rows) for _, rows in self.months)


def make_blank_form(corpus: Corpus, year: int, school: str | None) -> PlanForm | None:
    """Return the form to be filled in, None without a programme: as many rows a month as the plan asks for."""
    programme = corpus.find_programme(year)
    if programme is None:
        return None
    rows = (FormRow(),) * max(BLANK_ROWS, programme.find_quota(school) if school else programme.quotas.helper)
    name = corpus.name_school(school) if school else "＊＊校（园）"
    return _form(corpus, programme, name, dict.fromkeys(programme.months, rows))


def make_filled_form(
    corpus: Corpus,
    year: int,
    school: str,
    tasks: Sequence[Task],
    *,
    number: Callable[[str], str | None],
    shown: Callable[[ActivityRecord], bool] = lambda activity: True,
) -> PlanForm | None:
    """Return a school's plan as the form, None without a programme.

    number: the filing number of an activity's key, None while it has none.   shown: says whether an activity
    may be named; others are only counted.
    """
    programme = corpus.find_programme(year)
    if programme is None:
        return None
    months: dict[str, tuple[FormRow, ...]] = dict.fromkeys(programme.months, ())
    for task in tasks:
        row = FormRow(
            day=f"{task.row.date.month}月{task.row.date.day}日" if task.row.date else BLANK_DAY,
            task=mask_private_words(task.row.task),
            lead=mask_private_words(task.row.lead or ""),
            done=_done(task, number, shown),
        )
        months[task.row.month] = (*months.get(task.row.month, ()), row)
    rows = {month: found or (FormRow(),) for month, found in sorted(months.items())}
    return _form(corpus, programme, corpus.name_school(school), rows)


def _form(
    corpus: Corpus, programme: Programme, name: str, months: dict[str, tuple[FormRow, ...]]
) -> PlanForm:
    plan = corpus.bureau[programme.year].plan
    table, quota = programme.requirements.get("plan-table", ""), programme.requirements.get("quota", "")
    clause = plan.find_clause(quota) if plan and table and quota.startswith(table) else None
    remark = clause.quote.removeprefix("备注：") if clause else ""
    return PlanForm(
        label=table if table.startswith("附件") else "",
        title=f"{name}{programme.year}年结对帮扶工作计划表",
        months=tuple((spell_month(int(month[5:])), rows) for month, rows in months.items()),
        remark=f"备注：{remark}" if remark else "",
    )


def _done(task: Task, number: Callable[[str], str | None], shown: Callable[[ActivityRecord], bool]) -> str:
    """Return the state and, of each activity, day, title and filing number."""
    parts, hidden = [], 0
    for activity in task.activities:
        if not shown(activity):
            hidden += 1
            continue
        data = activity.data
        filed = number(activity.key)
        parts.append(
            f"{data.date.month}月{data.date.day}日《{_quoted(mask_private_words(data.title, data.private))}》"
            + (f"，备案号{filed}" if filed else "")
        )
    if hidden:
        parts.append(f"另有{hidden}项不公开" if parts else f"{hidden}项活动不公开")
    return task.state.value + (f"：{'；'.join(parts)}" if parts else "")


def _quoted(title: str) -> str:
    """Return a title for inside 《》, whose own marks become 〈〉 (GB/T 15834-2011, 4.15.3.2)."""
    return title.replace("《", "〈").replace("》", "〉")
