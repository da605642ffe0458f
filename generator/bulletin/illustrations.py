"""The photos that a bulletin's documents show: of each commended activity the first that is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.bulletin.compose import private_names
from generator.bulletin.value import Bulletin
from generator.corpus import Corpus
from generator.privacy import mask

if TYPE_CHECKING:  # an archive without photos need not load the imaging library
    from generator.renditions import Album


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A public photo of a commended activity: a JPEG without metadata, and its caption."""

    jpeg: bytes
    caption: str


def illustrations(corpus: Corpus, value: Bulletin, album: Album) -> dict[str, Illustration]:
    """Return photos by the key of the commended activity; an album holds what may be published and no more."""
    names = private_names(corpus, value.year)
    found = {}
    for praise in value.highlights:
        record = corpus.by_key[praise.activity.key]
        for index, photo in enumerate(record.data.photos):
            if picture := album.picture(record.key, index):
                found[record.key] = Illustration(
                    jpeg=picture.stored.fallback_file.read_bytes(), caption=mask(photo.caption, names)
                )
                break
    return found
