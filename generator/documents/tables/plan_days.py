"""Read months and days from the columns 月份 and 帮扶时间."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.documents.tables.grid import GridCell, pack_text

_HAN = "一二三四五六七八九"
_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?|[〇零一二三四五六七八九])"
_MONTH = re.compile(r"(?:(20[0-9]{2})[年./-])?(1[0-2]|0?[1-9])月?份?\Z", re.ASCII)
_FULL = re.compile(r"(20[0-9]{2})[年./-](1[0-2]|0?[1-9])[月./-](3[01]|[12][0-9]|0?[1-9])[日号]?", re.ASCII)
_SHORT = re.compile(r"(1[0-2]|0?[1-9])[月./-](3[01]|[12][0-9]|0?[1-9])[日号]?", re.ASCII)
_SOLID = re.compile(r"(20[0-9]{2})(1[0-2]|0[1-9])(3[01]|[12][0-9]|0[1-9])", re.ASCII)
_BARE = re.compile(r"(3[01]|[12][0-9]|0?[1-9])[日号]?", re.ASCII)
_ONLY_MONTH = re.compile(r"(?:(20[0-9]{2})[年./-])?(1[0-2]|0?[1-9])?月?[日号]?", re.ASCII)
_WEEKDAY = re.compile(r"[(（]?(?:周|星期|礼拜)([一二三四五六日天])[)）]?\Z")
_DOUBTFUL = re.compile(r"([1-9]|1[0-2])\.([123])\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReading:
    """What a time cell says; a year, month, day or weekday (Monday is 0) that is not said is None.

    text: what is said and is no day.   doubt: what the writer should look at.   An unfilled form says nothing.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    text: str = ""
    weekday: int | None = None
    doubt: str = ""


def spell_month(month: int) -> str:
    """``3`` → ``三``, as the form writes it."""
    return ("十" if month >= 10 else "") + (_HAN[month % 10 - 1] if month % 10 else "")


def read_month(cell: GridCell) -> tuple[int | None, int | None]:
    """Return the (year, month) of a month cell, each None where it is not said."""
    if cell.date is not None:
        # The year behind a day that was typed as 3-5 is the year it was typed in; who looks at it sees none.
        return cell.date.year if str(cell.date.year) in cell.packed else None, cell.date.month
    found = _MONTH.match(_arabic(cell.packed))
    return (int(found[1]) if found[1] else None, int(found[2])) if found else (None, None)


def read_day(cell: GridCell, month: int | None) -> DayReading:
    """Return what a time cell says in a row of the given month."""
    if cell.date is not None:
        return DayReading(year=cell.date.year, month=cell.date.month, day=cell.date.day)
    text = _arabic(cell.packed)
    if text in ("", "/", "-", "—", "——", "无"):
        return DayReading()
    if cell.number and (found := _DOUBTFUL.match(text)):
        first = int(found[1])
        return DayReading(
            month=first,
            day=int(found[2]),
            doubt=f"Excel 里的数 {text} 当作 {first}月{found[2]}日；本来是 {first}.{found[2]}0 的，改写成 {first}月{found[2]}0日",
        )
    weekday = _WEEKDAY.search(text)
    body = text[: weekday.start()] if weekday else text
    found_day = _day(body, month)
    if found_day is None:
        if not weekday and (only := _ONLY_MONTH.fullmatch(text)):
            return DayReading(year=int(only[1]) if only[1] else None, month=int(only[2]) if only[2] else None)
        return DayReading(text=cell.text)
    if weekday is None:
        return found_day
    return replace(found_day, weekday="一二三四五六日".index(weekday[1].replace("天", "日")))


def _day(text: str, month: int | None) -> DayReading | None:
    if (found := _FULL.fullmatch(text)) or (found := _SOLID.fullmatch(text)):
        return DayReading(year=int(found[1]), month=int(found[2]), day=int(found[3]))
    if found := _SHORT.fullmatch(text):
        return DayReading(month=int(found[1]), day=int(found[2]))
    if month is not None and (found := _BARE.fullmatch(text)):
        return DayReading(day=int(found[1]))
    return None


def _arabic(text: str) -> str:
    """Return a text with Han numerals before 年、月、日、号 (and alone) as digits."""
    text = pack_text(text)
    text = re.sub(r"[〇零一二三四五六七八九]{4}(?=年)", lambda m: "".join(map(_digit, m[0])), text)
    text = re.sub(rf"{_NUMERAL}(?=[月日号])", lambda m: str(_value(m[0])), text)
    return re.sub(rf"\A{_NUMERAL}\Z", lambda m: str(_value(m[0])), text)


def _digit(sign: str) -> str:
    return str(_HAN.find(sign) + 1)


def _value(numeral: str) -> int:
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int(_digit(numeral))
    return (int(_digit(tens)) if tens else 1) * 10 + (int(_digit(ones)) if ones else 0)
