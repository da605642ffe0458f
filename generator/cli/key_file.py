"""Read the bureau's own list of the schools' keys, and refuse one that git has or would take."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.plumbing.git import RevisionError, run_git

_MOST_BYTES = 1_000_000
_SHAPE = re.compile(r"[A-Za-z0-9_.~+/=-]{8,400}")  # as the page 填报 takes it
_HEADINGS = {
    "school": "school",
    "代号": "school",
    "园": "school",
    "园名": "school",
    "校（园）": "school",
    "key": "key",
    "钥匙": "key",
    "令牌": "key",
    "expires": "expires",
    "到期": "expires",
    "到期日": "expires",
}


class KeyFileError(Exception):
    """The list cannot be used; the message, in Chinese, says what to do and holds no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolKey:
    """A school's key to the forge and the last day on which it works, if that was written down."""

    key: str = field(repr=False)
    expires: dt.date | None


def require_private(path: Path) -> None:
    """Raise KeyFileError if git tracks a file at this place or would add it: whatever is pushed is no secret."""
    for place in {path.absolute(), path.resolve()}:
        if not any((folder / ".git").exists() for folder in place.parents):
            continue
        arguments = ("--literal-pathspecs", "ls-files", "--", place.name)
        try:
            tracked = run_git(place.parent, *arguments)
            ignored = run_git(place.parent, "check-ignore", "--", place.name, allow_failure=True)
        except RevisionError:
            tracked, ignored = b"", b""
        if tracked or not ignored:
            raise KeyFileError(
                f"“{path.name}”在 git 仓库里，会跟着别的文件一起传出去；钥匙等于密码，请放到仓库外面，如桌面"
            )


def read_keys(path: Path, names: Mapping[str, str]) -> dict[str, SchoolKey]:
    """Return the keys of a CSV or YAML file by school.

    names: the schools' names by their ids; the file may use either.   Raises KeyFileError and OSError.
    """
    require_private(path)
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise KeyFileError(f"“{path.name}”太大，不像钥匙的名单")
    text = _decode(path, content)
    is_yaml = path.suffix.lower() in {".yml", ".yaml"}
    found: dict[str, SchoolKey] = {}
    for place, row in _read_yaml(path, text) if is_yaml else _read_csv(path, text):
        school = _find_school(place, row.get("school", ""), names)
        if school in found:
            raise KeyFileError(f"{place}：{names[school]}写了两次")
        found[school] = SchoolKey(key=_check_key(place, row.get("key", "")), expires=_parse_day(place, row))
    _refuse_shared(found, names)
    return found


def _decode(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # as Excel saves CSV, either way
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KeyFileError(f"“{path.name}”不是文字文件；另存为 CSV（UTF-8）")


def _read_csv(path: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        rows = [
            (number, row)
            for number, row in enumerate(csv.reader(text.splitlines(), strict=True), 1)
            if any(row)
        ]
    except csv.Error:
        raise KeyFileError(f"“{path.name}”不是 CSV：引号没有成对") from None
    headings = [_HEADINGS.get(cell.strip(), "") for cell in rows[0][1]] if rows else []
    if not {"school", "key"} <= set(headings):
        raise KeyFileError(f"“{path.name}”的第一行要有“代号”“钥匙”两栏，还可以有“到期”")
    for number, row in rows[1:]:
        yield f"第{number}行", dict(zip(headings, map(str.strip, row), strict=False))


def _read_yaml(path: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        data: Any = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        raise KeyFileError(f"“{path.name}”不是 YAML；每行写成 园代号: 钥匙") from None
    if not isinstance(data, dict):
        raise KeyFileError(f"“{path.name}”里每行写成 园代号: 钥匙")
    for school, value in data.items():
        row = value if isinstance(value, dict) else {"key": value}
        named = {
            _HEADINGS.get(str(name), ""): "" if part is None else str(part) for name, part in row.items()
        }
        yield f"“{str(school)[:40]}”", named | {"school": str(school)}


def _find_school(place: str, written: str, names: Mapping[str, str]) -> str:
    found = [school for school, name in names.items() if written in {school, name}]
    if not written or not found:
        raise KeyFileError(f"{place}：名单里没有这个校（园）；写代号，如 {next(iter(names))}")
    return found[0]


def _check_key(place: str, key: str) -> str:
    if not _SHAPE.fullmatch(key):
        raise KeyFileError(
            f"{place}：钥匙不像样，应是一串不带空格的字母、数字和符号，8 到 400 个；请从网站上整段复制"
        )
    return key


def _parse_day(place: str, row: Mapping[str, str]) -> dt.date | None:
    written = row.get("expires", "").strip()
    if not written:
        return None
    try:
        year, month, day = (int(part) for part in re.split(r"[-/.年月]", written.removesuffix("日")))
        return dt.date(year, month, day)
    except ValueError:
        raise KeyFileError(f"{place}：到期写成 2026-12-31 的样子") from None


def _refuse_shared(found: Mapping[str, SchoolKey], names: Mapping[str, str]) -> None:
    owners: dict[str, str] = {}
    for school, given in found.items():
        if owner := owners.get(given.key):
            raise KeyFileError(
                f"{names[owner]}和{names[school]}用的是同一把钥匙；一园一把，收回时才不会牵连别园"
            )
        owners[given.key] = school


def list_expiring(
    keys: Mapping[str, SchoolKey], schools: Collection[str], *, day: dt.date, within: int
) -> list[str]:
    """Return the schools whose key has run out or will within so many days, the soonest first."""
    soon = [
        (key.expires, school)
        for school in schools
        if (key := keys.get(school)) and key.expires and (key.expires - day).days <= within
    ]
    return [school for _, school in sorted(soon)]
