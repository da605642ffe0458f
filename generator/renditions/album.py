"""The published pictures of a corpus: which photos are public, what each became, and what went wrong."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.privacy import withheld
from generator.records import ActivityRecord
from generator.renditions.pixels import Fault, codecs
from generator.renditions.recipe import RECIPE, Recipe, Size
from generator.renditions.store import Store, Stored, publish_file
from generator.renditions.workers import Job, make_all, read_photo

RULE = "photo-content"
"""The rule whose page explains what a photo must be; it looks at first bytes, this at the whole picture."""
FOLDER = "photos"
_SHORT = 12
_MOST_WORKERS = 4

Progress = Callable[[int, int], None]
PhotoKey = tuple[str, int]
"""An activity's key and the photo's index in its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A published photo: its sizes largest first, its mean ``colour`` (``#rrggbb``) and its ``name``."""

    name: str
    colour: str
    sizes: tuple[Size, ...]
    stored: Stored

    def path(self, size: Size) -> str:
        """Return the site path of one size."""
        return f"{FOLDER}/{self.name}-{size.edge}.webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """All pictures of a site by record and index. ``problems`` name the photos that could not be made."""

    pictures: Mapping[PhotoKey, Picture]
    problems: tuple[Diagnostic, ...] = ()

    def picture(self, activity: str, index: int) -> Picture | None:
        """Return the picture of an activity's photo, or None when it is not published."""
        return self.pictures.get((activity, index))

    def write(self, site: Path) -> int:
        """Put every picture into the folder of a site being built; return the number of files."""
        files = {p.path(size): p.stored.file(size) for p in self.pictures.values() for size in p.sizes}
        if files:
            (site / FOLDER).mkdir(parents=True, exist_ok=True)
        for path, source in files.items():
            publish_file(source, site / path)
        return len(files)


def render(
    corpus: Corpus,
    cache: Path,
    *,
    progress: Progress = lambda done, total: None,
    workers: int | None = None,
    recipe: Recipe = RECIPE,
) -> Album:
    """Make the renditions of all public photos of a corpus, or find them in the ``cache`` folder.

    progress: called with photos done and photos in all.   workers: processes at most; default by machine.
    A photo that cannot be made is named in ``problems`` and left out. Raises OSError when the cache cannot
    be written.
    """
    wanted = dict(public_photos(corpus))
    store, versions = Store(cache), codecs()
    sources: dict[Path, str | Fault] = {}
    jobs: dict[str, Job] = {}
    for path in wanted.values():
        digest = _digest(path)
        if isinstance(digest, Fault):
            sources[path] = digest
            continue
        sources[path] = key = recipe.key(digest, versions)
        if key not in jobs and store.find(key) is None:
            jobs[key] = Job(source=path, cache=cache, recipe=recipe)
    total = len(set(sources.values()))
    done = total - len(jobs)
    progress(done, total)
    waiting = {job.source: key for key, job in jobs.items()}
    made: dict[str, str | Fault] = {}
    for job, outcome in make_all(tuple(jobs.values()), workers or min(_MOST_WORKERS, os.cpu_count() or 1)):
        made[waiting[job.source]] = outcome
        done += 1
        progress(done, total)
    outcomes = {path: made.get(key, key) if isinstance(key, str) else key for path, key in sources.items()}
    return _album(corpus, wanted, outcomes, store)


def public_photos(corpus: Corpus) -> Iterator[tuple[PhotoKey, Path]]:
    """Yield every photo that may be published: public, of a public and whole record, and really there."""
    for activity in corpus.activities:
        if not activity.complete or not activity.data.public or activity.year not in corpus.years:
            continue
        # Only files that the corpus found beside the record: a name in a record is never a path.
        files = {photo.name: photo.file.path for photo in activity.photo_files}
        for index, photo in enumerate(activity.data.photos):
            if photo.file in files and not withheld(photo, corpus.programme(activity.year)):
                yield (activity.key, index), corpus.root / files[photo.file]


def _digest(path: Path) -> str | Fault:
    data = read_photo(path)
    return data if isinstance(data, Fault) else hashlib.sha256(data).hexdigest()


def _album(
    corpus: Corpus, wanted: Mapping[PhotoKey, Path], outcomes: Mapping[Path, str | Fault], store: Store
) -> Album:
    keys = {outcome for outcome in outcomes.values() if isinstance(outcome, str)}
    names = _names(keys)
    pictures: dict[PhotoKey, Picture] = {}
    problems = []
    for place, path in wanted.items():
        outcome = outcomes[path]
        if isinstance(outcome, Fault):
            problems.append(_problem(corpus.by_key[place[0]], place[1], outcome))
        elif stored := store.find(outcome):
            pictures[place] = Picture(
                name=names[outcome], colour=stored.colour, sizes=stored.sizes, stored=stored
            )
    return Album(pictures=pictures, problems=tuple(sorted(problems, key=lambda p: p.sort_key)))


def _names(keys: set[str]) -> dict[str, str]:
    """Shorten keys for file names; where two would share a short name, both keep the long one."""
    short: dict[str, int] = {}
    for key in keys:
        short[key[:_SHORT]] = short.get(key[:_SHORT], 0) + 1
    return {key: key[:_SHORT] if short[key[:_SHORT]] == 1 else key for key in keys}


def _problem(activity: ActivityRecord, index: int, fault: Fault) -> Diagnostic:
    return Diagnostic(
        rule=RULE, span=activity.span("photos", index, "file"), message=fault.message, fix=fault.fix
    )
