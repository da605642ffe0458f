"""Render the report as one HTML file without scripts or outside resources."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.plumbing.project import PROJECT
from generator.records import ActivityRecord
from generator.reuse.fingerprint_cache import PhotoFingerprints
from generator.reuse.reuse_report import MATCHES, NEXT_STEPS, Passage, Report, Used

MOST_SHOWN = 200
"""Pairs of either kind in the page; more would make it too heavy to open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of two things side by side. ``picture`` is a data URI or "", ``text`` its passages or none."""

    school: str
    date: str
    title: str
    path: str
    caption: str = ""
    picture: str = ""
    text: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two sides, and in words how they match."""

    match: str
    percent: int
    sides: tuple[_Side, _Side]


def render_html(corpus: Corpus, report: Report, pictures: PhotoFingerprints) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=FileSystemLoader(PROJECT / "theme_overrides" / "evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    photos = [
        _Pair(
            match=MATCHES[reuse.match],
            percent=int(100 * reuse.share),
            sides=(_photo(corpus, reuse.first, pictures), _photo(corpus, reuse.second, pictures)),
        )
        for reuse in report.reuses[:MOST_SHOWN]
    ]
    texts = [
        _Pair(
            match=pair.match,
            percent=int(100 * pair.share),
            sides=(_side(corpus, pair.first, pair.first_text), _side(corpus, pair.second, pair.second_text)),
        )
        for pair in report.texts[:MOST_SHOWN]
    ]
    return environment.get_template("report.html").render(
        report=report, photos=photos, texts=texts, steps=NEXT_STEPS
    )


def _side(corpus: Corpus, activity: ActivityRecord, text: tuple[Passage, ...] = ()) -> _Side:
    names = corpus.private_names.get(activity.year, ())
    return _Side(
        school=corpus.name_school(activity.school),
        date=activity.data.date.isoformat(),
        title=mask_private_words(activity.data.title, names),
        path=activity.file.path,
        text=text,
    )


def _photo(corpus: Corpus, used: Used, pictures: PhotoFingerprints) -> _Side:
    activity = _side(corpus, used.activity)
    data = pictures.find_thumbnail(used.photo.digest)
    return _Side(
        school=activity.school,
        date=activity.date,
        title=activity.title,
        path=used.photo.file.path,
        caption=mask_private_words(used.caption, corpus.private_names.get(used.activity.year, ())),
        picture=f"data:image/webp;base64,{base64.b64encode(data).decode()}" if data else "",
    )
