"""Compute the small renditions and fingerprints of an archive's photos, cached by digest.

Renditions are made by the same guarded processes as the published ones, so no photo is decoded here.
Below the cache: ``photos/`` as :mod:`generator.images.cache` lays it out, ``fingerprints/<key>/<digest>``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.images.cache import Source, Store
from generator.images.cache_gc import use_cache
from generator.images.decoder import Job
from generator.images.develop import list_codec_versions
from generator.images.faults import Fault
from generator.images.pool import make_photos
from generator.images.recipe import Recipe
from generator.plumbing import atomic
from generator.records import PhotoFile
from generator.reuse.fingerprint import VERSION, Fingerprint, compute_fingerprint

RECIPE = Recipe(edges=(320,), quality=70, fallback_edge=320, fallback_quality=60)
"""Small: enough to recognise a picture by, and to show it in the report."""
_MOST_WORKERS = 4

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFingerprints:
    """Fingerprints by digest, of the photos that could be read; ``faults`` of those whose pixels could not."""

    fingerprints: Mapping[str, Fingerprint]
    faults: Mapping[str, Fault]
    _store: Store
    _sources: Mapping[str, Source]

    def find_thumbnail(self, digest: str) -> bytes:
        """Return a photo's small rendition as WebP without metadata, or ``b""`` when there is none."""
        source = self._sources.get(digest)
        stored = self._store.find_renditions(source) if source else None
        return stored.locate_file(stored.sizes[0]).read_bytes() if stored else b""


def load_fingerprints(
    root: Path, photos: Iterable[PhotoFile], cache: Path, progress: Progress
) -> PhotoFingerprints:
    """Return the pictures of an archive's photos. Raises OSError when the cache cannot be written or nothing made.

    progress: called with photos done and photos in all.
    """
    versions = list_codec_versions()
    store = Store(cache / "photos", RECIPE, versions)
    paths = {photo.digest: photo for photo in photos if _can_be_read(photo)}
    sources = {digest: Source.from_name(digest, photo.name) for digest, photo in paths.items()}
    known = _Fingerprints(cache / "fingerprints", f"{VERSION}\n{RECIPE.make_key('', versions)}")
    found: dict[str, Fingerprint] = {}
    faults: dict[str, Fault] = {}
    if sources:
        with use_cache(store.folder, [store.locate_entry(source) for source in sources.values()]):
            for done, digest in enumerate(_made(root, paths, sources, store, faults), 1):
                if fresh := known.find(digest) or _fingerprint(store, sources[digest]):
                    found[digest] = fresh
                    known.keep(digest, fresh)
                progress(done, len(sources))
    known.forget_all_but(sources)
    return PhotoFingerprints(fingerprints=found, faults=faults, _store=store, _sources=sources)


def _can_be_read(photo: PhotoFile) -> bool:
    return bool(photo.digest and photo.facts and photo.facts.whole)


def _made(
    root: Path,
    photos: Mapping[str, PhotoFile],
    sources: Mapping[str, Source],
    store: Store,
    faults: dict[str, Fault],
) -> Iterator[str]:
    """Yield every photo's digest once its rendition is there, or is known not to be had, which goes to ``faults``."""
    jobs, versions = [], list_codec_versions()
    for digest, source in sources.items():
        if (store.folder / store.locate_entry(source)).is_dir():
            yield digest
        else:
            path = root / photos[digest].file.path
            jobs.append(Job(path=path, source=source, cache=store.folder, recipe=RECIPE, codecs=versions))
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    for job, fault in make_photos(jobs, workers):
        if fault is not None:
            faults[job.source.digest] = fault
        yield job.source.digest


def _fingerprint(store: Store, source: Source) -> Fingerprint | None:
    stored = store.find_renditions(source)
    return compute_fingerprint(stored.locate_file(stored.sizes[0]).read_bytes()) if stored else None


class _Fingerprints:
    """Fingerprints in a folder, one file a photo, put in place whole."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder = folder / hashlib.sha256(made_by.encode()).hexdigest()[:16]
        self._there = {path.name for path in self._folder.iterdir()} if self._folder.is_dir() else set()

    def find(self, digest: str) -> Fingerprint | None:
        if digest not in self._there:
            return None
        try:
            return Fingerprint.from_bytes((self._folder / digest).read_bytes())
        except OSError:
            return None

    def keep(self, digest: str, fresh: Fingerprint) -> None:
        if digest in self._there:
            return
        atomic.write_file(self._folder / digest, fresh.to_bytes())

    def forget_all_but(self, digests: Iterable[str]) -> None:
        for name in self._there.difference(digests):
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()
