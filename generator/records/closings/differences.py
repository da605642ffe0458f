"""Compare a record with its seal: what was changed, and what was only taken down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.records import ActivityRecord
from generator.records.closings.digests import Core, digest_photos, digest_text, matches_digest
from generator.records.closings.replay import Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoDifference:
    """A photo with the digest that was frozen and the present one; "" where there is none."""

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A frozen record that is gone (``after`` is ""), or whose text or photos are others.

    ``after`` is ``before`` where the text is the same, but for what was taken down.
    """

    seal: Seal
    before: str
    after: str
    photos: tuple[PhotoDifference, ...]

    @property
    def gone(self) -> bool:
        """Say whether the record is not at its place any more."""
        return not self.after


def compare_with_seal(
    seal: Seal, record: ActivityRecord | None, cores: Mapping[str, Core]
) -> Difference | None:
    """Return how a record differs from its seal, ``None`` where it does not or something was only taken down.

    cores: those of the settlement.
    """
    if record is None:
        photos = tuple(PhotoDifference(file=f, before=d, after="") for f, d in seal.photos.items())
        return Difference(seal=seal, before=seal.text, after="", photos=photos)
    text = seal.text if matches_digest(record, seal.text, cores) else digest_text(record)
    photos = tuple(_photos(seal, record))
    if text == seal.text and not photos:
        return None
    return Difference(seal=seal, before=seal.text, after=text, photos=photos)


def _photos(seal: Seal, record: ActivityRecord) -> Iterator[PhotoDifference]:
    now = digest_photos(record)
    if now == seal.photos:
        return
    for file in sorted(seal.photos.keys() | now.keys()):
        before, after = seal.photos.get(file, ""), now.get(file, "")
        if before != after:
            yield PhotoDifference(file=file, before=before, after=after)
