"""Published pictures: what pages show of them, and the writing of their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import Photographed
from generator.site.pages.view import PictureView

if TYPE_CHECKING:
    from generator.archive.album import Album
    from generator.site.pages.site import Site


class AlbumPhotos:
    """The published pictures of a whole site, from an album."""

    def __init__(self, album: Album) -> None:
        self.album = album

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        """Return the picture of the record's photo `index`, or None when it is not published."""
        found = self.album.find_picture(record.key, index)
        if found is None:
            return None
        sizes = sorted(found.sizes, key=lambda size: size.width)
        return PictureView(
            src=found.fallback_path,
            full=found.find_path(sizes[-1]),
            srcset=tuple((found.find_path(size), size.width) for size in sizes),
            width=sizes[-1].width,
            height=sizes[-1].height,
            colour=found.colour,
        )


FIRST_DIGITS = "0123456789abcdef"
"""What a published photo's name may begin with: a photo's files are cut by it among those who write them."""


def write_pictures(site: Site, folder: Path, first: str) -> None:
    """Put the published pictures whose names begin with a digit below the site's folder."""
    if isinstance(site.photos, AlbumPhotos):
        site.photos.album.write_pictures(folder, first)
