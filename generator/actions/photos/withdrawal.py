"""Withdraw a photo: delete its file, its renditions and fingerprints, and its pictures in a built site.

The record keeps a tombstone, so that what was counted stays counted. The tombstone is written first: a run
that is killed is finished by the next.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.actions.photos.paths import PhotoPlace, list_photo_files
from generator.actions.photos.take_in_photos import convert_diagnostics_to_faults
from generator.actions.transaction import Changes
from generator.documents.bulletin.formats import DOCUMENT_CACHE
from generator.images.cache import Source, Store, forget_photo, list_entries
from generator.images.develop import list_codec_versions
from generator.images.faults import Fault
from generator.images.recipe import RECIPE
from generator.records import parse_photographed
from generator.records.photo_lines import write_photos
from generator.reuse import REPORT, REUSE_CACHE

CACHE_FOLDER = ".cache"
_PHOTOS = "photos"  # below the cache as below the site
_SHORT = 12  # digits of a key that begin the names of its files in a site
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A planned withdrawal of a photo; nothing of it is done yet.

    record: the new text of the record, None when it stays.   named: the record names the photo.
    again: it is withdrawn already.   there: its file still exists.   site, cached: files that go, too.
    report: the report on photos used twice, which shows photos, where one was written.
    copies: other files of the archive with the same content, POSIX.
    """

    place: PhotoPlace
    digest: str
    old: bytes
    record: bytes | None
    named: bool
    again: bool
    there: bool
    site: tuple[Path, ...]
    cached: tuple[Path, ...]
    report: tuple[Path, ...]
    copies: tuple[str, ...]


def plan_withdrawal(
    place: PhotoPlace, *, reason: str, today: dt.date, site: Path
) -> Withdrawal | tuple[Fault, ...]:
    """Find everything that withdrawing a photo takes; or what is in the way."""
    old = place.activity.read_record()
    record, _ = parse_photographed(place.activity.path, old)
    unedited, problems = write_photos(place.activity.path, old)
    if record is None or unedited is None:
        return convert_diagnostics_to_faults(problems)
    index = next((i for i, photo in enumerate(record.data.photos) if photo.file == place.name), None)
    tombstone = record.data.photos[index].withdrawn if index is not None else None
    there = place.file.is_file()
    if there:
        digest = _digest(place.file)
    elif tombstone:
        digest = tombstone.digest
    else:
        return (
            Fault(
                message=f"没有图片 {place.path}",
                fix="看看路径有没有写错；图片刚刚删去的，先用 git restore 找回来，再撤下",
            ),
        )
    text = None
    if index is not None and tombstone is None:
        if not reason:
            return (Fault(message="没有写撤下的原因", fix="加上 --reason，如 --reason 监护人要求；不写姓名"),)
        gone = {"withdrawn": {"date": today.isoformat(), "reason": reason, "digest": digest}}
        text, problems = write_photos(place.activity.path, old, changed={index: gone})
        if text is None:
            return convert_diagnostics_to_faults(problems)
    digests = {digest, tombstone.digest} if tombstone else {digest}
    published = tuple(path for each in digests for path in _published(place, each, site))
    cached = tuple(path for each in digests for path in _cached(place, each))
    # A photo that is gone everywhere else is in no document: they were built later.
    printed, kept = _documents(place, site) if there or published or cached else ((), ())
    return Withdrawal(
        place=place,
        digest=digest,
        old=old,
        record=text,
        named=index is not None,
        again=tombstone is not None,
        there=there,
        site=published + printed,
        cached=cached + kept,
        report=tuple(path for path in [place.activity.root / REPORT] if there and path.is_file()),
        copies=tuple(_copies(place, digest)) if there else (),
    )


def carry_out_withdrawal(withdrawal: Withdrawal, changes: Changes) -> tuple[Path, ...]:
    """Carry it out; return the files that could not be removed. Raises ``ChangeError`` with everything as it was."""
    place = withdrawal.place
    if withdrawal.record is not None:
        changes.replace_file(place.activity.record, withdrawal.record, old=withdrawal.old)
    for path in (place.file, *withdrawal.site, *withdrawal.cached, *withdrawal.report):
        changes.remove_file(path)
    left = changes.carry_out()
    for cache in (CACHE_FOLDER, REUSE_CACHE):
        forget_photo(place.activity.root / cache / _PHOTOS, withdrawal.digest)  # the folders, too
    return left


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _cached(place: PhotoPlace, digest: str) -> Iterator[Path]:
    """Yield every file below the cache that was made of a photo: all of them are named after its digest."""
    for folder, _, names in os.walk(place.activity.root / CACHE_FOLDER):
        for name in names:
            if digest in name or digest in Path(folder).parts:
                yield Path(folder) / name


def _documents(place: PhotoPlace, site: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the bulletins' documents that may show a photo, in the site and in the cache; builds make them anew."""
    month = place.activity.key.split("/")[2]
    pages = (site / "bulletins").glob(f"*-{month}/*")
    kept = place.activity.root / DOCUMENT_CACHE
    return (
        tuple(sorted(path for path in pages if path.suffix in (".pdf", ".docx"))),
        tuple(sorted(kept.iterdir()) if kept.is_dir() else ()),
    )


def _published(place: PhotoPlace, digest: str, site: Path) -> Iterator[Path]:
    """Yield the pictures in a built site that were made of a photo, by this or an earlier recipe."""
    cache = place.activity.root / CACHE_FOLDER / _PHOTOS
    store = Store(cache, RECIPE, list_codec_versions())
    keys = {
        store.make_key(Source.from_name(digest, f"x{suffix}"))
        for suffix in (".jpg", ".png", ".webp", ".heic", ".heif")
    }
    keys |= {entry.rpartition("/")[2] for entry in list_entries(cache) if entry.split("/")[1] == digest}
    shorts = {key[:_SHORT] for key in keys}
    if (site / _PHOTOS).is_dir():
        for path in sorted((site / _PHOTOS).iterdir()):
            stem = path.name.partition("-")[0]
            if stem in shorts or any(len(stem) > _SHORT and stem.startswith(key) for key in keys):
                yield path


def _copies(place: PhotoPlace, digest: str) -> Iterator[str]:
    root = place.activity.root
    size = place.file.stat().st_size
    for entry in list_photo_files(root):
        path = Path(entry.path)
        if (
            entry.stat(follow_symlinks=False).st_size == size
            and path != place.file
            and _digest(path) == digest
        ):
            yield path.relative_to(root).as_posix()
