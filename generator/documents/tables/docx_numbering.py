"""Count Word's automatic numbers, which stand in front of paragraphs and nowhere in their text.

Only ways of counting that Chinese Word offers for such tables are written out; others are not known. Of bullets, and
of a list that the file does not define, a paragraph is known to begin a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.documents.tables.docx_style_reading import W, read_value

_HAN = "〇一二三四五六七八九"
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_COUNTED = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "japaneseDigitalTenThousand",
}  # fmt: skip
_ENCLOSED = {
    "decimalEnclosedCircle": "①", "decimalEnclosedCircleChinese": "①",
    "decimalEnclosedParen": "⑴", "decimalEnclosedFullstop": "⒈",
}  # fmt: skip
_LEGAL = "壹贰叁肆伍陆柒捌玖"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_MOST = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How a level counts: its format, the text around the numbers, and where it begins."""

    kind: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a file, counted on paragraph by paragraph."""

    _levels: dict[str, list[_Level]]
    _abstract: dict[str, str]
    _restarts: dict[str, dict[int, int]]
    _counters: dict[str, list[int]] = field(default_factory=dict)

    def count_paragraph(self, number: str, level: int) -> str | None:
        """Count one paragraph of a list; return what stands in front of it, "" for a bullet, None if it is not known."""
        abstract = self._abstract.get(number)
        levels = self._levels.get(abstract or "")
        if abstract is None or not levels:
            return ""
        counters = self._counters.setdefault(abstract, [item.start - 1 for item in levels])
        for index, start in self._restarts.pop(number, {}).items():
            counters[index] = start - 1
        for index in range(level):
            counters[index] = max(counters[index], levels[index].start)
        counters[level] = min(counters[level] + 1, _MOST)
        for index in range(level + 1, _LEVELS):
            counters[index] = levels[index].start - 1
        if levels[level].kind in ("bullet", "none"):
            return ""
        text = re.sub(
            r"%([1-9])",
            lambda m: _count(counters[int(m[1]) - 1], levels[int(m[1]) - 1].kind),
            levels[level].text,
        )
        return None if "\0" in text else text


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists of a numbering part, none where the file has no such part."""
    levels: dict[str, list[_Level]] = {}
    abstract: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    for one in () if root is None else root.findall(f"{W}abstractNum"):
        found = [_Level()] * _LEVELS
        for level in one.findall(f"{W}lvl"):
            at = _whole(level.get(f"{W}ilvl", ""), _LEVELS)
            if at < _LEVELS:
                found[at] = _Level(
                    kind=read_value(level, "numFmt") or "decimal",
                    text=read_value(level, "lvlText"),
                    start=_whole(read_value(level, "start"), 0),
                )
        levels[one.get(f"{W}abstractNumId", "")] = found
    for one in () if root is None else root.findall(f"{W}num"):
        name = one.get(f"{W}numId", "")
        abstract[name] = read_value(one, "abstractNumId")
        for override in one.findall(f"{W}lvlOverride"):
            at, start = _whole(override.get(f"{W}ilvl", ""), _LEVELS), read_value(override, "startOverride")
            if at < _LEVELS and start:
                restarts.setdefault(name, {})[at] = _whole(start, 1)
    return Numbering(levels, abstract, restarts)


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else otherwise


def _count(number: int, kind: str) -> str:
    """Return a number as a list counts, NUL where that is not known."""
    if kind == "decimal":
        return str(number)
    if kind == "decimalZero":
        return f"{number:02}"
    if kind == "decimalFullWidth":
        return str(number).translate({48 + n: 0xFF10 + n for n in range(10)})
    if number < 1:
        return "\0"
    if kind in _ENCLOSED and number <= 20:
        return chr(ord(_ENCLOSED[kind]) + number - 1)
    if kind == "chineseLegalSimplified" and number <= len(_LEGAL):
        return _LEGAL[number - 1]
    if kind in _COUNTED and number < 100:
        tens, ones = divmod(number, 10)
        return ((_HAN[tens] if tens > 1 else "") + "十" if tens else "") + (_HAN[ones] if ones else "")
    if kind in _STEMS:
        return _STEMS[kind][number - 1] if number <= len(_STEMS[kind]) else "\0"
    if kind in ("lowerLetter", "upperLetter") and number <= 26:
        return chr((97 if kind == "lowerLetter" else 65) + number - 1)
    if kind in ("lowerRoman", "upperRoman") and number < 400:
        roman = ""
        for size, sign in _ROMAN:
            roman += sign * (number // size)
            number %= size
        return roman if kind == "lowerRoman" else roman.upper()
    return "\0"
