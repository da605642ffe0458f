"""Read what an activity was: its title, its day, the kind of help, the row of the plan that it fulfils."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.actions.receive.draft import How
from generator.actions.receive.evidence import MOST_TEXT, Evidence
from generator.actions.receive.folding import fold_text, split_number
from generator.actions.receive.measures import list_measures, list_possible_measures, sort_measures
from generator.actions.receive.parts import Left
from generator.actions.receive.titles import choose_title, is_form_name, strip_mention
from generator.records.models import PlanRow

_LEAST_POINTS, _TIMES_NEXT, _LEAST_ALONE = 8, 2.5, 3
"""Points that a kind of help needs, and how many times the next one's, to be put down as a guess; and where there is no next one."""
_LONGEST_NAME = 40
"""Characters of a line at the head that may name the activity."""


def read_title(seen: Evidence) -> None:
    """Read the title: the stated name or theme, else the line at the head; a form's name alone is none."""
    stated = seen.first("title") or seen.first("topic")
    chosen, own, used = choose_title([*seen.found.head], seen.desk.names)
    outer, outer_own, _ = choose_title(seen.preamble, seen.desk.names)
    seen.form_title = " ".join(filter(None, (outer, chosen)))
    if stated and len(stated.text) <= MOST_TEXT:
        seen.title = stated.text
        seen.reading.put("title", stated.text, f"{stated.label}：{stated.text}", _how_named(seen))
        for at in reversed(used):
            seen.reading.left.append(Left(text=seen.found.head.pop(at), why="材料的名称"))
        return
    for at in reversed(used):
        del seen.found.head[at]
    seen.title = chosen if (own and not chosen.endswith("通知")) or not outer_own else outer
    if (plain := strip_mention(seen.title)) != seen.title:
        seen.reading.left.append(Left(text=seen.title, why="材料的名称"))
        seen.title = chosen = plain
    if chosen and seen.title != chosen:
        seen.reading.left.append(Left(text=chosen, why="材料的名称"))
    if seen.title and (own or outer_own or not is_form_name(seen.title)):
        rivals = [line for line in (*seen.found.head[:3], outer if chosen else "") if _may_name(seen, line)]
        how = (
            How.DIFFERS if rivals
            else How.TITLE if split_number(seen.title)[0] or seen.title.endswith("通知") or is_form_name(seen.title) or not (own or outer_own)
            else How.LABEL
        )  # fmt: skip
        seen.reading.put("title", seen.title, seen.title, how)
    else:
        if seen.title:
            seen.reading.left.append(Left(text=seen.title, why="材料的名称"))
        seen.reading.doubt("title", "没有写活动名称或主题")


def _how_named(seen: Evidence) -> How:
    """Say how clear a stated name is: 活动内容 may be an account, and two names differ."""
    names = {fold_text(fact.text) for fact in seen.facts("title") if fact.text}
    return How.DIFFERS if len(names) > 1 else How.LABEL if names else How.TITLE


def _may_name(seen: Evidence, line: str) -> bool:
    """Say whether a line that was not taken for the title could be it as well."""
    title, own, _ = choose_title([line], seen.desk.names)
    return own and title != seen.title and len(title) <= _LONGEST_NAME


def list_rows(seen: Evidence) -> list[PlanRow]:
    """Return the rows of the school's plan for the activity's month."""
    day = seen.reading.values.get("date")
    records = seen.desk.corpus.schools.get(seen.school)
    plan = records.plans.get(seen.desk.programme.year) if records else None
    if not isinstance(day, dt.date) or plan is None or not plan.knows("rows"):
        return []
    rows: list[PlanRow] = plan.data.rows
    return [row for row in rows if row.month == f"{day:%Y-%m}"]


