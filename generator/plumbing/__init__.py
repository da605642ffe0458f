"""Atomic files, locks, git, progress: what knows nothing of the archive."""

from __future__ import annotations
