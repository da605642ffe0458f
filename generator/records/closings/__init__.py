"""The bureau's chain of closings and amendments, replayed into what counts; reads no file."""

from __future__ import annotations

from generator.records.closings.differences import Difference, PhotoDifference, difference
from generator.records.closings.digests import (
    Core,
    core,
    is_still,
    photo_digests,
    programme_digest,
    short,
    text_digest,
    was_only_hidden,
)
from generator.records.closings.links import Link, links
from generator.records.closings.replay import Change, ClosedLine, ClosedMonth, Seal, Settlement, settle

__all__ = [
    "Change",
    "ClosedLine",
    "ClosedMonth",
    "Core",
    "Difference",
    "Link",
    "PhotoDifference",
    "Seal",
    "Settlement",
    "core",
    "difference",
    "is_still",
    "links",
    "photo_digests",
    "programme_digest",
    "settle",
    "short",
    "text_digest",
    "was_only_hidden",
]
