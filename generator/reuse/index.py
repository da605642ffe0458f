"""Search hashes for photos that may show one picture; finds too many rather than too few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.reuse.fingerprint import WINDOWS, Fingerprint, Hashes

FARTHEST = 12
"""Bits of 64 in which the hashes of one picture may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The photo at ``place`` may be the one that was looked for.

    distance: bits that differ.   part: the window that resembles the other photo's whole.
    within: the window is the found photo's, else the looked-for photo's.
    """

    place: int
    distance: int
    part: int
    within: bool


class Index:
    """Hashes of any number of photos: 128 bytes each, looked through whole in a hundredth of a second."""

    def __init__(self, hashes: Sequence[Hashes]) -> None:
        self._all = (
            np.ascontiguousarray(np.stack(hashes).T) if hashes else np.empty((len(WINDOWS), 0), np.uint64)
        )

    def __len__(self) -> int:
        return int(self._all.shape[1])

    def look_up(self, photo: Fingerprint, first: int = 0) -> Iterator[Candidate]:
        """Yield the photos from place ``first`` on that may be this one, each with its best fit, in order."""
        within = np.bitwise_count(self._all[:, first:] ^ photo.hashes[0])
        around = np.bitwise_count(self._all[0, first:] ^ photo.hashes[:, None])
        nearest = np.minimum(within.min(0), around.min(0))
        for place in np.flatnonzero(nearest <= FARTHEST):
            yield _candidate(within[:, place], around[:, place], int(place) + first)


def _candidate(within: NDArray[np.uint8], around: NDArray[np.uint8], place: int) -> Candidate:
    inner, outer = int(within.argmin()), int(around.argmin())
    if within[inner] <= around[outer]:
        return Candidate(place=place, distance=int(within[inner]), part=inner, within=True)
    return Candidate(place=place, distance=int(around[outer]), part=outer, within=False)
