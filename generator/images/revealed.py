"""What a photo file reveals besides its picture: where it names the place, and when it was taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

EXIF, MAKER, XMP, IPTC, TEXT, FILM, PICTURE = "exif", "maker", "xmp", "iptc", "text", "film", "picture"
"""Where a place is named: in EXIF, in the maker's own notes there, in XMP, in IPTC's records, in plain text, in the
film of a motion photo, or in a further picture within the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What metadata reveals: ``places``, each of the kinds above once, and ``taken`` in the camera's own time."""

    places: tuple[str, ...] = ()
    taken: dt.datetime | None = None

    def __or__(self, other: Findings) -> Findings:
        """Join what two parts of a file reveal; the first date wins."""
        if other == NOTHING:
            return self
        places = tuple(dict.fromkeys(self.places + other.places))
        return Findings(places=places, taken=self.taken or other.taken)


NOTHING = Findings()


def make_place_findings(where: str, found: bool) -> Findings:
    """Return the findings of one kind of metadata: a place named there, or nothing."""
    return Findings(places=(where,)) if found else NOTHING
