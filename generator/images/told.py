"""What a photo file tells besides its picture: where the place is told, and when it was taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

EXIF, MAKER, XMP, IPTC, TEXT, FILM, PICTURE = "exif", "maker", "xmp", "iptc", "text", "film", "picture"
"""Where a place is told: the camera's notes and its maker's own among them, the notes of programs (XMP) and of news
agencies (IPTC), plain text, the film of a motion photo, and a further picture behind the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What notes tell: ``places``, each of the kinds above once, and ``taken`` in the camera's own time."""

    places: tuple[str, ...] = ()
    taken: dt.datetime | None = None

    def __or__(self, other: Told) -> Told:
        """Join what two parts of a file tell; the first date wins."""
        if other == NOTHING:
            return self
        places = tuple(dict.fromkeys(self.places + other.places))
        return Told(places=places, taken=self.taken or other.taken)


NOTHING = Told()


def place_in(where: str, found: bool) -> Told:
    """Return that a place is told there, if it is."""
    return Told(places=(where,)) if found else NOTHING
