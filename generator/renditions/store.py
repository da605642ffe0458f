"""The cache of renditions: one folder a photo, named by its key, put in place whole by a rename."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.renditions.pixels import Developed
from generator.renditions.recipe import Size

_MANIFEST = "picture.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A photo's renditions in the cache: ``sizes`` largest first, each in the file that ``file`` names."""

    folder: Path
    colour: str
    sizes: tuple[Size, ...]

    def file(self, size: Size) -> Path:
        """Return the file of one size."""
        return self.folder / f"{size.edge}.webp"


class Store:
    """The cache below ``folder``. Any number of builds may use it at once; entries never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> Stored | None:
        """Return the renditions of ``key``, or None when they are missing or damaged."""
        folder = self._place(key)
        try:
            manifest = json.loads((folder / _MANIFEST).read_bytes())
            sizes = tuple(Size(width=s["width"], height=s["height"]) for s in manifest["sizes"])
            stored = Stored(folder=folder, colour=manifest["colour"], sizes=sizes)
            lengths = [stored.file(size).stat().st_size for size in sizes]
            whole = bool(sizes) and lengths == [s["bytes"] for s in manifest["sizes"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return stored if whole else None

    def put(self, key: str, developed: Developed) -> Stored:
        """Write the renditions of ``key``. Raises OSError when the cache cannot be written."""
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=place.parent))
        try:
            for each in developed.sizes:
                (part / f"{each.size.edge}.webp").write_bytes(each.data)
            manifest: dict[str, Any] = {
                "colour": developed.colour,
                "sizes": [
                    {"width": e.size.width, "height": e.size.height, "bytes": len(e.data)}
                    for e in developed.sizes
                ],
            }
            (part / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8", newline="\n")
            part.chmod(0o755)
            self._settle(part, place, key)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        stored = self.find(key)
        if stored is None:
            raise OSError(f"the cache lost {place} while it was written")
        return stored

    def _settle(self, part: Path, place: Path, key: str) -> None:
        try:
            part.rename(place)
        except OSError:
            if self.find(key):
                return  # another build was faster, and made the same
            shutil.rmtree(place, ignore_errors=True)
            with contextlib.suppress(OSError):
                part.rename(place)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def publish_file(source: Path, target: Path) -> None:
    """Put a cached file into the site: a hard link where the file system has them, otherwise a copy."""
    target.unlink(missing_ok=True)  # a live preview writes into the same folder again and again
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
