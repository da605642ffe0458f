"""Read a 档案包: the zip that the page 填报 makes, with records as the archive keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.actions.receive.sources import Refused
from generator.records import FOLDER
from generator.records.decoding import MAX_BYTES

MANIFEST = "档案包.json"
_FORMAT = 1
_MOST_MANIFEST = 64 * 1024
_PLACE = re.compile(
    r"records/(?P<school>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<year>20[0-9]{2})/(?P<month>0[1-9]|1[0-2])/(?P<folder>[^/]+)/(?P<file>[^/]+)"
)
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedRecord:
    """A record in a package: its key as it was packed, its text, its photos by file name."""

    key: str
    text: bytes = field(repr=False)
    photos: tuple[tuple[str, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package: its school, when it was made, as it says, and how many photos stayed on the phone."""

    name: str
    school: str
    made: str
    kept_back: int
    records: tuple[PackedRecord, ...]


def read_package(name: str, files: Sequence[tuple[str, bytes]]) -> Package | Refused:
    """Return a package's records, or why it is refused."""
    manifest = _read_manifest(dict(files)[MANIFEST])
    if manifest is None:
        return Refused(name=name, reason=f"{MANIFEST} 读不出来；在填报页上重新存一份档案包")
    if manifest.get("format") != _FORMAT:
        return Refused(name=name, reason="档案包的格式比这里的程序新，读不了；先更新档案的软件")
    school, made, kept = (manifest.get(key) for key in ("school", "made", "kept_back"))
    if not isinstance(school, str) or not isinstance(made, str) or not isinstance(kept, int) or kept < 0:
        return Refused(name=name, reason=f"{MANIFEST} 里的内容不对；在填报页上重新存一份档案包")
    folders: dict[str, dict[str, bytes]] = {}
    for path, data in files:
        if path == MANIFEST:
            continue
        place = _PLACE.fullmatch(path)
        if place is None or not FOLDER.match(place["folder"]) or not _FILE.fullmatch(place["file"]):
            return Refused(
                name=name, reason=f"档案包里有不该有的文件“{path[:60]}”，整个没有收；不要改动档案包里的内容"
            )
        if place["school"] != school:
            return Refused(
                name=name, reason=f"档案包写的是 {school}，里面却有 {place['school']} 的材料，整个没有收"
            )
        folders.setdefault(path.rpartition("/")[0].removeprefix("records/"), {})[place["file"]] = data
    records = []
    for key, inside in folders.items():
        text = inside.pop("activity.md", None)
        if text is None or len(text) > MAX_BYTES:
            return Refused(name=name, reason=f"档案包里的 {key} 没有可用的 activity.md；在填报页上重新存一份")
        records.append(PackedRecord(key=key, text=text, photos=tuple(sorted(inside.items()))))
    if not records:
        return Refused(name=name, reason="档案包里没有材料")
    return Package(name=name, school=school, made=made[:40], kept_back=kept, records=tuple(records))


def _read_manifest(data: bytes) -> dict[str, object] | None:
    if len(data) > _MOST_MANIFEST:
        return None
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
