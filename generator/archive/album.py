"""Make the published pictures of a corpus: which photos are public, what each became, and what went wrong."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Corpus, Photographed
from generator.archive.privacy import list_withholding_reasons
from generator.images.cache import Source, Store, Stored, forget_photo, publish_file
from generator.images.cache_gc import use_cache
from generator.images.decoder import LIMITS, Job, Limits, read_photo
from generator.images.develop import list_codec_versions
from generator.images.faults import Fault, report_crash, report_damage
from generator.images.pool import make_photos
from generator.images.recipe import RECIPE, Recipe, Size
from generator.records import PhotoFile
from generator.records.diagnostics import Diagnostic

RULE = "photo-content"
"""The rule whose page explains what a photo must be; it looks at first bytes, this at the whole picture."""
FOLDER = "photos"
_SHORT = 12
_MOST_WORKERS = 4

Progress = Callable[[int, int], None]
PhotoKey = tuple[str, int]
"""A record's key and the photo's index in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A published photo: its sizes largest first, a JPEG ``fallback``, its dominant ``colour`` and its ``name``."""

    name: str
    colour: str
    sizes: tuple[Size, ...]
    fallback: Size
    stored: Stored

    def find_path(self, size: Size) -> str:
        """Return the site path of one size."""
        return f"{FOLDER}/{self.name}-{size.edge}.webp"

    @property
    def fallback_path(self) -> str:
        """The site path of the JPEG for browsers without WebP."""
        return f"{FOLDER}/{self.name}-{self.fallback.edge}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """All pictures of a site by record and index. ``problems`` name the photos that could not be made."""

    pictures: Mapping[PhotoKey, Picture]
    problems: tuple[Diagnostic, ...] = ()

    def find_picture(self, activity: str, index: int) -> Picture | None:
        """Return the picture of an activity's photo, or None when it is not published."""
        return self.pictures.get((activity, index))

    def write_pictures(self, site: Path, first: str = "") -> int:
        """Put the pictures whose names begin with ``first`` into a site's folder; return the number of files."""
        pictures = [p for p in self.pictures.values() if p.name.startswith(first)]
        files = {p.find_path(size): p.stored.locate_file(size) for p in pictures for size in p.sizes}
        files |= {p.fallback_path: p.stored.fallback_file for p in pictures}
        if files:
            (site / FOLDER).mkdir(parents=True, exist_ok=True)
        for path, source in files.items():
            publish_file(source, site / path)
        return len(files)


def render_album(
    corpus: Corpus,
    cache: Path,
    *,
    progress: Progress = lambda done, total: None,
    workers: int | None = None,
    recipe: Recipe = RECIPE,
    limits: Limits = LIMITS,
    only: Collection[str] | None = None,
) -> Album:
    """Make the renditions of all public photos of a corpus, or find them in the ``cache`` folder.

    progress: called with photos done and photos in all.   workers: processes at most; default by machine.
    only: keys of the records whose photos are wanted; default all.
    A photo that cannot be made is named in ``problems`` and left out. Raises OSError when the cache cannot
    be written, no process can be started, or FFmpeg does not encode WebP.
    """
    wanted = {place: photo for place, photo in list_public_photos(corpus) if only is None or place[0] in only}
    paths = {photo: corpus.root / photo.file.path for photo in wanted.values()}
    sources = {photo: _identify(photo, path) for photo, path in paths.items()}
    faults: dict[Source, Fault] = {}
    stored: dict[Source, Stored] = {}
    versions = list_codec_versions()
    store = Store(cache, recipe, versions)
    known = {source for source in sources.values() if isinstance(source, Source)}
    _forget_withdrawn(corpus, cache, {source.digest for source in known})
    if known or cache.is_dir():
        with use_cache(cache, [store.locate_entry(source) for source in known]):
            jobs: dict[Source, Job] = {}
            for photo, source in sources.items():
                if isinstance(source, Fault) or source in jobs or source in stored:
                    continue
                if found := store.find_renditions(source):
                    stored[source] = found
                else:
                    jobs[source] = Job(
                        path=paths[photo], source=source, cache=cache, recipe=recipe, codecs=versions
                    )
            progress(len(stored), len(known))
            workers = workers or min(_MOST_WORKERS, os.cpu_count() or 1)
            for done, (job, fault) in enumerate(make_photos(tuple(jobs.values()), workers, limits=limits), 1):
                if fault:
                    faults[job.source] = fault
                elif found := store.find_renditions(job.source):
                    stored[job.source] = found
                else:  # a process that went mad says what it likes; the cache does not
                    faults[job.source] = report_crash()
                progress(len(known) - len(jobs) + done, len(known))
    outcomes = {
        photo: source if isinstance(source, Fault) else faults.get(source) or stored[source]
        for photo, source in sources.items()
    }
    return _collect(corpus, wanted, outcomes)


