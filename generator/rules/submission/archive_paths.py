"""Which paths the archive reads, and which activity and school a path belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.archive import PHOTO_SUFFIXES, find_name_problem

PHOTO_ENDINGS = "|".join(suffix.removeprefix(".") for suffix in PHOTO_SUFFIXES)
"""The endings of photos, for a regular expression."""
_PLACE = re.compile(
    rf"""records/(?:
        schema/[a-z-]+\.schema\.json
      | bureau/[0-9]{{4}}/(?:
            (?:programme|accounts|filings|sent)\.yml
          | (?:closings|amendments|surveys|draws|assessments)/[^/]+\.yml
          | (?:bulletins|inspections|events)/[^/]+\.md
          | (?:inspections|events)/[^/]+/[^/]+\.(?i:{PHOTO_ENDINGS}))
      | (?!bureau/|schema/)(?P<school>[^/]+)/(?:
            school\.yml
          | [0-9]{{4}}/(?:
                (?:plan|roster)\.yml
              | agreement-[a-z0-9-]+\.md
              | (?:0[1-9]|1[0-2])/[^/]+/(?:activity\.md|[^/]+\.(?i:{PHOTO_ENDINGS}))))
    )""",
    re.VERBOSE | re.ASCII,
)
ACTIVITY_FOLDER = re.compile(r"records/(?P<school>[^/]+)/(?P<month>[0-9]{4}/(?:0[1-9]|1[0-2]))/[^/]+/")


def has_place(path: str) -> bool:
    """Say whether the archive reads a file at this path."""
    return _PLACE.fullmatch(path) is not None and not any(map(find_name_problem, path.split("/")))


def find_school(path: str) -> str:
    """Return the school in whose folder the archive reads a file, "" for the bureau's files and for all others."""
    place = _PLACE.fullmatch(path)
    return (place["school"] or "") if place else ""


def list_activity_records(paths: Iterable[str]) -> Iterator[str]:
    """Yield the ``activity.md`` of each activity that has one of the paths, be it a photo, each once."""
    folders = dict.fromkeys(match[0] for path in paths if (match := ACTIVITY_FOLDER.match(path)))
    return (f"{folder}activity.md" for folder in folders)


def find_parent_folder(path: str) -> str:
    """Return the folder that a file lies in, "" at the top."""
    return path.rpartition("/")[0]
