"""Compute the perceptual fingerprint of a photo from its small rendition.

Sixteen hashes of 64 bits, of the whole picture and of it with a twentieth cut off on any sides: a crop of
the picture has about the hash of one of these. A grey picture of 64×64 and colours of 16×16 verify what
the hashes find. Works on renditions, so that no stranger's bytes are decoded here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

VERSION = 1
"""Raised whenever the same picture would give another fingerprint."""
SIDE, COLOUR_SIDE = 64, 16
CUT = 0.05
WINDOWS = tuple(
    (left, top, right, bottom)
    for left, right in ((0.0, 1.0), (CUT, 1.0), (0.0, 1 - CUT), (CUT, 1 - CUT))
    for top, bottom in ((0.0, 1.0), (CUT, 1.0), (0.0, 1 - CUT), (CUT, 1 - CUT))
)
"""Parts of a picture that are hashed, as shares of its width and height; the first is all of it."""

_WORKING_SIDE, _HASHED_SIDE, _BANDS = 256, 32, 8
_BLOCK, _BLUR = 8, 4
_LEAST_CONTRAST = 2.0
_LEAST_BLOCKS = 16

Grey = NDArray[np.float32]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fingerprint:
    """What is kept of a photo: ``hashes`` (one a window), ``grey`` 64×64, ``colour`` (blue, red) 2×16×16."""

    hashes: Hashes
    grey: NDArray[np.uint8]
    colour: NDArray[np.int8]

    @property
    def is_distinctive(self) -> bool:
        """Whether there is enough in the picture to recognise it by. A dark stage or a bare wall is not."""
        return int(find_textured_blocks(extract_detail(self.grey.astype(np.float32))).sum()) >= _LEAST_BLOCKS

    def mirror_picture(self) -> Fingerprint:
        """Return the fingerprint of the mirrored picture."""
        hashes = _hashes(self.grey[:, ::-1].astype(np.float32))
        return Fingerprint(hashes=hashes, grey=self.grey[:, ::-1], colour=self.colour[:, :, ::-1])

    def to_bytes(self) -> bytes:
        """Return the fingerprint as bytes, for a cache."""
        return self.hashes.tobytes() + self.grey.tobytes() + self.colour.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Fingerprint | None:
        """Return the fingerprint that :meth:`to_bytes` wrote, or ``None`` for anything of another length."""
        first, second = 8 * len(WINDOWS), SIDE * SIDE
        if len(data) != first + second + 2 * COLOUR_SIDE**2:
            return None
        return cls(
            hashes=np.frombuffer(data, np.uint64, len(WINDOWS)),
            grey=np.frombuffer(data, np.uint8, second, first).reshape(SIDE, SIDE),
            colour=np.frombuffer(data, np.int8, offset=first + second).reshape(2, COLOUR_SIDE, COLOUR_SIDE),
        )


def compute_fingerprint(rendition: bytes) -> Fingerprint:
    """Return the fingerprint of a picture of our own making, upright and in sRGB."""
    with Image.open(io.BytesIO(rendition)) as source:
        picture = source.convert("RGB").resize((_WORKING_SIDE, _WORKING_SIDE), Image.Resampling.BOX)
    luma, blue, red = picture.convert("YCbCr").split()
    grey = np.asarray(luma.resize((SIDE, SIDE), Image.Resampling.BOX), np.uint8)
    size = (COLOUR_SIDE, COLOUR_SIDE)
    colours = [np.asarray(band.resize(size, Image.Resampling.BOX), np.int16) - 128 for band in (blue, red)]
    return Fingerprint(
        hashes=_hashes(grey.astype(np.float32)), grey=grey, colour=np.stack(colours).astype(np.int8)
    )


def make_sampling_matrix(size: int, first: float, last: float) -> Grey:
    """Return the matrix that samples the part from ``first`` to ``last`` of ``size`` values, linearly."""
    at = (first + (np.arange(size) + 0.5) / size * (last - first)) * size - 0.5
    at = np.clip(at, 0, size - 1)
    low = np.minimum(at.astype(int), size - 2)
    share = (at - low).astype(np.float32)
    matrix = np.zeros((size, size), np.float32)
    rows = np.arange(size)
    matrix[rows, low] = 1 - share
    matrix[rows, low + 1] += share
    return matrix


def extract_detail(grey: Grey) -> Grey:
    """Return a picture less its own blur: what is left is edges and texture, whatever the light.

    Lines from side to side are taken away too: a horizon or a skirting board is in many pictures.
    """
    wide = 2 * _BLUR + 1
    padded = np.pad(grey, _BLUR, mode="edge")
    summed = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    box = summed[wide:, wide:] - summed[:-wide, wide:] - summed[wide:, :-wide] + summed[:-wide, :-wide]
    edges = grey - box / wide**2
    edges -= np.median(edges, axis=1, keepdims=True)
    edges -= np.median(edges, axis=0, keepdims=True)
    found: Grey = edges.astype(np.float32)
    return found


def split_into_blocks(picture: NDArray[Any]) -> NDArray[Any]:
    """Return a picture's blocks of 8×8 as rows."""
    count = len(picture) // _BLOCK
    cut: NDArray[Any] = (
        picture.reshape(count, _BLOCK, count, _BLOCK).swapaxes(1, 2).reshape(count * count, -1)
    )
    return cut


def find_textured_blocks(edges: Grey) -> NDArray[np.bool_]:
    """Say of each block of :func:`extract_detail` whether there is anything to see in it."""
    found: NDArray[np.bool_] = split_into_blocks(edges).std(1) > _LEAST_CONTRAST
    return found


def _cosines(size: int, count: int) -> Grey:
    at, band = np.arange(size).reshape(1, -1), np.arange(count).reshape(-1, 1)
    scale = np.where(band == 0, np.sqrt(1 / size), np.sqrt(2 / size))
    matrix: Grey = (np.cos(np.pi * (2 * at + 1) * band / (2 * size)) * scale).astype(np.float32)
    return matrix


def _part(first: float, last: float) -> Grey:
    """Return the matrix that makes 32 values of a part of 64."""
    halved = np.repeat(np.eye(_HASHED_SIDE) / 2, 2, axis=1)
    matrix: Grey = (halved @ make_sampling_matrix(SIDE, first, last)).astype(np.float32)
    return matrix


_COSINES = _cosines(_HASHED_SIDE, _BANDS + 1)
_PARTS = {part: _COSINES @ _part(*part) for part in ((0.0, 1.0), (CUT, 1.0), (0.0, 1 - CUT), (CUT, 1 - CUT))}


def _hashes(grey: Grey) -> Hashes:
    """Return 64 bits of each window: which of the lowest frequencies are stronger than the middle one."""
    found = np.stack([_PARTS[t, b] @ grey @ _PARTS[le, r].T for le, t, r, b in WINDOWS])
    lowest = found[:, :_BANDS, :_BANDS].reshape(len(WINDOWS), -1).copy()
    lowest[:, 0] = found[:, _BANDS, 0]  # the mean brightness says nothing
    bits = lowest > np.median(lowest, axis=1, keepdims=True)
    hashes: Hashes = np.packbits(bits, axis=1).view(np.uint64)[:, 0]
    return hashes