def list_public_photos(corpus: Corpus) -> Iterator[tuple[PhotoKey, PhotoFile]]:
    """Yield every photo that may be published: public, of a public and whole record, and really there."""
    for activity in corpus.photographed:
        if not activity.complete or not activity.data.public or activity.year not in corpus.years:
            continue
        # Only files that the corpus found beside the record: a name in a record is never a path.
        files = {photo.name: photo for photo in activity.photo_files}
        reasons = list_withholding_reasons(corpus, activity)
        for index, (photo, reason) in enumerate(zip(activity.data.photos, reasons, strict=True)):
            if photo.file in files and not reason:
                yield (activity.key, index), files[photo.file]


def _identify(photo: PhotoFile, path: Path) -> Source | Fault:
    if photo.facts and not photo.facts.whole:
        # A decoder may be content with less, and fill up the rest with grey.
        return report_damage()
    if photo.digest:
        return Source.from_name(photo.digest, photo.name)
    data = read_photo(path)
    return data if isinstance(data, Fault) else Source.from_name(hashlib.sha256(data).hexdigest(), photo.name)


def _forget_withdrawn(corpus: Corpus, cache: Path, wanted: Collection[str]) -> None:
    """Remove what was made of photos that were withdrawn since, on every machine that builds the site."""
    for record in corpus.photographed:
        for photo in record.data.photos:
            if photo.withdrawn and photo.withdrawn.digest not in wanted:
                forget_photo(cache, photo.withdrawn.digest)


def _collect(
    corpus: Corpus, wanted: Mapping[PhotoKey, PhotoFile], outcomes: Mapping[PhotoFile, Stored | Fault]
) -> Album:
    names = _shorten_names({found.key for found in outcomes.values() if isinstance(found, Stored)})
    pictures: dict[PhotoKey, Picture] = {}
    records = {record.key: record for record in corpus.photographed}
    problems = []
    for place, photo in wanted.items():
        found = outcomes[photo]
        if isinstance(found, Fault):
            problems.append(_report(records[place[0]], place[1], found))
        else:
            pictures[place] = Picture(
                name=names[found.key],
                colour=found.colour,
                sizes=found.sizes,
                fallback=found.fallback,
                stored=found,
            )
    return Album(pictures=pictures, problems=tuple(sorted(problems, key=lambda p: p.sort_key)))


def _shorten_names(keys: set[str]) -> dict[str, str]:
    """Shorten keys for file names; where two would share a short name, both keep the long one."""
    short: dict[str, int] = {}
    for key in keys:
        short[key[:_SHORT]] = short.get(key[:_SHORT], 0) + 1
    return {key: key[:_SHORT] if short[key[:_SHORT]] == 1 else key for key in keys}


def _report(activity: Photographed, index: int, fault: Fault) -> Diagnostic:
    name = activity.data.photos[index].file
    message = f"图片“{name}”没有发布：{fault.message}"
    return Diagnostic(
        rule=RULE, span=activity.find_span("photos", index, "file"), message=message, fix=fault.fix
    )
