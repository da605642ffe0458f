"""Values that page builders lay out: schools, public activities and their pictures, already masked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from generator.records import ActivityRecord

KINDS = {"helper": "帮扶园", "rural": "农村园", "private": "民办园"}
DIRECTIONS = {"host": "请进来", "visit": "走出去", "online": "线上"}
PARTS = ("方案", "措施", "记录", "总结")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """One published picture: site paths (without the way up to the root) and pixel sizes.

    src: the middle size, for `<img src>`.   full: the largest, for the lightbox.
    srcset: (path, width) of every size, smallest first.
    width, height: of `src`, so that the page never jumps.
    """

    src: str
    full: str
    srcset: tuple[tuple[str, int], ...]
    width: int
    height: int


class Photos(Protocol):
    """The published pictures of a whole site."""

    def picture(self, activity: ActivityRecord, index: int) -> PictureView | None:
        """Return the picture of the record's photo `index`, or None when it cannot be shown."""


class NoPhotos:
    """Stands in where no picture is published."""

    def picture(self, activity: ActivityRecord, index: int) -> PictureView | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPhoto:
    """A photo that the record publishes; `index` counts from 0 within the record's photos."""

    index: int
    caption: str
    picture: PictureView


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolView:
    """A school as links name it. `url` is a site path; `helper` is the id of its pairing's helper."""

    id: str
    name: str
    short: str
    kind: str
    kind_name: str
    url: str
    helper: str

    @property
    def is_helper(self) -> bool:
        """Say whether the school helps (and has a pairing page)."""
        return self.id == self.helper


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicActivity:
    """An activity as anyone may see it: complete, `public: true`, every text masked.

    url: site path of its page.   month: `YYYY-MM` of its folder.   late: reported after the deadline.
    measure_name, clause: of its measure; clause_url: site path of the clause on the plan's page, or "".
    plan_row, plan_task: id and words of the row of the plan table that it fulfils, or "";
        plan_url: site path of that row.
    hidden_photos: how many of its photos are kept from the public.
    record: the source. Nothing of its texts may reach a page unmasked; its body is `Site.parts(activity)`.
    """

    key: str
    url: str
    school: SchoolView
    helper: str
    year: int
    month: str
    month_name: str
    date: dt.date
    reported: dt.date
    late: bool
    title: str
    measure: str
    measure_name: str
    clause: str
    clause_url: str
    partners: tuple[SchoolView, ...]
    direction: str
    direction_name: str
    place: str
    lead: str
    sent: int
    received: int
    attendance: int | None
    grades: tuple[str, ...]
    plan_row: str
    plan_task: str
    plan_url: str
    photos: tuple[PublicPhoto, ...]
    hidden_photos: int
    record: ActivityRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts that 五-3 asks for: its heading and sanitised HTML ("" when it is missing)."""

    title: str
    html: Markup


def chinese_day(day: dt.date) -> str:
    """Return a day as running text: ``5月14日``."""
    return f"{day.month}月{day.day}日"


def chinese_date(day: dt.date) -> str:
    """Return a full date: ``2020年5月14日``."""
    return f"{day.year}年{day.month}月{day.day}日"
