"""Choose the photos that a bulletin's documents show: the first public one of each commended activity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.documents.bulletin.bulletin_content import Bulletin
from generator.documents.bulletin.bulletin_month import collect_private_names

if TYPE_CHECKING:  # an archive without photos need not load the imaging library
    from generator.archive.album import Album


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A public photo of a commended activity: a JPEG without metadata, and its caption."""

    jpeg: bytes
    caption: str


def choose_illustrations(corpus: Corpus, value: Bulletin, album: Album) -> dict[str, Illustration]:
    """Return photos by the key of the commended activity; an album holds what may be published and no more."""
    names = collect_private_names(corpus, value.year)
    found = {}
    for praise in value.highlights:
        record = corpus.by_key[praise.activity.key]
        for index, photo in enumerate(record.data.photos):
            if picture := album.find_picture(record.key, index):
                found[record.key] = Illustration(
                    jpeg=picture.stored.fallback_file.read_bytes(),
                    caption=mask_private_words(photo.caption, names),
                )
                break
    return found


def load_illustrations(corpus: Corpus, value: Bulletin, root: Path) -> dict[str, Illustration]:
    """Return the pictures that a bulletin's documents show."""
    wanted = [praise.activity.key for praise in value.highlights]
    if not wanted:
        return {}
    from generator.archive.album import render_album

    # A folder of its own: the site's cache keeps what the last builds of the whole site wanted.
    album = render_album(corpus, root / ".cache/bulletin-photos", only=wanted)
    return choose_illustrations(corpus, value, album)
