"""The values of a term's assessment: scores made of lines, each with count, evidence, arithmetic and method."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.records.models import AssessmentItem, Term

Side = Literal["helper", "helped"]

SIDES: dict[Side, str] = {"helper": "帮扶园", "helped": "被帮扶园"}
FULL = 100
"""The points of all items of a side."""

ZERO = Decimal("0.00")

METHODS = {
    "quota": "计入的活动项数 ÷ 各月应完成的项数。一个月超过应完成项数的部分不再加，也不补别的月份。",
    "full-months": "按时报够项数的月份数 ÷ 学期的帮扶月数。",
    "archive": "应完成的项数里，方案、措施、记录、总结、图片五样齐全的项数 ÷ 各月应完成的项数。已撤下的图片算有。",
    "plan": "计划表里按时完成的任务数 ÷ 任务数。任务少于应完成项数的，按应完成项数算。",
    "measure": "达到频次要求的次数 ÷ 应达到的次数。每月的要求一月一次，每学期的要求一学期一次。",
    "document": "已有的文件份数 ÷ 应有的份数；规定了期限的，逾期的不算。",
    "truthful": "本学期没有查实虚报的，得满分；有一项虚报的，不得分。",
}
"""How each kind of item is counted, in words for pages, the command and the workbook."""

COUNTED = "按时上报、填写完整的活动才计入；已经结账的月份，以结账为准。"
ROUNDING = "每一项按“做到 ÷ 应做 × 分值”计算，四舍五入到两位小数；总分是各项得分之和。"
FALSE = (
    "查实虚报的活动，相关项目按零分计算：它那一类帮扶内容本学期整项记零分；它所在的月份，按月计算的各项记零；"
    "它完成的计划任务不算完成；“如实填报”整项记零分。记录不删。结论是“存疑”的，不扣分；结论以最近一次核查为准。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence for a count.

    kind: `activity` (key: of the activity), `closing` (key: the month; text: the day), `inspection` (key: path
    of its file), `row` (key: id of a row of the school's plan table) or `document` (key: path of its file).
    text: a few words where no page says more.   activity: key of the activity that an inspection found false.
    """

    kind: Literal["activity", "closing", "inspection", "row", "document"]
    key: str
    text: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of one month or other period in a line. ``zeroed``: one of its reports was found false."""

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
        return ZERO if self.zeroed else compute_share(self.got, self.of, self.points)

    @property
    def arithmetic(self) -> str:
        """The calculation of the score, as text."""
        if not self.of:
            reckoned = f"本学期没有要求，按满分{self.points}.00"
        else:
            reckoned = (
                f"{self.got}/{self.of} × {self.points} = {compute_share(self.got, self.of, self.points)}"
            )
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
        """The highest possible total of the lines."""
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
        return format_term_name(self.year, self.term)

    @property
    def title(self) -> str:
        """The term in words: ``2020年秋学期``."""
        return f"{self.year}年{self.term.name}"

    def list_scores(self, side: Side) -> tuple[Score, ...]:
        """Return the scores of one side of the pairings."""
        return tuple(score for score in self.scores if score.side == side)

    def list_items_of(self, side: Side) -> tuple[AssessmentItem, ...]:
        """Return the items that count for one side."""
        return tuple(item for item in self.items if find_points(item, side))

    def find_score(self, school: str) -> Score | None:
        """Return a school's score, or ``None``."""
        return next((score for score in self.scores if score.school == school), None)


def format_term_name(year: int, term: Term) -> str:
    """Return ``2020-autumn``."""
    return f"{year}-{term.id}"


def find_points(item: AssessmentItem, side: Side) -> int:
    """Return the points of an item for one side."""
    return item.helper if side == "helper" else item.helped


def compute_share(got: int, of: int, points: int) -> Decimal:
    """Return got/of × points, exact, then rounded half up to two places; all points where nothing was asked for."""
    if not of:
        return Decimal(points).quantize(ZERO)
    hundredths = (2 * min(got, of) * points * 100 + of) // (2 * of)
    return Decimal(hundredths).scaleb(-2)
