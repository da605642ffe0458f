"""Made photos and archives of them, for the tests of renditions."""

from __future__ import annotations

import io

from PIL import Image

from generator.archive import Corpus, read_corpus
from tests import small_archive
from tests.conftest import MakeArchive

RECORD = "records/jia/2021/02/05-visit"


def photo(
    width: int = 400, height: int = 300, kind: str = "JPEG", mode: str = "RGB", seed: int = 0, **save: object
) -> bytes:
    """Return an encoded picture whose left upper corner is red, so that turning it shows."""
    picture = Image.new("RGB", (width, height), (40, 60 + 4 * seed, 250 - 4 * seed))
    picture.paste((230, 20, 20), (0, 0, width // 4, height // 4))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **save)
    return out.getvalue()


def photos_yaml(*names: str, hidden: tuple[str, ...] = ()) -> str:
    """Return the front matter's list of photos."""
    lines = [
        f"  - {{file: {n}, caption: 图{i}{', public: false' if n in hidden else ''}}}"
        for i, n in enumerate(names)
    ]
    return "\n".join(["photos:", *lines, ""])


def archive(make: MakeArchive, photos: dict[str, bytes], record: str | None = None) -> Corpus:
    """Return a corpus of one activity with these photos."""
    text = record or small_archive.activity("2021-02-05", photos=photos_yaml(*photos))
    files: dict[str, str | bytes] = {f"{RECORD}/{name}": data for name, data in photos.items()}
    return read_corpus(make({**small_archive.base(), f"{RECORD}/activity.md": text, **files}))
