"""Photos as a phone makes them, and a small archive to put them into."""

from __future__ import annotations

import functools
import io
from pathlib import Path

from PIL import Image, ImageDraw

from tests.conftest import MakeArchive
from tests.small_archive import activity, base

RECORD = "records/yi/2021/03/05-visit"


@functools.cache
def phone_photo(
    seed: int = 0,
    *,
    size: tuple[int, int] = (2400, 1800),
    kind: str = "JPEG",
    day: str = "2021:03:05 10:11:12",
    place: bool = True,
    orientation: int = 6,
) -> bytes:
    """Return a photo with the camera's notes: day, place, orientation. Another seed is another picture."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for number in range(6):
        x, y = (number * 331 + seed * 97) % size[0], (number * 211 + seed * 53) % size[1]
        colour = ((seed * 83 + number * 40) % 256, (seed * 31 + number * 70) % 256, (number * 55) % 256)
        draw.ellipse((x, y, x + size[0] // 4, y + size[1] // 5), fill=colour)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Phone"
    exif.get_ifd(0x8769)[0x9003] = day
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 22.0, 33.0), 3: "E", 4: (99.0, 49.0, 1.0)})
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 92} if kind == "JPEG" else {}), **({"exif": exif} if day else {}))
    return out.getvalue()


def plain_photo(seed: int = 0, *, size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """Return a small photo without notes, fit for the archive as it is."""
    with Image.open(io.BytesIO(phone_photo(seed, size=size, day="", orientation=1))) as picture:
        clean = Image.new("RGB", picture.size)
        clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": 85} if kind == "JPEG" else {}))
    return out.getvalue()


def archive(make: MakeArchive, photos: dict[str, bytes], lines: str, *, extra: str = "") -> Path:
    """Return the root of an archive of one activity with these photos and front-matter lines."""
    text = activity("2021-03-05", partner="jia", photos=lines, extra=extra)
    files: dict[str, str | bytes] = {f"{RECORD}/{name}": data for name, data in photos.items()}
    return make({**base(), f"{RECORD}/activity.md": text, **files})


def files_of(root: Path) -> dict[str, bytes]:
    """Return every file below a folder, by path."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
