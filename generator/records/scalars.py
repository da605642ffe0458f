"""Parse the scalar types of the record format: a teacher's date, month, number or flag.

Every YAML scalar arrives as text, so nothing is guessed by YAML (``no`` is not false, ``12:30`` is not
750). Each type raises ``PydanticCustomError`` with a type that names the rule which explains it and a
``fix`` in its context where the intended value can be told.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
_LOOSE_DAY = re.compile(r"(\d{4})\s*[-./年\s]\s*(\d{1,2})\s*[-./月\s]\s*(\d{1,2})\s*[日号]?\Z", re.ASCII)
_LOOSE_MONTH = re.compile(r"(\d{4})\s*[-./年\s]\s*(\d{1,2})\s*月?\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}\Z", re.ASCII)
_FLAGS = {"true": True, "false": False}
_LOOSE_FLAGS = {"yes": "true", "on": "true", "是": "true", "公开": "true", "1": "true", "真": "true"} | {
    "no": "false",
    "off": "false",
    "否": "false",
    "不公开": "false",
    "0": "false",
    "假": "false",
}


def _half_width(value: str) -> str:
    """Fold full-width digits and signs to ASCII (NFKC), as a keyboard in Chinese mode produces them."""
    return unicodedata.normalize("NFKC", value).strip()


def _error(kind: str, message: str, fix: str) -> PydanticCustomError:
    # The template takes its parts from the context, so that braces in a value cannot break it.
    return PydanticCustomError(kind, "{message}", {"message": message, "fix": fix})


def _full_width(value: str, folded: str) -> PydanticCustomError:
    return _error("full-width-digits", f"“{value}”里有全角数字或符号", f"改用半角：{folded}")


def parse_day(value: Any) -> Any:
    """Turn ``2020-05-14`` into a date; anything else that means a day is refused with the right spelling."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise _error("field-value", "这里应当是一个日期", "写成 2020-05-14 的样子")
    match = _ISO.match(value)
    if match:
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise _error(
                "date-format", f"日历上没有“{value}”这一天", "核对年、月、日后重写，如 2020-05-14"
            ) from None
    folded = _half_width(value)
    loose = _LOOSE_DAY.match(folded)
    if loose:
        try:
            day = dt.date(int(loose[1]), int(loose[2]), int(loose[3]))
        except ValueError:
            raise _error(
                "date-format", f"日历上没有“{value}”这一天", "核对年、月、日后重写，如 2020-05-14"
            ) from None
        if folded != value and _ISO.match(folded):
            raise _full_width(value, day.isoformat())
        raise _error("date-format", f"日期“{value}”的写法不对", f"改成 {day.isoformat()}")
    raise _error("date-format", f"看不懂日期“{value[:40]}”", "写成 年-月-日，如 2020-05-14")


def parse_month(value: Any) -> Any:
    """Turn ``2020-05`` into itself; other spellings of a month are refused with the right one."""
    if not isinstance(value, str):
        raise _error("field-value", "这里应当是一个月份", "写成 2020-05 的样子")
    if _ISO_MONTH.match(value):
        return value
    folded = _half_width(value)
    loose = _LOOSE_MONTH.match(folded)
    if loose and 1 <= int(loose[2]) <= 12:
        month = f"{loose[1]}-{int(loose[2]):02d}"
        if folded == month:
            raise _full_width(value, month)
        raise _error("date-format", f"月份“{value}”的写法不对", f"改成 {month}")
    raise _error("date-format", f"看不懂月份“{value[:40]}”", "写成 年-月，如 2020-05")


def parse_first_day(value: Any) -> Any:
    """Turn ``2020-10-15`` into that day and ``2020-10`` into the month's first day."""
    return _parse_day_or_month(value, last=False)


def parse_last_day(value: Any) -> Any:
    """Turn ``2020-10-15`` into that day and ``2020-10`` into the month's last day."""
    return _parse_day_or_month(value, last=True)


def _parse_day_or_month(value: Any, *, last: bool) -> Any:
    if not isinstance(value, str) or _LOOSE_DAY.match(folded := _half_width(value)):
        return parse_day(value)
    if not _LOOSE_MONTH.match(folded):
        raise _error("date-format", f"看不懂日期“{value[:40]}”", "写成一天或一个月，如 2020-10-15、2020-10")
    month = parse_month(value)
    year, number = int(month[:4]), int(month[5:])
    if not year:
        raise _error("date-format", f"看不懂月份“{value[:40]}”", "写成 年-月，如 2020-05")
    return dt.date(year, number, calendar.monthrange(year, number)[1] if last else 1)


def parse_count(value: Any) -> Any:
    """Turn ``12`` into a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise _error("field-value", "这里应当是一个数", "写成 0、1、2 这样的数字")
    if _NUMBER.match(value):
        return int(value)
    folded = _half_width(value)
    if _NUMBER.match(folded):
        raise _full_width(value, folded)
    digits = re.match(r"\d{1,6}(?!\d)", folded)
    fix = f"只写数字：{digits[0]}" if digits else "只写数字，如 2"
    raise _error("field-value", f"“{value[:40]}”不是数字", fix)


def parse_flag(value: Any) -> Any:
    """Turn ``true``/``false`` into a flag and nothing else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        if value in _FLAGS:
            return _FLAGS[value]
        meant = _LOOSE_FLAGS.get(_half_width(value).lower())
        meant = meant or (value.lower() if value.lower() in _FLAGS else None)
        raise _error("field-value", f"“{value[:40]}”看不出是“是”还是“否”", f"写成 {meant or 'true 或 false'}")
    raise _error("field-value", "这里应当写 true 或 false", "写成 true 或 false")


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def parse_text(value: Any) -> Any:
    """Refuse control and invisible direction characters in one-line texts."""
    if isinstance(value, str) and (found := _CONTROL.search(value)):
        raise _error(
            "field-value",
            f"文字里有看不见的字符（U+{ord(found[0]):04X}）",
            "删去这个字符，或把这一行重新打一遍",
        )
    return value


_ACCOUNT = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(\[bot\])?"


def parse_account(value: Any) -> Any:
    """Refuse what no forge has as an account's name; ``[bot]`` ends the names of GitHub's own programs."""
    if isinstance(value, str) and not re.fullmatch(_ACCOUNT, value, re.ASCII):
        bare = value.removeprefix("@")
        meant = bare if re.fullmatch(_ACCOUNT, bare, re.ASCII) else ""
        fix = f"改成 {meant}" if meant else "照抄网站上的用户名：英文字母、数字、短横线，不带 @，不写姓名"
        raise _error("field-value", f"“{value[:40]}”不是网站上的用户名", fix)
    return value


_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

Day = Annotated[dt.date, BeforeValidator(parse_day), WithJsonSchema(_DAY_SCHEMA)]
Month = Annotated[
    str,
    BeforeValidator(parse_month),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}),
]
_DAY_OR_MONTH = WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$"})
FirstDay = Annotated[dt.date, BeforeValidator(parse_first_day), _DAY_OR_MONTH]
"""The first day of a time: a day, or a month for its first day."""
LastDay = Annotated[dt.date, BeforeValidator(parse_last_day), _DAY_OR_MONTH]
"""The last day of a time, included: a day, or a month for its last day."""
Count = Annotated[int, BeforeValidator(parse_count), Field(ge=0, le=100_000)]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), BeforeValidator(parse_text)
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
AccountName = Annotated[
    str, BeforeValidator(parse_account), WithJsonSchema({"type": "string", "pattern": f"^{_ACCOUNT}$"})
]
"""An account of a forge: what GitHub, Forgejo, Gitea, GitLab and Gitee allow."""
