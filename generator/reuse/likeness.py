"""Verify that two fingerprints show one picture, by laying one over the other.

One picture is laid over the other, cut and stretched by up to a tenth until they fit best. Then their
details are compared block by block: the same photo agrees nearly everywhere, two photos of like scenes
only here and there. Where a bad copy leaves doubt, the colours must agree too. The limits were chosen
with ``python -m tests.bench evidence``, which prints what each of them lets through.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.reuse.fingerprint import (
    COLOUR_SIDE,
    SIDE,
    Fingerprint,
    Grey,
    extract_detail,
    find_textured_blocks,
    make_sampling_matrix,
    split_into_blocks,
)

AGREE = 0.6
SURE_SHARE, SURE_MEDIAN = 0.93, 0.75
LIKELY_SHARE, LIKELY_MEDIAN, SAME_COLOURS = 0.70, 0.70, 0.18
MARKED_SHARE, MARKED_MEDIAN = 0.75, 0.96
_LEAST_BLOCKS = 16
_ROUGH = 0.75
_STEPS = 200  # positions are counted in two-hundredths of the side
_FURTHEST = 16
_DARKEST, _BRIGHTEST = 6, 249

_Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two pictures are after one was laid over the other.

    share: of the blocks with something in them, those that agree.   median: of all these blocks' agreement.
    colours: how far the colours differ, 0 not at all, 1 entirely.   compared: number of these blocks.
    """

    share: float
    median: float
    colours: float
    compared: int

    @property
    def is_same(self) -> bool:
        """Whether both fingerprints show one picture."""
        if self.compared < _LEAST_BLOCKS:
            return False
        sure = self.share >= SURE_SHARE and self.median >= SURE_MEDIAN
        likely = self.share >= LIKELY_SHARE and self.median >= LIKELY_MEDIAN
        # A mark set into a picture hides some blocks; the others are as they were.
        marked = self.share >= MARKED_SHARE and self.median >= MARKED_MEDIAN
        return sure or marked or (likely and self.colours <= SAME_COLOURS)


NOT_ALIKE = Likeness(share=0.0, median=0.0, colours=1.0, compared=0)


def compare_fingerprints(
    first: Fingerprint, second: Fingerprint, part: tuple[float, float, float, float]
) -> Likeness:
    """Return how alike ``second`` is to the part of ``first`` (as in ``WINDOWS``) that resembles it."""
    one, two = first.grey.astype(np.float32), second.grey.astype(np.float32)
    left, top, right, bottom = (round(edge * _STEPS) for edge in part)
    place = (left, right, top, bottom)
    small = _halved(one), _halved(two)
    if _correlation(_laid(small[0], place), small[1]) < _ROUGH and not _rough(*small):
        return NOT_ALIKE
    place = _fitted(*small, place)
    laid = _laid(one, place)
    clear = ~(_burnt(laid) | _burnt(two))
    edges = extract_detail(laid), extract_detail(two)
    seen = (find_textured_blocks(edges[0]) | find_textured_blocks(edges[1])) & clear
    compared = int(seen.sum())
    if not compared:
        return NOT_ALIKE
    agreement = _block_correlations(*edges)[seen]
    return Likeness(
        share=float((agreement > AGREE).mean()),
        median=float(np.median(agreement)),
        colours=_colours_apart(first, second, place),
        compared=compared,
    )


@functools.lru_cache(maxsize=4096)
def _window(size: int, first: int, last: int) -> Grey:
    return make_sampling_matrix(size, first / _STEPS, last / _STEPS)


def _laid(grey: Grey, place: _Place) -> Grey:
    left, right, top, bottom = place
    size = len(grey)
    return np.asarray(_window(size, top, bottom) @ grey @ _window(size, left, right).T, np.float32)


def _halved(grey: Grey) -> Grey:
    half: Grey = grey.reshape(SIDE // 2, 2, SIDE // 2, 2).mean((1, 3)).astype(np.float32)
    return half


def _correlation(one: Grey, two: Grey) -> float:
    first, second = one.ravel() - one.mean(), two.ravel() - two.mean()
    return float(first @ second / np.sqrt((first @ first) * (second @ second) + 1e-6))


def _rough(one: Grey, two: Grey) -> bool:
    """Say whether the details correlate: a large mark over the picture spoils the rest."""
    return (
        _correlation(np.clip(extract_detail(one), -20, 20), np.clip(extract_detail(two), -20, 20))
        >= _ROUGH / 2
    )


def _fitted(one: Grey, two: Grey, place: _Place) -> _Place:
    """Move the four edges, in ever smaller steps, to where the pictures fit best."""
    best = _correlation(_laid(one, place), two)
    for step in (4, 2, 1):
        moved = True
        while moved:
            moved = False
            for edge in range(4):
                for by in (-step, step):
                    there = place[edge] + by
                    if not -_FURTHEST <= there <= _STEPS + _FURTHEST:
                        continue
                    tried = (*place[:edge], there, *place[edge + 1 :])
                    fit = _correlation(_laid(one, tried), two)  # type: ignore[arg-type]  # still four numbers
                    if fit > best + 1e-5:
                        best, place, moved = fit, tried, True  # type: ignore[assignment]  # as above
    return place


def _burnt(grey: Grey) -> NDArray[np.bool_]:
    """Say of each block whether it is all white or all black, where a brighter copy has lost its details."""
    means = split_into_blocks(grey).mean(1)
    burnt: NDArray[np.bool_] = (means > _BRIGHTEST) | (means < _DARKEST)
    return burnt


def _block_correlations(one: Grey, two: Grey) -> NDArray[np.float32]:
    first, second = split_into_blocks(one), split_into_blocks(two)
    first = first - first.mean(1, keepdims=True)
    second = second - second.mean(1, keepdims=True)
    found: NDArray[np.float32] = ((first * second).mean(1) / (first.std(1) * second.std(1) + 1e-6)).astype(
        np.float32
    )
    return found


def _colours_apart(first: Fingerprint, second: Fingerprint, place: _Place) -> float:
    """Return how far the colours are apart once the brighter copy's are dimmed."""
    left, right, top, bottom = place
    rows, columns = _window(COLOUR_SIDE, top, bottom), _window(COLOUR_SIDE, left, right)
    one = np.stack([rows @ band.astype(np.float32) @ columns.T for band in first.colour])
    two = second.colour.astype(np.float32)
    gain = np.clip((one * two).sum() / ((one * one).sum() + 1e-3), 0.6, 1.5)
    left_over = np.sqrt(((two - gain * one) ** 2).mean())
    strength = np.sqrt(max((one**2).mean(), (two**2).mean()))
    return float(left_over / (strength + 2))
