"""Name the extra of this program that a missing package belongs to."""

from __future__ import annotations

from importlib.util import find_spec

EXTRAS = {
    "photos": ("PIL", "av", "numpy"),
    "documents": ("docx", "jinja2", "nh3", "openpyxl", "pypinyin", "ruamel", "segno", "typst", "xlsxwriter"),
    "site": ("icalendar", "material", "mkdocs", "pymdownx"),
}
"""Extras, as ``requirements/`` lists their packages, by the names that they are imported by."""


def describe_missing_package(name: str | None) -> str | None:
    """Return, in Chinese, what to install for a module that was not found; None if it is none of an extra's."""
    first = (name or "").partition(".")[0]
    extra = next((extra for extra, names in EXTRAS.items() if first in names), None)
    if extra is None:
        return None
    return f'这个命令要用“{extra}”这一组包，还没有装：python -m pip install "pairing-archive[{extra}]"'


def find_missing_photo_package() -> str | None:
    """Return what to install before photos can be opened; None where all is there."""
    missing = next((name for name in EXTRAS["photos"] if find_spec(name) is None), None)
    return describe_missing_package(missing) if missing else None
