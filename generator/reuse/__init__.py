"""Find photos and texts that were used before: near duplicates, shown to the officer side by side.

Nothing here judges. What is alike is found, verified and shown; what it means is for people to say.
"""

from __future__ import annotations

from pathlib import Path

REPORT = "evidence-report.html"
REUSE_CACHE = Path(".cache") / "evidence"
"""Reduced pictures and fingerprints, below the archive's root."""
