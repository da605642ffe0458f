"""The chain of closings and amendments, and its replay into what counts; reads no file."""

from __future__ import annotations

from generator.records.closings.differences import Difference, PhotoDifference, compare_with_seal
from generator.records.closings.digests import (
    Core,
    compute_core,
    digest_photos,
    digest_programme,
    digest_text,
    matches_digest,
    shorten_digest,
    was_only_hidden,
)
from generator.records.closings.links import Link, order_links
from generator.records.closings.replay import Change, ClosedLine, ClosedMonth, Seal, Settlement, replay_chain

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
    "compare_with_seal",
    "compute_core",
    "digest_photos",
    "digest_programme",
    "digest_text",
    "matches_digest",
    "order_links",
    "replay_chain",
    "shorten_digest",
    "was_only_hidden",
]
