"""Write a new record: the fields that are known, a prompt for each that is not, and what each of them means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.records import PARTS
from generator.records.models import Activity
from generator.records.photo_lines import format_scalar
from generator.records.scaffold import make_prompt

_HINTS = {
    "方案": "方案：目的、时间、地点、人员、安排",
    "措施": "措施：怎样准备、怎样分工",
    "记录": "记录：当天做了什么、怎样做的",
    "总结": "总结：收获、问题、下一步",
}
_SCHEMA = "# yaml-language-server: $schema=../../../../schema/activity.schema.json"
_OPTIONAL = {"grades": "[大班]", "place": "某某幼儿园", "attendance": "12", "plan": "2020-05-2"}
"""Fields that may be left away, with what stands behind them while they are a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is known of an activity; None and () are still to be written. ``staff``: how many went and came.

    partners_said: whom ``partners`` may name, in Chinese, for the comment.
    """

    date: dt.date
    measure: str
    reported: dt.date
    title: str | None = None
    partners: tuple[str, ...] = ()
    direction: str | None = None
    staff: tuple[int, int] | None = None
    grades: tuple[str, ...] = ()
    place: str | None = None
    attendance: int | None = None
    lead: str | None = None
    plan: str | None = None
    measure_said: str = ""
    partners_said: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """The Chinese names of the required fields that are still to be written."""
        empty = [
            name for name in ("title", "partners", "direction", "staff", "lead") if not getattr(self, name)
        ]
        return tuple(_label(name) for name in empty)


def write_form(form: Form) -> str:
    """Return the text of ``activity.md``, without photos."""
    lines = ["---", _SCHEMA, "# 两行 --- 之间是填写栏。# 后面的话是说明，不用删；说明下面的一行才是要填的。"]
    for name, value in _list_values(form):
        said = f"{extra}。" if (extra := _explain(form, name)) else ""
        lines.append(f"# {_label(name)}：{Activity.model_fields[name].description}{said}")
        lines.append(f"{name}: {value}" if value else f"# {name}: {_OPTIONAL[name]}")
    lines += [
        "# 图片信息：用 pairing photos add 放照片，这里会自己写好；手写的一张一行，行首空两格，如",
        "#   - {file: 01.jpg, caption: 大班建构区的材料架, people: none}",
        "photos: []",
        "---",
    ]
    for part in PARTS:
        lines += ["", f"## {part}", "", make_prompt(_HINTS[part])]
    return "\n".join([*lines, ""])


def _list_values(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the fields in the order of a record, "" for one that is left away."""
    sent, received = (
        map(str, form.staff) if form.staff else (make_prompt("派出人数"), make_prompt("接待人数"))
    )
    yield "title", _scalar("title", form.title)
    yield "date", form.date.isoformat()
    yield "measure", form.measure
    yield "partners", f"[{', '.join(form.partners) or make_prompt(_label('partners'))}]"
    yield "direction", form.direction or make_prompt(_label("direction"))
    yield "staff", f"{{sent: {sent}, received: {received}}}"
    yield "grades", f"[{', '.join(form.grades)}]" if form.grades else ""
    yield "place", format_scalar(form.place) if form.place else ""
    yield "attendance", "" if form.attendance is None else str(form.attendance)
    yield "lead", _scalar("lead", form.lead)
    yield "reported", form.reported.isoformat()
    yield "plan", form.plan or ""


def _explain(form: Form, name: str) -> str:
    match name:
        case "measure":
            return f"这里是{form.measure_said}" if form.measure_said else ""
        case "partners":
            return form.partners_said
        case "reported":
            return "哪天交就改成哪天"
        case "grades" | "place" | "attendance" | "plan":
            return "" if getattr(form, name) else "可以不填；要填，删去下一行开头的 # 和空格"
    return ""


def _scalar(name: str, value: str | None) -> str:
    return format_scalar(value) if value else make_prompt(_label(name))


def _label(name: str) -> str:
    return Activity.model_fields[name].title or name
