"""Format numbers as Excel shows them: ECMA-376 part 1, 18.8.31, as far as plan tables use it.

openpyxl gives the value behind a format and knows no built-in format of Chinese Excel: what shows as 2020年3月
(format 57) is a bare 43891 for it. A format that is not understood here gives None, never a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import from_excel

# 18.8.30: what Chinese Excel means by ids that its files do not explain. 14 and 22 follow the system's own order.
_CHINESE = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'AM/PMh"时"mm"分"',
    35: 'AM/PMh"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'AM/PMh"时"mm"分"', 56: 'AM/PMh"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[eE](?![+-])|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4})"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<text>@)|(?P<percent>%)|(?P<hard>[Ee][+-]|/(?=[?#0]))|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOURS = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|黑色?|蓝色?|红色?|绿色?|color ?\d+|颜色 ?\d+)\Z",
    re.IGNORECASE,
)
_LOCALE = re.compile(r"\$(?P<sign>[^-]*)(?:-.*)?\Z")
_HAN = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_LONGEST = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNumber:
    """A number's text, and the day behind it where the text shows its month and its day."""

    text: str
    day: dt.date | None = None


def find_format_code(number: int, own: dict[int, str]) -> str:
    """Return the format that an id stands for in a file that defines some of its ``own``."""
    return own.get(number) or _CHINESE.get(number) or BUILTIN_FORMATS.get(number, "General")


def show_number(value: float, code: str, epoch: dt.datetime) -> ShownNumber | None:
    """Return a number as a format shows it, None where the format is not understood."""
    if len(code) > _LONGEST:
        return None
    parts = [part for part in _sections(code) if not any(t.lastgroup == "text" for t in part)] or [[]]
    negative = value < 0
    if len(parts) > 1 and negative:
        part, value = parts[1], -value
        negative = False
    elif len(parts) > 2 and value == 0:
        part = parts[2]
    else:
        part = parts[0]
    if not code or code == "@":
        return ShownNumber(text=_general(value))
    kinds = {token.lastgroup for token in part}
    if "hard" in kinds:
        return None
    for token in part:
        bracket = token["bracket"]
        if bracket is not None and not (
            _COLOURS.match(bracket) or _LOCALE.match(bracket) or bracket.upper() == "DBNUM1"
        ):
            return None
    if "date" in kinds or "noon" in kinds:
        return _date(value, part, epoch) if "number" not in kinds else None
    return _number(abs(value), part, negative=negative)


def show_text(text: str, code: str) -> str:
    """Return a text as a format shows it: the section with @, and a fourth section without it hides it."""
    parts = _sections(code) if len(code) <= _LONGEST else []
    part = next((p for p in parts if any(t.lastgroup == "text" for t in p)), None)
    if part is None:
        return "" if len(parts) > 3 else text
    return "".join(text if t.lastgroup == "text" else _literal(t) for t in part)


def _sections(code: str) -> list[list[re.Match[str]]]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _literal(token: re.Match[str]) -> str:
    if token["quoted"] is not None:
        return token["quoted"]
    if token["gap"] is not None:
        return " "
    if token["bracket"] is not None:
        sign = _LOCALE.match(token["bracket"])
        return sign["sign"] if sign else ""
    return token["escaped"] or token["plain"] or ("%" if token["percent"] else "")


def _general(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _number(value: float, part: list[re.Match[str]], *, negative: bool) -> ShownNumber | None:
    fields = [token for token in part if token.lastgroup == "number"]
    if len(fields) > 1:
        return None
    try:
        exact = Decimal(repr(value)) * 100 ** sum(1 for token in part if token["percent"])
        found = ""
        for token in part:
            if token["general"]:
                found += _general(float(exact))
            elif token["number"] is not None:
                digits = _digits(exact, token["number"])
                if digits is None:
                    return None
                found += digits
            else:
                found += _literal(token)
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return ShownNumber(text=("-" if negative and found.strip() else "") + found.strip())


def _digits(value: Decimal, field: str) -> str | None:
    """Return a number's digits as a field such as ``#,##0.00`` asks for them."""
    whole, _, places = field.partition(".")
    if whole.endswith(","):
        return None  # in thousands
    if value >= 10**15:
        return None
    least = sum(1 for sign in whole if sign == "0")
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    before = before.lstrip("0").rjust(least, "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", ",", before)
    while after and len(after) > len(places.rstrip("#")) and after.endswith("0"):
        after = after[:-1]
    return before + ("." + after if "." in field else "")


def _date(value: float, part: list[re.Match[str]], epoch: dt.datetime) -> ShownNumber | None:
    if value < 0:
        return None
    try:
        when = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return None
    if isinstance(when, dt.timedelta) or when is None:
        return None
    if isinstance(when, dt.time):
        when = dt.datetime.combine(dt.date(1900, 1, 1), when)
        is_day = False
    else:
        is_day = True
    moment = when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time())
    han = any((token["bracket"] or "").upper() == "DBNUM1" for token in part)
    half = any(token.lastgroup == "noon" for token in part)
    found = ""
    seen: set[str] = set()
    clock = False  # an m after an h, or before an s, is minutes
    for index, token in enumerate(part):
        sign = token["date"]
        if sign is None:
            if token.lastgroup == "noon":
                found += "上午" if moment.hour < 12 else "下午"
            elif token["general"] or token["percent"] or token["text"]:
                return None
            else:
                found += _literal(token)
            continue
        letter = sign[0].lower()
        if letter == "m" and len(sign) <= 2:
            after = next((t["date"][0].lower() for t in part[index + 1 :] if t["date"]), "")
            if clock or after == "s":
                letter = "n"
        clock = letter == "h"
        seen.add(letter)
        found += _piece(letter, len(sign), moment, half=half, han=han)
    shows_day = is_day and {"m", "d"} <= seen
    return ShownNumber(text=found.strip(), day=moment.date() if shows_day else None)


def _piece(letter: str, length: int, moment: dt.datetime, *, half: bool, han: bool) -> str:
    """Return one part of a date: y and e are years, a weekdays in Chinese, n minutes."""
    if letter in "ye":
        year = f"{moment.year:04}" if length > 2 or letter == "e" else f"{moment.year % 100:02}"
        return "".join(_HAN[int(digit)] for digit in year) if han else year
    if letter == "a":
        day = _WEEKDAYS[moment.weekday()]
        return f"星期{day}" if length > 3 else day
    if letter == "m" and length > 2:
        name = _MONTHS[moment.month - 1]
        return name[:3] if length == 3 else name[:1] if length == 5 else name
    if letter == "d" and length > 2:
        return _DAYS[moment.weekday()][: 3 if length == 3 else None]
    hour = moment.hour % 12 or 12 if half else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    if han:
        tens, ones = divmod(number, 10)
        return ((_HAN[tens] if tens > 1 else "") + "十" if tens else "") + (
            _HAN[ones] if ones or not tens else ""
        )
    return f"{number:02}" if length > 1 else str(number)
