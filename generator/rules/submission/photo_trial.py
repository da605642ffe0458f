"""Try the photos that a submission touches: which of them a build would leave out, and why.

Each is made as a build makes it, by the same processes within the same limits, and thrown away: so what the check
calls an error is not published, and the other way round.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.archive import Corpus, Photographed
from generator.records import PhotoFile
from generator.records.diagnostics import Diagnostic
from generator.rules import photo_content, photo_size, prepare_for_report, stamp_diagnostic
from generator.rules.rule import make_problem

if TYPE_CHECKING:
    from generator.images.cache import Source

MOST_SECONDS = 240.0
"""Of all photos together: GitHub ends the check after ten minutes. On two cores that is enough for 700 of
a phone's HEICs, or 2,000 of its JPEGs."""
_MOST_WORKERS = 4
_ONLY_BYTES = (photo_content.RULE.slug, photo_size.RULE.slug)

Progress = Callable[[int, int], None]


def find_unpublishable(
    corpus: Corpus,
    paths: Collection[str],
    found: Collection[Diagnostic],
    cache: Path,
    *,
    progress: Progress = lambda done, total: None,
    seconds: float = MOST_SECONDS,
) -> tuple[Diagnostic, ...]:
    """Return the faults of the photos in ``paths`` that only decoding finds.

    paths: touched files and folders, relative to the root; the text of a record stands for its photos too.
    found: what the rules found; a photo that they refuse already is not decoded.   cache: of the builds; what is in
    it was published, and is not decoded again.   progress: called with photos done and photos in all.   seconds:
    photos that are not done by then are one error, so that nobody's submission stalls the check.
    Raises OSError when no process can be started.
    """
    touched = {path.rstrip("/") for path in paths}
    refused = {each.span.file.path for each in found if each.rule in _ONLY_BYTES}
    wanted = [
        (record, photo)
        for record in corpus.photographed
        for photo in record.photo_files
        if photo.digest
        and photo.file.path not in refused
        and touched.intersection((*_path_and_parents(photo.file.path), *_path_and_parents(record.file.path)))
        and not _is_unreadable_here(photo)
    ]
    tried = _try_photos(corpus.root, wanted, cache, progress, seconds) if wanted else ()
    # A photo lies in the folder of its year: the day decides nothing.
    stamped = (stamp_diagnostic(corpus, photo_content.RULE, each, dt.date.max) for each in tried)
    return prepare_for_report(corpus, stamped)


def _path_and_parents(path: str) -> Iterator[str]:
    """Yield a path and the folders that it lies in, up to the archive's root."""
    yield path
    yield from map(str, PurePosixPath(path).parents)


def _is_unreadable_here(photo: PhotoFile) -> bool:
    """Say whether this is a HEIC where the package that reads it is missing, of which the rule photo-heic tells."""
    if not (photo.facts and photo.facts.kind == "HEIC"):
        return False
    from generator.images import heic  # late: hardly a submission has one

    return not heic.can_read()


def _try_photos(
    root: Path,
    wanted: Collection[tuple[Photographed, PhotoFile]],
    cache: Path,
    progress: Progress,
    seconds: float,
) -> Iterator[Diagnostic]:
    # Late: a check of texts alone need not load them.
    from generator.images.cache import Source, Store
    from generator.images.decoder import Trial
    from generator.images.develop import list_codec_versions
    from generator.images.pool import make_photos
    from generator.images.recipe import RECIPE

    end = time.monotonic() + seconds
    store = Store(cache, RECIPE, list_codec_versions())
    places: dict[Source, list[tuple[Photographed, PhotoFile]]] = {}
    for record, photo in wanted:
        places.setdefault(Source.from_name(photo.digest, photo.name), []).append((record, photo))
    trials = {
        Trial(path=root / some[0][1].file.path, digest=source.digest, recipe=RECIPE): source
        for source, some in places.items()
        if store.find_renditions(source) is None
    }
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    with contextlib.closing(make_photos(tuple(trials), workers)) as made:
        progress(0, len(trials))
        for done, (trial, fault) in enumerate(made, 1):
            same = places[trials.pop(trial)]
            if fault:
                for record, photo in same:
                    message = f"图片“{photo.name}”不会发布：{fault.message}"
                    yield _report(record, photo, message, fault.fix)
            progress(done, done + len(trials))
            if time.monotonic() > end:
                break
    if trials:
        record, photo = places[next(iter(trials.values()))][0]
        message = (
            f"图片太多，{seconds / 60:.0f} 分钟看不完：从“{photo.name}”起还有 {len(trials)} 张没有打开看"
        )
        yield _report(record, photo, message, "分几次交，每次少交一些图片")


def _report(record: Photographed, photo: PhotoFile, message: str, fix: str) -> Diagnostic:
    names = [each.file for each in record.data.photos]
    if photo.name not in names:
        return make_problem(photo_content.RULE.slug, photo.file.make_span(), message, fix, excerpt="")
    span = record.find_span("photos", names.index(photo.name), "file")
    return make_problem(photo_content.RULE.slug, span, message, fix)
