"""A term's assessment as values: scores made of lines, each line with its count, its evidence and its arithmetic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.records.models import AssessmentItem, Term

Side = Literal["helper", "helped"]

SIDES: dict[Side, str] = {"helper": "帮扶园", "helped": "被帮扶园"}
FULL = 100
"""What the items of each side come to."""

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a count rests on.

    kind: `activity` (key: of the activity), `closing` (key: the month; text: the day), `inspection` (key: path of its file), `row` (key: id of a row of
    the school's plan table) or `document` (key: path of its file).   text: a few words where no page says more.
    activity: key of the activity that an inspection found to be false.
    """

    kind: Literal["activity", "closing", "inspection", "row", "document"]
    key: str
    text: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one month, or another period, gives to a line. ``zeroed``: a report of it was found to be false."""

    name: str
    month: str
    got: int
    of: int
    zeroed: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item's score of one school: ``got`` of ``of``, times the item's points.

    zeroed: the whole line counts zero because of a false report (五-4).   false: the inspections that say so,
    of the line or of any of its parts.
    """

    item: AssessmentItem
    points: int
    got: int
    of: int
    zeroed: bool = False
    parts: tuple[Part, ...] = ()
    false: tuple[Evidence, ...] = ()

    @property
    def score(self) -> Decimal:
        """The points that are earned, rounded half up to two places."""
        return ZERO if self.zeroed else share(self.got, self.of, self.points)

    @property
    def arithmetic(self) -> str:
        """How the score comes about, as text."""
        if not self.of:
            reckoned = f"本学期没有要求，按满分{self.points}.00"
        else:
            reckoned = f"{self.got}/{self.of} × {self.points} = {share(self.got, self.of, self.points)}"
        return f"虚报，按零分计算（原为 {reckoned}）" if self.zeroed else reckoned


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One school's lines and their sum."""

    school: str
    side: Side
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines' scores."""
        return sum((line.score for line in self.lines), ZERO)

    @property
    def full(self) -> int:
        """What the lines would come to at best."""
        return sum(line.points for line in self.lines)

    @property
    def false(self) -> tuple[Evidence, ...]:
        """The inspections that found a report of this school and term to be false, each once."""
        return tuple(dict.fromkeys(found for line in self.lines for found in line.false))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A term's scores, by school in the order of the pairings.

    over: the last month's deadline has passed; before, all counts are provisional.
    open: months of the term that the bureau has not closed.
    """

    year: int
    term: Term
    today: dt.date
    over: bool
    open: tuple[str, ...]
    items: tuple[AssessmentItem, ...]
    scores: tuple[Score, ...]

    @property
    def name(self) -> str:
        """The term's name everywhere: ``2020-autumn``."""
        return term_name(self.year, self.term)

    @property
    def title(self) -> str:
        """The term in words: ``2020年秋学期``."""
        return f"{self.year}年{self.term.name}"

    def side(self, side: Side) -> tuple[Score, ...]:
        """Return the scores of one side of the pairings."""
        return tuple(score for score in self.scores if score.side == side)

    def items_of(self, side: Side) -> tuple[AssessmentItem, ...]:
        """Return the items that count for one side."""
        return tuple(item for item in self.items if points_of(item, side))

    def score(self, school: str) -> Score | None:
        """Return a school's score, or ``None``."""
        return next((score for score in self.scores if score.school == school), None)


def term_name(year: int, term: Term) -> str:
    """Return ``2020-autumn``."""
    return f"{year}-{term.id}"


def points_of(item: AssessmentItem, side: Side) -> int:
    """Return what an item is worth to one side."""
    return item.helper if side == "helper" else item.helped


def share(got: int, of: int, points: int) -> Decimal:
    """Return got/of × points, exact, then rounded half up to two places; all points where nothing was asked for."""
    if not of:
        return Decimal(points).quantize(ZERO)
    hundredths = (2 * min(got, of) * points * 100 + of) // (2 * of)
    return Decimal(hundredths).scaleb(-2)
