"""Find the days that a report names: 2020年5月14日、5月14日（星期四）、2020.5.14、二〇二〇年五月十四日、14日至15日."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text

_HAN = "一二三四五六七八九"
_NUMERAL = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR_HAN = re.compile("[二][〇零○oO0][一二三四五六七八九〇零○oO0]{2}(?=年)")
_BEFORE_UNIT = re.compile(rf"{_NUMERAL}(?=[月日号])")
_WEEKDAY = "[(]?(?:,|，)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天])[)]?"
_DAY = re.compile(
    r"(?<![0-9.])(?:(?P<year>20[0-9]{2})(?:年|[./-]))?(?P<month>1[0-2]|0?[1-9])(?:月|[./-])(?P<day>3[01]|[12][0-9]|0?[1-9])"
    rf"(?:日|号)?(?![0-9])(?:{_WEEKDAY})?",
    re.ASCII,
)
_SOLID = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2})(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12][0-9]|0[1-9])(?![0-9])",
    re.ASCII,
)
_HOUR_BEHIND = re.compile(r"(?<=[0-9０-９])[\s\u3000]+(?=[0-9０-９])")
_AROUND = 14
_RELATIVE = re.compile(
    "(?P<near>大前天|前天|昨天|昨日|今天|今日|昨晚|今晚|今早|昨早)|(?P<which>本周|这周|这个?星期|上周|上个?星期|上个?礼拜)(?P<week>[一二三四五六日天])"
)
_BACK = {"大前天": 3, "前天": 2, "昨": 1, "今": 0}
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day as a text names it: the year and the weekday (Monday is 0) may be unsaid.

    words: the text's own, folded.   before, after: a few characters of the text around them, folded.
    """

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    words: str = ""
    before: str = ""
    after: str = ""

    def in_year(self, year: int) -> dt.date | None:
        """Return the day in its own year, else in ``year``; None where the calendar has none such."""
        try:
            return dt.date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def list_days(text: str, *, labelled: bool = False) -> Iterator[NamedDay]:
    """Yield the days that a text names, in order; of 14日至15日 the first alone is a day with a month.

    labelled: the text stands behind 时间, so 5.14 is a day.
    """
    folded = _arabic(fold_text(_HOUR_BEHIND.sub(",", text)))
    found = [(match.start(), match) for pattern in (_DAY, _SOLID) for match in pattern.finditer(folded)]
    for _, match in sorted(found, key=lambda each: each[0]):
        if not (labelled or _says_day(match)):
            continue
        week = match.groupdict().get("week")
        yield NamedDay(
            year=int(match["year"]) if match["year"] else None,
            month=int(match["month"]),
            day=int(match["day"]),
            weekday="一二三四五六日".index(week.replace("天", "日")) if week else None,
            words=match[0],
            before=folded[max(0, match.start() - _AROUND) : match.start()],
            after=folded[match.end() : match.end() + _AROUND],
        )


def find_relative_day(text: str, sent: dt.date) -> tuple[dt.date, str] | None:
    """Return the day that 昨天 or 本周四 is in a text sent on a day, with the words; None where it names none, or several."""
    found = {
        match[0]: day
        for match in _RELATIVE.finditer(fold_text(text))
        if (day := _count_back(match, sent)) <= sent
    }
    return (next(iter(found.values())), next(iter(found))) if len(set(found.values())) == 1 else None


def _count_back(match: re.Match[str], sent: dt.date) -> dt.date:
    if near := match["near"]:
        return sent - dt.timedelta(days=next(days for word, days in _BACK.items() if near.startswith(word)))
    monday = sent - dt.timedelta(days=sent.weekday() + (7 if match["which"].startswith("上") else 0))
    return monday + dt.timedelta(days="一二三四五六日".index(match["week"].replace("天", "日")))


def _says_day(match: re.Match[str]) -> bool:
    """Say whether digits are a day: 3.5 alone, or 1-2名, may be anything."""
    text = match[0]
    return bool(match["year"]) or "月" in text


def list_years(text: str) -> Iterator[int]:
    """Yield the years that a text names."""
    yield from (int(found[1]) for found in _YEAR.finditer(_arabic(fold_text(text))))


def _arabic(text: str) -> str:
    text = _YEAR_HAN.sub(lambda m: "".join(_digit(sign) for sign in m[0]), text)
    return _BEFORE_UNIT.sub(lambda m: str(_value(m[0])), text)


def _digit(sign: str) -> str:
    return str(_HAN.find(sign) + 1) if sign in _HAN else "0"


def _value(numeral: str) -> int:
    numeral = numeral.replace("廿", "二十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN.find(numeral) + 1
    return (_HAN.find(tens) + 1 if tens else 1) * 10 + (_HAN.find(ones) + 1 if ones else 0)


def choose_day(
    days: list[NamedDay], years: Sequence[int], today: dt.date, *, unsure: bool = False
) -> tuple[dt.date | None, str]:
    """Return the day that is meant by the first of ``days``, and what is in doubt about it, in Chinese.

    years: those that the day may be of where it does not say its own, the likeliest first; of these, the first in
    which the day is not after ``today``.   unsure: any of them may be meant.
    """
    if not days:
        return None, ""
    first = days[0]
    found = [day for year in years if (day := first.in_year(year))]
    if not found:
        return None, f"日历上没有{first.words}"
    day = next((each for each in found if each <= today), found[0])
    if first.weekday is not None and first.weekday != day.weekday():
        said, real = ("一二三四五六日"[n] for n in (first.weekday, day.weekday()))
        return day, f"{first.words}写着星期{said}，{day.isoformat()} 是星期{real}"
    if day > today:
        return day, f"{day.isoformat()} 还没有到"
    if unsure and first.year is None:
        return day, f"{first.words}没有写是哪一年"
    return day, ""
