"""Cache of renditions: one folder for each photo and recipe, renamed into place whole, found only if its checksums hold."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.images import heic
from generator.images.develop import Developed, Encoded
from generator.images.recipe import Recipe, Size

_MANIFEST = "picture.json"
_FALLBACK = "fallback.jpg"
_UNFINISHED = ".parts"
_DIGEST = re.compile("[0-9a-f]{64}")
_DIGITS = 16
"""Of a key's 64 digits, how many name a folder: it lies below the digest of the source already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What decides a photo's renditions besides the recipe: its bytes, and the kind that its name claims.

    digest: SHA-256 of the bytes, hexadecimal.   suffix: of the file's name, such as ``.jpg``. A suffix that
    contradicts the content is refused, so equal bytes under another suffix are another source.
    """

    digest: str
    suffix: str

    @classmethod
    def from_name(cls, digest: str, name: str) -> Source:
        """Return the source with these bytes and this file name."""
        suffix = Path(name).suffix.lower()
        return cls(digest=digest, suffix=".jpg" if suffix == ".jpeg" else suffix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A photo's renditions in the cache: ``key`` names them, ``sizes`` come largest first."""

    key: str
    folder: Path
    colour: str
    sizes: tuple[Size, ...]
    fallback: Size

    def locate_file(self, size: Size) -> Path:
        """Return the WebP file of one size."""
        return self.folder / f"{size.edge}.webp"

    @property
    def fallback_file(self) -> Path:
        """The JPEG for browsers without WebP."""
        return self.folder / _FALLBACK


class Store:
    """The part of the cache below ``folder`` that one recipe makes with these codecs.

    An entry is ``<digest's first two>/<digest>/<key>/``, so that all that was ever made of a source can be
    found. Entries never change. Any number of builds may read and write at once.
    """

    def __init__(self, folder: Path, recipe: Recipe, codecs: str) -> None:
        self.folder = folder
        self._recipe = recipe
        self._codecs = codecs

    def make_key(self, source: Source) -> str:
        """Return the name of a source's renditions: 64 hexadecimal digits.

        Whether HEIC can be read here changes the names of no other photos: a site has the same addresses.
        """
        codecs = (
            self._codecs if source.suffix in heic.SUFFIXES else re.sub(r"heif=\S*", "heif=", self._codecs)
        )
        return self._recipe.make_key(f"{source.digest} {source.suffix}", codecs)

    def locate_entry(self, source: Source) -> str:
        """Return the path of a source's entry below the cache's folder."""
        return f"{source.digest[:2]}/{source.digest}/{self.make_key(source)[:_DIGITS]}"

    def find_renditions(self, source: Source) -> Stored | None:
        """Return a source's renditions, or None when they are missing or damaged.

        Every file is compared with the checksum that was taken of the encoded bytes: what is published is
        what was made, or is made anew.
        """
        folder = self.folder / self.locate_entry(source)
        try:
            manifest = json.loads((folder / _MANIFEST).read_bytes())
            stored = Stored(
                key=self.make_key(source),
                folder=folder,
                colour=manifest["colour"],
                sizes=tuple(_read_size(each) for each in manifest["sizes"]),
                fallback=_read_size(manifest["fallback"]),
            )
            files = [
                *zip(map(stored.locate_file, stored.sizes), manifest["sizes"], strict=True),
                (stored.fallback_file, manifest["fallback"]),
            ]
            whole = bool(stored.sizes) and all(_is_unharmed(file, each) for file, each in files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return stored if whole else None

    def write_renditions(self, source: Source, developed: Developed) -> None:
        """Write a source's renditions. Raises OSError when the cache cannot be written."""
        place = self.folder / self.locate_entry(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder / _UNFINISHED / f"{os.getpid()}-{secrets.token_hex(4)}"
        part.mkdir(parents=True)
        try:
            for each in developed.sizes:
                (part / f"{each.size.edge}.webp").write_bytes(each.data)
            (part / _FALLBACK).write_bytes(developed.fallback.data)
            manifest: dict[str, Any] = {
                "colour": developed.colour,
                "sizes": [_describe(each) for each in developed.sizes],
                "fallback": _describe(developed.fallback),
            }
            (part / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8", newline="\n")
            self._move_into_place(part, place, source)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _move_into_place(self, part: Path, place: Path, source: Source) -> None:
        for _ in range(3):
            try:
                part.rename(place)
            except OSError:
                if self.find_renditions(source):
                    return  # another build was faster, and made the same
                # What is there is damaged; or it was removed just now, with the folder around it.
                shutil.rmtree(place, ignore_errors=True)
                place.parent.mkdir(parents=True, exist_ok=True)
            else:
                return
        part.rename(place)


def list_entries(folder: Path) -> Iterator[str]:
    """Yield the paths of all entries below a cache's folder, whatever made them."""
    for first in _folders(folder):
        if len(first.name) == 2:
            for digest in _folders(first):
                for key in _folders(digest):
                    yield f"{first.name}/{digest.name}/{key.name}"


def forget_photo(folder: Path, digest: str) -> bool:
    """Remove from a cache all that was ever made of the photo with this SHA-256; say whether there was any."""
    if not _DIGEST.fullmatch(digest):
        return False
    place = folder / digest[:2] / digest
    known = place.is_dir()
    shutil.rmtree(place, ignore_errors=True)
    return known


def remove_entry(folder: Path, entry: str) -> None:
    """Remove one entry, and the folders that it leaves empty."""
    place = folder / entry
    shutil.rmtree(place, ignore_errors=True)
    with contextlib.suppress(OSError):
        place.parent.rmdir()
        place.parent.parent.rmdir()


def remove_unfinished(folder: Path) -> None:
    """Remove what writers left that were killed. Only while no other build uses the cache."""
    shutil.rmtree(folder / _UNFINISHED, ignore_errors=True)


def publish_file(source: Path, target: Path) -> None:
    """Put a cached file into the site: a hard link where the file system has them, otherwise a copy."""
    target.unlink(missing_ok=True)  # a live preview writes into the same folder again and again
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _folders(folder: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        yield from sorted((e for e in found if e.is_dir(follow_symlinks=False)), key=lambda e: e.name)


def _describe(encoded: Encoded) -> dict[str, int]:
    size, data = encoded.size, encoded.data
    return {"width": size.width, "height": size.height, "bytes": len(data), "crc32": zlib.crc32(data)}


def _read_size(described: dict[str, int]) -> Size:
    return Size(width=described["width"], height=described["height"])


def _is_unharmed(file: Path, described: dict[str, int]) -> bool:
    data = file.read_bytes()
    return len(data) == described["bytes"] and zlib.crc32(data) == described["crc32"]
