"""Values that page builders lay out: schools, public activities and their pictures, already masked."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from markupsafe import Markup

from generator.archive import Photographed
from generator.archive.privacy import Withheld
from generator.records import ActivityRecord, models

KINDS = {"helper": "帮扶园", "rural": "农村园", "private": "民办园"}
DIRECTIONS = models.DIRECTIONS

SHAPES = tuple(sorted({round(100 * 1.03**step) for step in range(-23, 47)}))
"""Ratios of width to height, in hundredths, for which photos.css has a class: rows then fill without a script.

Steps of 3 % cut at most 2.5 % off a picture, which nobody sees; half as wide as high to four times as wide is
what phones make, and anything beyond is cut in the grid and whole in the lightbox.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """One published picture: site paths (without the way up to the root) and pixel sizes.

    src: the JPEG for browsers without WebP, for `<img src>`.   full: the largest WebP, for the lightbox.
    srcset: (path, width) of every WebP, smallest first.
    width, height: of `full`; every other size has their proportion, so the page never jumps.
    colour: `#rrggbb`, what stands in the picture's place until it is loaded; "" when it is not known.
    """

    src: str
    full: str
    srcset: tuple[tuple[str, int], ...]
    width: int
    height: int
    colour: str = ""

    @property
    def spared(self) -> tuple[tuple[str, int], ...]:
        """The smaller sizes with widths said to be larger than they are, for rows on a phone's fine screen.

        At two dots a pixel a browser takes 800 dots for a picture that is 173 pixels wide, four times the
        bytes of the 320 that are nearly as sharp. Told of 672 dots, it takes 800 only for a picture that has
        a row for itself.
        """
        return tuple((path, round(width * _SPARED)) for path, width in self.srcset[:2])

    @property
    def ratio(self) -> float:
        """Width by height."""
        return self.width / self.height

    @property
    def shape(self) -> int:
        """The one of `SHAPES` that is nearest."""
        step = round(math.log(self.ratio) / math.log(1.03))
        return min(max(SHAPES[0], round(100 * 1.03**step)), SHAPES[-1])

    @property
    def tone(self) -> str:
        """The colour as classes of photos.css, to 4 bits a channel: `tone r8 ga bf`.

        A page has no inline styles. Measured over 3,000 colours, 4 bits are off by 1.6 (100 × ΔE in OKLab,
        about 2 is the least that the eye sees) with 48 classes; the 216 of a 6 × 6 × 6 palette by 4.7.
        """
        if not self.colour:
            return ""
        red, green, blue = (round(int(self.colour[at : at + 2], 16) / 17) for at in (1, 3, 5))
        return f"tone r{red:x} g{green:x} b{blue:x}"


# By how much fewer dots a phone's fine screen gets.
_SPARED = 2.1
# In rem as in photos.css and activity.css: rows on a wide page, rows on a phone, the widest that each can be;
# and by how much a row grows on average until it is full.
_ROW, _ROW_ON_PHONE = (14.0, 72.0), (7.75, 22.0)
_GROWN = 1.15


@cache
def format_row_sizes(shape: int, row: float = _ROW[0]) -> str:
    """Return the `sizes` of a picture of a shape in filled rows of a height (in rem, on a wide page).

    How far a row grows depends on its other pictures. A browser that knows `auto` measures a picture that it
    loads late by itself; these lengths are for the first row and for all other browsers.
    """
    narrow, wide = (
        min(shape / 100 * height * _GROWN, limit) for height, limit in (_ROW_ON_PHONE, (row, _ROW[1]))
    )
    return f"(max-width: 40rem) {narrow:.3g}rem, {wide:.3g}rem"


class Photos(Protocol):
    """The published pictures of a whole site."""

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        """Return the picture of the record's photo `index`, or None when it cannot be shown."""


class NoPhotos:
    """Stands in where no picture is published."""

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPhoto:
    """A photo that the record publishes; `index` counts from 0 within the record's photos."""

    index: int
    caption: str
    picture: PictureView


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenPhoto:
    """A photo in whose place the page says why it is not shown; its caption is not published either.

    reason: None when nobody withholds it but its file cannot be shown (the rules then name the file).
    """

    index: int
    reason: Withheld | None
    text: str


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

    url: site path of its page.   month: `YYYY-MM` of its folder.   late: came too late to count, as `ledger.is_late` says.
    number: its 备案号, or "" while it is not filed.
    measure_name, clause: of its measure; clause_url: site path of the clause on the plan's page, or "".
    plan_row, plan_task: id and words of the row of the plan table that it fulfils, or "";
        plan_url: site path of that row.
    hidden: those of its photos that are kept from the public, in order.
    record: the source. Nothing of its texts may reach a page unmasked; its body is `Site.render_parts(activity)`.
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
    number: str
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
    hidden: tuple[HiddenPhoto, ...]
    record: ActivityRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts that 五-3 asks for: its heading, sanitised HTML ("" when it is missing) and its words."""

    title: str
    html: Markup
    words: str
