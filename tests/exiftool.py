"""ExifTool, the judge of what a file tells: it knows more places than we do, and is no part of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

_PLACE = re.compile(
    r"GPS\w*(Lat|Lon|Pos|Coord|Area)|Gps(Lat|Lon)|City|Location|Country|Province|State$|Landmark",
    re.IGNORECASE,
)


class NoExifToolError(Exception):
    """There is no ExifTool on this machine."""


def places(folder: Path) -> dict[str, list[str]]:
    """Return the tags of every file below a folder, by its path, that tell where a photo was taken."""
    program = shutil.which("exiftool")
    if program is None:
        raise NoExifToolError("these tests need ExifTool: run make test, or install libimage-exiftool-perl")
    done = subprocess.run(
        [program, "-json", "-a", "-G1", "-ee", "-r", "-q", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,  # 1 for a file that it cannot read, which then tells nothing
    )
    return {
        Path(file["SourceFile"]).relative_to(folder).as_posix(): [
            tag for tag, value in file.items() if _PLACE.search(tag.rpartition(":")[2]) and value
        ]
        for file in json.loads(done.stdout)
    }


def read_tags(file: Path) -> list[str]:
    """Return every tag of a file as `Group:Name`, also those that a second picture or a film in it has."""
    program = shutil.which("exiftool")
    if program is None:
        raise NoExifToolError("these tests need ExifTool: run make test, or install libimage-exiftool-perl")
    done = subprocess.run(
        [program, "-json", "-a", "-G1", "-ee", "-q", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (tags,) = json.loads(done.stdout)
    return [
        tag for tag in tags if tag.partition(":")[0] not in {"SourceFile", "ExifTool", "System", "Composite"}
    ]
