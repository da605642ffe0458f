"""Several years side by side, for the county, a pairing or a school: drawn as bars, and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.accounts.ledger import Cell, Ledger, Status
from generator.site.pages.site import Site
from generator.site.pages.view import PublicActivity

WIDTH = 220
HEIGHT = 74
_WIDEST = 44
_GAP = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year in a chart, in units of its viewBox; `text` is its value, `shown` whether there is room for it."""

    year: int
    x: float
    y: float
    width: float
    height: float
    text: str
    shown: bool
    open: bool

    @property
    def middle(self) -> float:
        """Where its texts are centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One quantity over the years, oldest first."""

    name: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One year in the table. `open`: it is not over. `cells` are in the order of the charts."""

    year: int
    open: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """What a page shows of several years: charts oldest first, rows newest first."""

    charts: tuple[Chart, ...]
    rows: tuple[TrendRow, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """A year's numbers. `due`: months that were owed and are over, `met` of them in time and in full."""

    year: int
    open: bool
    activities: int
    met: int
    due: int
    people: int
    photos: int

    @property
    def share(self) -> float | None:
        """How many of a hundred months were met in time; None before the first is due."""
        return 100 * self.met / self.due if self.due else None


def make_trends(
    site: Site,
    belongs: Callable[[Ledger, Cell], bool],
    activities: Callable[[int], Iterable[PublicActivity]],
) -> Trends | None:
    """Return the years that have begun side by side; None where there are fewer than two.

    belongs: whether a cell of a year's account counts.   activities: the public ones of a year that count.
    """
    sums = [
        _sum(account, [cell for cell in account.cells.values() if belongs(account, cell)], activities(year))
        for year, account in sorted(site.ledgers.items())
        if year <= site.year
    ]
    found = tuple(each for each in sums if each is not None)
    if len(found) < 2:
        return None
    quantities: tuple[tuple[str, str, list[tuple[float, str]]], ...] = (
        ("帮扶活动", "项", [(s.activities, str(s.activities)) for s in found]),
        ("按时完成", "%", [(s.share or 0, "—" if s.share is None else f"{s.share:.0f}%") for s in found]),
        ("参加人次", "人次", [(s.people, str(s.people)) for s in found]),
        ("公开图片", "张", [(s.photos, str(s.photos)) for s in found]),
    )
    return Trends(
        charts=tuple(
            Chart(name=name, unit=unit, bars=_draw(found, values, whole=100 if unit == "%" else 0))
            for name, unit, values in quantities
        ),
        rows=tuple(
            TrendRow(
                year=s.year,
                open=s.open,
                cells=(
                    str(s.activities),
                    f"{s.met}/{s.due}（{s.share:.0f}%）" if s.share is not None else "—",
                    str(s.people),
                    str(s.photos),
                ),
            )
            for s in reversed(found)
        ),
    )


def _sum(account: Ledger, cells: list[Cell], shown: Iterable[PublicActivity]) -> _Sum | None:
    """Return a year's numbers, None where nothing counts."""
    if not cells:
        return None
    past = [cell for cell in cells if cell.counts and cell.deadline < account.today]
    done = [activity.data for cell in cells for activity in cell.activities]
    return _Sum(
        year=account.year,
        open=account.find_next_due() is not None,
        activities=len(done),
        met=sum(cell.status is Status.MET for cell in past),
        due=len(past),
        people=sum(data.attendance or data.staff.sent + data.staff.received for data in done),
        photos=sum(len(activity.photos) for activity in shown),
    )


def _draw(years: tuple[_Sum, ...], values: list[tuple[float, str]], *, whole: float) -> tuple[Bar, ...]:
    """Draw bars from zero; `whole` is the value of the full height, or 0 for the largest value."""
    most = whole or max(value for value, _ in values) or 1
    step = min(WIDTH / len(years), _WIDEST / (1 - _GAP))
    bars = []
    for place, (year, (value, text)) in enumerate(zip(years, values, strict=True)):
        height = round(HEIGHT * value / most, 1)
        bars.append(
            Bar(
                year=year.year,
                x=round(step * (place + _GAP / 2), 1),
                y=round(HEIGHT - height, 1),
                width=round(step * (1 - _GAP), 1),
                height=height,
                text=text,
                shown=len(years) <= 5 or place in (0, len(years) - 1),
                open=year.open,
            )
        )
    return tuple(bars)