def read_measure(seen: Evidence) -> None:
    """Read the kind of help: one that name and theme mean and no other, or that the plan's row of the day has."""
    measures = seen.desk.programme.measures
    if seen.desk.measure:
        seen.reading.put("measure", seen.desk.measure, "--measure", How.GIVEN)
        return
    names = {measure.id: measure.name for measure in measures}
    found: tuple[str, ...] = ()
    words = ""
    places = [
        [fact.text for fact in seen.facts("measure")],
        [fact.text for fact in seen.facts("title", "topic")],
        [seen.title],
        [seen.form_title],
        list(seen.hints[:1]),
        [line for line in seen.found.head[:2] if len(line) <= _LONGEST_NAME],
        [seen.prose.split("\n")[0]],  # where a text without headings says what was done
    ]
    hows = [How.LABEL, How.LABEL, How.LABEL, How.TITLE, How.GUESS, How.TEXT, How.TEXT]
    how = How.TEXT
    for texts, how in zip(places, hows, strict=True):  # noqa: B007  # the last one is what is kept
        words = "；".join(filter(None, texts))
        if words and (found := list_measures(words, measures)):
            break
    day = seen.reading.values.get("date")
    planned = {row.measure for row in list_rows(seen) if row.date == day and row.measure}
    if len(found) == 1 and (not planned or found[0] in planned):
        if how is How.LABEL and not planned and _tells_otherwise(seen, found[0]):
            how = How.DIFFERS
        elif how is How.LABEL and not list_measures(words.replace("送教", ""), measures):
            how = How.TITLE  # 送教下乡 alone may be a lecture as well
        seen.reading.put("measure", found[0], words[:60], how.unless(bool(planned)))
    elif len(both := planned & set(found)) == 1 or (not found and len(planned) == 1):
        chosen = next(iter(both or planned))
        row = next(row for row in list_rows(seen) if row.date == day and row.measure == chosen)
        seen.reading.put(
            "measure", chosen, f"计划表 {row.id}：{row.task}"[:60], How.LABEL if both else How.GUESS
        )
    elif not planned and (likely := _choose_likely_measure(seen, found)):
        seen.reading.put("measure", *likely, How.GUESS)
    else:
        named = [seen.title, seen.form_title, *(fact.text for fact in seen.facts("measure"))]
        told = list_possible_measures("；".join(named), measures)
        told = told or (() if found else list_possible_measures(seen.prose, measures))
        candidates = dict.fromkeys((*found, *sorted(planned), *told))
        why = (
            "文字与计划表的帮扶内容不一样" if planned and found
            else "可以归到不止一项" if found
            else "从名称和计划表看不出是哪一项"
        )  # fmt: skip
        seen.reading.doubt("measure", why, [(one, names[one]) for one in candidates if one in names])


def _choose_likely_measure(seen: Evidence, among: Sequence[str]) -> tuple[str, str] | None:
    """Return the kind of help that a text has much more to say about than about any other, with the words of the title.

    among: those that it may be, () for any.
    """
    ranked = [each for each in _sort_told(seen) if not among or each[0] in among]
    (measure, points), (_, next_) = [*ranked, ("", 0), ("", 0)][:2]
    alone = not next_ and points >= _LEAST_ALONE
    if not alone and (points < _LEAST_POINTS or points < _TIMES_NEXT * next_):
        return None
    return measure, f"正文说得最多的是这一项：{seen.title}"[:60]


def _tells_otherwise(seen: Evidence, measure: str) -> bool:
    """Say whether a text says much about one kind of help, and little about the one that its title names."""
    ranked = _sort_told(seen)
    return bool(ranked) and ranked[0][1] >= _LEAST_POINTS and ranked[0][0] != measure


def _sort_told(seen: Evidence) -> list[tuple[str, int]]:
    purpose = [line for section in seen.found.sections if section.part == "方案" for line in section.lines]
    texts = [(3, seen.title), *((2, line) for line in purpose[:3])]
    texts += [(1, line) for line in seen.prose.split("\n") if line not in purpose]
    return sort_measures(texts, seen.desk.programme.measures)


def read_plan_row(seen: Evidence) -> None:
    """Read which row of the plan was fulfilled: of the same kind, on the same day or alone in its month."""
    day, measure = seen.reading.values.get("date"), seen.reading.values.get("measure")
    rows = [row for row in list_rows(seen) if row.measure == measure]
    same = [row for row in rows if row.date == day] or rows
    if measure and len(same) == 1:
        how = How.GUESS if "measure" in seen.reading.unsure or "date" in seen.reading.unsure else How.LABEL
        seen.reading.put("plan", same[0].id, f"计划表 {same[0].id}：{same[0].task}"[:60], how)
