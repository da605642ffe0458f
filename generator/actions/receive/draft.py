"""A record in the making: what is certain, what is asked for, and what has no place."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.actions.receive.parts import Left

FIELDS = {
    "school": "校（园）",
    "date": "活动日期",
    "title": "标题",
    "measure": "帮扶内容",
    "partners": "参与园",
    "direction": "方式",
    "sent": "派出人数",
    "received": "接待人数",
    "grades": "年级",
    "place": "地点",
    "attendance": "参加人数",
    "lead": "负责人",
    "plan": "计划任务",
}
"""The fields that a report can fill, with their Chinese names, in the order of a record."""

REQUIRED = ("school", "date", "title", "measure", "partners", "direction", "sent", "received", "lead")

Value = str | int | dt.date | tuple[str, ...]


class How(enum.Enum):
    """How a value was found. Only the archivist's word and a clear label (or two agreeing places) need no mark."""

    GIVEN = ""
    LABEL = " "
    TITLE = "从标题看的"
    TEXT = "从正文看的"
    GUESS = "推断的"
    DIFFERS = "材料里有不一样的说法"

    @property
    def mark(self) -> str:
        """Why a value has to be looked at, in Chinese; "" for one that is clear."""
        return self.value.strip()

    def unless(self, clear: bool) -> How:
        """Return LABEL where another place confirms the value."""
        return How.LABEL if clear else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A field that a report does not settle: why, in Chinese, and the values it may have, each with its words."""

    field: str
    why: str
    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPhoto:
    """A picture of a report: what it is called, its bytes, its caption ("" for none)."""

    name: str
    data: bytes = field(repr=False)
    caption: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record in the making.

    source: the file or message.   values: the certain fields by name.   sources: the report's words for each.
    doubts: required fields that are not certain.   sections: lines by part.   guessed: parts that are told by less than a clear heading.
    private: parts that seem to tell a child's name and its family's circumstances.
    unsure: why a value has to be looked at, by field; "图片" for captions.
    left: what has no place.   lost: what could not be read, said in Chinese.
    """

    source: str
    values: Mapping[str, Value]
    sources: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    sections: Mapping[str, tuple[str, ...]]
    guessed: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    unsure: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[DraftPhoto, ...] = ()
    left: tuple[Left, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def school(self) -> str:
        """The reporting school's id, "" where it is not known."""
        return str(self.values.get("school", ""))

    @property
    def date(self) -> dt.date | None:
        """The activity's day, None where it is not known."""
        found = self.values.get("date")
        return found if isinstance(found, dt.date) else None
