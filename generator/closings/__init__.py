"""The bureau's chain of closings and amendments, replayed into what counts; reads no file."""

from __future__ import annotations

from generator.closings.differences import Difference, PhotoDifference, difference
from generator.closings.digests import (
    photo_digests,
    programme_digest,
    short,
    text_digest,
)
from generator.closings.links import Link, links
from generator.closings.settlement import Change, ClosedLine, ClosedMonth, Seal, Settlement, settle

__all__ = [
    "Change",
    "ClosedLine",
    "ClosedMonth",
    "Difference",
    "Link",
    "PhotoDifference",
    "Seal",
    "Settlement",
    "difference",
    "links",
    "photo_digests",
    "programme_digest",
    "settle",
    "short",
    "text_digest",
]
